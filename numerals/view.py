"""A view of a text for matching: one spelling for each character, and the way back to the text's own offsets.

Left out of the view are the nukta (so फ़रवरी, composed or decomposed, and फरवरी are one word), joiners, soft hyphens,
byte order marks and direction marks. Every digit of Devanagari is its ASCII digit, every dash `-`, every blank ` `,
every apostrophe `'`, chandrabindu the anusvara, `॰` a full stop, the fraction slash `/`. A zero that hangs on to a
letter is the sign of abbreviation (रु०, वि० सं०), and so a full stop too; a visarga behind a figure is a colon. The view
is for comparing alone.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Final

from tithi.script import stop_signs

__all__ = ["TextView", "view"]

NUKTA: Final = "\u093c"
_DELETED: Final = (
    NUKTA + "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_BLANKS: Final = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d"
_APOSTROPHES: Final = "\u2018\u2019\u201b\u02bc\u2032`"
#: A visarga that stands for a colon behind a figure: 1949ः.
_COLON: Final = re.compile("(?<=[0-9०-९])\u0903")


@cache
def _table() -> dict[str, str]:
    """Return the characters that the view writes in another way, or not at all."""
    table = dict.fromkeys(_DELETED, "")
    table.update({chr(0x966 + digit): str(digit) for digit in range(10)})
    table.update(_composed_letters())
    for characters, replacement in (
        (_BLANKS, " "),
        (_DASHES, "-"),
        (_APOSTROPHES, "'"),
        ("ँ", "ं"),
        ("॰", "."),
        ("\u2044", "/"),
    ):
        table.update(dict.fromkeys(characters, replacement))
    return table


@cache
def _changed() -> re.Pattern[str]:
    """Find the characters of the table: few in most texts, so that looking for them is faster than translating."""
    return re.compile(f"[{''.join(map(re.escape, _table()))}]")


def _seen(match: re.Match[str]) -> str:
    return _table()[match[0]]


def _composed_letters() -> list[tuple[str, str]]:
    """Return the letters that hold a nukta, each with the letter without it."""
    letters = map(chr, (0x929, 0x931, 0x934, *range(0x958, 0x960)))
    return [(letter, unicodedata.normalize("NFD", letter)[0]) for letter in letters]


@dataclass(frozen=True, slots=True)
class TextView:
    """`text` is the view of `source`; `span` leads from offsets of the view back to offsets of the source.

    `left_out` are the offsets into the view before which a character of the source was left out, one for each.
    """

    source: str
    text: str
    left_out: tuple[int, ...] = ()

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """Return the source's half-open span of the view's, a nukta after its last letter included."""
        if not self.left_out:
            return start, stop
        first = start + bisect_right(self.left_out, start)
        if start == stop:
            return first, first
        end = stop + bisect_right(self.left_out, stop - 1)
        while end < len(self.source) and self.source[end] == NUKTA:
            end += 1
        return first, end


def view(text: str) -> TextView:
    """Return the view of `text`, in time linear in its length.

    Example:
        >>> view("फ़रवरी २४").text
        'फरवरी 24'
    """
    if text.isascii():
        return TextView(text, text.replace("\t", " ").replace("`", "'"))
    told = stop_signs(text)
    told = _COLON.sub(":", told) if "\u0903" in text else told
    seen = _changed().sub(_seen, told)
    if len(seen) == len(text):
        return TextView(text, seen)
    gone = (match.start() for match in _left_out().finditer(text))
    return TextView(text, seen, tuple(place - before for before, place in enumerate(gone)))


@cache
def _left_out() -> re.Pattern[str]:
    return re.compile(f"[{_DELETED}]")
