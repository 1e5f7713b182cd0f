"""Decades: `the 1990s`, `'60s`, `90 के दशक`, `1960s-70s`, `the roaring twenties`."""

from typing import Final

from tithi.dates.edges import after_edge, before_edge, joins
from tithi.dates.found import Evidence, Found
from tithi.dates.glued import is_glued
from tithi.dates.reader import Reader
from tithi.dates.span import DateSpan, calendar_span, century_span, decade_span, interval

__all__ = ["decade_named", "decades"]

_FULL: Final = 4
#: Decades of the longest list by name.
_LIST: Final = 4
#: Centuries that are said before a decade: the sixteen forties.
_CENTURIES: Final = range(13, 21)


def _decade_year(reader: Reader, index: int) -> int | None:
    """The first year of the decade that a number names: 1990, or 90 for 1990."""
    value = reader.number(index)
    if value is None or value % 10 or (is_glued(reader, index) and reader.text(index - 1) != "'"):
        return None
    if 1000 <= value <= 2190:
        return value
    return 1900 + value if 20 <= value <= 90 else None


def decade_named(reader: Reader, index: int) -> list[Found]:
    """Read `the late seventies`, `mid-seventies`, `the roaring twenties`; his late thirties are none."""
    year = reader.words.get("decade", reader.text(index))
    if year is None or not _is_named(reader, index, _LIST):
        return []
    return [Found(index, index + 1, decade_span(int(year)), "decade")]


def _is_named(reader: Reader, index: int, most: int) -> bool:
    """Whether `the` or a part stands before a decade, or before a list of decades up to `most` long."""
    before = index - 1 - (reader.text(index - 1) == "-")
    if reader.text(before - reader.has("decade_word", before)) == "the":
        return True
    if reader.has("part", before):
        return not reader.has("own", before - 1)
    is_next = reader.has("decade", before - 1) and (reader.has("and_word", before) or reader.has("list_word", before))
    return is_next and most > 0 and _is_named(reader, before - 1, most - 1)


def decades(reader: Reader, index: int) -> list[Found]:
    """Read `the 1990s`, `'90s`, `1990 के दशक`, `1960 और 70 के दशक`, `1960s-70s`."""
    first = _decade_year(reader, index)
    if first is None:
        return _in_words(reader, index)
    stop = _after_decade(reader, index + 1)
    if stop is None and reader.text(index - 1) == "of" and reader.unit(index - 2) == "D":
        stop = index + 1  # the decade of 1960
    if stop is not None:
        if reader.number(index) == first - 1900 and (
            reader.has("own", index - 1) or reader.has("age", stop + 1) or reader.has("age", index - 1)
        ):
            return []
        return _decade_range(reader, index, first, stop) or [_told(index, stop, _decade(first))]
    joint = reader.text(index + 1)
    last = _decade_year(reader, index + 2) if joins(reader, index + 1) else None
    if last is None and joint == "-":
        last = _short(reader, index + 2, first)
    stop = _after_decade(reader, index + 3)
    if last is None or stop is None or last <= first:
        return []
    if reader.has("range_word", index + 1):
        return [_told(index, stop, interval(_decade(first), _decade(last)))]
    return [_told(index, index + 1, _decade(first)), _told(index + 2, stop, _decade(last))]


def _in_words(reader: Reader, index: int) -> list[Found]:
    """Read a decade said with its century: `the nineteen nineties`, `the eighteen-fifties`."""
    century, place = reader.number(index), index + 1 + (reader.text(index + 1) == "-")
    told = reader.words.get("decade", reader.text(place))
    if told is None or century is None or century not in _CENTURIES or not reader.is_spelled(index):
        return []
    return [Found(index, place + 1, decade_span(century * 100 + int(told) % 100), "decade")]


def _decade_range(reader: Reader, index: int, first: int, stop: int) -> list[Found]:
    """Read `1960s-70s`, `1960s to 1980s`, `'60s to '80s`, `the 1950s to 2011`, `late 1990s to early 2000s`."""
    joint = after_edge(reader, stop)
    if not reader.has("range_word", joint):
        return []
    start = before_edge(reader, joint + 1)
    start += reader.text(start) in ("'", "the")
    year = reader.year(start)
    if year is not None and year % 10 and year > first + 9 and not reader.counts(start + 1):
        return [_told(index, start + 1, interval(_decade(first), calendar_span(year)))]
    value = reader.number(start)
    last = value if value is not None and value > 1000 and value % 10 == 0 else _short(reader, start, first)
    end = _after_decade(reader, start + 1)
    if last is None or end is None or last <= first:
        return []
    if joint > stop and not reader.has("until", after_edge(reader, end)):
        return []
    return [_told(index, end, interval(_decade(first), _decade(last)))]


def _short(reader: Reader, index: int, first: int) -> int | None:
    """The year of two figures in the century of `first`, None where they are no decade."""
    short = reader.number(index)
    return None if short is None or short % 10 or short > 90 else first - first % 100 + short


def _told(start: int, stop: int, span: DateSpan) -> Found:
    evidence: Evidence = "century" if span.precision == "century" else "decade"
    return Found(start, stop, span, evidence)


def _decade(year: int) -> DateSpan:
    """The 1990s are ten years; the 1800s are the century, as both languages use them."""
    return century_span(year // 100 + 1) if year % 100 == 0 and year < 2000 else decade_span(year)


def _after_decade(reader: Reader, index: int) -> int | None:
    """The token after `s`, `'s`, `के दशक`, `का दशक`, None where none of them stands."""
    if reader.text(index) == "'" and (reader.tokens.tight(index) or reader.text(index + 1) == "s"):
        if not any(reader.has(kind, index - 2) for kind in ("decade_before", "part")):
            return None
        index += 1
    if reader.text(index) == "s" and (reader.tokens.tight(index) or len(reader.text(index - 1)) == _FULL):
        return index + 1
    index += reader.has("decade_joint", index)
    return index + 1 if reader.unit(index) == "D" and not reader.text(index).isascii() else None
