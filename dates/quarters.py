"""Months of a year that a word parts from them: `October-December quarter of 2022`, `the June quarter of FY23`.

A month that ends a quarter names it: the June quarter is April to June. Behind a financial year months are counted from
April: `2022-23 की जनवरी-मार्च तिमाही` is of 2023.
"""

import re
from typing import Final

from tithi.dates.fiscal import is_fiscal
from tithi.dates.found import Found
from tithi.dates.ranges import date_list
from tithi.dates.reader import Reader
from tithi.dates.span import DateSpan, calendar_span, interval
from tithi.dates.years import year_list

__all__ = ["months_of_year"]

_MONTHS: Final = re.compile("XXXX-([0-9]{2})(?:/XXXX-([0-9]{2}))?")
_QUARTER: Final = 3
_APRIL: Final = 4


def months_of_year(reader: Reader, told: Found) -> list[Found]:
    """Return the months told together with a year before or behind them, an empty list for none.

    `told` are the months, or a financial year that their quarter may follow.
    """
    stop = told.stop
    if is_fiscal(told.span):
        behind = date_list(reader, stop + 1) if reader.has("genitive", stop) else []
        if len(behind) != 1 or not _is_quarter(reader, behind[0].stop):
            return []
        return _joined(told.start, behind[0].stop, behind[0].span, told.span)
    if _MONTHS.fullmatch(told.span.edtf or "") is None or not _is_quarter(reader, stop):
        return []
    start = stop + 1 + (reader.text(stop + 1) in ("of", "in"))
    year = year_list(reader, start) if start < len(reader.tokens) else []
    return _joined(told.start, year[0].stop, told.span, year[0].span) if len(year) == 1 else []


def _is_quarter(reader: Reader, index: int) -> bool:
    return (
        reader.unit(index) == "q"
        or reader.words.get("part_unit", reader.text(index)) == "q"
        or (reader.text(index) == "period")
    )


def _joined(start: int, stop: int, months: DateSpan, year: DateSpan) -> list[Found]:
    """Return the months in the year, or in a year of two from the first April on."""
    match = _MONTHS.fullmatch(months.edtf or "")
    if match is None or year.start is None or year.end is None or not 0 <= year.end.year - year.start.year <= 1:
        return []
    first, last = int(match[1]), int(match[2] or 0)
    if not last:
        first, last = first - _QUARTER + 1, first
    if last < first or (match[2] is None and last % _QUARTER):
        return []
    years = [year.start.year if month >= _APRIL else year.end.year for month in (first, last)]
    if years[0] != years[1]:
        return []
    return [Found(start, stop, interval(calendar_span(years[0], first), calendar_span(years[0], last)), "part")]
