"""Stretches between two days told from the day of writing: `आज से कल तक`, `from today to tomorrow`."""

from collections.abc import Callable

from tithi.dates.reader import Reader
from tithi.dates.reference import Reference
from tithi.dates.span import DateSpan, interval, relative_span

__all__ = ["day_stretch"]


def day_stretch(
    reader: Reader, index: int, tense: Callable[[int], int], reference: Reference
) -> tuple[int, int, DateSpan] | None:
    """Read two days joined by a word for until; कल and परसों lie on the side of today that the other end leaves them.

    `tense` tells of a token 1 where the sentence speaks of the future, -1 of the past, 0 where nothing tells.
    """
    first = reader.words.get("day_shift", reader.text(index))
    last = reader.words.get("day_shift", reader.text(index + 2))
    if first is None or last is None or not reader.has("range_word", index + 1):
        return None
    if not reader.has("until", index + 3) and reader.text(index - 1) != "from":
        return None
    side = 1 if first == "0" else -1 if last == "0" else tense(index)
    if side == 0 and "±" in first + last:
        return None
    ends = [int(told.lstrip("±")) * (side if told.startswith("±") else 1) for told in (first, last)]
    if ends[0] >= ends[1]:
        return None
    if reference.day is None:
        return index, index + 3, relative_span(f"{ends[0]}d/{ends[1]}d", "day")
    return index, index + 3, interval(*(reference.moved(end, "d") for end in ends))
