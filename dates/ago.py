"""Stretches of time from the day of writing: two days ago, 1 साल 2 महीने पहले, two weeks from now, the last ten years."""

from typing import Final

from tithi.dates.reader import Reader
from tithi.dates.reference import Reference
from tithi.dates.span import DateSpan

__all__ = ["ago", "period"]

_MAX_COUNT: Final = 500


def period(reader: Reader, index: int, reference: Reference) -> tuple[int, int, DateSpan] | None:
    """Read the last ten years, पिछले 10 वर्षों, अगले दो दिन: from then to the reference, or on from it."""
    shift = reader.shift("period", index)
    if shift is None:
        return None
    start = index + 1 + (reader.has("come", index) and reader.has("come_after", index + 1))
    count = reader.number(start)
    stop = start + 1
    unit = reader.unit(stop)
    if count is None or unit is None or unit == "e" or not 0 < count <= _MAX_COUNT:
        return None
    return index, stop + 1, reference.stretch(shift * count, unit)


def ago(reader: Reader, index: int, reference: Reference) -> tuple[int, int, DateSpan] | None:
    """Read two days ago, 1 साल 2 महीने पहले, a year ago, आज से 2 हफ्ते पहले, two weeks from now."""
    today = reader.has("now_word", index) and reader.has("from_word", index + 1)
    stop = index + 2 + reader.has("exact", index + 2) if today else index
    steps: list[tuple[int, str]] = []
    while len(steps) < 3 and (step := _step(reader, stop)) is not None:
        steps.append(step)
        stop += 2 + (reader.has("and_word", stop + 2) and _step(reader, stop + 3) is not None)
    if not steps:
        return None
    if reader.has("ago", stop) and reader.text(stop + 1) != "to":
        before = index - 1 - reader.has("count_before", index - 1)
        after_event = not today and reader.has("event_before", before)
        return None if after_event else (index, stop + 1, reference.away(steps, -1))
    if (reader.text(stop), reader.text(stop + 1)) in (("from", "now"), ("from", "today")):
        return index, stop + 2, reference.away(steps, 1)
    if today and reader.has("from_here", stop):
        return index, stop + reader.has("after_word", stop), reference.away(steps, 1)
    return None


def _step(reader: Reader, index: int) -> tuple[int, str] | None:
    """Read a number of units, or a unit with the article: 3 दिन, a week."""
    count = 1 if reader.text(index) in ("a", "an") else reader.number(index)
    unit = reader.unit(index + 1)
    return None if count is None or unit is None or unit == "e" or not 0 < count <= _MAX_COUNT else (count, unit)
