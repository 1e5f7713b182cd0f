"""Numbers of things or people by the plural or the verb behind: `1857 bullocks were sold`, `1812 गिद्ध मिले`."""

from typing import Final

from tithi.dates.proof import is_of_event
from tithi.dates.reader import Reader

__all__ = ["are_many"]

#: Tokens from a number to the verb of what it counts, and letters of a plural that is shorter than any noun.
_MANY: Final = 6
_SHORTEST: Final = 3


def are_many(reader: Reader, index: int) -> bool:
    """Whether a noun in the plural or a verb behind the number at a token tells that it is of as many."""
    return any(told(reader, index) for told in (_are_told, _do_theirs, _counts_things, _does_many))


def _are_told(reader: Reader, index: int) -> bool:
    """Whether something is said of a number of people: `1950 were discharged`; no `elections 2019 were`."""
    if not reader.has("plural_verb", index + 1) or reader.is_spelled(index) or reader.number(index - 2) is not None:
        return False
    is_told = reader.has("year_before", index - 1) or reader.text(index - 1) in ("of", "the", "to")
    is_titled = reader.text(index - 1) == "," and index > 1 and reader.tokens.capital(index - 2)  # the Rules, 2016 are
    return not (is_told or is_titled or reader.text(index - 1).endswith("s"))


def _do_theirs(reader: Reader, index: int) -> bool:
    """Whether a number is of those who do something: `1902 lost their deposits`, `and 1998 more`, `1998 और लोग`."""
    if reader.text(index + 1) == "more":
        return reader.text(index - 1) not in ("in", "since")
    if reader.has("and_word", index + 1) and reader.counts(index + 2):
        return not reader.text(index + 1).isascii()
    return reader.text(index + 2) == "their" and reader.has("their_deed", index + 1)


def _does_many(reader: Reader, index: int) -> bool:
    """Whether a Hindi verb in the plural tells of as many as a number: `1812 गिद्ध मिले`, `1962 घाट तैयार किए गए`."""
    if reader.text(index + 1).isascii() or reader.has("plain", index + 1):
        return False
    for place in range(index + 2, min(index + _MANY, len(reader.tokens))):
        if reader.has("many_verb", place):
            return not any(is_of_event(reader, back) for back in range(index, place))
        if reader.tokens.kind(place) != "word" or reader.has("plain", place):
            return False
    return False


def _counts_things(reader: Reader, index: int) -> bool:
    """Whether an English number is one of things: `1857 bullocks were sold`, `has 1947 branches`; no `2012 polls`."""
    opens = not index or reader.has("sentence_end", index - 1) or reader.text(index - 1) == "\n"
    things = index + 1
    if opens and not _are_things(reader, things) and not reader.has("plain", things) and reader.has("are", things + 2):
        return not is_of_event(reader, index) and _are_things(reader, things + 1)  # 2014 changing rooms were
    if not _are_things(reader, things):
        return False
    does = reader.has("are", index + 2) or reader.text(index + 2).endswith("ed")
    return does if opens else reader.has("holds", index - 1)


def _are_things(reader: Reader, index: int) -> bool:
    """Whether an English noun in the plural, in small letters, stands at a token."""
    word = reader.text(index)
    is_plural_noun = word.isascii() and word.endswith("s") and len(word) > _SHORTEST
    return is_plural_noun and not reader.has("event", index) and not reader.tokens.capital(index)
