"""Roman numerals where they number something: Chapter IV, Class X, Louis XIV, अध्याय IV, World War II.

A numeral is read after a word that is numbered (words.tsv), or, of two letters or more, after a capitalised word.
"""

import re
from fractions import Fraction
from typing import Final

from tithi.numerals.tokens import Tokens, WordList

__all__ = ["NUMERALS", "roman_at", "roman_value"]

#: What may be a numeral, in small letters: up to 49.
NUMERALS: Final = frozenset(
    tens + ones
    for tens in ("", "x", "xx", "xxx", "xl")
    for ones in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    if tens + ones
)
_NUMERAL: Final = re.compile(r"(?=[XVI])(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LONGEST: Final = 8


def roman_at(found: Tokens, words: WordList, index: int) -> Fraction | None:
    """Return the value of the Roman numeral at a token, None where none numbers something.

    >>> roman_at(tokens("Louis XIV"), number_words(), 1)
    Fraction(14, 1)
    """
    start, stop = found.span(index, index + 1)
    if index == 0 or stop - start > _LONGEST or found.tight(index):
        return None
    numeral = found.source[start:stop]
    value = roman_value(numeral)
    if value is None:
        return None
    before = found.texts[index - 1]
    if before not in words.kinds["numbered"]:
        name = found.kind(index - 1) == "word" and (found.capital(index - 1) or not before.isascii())
        if not name or len(numeral) < 2:
            return None
    return Fraction(value)


def roman_value(numeral: str) -> int | None:
    """Return the value of a numeral in capitals, None where it is none.

    >>> roman_value("XIX")
    19
    """
    if len(numeral) > _LONGEST or _NUMERAL.fullmatch(numeral) is None:
        return None
    values = [_VALUES[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
