"""Dates told together: ranges whose ends share parts, lists that share month or year.

`30 April to 2 May 2021`, `14 अक्टूबर, 2006 – 22 दिसंबर, 2017`, `30 January and 11 March 2020`, `5 और 12 मई`.
"""

from dataclasses import replace
from typing import Final

from tithi.dates.anno import in_era
from tithi.dates.clock import after_time, is_hour
from tithi.dates.edges import after_edge, before_edge, is_between, is_until
from tithi.dates.found import Found
from tithi.dates.grammar import date_parts, days_in_row, one_day, range_word
from tithi.dates.parts import Parts, checked, parts_span
from tithi.dates.reader import Reader
from tithi.dates.span import DateSpan, interval

__all__ = ["date_list", "date_range"]

_LIST_LIMIT: Final = 12


def _is_list_word(reader: Reader, index: int) -> bool:
    return reader.has("list_word", index) or reader.has("and_word", index) or reader.text(index) == "/"


def date_list(reader: Reader, index: int) -> list[Found]:
    """Return the dates told together at a token: one, a range, or a list."""
    if not reader.month_near(index):
        return []
    strict = date_parts(reader, index)
    first = strict
    if strict is None and reader.month(index) is not None:
        first = date_parts(reader, index, in_range=True)
    if first is None:
        return _days_then_month(reader, index)
    first = _with_repeat(reader, in_era(reader, first))
    ranged = date_range(reader, first)
    if ranged is not None:
        return [_found(reader, *ranged)]
    inner = _days_of_month(reader, first)
    if inner is not None:
        return [inner]
    items = _with_next(reader, _days_behind_month(reader, first))
    if strict is None and len(items) == 1:
        return []
    return [_found(reader, item.start, item.stop, parts_span(item)) for item in items]


def _with_repeat(reader: Reader, first: Parts) -> Parts:
    """Return a day with the year behind brackets that say it again in the other language: `८ मई (8 May) १९३३`."""
    if first.year is not None or first.day is None or reader.text(first.stop) != "(":
        return first
    again = date_parts(reader, first.stop + 1)
    if again is None or (again.month, again.day, again.year) != (first.month, first.day, None):
        return first
    year = reader.year(again.stop + 1) if reader.text(again.stop) == ")" else None
    return first if year is None else replace(first, stop=again.stop + 2, year=year)


def _with_next(reader: Reader, items: list[Parts]) -> list[Parts]:
    """Return dates with those that follow in their list, and with the year of the last."""
    while len(items) < _LIST_LIMIT and (item := _next_in_list(reader, items[-1])) is not None:
        items.append(item)
    return _shared_year(items)


def _found(reader: Reader, start: int, stop: int, span: DateSpan) -> Found:
    return Found(start, stop, span, "figures" if reader.tokens.kind(start) == "numeric" else "month")


def _days_of_month(reader: Reader, whole: Parts) -> Found | None:
    """Read `फरवरी 2018 में 2 से 7 तक`, `मई 2019 की 5 से 10 तारीख`: days of the month told before."""
    start = whole.stop + 1
    if whole.year is None or whole.month is None or whole.day is not None:
        return None
    if not (reader.has("genitive", whole.stop) or reader.has("in_word", whole.stop)):
        return None
    days = days_in_row(reader, start)
    if days is None:
        return None
    if not (reader.has("day_word", days[2] - 1) or (days[1] is not None and is_until(reader, start, days[2]))):
        return None
    parts = checked(replace(whole, stop=days[2], day=days[0], last_day=days[1]))
    return None if parts is None else _found(reader, parts.start, parts.stop, parts_span(parts))


def _days_behind_month(reader: Reader, first: Parts) -> list[Parts]:
    """Return the first date and the days that follow it: `July 3 and 9, 2016`, `जुलाई 3, 5 और 9 को`."""
    items = [first]
    if first.day is None or first.year is not None or first.last_day is not None or reader.month(first.start) is None:
        return items
    stop = first.stop
    while len(items) < _LIST_LIMIT and _is_list_word(reader, stop):
        joint = stop + 1 + (reader.text(stop) == "," and reader.has("and_word", stop + 1))
        day = one_day(reader, joint)
        if day is None or day[0] <= (items[-1].day or 0) or is_hour(reader, joint):
            break
        items.append(Parts(joint, day[1], None, first.month, day[0]))
        stop = day[1]
    end = stop + (reader.text(stop) == ",")
    year = reader.year(end)
    if len(items) > 1 and year is not None and not reader.counts(end + 1):
        items[-1] = replace(items[-1], stop=end + 1, year=year)
        return items
    goes_on = _is_list_word(reader, stop) and reader.month(stop + 1) is not None
    is_told = goes_on or reader.has("postposition", stop) or reader.text(stop) in ("", ".", "।", ";", ")", "\n")
    return items if is_told and (goes_on or reader.has("and_word", items[-1].start - 1)) else items[:1]


def _next_in_list(reader: Reader, last: Parts) -> Parts | None:
    """The next date of `30 January and 11 March 2020`, if it has the shape of the last one."""
    stop = last.stop
    while stop < last.stop + 2 and _is_list_word(reader, stop):
        stop += 1
    if stop == last.stop:
        return None
    item = date_parts(reader, stop)
    if item is None or item.shape != last.shape or date_range(reader, item) is not None:
        return None
    return item


def _shared_year(items: list[Parts]) -> list[Parts]:
    """Give the year of the last date to those before it that have none."""
    year = items[-1].year
    if year is None:
        return items
    return [item if item.year is not None else checked(replace(item, year=year)) or item for item in items]


def _days_then_month(reader: Reader, index: int) -> list[Found]:
    """Read `5, 12 and 19 May 2020`: days that take month and year from the last."""
    days: list[tuple[int, int, int]] = []
    stop = index
    while len(days) < _LIST_LIMIT:
        day = one_day(reader, stop)
        if day is None:
            return []
        after = day[1]
        if not _is_list_word(reader, after):
            return []
        days.append((day[0], stop, after))
        stop = after + 1
        if reader.has("and_word", stop):
            stop += 1
        last = date_parts(reader, stop)
        if last is not None:
            break
    else:
        return []
    if last.day is None or last.month is None or reader.number(stop) is None:
        return []
    items = [checked(Parts(start, after, last.year, last.month, value, None)) for value, start, after in days]
    told = _with_next(reader, [*(item for item in items if item is not None), last])
    return [_found(reader, item.start, item.stop, parts_span(item)) for item in told]


def date_range(reader: Reader, first: Parts) -> tuple[int, int, DateSpan] | None:
    """Return the range that `first` begins, its parts shared with the end: `30 April to 2 May 2021`."""
    joint = after_edge(reader, first.stop) if first.day is None else after_time(reader, first.stop)
    stop = range_word(reader, joint)
    if stop is None:
        return None
    stop = before_edge(reader, after_time(reader, stop))
    last = date_parts(reader, stop, in_range=True)
    if last is None and first.year is not None and first.month is not None:
        year = reader.year(stop)
        last = None if year is None else Parts(stop, stop + 1, year)
    if last is None or first.last_day is not None:
        return None
    if not _is_closed(reader, first, joint, last.stop):
        return None
    first, last = _share(first, last)
    begin, end = parts_span(first), parts_span(last)
    if begin.start is not None and end.end is not None and begin.start > end.end:
        return None
    if begin.start is None and end.start is not None:
        return None
    return first.start, last.stop, interval(begin, end)


def _is_closed(reader: Reader, first: Parts, joint: int, stop: int) -> bool:
    """Whether the range with its joint at a token is told to its end: `between` for and, तक for `के अंत से`."""
    if reader.has("and_word", joint):
        return is_between(reader, first.start, stop)
    return not reader.has("edge", joint - 1) or reader.has("until", after_edge(reader, stop))


def _share(first: Parts, last: Parts) -> tuple[Parts, Parts]:
    """Let each end of a range take the parts from the other that it lacks."""
    if first.year is None and last.year is not None:
        turns = (first.month or 0, first.day or 0) > (last.month or 0, last.day or 31)
        first = replace(first, year=last.year - turns)
    elif last.year is None and first.year is not None:
        turns = (last.month or 0, last.day or 31) < (first.month or 0, first.day or 0)
        last = replace(last, year=first.year + turns)
    return checked(first) or first, checked(last) or last
