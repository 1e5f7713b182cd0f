"""Ranges of years, and a year with its month in figures: `1914-18`, `from 1939 to 1945`, `2016-11`."""

from typing import Final

from tithi.dates.counted import is_counted
from tithi.dates.edges import after_edge, before_edge, is_between, is_until, opening
from tithi.dates.figures import short_year
from tithi.dates.fiscal import MODERN
from tithi.dates.found import Found
from tithi.dates.glued import is_glued
from tithi.dates.grammar import date_parts, range_word
from tithi.dates.labels import is_score
from tithi.dates.parts import Parts, parts_span
from tithi.dates.reader import Reader
from tithi.dates.span import calendar_span, interval

__all__ = ["spaced_month", "year_range"]

_SHORT: Final = 2


def spaced_month(reader: Reader, index: int) -> list[Found]:
    """Read `2016 - 11`, `11 -2016`, `2016 / 11`: a month in figures, where nothing counts what follows."""
    if index + 2 >= len(reader.tokens) or is_glued(reader, index):
        return []
    if reader.tokens.tight(index + 1) and reader.tokens.tight(index + 2):
        return []
    texts = reader.text(index), reader.text(index + 2)
    first, last = (int(text) if text.isdecimal() and len(text) in (2, 4) else 0 for text in texts)
    year, month = (first, last) if len(texts[0]) == 4 else (last, first)
    ends = index + 3 == len(reader.tokens) or reader.has("postposition", index + 3) or reader.ends(index + 3)
    if reader.tokens.tight(index + 2) and not reader.tokens.tight(index + 1) and not reader.text(index + 3).isascii():
        ends = not reader.counts(index + 3)  # 2016 -11
    if year not in MODERN or not 1 <= month <= 12 or not ends or (year % 100 < month and year == first):
        return []
    return [Found(index, index + 3, calendar_span(year, month), "figures")]


def year_range(reader: Reader, index: int) -> list[Found]:
    """Read `1914-18`, `2010–2015`, `1939 से 1945 तक`, `from 1939 to 1945`, `2016-11` (a month)."""
    first, joint = reader.year(index), after_edge(reader, index + 1)
    stop = range_word(reader, joint)
    if first is None or stop is None or is_glued(reader, index) or is_counted(reader, index):
        return []
    if reader.text(index + 1) == "-" and len(reader.text(stop)) == 2:
        return _short_range(reader, index, first)
    stop = before_edge(reader, _after_name(reader, stop))
    parts = date_parts(reader, stop, in_range=True) or _end(reader, stop)
    if (
        parts.year is None
        or parts.year <= first
        or (first % 100 == 0 == parts.year % 100 and _is_rough(reader, index, parts.stop))
    ):
        return []
    is_sum = reader.has("from_word", joint) and (joint > index + 1 or reader.has("in_word", parts.stop))
    joined = is_between(reader, index, parts.stop) and not reader.has("during", parts.stop + 1)
    joined = joined or reader.text(opening(reader, index) - 1) == "from"
    is_list = reader.has("and_word", joint) and not joined
    if is_list or (is_sum and not is_until(reader, index, parts.stop)):
        return []
    return [Found(index, parts.stop, interval(calendar_span(first), parts_span(parts)), "range")]


def _is_rough(reader: Reader, index: int, stop: int) -> bool:
    """Whether two hundreds are a rough count or price: `1800-2000 लोग`, `प्याज 1900-2000 प्रति बोरी`."""
    if reader.counts(stop) or reader.has("per", stop):
        return True
    place = index - 1
    if place < 0 or reader.text(index + 1) != "-" or reader.tokens.kind(place) != "word":
        return False
    is_told = any(reader.has(kind, place) for kind in ("plain", "year_before", "dated_noun", "part", "period_word"))
    is_told = is_told or any(reader.has(kind, stop) for kind in ("in_word", "until", "genitive", "year_after"))
    return not (is_told or reader.tokens.capital(place) or reader.unit(place)) and stop < len(reader.tokens)


def _after_name(reader: Reader, index: int) -> int:
    """Step over the word for a year before the end of a range: `सन् 1857 से सन् 1947 तक`, `to the year 1947`."""
    return index + 1 if reader.has("year_name", index) and reader.year(index + 1) is not None else index


def _end(reader: Reader, index: int) -> Parts:
    """Return the year that ends a range: `1990 to 1995`, `1990 to '95`."""
    short = short_year(reader, index)
    return Parts(index, index + 1, reader.year(index)) if short is None else Parts(index, index + 2, short)


def _short_range(reader: Reader, index: int, first: int) -> list[Found]:
    """Read `1914-18`; where the second number is not later it is a month (`2016-11`)."""
    if is_score(reader, index, index + 3):
        return []
    last, after = reader.number(index + 2), reader.token(index + 3)
    tight = reader.tokens[index + 1].tight and reader.tokens[index + 2].tight
    if last is not None and not tight:
        between = (reader.tokens.tight(index + 1), reader.tokens.tight(index + 2))
        is_amount = reader.counts(index + 3) or (index == 0) or reader.text(index - 1) == "\n"
        tight = not any(between) and last > first % 100 and first in MODERN and not is_amount  # 2009 - 10
    is_glued = after is not None and after.tight and after.kind != "mark" and not reader.has("postposition", index + 3)
    if last is None or not tight or is_glued:
        return []
    if last > first % 100 or (last == 0 and first % 100 == 99):
        end = first - first % 100 + last + (100 if last == 0 else 0)
        pairs = _pairs(reader, index, end)
        if pairs is not None:
            return [Found(index, pairs[1], interval(calendar_span(first), calendar_span(pairs[0])), "range")]
        return [Found(index, index + 3, interval(calendar_span(first), calendar_span(end)), "range")]
    is_counted_out = reader.has("vote", index - 1) or reader.counts(index + 3)
    is_counted_out = is_counted_out or reader.has("outcome", index + 3 + reader.has("genitive", index + 3))
    is_month = 1 <= last <= 12 and first in MODERN and not is_counted_out
    return [Found(index, index + 3, calendar_span(first, last), "figures")] if is_month else []


def _pairs(reader: Reader, index: int, end: int) -> tuple[int, int] | None:
    """Return the last year of `2021-22 से 2025-26`, a range of years of two, and the token after; None for another."""
    start = range_word(reader, index + 3)
    year = None if start is None or reader.text(index + 3) == "-" else reader.year(start)
    if start is None or year is None or year < end or end != (reader.year(index) or 0) + 1:
        return None
    last, stop = reader.number(start + 2), start + 3
    if reader.text(start + 1) != "-" or last != (year + 1) % 100 or len(reader.text(start + 2)) != _SHORT:
        return None
    joined = is_until(reader, index, stop)
    is_sum = reader.has("in_word", stop) or reader.has("and_word", index + 3)
    return None if is_sum and not joined else (year + 1, stop)
