"""Years without a month: by an era, a word, brackets, a name, or by nothing that makes them a count.

A number of four digits is a year where its context makes it one (`in 1610`, `सन् 1857`, `(1998)`), or, from 1800 on and
not round, where nothing makes it a count or the number of a thing (`the 2012 Olympics`, `2014 एशियाई खेल`), see `proof`.
`2000 लोग`, `Rs 2019`, `NGC 1985` are none.
"""

from typing import Final

from tithi.dates.anno import with_era
from tithi.dates.centuries import centuries, century_list
from tithi.dates.counted import is_counted
from tithi.dates.decades import decade_named, decades
from tithi.dates.early import early, years_from_christ
from tithi.dates.eras import era_dates
from tithi.dates.fiscal import MODERN, after_fiscal, fiscal_year
from tithi.dates.found import Evidence, Found
from tithi.dates.glued import is_glued
from tithi.dates.labels import is_amount, is_in_row, is_lettered, is_planned, is_tagged
from tithi.dates.proof import is_numbered_thing, is_of_event, is_turn
from tithi.dates.reader import Reader
from tithi.dates.round_years import is_round_year
from tithi.dates.signs import after_feast, is_about, is_circa, is_year_in_words, names_year
from tithi.dates.span import calendar_span
from tithi.dates.year_ranges import spaced_month, year_range

__all__ = ["year_list"]

#: Tokens of the longest list of years.
_LIST: Final = 24
#: Years up to here need no word to tell them; later ones are more often those of stories and other calendars.
_NEAR: Final = 2050
#: Years as people say them: seventeen seventy-six.
_IN_WORDS: Final = range(1500, 2101)


def year_list(reader: Reader, index: int) -> list[Found]:
    """Return the years, decades or centuries told together at a token."""
    is_figure = "0" <= reader.text(index)[0] <= "9"
    found = _of_era(reader, index, is_figure=is_figure) if reader.has_eras else []
    if found:
        return found
    if not is_figure:
        return fiscal_year(reader, index) if reader.has("fiscal", index) else []
    found = spaced_month(reader, index) if reader.text(index + 1) in ("-", "/") else []
    if not found and (len(reader.text(index)) >= 4 or after_fiscal(reader, index)):
        found = fiscal_year(reader, index) or year_range(reader, index) or _bare_year(reader, index)
    return found or early(reader, index)


def _of_era(reader: Reader, index: int, *, is_figure: bool) -> list[Found]:
    """Return what is told with an era, a decade or a century, in a text that holds a word for one."""
    found = era_dates(reader, index) if reader.has_other_eras else []
    if not is_figure:
        found = found or years_from_christ(reader, index) or decade_named(reader, index)
    found = found or century_list(reader, index) or centuries(reader, index)
    return found or (decades(reader, index) if is_figure else []) or with_era(reader, index)


def _bare_year(reader: Reader, index: int) -> list[Found]:
    year = reader.year(index)
    if year is None or (is_glued(reader, index) and not is_tagged(reader, index)) or is_lettered(reader, index):
        return []
    if is_counted(reader, index):
        return []
    evidence = _evidence(reader, index, year)
    return [] if evidence is None else [Found(index, index + 1, calendar_span(year), evidence)]


def _evidence(reader: Reader, index: int, year: int) -> Evidence | None:
    """Return what makes a number a year, None where nothing does."""
    before, after = reader.text(index - 1), reader.text(index + 1)
    is_round, is_modern = year % 100 == 0, year in MODERN
    named = reader.has("year_before", index - 1) and (
        not reader.has("year_name", index - 1) or names_year(reader, index)
    )
    if (named or is_circa(reader, index)) and (is_modern or not is_round or not before.isascii() or before == "year"):
        return "cue"
    is_early = not is_modern and (_is_turn(reader, index) or reader.has("part", index - 1))  # early 1611
    is_early = is_early or (before == "as" and reader.has("as_time", index - 2))
    if ((is_about(reader, index) or is_early) and not is_round) or (
        is_round and not is_modern and is_round_year(reader, index)
    ):
        return "cue"
    if reader.is_spelled(index):
        return "words" if year in _IN_WORDS and not is_round and is_year_in_words(reader, index) else None
    if is_modern or not is_round:
        if after in (")", ",", ";") if before == "(" else before == "," and after == ")":
            return "brackets"
        if reader.has("year_after", index + 1) or (
            after == "," and reader.has("in_word", index + 2) and not reader.has("from_word", index + 3)
        ):
            return "cue"
    is_told = not is_modern and (_opens_entry(reader, index) or (not is_round and _is_listed(reader, index)))
    return "cue" if is_told else _by_itself(reader, index, year)


def _is_listed(reader: Reader, index: int) -> bool:
    """Whether a number stands in a list of years that a word tells: `1563, 1593 और 1603 में`, `in 1563 and 1593`."""
    last, first = index, index
    while last < index + _LIST and _joins(reader, last + 1) and reader.year(last + 2) is not None:
        last += 2
    if last > index and reader.has("in_word", last + 1) and not reader.has("from_word", last + 2):
        return True
    while first > index - _LIST and _joins(reader, first - 1) and reader.year(first - 2) is not None:
        first -= 2
    return first < index and (reader.text(first - 1) == "in" or is_about(reader, first) or is_circa(reader, first))


def _joins(reader: Reader, index: int) -> bool:
    return reader.has("list_word", index) or reader.has("and_word", index)


def _is_amid(reader: Reader, index: int, year: int) -> bool:
    """Whether a round number stands amid years: `1896 Athens, 1900 Paris, 1904 St Louis`, `1999, 2000, 2001`."""
    for step in (2, 3):
        first, last = reader.year(index - step), reader.year(index + step)
        if first is not None and last is not None and first < year < last and (first % 100 or last % 100):
            return "," in (reader.text(index - 1), reader.text(index - step + 1))
    return False


def _is_heading(reader: Reader, index: int) -> bool:
    """Whether a round number opens a line of a chronicle (`2000 - लक्स पुरस्कार`), or events are told from it."""
    return _opens_entry(reader, index) or (_is_turn(reader, index) and reader.has("ke", index + 1))  # 2100 के बाद


def _opens_entry(reader: Reader, index: int) -> bool:
    """Whether a number opens a line of a chronicle: `1757: Battle of Plassey`, `1498 — वास्को द गामा आया`."""
    if index and reader.text(index - 1) != "\n":
        return False
    parts = reader.text(index + 1) == ":" or (reader.text(index + 1) == "-" and not _is_tied(reader, index + 1))
    return parts and reader.number(index + 2) is None and not reader.counts(index + 2)


def _is_tied(reader: Reader, index: int) -> bool:
    """Whether a mark has no blank on either side, or ends the text."""
    return reader.tokens.tight(index) and (index + 1 == len(reader.tokens) or reader.tokens.tight(index + 1))


def _is_turn(reader: Reader, index: int) -> bool:
    """Whether something happens in or around a number: `Treaty of 1494`, `1279 के बाद`; no `after 1279 men`."""
    if reader.has("ke", index + 1) and (reader.has("after_word", index + 2) or reader.has("ago", index + 2)):
        return True
    if reader.has("genitive", index + 1):  # 1789 की फ्रांसीसी क्रांति
        return any(reader.has("deed", index + ahead) for ahead in (2, 3, 4, 5))
    if reader.text(index - 1) == "of":
        return reader.has("happening", index - 2) and not reader.counts(index + 1)
    if reader.text(index - 1) in ("to", "from") and reader.has("date_back", index - 2):
        return True  # the fort dates to 1656
    return reader.has("as_year", index - 1) and (reader.ends(index + 1) or _is_name(reader, index + 1))


def _by_itself(reader: Reader, index: int, year: int) -> Evidence | None:
    """Return what makes a number a year where no word does: an event or a name beside it, or nothing that counts it."""
    if (
        (is_amount(reader, index) and not after_feast(reader, index))
        or is_in_row(reader, index)
        or (is_numbered_thing(reader, index, year) and not _is_listed(reader, index))
        or (year > _NEAR and year % 100 and not is_planned(reader, index))
    ):
        return None
    if year % 100 == 0:
        told = _is_heading(reader, index) or _is_amid(reader, index, year)
        told = told or reader.has("year_noun", index + 1 + reader.has("genitive", index + 1))
        return "modern" if year in MODERN and told else None
    if reader.text(index - 1) == "the" and _is_name(reader, index + 1):
        return "name"
    if year not in MODERN and not after_feast(reader, index):
        return None
    if is_of_event(reader, index):
        return "event"
    return "cue" if is_turn(reader, index) else "modern"


def _is_name(reader: Reader, index: int) -> bool:
    token = reader.token(index)
    return token is not None and token.kind == "word" and token.capital
