"""Parts of a month, year or century: `last Monday of May 2019`, `2019 की तीसरी तिमाही`, `Q3 FY20`, `H1 2019`.

    >>> from tithi.dates.span import calendar_span
    >>> part_of(calendar_span(2019, 5), -1, "W0").edtf, part_of(calendar_span(2019), 3, "q").edtf
    ('2019-05-27', '2019-07/2019-09')

Parts are told by a letter: W0 to W6 a weekday (Monday 0), q a quarter, h a half, f a fortnight, w a week, e a
weekend, d a day, m a month, c so many months from the first, D a decade. A week belongs to the month or year in which
its Thursday lies (ISO 8601); a quarter or half of a financial year is counted from April. A part of a month of no
known year is that month (`XXXX-05`).
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from tithi.dates.figures import of_two, short_year
from tithi.dates.fiscal import is_fiscal
from tithi.dates.found import Found
from tithi.dates.glued import is_glued
from tithi.dates.reader import Reader
from tithi.dates.reference import Reference
from tithi.dates.span import DateSpan, Precision, calendar_span, decade_span, interval, relative_span
from tithi.numerals.tokens import word_list
from tithi.numerals.words import ordinal_word

__all__ = ["part_after", "part_before", "part_of"]

_MONTHS: Final = {"q": 3, "h": 6, "m": 1, "c": 1}
_MONTHS_GONE: Final = (3, 6, 9)
#: The first month of a financial year.
_APRIL: Final = 4
_JOINTS: Final = 4

_Read = Callable[[int], list[Found]]


class _Part(NamedTuple):
    """Which part, from 1 (-1 the last), of what unit, and the token after its words."""

    place: int
    unit: str
    stop: int
    is_letter: bool = False


def part_before(reader: Reader, index: int, reference: Reference, read: _Read) -> list[Found]:
    """Read a part that stands before its whole; `read` reads the whole at a token."""
    if reader.text(index + 1) not in _second_words() and reader.text(index) not in reader.words.kinds["part_letter"]:
        return []  # most tokens open no part
    part = _letter(reader, index) or _part(reader, index)
    if part is None:
        return []
    stop = part.stop
    start = stop
    start += reader.text(start) == "-" and reader.has("fiscal", start + 1)  # Q3-FY21
    while start < stop + _JOINTS and (reader.has("part_joint", start) or _is_fiscal_word(reader, start)):
        start += 1
    if part.is_letter and (year := _year_behind(reader, start)) is not None:
        span = part_of(calendar_span(year[0]), part.place, part.unit)
        return [] if span is None else [Found(index, year[1], span, "part")]
    if start >= len(reader.tokens) or (start == stop and part.unit not in "qhc"):
        return []
    whole = read(start)
    if len(whole) != 1 or not start <= whole[0].start <= start + reader.has("fiscal", start):
        return []
    span = _meaning(part, whole[0].span, reference)
    end = whole[0].stop
    end += reader.text(start - 1) == "(" and reader.text(end) == ")"
    return [] if span is None else [Found(index, end, span, "part")]


def _year_behind(reader: Reader, index: int) -> tuple[int, int] | None:
    """Read the year of two figures behind the letters of a part, `3Q21`, `Q4'22`, and the token after."""
    year = short_year(reader, index)
    if year is not None:
        return year, index + 2
    told = reader.number(index) if index and reader.tokens.kind(index - 1) == "word" else None
    if told is None or len(reader.text(index)) != 2 or not reader.tokens.tight(index):
        return None
    return of_two(told), index + 1


@cache
def _second_words() -> frozenset[str]:
    """Return what can stand behind the first word of a part: a unit, a weekday, the ending of an ordinal, a hyphen."""
    kinds = ("part_unit", "part_letter", "unit", "weekday", "weekday_short", "ordinal_suffix")
    return word_list("tithi.dates", "words.tsv").forms(*kinds) | {"-"}


def part_after(reader: Reader, whole: Found, reference: Reference) -> list[Found]:
    """Read a part that follows its whole: `मई 2019 का आखिरी सोमवार`, `2019 Q3`, `इस साल तीसरी तिमाही`; else nothing."""
    joint = reader.has("genitive", whole.stop)
    part = _letter(reader, whole.stop) or _part(reader, whole.stop + joint)
    if part is not None and not joint and part.unit not in "qh":
        return []
    span = None if part is None else _meaning(part, whole.span, reference)
    return [] if part is None or span is None else [Found(whole.start, part.stop, span, "part")]


def _meaning(part: _Part, span: DateSpan, reference: Reference) -> DateSpan | None:
    """Return the part of a span, which may be a relative one or a month of no known year; None where there is none."""
    if span.relative is not None:
        is_known = span.precision in ("month", "year")
        return relative_span(f"{span.relative}-{part.place}{part.unit}", _precision(part.unit)) if is_known else None
    if span.start is None and span.precision == "month" and part.unit not in "qhmcD":
        dated = None if reference.day is None else reference.in_year(span, 0)
        if dated is None:
            return span
        span = dated
    return part_of(span, part.place, part.unit)


def _precision(unit: str) -> Precision:
    return "month" if unit in _MONTHS else "day"


def _is_fiscal_word(reader: Reader, index: int) -> bool:
    return reader.has("fiscal_word", index) or (
        reader.has("fiscal_year", index) and reader.has("fiscal_word", index - 1)
    )


def _letter(reader: Reader, index: int) -> _Part | None:
    """Read `Q3`, `H1`, `3Q`, `3QFY21`: the place, the unit and the token after."""
    place, unit = reader.number(index), reader.words.get("part_letter", reader.text(index + 1))
    if place is not None and unit is not None and reader.tokens.tight(index + 1):
        is_letter = reader.tokens.capital(index + 1) and _is_place(reader, index, place, unit)
        return _Part(place, unit, index + 2 - reader.has("fiscal", index + 1), True) if is_letter else None
    unit = reader.words.get("part_letter", reader.text(index))
    place = None if unit is None else reader.number(index + 1)
    if unit is None or place is None or not reader.tokens.tight(index + 1):
        return None
    if reader.text(index).isascii() and not reader.tokens.capital(index):
        return None
    follows = reader.token(index + 2)
    if follows is not None and follows.kind == "word" and follows.tight and not reader.has("fiscal", index + 2):
        return None  # H1N1
    return _Part(place, unit, index + 2, True) if 1 <= place <= (4 if unit == "q" else 2) else None


def _is_place(reader: Reader, index: int, place: int, unit: str) -> bool:
    """Whether a year has so many of a letter's parts; the months that have gone by are told beside FY: `9MFY23`."""
    if unit == "c":
        return place in _MONTHS_GONE and (reader.has("fiscal", index + 1) or reader.has("fiscal", index + 2))
    return 1 <= place <= (4 if unit == "q" else 2)


def _part(reader: Reader, index: int) -> _Part | None:
    """Read `last Monday`, `तीसरी तिमाही`, `3rd quarter`, `first half`, `fourth-quarter`."""
    nth = _nth(reader, index)
    if nth is None:
        return None
    place, stop = nth
    stop += reader.text(stop) == "-"
    weekday = reader.weekday(stop)
    if weekday is not None:
        return _Part(place, f"W{weekday}", stop + 1)
    text = reader.text(stop)
    unit = reader.words.get("part_unit", text) or reader.unit(stop)
    if unit is None or unit not in "qhwedmDf" or (unit in "mwdD" and _is_plural(text)):
        return None
    return _Part(place, unit, stop + 1)


def _is_plural(text: str) -> bool:
    return text.isascii() and text.endswith("s")


def _nth(reader: Reader, index: int) -> tuple[int, int] | None:
    told = reader.words.get("nth", reader.text(index))
    if told is not None:
        return int(told), index + 1
    number = reader.number(index)
    if number is not None:
        hangs_on = reader.has("ordinal_suffix", index + 1) and not is_glued(reader, index)
        return (number, index + 2) if hangs_on and 1 <= number <= 53 else None
    place = ordinal_word(reader.text(index))
    return None if place is None or place > 53 else (place, index + 1)


def part_of(whole: DateSpan, place: int, unit: str) -> DateSpan | None:
    """Return the part of a span in that place (from 1; -1 the last), None where it has none such."""
    first, last = whole.start, whole.end
    if first is None or last is None or last.year == date.max.year:
        return None
    if unit == "D":
        is_decade = whole.precision == "century" and 1 <= place <= 10 and last.year - first.year < 100
        return decade_span(first.year // 100 * 100 + 10 * (place - 1)) if is_decade and first.year > 99 else None
    if (whole.precision == "year" or is_fiscal(whole)) and unit in _MONTHS:
        return _months(whole, place, unit)
    if unit in "hf" and whole.precision == "month" and (last - first).days < 31 and place in (1, 2, -1):
        ends = (first, first.replace(day=15)) if place == 1 else (first.replace(day=16), last)
        return interval(*(calendar_span(day.year, day.month, day.day) for day in ends))
    is_one = (whole.precision == "month" and (last - first).days < 31) or (
        whole.precision == "year" and first.year == last.year
    )
    days = _days(first, last, place, unit) if is_one and unit not in _MONTHS else None
    if days is None:
        return None
    return interval(*(calendar_span(day.year, day.month, day.day) for day in days))


def _months(whole: DateSpan, place: int, unit: str) -> DateSpan | None:
    """Return the quarter, half, month or first months of a year, or of a financial year, which is told as two."""
    length = _MONTHS[unit]
    if whole.start is None or whole.end is None or not 0 <= whole.end.year - whole.start.year <= 1:
        return None
    parts = 12 // length
    place = parts if place == -1 else place
    if not 1 <= place <= parts:
        return None
    begins = whole.start.year * 12 + (place - 1) * length
    begins += _APRIL - 1 if whole.end.year > whole.start.year else 0
    ends = [begins - (place - 1) * (unit == "c"), begins + length - 1]
    return interval(*(calendar_span(month // 12, month % 12 + 1) for month in ends))


def _days(first: date, last: date, place: int, unit: str) -> tuple[date, date] | None:
    """Return the first and last day of the part, None where it is not in the span."""
    if unit == "d":
        day = last if place == -1 else first + timedelta(place - 1)
        return (day, day) if day <= last else None
    weekday = 3 if unit == "w" else 5 if unit == "e" else int(unit[1:])
    if place == -1:
        day = last - timedelta((last.weekday() - weekday) % 7)
    else:
        day = first + timedelta((weekday - first.weekday()) % 7 + 7 * (place - 1))
    if not first <= day <= last:
        return None
    if unit == "w":
        return day - timedelta(3), day + timedelta(3)
    return day, day + timedelta(unit == "e")
