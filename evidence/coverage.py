"""Which words of a pair have a counterpart, and which stretch of a side would better be gone.

All comes from vectors of single words that add up (a `SumEncoder`): a side's vector is the sum of its words' vectors,
so that the similarity of the pair without any stretch of words follows from inner products alone. A word's weight is
the norm of its vector: it grows with what the word says.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tithi.encoder.protocol import FloatArray, SumEncoder
from tithi.records import Lang

__all__ = ["MAX_WORDS", "Coverage", "SideCoverage", "WordVectors", "cover", "cover_all"]

Places = NDArray[np.intp]

MAX_WORDS = 250
"""Longer sides are cut here for the search of stretches, which is quadratic in the words."""


class SideCoverage(NamedTuple):
    """What coverage says of one side.

    Attributes:
        weight: Sum of its words' weights.
        covered: Share of that weight with a counterpart, in [0, 1].
        stretch: Range of its words whose removal brings the sides closest, empty if too short to have one.
        gain: By how much that removal raises the cosine of the pair, in [-2, 2].
        lacking: Share of the side's weight that its worst-covered stretch misses.
    """

    weight: float
    covered: float
    stretch: tuple[int, int]
    gain: float
    lacking: float


class Coverage(NamedTuple):
    """Similarity of a pair and what each side has beyond the other; `similarity` is the cosine of the word sums.

    `seen` is what the vectors say of each word, the Hindi ones first: `(stretch.SEEN, words)` float64; `sums` are the
    sums of the words' vectors of each side, `(2, d)` float32.
    """

    similarity: float
    hi: SideCoverage
    en: SideCoverage
    seen: NDArray[np.float64]
    sums: FloatArray


class WordVectors:
    """Vectors of words, encoded once each and kept: `(n, d)` float32 `rows`, not normalised."""

    def __init__(self, encoder: SumEncoder, *, limit: int = 200_000) -> None:
        """Keep about `limit` words (1 kB each); when there are more, all are forgotten before the next are placed."""
        self._encoder = encoder
        self._limit = limit
        self._index = _Index()
        self.rows: FloatArray = np.empty((8192, encoder.dim), np.float32)

    def place(self, hi: Iterable[str], en: Iterable[str]) -> tuple[Places, Places]:
        """Return the places of Hindi and English words in `rows`, valid until the next call; new words are encoded."""
        if len(self._index) > self._limit:
            self._index.clear()
        return self._place(hi, "hi"), self._place(en, "en")

    def _place(self, texts: Iterable[str], lang: Lang) -> Places:
        self._index.new.clear()
        places = np.fromiter(map(self._index.__getitem__, texts), np.intp)
        if new := self._index.new:
            total = len(self._index)
            first = total - len(new)
            if total > len(self.rows):
                rows = np.empty((max(total, 2 * len(self.rows)), self._encoder.dim), np.float32)
                rows[:first] = self.rows[:first]
                self.rows = rows
            self.rows[first:total] = self._encoder.sums(new, lang)
        return places


class _Index(dict[str, int]):
    """Numbers words in the order in which they are first asked for; `new` are those since it was last cleared."""

    def __init__(self) -> None:
        super().__init__()
        self.new: list[str] = []

    def __missing__(self, word: str) -> int:
        place = self[word] = len(self)
        self.new.append(word)
        return place


def cover_all(sides: Sequence[tuple[Sequence[str], Sequence[str]]], vectors: WordVectors) -> list[Coverage | None]:
    """Compare the Hindi and the English words of each pair, None when a side has none; new words are encoded at once.

    Time grows with the square of the words of a pair.

    Example: against `The bridge broke.`, the words after `टूटा` in `पुल टूटा और तीन ट्रक नदी में गिरे।` are the stretch.
    """
    from tithi.evidence.stretch import compare  # numba is loaded when the first pair asks for it

    cut = [(hi[:MAX_WORDS], en[:MAX_WORDS]) for hi, en in sides]
    hi_starts, en_starts = (np.cumsum([0, *map(len, texts)], dtype=np.intp) for texts in zip(*cut, strict=True))
    hi_places, en_places = vectors.place(*map(chain.from_iterable, zip(*cut, strict=True)))
    told = compare(vectors.rows, hi_places, en_places, hi_starts, en_starts)
    starts = (hi_starts + en_starts).tolist()
    return [
        Coverage(similarity, _side(of_hi), _side(of_en), told.seen[:, start:stop], sums) if hi and en else None
        for (hi, en), similarity, (of_hi, of_en), start, stop, sums in zip(
            cut, told.similarity.tolist(), told.sides.tolist(), starts[:-1], starts[1:], told.sums, strict=True
        )
    ]


def cover(hi: Sequence[str], en: Sequence[str], vectors: WordVectors) -> Coverage | None:
    """Return what `cover_all` says of one pair."""
    return cover_all([(hi, en)], vectors)[0]


def _side(found: Sequence[float]) -> SideCoverage:
    weight, covered, first, last, gain, lacking = found
    return SideCoverage(weight, covered, (int(first), int(last)), gain, lacking)
