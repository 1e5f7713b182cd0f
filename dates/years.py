"""Years without a month, year ranges, decades, centuries, and years before Christ.

A number of four digits is a year where its context makes it one (`in 1610`, `सन् 1857`, `(1998)`), or, from 1800 on and
not round, where nothing makes it a count (`the 2012 Olympics`, `2014 एशियाई खेल`). `2000 लोग`, `Rs 2019` are none.
"""

import re
from typing import Final

from tithi.dates.eras import era_at, era_dates, era_year
from tithi.dates.grammar import Parts, date_parts, parts_span, range_word
from tithi.dates.reader import Reader
from tithi.dates.span import DateSpan, calendar_span, century_span, decade_span, interval
from tithi.numerals.words import ordinal_word

__all__ = ["year_list"]

_Found = tuple[int, int, DateSpan]
_MODERN: Final = range(1800, 2101)
_FINANCIAL: Final = re.compile("([0-9]{4})/([0-9]{2})")


def year_list(reader: Reader, index: int) -> list[_Found]:
    """Return the years, decades or centuries told together at a token, as (start token, stop token, span)."""
    found: list[_Found] = []
    if reader.has_eras:
        found = (
            (era_dates(reader, index) if reader.has_other_eras else [])
            or _centuries(reader, index)
            or _decade_word(reader, index)
            or _decades(reader, index)
            or _with_era(reader, index)
        )
    if found:
        return found
    if not "0" <= reader.text(index)[0] <= "9":
        return _fiscal(reader, index) if reader.has("fiscal", index) else []
    found = _spaced_month(reader, index) if reader.text(index + 1) in ("-", "/") else []
    if not found and len(reader.text(index)) >= 4:
        found = _year_range(reader, index) or _bare_year(reader, index)
    return found


def _spaced_month(reader: Reader, index: int) -> list[_Found]:
    """Read `2016 - 11`, `11 -2016`, `2016 / 11`: a month in figures, where nothing counts what follows."""
    if index + 2 >= len(reader.tokens) or reader.is_glued(index):
        return []
    if reader.tokens.tight(index + 1) and reader.tokens.tight(index + 2):
        return []
    texts = reader.text(index), reader.text(index + 2)
    first, last = (int(text) if text.isdecimal() and len(text) in (2, 4) else 0 for text in texts)
    year, month = (first, last) if len(texts[0]) == 4 else (last, first)
    ends = index + 3 == len(reader.tokens) or reader.has("postposition", index + 3) or reader.text(index + 3) in ".,;।)"
    if year not in _MODERN or not 1 <= month <= 12 or not ends or (year % 100 < month and year == first):
        return []
    return [(index, index + 3, calendar_span(year, month))]


def _joins(reader: Reader, index: int) -> bool:
    return any(reader.has(kind, index) for kind in ("range_word", "and_word", "list_word"))


def _ordinal(reader: Reader, index: int, *, follows: bool = False) -> tuple[int, int] | None:
    """Read `21वीं`, `21 वीं`, `21st`, `उन्नीसवीं`, `twenty-first`: the number and the token after."""
    value = reader.number(index)
    if value is None:
        word = ordinal_word(reader.text(index))
        return None if word is None else (word, index + 1)
    if value == 20 and reader.text(index + 1) == "-" and (unit := ordinal_word(reader.text(index + 2))) is not None:
        return value + unit, index + 3
    if not 1 <= value <= 40 or not reader.has("ordinal_suffix", index + 1):
        return None
    return None if reader.is_glued(index) and not follows else (value, index + 2)


def _centuries(reader: Reader, index: int) -> list[_Found]:
    """Read `21वीं सदी`, `18th and 19th centuries`, `17वीं से 19वीं सदी`, `ईसा पूर्व 5वीं शताब्दी`."""
    before = _era(reader, index)
    first = _ordinal(reader, index if before is None else before[1])
    if first is None:
        return []
    value, stop = first
    last = None
    second = stop + 1 + reader.has("part", stop + 1)
    if _joins(reader, stop):
        last = _ordinal(reader, second, follows=True)
    end = stop if last is None else last[1]
    end += reader.text(end) == "-"
    token = reader.token(end)
    if token is None or reader.unit(end) != "C":
        return []
    end += 1
    after = _era(reader, end)
    era = before or after
    end = end if after is None else after[1]
    is_before = era is not None and era[0]
    spans = [century_span(number, before_christ=is_before) for number in (value, *(() if last is None else last[:1]))]
    if last is None:
        return [(index, end, spans[0])]
    if reader.has("range_word", stop):
        return [(index, end, interval(*spans))]
    return [(index, stop, spans[0]), (second, end, spans[1])]


def _decade_year(reader: Reader, index: int) -> int | None:
    """The first year of the decade that a number names: 1990, or 90 for 1990."""
    value = reader.number(index)
    if value is None or value % 10 or (reader.is_glued(index) and reader.text(index - 1) != "'"):
        return None
    if 1000 <= value <= 2190:
        return value
    return 1900 + value if 20 <= value <= 90 else None


def _decade_word(reader: Reader, index: int) -> list[_Found]:
    """Read `the late seventies`, `mid-seventies`."""
    year = reader.words.get("decade", reader.text(index))
    before = index - 1 - (reader.text(index - 1) == "-")
    if year is None or not (reader.text(before) == "the" or reader.has("part", before)):
        return []
    return [(index, index + 1, decade_span(int(year)))]


def _decades(reader: Reader, index: int) -> list[_Found]:
    """Read `the 1990s`, `'90s`, `1990 के दशक`, `1960 और 70 के दशक`."""
    first = _decade_year(reader, index)
    if first is None:
        return []
    stop = _after_decade(reader, index + 1)
    if stop is not None:
        if reader.number(index) == first - 1900 and reader.has("own", index - 1):
            return []
        return [(index, stop, _decade(first))]
    joint = reader.text(index + 1)
    last = _decade_year(reader, index + 2) if _joins(reader, index + 1) else None
    if last is None and joint == "-" and reader.number(index + 2) is not None:
        short = reader.number(index + 2)
        last = first - first % 100 + short if short is not None and short % 10 == 0 else None
    stop = _after_decade(reader, index + 3)
    if last is None or stop is None or last <= first:
        return []
    if reader.has("range_word", index + 1):
        return [(index, stop, interval(_decade(first), _decade(last)))]
    return [(index, index + 1, _decade(first)), (index + 2, stop, _decade(last))]


def _decade(year: int) -> DateSpan:
    """The 1990s are ten years; the 1800s are the century, as both languages use them."""
    return century_span(year // 100 + 1) if year % 100 == 0 and year < 2000 else decade_span(year)


def _after_decade(reader: Reader, index: int) -> int | None:
    """The token after `s`, `'s`, `के दशक`, `का दशक`, None where none of them stands."""
    token = reader.token(index)
    if token is not None and token.text == "'" and token.tight:
        if not (reader.text(index - 2) == "the" or reader.has("part", index - 2)):
            return None
        index += 1
        token = reader.token(index)
    if token is not None and token.text == "s" and token.tight:
        return index + 1
    if reader.text(index) in ("के", "का", "की", "वाले"):
        index += 1
    token = reader.token(index)
    return index + 1 if token is not None and reader.unit(index) == "D" and not token.text.isascii() else None


def _era(reader: Reader, index: int) -> tuple[bool, int] | None:
    """Read `ईसा पूर्व`, `ई.पू.`, `BC`, `ईस्वी`, `AD`: whether it is before Christ, and the token after."""
    era = era_at(reader, index)
    return None if era is None or era[0] not in "BA" else (era[0] == "B", era[1])


def _any_year(reader: Reader, index: int) -> int | None:
    """A number that can be a year where the era is told."""
    token = reader.token(index)
    if token is None or (reader.is_glued(index) and reader.text(index - 1) != "-"):
        return None
    if token.kind == "amount" and len(token.text) <= 7 and "." not in token.text:
        return int(token.text.replace(",", ""))
    return reader.number(index)


def _with_era(reader: Reader, index: int) -> list[_Found]:
    """Read `322 ईसा पूर्व`, `ईसा पूर्व 322`, `322-185 BC`, `AD 79`, `सन् 79`."""
    era = _era(reader, index)
    if era is not None and reader.tokens[index].text != "ई":
        year = _any_year(reader, era[1])
        return [] if year is None else [(index, era[1] + 1, _era_year(year, before=era[0]))]
    if reader.text(index) in ("सन", "सन्"):
        year = _any_year(reader, index + 1)
        if year is None or _era(reader, index + 2) is not None or year >= 1000:
            return []
        if year < 100:  # सन् 47, सन् साठ: of the last century
            year += 1900 if year >= 20 else 3000
        too_late = year > 2999 or reader.text(index + 2) == "-"
        return [] if too_late else [(index + 1, index + 2, _era_year(year, before=False))]
    year = _any_year(reader, index)
    if year is None or reader.is_glued(index):
        return []
    stop, last = index + 1, None
    if reader.has("range_word", stop):
        last = _any_year(reader, stop + 1)
        stop += 0 if last is None else 2
    era = _era(reader, stop)
    if era is None:
        return []
    end = _era_year(last if last is not None else year, before=era[0])
    span = end if last is None else interval(_era_year(year, before=era[0] and year >= (last or 0)), end)
    return [(index, era[1], span)]


def _era_year(year: int, *, before: bool) -> DateSpan:
    return era_year("B" if before else "A", year)


def _year_range(reader: Reader, index: int) -> list[_Found]:
    """Read `1914-18`, `2010–2015`, `1939 से 1945 तक`, `from 1939 to 1945`, `2016-11` (a month), `2019/20`."""
    slashed = _financial_year(reader, index)
    if slashed is not None:
        return [(index, index + 1, slashed)]
    first, stop = reader.year(index), range_word(reader, index + 1)
    if first is None or stop is None or reader.is_glued(index) or _is_counted(reader, index):
        return []
    if reader.text(index + 1) == "-" and len(reader.text(stop)) == 2:
        return _short_range(reader, index, first)
    parts = date_parts(reader, stop, in_range=True) or Parts(stop, stop + 1, reader.year(stop))
    if (
        parts.year is None
        or parts.year <= first
        or (first % 100 == 0 == parts.year % 100 and reader.counts(parts.stop))
    ):
        return []
    loose = reader.has("and_word", index + 1) or (reader.text(index + 1) == "से" and reader.text(parts.stop) == "में")
    if loose and not reader.is_until(index, parts.stop):
        return []
    return [(index, parts.stop, interval(calendar_span(first), parts_span(parts)))]


def _financial_year(reader: Reader, index: int) -> DateSpan | None:
    match = _FINANCIAL.fullmatch(reader.text(index)) if reader.tokens[index].kind == "numeric" else None
    if match is None or reader.is_glued(index):
        return None
    first, last = map(int, match.groups())
    return interval(calendar_span(first), calendar_span(first + 1)) if (first + 1) % 100 == last else None


def _fiscal(reader: Reader, index: int) -> list[_Found]:
    """Read `FY20`, `FY 2020`: the financial year that ends in 2020, as India counts."""
    text, year = reader.text(index + 1), reader.number(index + 1)
    if (
        year is None
        or len(text) not in (2, 4)
        or not reader.tokens.capital(index)
        or reader.text(index + 2) in ("-", "/")
    ):
        return []
    year += 2000 if len(text) == 2 else 0
    if year not in _MODERN:
        return []
    return [(index, index + 2, interval(calendar_span(year - 1), calendar_span(year)))]


def _short_range(reader: Reader, index: int, first: int) -> list[_Found]:
    """Read `1914-18`; where the second number is not later it is a month (`2016-11`)."""
    last, after = reader.number(index + 2), reader.token(index + 3)
    tight = reader.tokens[index + 1].tight and reader.tokens[index + 2].tight
    if last is None or not tight or (after is not None and after.tight and after.kind != "mark"):
        return []
    if last > first % 100 or (last == 0 and first % 100 == 99):
        end = first - first % 100 + last + (100 if last == 0 else 0)
        return [(index, index + 3, interval(calendar_span(first), calendar_span(end)))]
    is_month = 1 <= last <= 12 and first in _MODERN and not reader.counts(index + 3)
    return [(index, index + 3, calendar_span(first, last))] if is_month else []


def _bare_year(reader: Reader, index: int) -> list[_Found]:
    year = reader.year(index)
    if year is None or reader.is_glued(index) or _is_counted(reader, index):
        return []
    before, after = reader.text(index - 1), reader.text(index + 1)
    is_round, is_modern = year % 100 == 0, year in _MODERN
    told = (reader.has("year_before", index - 1) or _is_circa(reader, index)) and (
        is_modern or not is_round or not before.isascii()
    )
    if not told and not reader.is_spelled(index):
        cited = after in (")", ",", ";") if before == "(" else before == "," and after == ")"
        told = (is_modern and not is_round) or ((is_modern or not is_round) and (cited or after in ("में", "तक", "से")))
        told = told or (before == "the" and not is_round and _is_name(reader, index + 1))
    return [(index, index + 1, calendar_span(year))] if told else []


def _is_circa(reader: Reader, index: int) -> bool:
    """Whether `c.` or `ca.` stands before."""
    return reader.has("circa", index - 2) and reader.text(index - 1) == "."


def _is_name(reader: Reader, index: int) -> bool:
    token = reader.token(index)
    return token is not None and token.kind == "word" and token.capital


def _is_counted(reader: Reader, index: int) -> bool:
    """Whether what stands around a number makes it a count, an amount or a label."""
    before, after = reader.text(index - 1), reader.text(index + 1)
    if before in ("सन", "सन्", "वर्ष", "साल", "year"):
        return False
    if reader.has("money", index - 1) or before in ("$", "₹", "€", "£", "#", "№"):
        return True
    is_modern = reader.number(index) in _MODERN
    if reader.has("count_before", index - 1) and not (after == "तक" and is_modern):
        return True
    if (after == "में" and reader.text(index + 2) == "से") or (after == "से" and reader.has("more", index + 2)):
        return True
    if after == "-" and reader.number(index + 2) and reader.tokens.tight(index + 2) and reader.counts(index + 3):
        return True  # 1998-12 votes
    counted = index + 2 if after == "-" else index + 1
    is_coin = reader.has("coin", counted)
    return reader.counts(counted) and not (before in ("in", "since") and is_modern and not is_coin)
