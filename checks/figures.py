"""Figures of both sides: how many are met as they stand, and how many one side alone has in any way."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from tithi.dates.find import DateHit
from tithi.evidence.pair import Pair, month_words
from tithi.evidence.words import Words
from tithi.numerals.find import NumberHit
from tithi.rules.romans import roman_numbers

__all__ = ["figures_met"]

_GROUPS: Final = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d)|\d\d(?:,\d\d)*,\d{3}(?!\d))")
_DECADE: Final = re.compile(r"(?<!\d)(\d{4}|\d0)(?='?s\b)")


def figures_met(pair: Pair, *, told: bool) -> tuple[float, float]:
    """Return how many numbers both sides have, in digits or in words, and how many in digits one side alone, at most 3.

    Unless an issue of them is `told`, what was read as a date or number is on the other side in some way.
    """
    hi, en = ({_plain(figure) for figure in found.figures} for found in (pair.hi_words, pair.en_words))
    hi_more, en_more = hi - en, en - hi
    if hi_more:
        hi_more = _unmet(hi_more, en, pair.en, pair.en_words.keys)
    if en_more:
        en_more = _unmet(en_more, hi, pair.hi, pair.hi_words.keys)
    if not told and (hi_more or en_more):
        hi_more -= _read(pair.hi_words, (*pair.hi_dates, *pair.hi_numbers))
        en_more -= _read(pair.en_words, (*pair.en_dates, *pair.en_numbers))
    in_words = _told(pair.hi_dates, pair.hi_numbers) & _told(pair.en_dates, pair.en_numbers)
    return float(min(max(len(hi & en), len(in_words)), 3)), float(min(len(hi_more) + len(en_more), 3))


def _told(dates: Sequence[DateHit], numbers: Sequence[NumberHit]) -> set[str | Fraction]:
    """Return what the dates and numbers of a side say, in digits or not: 5,000,000 of 50 लाख."""
    return {date.span.key for date in dates if date.span.edtf} | {hit.value for hit in numbers if not hit.weak}


def _plain(figure: str) -> str:
    """Return a figure without grouping and zeros before it: 1,200,000 and 1.200.000 are one, and so are 05 and 5."""
    return _GROUPS.sub("", figure).lstrip("0") or "0"


def _read(found: Words, hits: Sequence[DateHit | NumberHit]) -> set[str]:
    """Return the figures of a side that stand in its dates and numbers."""
    return {
        _plain(key)
        for key, (start, stop) in zip(found.keys, found.spans, strict=True)
        if key[:1].isdecimal() and any(hit.start <= start and stop <= hit.stop for hit in hits)
    }


def _unmet(figures: set[str], others: set[str], text: str, keys: list[str]) -> set[str]:
    """Leave out figures that the other side has in another way: 90 of 1990s, 06 of June, 4 of IV."""
    months = {month_words()[key].lstrip("0") for key in month_words().keys() & set(keys)}
    romans = {str(value) for value in roman_numbers(text)}
    decades = set(_DECADE.findall(text))
    return {
        figure
        for figure in figures
        if figure not in months
        and figure not in romans
        and not any(len(figure) == 2 and year.endswith(figure) for year in decades | others if len(year) == 4)
        and not (len(figure) == 4 and figure[2:] in others and figure[2:] in decades)
    }
