"""Numbers that are neither figures nor number words: Roman numerals, and those that English words have in them."""

import re

__all__ = ["inner_numbers", "roman_numbers"]

_ROMAN = re.compile(r"(?<![\w.])(?=[IVXLC]{2,9}(?!\w)|[VX](?!\w))C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?![\w])")
_ROMANS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_THREEFOLD = re.compile(r"\b(?:tri(?:ad|o|pl|col|lat|ang|nit|part)|terti)", re.IGNORECASE)
_FOURFOLD = re.compile(r"\bqua(?:dr|rt)", re.IGNORECASE)


def roman_numbers(text: str) -> set[int]:
    """Return the values of the Roman numerals of a text, from II on: a lone I is rarely one, but V and X are.

    Example: `Louis XIV` has 14.
    """
    return {_roman(match) for match in _ROMAN.findall(text)}


def _roman(numeral: str) -> int:
    values = [_ROMANS[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def inner_numbers(text: str) -> set[int]:
    """Return the numbers that English words have in them: 3 of triplets and tertiary, 4 of quarterly."""
    return {number for number, word in ((3, _THREEFOLD), (4, _FOURFOLD)) if word.search(text)}
