"""Numbers that a part opens: ढाई, डेढ़, साढ़े तीन, पौने दो, सवा लाख, पाव किलो, `half a million`, ½."""

from collections.abc import Mapping
from fractions import Fraction

from tithi.numerals.words import digit_value, number_words, word_values

__all__ = ["mixed"]


def mixed(texts: list[str], index: int, cardinals: Mapping[str, Fraction]) -> tuple[Fraction, int] | None:
    """Read the number that a part of one opens at a token: its value and the token after.

    >>> mixed(["साढे", "तीन", "सौ"], 0, word_values()["cardinal"])
    (Fraction(7, 2), 2)
    """
    text, ahead = texts[index], ([*texts[index + 1 : index + 3], "", ""])[:2]
    values, words = word_values(), number_words().kinds
    value = values["amount"].get(text)
    if value is not None and text == "half":
        skip = 1 if ahead[0] in ("a", "an") else 0
        return (value, index + 1 + skip) if ahead[skip] in values["scale"] else None
    if value is None and ahead[0] in words["measure"]:
        value = values["part_measured"].get(text)
    if value is None:
        value = values["glyph"].get(text)
    return _raised(texts, index, cardinals) if value is None else (value, index + 1)


def _raised(texts: list[str], index: int, cardinals: Mapping[str, Fraction]) -> tuple[Fraction, int] | None:
    """Read साढ़े तीन, पौने-दो; before a scale or measure सवा and पौने have a one of their own: सवा लाख, सवा किलो."""
    part, words = word_values()["plus"].get(texts[index]), number_words().kinds
    if part is None:
        return None
    stop = index + 1 + (texts[index + 1 : index + 2] == ["-"])
    text = texts[stop] if stop < len(texts) else " "
    unit = cardinals.get(text)
    unit = digit_value(text) if unit is None else unit
    if unit is not None:
        return unit + part, stop + 1
    if texts[index] in words["no_plus_scale"]:
        return None
    if text in words["scale"]:
        return 1 + part, stop
    return (1 + part, index + 1) if text in words["measure"] else None
