"""Sentences that touch: a stop without a blank behind it (`है.अगला`, `around.Bhola`), a quotation that opens at once."""

import re
from typing import Final

from tithi.aligner.abbreviations import ends_clause, words_of
from tithi.script import is_devanagari

__all__ = ["ends_before_quote", "is_glued_end", "opens_another_quote", "opens_quote"]

#: The word behind the stop.
_WORD: Final = re.compile(
    r"(?:[\u0904-\u0939\u0958-\u0961][\u0900-\u0963\u0971-\u097f]+|[A-Z][a-z]*)(?=[\s,;'’।]|\.(?:\s|$))"
)
_PROSE_WORD: Final = re.compile(r"(?:^|[\s\"'“‘(])[a-z]{2,}$")
_LAST_WORD: Final = re.compile(r"[^\s()\[\]{}\"'“”‘’«»,;:–—]+$")
_REACH: Final = 40
_QUOTE_REACH: Final = 400
#: A word for a verb in full, as those of abbreviations are not: it ends in a long vowel, and is no title.
_VERBAL: Final = re.compile("[\u0900-\u0963]{2,}(?:[\u093e\u0940\u0947\u0948\u094b]|\u0940\u0902|\u0947\u0902|ए|ई|ओ)$")
_SHORT: Final = 3
_QUOTES: Final = (('"', '"'), ("'", "'"), ("“", "”"), ("‘", "’"))


def is_glued_end(paragraph: str, begin: int, start: int, end: int) -> bool:
    """Whether a stop at `start` that a letter follows at `end` ends a sentence: after a verb, between plain words."""
    following = _WORD.match(paragraph, end)
    before = paragraph[max(begin, start - _REACH) : start]
    token = _LAST_WORD.search(before)
    if following is None or token is None:
        return False
    if is_devanagari(following[0]):
        return ends_clause(token[0]) or _is_verbal(token[0], following[0])
    if _PROSE_WORD.search(before) is None or following[0] in words_of("en", "suffix"):
        return False
    return len(following[0]) > 3 or following[0] in words_of("en", "starter")


def _is_verbal(token: str, following: str) -> bool:
    """Whether a Hindi word may be a verb that ends a sentence: दौड़ा.गिर, चलो.मैं; no प्रो.शर्मा and no कंपनी.कॉम."""
    if _VERBAL.fullmatch(token) is None or following in words_of("hi", "suffix"):
        return False
    if any(token in words_of("hi", kind) for kind in ("title", "open", "initial", "number", "opening")):
        return False
    return len(token) > _SHORT or following in words_of("hi", "starter")


def opens_quote(paragraph: str, begin: int, end: int) -> bool:
    """Whether a straight quote before `end` opens what touches it there: the mark is odd in its sentence."""
    quote = paragraph[end - 1]
    if quote not in "\"'" or end == len(paragraph) or not paragraph[end].isalpha():
        return False
    first = max(begin, end - _QUOTE_REACH)
    marks = sum(
        paragraph[place] == quote and not (paragraph[place - 1 : place].isalnum() and paragraph[place + 1].isalpha())
        for place in range(first, end)
    )
    return marks % 2 == 1


def ends_before_quote(paragraph: str, begin: int, start: int, end: int) -> bool:
    """Whether a mark at `start` ends a sentence before the quotation whose first letter is at `end`: `left.'He`."""
    before = paragraph[max(begin, start - _REACH) : start]
    if is_devanagari(paragraph[end]):
        token = _LAST_WORD.search(before)
        return paragraph[start] not in ".…" or (token is not None and ends_clause(token[0]))
    return paragraph[end].isupper() and _PROSE_WORD.search(before) is not None


def opens_another_quote(paragraph: str, begin: int, end: int) -> bool:
    """Whether a quotation that is all of a sentence closes before `end`, and another opens: `"मैं तो…" "चुप रहो।"`."""
    opens = paragraph[begin : begin + 3].lstrip()[:1], paragraph[end : end + 2].lstrip()[:1]
    if paragraph[end + 2 : end + 3].islower():
        return False  # "He said…" "what?"
    return any(opens == (opening, opening) and paragraph[end - 1] == closing for opening, closing in _QUOTES)
