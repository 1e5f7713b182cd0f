r"""The two scripts: which characters are Devanagari, and digits of either as ASCII.

`LETTERS` is the inside of a character class for regular expressions: letters, vowel signs and the other marks that
words are made of, without danda (`।`), digits (`०`) and the abbreviation sign (`॰`).

    >>> re.findall(f"[{LETTERS}]+", "नदी। १२ km")
    ['नदी']
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "LETTERS",
    "ascii_digits",
    "count_letters",
    "devanagari_share",
    "has_devanagari",
    "is_devanagari",
    "stop_signs",
]

LETTERS: Final = "\u0900-\u0963\u0971-\u097f\ua8e0-\ua8ff"
_DEVANAGARI: Final = re.compile(f"[{LETTERS}]")
_FIRST: Final = frozenset(map(chr, (*range(0x900, 0x964), *range(0x971, 0x980), *range(0xA8E0, 0xA900))))
_OTHER: Final = re.compile(rf"[^\W\d_{LETTERS}]")
#: A zero that hangs on to a letter.
_SIGN: Final = re.compile(f"(?<=[{LETTERS}])०")
#: A text of so many characters is counted by a table.
_LONG: Final = 200
_DIGITS: Final = str.maketrans("०१२३४५६७८९", "0123456789")
_DIGIT: Final = re.compile("[०-९]")


def is_devanagari(text: str) -> bool:
    """Return whether a text begins with a Devanagari letter or sign; False for an empty one."""
    return text[:1] in _FIRST


def has_devanagari(text: str) -> bool:
    """Return whether a Devanagari letter or sign stands anywhere in a text."""
    return not text.isascii() and _DEVANAGARI.search(text) is not None


def count_letters(texts: Iterable[str]) -> tuple[int, int]:
    """Return how many letters and vowel signs are Devanagari, and how many letters are not."""
    hindi = other = 0
    for text in texts:
        found = _counted(text) if len(text) >= _LONG else None
        hindi += len(_DEVANAGARI.findall(text)) if found is None else found[0]
        other += len(_OTHER.findall(text)) if found is None else found[1]
    return hindi, other


def _counted(text: str) -> tuple[int, int] | None:
    """Return the same of a long text, ten times as fast; None where it has characters beyond the first 65,536."""
    import numpy as np

    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(units) > len(text):
        return None
    kinds = _classes()[units]
    return int(np.count_nonzero(kinds == 1)), int(np.count_nonzero(kinds == 2))


@cache
def _classes() -> "NDArray[np.uint8]":
    """Return of each of the first 65,536 characters whether it is counted as Devanagari, 1, or as another letter, 2."""
    import numpy as np

    classes = np.zeros(1 << 16, np.uint8)
    every = "".join(map(chr, range(1 << 16)))
    for kind, pattern in ((1, _DEVANAGARI), (2, _OTHER)):
        classes[[ord(char) for char in pattern.findall(every)]] = kind
    return classes


def devanagari_share(text: str) -> float | None:
    """Return the share in [0, 1] of Devanagari among a text's letters and vowel signs, None when it has none."""
    hindi, other = count_letters([text])
    return hindi / (hindi + other) if hindi + other else None


def ascii_digits(text: str) -> str:
    """Return the text with Devanagari digits written in ASCII: `१२.५` is `12.5`."""
    return text.translate(_DIGITS) if _DIGIT.search(text) else text  # most have none, and a search is ten times faster


def stop_signs(text: str) -> str:
    """Return the text with a full stop for each zero that is the sign of abbreviation: `रु० १०` is `रु. १०`."""
    return _SIGN.sub(".", text) if "०" in text else text
