"""A pair as filters look at it: what several of them need is read once, and not before one asks for it."""

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np

from tithi.encoder.protocol import FloatArray, SumEncoder
from tithi.evidence.words import Words, words
from tithi.filters.verdict import Row
from tithi.records import Lang, Quality
from tithi.script import count_letters

__all__ = ["Evidence", "Meaning", "meanings"]

_ADDRESS: Final = re.compile(
    r"\S*(?:://|www\.|@)\S*|\$?\{\{?[\w.]{0,40}\}?\}|\$\[\w{1,40}\]|%\(\w{1,30}\)[sdf]|%[A-Z]{2,40}\b|<[A-Z]{1,12}>"
)
_SIGNS: Final = frozenset("@:/.{%<")


class Meaning:
    """What vectors say of a pair.

    Attributes:
        similarity: Cosine of the two sides, in [-1, 1].
        margin: How much closer the sides are to one another than to the other side of a neighbour, in [-2, 2]; 2 where
            there is none to compare with.
        balance: Natural logarithm of how much more the Hindi says than the English, by the lengths of their vectors.
    """

    __slots__ = ("balance", "margin", "similarity")

    def __init__(self, similarity: float, margin: float, balance: float) -> None:
        self.similarity = similarity
        self.margin = margin
        self.balance = balance


class Evidence:
    """A row with its words and letters; `meaning` and `quality` are put in before a filter asks for them."""

    def __init__(self, row: Row) -> None:
        self.hi = row.pair.hi
        self.en = row.pair.en
        self.quality: Quality | None = row.quality
        self.meaning: Meaning | None = None

    @property
    def sides(self) -> tuple[tuple[Lang, str], tuple[Lang, str]]:
        """Both sides."""
        return ("hi", self.hi), ("en", self.en)

    @cached_property
    def hi_words(self) -> Words:
        """The words of the Hindi side."""
        return words(self.hi)

    @cached_property
    def en_words(self) -> Words:
        """The words of the English side."""
        return words(self.en)

    @cached_property
    def prose(self) -> tuple[str, str]:
        """Both sides without addresses and placeholders, which are in no language."""
        hi, en = (text if _SIGNS.isdisjoint(text) else _ADDRESS.sub(" ", text) for text in (self.hi, self.en))
        return hi, en

    @cached_property
    def hi_letters(self) -> tuple[int, int]:
        """Letters of the Hindi side that are Devanagari, and those that are not; those of addresses do not count."""
        return count_letters(self.prose[:1])

    @cached_property
    def same(self) -> bool:
        """Whether both sides are the same words, as a name or a command may be."""
        return self.hi_words.keys == self.en_words.keys

    def words_of(self, lang: Lang) -> Words:
        """Return the words of a side."""
        return self.hi_words if lang == "hi" else self.en_words


def meanings(rows: Sequence[Row], encoder: SumEncoder) -> list[Meaning]:
    """Return what vectors say of rows that follow one another; neighbours of one article are compared.

    A side with no vector has the similarity 0, and the balance 0.
    """
    hi, en = (encoder.sums(side, lang) for lang, side in _sides(rows))
    hi_norm, en_norm = (np.linalg.norm(side, axis=1) for side in (hi, en))
    hi_unit, en_unit = _unit(hi, hi_norm), _unit(en, en_norm)
    own = np.einsum("ij,ij->i", hi_unit, en_unit)
    rival = np.full(len(rows), -2.0)
    if len(rows) > 1:
        apart = np.array(
            [a.article != b.article or a.pair.en == b.pair.en or a.pair.hi == b.pair.hi for a, b in pairwise(rows)]
        )
        ahead = np.where(apart, -2.0, np.einsum("ij,ij->i", hi_unit[:-1], en_unit[1:]))
        behind = np.where(apart, -2.0, np.einsum("ij,ij->i", hi_unit[1:], en_unit[:-1]))
        best = np.maximum(ahead, behind)
        rival[:-1] = np.maximum(rival[:-1], best)
        rival[1:] = np.maximum(rival[1:], best)
    both = (hi_norm > 0) & (en_norm > 0)
    balance = np.log(np.where(both, hi_norm, 1) / np.where(both, en_norm, 1))
    margin = np.where(rival > -2.0, own - rival, 2.0)
    return [Meaning(*told) for told in zip(own.tolist(), margin.tolist(), balance.tolist(), strict=True)]


def _sides(rows: Sequence[Row]) -> tuple[tuple[Lang, list[str]], tuple[Lang, list[str]]]:
    return ("hi", [row.pair.hi for row in rows]), ("en", [row.pair.en for row in rows])


def _unit(sums: FloatArray, norms: FloatArray) -> FloatArray:
    return np.asarray(sums / np.where(norms > 0, norms, 1)[:, None], np.float32)
