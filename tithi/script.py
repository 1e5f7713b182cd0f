r"""The two scripts: which characters are Devanagari, and digits of either as ASCII.

`LETTERS` is the inside of a character class for regular expressions: letters, vowel signs and the other marks that
words are made of, without danda (`।`), digits (`०`) and the abbreviation sign (`॰`).

    >>> re.findall(f"[{LETTERS}]+", "नदी। १२ km")
    ['नदी']
"""

import re
from collections.abc import Iterable
from typing import Final

__all__ = ["LETTERS", "ascii_digits", "count_letters", "devanagari_share", "is_devanagari"]

LETTERS: Final = "\u0900-\u0963\u0971-\u097f\ua8e0-\ua8ff"
_DEVANAGARI: Final = re.compile(f"[{LETTERS}]")
_OTHER: Final = re.compile(rf"[^\W\d_{LETTERS}]")
_DIGITS: Final = str.maketrans("०१२३४५६७८९", "0123456789")


def is_devanagari(text: str) -> bool:
    """Return whether a text begins with a Devanagari letter or sign; False for an empty one."""
    return _DEVANAGARI.match(text) is not None


def count_letters(texts: Iterable[str]) -> tuple[int, int]:
    """Return how many letters and vowel signs are Devanagari, and how many letters are not."""
    hindi = other = 0
    for text in texts:
        hindi += len(_DEVANAGARI.findall(text))
        other += len(_OTHER.findall(text))
    return hindi, other


def devanagari_share(text: str) -> float | None:
    """Return the share in [0, 1] of Devanagari among a text's letters and vowel signs, None when it has none."""
    hindi, other = count_letters([text])
    return hindi / (hindi + other) if hindi + other else None


def ascii_digits(text: str) -> str:
    """Return the text with Devanagari digits written in ASCII: `१२.५` is `12.5`."""
    return text.translate(_DIGITS)
