"""What a date expression means: a span of days, its precision and its EDTF string (ISO 8601-2).

| expression | `edtf` | days |
| --- | --- | --- |
| 25 अप्रैल 2019 | `2019-04-25` | one |
| जुलाई, 2000 | `2000-07` | the month |
| 14 अक्टूबर, 2006 – 22 दिसंबर, 2017 | `2006-10-14/2017-12-22` | from the first to the last |
| 1990 के दशक | `199X` | 1990 to 1999 |
| 19वीं सदी | `18XX` | 1800 to 1899, as EDTF has it |
| 322 ईसा पूर्व | `-0321` (year 0 is 1 BC) | None: before the first day of `datetime.date` |
| 16 मई | `XXXX-05-16` | None: a day of no known year |
| कल, no reference | None, `relative` is `±1d` | None |

All are EDTF level 0 or 1 but for dates without a year and ranges of centuries (`16XX/17XX`), which level 2 can write.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

__all__ = [
    "DateSpan",
    "Precision",
    "calendar_span",
    "century_span",
    "decade_span",
    "interval",
    "is_day",
    "relative_span",
    "with_year",
]

Precision = Literal["day", "month", "year", "decade", "century"]
LEAP_YEAR: Final = 2000


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Days from `start` to `end`, both included, known to `precision` (of an interval: of its finer end).

    `start` and `end` are None where the calendar cannot place the date: no year, before year 1, or relative and
    unresolved. `edtf` is None in the last case alone; `relative` then says what is meant, the same in both languages
    (`-1d` yesterday, `±1d` कल, `-1y` last year, `-1w2` last Wednesday).
    """

    start: date | None
    end: date | None
    precision: Precision
    edtf: str | None
    relative: str | None = None

    @property
    def key(self) -> str:
        """The normalised value to compare: the EDTF string, or the relative meaning where there is none."""
        return self.edtf if self.edtf is not None else f"relative:{self.relative}"

    def overlaps(self, other: "DateSpan") -> bool:
        """Whether both may speak of a day in common; a date without a year is met by that day of any year."""
        if self.start is not None and self.end is not None and other.start is not None and other.end is not None:
            return self.start <= other.end and other.start <= self.end
        mine, theirs = _days_of_year(self), _days_of_year(other)
        if mine is None or theirs is None:
            return self.key == other.key or _either_way(self, other)
        return _meet(mine, theirs)

    def contains(self, other: "DateSpan") -> bool:
        """Whether all days of `other` are days of this span; False where either has no place in the calendar."""
        if self.start is None or self.end is None or other.start is None or other.end is None:
            return self.key == other.key
        return self.start <= other.start and other.end <= self.end


def _either_way(one: DateSpan, other: DateSpan) -> bool:
    """Whether one is कल, परसों (`±1d`, `±2d`) and the other that day before or after, or कल again."""
    mine, theirs = one.relative or "", other.relative or ""
    return "±" in mine + theirs and mine.lstrip("±-") == theirs.lstrip("±-")


def _days_of_year(span: DateSpan) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return the first and last (month, day), (1, 1) to (12, 31) for spans of a year or more; None if not placed."""
    if span.start is not None and span.end is not None:
        if (span.end - span.start).days >= 365:
            return (1, 1), (12, 31)
        return (span.start.month, span.start.day), (span.end.month, span.end.day)
    if span.edtf is None or not span.edtf.startswith("XXXX-"):
        return None
    ends = [part.split("-")[1:] for part in span.edtf.split("/")]
    if any(part[0] == "XX" for part in ends):
        return None
    first, last = ends[0], ends[-1]
    month = int(last[0])
    return (int(first[0]), int(first[1]) if len(first) > 1 else 1), (
        month,
        int(last[1]) if len(last) > 1 else monthrange(LEAP_YEAR, month)[1],
    )


def _meet(mine: tuple[tuple[int, int], tuple[int, int]], theirs: tuple[tuple[int, int], tuple[int, int]]) -> bool:
    """Whether two stretches of the year have a day in common; a stretch may run over the turn of the year."""
    return any(
        first <= other_last and other_first <= last
        for first, last in _unrolled(mine)
        for other_first, other_last in _unrolled(theirs)
    )


def _unrolled(stretch: tuple[tuple[int, int], tuple[int, int]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    first, last = stretch
    return [stretch] if first <= last else [(first, (12, 31)), ((1, 1), last)]


def is_day(year: int | None, month: int, day: int) -> bool:
    """Whether the day is on the calendar; without a year, whether it is in some year."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(LEAP_YEAR if year is None else max(1, year), month)[1]


def calendar_span(year: int | None = None, month: int | None = None, day: int | None = None) -> DateSpan:
    """Return the span of a day, month or year, any of its larger parts unknown. Year 0 is 1 BC, -1 is 2 BC."""
    precision: Precision = "day" if day is not None else "month" if month is not None else "year"
    parts = ["XXXX" if year is None else f"-{-year:04}" if year < 0 else f"{year:04}"]
    if month is not None or day is not None:
        parts.append("XX" if month is None else f"{month:02}")
    if day is not None:
        parts.append(f"{day:02}")
    edtf = "-".join(parts)
    if year is None or not 1 <= year <= 9999:
        return DateSpan(None, None, precision, edtf)
    first = date(year, month or 1, day or 1)
    last_month = month or 12
    return DateSpan(first, date(year, last_month, day or monthrange(year, last_month)[1]), precision, edtf)


def decade_span(year: int) -> DateSpan:
    """Return the ten years that begin with `year`, a multiple of ten: 1990 is `199X`."""
    return DateSpan(date(year, 1, 1), date(year + 9, 12, 31), "decade", f"{year // 10:03}X")


def century_span(ordinal: int, *, before_christ: bool = False) -> DateSpan:
    """Return a century as EDTF counts: the 19th is `18XX`, 1800 to 1899; the 5th BC is `-04XX`."""
    if before_christ:
        return DateSpan(None, None, "century", f"-{ordinal - 1:02}XX")
    first = (ordinal - 1) * 100
    return DateSpan(date(max(first, 1), 1, 1), date(first + 99, 12, 31), "century", f"{ordinal - 1:02}XX")


def interval(first: DateSpan, last: DateSpan) -> DateSpan:
    """Return the span from the start of `first` to the end of `last`, each written with its own precision."""
    order: tuple[Precision, ...] = ("day", "month", "year", "decade", "century")
    precision = min(first.precision, last.precision, key=order.index)
    if first == last:
        return first
    alike = first.precision == last.precision == "century"
    edtf = f"{first.edtf}/{last.edtf}" if alike else f"{_plain_end(first, 0)}/{_plain_end(last, 1)}"
    if first.start is None or last.end is None:
        return DateSpan(None, None, precision, edtf)
    return DateSpan(first.start, last.end, precision, edtf)


def _plain_end(span: DateSpan, which: int) -> str:
    """An end of an interval as EDTF level 0 wants it: a year where the span is a decade or century."""
    if span.precision in ("decade", "century") and span.start is not None and span.end is not None:
        return f"{(span.start, span.end)[which].year:04}"
    return (span.edtf or "").split("/")[-which]


def with_year(span: DateSpan, year: int) -> DateSpan | None:
    """Return a date of no known year (`XXXX-05-16`, `XXXX-11/XXXX-02`) in a year, None if it is not in that year."""
    ends: list[DateSpan] = []
    for text in (span.edtf or "").split("/"):
        month, *day = (int(part) for part in text.removeprefix("XXXX-").split("-"))
        if day and not is_day(year, month, day[0]):
            return None
        ends.append(calendar_span(year, month, day[0] if day else None))
        if ends[0].start and ends[-1].end and ends[-1].end < ends[0].start:
            ends[-1] = calendar_span(year + 1, month, day[0] if day else None)
    return interval(ends[0], ends[-1])


def relative_span(meaning: str, precision: Precision) -> DateSpan:
    """Return an unresolved relative date; see `DateSpan.relative`."""
    return DateSpan(None, None, precision, None, meaning)
