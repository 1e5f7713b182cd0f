"""Fractions: `3/4`, `1 1/2 cups`, and the words that are parts of a whole behind a number (`two thirds`)."""

from fractions import Fraction
from typing import Final

from tithi.numerals.reader import Found, TokenReader

__all__ = ["is_portion", "with_slash"]

#: So many quarters are no part, but of the year or the town.
_WHOLE: Final = 4
#: Fractions that stand behind a whole number.
_PARTS: Final = frozenset({"1/2", "1/3", "2/3", "1/4", "3/4", "1/8", "3/8", "5/8", "7/8"})


def is_portion(reader: TokenReader, value: Fraction, index: int) -> bool:
    """Whether `third` after a cardinal is a part: `two thirds`, `one third`, not `one second`, `twenty fifth`."""
    word = reader.text(index)
    if word == "quarters" and value >= _WHOLE:
        return False
    if not word.isascii() or word in ("half", "quarter"):
        return value < 20
    return value < 20 and (word.endswith("s") if value != 1 else word not in ("second", "halves"))


def with_slash(reader: TokenReader, index: int) -> Found | None:
    """Read `1 1/2`, `2-3/4` and `3/4`; other numbers with a slash are told piece by piece."""
    text = reader.text(index)
    if text.isdecimal():
        return _mixed(reader, index)
    if reader.tokens.kind(index) != "numeric" or text.count("/") != 1 or len(text) > 7:
        return None
    above, below = (int(part) for part in text.split("/"))
    return Found(Fraction(above, below), index + 1, "fraction") if 0 < above < below <= 100 else None


def _mixed(reader: TokenReader, index: int) -> Found | None:
    """Read a whole number with the fraction behind it."""
    part, after = reader.text(index + 1), index + 1
    if part == "-" and reader.tight(after):
        part, after = reader.text(index + 2), index + 2
    if part not in _PARTS or reader.tight(after) != (after > index + 1) or reader.is_label(index, index):
        return None
    whole = reader.text(index)
    return Found(int(whole) + Fraction(part), after + 1) if len(whole) < 3 else None
