"""Dates told from the day of writing: weekdays, कल, पिछले साल, last Tuesday, two days ago, पिछले साल मई में.

Each has a meaning of its own that both languages share, written shift and unit: `-1d` yesterday, `±1d` कल where no verb
tells, `-1y` last year, `-10y/0` the last ten years, `W1` Tuesday, `-1W1` last Tuesday, `-1y-05` May last year. With a reference
day it becomes days of the calendar. What is told from another event (`दो दिन बाद`, the next day) is not read.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tithi.aligner.date_grammar import Parts, date_parts, parts_span
from tithi.aligner.date_span import (
    DateSpan,
    Precision,
    calendar_span,
    century_span,
    decade_span,
    interval,
    relative_span,
)
from tithi.aligner.date_words import Reader

__all__ = ["RelativeReader"]

_Found = tuple[int, int, DateSpan]
_PRECISION: Final[dict[str, Precision]] = {
    "d": "day",
    "w": "day",
    "e": "day",
    "m": "month",
    "y": "year",
    "D": "decade",
    "C": "century",
}
# Of Hindi verbs; ोगा, ोगी are left out for the sake of योगी, रोगी, सहयोगी.
_FUTURE_ENDINGS: Final = tuple(
    ["ेगा", "ेगी", "ेंगे", "ेंगी", "ोंगे", "ोंगी", "एगा", "एगी", "एंगे", "एंगी", "ऊंगा", "ऊंगी", "ूंगा", "ूंगी"]
)
_SENTENCE_END: Final = frozenset("।?!\n.")
_LOOK: Final = 40
_MAX_COUNT: Final = 500


@dataclass(frozen=True, slots=True)
class RelativeReader:
    """Reads the relative dates of one text. `reference` is the day of writing, None when it is not known."""

    reader: Reader
    reference: date | None

    def read(self, index: int) -> list[_Found]:
        """Return the relative date at a token as (start token, stop token, span), an empty list when there is none."""
        found = (
            self._ago(index) or self._day(index) or self._period(index) or self._shifted(index) or self._weekday(index)
        )
        return [] if found is None else [found]

    def _day(self, index: int) -> _Found | None:
        """Read today, आज, कल, परसों, the day before yesterday, last night."""
        reader = self.reader
        words = [reader.text(position) for position in range(index, index + 3)]
        if words in (["day", "before", "yesterday"], ["day", "after", "tomorrow"]):
            return index, index + 3, self._days(-2 if words[1] == "before" else 2)
        if reader.has("night", index + 1) and reader.shift("shift", index) is not None:
            return index, index + 2, self._days(reader.shift("shift", index) or 0)
        if words[0] == "this" and words[1] in ("morning", "afternoon", "evening"):
            return index, index + 2, self._days(0)
        value = reader.words.get("day_shift", words[0])
        if value is None:
            return None
        days = int(value.lstrip("±"))
        if value.startswith("±"):
            sign = self._tense(index)
            if sign == 0:
                return index, index + 1, relative_span(f"±{days}d", "day")
            days *= sign
        return index, index + 1, self._days(days)

    def _days(self, shift: int) -> DateSpan:
        return self._moved(shift, "d")

    def _tense(self, index: int) -> int:
        """Return 1 where the sentence speaks of the future, -1 of the past, 0 where nothing tells."""
        reader = self.reader
        words = []
        for step in (1, -1):
            position = index + step
            while abs(position - index) < _LOOK and reader.text(position) not in ("", *_SENTENCE_END):
                words.append((position, reader.text(position)))
                position += step
        if any(word.endswith(_FUTURE_ENDINGS) or word in ("होगा", "होगी") for _, word in words):
            return 1
        if any(reader.has("future", position) for position, _ in words):
            return 1
        return -1 if any(reader.has("past", position) for position, _ in words) else 0

    def _shifted(self, index: int) -> _Found | None:
        """Read last week, इस साल, next Tuesday, last May."""
        reader = self.reader
        shift = reader.shift("shift", index)
        if shift is None:
            return None
        stop = index + 1
        unit = reader.unit(stop)
        if unit is not None:
            many = reader.text(stop).endswith(("ों", "s"))
            return None if unit == "d" or many else (index, stop + 1, self._moved(shift, unit))
        weekday = reader.weekday(stop)
        if weekday is not None:
            return index, stop + 1, self._on_weekday(weekday, shift)
        month = reader.month(stop)
        if (
            month is None
            or reader.is_short_month(stop)
            or date_parts(reader, stop, in_range=True) != Parts(stop, stop + 1, month=month)
        ):
            return None
        return index, stop + 1, self._in_month(month, shift)

    def read_year_date(self, index: int) -> list[_Found]:
        """Return a date of a relative year: पिछले साल मई में, this year on 5 May, in May last year."""
        found = self._shifted_year_date(index)
        return [] if found is None else [found]

    def _shifted_year_date(self, index: int) -> _Found | None:
        reader = self.reader
        if reader.shift("shift", index) is not None and reader.unit(index + 1) == "y":
            start = index + 2
            while start < index + 4 and reader.text(start) in ("के", "की", "में", ",", "on", "in"):
                start += 1
            parts = date_parts(reader, start)
            if parts is None or parts.year is not None:
                return None
            return index, parts.stop, self._in_year(parts, reader.shift("shift", index) or 0)
        parts = date_parts(reader, index)
        if parts is None or parts.year is not None:
            return None
        after = parts.stop + (reader.text(parts.stop) in (",", "of"))
        shift = reader.shift("shift", after)
        if shift is None or reader.unit(after + 1) != "y" or not reader.text(after + 1).isascii():
            return None
        return index, after + 2, self._in_year(parts, shift)

    def _in_year(self, parts: Parts, shift: int) -> DateSpan:
        span = parts_span(parts)
        if self.reference is None:
            return relative_span(f"{shift}y{(span.edtf or '').replace('XXXX', '')}", span.precision)
        year = self.reference.year + shift
        return parts_span(Parts(0, 0, year, parts.month, parts.day, parts.last_day))

    def _in_month(self, month: int, shift: int) -> DateSpan:
        """The nearest such month before, of, or after the reference's."""
        if self.reference is None:
            return relative_span(f"{shift}-{month:02}", "month")
        year = self.reference.year
        if shift < 0:
            year -= month >= self.reference.month
        elif shift > 0:
            year += month <= self.reference.month
        return calendar_span(year, month)

    def _period(self, index: int) -> _Found | None:
        """Read the last ten years, पिछले 10 वर्षों, अगले दो दिन, the past week: from then to the reference or on from it."""
        reader = self.reader
        shift = reader.shift("period", index)
        if shift is None:
            return None
        start = index + 1 + (reader.text(index) == "आने" and reader.text(index + 1) == "वाले")
        count = reader.number(start)
        stop = start + 1
        if count is None:
            if reader.text(index) != "past":
                return None
            count, stop = 1, start
        unit = reader.unit(stop)
        if unit is None or unit == "e" or not 0 < count <= _MAX_COUNT:
            return None
        return index, stop + 1, self._stretch(shift * count, unit)

    def _stretch(self, count: int, unit: str) -> DateSpan:
        if self.reference is None:
            return relative_span(f"{count}{unit}/0", _PRECISION[unit])
        here = self._moved(0, "y" if unit in "DC" else "d" if unit == "w" else unit)
        steps = count * {"D": 10, "C": 100, "w": 7}.get(unit, 1)
        there = self._moved(steps, {"D": "y", "C": "y", "w": "d"}.get(unit, unit))
        return interval(there, here) if count < 0 else interval(here, there)

    def _ago(self, index: int) -> _Found | None:
        """Read two days ago, 3 साल पहले, a year ago, आज से 2 हफ्ते पहले, two weeks from now."""
        reader = self.reader
        start = index
        today = reader.text(index) in ("आज", "अब") and reader.text(index + 1) == "से"
        index += 2 if today else 0
        count = 1 if reader.text(index) in ("a", "an") else reader.number(index)
        unit = reader.unit(index + 1)
        if count is None or unit is None or not 0 < count <= _MAX_COUNT or unit == "e":
            return None
        stop = index + 2
        if reader.words.get("ago", reader.text(stop)) is not None:
            if not today and reader.text(index - 1) == "से":
                return None
            return start, stop + 1, self._moved(-count, unit)
        if (reader.text(stop), reader.text(stop + 1)) in (("from", "now"), ("from", "today")):
            return start, stop + 2, self._moved(count, unit)
        if today and reader.text(stop) in ("बाद", "में"):
            return start, stop + (reader.text(stop) == "बाद"), self._moved(count, unit)
        return None

    def _weekday(self, index: int) -> _Found | None:
        """Read a weekday alone; every Sunday, Good Friday are none."""
        reader = self.reader
        weekday = reader.weekday(index)
        if weekday is None or reader.text(index) not in reader.words.kinds["weekday"] or reader.has("every", index - 1):
            return None
        span = self._on_weekday(weekday, None, future=self._tense(index) > 0)
        return index, index + 1, span

    def _on_weekday(self, weekday: int, shift: int | None, *, future: bool = False) -> DateSpan:
        """The weekday before the reference (-1), in its week (0), in the next (1); alone, the nearest by tense."""
        if self.reference is None:
            return relative_span(f"{'' if shift is None else shift}W{weekday}", "day")
        monday = self.reference - timedelta(self.reference.weekday())
        if shift is None:
            step = (weekday - self.reference.weekday()) % 7
            day = self.reference + timedelta(step if future or step == 0 else step - 7)
        elif shift < 0:
            day = self.reference - timedelta((self.reference.weekday() - weekday - 1) % 7 + 1)
        else:
            day = monday + timedelta(7 * shift + weekday)
        return calendar_span(day.year, day.month, day.day)

    def _moved(self, shift: int, unit: str) -> DateSpan:
        """The day, week, month, year, decade or century `shift` units after the reference's."""
        today = self.reference
        if today is None:
            return relative_span(f"{shift}{unit}", _PRECISION[unit])
        if unit in ("d", "w", "e"):
            return _days_span(today, shift, unit)
        if unit == "m":
            months = today.year * 12 + today.month - 1 + shift
            return calendar_span(months // 12, months % 12 + 1)
        if unit == "y":
            return calendar_span(today.year + shift)
        if unit == "D":
            return decade_span(max(10, today.year // 10 * 10 + 10 * shift))
        return century_span(max(1, today.year // 100 + 1 + shift))


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
