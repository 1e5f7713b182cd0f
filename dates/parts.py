"""What an expression says of a calendar date: a year, a month, a day or days in a row."""

from dataclasses import dataclass

from tithi.dates.span import DateSpan, calendar_span, interval, is_day

__all__ = ["Parts", "checked", "parts_span"]


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


def checked(parts: Parts) -> Parts | None:
    """Return the parts if their days are on the calendar, else None."""
    if parts.month is None or parts.day is None:
        return parts
    days = [parts.day] if parts.last_day is None else [parts.day, parts.last_day]
    return parts if all(is_day(parts.year, parts.month, day) for day in days) else None
