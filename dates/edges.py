"""What stands around the ends of a range: `between`, तक, and words for a part of an end: `mid-May to early June`."""

from tithi.dates.reader import Reader
from tithi.dates.signs import after_circa

__all__ = ["after_edge", "before_edge", "is_between", "is_until", "joins", "opening"]


def joins(reader: Reader, index: int) -> bool:
    """Whether a token makes a range or a list of what stands around it."""
    return any(reader.has(kind, index) for kind in ("range_word", "and_word", "list_word"))


def is_until(reader: Reader, start: int, stop: int) -> bool:
    """Whether तक or के बीच ends a range at token `stop`, or `between` or `from` opens it before `start`."""
    if reader.has("until", after_edge(reader, stop)) or is_between(reader, start, stop):
        return True
    return reader.text(opening(reader, start) - 1) == "from"


def is_between(reader: Reader, start: int, stop: int) -> bool:
    """Whether `between` stands before token `start` or `के बीच` from token `stop`."""
    before = opening(reader, start) - 1
    if reader.text(before - (reader.text(before) == "the")) == "between":
        return True
    return reader.has("ke", stop) and reader.has("between_word", stop + 1)


def before_edge(reader: Reader, index: int) -> int:
    """Return the token after `early`, `mid-`, `the end of`, `c.`, मध्य before the end of a range, else the same one."""
    if (dated := after_circa(reader, index)) > index:
        return dated
    start = index + (reader.text(index) == "the")
    if reader.has("part", start):
        return start + 1 + (reader.text(start + 1) == "-")
    return start + 2 if reader.has("edge", start) and reader.text(start + 1) == "of" else index


def after_edge(reader: Reader, index: int) -> int:
    """Return the token after `के अंत`, `की शुरुआत` behind the end of a range, else the same one."""
    return index + 2 if reader.has("genitive", index) and reader.has("edge", index + 1) else index


def opening(reader: Reader, start: int) -> int:
    """Return the first token of the words for a part that stand before a token, else the same one."""
    before = start - 1 - (reader.text(start - 1) == "-")
    if reader.has("part", before):
        return before
    if reader.has("year_name", start - 1) or reader.text(start - 1) == "years":
        return start - 1
    if reader.text(start - 1) == "of" and reader.has("edge", start - 2):
        return start - 2 - (reader.text(start - 3) == "the")
    return start
