"""Numbers that tell how many of a whole: `Of the 2014 voters, 1998 cast`, `2019 केंद्रों में से`, `जिनमें 1975 ठीक हुए`."""

from typing import Final

from tithi.dates.labels import is_plural
from tithi.dates.reader import Reader

__all__ = ["is_out_of", "is_share"]

#: Tokens between what tells a whole and the number of a part: `Of the 2014 voters on the list, 1998`.
_WHOLE: Final = 8


def is_share(reader: Reader, index: int) -> bool:
    """Whether a number tells how many of a whole: `Of the 2014 voters, 1998 cast`, `जिनमें 1975 ठीक हुए`."""
    before = reader.text(index - 1)
    if not before.isascii():
        return _is_hindi_share(reader, index)
    if before == "of":
        counted = _opens_whole(reader, index - 1) and reader.text(index + 1).endswith("s")
        is_group = reader.has("group", index - 2) and reader.text(index - 3) in ("a", "an")
        return counted or is_group or reader.text(index - 2) == "total"
    if before == "the" and _opens_whole(reader, index - 2):
        return _is_plural(reader, index + 1)
    if not (before == "," or reader.has("of_whom", index - 1)) or not reader.text(index + 1).isalpha():
        return False
    start = index - 1 - (before == ",")
    back = start
    while back > start - _WHOLE and reader.text(back).isalnum():
        if _opens_whole(reader, back):
            return True
        back -= 1
    return before == "," and reader.text(start) == "all" and reader.text(start - 1) == "in"


def _is_plural(reader: Reader, index: int) -> bool:
    """Whether an English plural that is no event stands at a token, or behind one more word: pending cases."""
    for place in (index, index + 1):
        if any(reader.has(kind, place) for kind in ("event", "occasion", "deed", "happening")):
            return False
        if place >= len(reader.tokens) or reader.tokens.capital(place):
            return False
        if reader.text(place).endswith("s"):
            return True
    return False


def _names_whole(reader: Reader, index: int) -> bool:
    """Whether जिनमें or जिनमें से ends at a token."""
    return reader.has("whole", index - reader.has("from_word", index))


def _opens_whole(reader: Reader, index: int) -> bool:
    """Whether `Of`, `Out of`, `Among` open a sentence: what stands behind tells a whole, then its parts."""
    opens = reader.has("whole_before", index) and reader.tokens.capital(index - (reader.text(index - 1) == "out"))
    return opens and reader.text(index + 1) not in ("course", "all")


def is_out_of(reader: Reader, index: int) -> bool:
    """Whether में से stands behind a number, or behind the many that it counts: `2019 आंगनबाड़ी केंद्रों में से`."""
    place = index + 1
    while place < index + 3 and not reader.has("in_word", place) and not reader.has("event", place):
        if is_plural(reader, place) and reader.has("in_word", place + 1):
            place += 1
            break
        place += 1
    return reader.has("in_word", place) and reader.has("from_word", place + 1)


def _is_hindi_share(reader: Reader, index: int) -> bool:
    """Whether Hindi tells a part: `जिनमें 1975 ठीक हुए`, `कुल 2076 प्रत्याशियों में 1902 की`."""
    whole = reader.number(index - 3)
    of_many = whole is not None and is_plural(reader, index - 2)
    if of_many and (whole or 0) > (reader.number(index) or 0) and not reader.has("event", index - 2):
        return not reader.has("in_word", index + 1)
    of_some = reader.has("from_word", index - 1) and reader.has("in_word", index - 2)
    told = of_some or (of_many if reader.has("in_word", index - 1) else _names_whole(reader, index - 1))
    return told and not any(reader.has(kind, index + 1) for kind in ("genitive", "in_word", "until"))
