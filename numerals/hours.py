"""Times of day as numbers of hours: `3:30`, `साढ़े तीन बजे`, `half past three`, `nine-thirty` and the like."""

from fractions import Fraction

from tithi.numerals.reader import Found, TokenReader
from tithi.numerals.spelled import spelled

__all__ = ["after_hour", "clock", "hyphened_hour", "past_hour", "told_hour", "with_minutes"]

_QUARTERS = (15, 30, 45)
_LAST_HOUR = 12
_FAR = 4
"""What tells that a number is an hour or minutes stands at most so many tokens on."""


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
    """Read `nine-thirty`, `twelve-forty-five`: an hour and its quarters, which the hyphen joins; दस-पंद्रह is a range."""
    if not reader.text(index).isascii():
        return None
    if reader.text(index + 1) != "-" or not (reader.tight(index + 1) and reader.tight(index + 2)):
        return None
    hour, minute = spelled(reader.tokens, index), spelled(reader.tokens, index + 2)
    if hour is None or minute is None or hour.stop != index + 1 or minute.value not in _QUARTERS:
        return None
    if not (hour.words and minute.words and hour.value.denominator == 1 and 0 < hour.value < 13):
        return None
    return Found(hour.value + minute.value / 60, after_hour(reader, minute.stop) or minute.stop, "time")


def told_hour(reader: TokenReader, index: int) -> Found | None:
    """Read `सात बजकर बीस मिनट`, `सात बजने में दस मिनट`, `तीन बीस बजे`: an hour and minutes, each a number.

    दो तीन बजे is two or three o'clock: without बजकर the minutes are more than any hour.
    """
    hour = spelled(reader.tokens, index) if reader.follows("hour", index, _FAR) else None
    if hour is None or not 0 < hour.value < 25 or hour.value.denominator != 1:
        return None
    past, short = reader.has("past_hour", hour.stop), reader.has("short_of_hour", hour.stop)
    behind = hour.stop + past + 2 * short
    if short and not reader.has("short_joint", behind - 1):
        return None
    minute = spelled(reader.tokens, behind) if past or short or hour.words else None
    if minute is None or minute.value.denominator != 1 or not 0 < minute.value < 60:
        return None
    stop = minute.stop
    if past or short:
        if not reader.has("minute", stop):
            return None
        return Found(hour.value + minute.value / (60 if past else -60), stop + 1, "time")
    is_hour = minute.words and minute.value > _LAST_HOUR >= hour.value and reader.has("hour", stop)
    return Found(hour.value + minute.value / 60, stop + 1, "time") if is_hour else None


def past_hour(reader: TokenReader, index: int) -> Found | None:
    """Read `half past three`, `quarter to five`, `ten past six`, `twenty minutes to nine`; no `two to three`."""
    part = reader.words.get("portion", reader.text(index))
    if part is None:
        return _minutes_past(reader, index)
    return _beside_hour(reader, Fraction(part), index + 1) if reader.text(index + 1) in ("past", "to") else None


def _minutes_past(reader: TokenReader, index: int) -> Found | None:
    minute = spelled(reader.tokens, index) if reader.follows("beside_hour", index, _FAR) else None
    if minute is None or minute.value.denominator != 1 or not 0 < minute.value < 60:
        return None
    named = reader.has("minute", minute.stop)
    word = reader.text(minute.stop + named)
    told = word == "past" or (named and word == "to")
    return _beside_hour(reader, minute.value / 60, minute.stop + named) if told else None


def _beside_hour(reader: TokenReader, part: Fraction, index: int) -> Found | None:
    """Read the hour that a part of one is behind or short of, by the word at a token."""
    hour = spelled(reader.tokens, index + 1)
    if hour is None or hour.value.denominator != 1 or not 0 < hour.value < 25:
        return None
    if reader.has("time_unit", hour.stop):
        return None  # ten minutes to two hours
    value = hour.value + (part if reader.text(index) == "past" else -part)
    return Found(value, after_hour(reader, hour.stop) or hour.stop, "time")


def with_minutes(text: str, value: Fraction) -> Fraction:
    """Return the hours of a figure before बजे or p.m.: behind its point stand minutes, `5.30 बजे` is half past five."""
    hour, point, minute = text.partition(".")
    if point and hour.isdecimal() and minute.isdecimal() and len(minute) == 2 and int(minute) < 60:
        return int(hour) + Fraction(int(minute), 60)
    return value
