"""Times of day beside dates: stepped over, so that they neither end a range of dates nor pass for days."""

from tithi.dates.reader import Reader

__all__ = ["after_time", "is_hour"]


def is_hour(reader: Reader, index: int) -> bool:
    """Whether the number at a token is a time of day: `10:30`, `10 बजे`, `6 pm`, `5 a.m.`, `2030 hrs`."""
    if reader.has("clock_word", index + 1):
        return True
    if reader.is_clock(index + 1):
        return reader.tokens.tight(index + 1)
    return reader.text(index + 1) in ("a", "p") and reader.text(index + 2) == "." and reader.text(index + 3) == "m"


def after_time(reader: Reader, index: int) -> int:
    """Return the token after a time of day (`, सुबह 10 बजे`, `at 10:30 a.m.`, `6 pm on`), else the same one."""
    stop = index
    while stop < index + 3 and (reader.has("time_joint", stop) or reader.has("day_part", stop)):
        stop += 1
    if reader.number(stop) is None or not is_hour(reader, stop):
        return index
    stop += 1
    if reader.text(stop) == ":":
        stop += 2
    if reader.text(stop) in ("a", "p") and reader.text(stop + 1) == ".":
        stop += 3 + (reader.text(stop + 3) == ".")
    while reader.has("clock_word", stop):
        stop += 1
    return stop + (reader.text(stop) == "on")
