"""Festivals and observances with their year: `Republic Day 2019`, `2018 की दिवाली`, `क्रिसमस 2017`, `Easter 2019`.

    >>> festival_day("01-26", 2019), festival_day("easter-2", 2019), festival_day("W3-11-4", 2018)
    (datetime.date(2019, 1, 26), datetime.date(2019, 4, 19), datetime.date(2018, 11, 22))

The days are those of India, and of the West where India has none (Thanksgiving, Mother's Day). A festival without a
year is no date. Diwali, Holi and the two Eids stand in a table for 2001 to 2026, the Eids as the moon was seen in India
(other countries may differ by a day); in other years, or when a year has two of them, they are left alone.

Source: rules of the observances; Easter by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, 1991);
the table's days from the package holidays (MIT licence), checked against mean new and full moons by a test.
"""

from datetime import date, timedelta
from typing import Final

from tithi.dates.found import Found
from tithi.dates.phrases import festival_forms, phrase_at
from tithi.dates.reader import Reader
from tithi.dates.span import calendar_span
from tithi.numerals.tokens import word_list

__all__ = ["festival_after", "festival_at", "festival_day"]

_YEARS: Final = range(1900, 2101)


def festival_day(rule: str, year: int) -> date | None:
    """Return the day of a festival in a year, by a rule `MM-DD`, `easter±N`, `W3-11-4` (fourth Thursday) or a table."""
    if rule.startswith("easter"):
        return _easter(year) + timedelta(int(rule[6:]))
    if rule[0] == "W":
        weekday, month, place = (int(part) for part in rule[1:].split("-"))
        first = date(year, month, 1)
        return first + timedelta((weekday - first.weekday()) % 7 + 7 * (place - 1))
    if rule[0].isdecimal():
        return date.fromisoformat(f"{year:04}-{rule}")
    told = word_list("tithi.dates", "festivals.tsv").get("day", f"{rule} {year}")
    return None if told is None else date.fromisoformat(told)


def _easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar."""
    century, golden = year // 100, year % 19
    skipped, corrected = century // 4, (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - skipped - corrected + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - epact - year % 100 % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def festival_at(reader: Reader, index: int) -> list[Found]:
    """Read a festival with the year behind it: `Christmas Day, 2018`, `गणतंत्र दिवस (2019)`."""
    name = _name(reader, index)
    if name is None:
        return []
    rule, stop = name
    start = stop
    while start < stop + 2 and reader.has("part_joint", start):
        start += 1
    year = reader.year(start)
    day = None if year is None or reader.counts(start + 1) or year not in _YEARS else festival_day(rule, year)
    if day is None:
        return []
    end = start + 1 + (reader.text(start - 1) == "(" and reader.text(start + 1) == ")")
    return [Found(index, end, calendar_span(day.year, day.month, day.day), "festival")]


def festival_after(reader: Reader, year: Found) -> list[Found]:
    """Read a festival behind its year: `2019 के गणतंत्र दिवस`, `2018 Republic Day`; an empty list when there is none."""
    start = year.stop + (reader.has("genitive", year.stop) or reader.has("festival_joint", year.stop))
    name = _name(reader, start)
    if name is None or year.span.start is None or year.span.edtf != f"{year.span.start.year:04}":
        return []
    rule, stop = name
    following = reader.token(stop)
    if following is not None and following.capital and reader.text(start).isascii():
        return []  # the 1916 Easter Rising
    day = festival_day(rule, year.span.start.year) if year.span.start.year in _YEARS else None
    return [] if day is None else [Found(year.start, stop, calendar_span(day.year, day.month, day.day), "festival")]


def _name(reader: Reader, index: int) -> tuple[str, int] | None:
    """Return the rule of the festival named at a token and the token after."""
    name = phrase_at(festival_forms(), reader.tokens.texts, index)
    if name is None or (reader.text(index).isascii() and not reader.tokens.capital(index)):
        return None
    if reader.has("other_feast", index - 1):
        return None  # देव दीपावली, Orthodox Easter
    return name
