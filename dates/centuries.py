"""Centuries: `21वीं सदी`, `17th-18th century`, `XIX century`, `the 18 century`; no century of a batsman."""

from typing import Final

from tithi.dates.edges import joins
from tithi.dates.eras import christian_era, era_at
from tithi.dates.found import Found
from tithi.dates.glued import is_glued
from tithi.dates.reader import Reader
from tithi.dates.span import DateSpan, century_span, interval
from tithi.numerals.roman import roman_value
from tithi.numerals.words import ordinal_word

__all__ = ["centuries", "century_list"]

#: Ordinals of the longest and the shortest list of centuries; two are read as they stand.
_LONGEST: Final = 6
_FEW: Final = 3
#: Centuries that may be told by figures alone; fewer are a count of them.
_BARE: Final = range(5, 31)


def _ordinal(reader: Reader, index: int, *, follows: bool = False) -> tuple[int, int] | None:
    """Read `21वीं`, `21 वीं`, `21st`, `उन्नीसवीं`, `twenty-first`: the number and the token after."""
    value = reader.number(index)
    if value is None:
        word = ordinal_word(reader.text(index))
        return None if word is None else (word, index + 1)
    if value == 20 and reader.text(index + 1) == "-" and (unit := ordinal_word(reader.text(index + 2))) is not None:
        return value + unit, index + 3
    if _is_bare_century(reader, index, value):
        return value, index + 1
    stop = index + 1 + (reader.text(index + 1) == "-" and not reader.text(index + 2).isascii())  # 17-वीं
    if not 1 <= value <= 40 or not reader.has("ordinal_suffix", stop):
        return None
    return None if is_glued(reader, index) and not follows else (value, stop + 1)


def _is_bare_century(reader: Reader, index: int, value: int) -> bool:
    """Whether a century is told by figures without their ending: `18 सदी में`, `the 18 century`; no `दो सदी पहले`."""
    if value not in _BARE:
        return False
    if not reader.text(index + 1).isascii():
        return reader.unit(index + 1) == "C" and _is_told_bare(reader, index)
    the = index - 1
    if joins(reader, the) and (reader.number(the - 1) or 0) in _BARE:
        the -= 2
    ahead = index + 1
    if joins(reader, ahead) and (reader.number(ahead + 1) or 0) in _BARE:
        ahead += 2
    if reader.unit(ahead) != "C" or reader.has("own", the):
        return False
    return reader.text(ahead) == "century" or reader.text(the) == "the"


def _is_told_bare(reader: Reader, index: int) -> bool:
    told = reader.has("in_word", index + 2) or reader.has("genitive", index + 2) or era_at(reader, index + 2)
    return bool(told) and not reader.is_spelled(index) and not is_glued(reader, index)


def centuries(reader: Reader, index: int) -> list[Found]:
    """Read `21वीं सदी`, `18th and 19th centuries`, `17वीं से 19वीं सदी`, `ईसा पूर्व 5वीं शताब्दी`."""
    if reader.unit(index) == "C":
        return _roman_century(reader, index)
    before = christian_era(reader, index)
    first = _ordinal(reader, index if before is None else before[1])
    if first is None:
        return []
    value, stop = first
    last = None
    joint = stop + _hangs(reader, stop)
    second = joint + 1 + (reader.text(joint + 1) == "the")
    second += reader.has("part", second)
    if joins(reader, joint):
        last = _ordinal(reader, second, follows=True)
    end = stop if last is None else last[1]
    end += reader.text(end) == "-"
    is_short = reader.text(end) == "c" and reader.text(end + 1) == "." and not _are_initials(reader, end + 2)
    if not is_short and reader.unit(end) != "C":
        return []
    end += 1 + is_short
    small = reader.text(end) in ("bc", "bce")  # text written small
    after = (True, end + 1) if small else christian_era(reader, end)
    era = before or after
    end = end if after is None else after[1]
    is_before = era is not None and era[0]
    spans = [century_span(number, before_christ=is_before) for number in (value, *(() if last is None else last[:1]))]
    if last is None:
        is_scored = era is None and _is_of_runs(reader, index, end)
        return [] if is_scored else [_century(index, end, spans[0])]
    if reader.has("range_word", joint):
        return [_century(index, end, interval(*spans))]
    return [_century(index, stop, spans[0]), _century(second, end, spans[1])]


def _are_initials(reader: Reader, index: int) -> bool:
    """Whether letters go on behind a dot: class 10th C.B.S.E."""
    return index < len(reader.tokens) and reader.tokens.tight(index) and reader.tokens.kind(index) == "word"


def _hangs(reader: Reader, index: int) -> bool:
    """Whether a token is the hyphen of `18th- and 19th-century novels`, `16th- to 18th-century`."""
    is_tied = reader.text(index) == "-" and reader.tokens.tight(index)
    return is_tied and reader.text(index + 1).isalpha() and joins(reader, index + 1)


def century_list(reader: Reader, index: int) -> list[Found]:
    """Read `17th, 18th and 19th centuries`: more than two, a comma behind the first."""
    if not (reader.has("list_word", index + 2) or reader.has("list_word", index + 1)):
        return []
    told: list[tuple[int, int, int]] = []
    start = index
    while len(told) < _LONGEST and (item := _ordinal(reader, start)) is not None:
        told.append((start, item[1], item[0]))
        start = item[1]
        if reader.unit(start) == "C":
            break
        if not (reader.has("list_word", start) or reader.has("and_word", start)):
            return []
        start += 1 + reader.has("and_word", start + 1)
    if len(told) < _FEW or reader.unit(told[-1][1]) != "C":
        return []
    return [
        _century(first, stop + (place == len(told)), century_span(value))
        for place, (first, stop, value) in enumerate(told, 1)
    ]


def _is_of_runs(reader: Reader, index: int, stop: int) -> bool:
    """Whether a century is one of cricket: `his third century of the series`; no `her 16th century ancestors`."""
    if any(reader.has("innings", place) for place in range(stop, stop + 3)):
        return True
    follows = not reader.text(stop).isalpha() or reader.text(stop) in ("of", "in", "as", "and", "to")
    return reader.has("own", index - 1) and reader.text(stop - 2) != "-" and follows


def _century(start: int, stop: int, span: DateSpan) -> Found:
    return Found(start, stop, span, "century")


def _roman_century(reader: Reader, index: int) -> list[Found]:
    """Read `XIX century` at its second word."""
    if index == 0 or reader.tokens.tight(index - 1):
        return []
    start, stop = reader.tokens.span(index - 1, index)
    value = roman_value(reader.tokens.source[start:stop].removesuffix("th"))  # XVIIth
    return [] if value is None or value > 40 else [_century(index - 1, index + 1, century_span(value))]
