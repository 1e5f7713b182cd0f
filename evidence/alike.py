"""Dates and numbers that both sides tell, however they are written: `दो हज़ार उन्नीस` and 2019.

Their words belong together whatever their vectors say: a year in words is near nothing of a side that has figures.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from tithi.dates.find import DateHit
from tithi.evidence.pair import Pair
from tithi.evidence.words import Words
from tithi.numerals.find import NumberHit

__all__ = ["Told", "alike_texts", "told"]


class Told(NamedTuple):
    """What a date of the calendar or a number says, and where it stands: `[start, stop)`."""

    key: str
    start: int
    stop: int


def told(dates: Sequence[DateHit], numbers: Sequence[NumberHit]) -> list[Told]:
    """Return what the dates and numbers of a side say; a year is told as a number is."""
    found = [Told(hit.span.key, hit.start, hit.stop) for hit in dates if hit.span.edtf]
    return found + [Told(str(hit.value), hit.start, hit.stop) for hit in numbers]


def alike_texts(pair: Pair) -> tuple[list[str], list[str]]:
    """Return the words of both sides as their vectors are compared: what both tell, in the words of the shorter.

    The longer has them in its first words, and its others are empty, so that no word changes its place.

    >>> from tithi.evidence.pair import read_pair
    >>> alike_texts(read_pair("सन दो हज़ार उन्नीस में", "in 2019"))
    (['सन', '2019', '', '', 'में'], ['in', '2019'])
    """
    hi, en = pair.hi_words.texts, pair.en_words.texts
    ours, theirs = told(pair.hi_dates, pair.hi_numbers), told(pair.en_dates, pair.en_numbers)
    if not ours or not theirs:
        return hi, en
    waiting: dict[str, list[Told]] = defaultdict(list)
    for one in reversed(theirs):
        waiting[one.key].append(one)
    is_new = False
    for one in ours:
        if not waiting[one.key]:
            continue
        (first, stop), (other, end) = _range(pair.hi_words, one), _range(pair.en_words, waiting[one.key].pop())
        if pair.hi_words.keys[first:stop] == pair.en_words.keys[other:end] or max(stop - first, end - other) < 2:
            continue
        if not is_new:
            hi, en, is_new = hi.copy(), en.copy(), True
        if end - other > stop - first:
            en[other:end] = _filled(hi[first:stop], end - other)
        else:
            hi[first:stop] = _filled(en[other:end], stop - first)
    return hi, en


def _range(found: Words, one: Told) -> tuple[int, int]:
    first = bisect_left(found.spans, (one.start, 0))
    return first, bisect_left(found.spans, (one.stop, 0), first)


def _filled(texts: list[str], size: int) -> list[str]:
    return texts + [""] * (size - len(texts))
