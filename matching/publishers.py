"""Whether two articles have one publisher: by the site they are on, else by names that sound alike across scripts.

What stands beside a name (`News`, `समाचार`, `Hindi`) is no part of it, so that `BBC News हिंदी` is `BBC`.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from tithi.evidence.sounds import likeness
from tithi.records import Source
from tithi.script import LETTERS, is_devanagari

__all__ = ["same_publisher", "site"]

_WORD: Final = re.compile(rf"[{LETTERS}]+|[^\W\d_]+|\d+")
_BESIDE: Final = frozenset(
    unicodedata.normalize("NFC", word)
    for word in re.findall(
        r"\S+",
        "the news hindi english online live digital desk com in www samachar dainik daily bharat india न्यूज़ न्यूज "
        "समाचार हिंदी हिन्दी अंग्रेज़ी अंग्रेजी ऑनलाइन लाइव डिजिटल डेस्क दैनिक ख़बर खबर भारत इंडिया",
    )
)
# Under a country's two letters these stand in the place of the name, and under these hosts everybody has a site.
_SECOND: Final = frozenset(["co", "com", "org", "net", "gov", "nic", "ac", "edu", "res", "gen", "ind", "mil"])
_HOSTS: Final = frozenset(["blogspot.com", "wordpress.com", "github.io", "medium.com", "substack.com"])
_ALIKE: Final = 0.75


def same_publisher(one: Source, other: Source) -> bool:
    """Return whether two articles can have one publisher: False where both tell it and nothing agrees.

    >>> same_publisher(Source("a", publisher="दैनिक भास्कर"), Source("b", publisher="Dainik Bhaskar"))
    True
    """
    sites = site(one.url), site(other.url)
    if sites[0] is not None and sites[0] == sites[1]:
        return True
    if one.publisher and other.publisher:
        return _alike(one.publisher, other.publisher)
    return None in sites


def site(url: str | None) -> str | None:
    """Return the domain that the owner of an address has registered, as far as its form tells; None without a host.

    >>> site("https://hindi.news.example/a"), site("http://pib.gov.in/x")
    ('news.example', 'pib.gov.in')
    """
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    labels = host.lower().rstrip(".").split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        return host or None
    shared = ".".join(labels[-2:]) in _HOSTS or (len(labels[-1]) == 2 and labels[-2] in _SECOND)
    return ".".join(labels[-3 if shared else -2 :])


@lru_cache(maxsize=1 << 16)
def _alike(one: str, other: str) -> bool:
    """Return whether every word of the shorter name is in the longer one, or sounds like a word of it."""
    shorter, longer = sorted((_words(one), _words(other)), key=len)
    return all(any(_same(word, candidate) for candidate in longer) for word in shorter)


def _words(name: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFC", name).lower()
    words = tuple(dict.fromkeys(_WORD.findall(plain)))
    return tuple(word for word in words if word not in _BESIDE) or words


def _same(one: str, other: str) -> bool:
    if is_devanagari(one) == is_devanagari(other):
        return _folded(one) == _folded(other)
    hi, en = (one, other) if is_devanagari(one) else (other, one)
    return likeness(_folded(hi), en) >= _ALIKE


def _folded(word: str) -> str:
    return word.replace("\u093c", "").replace("\u200d", "").replace("\u200c", "")
