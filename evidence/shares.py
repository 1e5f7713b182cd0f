"""Shares of a whole, told in other words.

`पाँच में से एक` is 20 %, `a third` is हर तीसरा, seven in ten are 70 per cent, 25 basis points a quarter of one. The words
that make a share of numbers stand in word_sets.tsv.
"""

from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Final, NamedTuple

from tithi.evidence.pair import Pair
from tithi.evidence.tables import word_set
from tithi.evidence.words import Words
from tithi.numerals.find import NumberHit
from tithi.records import Lang

__all__ = ["equal_shares", "is_every"]

#: A part of a whole is told in round per cent: 33 % is a third.
_ROUNDED: Final = Fraction(1, 100)
_COMPARED: Final = 100
"""More numbers of a side than this are not looked at: time must not grow with their square."""
_BETWEEN: Final = 5
"""At most so many words stand between the two numbers of a share: `one farmer out of every five`."""


class _Share(NamedTuple):
    value: Fraction
    form: str
    hits: tuple[NumberHit, ...]


def equal_shares(pair: Pair) -> tuple[list[NumberHit], list[NumberHit]]:
    """Return the numbers of each side that tell a share of a whole which the other side tells in another way."""
    hi: list[NumberHit] = []
    en: list[NumberHit] = []
    if not pair.hi_numbers or not pair.en_numbers:
        return hi, en
    told = list(_shares(pair.hi_words, pair.hi_numbers, "hi"))
    for theirs in _shares(pair.en_words, pair.en_numbers, "en") if told else ():
        ours = next((share for share in told if share.form != theirs.form and _is_one(share, theirs)), None)
        if ours is not None:
            told.remove(ours)
            hi += ours.hits
            en += theirs.hits
    return hi, en


def is_every(found: Words, start: int) -> bool:
    """Whether a number that begins at `start` is each one by the word before it: हर तीसरा, every third."""
    at = bisect_left(found.spans, (start, 0))
    return at > 0 and found.keys[at - 1] in word_set("every")


def _is_one(one: _Share, other: _Share) -> bool:
    forms = (one.form, other.form)
    bound = _ROUNDED if "percent" in forms and "points" not in forms else 0
    return abs(one.value - other.value) <= bound


def _shares(found: Words, hits: list[NumberHit], lang: Lang) -> Iterator[_Share]:
    known = hits[:_COMPARED]
    for first, second in () if word_set("out-of").isdisjoint(found.distinct) else pairwise(known):
        part, whole = (second, first) if lang == "hi" else (first, second)
        if 0 < part.value < whole.value and _is_out_of(found, first.stop, second.start):
            yield _Share(part.value / whole.value, "of", (first, second))
    for hit in known:
        following = bisect_left(found.spans, (hit.stop, 0))
        behind = found.keys[following : following + 3]
        if behind and behind[0] in word_set("basis"):
            yield _Share(hit.value / 10_000, "points", (hit,))
        elif hit.kind == "percent" or not word_set("percent").isdisjoint(behind):
            yield _Share(hit.value / 100, "percent", (hit,))
        elif hit.kind == "fraction" and hit.value < 1:
            yield _Share(hit.value, "fraction", (hit,))
        elif hit.kind == "ordinal" and hit.value > 1 and is_every(found, hit.start):
            yield _Share(1 / hit.value, "every", (hit,))


def _is_out_of(found: Words, start: int, stop: int) -> bool:
    """Whether `में से`, `in every` and the like stand there, perhaps behind what is counted."""
    first = bisect_left(found.spans, (start, 0))
    between = found.keys[first : min(bisect_left(found.spans, (stop, 0), first), first + _BETWEEN + 1)]
    if between and between[0] not in word_set("out-of"):
        del between[0]
    rest = word_set("out-of") | word_set("every") | word_set("about")
    return 0 < len(between) <= _BETWEEN and between[0] in word_set("out-of") and rest.issuperset(between)
