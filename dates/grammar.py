"""The grammar of a calendar date: day, month and year in any order, in words or numeric, and days in a row.

Each function looks a bounded way ahead, so reading a text is linear in its length. Ranges and lists of dates are in
`date_ranges`, years without a month in `date_years`, relative dates in `date_relative`.
"""

import re
from dataclasses import replace
from typing import Final

from tithi.dates.clock import is_hour
from tithi.dates.edges import is_between
from tithi.dates.figures import in_figures, short_year, year_behind_month
from tithi.dates.glued import is_dotted, is_glued, is_set_off
from tithi.dates.months import is_bare_month, is_small_alone, is_small_month
from tithi.dates.parts import Parts, checked
from tithi.dates.reader import Reader

__all__ = ["date_parts", "days_in_row", "one_day", "range_word"]

_ORDERS_FROM_DAY: Final = ("dmy", "dm")
_ORDERS_FROM_YEAR: Final = ("ymd", "ydm", "ym")
_ORDERS_FROM_MONTH: Final = ("mdy", "my", "md", "m")
_MARKED: Final = frozenset(("dmy", "mdy", "ymd", "my", "dm"))
#: Figures of a year.
_FULL: Final = 4
_TIGHT: Final = frozenset("-/")
#: The mark of `3 - October - 1990`.
_SPACED: Final = " - "
#: Kinds of words that may stand between day, month and year, by the order of the two parts.
_BETWEEN: Final = {
    "dm": "joint_dm",
    "md": "joint_md",
    "my": "joint_my",
    "dy": "joint_my",
    "ym": "joint_ym",
    "yd": "joint_yd",
}
_SLASHED: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")


def range_word(reader: Reader, index: int) -> int | None:
    """Return the token after `-`, `to`, `to the`, `से`, `से लेकर`, `तक -` or a word for and, None for none of them."""
    if reader.has("until", index) and reader.text(index + 1) == "-":
        index += 1
    if reader.has("range_word", index):
        index += 1 + reader.has("from_on", index + 1)
        index += reader.has("from_on", index - 1) and reader.has("ke", index)  # से लेकर के
    elif reader.has("and_word", index):
        index += 1
    else:
        return None
    return index + (reader.text(index) == "the")


def date_parts(reader: Reader, index: int, *, in_range: bool = False) -> Parts | None:
    """Return the date with a month that begins at a token, a weekday before or after it included."""
    start = index
    if reader.weekday(index) is not None:
        index += 1
        index += reader.text(index) == "."
        index += reader.has("after_weekday", index)
        index += reader.text(index) == "the"
    parts = in_figures(reader, index) or _worded(reader, index, in_range=in_range or start != index)
    if parts is None or (start != index and parts.day is None):
        return None
    if parts.day is None:
        return parts
    return replace(parts, start=start, stop=_after_weekday(reader, parts.stop, dated=parts.year is not None))


def _after_weekday(reader: Reader, stop: int, *, dated: bool) -> int:
    """Step over a weekday behind a date: `25 अप्रैल 2019 (गुरुवार)`, `25 April 2019, Thursday`, `, दिन रविवार`."""
    mark = reader.text(stop)
    if dated and reader.weekday(stop) is not None:
        opens = reader.number(stop + 1) is not None or reader.month(stop + 1) is not None
        return stop + 1 - opens
    if not reader.has("before_weekday", stop):
        return stop
    start = stop + 1
    while start < stop + 3 and (reader.has("before_weekday", start) or reader.text(start) in ("-", ":")):
        start += 1
    if reader.weekday(start) is None:
        return stop
    after = start + 1
    if mark != "(":
        opens_another = reader.number(after) is not None or reader.month(after) is not None
        return stop if opens_another or reader.text(after) == "," else after
    return after + 1 if reader.text(after) == ")" else stop


def _worded(reader: Reader, index: int, *, in_range: bool) -> Parts | None:
    orders: tuple[str, ...] = _ORDERS_FROM_DAY
    if reader.month(index) is not None:
        orders = _ORDERS_FROM_MONTH
    elif len(reader.text(index)) == _FULL:
        is_label = reader.has("label", index - 1) or reader.has("label_alone", index - 1)
        orders = () if is_label else _ORDERS_FROM_YEAR  # Room 1904, 3 October
    for order in orders:
        parts = _in_order(reader, index, order, follows=in_range)
        if parts is not None and (order != "m" or in_range or is_bare_month(reader, index)):
            return parts
    return None


def _in_order(reader: Reader, index: int, order: str, *, follows: bool) -> Parts | None:
    """Read the parts in the given order, None when they are not there or are no date."""
    values: dict[str, int] = {}
    last_day = None
    stop = index
    mark = None
    for position, slot in enumerate(order):
        if position:
            stop, mark = _separator(reader, stop, order[position - 1] + slot, mark)
        if slot == "d":
            tied = mark is not None or (position > 0 and reader.text(stop - 1) == ".")  # Nov.14, 1889
            days = days_in_row(reader, stop, follows=tied or (follows and not position), opens=index)
            if days is None:
                return None
            values["d"], last_day, stop = days
        elif slot == "m":
            month = reader.month(stop)
            if month is None or not (
                _is_month_in(reader, stop, order) or (order == "m" and is_small_alone(reader, stop, follows=follows))
            ):
                return None
            values["m"] = month
            stop += 1
            stop += reader.text(stop) == "." and (reader.is_short_month(stop - 1) or _is_day_tied(reader, stop + 1))
        else:
            year, width = reader.year(stop), 1
            if year is None and slot == order[-1]:
                year, width = short_year(reader, stop), 2
            if year is None and mark == "-" and slot == order[-1]:
                year, width = year_behind_month(reader, stop), 1
            if year is None:
                return None
            values["y"] = year
            stop += width
    if mark is not None and order not in _MARKED:
        return None
    two_years = order == "ydm" and reader.year(stop) is not None  # संहिता 2023 एक जुलाई 2024 से
    if two_years or (order == "md" and (reader.counts(stop) or is_hour(reader, stop - 1))):
        return None
    return checked(Parts(index, stop, values.get("y"), values.get("m"), values.get("d"), last_day))


def _is_day_tied(reader: Reader, index: int) -> bool:
    """Whether a number hangs on to the stop before it: May.26."""
    return reader.number(index) is not None and reader.tokens.tight(index)


def _separator(reader: Reader, index: int, between: str, mark: str | None) -> tuple[int, str | None]:
    """Step over what may stand between two parts; `16-May-2024` keeps its mark, tight on both sides."""
    token = reader.token(index)
    if token is not None and token.text in _TIGHT:
        following = reader.token(index + 1)
        if token.tight and following is not None and following.tight and mark in (None, token.text):
            return index + 1, token.text
        if mark == _SPACED and token.text == "-":
            return index + 1, mark
        spaced = not token.tight and following is not None and not following.tight and token.text == "-"
        if spaced and between == "dm" and reader.text(index + 2) == "-" and reader.year(index + 3) is not None:
            return index + 1, _SPACED
        return index, mark
    if between == "dm" and (is_dotted(reader, index) or is_set_off(reader, index)):
        return index + 1, mark
    stop = index
    while stop < index + 3 and reader.has(_BETWEEN[between], stop):
        stop += 1
    return stop, mark


def days_in_row(
    reader: Reader, index: int, *, follows: bool = False, opens: int | None = None
) -> tuple[int, int | None, int] | None:
    """Return the first and last of days in a row (`16-17`, `16 से 17`, `16 और 17`) and the token after; None for none.

    `follows` says that a range word stands before, so that a hyphen there is no reason to doubt; `opens` is the first
    token of the date, where a month stands before the days.
    """
    first = one_day(reader, index, follows=follows)
    if first is None:
        return _slashed_days(reader, index) if "/" in reader.text(index) else None
    day, stop = first
    after = range_word(reader, stop)
    last = None if after is None else one_day(reader, after, follows=True)
    if after is None or last is None or last[0] <= day or is_hour(reader, after):
        return day, None, stop
    begins = index if opens is None else opens
    if reader.has("and_word", stop) and last[0] != day + 1 and not _are_ends(reader, begins, last[1]):
        return day, None, stop
    return day, last[0], last[1]


def _are_ends(reader: Reader, index: int, stop: int) -> bool:
    """Whether days joined by and are the ends of a range, a month and a year behind them or not."""
    return any(is_between(reader, index, stop + behind) for behind in (0, 1, 2))


def _slashed_days(reader: Reader, index: int) -> tuple[int, int | None, int] | None:
    """Read `15/16` before or after a month's name: two days in a row."""
    match = _SLASHED.fullmatch(reader.text(index))
    if (
        match is None
        or is_glued(reader, index)
        or (reader.month(index + 1) is None and reader.month(index - 1) is None)
    ):
        return None
    first, last = map(int, match.groups())
    return (first, last, index + 1) if 0 < first < 31 and last == first + 1 else None


def one_day(reader: Reader, index: int, *, follows: bool = False) -> tuple[int, int] | None:
    """Return the day of `16`, `16th`, `16 वीं`, `16 तारीख` and the token after, None when there is none."""
    day = reader.number(index)
    if day is None or not 1 <= day <= 31 or (not follows and is_glued(reader, index)):
        return None
    stop = index + 1
    token = reader.token(stop)
    is_hung = token is not None and (token.tight or not token.text.isascii() or reader.month(stop + 1) is not None)
    if is_hung and reader.has("ordinal_suffix", stop):
        stop += 1
    elif token is not None and token.kind == "word" and token.tight and reader.month(stop) is None:
        return None
    stop += reader.has("day_word", stop)
    return day, stop


def _is_month_in(reader: Reader, index: int, order: str) -> bool:
    """Whether the month's spelling will do: capital in English unless all is there, a dot after जन., नव. alone."""
    token = reader.tokens[index]
    full = len(order) == 3
    if token.text.isascii():
        if order == "ym" and token.text == "may":
            return False
        return token.capital or full or (order in ("dm", "my") and is_small_month(reader, index))
    return not reader.is_short_month(index) or full or reader.text(index + 1) == "."
