"""Dates in figures: `25/04/2019`, `2019-04-25`, dated `15.08.97`, `26/27.11.2008`, `Dec '21`."""

import re
from dataclasses import replace
from typing import Final

from tithi.dates.glued import is_glued
from tithi.dates.parts import Parts, checked
from tithi.dates.reader import FIRST_YEAR, LAST_YEAR, Reader

__all__ = ["in_figures", "of_two", "short_year", "year_behind_month"]

#: Years of two digits are of the last century from here on: of a day, which may be that of an expiry, and of a month.
_OF_DAY: Final = 40
_OF_MONTH: Final = 30
_MONTHS: Final = 12
_SHORT: Final = 2
_FULL: Final = 4
_NUMERIC: Final = re.compile(r"(\d{1,4})([-./])(\d{1,2})(?:\2(\d{4}|\d{1,2}))?")
_DAY: Final = re.compile(r"[0-3]?\d([./])[01]?\d\1(?:\d\d){1,2}")
_DOTTED: Final = re.compile(r"[0-3]?\d\.[01]?\d\.\d\d")
_MONTH_OF: Final = re.compile(r"([0-9]{1,2})/([0-9]{4})")
_TWO_DAYS: Final = re.compile(r"(\d{1,2})[/-](\d{1,2})([./-])(\d{1,2})\3(\d{4})(?![\d./-])")


def in_figures(reader: Reader, index: int) -> Parts | None:
    """Read `25/04/2019`, `25-04-2019`, `25.04.2019` in the reader's order where it can be, `2019-04-25`, `2019/04`."""
    token = reader.token(index)
    if token is None or token.kind not in ("number", "numeric"):
        return None
    return _one(reader, index, token.text) or _two_days(reader, index)


def _one(reader: Reader, index: int, text: str) -> Parts | None:
    match = _NUMERIC.fullmatch(text) or _MONTH_OF.fullmatch(text)
    if match is None or _hangs_on(reader, index) or _is_version(reader, index) or _is_in_word(reader, index):
        return None
    if match.re is _MONTH_OF:
        return _of_month(reader, index, *map(int, match.groups()))
    first, mark, middle, last = match.groups()
    here = Parts(index, index + 1)
    if len(first) == _FULL and first >= "1000":
        return _year_first(here, int(first), mark, middle, last)
    if last is None and len(first) <= _SHORT and mark == "/" and _is_dated(reader, index, int(first)):
        return _in_order(reader, here, int(first), int(middle), None)
    if len(first) > _SHORT or last is None or (mark == "." and len(last) == _SHORT and not _is_told(reader, index)):
        return None
    return _in_order(reader, here, int(first), int(middle), last)


def _year_first(here: Parts, year: int, mark: str, middle: str, last: str | None) -> Parts | None:
    """Return the day of `2019-04-25` or the month of `2019/04`."""
    if last is not None:
        return checked(replace(here, year=year, month=int(middle), day=int(last))) if len(last) < _FULL else None
    is_month = mark == "/" and len(middle) == _SHORT and 1 <= int(middle) <= 12
    return replace(here, year=year, month=int(middle)) if is_month else None


def _of_month(reader: Reader, index: int, month: int, year: int) -> Parts | None:
    """Read `12/2025` where a word tells a month: `valid thru 12/2025`, `माह 04/2023`; else it may be a case."""
    before = index - 1 - (reader.text(index - 1) in (".", ":"))
    if not (reader.has("month_told", before) or reader.has("dated_word", before)):
        return None
    return Parts(index, index + 1, year, month) if 1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR else None


def _in_order(reader: Reader, here: Parts, first: int, middle: int, last: str | None) -> Parts | None:
    """Return the date of two numbers and a year, if told, day first where it can be or the reader asks for it."""
    year = None
    if last is not None:
        year = int(last) if len(last) == _FULL else of_two(int(last), _OF_DAY)
        if len(last) not in (_SHORT, _FULL) or not FIRST_YEAR <= year <= LAST_YEAR:
            return None
    day_first = checked(replace(here, year=year, month=middle, day=first))
    month_first = checked(replace(here, year=year, month=first, day=middle))
    return month_first or day_first if reader.month_first else day_first or month_first


def of_two(year: int, first: int = _OF_MONTH) -> int:
    """Return the year that two figures tell: those from `first` on are of the last century."""
    return year + (1900 if year >= first else 2000)


def _is_told(reader: Reader, index: int) -> bool:
    """Whether a word makes `15.08.97` a date and no version or address, `dated`, `को`, or a later day follows it."""
    first = index - 2 if reader.has("range_word", index - 1) and _is_day(reader, index - 2) else index
    if any(reader.has(kind, first - back) for kind in ("label", "version", "upgrade") for back in (1, 2)):
        return False
    if _is_day(reader, first) and reader.has("range_word", first + 1) and _is_day(reader, first + 2):
        ends = [_turned(reader.text(place)) for place in (first, first + 2)]
        return ends[0] < ends[1] and all(_DOTTED.fullmatch(reader.text(place)) for place in (first, first + 2))
    return reader.has("dated", index - 1 - (reader.text(index - 1) in (".", ":"))) or reader.has("on_day", index + 1)


def _is_in_word(reader: Reader, index: int) -> bool:
    """Whether figures are glued to what stands before, and that is no day to which a hyphen ties them."""
    return is_glued(reader, index) and not (reader.text(index - 1) == "-" and _is_day(reader, index - 2))


def _is_day(reader: Reader, index: int) -> bool:
    """Whether a token has the shape of a day in figures: day, month and year."""
    return _DAY.fullmatch(reader.text(index)) is not None


def _turned(text: str) -> list[int]:
    """Return year, month and day of a day in figures."""
    return [int(part) for part in reversed(re.split("[-./]", text))]


def _is_dated(reader: Reader, index: int, day: int) -> bool:
    """Whether a word tells a day and month in figures: `last date 30/6`, `15/8 को`; no `3/4 को`, 24/7."""
    is_day = day > _MONTHS and reader.text(index) != "24/7"
    if is_day and (reader.has("on_day", index + 1) or reader.text(index - 1) == "on"):
        return True
    if reader.text(index - 1) == "on" and reader.has("visit", index - 2):
        return True  # review on 12/9
    return reader.has("dated_word", index - 1 - (reader.text(index - 1) in (".", ":", "-")))


def _two_days(reader: Reader, index: int) -> Parts | None:
    """Read two days in a row of one month: `26/27.11.2008`, `26-27/11/2008`."""
    if reader.text(index + 1) not in ("-", ".") or not reader.tokens.tight(index + 1) or is_glued(reader, index):
        return None
    start, _ = reader.tokens.span(index, index + 1)
    match = _TWO_DAYS.match(reader.tokens.source, start)
    if match is None:
        return None
    stop = index + 1
    while reader.tokens.span(index, stop)[1] < match.end():
        stop += 1
    first, last, _, month, year = match.groups()
    parts = checked(Parts(index, stop, int(year), int(month), int(first), int(last)))
    return parts if int(last) == int(first) + 1 and FIRST_YEAR <= int(year) <= LAST_YEAR else None


def short_year(reader: Reader, index: int) -> int | None:
    """Return the year of an apostrophe and two figures behind a month, `Dec '21`; none where a count is quoted."""
    year = reader.number(index + 1) if reader.text(index) == "'" else None
    if year is None or len(reader.text(index + 1)) != _SHORT or not reader.tokens.tight(index + 1):
        return None
    return None if reader.text(index + 2) in ("'", "%") or reader.counts(index + 2) else of_two(year)


def year_behind_month(reader: Reader, index: int) -> int | None:
    """Return the year of two figures tied to a month by a hyphen, `Dec-21`, `12-Dec-21`; none in Sep-11."""
    year = reader.number(index)
    if year is None or len(reader.text(index)) != _SHORT or not reader.text(index - 2).isascii():
        return None
    is_day = reader.has("ordinal_suffix", index + 1) or reader.text(index + 1) in ("-", "/") or reader.counts(index + 1)
    is_named = reader.is_short_month(index - 2) or reader.text(index - 2) == "may"
    return of_two(year) if is_named and not is_day and not (reader.month(index - 2) == 9 and year == 11) else None


def _is_version(reader: Reader, index: int) -> bool:
    """Whether a word before makes figures the number of a version: `version 4.12.2015`, `upgrade to 4.12.2015`."""
    before = index - 1 - (reader.text(index - 1) == ":")
    return reader.has("version", before) or (reader.text(index - 1) == "to" and reader.has("upgrade", index - 2))


def _hangs_on(reader: Reader, index: int) -> bool:
    """Whether something other than the time of day hangs on to the end of a numeric token."""
    after = reader.token(index + 1)
    return (
        after is not None
        and after.tight
        and (after.text in ("/", "%", "_") or (after.kind == "word" and after.text != "t"))
    )
