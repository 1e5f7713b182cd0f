"""Numbers that are counted as one before them in the sentence is: `1998 rupees, up from 1903`, `2014 votes, SP 1985`.

What they count is told once, with the first; the others are compared with it (`up from`, `against`, पहले) or follow it
in a list, each behind its name (`चना 1950 रुपये, सरसों 1985 और`) or before its place (`Rs 1950 in Pune, 1985 in Goa`).
"""

from typing import Final

from tithi.dates.proof import is_of_event
from tithi.dates.reader import Reader

__all__ = ["is_alike"]

#: Tokens between a number that is counted and the next like it, and words of the name that stands before that.
_REACH: Final = 14
_NAME: Final = 4
_FULL: Final = 4
_PLURAL: Final = 4
_SIGNS: Final = ("$", "₹", "€", "£")


def is_alike(reader: Reader, index: int) -> bool:
    """Whether a number before it in the sentence is counted, and the one at the token is compared or listed with it."""
    if reader.text(index - 1) not in ("in", "since") and reader.text(index + 1) == "in" and reader.year(index + 2):
        return reader.has("plain", index - 1) or reader.has("clause_mark", index - 1)  # 1850 in 2011
    if reader.has("in_word", index + 1) or reader.has("year_name", index - 1):
        return False
    counted = _counted(reader, index)
    if counted is None:
        return False
    return _is_compared(reader, index) or _is_listed(reader, index, counted)


def _counted(reader: Reader, index: int) -> int | None:
    """Return the nearest number of four figures before a token that a unit or a sign of money counts."""
    for place in range(index - 2, max(-1, index - 2 - _REACH), -1):
        if reader.has("sentence_end", place) and not reader.has("money", place - 1):
            return None
        if reader.text(place) == "\n":
            return None
        if len(reader.text(place)) == _FULL and reader.number(place) is not None and _has_unit(reader, place):
            return place
    return None


def _has_unit(reader: Reader, place: int) -> bool:
    before = place - 1 - (reader.text(place - 1) == ".")
    if reader.has("money", before) or reader.text(place - 1) in _SIGNS:
        return True
    if reader.text(place - 1) in ("in", "since") or reader.unit(place + 1) is not None:
        return False
    return reader.counts(place + 1) or _are_things(reader, place + 1)


def _are_things(reader: Reader, index: int) -> bool:
    """Whether a token is an English noun in the plural, in small letters."""
    word = reader.text(index)
    is_plural = word.isascii() and word.endswith("s") and not word.endswith("ss") and len(word) >= _PLURAL
    is_none = reader.tokens.capital(index) or reader.has("event", index) or reader.has("plain", index)
    return is_plural and not is_none


def _is_compared(reader: Reader, index: int) -> bool:
    """Whether a number is what another is held against: `up from 1903`, `against 1875`, पहले 1903 था; no 2019 levels."""
    after = index + 1
    if after < len(reader.tokens) and reader.tokens.kind(after) == "word" and not reader.has("plain", after):
        return False
    if reader.has("compares", index - 1):
        return not reader.has("genitive", after) or reader.has("copula", after + 1)
    goes = any(reader.has("change", index - back) for back in range(2, _REACH))
    return goes and reader.text(index - 1) == "from" and reader.text(after) not in ("to", "-")


def _is_listed(reader: Reader, index: int, counted: int) -> bool:
    """Whether a comma or `and` parts a number from the one that is counted, with no more than a name before it."""
    start = index
    while start > max(counted, index - _NAME) and reader.tokens.kind(start - 1) == "word":
        if reader.has("and_word", start - 1):
            break
        start -= 1
    if start == index and reader.text(index - 1) == "," and reader.ends(index + 1):
        name = index - 2
        while name > max(counted, index - 2 - _NAME) and reader.tokens.kind(name) == "word":
            name -= 1
        return name < index - 2 and reader.text(name) == ";"  # 1998 km; the bike, 2011.
    if start - 1 <= counted or not _parts(reader, start - 1):
        return False
    if start == index:  # and 1985 in Goa
        told = reader.text(index + 1) in ("in", "before", "of", "on") or _are_things(reader, index + 1)
        return told and reader.number(index - 2) is None
    name = index - 1
    if reader.has("year_before", name) or reader.text(name) == "the" or reader.text(name).endswith("ed"):
        return False
    if is_of_event(reader, index) and not reader.has("ballots", counted + 1):
        return False
    ends = reader.ends(index + 1) or _parts(reader, index + 1) or reader.text(index + 1) in ("", "\n")
    is_told = reader.has("postposition", name) and reader.has("genitive", index + 1) and reader.has("copula", index + 2)
    is_got = reader.has("postposition", name) and reader.has("many_verb", index + 1)
    return ends or is_told or is_got or reader.has("on_word", index + 1)


def _parts(reader: Reader, index: int) -> bool:
    return reader.has("clause_mark", index) or reader.has("and_word", index)
