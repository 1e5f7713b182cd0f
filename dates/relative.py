"""Dates told from the day of writing: weekdays, कल, पिछले साल, last Tuesday, two days ago, पिछले साल मई में.

Each has a meaning of its own that both languages share, written shift and unit: `-1d` yesterday, `±1d` कल where no verb
tells, `-1y` last year, `-10y/0` the last ten years, `W1` Tuesday, `-1W1` last Tuesday, `-1y-05` May last year. With a
reference day it becomes days of the calendar. What is told from another event (`दो दिन बाद`, the next day) is not read.
"""

from dataclasses import dataclass, field

from tithi.dates.ago import ago, period
from tithi.dates.edges import is_until
from tithi.dates.fiscal import after_fiscal_word
from tithi.dates.found import Found
from tithi.dates.grammar import date_parts, days_in_row, one_day
from tithi.dates.parts import Parts, parts_span
from tithi.dates.ranges import date_list
from tithi.dates.reader import Reader
from tithi.dates.reference import Reference
from tithi.dates.span import DateSpan, relative_span
from tithi.dates.stretches import day_stretch
from tithi.dates.tense import tenses
from tithi.dates.weekdays import is_indefinite
from tithi.records import Lang

__all__ = ["RelativeReader"]


@dataclass(frozen=True, slots=True)
class RelativeReader:
    """Reads the relative dates of one text. `tenses` is filled when first asked for, one a token."""

    reader: Reader
    lang: Lang
    reference: Reference
    tenses: list[int] = field(default_factory=list)

    def read(self, index: int) -> list[Found]:
        """Return the relative date at a token, an empty list when there is none."""
        reader, reference = self.reader, self.reference
        if reader.text(index).isdecimal():
            told = self._is_counted(index + 1)
            found = (ago(reader, index, reference) or self._day_of_month(index)) if told else None
        elif reader.has("day_shift", index):
            found = ago(reader, index, reference) or day_stretch(reader, index, self._tense, reference)
            found = found or self._day(index)
        elif reader.weekday(index) is not None:
            found = self._day_of_month(index) or self._weekday(index)
        else:
            found = ago(reader, index, reference) or self._day(index)
            found = found or period(reader, index, reference) or self._shifted(index)
        return [] if found is None else [Found(*found, "relative")]

    def _is_counted(self, index: int) -> bool:
        """Whether a token is what may stand behind the number of a relative date: days, `th`, तारीख, of."""
        reader = self.reader
        told = reader.has("ordinal_suffix", index) or reader.has("day_word", index)
        return told or reader.unit(index) is not None or reader.text(index) == "of"

    def _day(self, index: int) -> tuple[int, int, DateSpan] | None:
        """Read today, आज, कल, परसों, the day before yesterday, last night."""
        reader = self.reader
        words = [reader.text(position) for position in range(index, index + 3)]
        if words in (["day", "before", "yesterday"], ["day", "after", "tomorrow"]):
            return index, index + 3, self.reference.moved(-2 if words[1] == "before" else 2, "d")
        shift = reader.shift("shift", index)
        if shift is not None and shift <= 0 and reader.has("night", index + 1) and reader.text(index - 1) != "s":
            return index, index + 2, self.reference.moved(shift, "d")
        value = reader.words.get("day_shift", words[0])
        if value is None or (reader.has("today", index) and reader.has("until", index + 1)) or self._is_no_day(index):
            return None
        days = int(value.lstrip("±"))
        if value.startswith("±"):
            if reader.has("come_after", index - 1):
                return None  # आने वाला कल: the future
            sign = self._tense(index)
            if sign == 0:
                return index, index + 1, relative_span(f"±{days}d", "day")
            days *= sign
        return index, index + 1, self.reference.moved(days, "d")

    def _is_no_day(self, index: int) -> bool:
        """Whether it is a name (USA Today), stands twice (कल-कल of water) or in a word: कल-पुर्ज़े, आज-कल."""
        reader = self.reader
        word, beside = reader.text(index), (reader.text(index - 1), reader.text(index + 1))
        if word in beside or ("-" in beside and word in (reader.text(index - 2), reader.text(index + 2))):
            return True
        if reader.is_tied_word(index) or (beside[0] == "-" and reader.is_tied_word(index - 2)):
            return True
        machine = reader.words.get("machine", reader.text(index + 1 + (beside[1] == "-")))
        if (machine is not None and (machine == "-" or beside[1] == "-")) or self._is_nowadays(index):
            return True
        token, before = reader.tokens[index], reader.token(index - 1)
        return token.capital and before is not None and before.kind == "word"

    def _is_nowadays(self, index: int) -> bool:
        """Whether a token is either word of आज-कल, which is no day; `आज कल से` tells two."""
        reader = self.reader
        first = index if reader.has("today", index) else index - 1 - (reader.text(index - 1) == "-")
        last = first + 1 + (reader.text(first + 1) == "-")
        told = reader.has("today", first) and reader.words.get("day_shift", reader.text(last)) == "±1"
        return told and index in (first, last) and not reader.has("from_word", last + 1)

    def _tense(self, index: int) -> int:
        """Return 1 where the sentence speaks of the future, -1 of the past, 0 where nothing tells."""
        if not self.tenses:
            self.tenses.extend(tenses(self.reader, self.lang))
        return self.tenses[index]

    def _shifted(self, index: int) -> tuple[int, int, DateSpan] | None:
        """Read last week, इस साल, next Tuesday, last May, अगले हफ्ते रविवार, इस महीने की 5 तारीख."""
        reader = self.reader
        shift = self._shift(index)
        if shift is None and reader.text(index) == "past":
            shift = -1, index + 1
        if shift is None:
            return None
        value, stop = shift
        unit = reader.unit(stop)
        if unit is not None:
            return self._shifted_unit(index, value, unit, stop)
        weekday = reader.weekday(stop)
        if weekday is not None:
            nearest = value == 1 and self.reference.day is not None and reader.has("nearest", stop - 1)
            return index, stop + 1, self.reference.on_weekday(weekday, None if nearest else value, future=True)
        day = date_parts(reader, stop) if value else None
        if day is not None and day.day is not None and day.year is None:
            return index, day.stop, self.reference.beside(parts_span(day), value)
        end = after_fiscal_word(reader, stop)
        if end is not None:
            return index, end, self.reference.moved(value, "f")
        return self._shifted_month(index, value, stop)

    def _shifted_month(self, index: int, value: int, stop: int) -> tuple[int, int, DateSpan] | None:
        reader = self.reader
        month = reader.month(stop)
        alone = Parts(stop, stop + 1, month=month)
        if month is None or reader.is_short_month(stop) or date_parts(reader, stop, in_range=True) != alone:
            return None
        return index, stop + 1, self.reference.in_month(month, value)

    def _shifted_unit(self, index: int, shift: int, unit: str, stop: int) -> tuple[int, int, DateSpan] | None:
        reader = self.reader
        after = stop + 1
        if (
            unit == "d"
            or reader.text(stop).endswith(tuple(reader.words.kinds["plural_ending"]))
            or reader.text(after) in ("of", "-")
        ):
            return None
        if unit == "q" and reader.has("not_time", after):
            return None
        if unit == "y" and reader.has("this_same", after) and reader.unit(after + 1) == "m":
            return index, after + 2, self.reference.same_month(shift)
        inner = after + reader.has("shift_joint", after)
        if unit == "w" and (weekday := reader.weekday(inner)) is not None:
            return index, inner + 1, self.reference.on_weekday(weekday, None, week=shift)
        days = days_in_row(reader, inner) if unit == "m" else None
        if days is not None:
            first, last, end = days
            if reader.has("day_word", end - 1) or (last is not None and is_until(reader, inner, end)):
                return index, end, self.reference.days_of_month(shift, first, last or first)
        return index, after, self.reference.moved(shift, unit)

    def of_year(self, index: int, told: list[Found]) -> list[Found]:
        """Return a date of a relative year: पिछले साल मई में, this year on 5 May, between June and August last year.

        `told` are the absolute dates at the token, to which a relative year may follow.
        """
        reader = self.reader
        shift = None if told else self._shift(index)
        before = shift is not None and reader.unit(shift[1]) == "y"
        if shift is not None and before:
            start = shift[1] + 1
            while start < index + 5 and reader.has("before_date", start):
                start += 1
            told = date_list(reader, start) if start < len(reader.tokens) else []
        if len(told) != 1 or not (told[0].span.edtf or "").startswith("XXXX-"):
            return []
        stop, span = told[0].stop, told[0].span
        if not before:
            shift = self._shift(stop + (reader.text(stop) in (",", "of")))
            if shift is None or reader.unit(shift[1]) != "y" or not reader.text(shift[1]).isascii():
                return []
            stop = shift[1] + 1
        dated = None if shift is None else self.reference.in_year(span, shift[0])
        return [] if dated is None else [Found(index, stop, dated, "relative")]

    def _shift(self, index: int) -> tuple[int, int] | None:
        """Read last, पिछले, आने वाले, पिछले ही: where they point and the token after."""
        reader = self.reader
        if reader.has("come", index) and reader.has("come_after", index + 1):
            return 1, index + 2
        value = reader.shift("shift", index)
        if value is None:
            return None
        if value == 0 and reader.has("nearest", index + 1):
            return 1, index + 2
        return value, index + 1 + reader.has("emphasis", index + 1)

    def _weekday(self, index: int) -> tuple[int, int, DateSpan] | None:
        """Read a weekday alone, or in a week (Tuesday next week); every Sunday, Good Friday are none."""
        reader = self.reader
        weekday = reader.weekday(index)
        if weekday is None or not (reader.has("weekday", index) or reader.is_short_day(index)):
            return None
        if reader.has("every", index - 1):
            return None
        after = reader.token(index + 1)
        if reader.has("not_day", index + 1) or is_indefinite(reader, index):
            return None
        if after is not None and after.kind == "word" and after.capital and reader.text(index - 1) != "on":
            return None
        shift = self._shift(index + 1 + (reader.text(index + 1) == "of"))
        if shift is not None and reader.unit(shift[1]) == "w" and reader.text(shift[1]).isascii():
            return index, shift[1] + 1, self.reference.on_weekday(weekday, None, week=shift[0])
        return index, index + 1, self.reference.on_weekday(weekday, None, future=self._tense(index) > 0)

    def _day_of_month(self, index: int) -> tuple[int, int, DateSpan] | None:
        """Read 16 तारीख, शुक्रवार 22 तारीख, on the 16th: a day of no known month, or of the one nearest the reference."""
        reader = self.reader
        weekday = reader.weekday(index)
        start = index if weekday is None else index + 1
        day = one_day(reader, start)
        if day is None:
            return None
        shift = self._shift(day[1] + 1) if reader.text(day[1]) == "of" else None
        if weekday is None and shift is not None and reader.unit(shift[1]) == "m":  # the 15th of next month
            return index, shift[1] + 1, self.reference.days_of_month(shift[0], day[0], day[0])
        told = reader.has("day_word", day[1] - 1)
        if reader.has("genitive", start - 1) and reader.unit(start - 2) == "m":
            return None  # महीने की पहली तारीख
        if not told:
            on_the = reader.text(start - 1) == "the" and reader.text(start - 2) in ("on", "by", "until", "since")
            if not on_the or day[1] != start + 2 or reader.text(day[1]) not in ("", ".", ",", ";", "and", "\n"):
                return None
        stop = day[1]
        if weekday is None and told and (weekday := reader.weekday(stop)) is not None:
            stop += 1
        return index, stop, self.reference.nearest_day(day[0], weekday, future=self._tense(index) > 0)
