"""Days of the calendar from a reference day, the day of writing: last week, two months ago, Tuesday, अगले महीने.

Units are d (day), w (week, Monday to Sunday), e (weekend), m, q (quarter), f (financial year, from April), y, D
(decade), C (century). Without a reference day every answer is a relative span that tells shift and unit (`-1w`), see
`tithi.dates.relative`.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from tithi.dates.span import (
    DateSpan,
    Precision,
    calendar_span,
    century_span,
    decade_span,
    interval,
    relative_span,
    with_year,
)

__all__ = ["Reference"]

_PRECISION: Final[dict[str, Precision]] = {
    "d": "day",
    "w": "day",
    "e": "day",
    "m": "month",
    "q": "month",
    "f": "month",
    "y": "year",
    "D": "decade",
    "C": "century",
}


#: The first month of a financial year.
_APRIL: Final = 4


@dataclass(frozen=True, slots=True)
class Reference:
    """The day of writing, None when it is not known."""

    day: date | None

    def moved(self, shift: int, unit: str) -> DateSpan:
        """Return the day, week, month, year, decade or century `shift` units after the reference's."""
        today = self.day
        if today is None:
            return relative_span(f"{shift}{unit}", _PRECISION[unit])
        if unit in ("d", "w", "e"):
            return _days_span(today, shift, unit)
        if unit in ("m", "q", "f"):
            return _months_span(today, shift, unit)
        if unit == "y":
            return calendar_span(today.year + shift)
        if unit == "D":
            return decade_span(min(max(10, today.year // 10 * 10 + 10 * shift), 9990))
        return century_span(min(max(1, today.year // 100 + 1 + shift), 100))

    def stretch(self, count: int, unit: str) -> DateSpan:
        """Return the span of `count` units up to the reference (negative) or on from it."""
        if self.day is None:
            return relative_span(f"{count}{unit}/0", _PRECISION[unit])
        here = self.moved(0, {"D": "y", "C": "y", "w": "d", "q": "m"}.get(unit, unit))
        steps = count * {"D": 10, "C": 100, "w": 7, "q": 3}.get(unit, 1)
        there = self.moved(steps, {"D": "y", "C": "y", "w": "d", "q": "m"}.get(unit, unit))
        return interval(there, here) if count < 0 else interval(here, there)

    def away(self, steps: list[tuple[int, str]], sign: int) -> DateSpan:
        """Return what lies several units ago (sign -1) or from now: 1 year and 2 months."""
        if len(steps) == 1:
            return self.moved(sign * steps[0][0], steps[0][1])
        finest = min((unit for _, unit in steps), key="dwmqyDC".index)
        if self.day is None:
            return relative_span("".join(f"{sign * count}{unit}" for count, unit in steps), _PRECISION[finest])
        months = sum(count * {"m": 1, "q": 3, "y": 12, "D": 120, "C": 1200}.get(unit, 0) for count, unit in steps)
        days = sum(count * {"d": 1, "w": 7}.get(unit, 0) for count, unit in steps)
        month = self.moved(sign * months, "m").start
        if month is None or finest not in "dw":
            return self.moved(sign * months, "m")
        day = month.replace(day=min(self.day.day, monthrange(month.year, month.month)[1]))
        return Reference(day).moved(sign * days, "d")

    def in_month(self, month: int, shift: int) -> DateSpan:
        """Return the nearest such month before, of, or after the reference's."""
        if self.day is None:
            return relative_span(f"{shift}-{month:02}", "month")
        year = self.day.year
        if shift < 0:
            year -= month >= self.day.month
        elif shift > 0:
            year += month <= self.day.month
        return calendar_span(year, month)

    def same_month(self, years: int) -> DateSpan:
        """Return the month of the reference in the year `years` after: पिछले साल इसी महीने."""
        return relative_span(f"{years}y0m", "month") if self.day is None else self.moved(12 * years, "m")

    def days_of_month(self, shift: int, first: int, last: int) -> DateSpan:
        """Return days of the month `shift` months after the reference's."""
        month = self.moved(shift, "m").start
        if month is None:
            return relative_span(f"{shift}m-{first:02}/{last:02}" if last != first else f"{shift}m-{first:02}", "day")
        ends = [
            calendar_span(month.year, month.month, min(day, monthrange(month.year, month.month)[1]))
            for day in (first, last)
        ]
        return interval(*ends)

    def in_year(self, span: DateSpan, shift: int) -> DateSpan | None:
        """Return a date of no known year in the year `shift` years after the reference's, None if it is not in it."""
        if self.day is None:
            return relative_span(f"{shift}y{(span.edtf or '').replace('XXXX', '')}", span.precision)
        return with_year(span, self.day.year + shift)

    def beside(self, span: DateSpan, shift: int) -> DateSpan:
        """Return a day of no known year as the next one after the reference (shift 1) or the last one before it."""
        for years in (0, shift):
            dated = None if self.day is None else self.in_year(span, years)
            if dated is None or dated.start is None or dated.end is None or self.day is None:
                return span
            if (dated.start > self.day) if shift > 0 else (dated.end < self.day):
                return dated
        return span

    def on_weekday(self, weekday: int, shift: int | None, *, week: int | None = None, future: bool = False) -> DateSpan:
        """Return the weekday before the reference (shift -1), in its week (0), in the next (1); alone, by tense."""
        if self.day is None:
            where = "" if shift is None else shift
            return relative_span(f"{where}W{weekday}" if week is None else f"{week}w-W{weekday}", "day")
        step = (weekday - self.day.weekday()) % 7
        if week is not None or (shift is not None and shift >= 0):
            step = weekday - self.day.weekday() + 7 * (week if week is not None else shift or 0)
        elif shift is not None:
            step = step - 7
        elif not future and step:
            step -= 7
        return self.moved(step, "d")

    def nearest_day(self, day: int, weekday: int | None, *, future: bool) -> DateSpan:
        """Return the day of the month nearest the reference on the side of the tense, and on the weekday if told."""
        unknown = calendar_span(None, None, day)
        for shift in (0, 1, 2, 3) if future else (0, -1, -2, -3):
            month = self.moved(shift, "m").start
            if month is None or self.day is None or day > monthrange(month.year, month.month)[1]:
                continue
            found = month.replace(day=day)
            near = weekday == found.weekday() if weekday is not None else (found >= self.day) == future
            if near or (weekday is None and found == self.day):
                return calendar_span(found.year, found.month, found.day)
        return unknown


def _months_span(today: date, shift: int, unit: str) -> DateSpan:
    """The month, quarter or financial year, `shift` of them from today's."""
    if unit == "f":
        year = today.year - (today.month < _APRIL) + shift
        return interval(calendar_span(year, _APRIL), calendar_span(year + 1, _APRIL - 1))
    first = today.year * 12 + today.month - 1 + shift
    last = first
    if unit == "q":
        first = (today.year * 4 + (today.month - 1) // 3 + shift) * 3
        last = first + 2
    return interval(*(calendar_span(month // 12, month % 12 + 1) for month in (first, last)))


def _days_span(today: date, shift: int, unit: str) -> DateSpan:
    """A day, or the week (Monday to Sunday) or weekend, `shift` days or weeks from today."""
    first = today.toordinal() + shift * (1 if unit == "d" else 7)
    last = first
    if unit != "d":
        first -= today.weekday()
        last = first + 6
        first = last - 1 if unit == "e" else first
    ends = [date.fromordinal(min(max(number, 1), date.max.toordinal())) for number in (first, last)]
    spans = [calendar_span(day.year, day.month, day.day) for day in ends]
    return interval(*spans)
