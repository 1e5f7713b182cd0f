"""Numbers that are neither figures nor number words: Roman numerals, and those that English words have in them."""

import re

from tithi.evidence.tables import word_set
from tithi.evidence.words import Words

__all__ = ["inner_numbers", "roman_numbers"]

_ROMAN = re.compile(r"(?<![\w.])(?=[IVXLC]{2,9}(?!\w)|[VX](?!\w))C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?![\w])")
_ROMANS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_FIRST = re.compile(
    r"\b[A-Z][a-z]+ I(?=[,.;:)]|\s(?!am\b|was\b|have\b|had\b|do\b|did\b|can\b|could\b|would\b|will\b|think\b))"
)
_INNER = ("inner-2", "inner-3", "inner-4", "inner-5", "inner-6", "inner-7", "inner-8", "inner-9", "inner-10")
_THREEFOLD = re.compile(r"\b(?:tri(?:ad|o|pl|col|lat|ang|nit|part)|terti)", re.IGNORECASE)
_FOURFOLD = re.compile(r"\bqua(?:dr|rt)", re.IGNORECASE)


def roman_numbers(text: str) -> set[int]:
    """Return the values of the Roman numerals of a text: a lone I behind a name alone, but V and X anywhere.

    Example: `Louis XIV` has 14.
    """
    found = {_roman(match) for match in _ROMAN.findall(text)}
    return found | {1} if _FIRST.search(text) else found


def _roman(numeral: str) -> int:
    values = [_ROMANS[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def inner_numbers(found: Words) -> set[int]:
    """Return the numbers that words have in them: 3 of triplets and त्रैमासिक, 4 of quarterly, 5 of पंचवर्षीय."""
    text = found.source
    numbers = {number for number, word in ((3, _THREEFOLD), (4, _FOURFOLD)) if word.search(text)}
    bodies = tuple(word_set("inner-body"))
    for number, kind in enumerate(_INNER, 2):
        for first in word_set(kind):
            if any(key.startswith(first) and key[len(first) :].startswith(bodies) for key in found.distinct):
                numbers.add(number)
    return numbers
