"""The words of abbreviations.tsv: abbreviations and titles, openers of sentences, the verbs that end Hindi ones."""

import re
from collections import defaultdict
from functools import cache
from importlib import resources
from typing import Final

from tithi.records import Lang

__all__ = ["LANGS", "clause_words", "ends_clause", "is_cut_short", "is_initial", "telling_words", "words_of"]

LANGS: Final[tuple[Lang, Lang]] = ("hi", "en")
#: A Hindi syllable: consonants, a vowel sign, a nasal.
_SYLLABLE: Final = re.compile(
    "(?:[\u0915-\u0939]\u093c?\u094d)*[\u0915-\u0939\u0958-\u095f]\u093c?[\u093e-\u094c]?[\u0901-\u0903]?"
)


@cache
def words_of(lang: Lang, kind: str) -> frozenset[str]:
    """Return the words of a kind (title, open, starter, final …), as written, without their last full stop."""
    return _table().get((lang, kind), frozenset())


@cache
def _table() -> dict[tuple[str, str], frozenset[str]]:
    table = resources.files("tithi.aligner").joinpath("abbreviations.tsv").read_text(encoding="utf-8")
    kinds: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for word, lang, kind, _source in (line.split("\t") for line in table.splitlines() if not line.startswith("#")):
        kinds[lang, kind].add(word)
    return {kind: frozenset(words) for kind, words in kinds.items()}


@cache
def telling_words() -> frozenset[str]:
    """Return all words behind which a full stop may be no end."""
    listed = (words_of(lang, kind) for lang in LANGS for kind in ("title", "initial", "number", "open"))
    return frozenset[str]().union(words_of("hi", "verb"), words_of("hi", "opening"), words_of("en", "time"), *listed)


def ends_clause(token: str) -> bool:
    """Whether a Hindi word is a verb with which sentences end: है, गया, जाएगा."""
    return token in clause_words() or token.endswith(_endings("future_ending"))


def is_cut_short(token: str, following: str) -> bool:
    """Whether a Hindi word before a stop is an abbreviation in no list: one syllable, no verb, or a verb follows it.

    पू. राष्ट्रपति, रा. भवन, 5 प्रति. रहेगा; no sentence begins with रहेगा.
    """
    if _SYLLABLE.fullmatch(token) is not None and token not in words_of("hi", "syllable"):
        return not ends_clause(token)
    return following.rstrip("।,.;:?!").endswith(_endings("future_ending")) and not ends_clause(token)


def is_initial(token: str, before: str, following: str) -> bool:
    """Whether a syllable that is a word too is the initial of a name, by what stands around it: `डॉ. भी. रा. अंबेडकर`.

    `before` and `following` are the words beside it, as written: a title before it or another syllable with a stop.
    """
    if token not in words_of("hi", "syllable"):
        return False
    is_titled = before.rstrip(".") in words_of("hi", "title")
    if ends_clause(token):  # पं. दी. द. उपाध्याय, but डॉ. ने दवा दी.
        return (is_titled and "." in (before[-1], following[-1])) or (not before and following.endswith("."))
    if is_titled:
        return True
    beside = [word[:-1] for word in (before, following) if word.endswith(".")]
    return any(_SYLLABLE.fullmatch(word) and word not in words_of("hi", "syllable") for word in beside)


@cache
def clause_words() -> frozenset[str]:
    """Return the verbs that end sentences: है, and the four forms of each verb, लिखा लिखी लिखे लिखीं, बनाया बनाई ….

    The future is told by its ending, see `ends_clause`.
    """
    closed = tuple("ाोीेू")
    return words_of("hi", "final") | frozenset(
        verb + ending
        for verb in words_of("hi", "verb_root")
        for ending in (("या", "ई", "ए", "ईं") if verb.endswith(closed) else ("ा", "ी", "े", "ीं"))
    )


@cache
def _endings(kind: str) -> tuple[str, ...]:
    return tuple(sorted(words_of("hi", kind)))
