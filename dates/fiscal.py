"""Financial years: `FY20`, `FY 2019-20`, `fiscal 2020`, `वित्त वर्ष 2019-20`, `2019/20`.

A financial year is told as India counts it: it runs from April to March and is named by the year in which it ends where
one alone is named, so all of these but the last are `2019-04/2020-03`. Years with a slash alone may be of a school
or a season, so they are the two years over which they reach (`2019/2020`).
"""

import re
from typing import Final

from tithi.dates.edges import is_between, is_until
from tithi.dates.found import Found
from tithi.dates.glued import is_glued
from tithi.dates.grammar import range_word
from tithi.dates.reader import Reader
from tithi.dates.span import DateSpan, calendar_span, interval

__all__ = ["MODERN", "after_fiscal", "after_fiscal_word", "fiscal_year", "is_fiscal"]

#: The month with which a financial year begins.
_APRIL: Final = 4
MODERN: Final = range(1800, 2101)
#: Years of the longest stretch of financial years, and of the longest list of financial years.
_LONGEST: Final = 16
_LIST: Final = 6
_SLASHED: Final = re.compile("([0-9]{4})/([0-9]{2})")


def fiscal_year(reader: Reader, index: int) -> list[Found]:
    """Read a financial year at its first figure, or at the letters FY."""
    if reader.has("fiscal", index):
        return _labelled(reader, index)
    slashed = _slashed_year(reader, index)
    if not (after_fiscal(reader, index) or _is_of_budget(reader, index)):
        years = None if slashed is None else interval(calendar_span(slashed - 1), calendar_span(slashed))
        return [] if years is None else [Found(index, index + 1, years, "fiscal")]
    told = _years(reader, index)
    return [] if told is None else [_to_last(reader, index, *told)]


def after_fiscal(reader: Reader, index: int, depth: int = _LIST) -> bool:
    """Whether `fiscal`, `वित्त वर्ष` or the like stands before a token, or before a list up to `depth` years long."""
    named = reader.has("fiscal_year", index - 1)
    if reader.has("fiscal_word", index - 1 - named) or (named and reader.has("tax_word", index - 2)):
        return True
    return _is_lettered(reader, index - 1) or (depth > 0 and _is_next(reader, index, depth - 1))


def _is_of_budget(reader: Reader, index: int) -> bool:
    """Whether two years joined stand beside a budget: `Budget 2019-20`, `2019-20 का बजट`; no `Budget 2019`."""
    is_slashed = "/" in reader.text(index)
    if not is_slashed and reader.text(index + 1) not in ("-", "/"):
        return False
    before = index - 1 - (reader.text(index - 1) in ("(", "-", ",", "of", "for"))
    stop = index + (1 if is_slashed else 3)
    behind = stop + (reader.has("genitive", stop) or reader.text(stop) in ("s", ")"))
    if reader.has("estimate", before) and (reader.has("budget", before - 1) or reader.has("revised", before - 1)):
        return True
    return reader.has("budget", before) or reader.has("budget", behind + reader.has("budget_kind", behind))


def _is_lettered(reader: Reader, index: int) -> bool:
    """Whether `F.Y.` or `A.Y.` ends at a token, the assessment year in which the year before is taxed."""
    if reader.text(index) != "." or reader.text(index - 1) != "y" or reader.text(index - 2) != ".":
        return False
    return reader.text(index - 3) in ("f", "a") and reader.tokens.capital(index - 3)


def _is_next(reader: Reader, index: int, depth: int) -> bool:
    """Whether the year before in a list is a financial one: `वित्त वर्ष 2017-18 और 2018-19`."""
    if reader.text(index - 3) != "-" or reader.year(index - 4) is None:
        return False
    listed = any(reader.has(kind, index - 1) for kind in ("and_word", "list_word", "range_word"))
    return listed and after_fiscal(reader, index - 4, depth)


def after_fiscal_word(reader: Reader, index: int) -> int | None:
    """Return the token after `financial year`, `fiscal`, `वित्त वर्ष` that no figures follow, None for none."""
    if not reader.has("fiscal_word", index):
        return None
    stop = index + 1 + reader.has("fiscal_year", index + 1)
    if stop == index + 1:
        ends = not reader.text(stop).isalpha() or reader.has("after_fiscal", stop)
        if not reader.has("fiscal_alone", index) or (ends is False and reader.text(index).isascii()):
            return None  # this fiscal deficit
    return stop if reader.number(stop) is None else None


def is_fiscal(span: DateSpan) -> bool:
    """Whether a span is one financial year: April to March, told to the month."""
    first, last = span.start, span.end
    if first is None or last is None or span.precision != "month":
        return False
    return (first.month, last.month, last.year) == (_APRIL, _APRIL - 1, first.year + 1)


def _span(last: int) -> DateSpan:
    return interval(calendar_span(last - 1, _APRIL), calendar_span(last, _APRIL - 1))


def _labelled(reader: Reader, index: int) -> list[Found]:
    """Read what follows FY; years in full stand for themselves (`FY 2019-20`)."""
    start = index + 1 + (reader.text(index + 1) == "'")
    is_name = reader.tokens.capital(index) or not reader.text(index).isascii()
    told = _years(reader, start) if is_name else None
    if told is None:
        return []
    if reader.words.get("fiscal", reader.text(index)) == "1":
        return [Found(index, told[1], calendar_span(told[0]), "fiscal")]  # CY22
    is_whole = (
        told[1] > index + 2
        and start == index + 1
        and len(reader.text(index + 1)) == 4
        and not reader.tokens.tight(index + 1)
    )
    return [_to_last(reader, index + is_whole, *told)]


def _to_last(reader: Reader, index: int, first: int, stop: int) -> Found:
    """Return the year that ends before token `stop`, or the years from it on: `FY16 to FY18`."""
    start = range_word(reader, stop)
    if start is not None:
        while reader.has("fiscal", start) or reader.has("fiscal_word", start) or reader.has("fiscal_year", start):
            start += 1
        last = _years(reader, start)
        told = is_until(reader, index, last[1] if last else start) or reader.text(stop).isascii()
        told = told and (not reader.has("and_word", stop) or is_between(reader, index, start))
        if last is not None and last[0] > first and told:
            return Found(index, last[1], interval(_span(first), _span(last[0])), "fiscal")
    return Found(index, stop, _span(first), "fiscal")


def _years(reader: Reader, index: int) -> tuple[int, int] | None:
    """Read `2019-20`, `2019-2020`, `19-20`, `2020`, `20`: the last year and the token after."""
    slashed = _slashed_year(reader, index)
    if slashed is not None:
        return slashed, index + 1
    first = _year(reader, index)
    if first is None:
        return None
    if reader.text(index + 1) not in ("-", "/"):
        return (first, index + 1) if first in MODERN and not reader.counts(index + 1) else None
    last = _year(reader, index + 2)
    if last == first + 1 and last in MODERN:
        return last, index + 3
    goes_on = reader.has("fiscal", index + 2) or (last is not None and first + 1 < last < first + _LONGEST)
    return (first, index + 1) if goes_on and reader.text(index + 1) == "-" else None


def _year(reader: Reader, index: int) -> int | None:
    year = reader.number(index)
    if year is None or len(reader.text(index)) not in (2, 4):
        return None
    return year + (2000 if len(reader.text(index)) == 2 else 0)


def _slashed_year(reader: Reader, index: int) -> int | None:
    """Read `2019/20`: the last year."""
    match = _SLASHED.fullmatch(reader.text(index))
    numbered = reader.has("number_word", index - 1 - (reader.text(index - 1) == "."))
    if match is None or numbered or is_glued(reader, index):
        return None
    first, last = map(int, match.groups())
    return first + 1 if (first + 1) % 100 == last else None
