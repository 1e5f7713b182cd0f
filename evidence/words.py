"""Words of a text with their places: what the fidelity checks compare. It does not stem and knows no meanings.

A word's `key` is what is compared: lower case, NFC, without joiners (ZWJ, ZWNJ), without nukta and with chandrabindu as
anusvara, so that `ख़तरा`, `खतरा`, `हँसी` and `हंसी` meet. The published text is never touched.

Example: `words("वह 5 दिन न आया।").keys` are `वह`, `5`, `दिन`, `न`, `आया`.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from tithi.numerals.memo import Memo
from tithi.script import LETTERS, ascii_digits

__all__ = ["Word", "Words", "fold", "words"]

# Devanagari words (danda and abbreviation sign excluded), Latin words with inner apostrophes, then numbers. The look
# ahead passes over blanks and marks in one step.
_WORD = re.compile(
    rf"([{LETTERS}][{LETTERS}\u200c\u200d]*+"
    rf"|(?=\w)(?:(?:[A-Za-z]++|[^\W\d_{LETTERS}])(?:[A-Za-z]++|[^\W\d_{LETTERS}]|[\u0300-\u036f])*+"
    r"(?:['’](?:s|t|re|ve|ll|d|m|S|T)\b)?"
    rf"|(?!(?<=[{LETTERS}])०)\d++(?:[.,]\d++)*+))"
)
_DIGIT = re.compile(r"\d")
_FOLD = str.maketrans({"\u093c": None, "\u200c": None, "\u200d": None, "\u0901": "\u0902", "’": "'"})
# All but plain Devanagari letters and signs, as nearly all Hindi words are written.
_FOLDED = re.compile("[^\u0902-\u0928\u092a-\u0930\u0932\u0933\u0935-\u0939\u093e-\u094d]")


class Word(NamedTuple):
    """A word at `[start, stop)`."""

    start: int
    stop: int
    text: str
    key: str


class Words:
    """The words of `source` in order; `texts` are as they stand there, `keys` what they are compared by, in step.

    `figures` are the keys in digits, `distinct` all keys without their order.
    A `Word` with its place is made when asked for: most words of most pairs never are, and fifty a pair would cost more
    than all checks together.
    """

    __slots__ = ("_edges", "_pieces", "_spans", "distinct", "figures", "keys", "source", "texts")

    def __init__(self, source: str) -> None:
        """Cut `source` into words, in linear time; punctuation and signs are left out."""
        self.source = source
        # What stands between words and the words, in turn: all lengths add up to the places.
        self._pieces: list[str] = _WORD.split(source)
        self.texts = self._pieces[1::2]
        self.keys = list(map(_KEYS.__getitem__, self.texts))
        self.distinct = frozenset(self.keys)
        self.figures: list[str] = [key for key in self.keys if key[:1].isdecimal()] if _DIGIT.search(source) else []
        self._edges: list[int] | None = None
        self._spans: list[tuple[int, int]] | None = None

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Word]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, index: int) -> Word:
        start, stop = self.edges[2 * index : 2 * index + 2]
        return Word(start, stop, self.texts[index], self.keys[index])

    @property
    def edges(self) -> list[int]:
        """Where each word begins and ends, in turn, and then the end of the text."""
        if self._edges is None:
            self._edges = list(accumulate(map(len, self._pieces)))
        return self._edges

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The places of the words, half-open."""
        if self._spans is None:
            self._spans = list(zip(self.edges[:-1:2], self.edges[1::2], strict=True))
        return self._spans

    @property
    def pieces(self) -> list[str]:
        """What stands between the words and the words, in turn; the first and the last stand at the edges."""
        return self._pieces

    @property
    def tail(self) -> str:
        """What stands after the last word."""
        return self._pieces[-1]

    @property
    def gaps(self) -> list[str]:
        """What stands before, between and after the words, one more than there are words."""
        return self._pieces[::2]

    def between(self, first: int, stop: int) -> tuple[int, int]:
        """Return the span from the word `first` to the one before `stop`."""
        return self.edges[2 * first], self.edges[2 * max(stop, first + 1) - 1]


def words(text: str) -> Words:
    """Return the words of a text; see `Words`."""
    return Words(text)


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return what a word is compared by: ख़ून and खून are one; see the module docstring."""
    if word.isascii():
        return word.lower()
    if not _FOLDED.search(word):
        return word
    # NFD first: NFC leaves U+0929 and the like composed, and the nukta would hide in them.
    return ascii_digits(unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).translate(_FOLD))).lower()


_KEYS = Memo(fold)
