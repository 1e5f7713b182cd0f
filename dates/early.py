"""Years told from Christ in words (`ईसा से 326 वर्ष पूर्व`) and years of three figures.

A word names those of three figures (`साल 712 में`), or they are the life or reign of a name: `the Fatimids (909–1171)`.
"""

from typing import Final

from tithi.dates.eras import era_year
from tithi.dates.figures import of_two
from tithi.dates.found import Found
from tithi.dates.labels import is_label
from tithi.dates.reader import FIRST_YEAR, Reader
from tithi.dates.span import calendar_span, interval

__all__ = ["early", "years_from_christ"]

_EARLY: Final = range(100, 1000)
_JOINTS: Final = 4
#: Years of the longest life, reign or dynasty.
_LONGEST: Final = 800
_ROUND: Final = 5
_HALF: Final = 50
_SHORT: Final = 2
_HAPPENINGS: Final = ("deed", "event", "happening", "occasion", "short_event")
#: What people say of the wars they lived through without their century.
_OF_WARS: Final = range(39, 100)


def years_from_christ(reader: Reader, index: int) -> list[Found]:
    """Read `ईसा से 326 वर्ष पूर्व`, `ईसा के 78 साल बाद`."""
    if not reader.has("christ", index):
        return []
    start = index + 1
    while start < index + 1 + _JOINTS and reader.has("christ_joint", start):
        start += 1
    year = reader.number(start)
    if not year or start == index + 1 or reader.unit(start + 1) != "y":
        return []
    if reader.has("ago", start + 2) or reader.has("older", start + 2):
        return [Found(index, start + 3, era_year("B", year), "era")]
    return [Found(index, start + 3, era_year("A", year), "era")] if reader.has("after_word", start + 2) else []


def early(reader: Reader, index: int) -> list[Found]:
    """Read years of three figures, and of two behind an apostrophe."""
    figures = len(reader.text(index))
    if figures == 3:
        return _early_year(reader, index) or _early_range(reader, index)
    if figures == _SHORT and reader.text(index - 1) == "-" and reader.has("games", index - 2):
        return [Found(index, index + 1, calendar_span(of_two(int(reader.text(index)))), "cue")]  # Asiad-82
    if figures == _SHORT and _is_of_war(reader, index):
        start = index - (reader.text(index - 1) == "'" and reader.tokens.tight(index))
        return [Found(start, index + 1, calendar_span(of_two(int(reader.text(index)))), "cue")]
    return _short_year(reader, index) if figures == _SHORT and reader.text(index - 1) == "'" else []


def _is_of_war(reader: Reader, index: int) -> bool:
    """Whether two figures tell the year of a war or the like: `65 के युद्ध में`, `84 के दंगे`."""
    is_quoted = reader.text(index - 1) == "'" and reader.tokens.tight(index)
    happened = reader.has("war", index + 2) or (is_quoted and reader.has("short_event", index + 3))
    if not (reader.has("genitive", index + 1) and happened):
        return False
    return int(reader.text(index)) in _OF_WARS and not reader.is_spelled(index) and not is_label(reader, index)


def _early_year(reader: Reader, index: int) -> list[Found]:
    """Read `साल 712 में`, `वर्ष दो सौ सड़सठ में`, `in the year 712`; पिछले साल 500 में is a price."""
    year = reader.number(index)
    if year is None or year not in _EARLY:
        return []
    if not reader.has("year_name", index - 1):
        return (
            [Found(index, index + 1, era_year("A", year), "cue")] if year % _HALF and _is_of_life(reader, index) else []
        )
    if reader.text(index - 1).isascii():
        named = reader.text(index - 2) == "the" and not reader.counts(index + 1) and reader.text(index + 1) != "-"
    else:
        pointed = any(reader.has(kind, index - 2) for kind in ("shift", "period", "every", "genitive", "come_after"))
        in_it = reader.has("in_word", index + 1) and not reader.has("from_word", index + 2)
        in_it = in_it or (year % 10 > 0 and (reader.ends(index + 1) or reader.text(index + 1) == ""))
        is_sold = any(reader.has("sale", index + ahead) for ahead in range(2, 5))
        counted = reader.number(index - 2) is not None
        named = in_it and not pointed and not is_sold and not counted
    return [Found(index, index + 1, era_year("A", year), "cue")] if named else []


def _short_year(reader: Reader, index: int) -> list[Found]:
    """Read `born in '97`, `the class of '05`: years of this century up to 29; no `in '97'` in quotes."""
    year = reader.number(index)
    if year is None or not reader.tokens.tight(index):
        return []
    told = reader.has("short_before", index - 2) or reader.has("games", index - 2) or _is_of_event(reader, index)
    if not told or reader.text(index + 1) in (
        "'",
        "s",
        "%",
    ):
        return []
    if reader.text(index - 3) == "class" and reader.tokens.capital(index - 3):
        return []  # Class of '83, the film
    return [Found(index - 1, index + 1, calendar_span(of_two(year)), "cue")]


def _is_of_event(reader: Reader, index: int) -> bool:
    """Whether something happened in the year of two figures: the '71 war, the '83 World Cup, the '99 Kargil war."""
    happened = (reader.has(kind, index + ahead) for kind in _HAPPENINGS for ahead in (1, 2))
    return reader.text(index - 2) == "the" and any(happened)


def _is_of_life(reader: Reader, index: int) -> bool:
    """Whether someone is born, dies or wins in a year of three figures: `died in 632.`, `712 में सिंध पर आक्रमण`."""
    if reader.text(index - 1) == "in":
        told = any(reader.has("life_verb", index - back) for back in range(2, 6))
        return told and (reader.ends(index + 1) or reader.text(index + 1) == "" or reader.has("year_behind", index + 1))
    if not reader.has("in_word", index + 1) or reader.has("from_word", index + 2) or is_label(reader, index):
        return False
    if reader.has("label_alone", index - 1):
        return False
    if reader.has("life_event", index - 1) and reader.has("happens", index + 2):
        return True  # रोम का पतन 476 में हुआ
    ahead = range(index + 2, index + 7)
    event = next((place for place in ahead if reader.has("life_event", place)), index)
    return all(reader.number(place) is None for place in range(index + 2, event)) and event > index


def _early_range(reader: Reader, index: int) -> list[Found]:
    """Read the life or reign of a name in brackets that began in a year of three figures: `Avicenna (980–1037)`.

    What both ends in 0 or 5 may as well be a measure (`(150-450)`), if no word for a reign stands before.
    """
    first, last = reader.number(index), reader.number(index + 2)
    if first is None or last is None or first not in _EARLY or not first < last <= first + _LONGEST:
        return []
    if reader.text(index + 1) != "-" or reader.text(index + 3) != ")":
        return []
    reigned = reader.text(index - 1) == "." and reader.has("reign", index - 2)
    name = index - (4 if reigned else 2)
    if reader.text(name + 1) != "(" or not (reigned or _is_of_name(reader, name, first, last)):
        return []
    return [Found(index, index + 3, interval(calendar_span(first), calendar_span(last)), "brackets")]


def _is_of_name(reader: Reader, index: int, first: int, last: int) -> bool:
    """Whether the word before a bracket names who lived or reigned from one year to another."""
    if any(reader.has("dynasty", place) for place in (index - 1, index, index + 6)):
        return True
    is_round = first % _ROUND == 0 == last % _ROUND
    if is_round or index < 0 or any(reader.has(kind, index) for kind in ("label", "label_alone", "price", "count")):
        return False
    if not reader.text(index).isascii():
        return last >= FIRST_YEAR and reader.tokens.kind(index) == "word"
    opens = index == 0 or reader.has("sentence_end", index - 1) or reader.text(index - 1) == "\n"
    return reader.tokens.capital(index) and (last >= FIRST_YEAR or not opens)
