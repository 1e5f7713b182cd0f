"""Scale words that count nothing, `प्रति लाख 97`, or follow one another behind and: `1 crore and 38 lakh`."""

from fractions import Fraction
from typing import Final

from tithi.numerals.words import digit_value, number_words, with_english, word_values

__all__ = ["goes_on", "is_whole"]

_HUNDRED: Final = 100


def is_whole(texts: list[str], start: int, index: int) -> bool:
    """Whether a number that begins at `start` ends before a number at `index`.

    So it is behind a scale word alone, `प्रति लाख 97`, and behind the plural of one, `two crores one day`; हज़ार पाँच सौ
    is 1500.
    """
    if index == start:
        return False
    words, scales = number_words().kinds, word_values()["scale"]
    last = texts[index - 1]
    if last in words["plural_scale"]:
        following = texts[index + 1] if index + 1 < len(texts) else ""
        return following not in scales and following not in words["plural_scale"]
    if index > start + 1 or scales.get(last, 0) <= _HUNDRED:
        return False
    return "0" <= texts[index][0] <= "9" or (start > 0 and texts[start - 1] in words["per"])


def goes_on(texts: list[str], start: int, index: int, scale: Fraction) -> bool:
    """Whether behind the `and` at a token a smaller scale than `scale` follows, with one word that counts it."""
    if index + 2 >= len(texts) or texts[index] == "-" or (start and texts[start - 1] in ("between", "from")):
        return False
    counted, smaller = texts[index + 1 : index + 3]
    told = with_english().get(counted) or digit_value(counted)
    value = word_values()["scale"].get(smaller)
    return bool(told) and value is not None and _HUNDRED < value < scale
