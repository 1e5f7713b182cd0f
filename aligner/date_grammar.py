"""The grammar of calendar dates: day, month and year in any order, alone, as ranges and as lists that share parts.

`May 16-17, 2024`, `14 अक्टूबर, 2006 – 22 दिसंबर, 2017`, `30 April to 2 May 2021`, `5 और 12 मई`. Each function looks a bounded
way ahead, so reading a text is linear in its length. Years without a month are in `date_years`, relative dates in
`date_relative`.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from tithi.aligner.date_span import DateSpan, calendar_span, interval, is_day
from tithi.aligner.date_words import Reader

__all__ = ["Parts", "date_list", "date_parts", "parts_span"]

_LIST_LIMIT: Final = 12
_ORDERS_FROM_NUMBER: Final = ("dmy", "ymd", "ydm", "dm", "ym")
_ORDERS_FROM_MONTH: Final = ("mdy", "my", "md", "m")
_TIGHT: Final = frozenset("-/")
_BETWEEN: Final = {
    "dm": frozenset({"of", "की", "के", "का", "-", "/"}),
    "md": frozenset({"the", "की", "के", "-", "/"}),
    "my": frozenset({",", ".", "of", "year", "सन", "सन्", "वर्ष", "साल", "-", "/"}),
    "ym": frozenset({",", "के", "की", "का", "में", "-", "/"}),
    "yd": frozenset({",", "के", "की", "का", "में"}),
}
_BETWEEN["dy"] = _BETWEEN["my"]
_RANGE: Final = frozenset({"-", "to", "until", "till", "through", "से"})
_AND: Final = frozenset({"and", "&", "और", "तथा", "एवं", "व"})
_LIST: Final = _AND | {",", "or", "या"}
_SUFFIXES: Final = frozenset(
    [
        "st",
        "nd",
        "rd",
        "th",
        "ला",
        "ली",
        "ले",
        "रा",
        "री",
        "रे",
        "था",
        "थी",
        "थे",
        "ठा",
        "ठी",
        "ठे",
        "वां",
        "वीं",
        "वें",
        "वा",
        "वी",
        "वे",
    ]
)
_MONTH_CONTEXT_BEFORE: Final = frozenset(
    [
        "in",
        "since",
        "by",
        "until",
        "till",
        "from",
        "of",
        "during",
        "before",
        "after",
        "early",
        "late",
        "mid",
        "last",
        "next",
        "this",
        "every",
        "for",
        "between",
    ]
)
_MARCH_CONTEXT_AFTER: Final = frozenset(["में", "से", "तक", "के", "की", "का", "को", "माह", "महीने"])
_NUMERIC: Final = re.compile(r"(\d{1,4})([-./])(\d{1,2})(?:\2(\d{4}|\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Parts:
    """What an expression says of a date, and the tokens `[start, stop)` that say it. `last_day` ends `16-17 May`."""

    start: int
    stop: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None

    @property
    def shape(self) -> tuple[bool, bool]:
        """Whether it has a month and a day."""
        return self.month is not None, self.day is not None


def parts_span(parts: Parts) -> DateSpan:
    """Return the span that parts stand for."""
    first = calendar_span(parts.year, parts.month, parts.day)
    if parts.last_day is None:
        return first
    return interval(first, calendar_span(parts.year, parts.month, parts.last_day))


def date_list(reader: Reader, index: int) -> list[tuple[int, int, DateSpan]]:
    """Return the dates told together at a token, as (start token, stop token, span): one, a range, or a list."""
    first = date_parts(reader, index)
    if first is None:
        return _days_then_month(reader, index)
    ranged = date_range(reader, first)
    if ranged is not None:
        return [ranged]
    items = [first]
    while len(items) < _LIST_LIMIT:
        item = _next_in_list(reader, items[-1])
        if item is None:
            break
        items.append(item)
    return [(item.start, item.stop, parts_span(item)) for item in _shared_year(items)]


def _next_in_list(reader: Reader, last: Parts) -> Parts | None:
    """The next date of `30 January and 11 March 2020`, if it has the shape of the last one."""
    stop = last.stop
    while stop < last.stop + 2 and reader.text(stop) in _LIST:
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
    return [item if item.year is not None else _checked(replace(item, year=year)) or item for item in items]


def _checked(parts: Parts) -> Parts | None:
    if parts.month is None or parts.day is None:
        return parts
    days = [parts.day] if parts.last_day is None else [parts.day, parts.last_day]
    return parts if all(is_day(parts.year, parts.month, day) for day in days) else None


def _days_then_month(reader: Reader, index: int) -> list[tuple[int, int, DateSpan]]:
    """Read `5, 12 and 19 May 2020`: days that take month and year from the last."""
    days: list[tuple[int, int, int]] = []
    stop = index
    while len(days) < _LIST_LIMIT:
        day = _one_day(reader, stop)
        if day is None:
            return []
        after = day[1]
        if reader.text(after) not in _LIST:
            return []
        days.append((day[0], stop, after))
        stop = after + 1
        if reader.text(stop) in _AND:
            stop += 1
        last = date_parts(reader, stop)
        if last is not None:
            break
    else:
        return []
    if last.day is None or last.month is None or reader.number(stop) is None:
        return []
    items = [_checked(Parts(start, after, last.year, last.month, value, None)) for value, start, after in days]
    found = [(item.start, item.stop, parts_span(item)) for item in items if item is not None]
    return [*found, (last.start, last.stop, parts_span(last))]


def date_range(reader: Reader, first: Parts) -> tuple[int, int, DateSpan] | None:
    """Return the range that `first` begins, its parts shared with the end: `30 April to 2 May 2021`."""
    stop = _range_word(reader, first.stop)
    if stop is None:
        return None
    last = date_parts(reader, stop, in_range=True)
    if last is None and first.year is not None and first.month is not None:
        year = reader.year(stop)
        last = None if year is None else Parts(stop, stop + 1, year)
    if last is None or first.last_day is not None:
        return None
    if reader.text(first.stop) in _AND and not reader.is_between(first.start, last.stop):
        return None
    first, last = _share(first, last)
    begin, end = parts_span(first), parts_span(last)
    if begin.start is not None and end.end is not None and begin.start > end.end:
        return None
    if begin.start is None and end.start is not None:
        return None
    return first.start, last.stop, interval(begin, end)


def _range_word(reader: Reader, index: int) -> int | None:
    """The token after `-`, `to`, `से`, `से लेकर` or, of `between`, `and`."""
    if reader.text(index) == "तक" and reader.text(index + 1) == "-":
        index += 1
    if reader.text(index) in _RANGE:
        return index + 2 if reader.text(index + 1) == "लेकर" else index + 1
    return index + 1 if reader.text(index) in _AND else None


def _share(first: Parts, last: Parts) -> tuple[Parts, Parts]:
    """Let each end of a range take the parts from the other that it lacks."""
    if first.year is None and last.year is not None:
        turns = (first.month or 0, first.day or 0) > (last.month or 0, last.day or 31)
        first = replace(first, year=last.year - turns)
    elif last.year is None and first.year is not None:
        turns = (last.month or 0, last.day or 31) < (first.month or 0, first.day or 0)
        last = replace(last, year=first.year + turns)
    return _checked(first) or first, _checked(last) or last


def date_parts(reader: Reader, index: int, *, in_range: bool = False) -> Parts | None:
    """Return the date with a month that begins at a token, a weekday before or after it included."""
    start = index
    if reader.weekday(index) is not None:
        index += 1
        index += reader.text(index) == "."
        index += reader.text(index) in (",", "को")
    parts = _numeric(reader, index) or _worded(reader, index, in_range=in_range or start != index)
    if parts is None or (start != index and parts.day is None):
        return None
    if parts.day is None:
        return parts
    return replace(parts, start=start, stop=_after_weekday(reader, parts.stop))


def _after_weekday(reader: Reader, stop: int) -> int:
    """Step over a weekday that follows a date: `25 अप्रैल 2019 (गुरुवार)`, `25 April 2019, Thursday`."""
    mark = reader.text(stop)
    if mark not in (",", "(", "दिन") or reader.weekday(stop + 1) is None:
        return stop
    if mark != "(":
        after = reader.text(stop + 2)
        return stop if date_parts(reader, stop + 1) is not None or after == "," else stop + 2
    return stop + 3 if reader.text(stop + 2) == ")" else stop


def _worded(reader: Reader, index: int, *, in_range: bool) -> Parts | None:
    orders = _ORDERS_FROM_MONTH if reader.month(index) is not None else _ORDERS_FROM_NUMBER
    for order in orders:
        parts = _in_order(reader, index, order)
        if parts is not None and (order != "m" or in_range or _is_bare_month(reader, index)):
            return parts
    return None


def _in_order(reader: Reader, index: int, order: str) -> Parts | None:
    """Read the parts in the given order, None when they are not there or are no date."""
    values: dict[str, int] = {}
    last_day = None
    stop = index
    mark = None
    for position, slot in enumerate(order):
        if position:
            stop, mark = _separator(reader, stop, order[position - 1] + slot, mark)
        if slot == "d":
            days = _days(reader, stop)
            if days is None:
                return None
            values["d"], last_day, stop = days
        elif slot == "m":
            month = reader.month(stop)
            if month is None or not _is_month_in(reader, stop, order):
                return None
            values["m"] = month
            stop += 1
            stop += reader.text(stop) == "." and reader.is_short_month(stop - 1)
        else:
            year = reader.year(stop)
            if year is None:
                return None
            values["y"] = year
            stop += 1
    if mark is not None and order not in ("dmy", "mdy", "ymd"):
        return None
    if order == "md" and reader.counts(stop):
        return None
    return _checked(Parts(index, stop, values.get("y"), values.get("m"), values.get("d"), last_day))


def _separator(reader: Reader, index: int, between: str, mark: str | None) -> tuple[int, str | None]:
    """Step over what may stand between two parts; `16-May-2024` keeps its mark, tight on both sides."""
    token = reader.token(index)
    if token is not None and token.text in _TIGHT:
        following = reader.token(index + 1)
        if token.tight and following is not None and following.tight and mark in (None, token.text):
            return index + 1, token.text
        return index, mark
    stop = index
    while stop < index + 3 and reader.text(stop) in _BETWEEN[between] and reader.text(stop) not in _TIGHT:
        stop += 1
    return stop, mark


def _days(reader: Reader, index: int) -> tuple[int, int | None, int] | None:
    """Read a day or days in a row (`16-17`, `16 से 17`, `16 और 17`): first, last, the token after."""
    first = _one_day(reader, index)
    if first is None:
        return None
    day, stop = first
    after = _range_word(reader, stop)
    last = None if after is None else _one_day(reader, after, follows=True)
    if last is None or last[0] <= day:
        return day, None, stop
    if reader.text(stop) in _AND and last[0] != day + 1 and not reader.is_between(index, last[1] + 2):
        return day, None, stop
    return day, last[0], last[1]


def _one_day(reader: Reader, index: int, *, follows: bool = False) -> tuple[int, int] | None:
    """Read `16`, `16th`, `16 वीं`, `16 तारीख`: the day and the token after."""
    day = reader.number(index)
    if day is None or not 1 <= day <= 31 or (not follows and reader.is_glued(index)):
        return None
    stop = index + 1
    token = reader.token(stop)
    if token is not None and token.text in _SUFFIXES and (token.tight or not token.text.isascii()):
        stop += 1
    elif token is not None and token.kind == "word" and token.tight:
        return None
    stop += reader.text(stop) == "तारीख"
    return day, stop


def _is_month_in(reader: Reader, index: int, order: str) -> bool:
    """Whether the month's spelling will do: capital in English unless all is there, a dot after जन., नव. alone."""
    token = reader.tokens[index]
    full = len(order) == 3
    if token.text.isascii():
        if order == "ym" and token.text == "may":
            return False
        return token.capital or full
    return not reader.is_short_month(index) or full or reader.text(index + 1) == "."


def _is_bare_month(reader: Reader, index: int) -> bool:
    """Whether a month's name alone means the month, and not May, march, मार्च or a person."""
    token = reader.tokens[index]
    before, after = reader.text(index - 1), reader.token(index + 1)
    if reader.is_short_month(index):
        return False
    if token.text == "मार्च":
        joined = reader.text(index + 2) in reader.words.kinds["march_verb"]
        return after is not None and after.text in _MARCH_CONTEXT_AFTER and not joined
    if not token.text.isascii():
        return True
    if before in _MONTH_CONTEXT_BEFORE:
        return True
    if token.text in ("may", "march"):
        return before == "-" and reader.text(index - 2) == "mid"
    return not (after is not None and after.capital and after.kind == "word")


def _numeric(reader: Reader, index: int) -> Parts | None:
    """Read `25/04/2019`, `25-04-2019`, `25.04.2019` (day first where it can be), `2019-04-25`, `2019/04`."""
    token = reader.token(index)
    if token is None or token.kind != "numeric" or reader.is_glued(index):
        return None
    match = _NUMERIC.fullmatch(token.text)
    if match is None:
        return None
    first, mark, middle, last = match.groups()
    if last is None:
        if mark == "/" and len(first) == 4 and len(middle) == 2 and 1 <= int(middle) <= 12:
            return Parts(index, index + 1, int(first), int(middle))
        return None
    if len(first) == 4:
        return _checked(Parts(index, index + 1, int(first), int(middle), int(last))) if len(last) < 4 else None
    if len(first) > 2 or len(last) not in (2, 4) or (mark == "." and len(last) == 2):
        return None
    year = int(last) if len(last) == 4 else int(last) + (1900 if int(last) > 68 else 2000)
    if not 1000 <= year <= 2199:
        return None
    return _checked(Parts(index, index + 1, year, int(middle), int(first))) or _checked(
        Parts(index, index + 1, year, int(first), int(middle))
    )
