"""Dates and numbers that both sides tell, however they are written: `दो हज़ार उन्नीस` and 2019.

Their words belong together whatever their vectors say: a year in words is near nothing of a side that has figures.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tithi.dates.find import DateHit
from tithi.evidence.pair import Pair, number_words
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
    """Return the words of both sides as their vectors are compared: numbers that both tell, in those of the shorter.

    The longer has them first, and its others are empty, so that no word changes its place. What is no number, a month
    or प्रतिशत, stays as it is.

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
        places, others = _places(pair.hi_words, one), _places(pair.en_words, waiting[one.key].pop())
        in_words = not all(key[:1].isdecimal() for key in _keys(pair, places, others))
        if not places or not others or len(places) == len(others) == 1 or not in_words:
            continue
        if not is_new:
            hi, en, is_new = hi.copy(), en.copy(), True
        if len(others) > len(places):
            _fill(en, others, [hi[i] for i in places])
        else:
            _fill(hi, places, [en[i] for i in others])
    return hi, en


def _places(found: Words, one: Told) -> list[int]:
    """Return which words of what is told are numbers."""
    first = bisect_left(found.spans, (one.start, 0))
    stop = bisect_left(found.spans, (one.stop, 0), first)
    return [i for i in range(first, stop) if found.keys[i][:1].isdecimal() or found.keys[i] in number_words()]


def _keys(pair: Pair, places: list[int], others: list[int]) -> Iterator[str]:
    yield from map(pair.hi_words.keys.__getitem__, places)
    yield from map(pair.en_words.keys.__getitem__, others)


def _fill(texts: list[str], places: list[int], others: list[str]) -> None:
    for i, place in enumerate(places):
        texts[place] = others[i] if i < len(others) else ""
