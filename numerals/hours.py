"""Times of day as numbers of hours: `3:30`, `साढ़े तीन बजे`, `half past three`, `nine-thirty` and the like."""

from fractions import Fraction

from tithi.numerals.reader import Found, TokenReader
from tithi.numerals.spelled import spelled

__all__ = ["after_hour", "clock", "hyphened_hour", "past_hour", "with_minutes"]

_QUARTERS = (15, 30, 45)


def after_hour(reader: TokenReader, stop: int) -> int | None:
    """Return the token after बजे, o'clock, a.m., None where none of them stands."""
    if reader.has("hour", stop):
        return stop + 1
    if reader.text(stop) not in ("o", "a", "p"):
        return None
    words = [reader.text(position) for position in range(stop, stop + 4)]
    if words[:3] == ["o", "'", "clock"]:
        return stop + 3
    if words[0] in ("a", "p") and words[1:3] == [".", "m"]:
        return stop + 3 + (words[3] == ".")
    return None


def clock(reader: TokenReader, index: int) -> Found | None:
    """Read `3:30`, `15:30:10`; `1:10` beside the word ratio is none, and `1: 30` needs बजे or p.m. behind it."""
    hour, minute = reader.text(index), reader.text(index + 2)
    if reader.text(index + 1) != ":":
        return None
    if not (reader.tight(index + 1) and reader.tight(index + 2)) and after_hour(reader, index + 3) is None:
        return None
    if not (hour.isdecimal() and len(hour) < 3 and int(hour) < 25 and minute.isdecimal() and len(minute) == 2):
        return None
    if any(reader.has("ratio", place) for place in (index - 2, index - 1, index + 3, index + 4)):
        return None
    value, stop = int(hour) + Fraction(int(minute), 60), index + 3
    second = reader.text(stop + 1)
    if reader.text(stop) == ":" and second.isdecimal() and len(second) == 2 and reader.tight(stop + 1):
        value, stop = value + Fraction(int(second), 3600), stop + 2
    return Found(value, after_hour(reader, stop) or stop, "time")


def hyphened_hour(reader: TokenReader, index: int) -> Found | None:
    """Read `nine-thirty`, `twelve-forty-five`: an hour and its quarters, which the hyphen joins."""
    if reader.text(index + 1) != "-" or not (reader.tight(index + 1) and reader.tight(index + 2)):
        return None
    hour, minute = spelled(reader.tokens, index), spelled(reader.tokens, index + 2)
    if hour is None or minute is None or hour.stop != index + 1 or minute.value not in _QUARTERS:
        return None
    if not (hour.words and minute.words and hour.value.denominator == 1 and 0 < hour.value < 13):
        return None
    return Found(hour.value + minute.value / 60, after_hour(reader, minute.stop) or minute.stop, "time")


def past_hour(reader: TokenReader, index: int) -> Found | None:
    """Read `half past three`, `quarter to five`."""
    part = reader.words.get("portion", reader.text(index))
    word = reader.text(index + 1)
    if part is None or word not in ("past", "to"):
        return None
    hour = spelled(reader.tokens, index + 2)
    if hour is None or hour.value.denominator != 1 or not 0 < hour.value < 25:
        return None
    return Found(hour.value + Fraction(part) * (1 if word == "past" else -1), hour.stop, "time")


def with_minutes(text: str, value: Fraction) -> Fraction:
    """Return the hours of a figure before बजे or p.m.: behind its point stand minutes, `5.30 बजे` is half past five."""
    hour, point, minute = text.partition(".")
    if point and hour.isdecimal() and minute.isdecimal() and len(minute) == 2 and int(minute) < 60:
        return int(hour) + Fraction(int(minute), 60)
    return value
