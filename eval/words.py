"""Words of a text with their places: what the fidelity checks compare. It does not stem and knows no meanings.

A word's `key` is what is compared: lower case, NFC, without joiners (ZWJ, ZWNJ), without nukta and with chandrabindu as
anusvara, so that `ख़तरा`, `खतरा`, `हँसी` and `हंसी` meet. The published text is never touched.

Example: `words("वह 5 दिन न आया।", "hi")` has the keys `वह`, `5`, `दिन`, `न`, `आया`.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Word", "fold", "words"]

# Devanagari words (danda and abbreviation sign excluded), Latin words with inner apostrophes, then numbers.
_WORD = re.compile(
    r"(?P<hi>[\u0900-\u0963\u0971-\u097F][\u0900-\u0963\u0971-\u097F\u200c\u200d]*)"
    r"|(?P<en>[^\W\d_\u0900-\u097F](?:[^\W\d_\u0900-\u097F]|[\u0300-\u036f])*(?:['’](?:s|t|re|ve|ll|d|m|S|T)\b)?)"
    r"|(?P<digits>\d+(?:[.,]\d+)*)"
)
_FOLD = str.maketrans({"\u093c": None, "\u200c": None, "\u200d": None, "\u0901": "\u0902", "’": "'"})
_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")


class Word(NamedTuple):
    """A word at `[start, stop)`; `script` is `hi` (Devanagari), `en` (any other letters) or `digits`.

    A tuple and no dataclass: fifty are made for a pair, and they are made three times as fast.
    """

    start: int
    stop: int
    text: str
    key: str
    script: str


def words(text: str) -> list[Word]:
    """Return the words of a text in order; punctuation and signs are left out. Linear time."""
    found = []
    for match in _WORD.finditer(text):
        start, stop = match.span()
        word = match[0]
        found.append(Word(start, stop, word, fold(word), match.lastgroup or "en"))
    return found


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return what a word is compared by: ख़ून and खून are one; see the module docstring."""
    # NFD first: NFC leaves U+0929 and the like composed, and the nukta would hide in them.
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).translate(_FOLD)).translate(_DIGITS).lower()
