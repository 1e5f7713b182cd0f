"""Decimals in words, `one point six`, `दो दशमलव पाँच`, and English numbers in Devanagari: `वन पॉइंट सिक्स मिलियन`.

Many of the latter are Hindi words too (वन a forest, सिक्स a stroke in cricket), so they are read before a scale or
percent alone.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from tithi.numerals.words import number_words

__all__ = ["decimals", "is_english_number", "is_spoken_number"]

#: The longest run of decimals and of English words.
_LONGEST: Final = 8
_COUNTED: Final = ("hour", "time_unit", "measure", "scale", "percent", "person")


def is_english_number(texts: list[str], index: int) -> bool:
    """Whether English words in Devanagari at a token are a number: टेन परसेंट, वन मिलियन."""
    words = number_words().kinds
    stop = index
    for text in texts[index : index + _LONGEST]:
        if text not in words["english"] and (stop == index or text not in words["point"]):
            break
        stop += 1
    return stop > index and _is_measured(texts, stop)


def is_spoken_number(texts: list[str], index: int) -> bool:
    """Whether a word that is a number as it is spoken, and another word too, counts what is behind it: बारा बजे."""
    words = number_words().kinds
    following = texts[index + 1] if index + 1 < len(texts) else ""
    return texts[index] in words["spoken"] and any(following in words[kind] for kind in _COUNTED)


def decimals(
    texts: list[str], index: int, cardinals: Mapping[str, Fraction], *, spelled: bool
) -> tuple[Fraction, int] | None:
    """Read what a word for the decimal point at a token adds to a number: the fraction and the token after.

    Without a scale or percent behind it only words tell one, behind a `spelled` number: `5 point 3` may be two.
    """
    points = number_words().kinds["point"]
    figures, stop = "", index + 1
    for text in texts[stop : stop + _LONGEST]:
        told = _figures(text, cardinals)
        if told is None or (len(told) == 2 and figures):
            break
        is_unit = stop == index + 2 and len(figures) == 2 and figures[1] == "0"  # twenty five
        figures = (figures[0] if is_unit else figures) + told
        stop += 1
    follows = texts[stop] if stop < len(texts) else ""
    if not figures or follows in points:
        return None
    if texts[index] in number_words().kinds["point_doubted"] and not _is_measured(texts, stop):
        return (_part(figures), stop) if spelled and follows in number_words().kinds["point_unit"] else None
    if not _is_measured(texts, stop) and not (spelled and not texts[index + 1].isdecimal()):
        return None
    return _part(figures), stop


def _part(figures: str) -> Fraction:
    return Fraction(int(figures), 10 ** len(figures))


def _figures(text: str, cardinals: Mapping[str, Fraction]) -> str | None:
    """Return the figures that a word behind the point stands for: one, or two of a number under a hundred."""
    if text.isdecimal():
        return text if len(text) < 3 else None
    value = cardinals.get(text)
    return None if value is None or value >= 100 else str(value)


def _is_measured(texts: list[str], index: int) -> bool:
    words = number_words().kinds
    return index < len(texts) and (texts[index] in words["scale"] or texts[index] in words["percent"])
