"""Years before and after Christ: `322 ईसा पूर्व`, `322-185 BC`, `27 BC to 14 AD`, `AD 79`, `सन् 47`."""

from dataclasses import replace
from typing import Final

from tithi.dates.decades import decades
from tithi.dates.edges import is_between, is_until
from tithi.dates.eras import christian_era, era_at, era_year
from tithi.dates.found import Found
from tithi.dates.glued import is_glued
from tithi.dates.grammar import range_word
from tithi.dates.parts import Parts
from tithi.dates.reader import Reader
from tithi.dates.signs import after_circa
from tithi.dates.span import DateSpan, calendar_span, interval

__all__ = ["in_era", "with_era"]

_THREE_FIGURES: Final = 100
_SHORT: Final = 2
#: The least year to which its era may be tied without a stop: `47AD`.
_SHORTEST: Final = 10


def _any_year(reader: Reader, index: int) -> int | None:
    """A number that can be a year where the era is told."""
    token = reader.token(index)
    if token is None or (is_glued(reader, index) and reader.text(index - 1) != "-" and not _is_again(reader, index)):
        return None
    if token.kind == "amount" and len(token.text) <= 7 and "." not in token.text:
        return int(token.text.replace(",", ""))
    return reader.number(index)


def _is_again(reader: Reader, index: int) -> bool:
    """Whether a year of another era stands before a number: `105 AH/723 CE`."""
    era = era_at(reader, index - 2) if reader.text(index - 1) == "/" else None
    return era is not None and era[1] == index - 1


def with_era(reader: Reader, index: int) -> list[Found]:
    """Read `322 ईसा पूर्व`, `ईसा पूर्व 322`, `322-185 BC`, `AD 79`, `सन् 79`."""
    era = christian_era(reader, index)
    if era is not None and (era[0] or not reader.has("era_behind", index) or _opens_year(reader, index, era[1])):
        return _behind_era(reader, index, *era)
    if reader.has("anno", index):
        return _behind_anno(reader, index + 1)
    year = _any_year(reader, index)
    if year is None or (is_glued(reader, index) and not _is_again(reader, index)):
        return []
    stop, last = index + 1, None
    if reader.has("range_word", stop) or reader.has("and_word", stop):
        place = after_circa(reader, stop + 1)
        last = _any_year(reader, place)
        stop = stop if last is None else place + 1
    era = christian_era(reader, stop)
    is_list = last is not None and reader.has("and_word", index + 1)
    if era is None or (is_list and not is_between(reader, index, era[1])):
        return []
    if last is None:
        is_class = year < _SHORTEST and reader.tokens.tight(stop) and era[1] == stop + 1  # कक्षा 6ई
        return [] if is_class else _to_era(reader, index, _era_year(year, before=era[0]), era[1])
    last = last if era[0] else _in_full(reader, index, year, last)
    end = _era_year(last, before=era[0])
    span = interval(_era_year(year, before=era[0] and year >= last), end)
    return [Found(index, era[1], span, "era")]


def in_era(reader: Reader, parts: Parts) -> Parts:
    """Return a day or month with the era behind its year: `15 March 44 BC`, `20 जून 712 ई.`; as it is without one."""
    if not reader.has_eras or parts.month is None:
        return parts
    place = parts.stop - 1
    if parts.year is None:
        place = parts.stop + (reader.text(parts.stop) == ",")
    year = _any_year(reader, place) if parts.year is None else parts.year
    era = None if year is None else christian_era(reader, place + 1)
    if year is None or era is None:
        return parts
    return replace(parts, stop=era[1], year=1 - year if era[0] else year)


def _in_full(reader: Reader, index: int, first: int, last: int) -> int:
    """Return the last year of `589-91 ई.`, `1519-20 ई.` with the figures that it takes from the first."""
    if last >= first or reader.text(index + 1) != "-" or len(reader.text(index + 2)) != _SHORT:
        return last
    whole = first - first % 100 + last
    return whole if whole > first else last


def _opens_year(reader: Reader, index: int, stop: int) -> bool:
    """Whether `ई.` stands before its year: `ई. 78 में`, `ई.स. 1526`; no `बी.ई. 2019` and no `ई. 5 नंबर`."""
    follows = any(reader.has(kind, stop + 1) for kind in ("in_word", "from_word", "until"))
    return reader.text(index - 1) != "." and reader.number(index - 1) is None and (stop > index + 2 or follows)


def _to_era(reader: Reader, index: int, first: DateSpan, stop: int) -> list[Found]:
    """Read the rest of `322 BCE to 185 BCE`, `27 BC – 14 AD`, `322 ईसा पूर्व से 185 ईसा पूर्व तक` behind its first year."""
    start = after_circa(reader, stop + 1)
    ahead = christian_era(reader, start) if reader.has("range_word", stop) else None
    year = None if ahead is None else _any_year(reader, ahead[1])
    if ahead is not None and year is not None and not reader.has("era_behind", start):
        return [Found(index, ahead[1] + 1, interval(first, _era_year(year, before=ahead[0])), "era")]
    year = _any_year(reader, start) if reader.has("range_word", stop) else None
    era = None if year is None else christian_era(reader, start + 1)
    if year is None or era is None or not (reader.text(stop).isascii() or reader.has("until", era[1])):
        return [Found(index, stop, first, "era")]
    return [Found(index, era[1], interval(first, _era_year(year, before=era[0])), "era")]


def _behind_era(reader: Reader, index: int, before: bool, start: int) -> list[Found]:
    """Read the year or years behind an era: `ईसा पूर्व 322`, `ईसा पूर्व 322 से 185 तक`."""
    year = _any_year(reader, start)
    if year is None or reader.has("ordinal_suffix", start + 1):
        return []
    last = _any_year(reader, start + 2) if reader.has("range_word", start + 1) else None
    again = christian_era(reader, start + 2) if last is None and reader.has("range_word", start + 1) else None
    end = None if again is None else _any_year(reader, again[1])
    if again is not None and end is not None and is_until(reader, index, again[1] + 1):
        span = interval(_era_year(year, before=before), _era_year(end, before=again[0]))
        return [Found(index, again[1] + 1, span, "era")]
    if last is None or (last < year) != before or not (reader.text(start + 1) == "-" or reader.has("until", start + 3)):
        return [Found(index, start + 1, _era_year(year, before=before), "era")]
    span = interval(_era_year(year, before=before), _era_year(last, before=before))
    return [Found(index, start + 3, span, "era")]


def _behind_anno(reader: Reader, index: int) -> list[Found]:
    """Read `सन् 79`, `सन् 47` and `सन् साठ` of the last century, `सन 60 के दशक`."""
    told = decades(reader, index)
    if told:
        return told
    year = _any_year(reader, index)
    if year is None or christian_era(reader, index + 1) is not None or year >= 1000:
        return []
    stop = range_word(reader, index + 1) if year >= _THREE_FIGURES else None
    stop = None if stop is None else stop + reader.has("anno", stop)
    last = None if stop is None else _any_year(reader, stop)
    if stop is not None and last is not None and last > year and reader.has("until", stop + 1):
        return [Found(index, stop + 1, interval(calendar_span(year), calendar_span(last)), "cue")]
    if year < 100:
        year += 1900 if year >= 20 else 3000
    too_late = year > 2999 or reader.text(index + 1) == "-"
    return [] if too_late else [Found(index, index + 1, _era_year(year, before=False), "cue")]


def _era_year(year: int, *, before: bool) -> DateSpan:
    return era_year("B" if before else "A", year)
