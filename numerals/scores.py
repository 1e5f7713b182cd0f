"""Twenties as both languages count them: `three score and ten`, `fourscore`, `चार कोड़ी`; no `two score late`."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from tithi.numerals.words import number_words

__all__ = ["score"]

_SCORE: Final = 20


def score(
    texts: list[str], index: int, before: Fraction | None, cardinals: Mapping[str, Fraction]
) -> tuple[Fraction, int] | None:
    """Read the word at a token behind the number `before` as so many twenties: the value and the token after."""
    words = number_words().kinds
    twenties = words["score"].get(texts[index])
    if twenties == "1" and before is None and _is_a_score(texts, index):
        return Fraction(_SCORE), index + 1
    if twenties is None or (twenties == "1") != (before is not None) or not 1 <= (before or 1) < 10:
        return None
    value = Fraction(twenties) * (before or 1) * _SCORE
    following, unit = ([*texts[index + 1 : index + 3], "", ""])[:2]
    more = cardinals.get(unit, Fraction(0)) if following == "and" else Fraction(0)
    if 0 < more < _SCORE:
        return value + more, index + 3
    is_told = twenties != "1" or following in words["score_of"] or not texts[index].isascii()
    return (value, index + 1) if is_told else None


def _is_a_score(texts: list[str], index: int) -> bool:
    """Whether `a score of` counts what it is said of: a score of years, not a score of 5."""
    is_a = texts[max(index - 1, 0) : index] == ["a"]
    of, following = ([*texts[index + 1 : index + 3], "", ""])[:2]
    return is_a and of == "of" and following != of and following in number_words().kinds["score_of"]
