"""The words of numbers, from words.tsv, and what one word alone tells: digits, an ordinal."""

from fractions import Fraction
from functools import cache
from typing import Final

from tithi.numerals.tokens import WordList, word_list

__all__ = ["digit_value", "number_words", "ordinal_endings", "ordinal_word", "with_english", "word_values"]

_MAX_DIGITS: Final = 30
_VALUED: Final = (
    *("cardinal", "scale", "plural_scale", "vague", "glyph", "amount", "part_measured", "plus", "english", "spoken"),
)


def number_words() -> WordList:
    """Return the word list of numbers."""
    return word_list("tithi.numerals", "words.tsv")


@cache
def ordinal_endings() -> tuple[str, ...]:
    """Return what makes an ordinal of a Hindi cardinal: `-वीं` of `पाँचवीं`, longer endings first."""
    return tuple(sorted(number_words().kinds["ordinal_ending"], key=len, reverse=True))


@cache
def word_values() -> dict[str, dict[str, Fraction]]:
    """Return the values of words by kind; exact numbers are slow to make of text."""
    kinds = number_words().kinds
    return {
        kind: {form: Fraction(value) for form, value in kinds[kind].items()}
        for kind in (
            "cardinal",
            "scale",
            "vague",
            "glyph",
            "amount",
            "part_measured",
            "plus",
            "english",
            "spoken",
            "plural_scale",
        )
    }


@cache
def with_english() -> dict[str, Fraction]:
    """Return the cardinals with the English ones that are written in Devanagari."""
    return word_values()["cardinal"] | word_values()["english"]


def digit_value(text: str) -> Fraction | None:
    """Return the value of digits (`150000`, `1,50,000`, `1.61`); None for words, versions, dates, absurd lengths."""
    if not "0" <= text[0] <= "9" or len(text) > _MAX_DIGITS:
        return None
    if text.isdecimal():
        return Fraction(int(text))
    if "," in text:
        return Fraction(text.replace(",", ""))
    return Fraction(text) if text.count(".") == 1 and "/" not in text and "-" not in text else None


def ordinal_word(text: str) -> int | None:
    """Return the value of an ordinal word (`तीसरी`, `पाँचवें`, `third`), None when it is none."""
    words = number_words()
    value = words.get("ordinal", text)
    if value is not None:
        return int(value)
    for suffix in ordinal_endings():
        stem = text.removesuffix(suffix)
        if stem != text and stem and (unit := words.get("cardinal", stem) or words.get("scale", stem)) is not None:
            return int(unit)
    return None
