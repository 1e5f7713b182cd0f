"""Which words of a pair have a counterpart, and which stretch of a side would better be gone.

All comes from vectors of single words that add up (a `SumEncoder`): a side's vector is the sum of its words' vectors,
so that the similarity of the pair without any stretch of words follows from inner products alone. A word's weight is
the norm of its vector: it grows with what the word says.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tithi.encoder.protocol import FloatArray, SumEncoder
from tithi.records import Lang

__all__ = ["Coverage", "SideCoverage", "WordVectors", "cover", "cover_all"]

Places = NDArray[np.intp]

_COVERED = 0.45
"""A word whose best cosine reaches this has a counterpart; below, the difference counts against it."""
_SURPLUS = 0.1
_MAX_WORDS = 250
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
    """Similarity of a pair and what each side has beyond the other; `similarity` is the cosine of the word sums."""

    similarity: float
    hi: SideCoverage
    en: SideCoverage


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
    cut = [(hi[:_MAX_WORDS], en[:_MAX_WORDS]) for hi, en in sides]
    hi_places, en_places = vectors.place(
        chain.from_iterable(hi for hi, _ in cut), chain.from_iterable(en for _, en in cut)
    )
    compare = _search()
    covered: list[Coverage | None] = []
    hi_at = en_at = 0
    for hi, en in cut:
        hi_stop, en_stop = hi_at + len(hi), en_at + len(en)
        if hi and en:
            rows = vectors.rows[np.concatenate((hi_places[hi_at:hi_stop], en_places[en_at:en_stop]))]
            found = compare(rows @ rows.T, len(hi))
            covered.append(Coverage(found[0], _side(found[1:7]), _side(found[7:])))
        else:
            covered.append(None)
        hi_at, en_at = hi_stop, en_stop
    return covered


def cover(hi: Sequence[str], en: Sequence[str], vectors: WordVectors) -> Coverage | None:
    """Return what `cover_all` says of one pair."""
    return cover_all([(hi, en)], vectors)[0]


def _side(found: Sequence[float]) -> SideCoverage:
    weight, covered, start, stop, gain, lacking = found
    return SideCoverage(weight, covered, (int(start), int(stop)), gain, lacking)


@cache
def _search() -> Callable[..., tuple[float, ...]]:
    """Return the compiled comparison; numba is loaded when the first pair asks for it."""
    from numba import njit

    best_stretch = njit(cache=True)(_best_stretch)

    @njit(cache=True)  # type: ignore[untyped-decorator]
    def compare(gram: FloatArray, count: int) -> tuple[float, ...]:
        """Compare the first `count` words with the others, given all their inner products."""
        other = len(gram) - count
        norms = np.array([max(gram[i, i], 0.0) ** 0.5 for i in range(count + other)])
        hi_best, en_best = np.full(count, -1.0), np.full(other, -1.0)
        hi_toward, en_toward = np.zeros(count), np.zeros(other)
        for i in range(count):
            for j in range(other):
                product = gram[i, count + j]
                cosine = product / max(norms[i] * norms[count + j], 1e-9)
                hi_best[i] = max(hi_best[i], cosine)
                en_best[j] = max(en_best[j], cosine)
                hi_toward[i] += product
                en_toward[j] += product
        hi_gram, en_gram = gram[:count, :count], gram[count:, count:]
        hi_norm, en_norm = max(hi_gram.sum(), 1e-9) ** 0.5, max(en_gram.sum(), 1e-9) ** 0.5
        similarity = hi_toward.sum() / (hi_norm * en_norm)
        hi = best_stretch(hi_gram, hi_toward / en_norm, hi_best, norms[:count])
        en = best_stretch(en_gram, en_toward / hi_norm, en_best, norms[count:])
        return (
            similarity,
            *(hi[0], hi[1], hi[2], hi[3], hi[4] - similarity, hi[5]),
            *(en[0], en[1], en[2], en[3], en[4] - similarity, en[5]),
        )

    return compare  # type: ignore[no-any-return]


def _best_stretch(
    gram: FloatArray, toward: FloatArray, best: FloatArray, norms: FloatArray
) -> tuple[float, float, float, float, float, float]:
    """Return weight, coverage, the stretch that would better be gone, the best cosine without one, the greatest lack.

    `toward` are the words' components along the other side's direction, `best` their best cosines.
    |side without stretch|^2 = |side|^2 - 2 side.stretch + |stretch|^2, each a sum over the Gram matrix; plain loops,
    meant to be compiled.
    """
    count = len(toward)
    longest = min(40, count * 3 // 4)
    weight = max(norms.sum(), 1e-9)
    rows, lack, before = np.zeros(count), np.zeros(count), np.zeros((count, count + 1))
    square = along = covered = 0.0
    for i in range(count):
        for j in range(count):
            rows[i] += gram[i, j]
            before[i, j + 1] = rows[i]
        square += rows[i]
        along += toward[i]
        covered += norms[i] * min(max(best[i], 0.0), 1.0) / weight
        lack[i] = norms[i] * max(_COVERED - best[i], -_SURPLUS) / weight
    first = last = 0
    score, top, worst = -2.0, -2.0, 0.0
    for start in range(count):
        inner = cross = part = missing = 0.0
        for stop in range(start + 1, min(count, start + longest) + 1):
            new = stop - 1
            inner += gram[new, new]
            inner += 2 * (before[new, new] - before[new, start])
            cross += rows[new]
            part += toward[new]
            missing += lack[new]
            if stop - start < 4:
                continue
            rest = max(square - 2 * cross + inner, 1e-6)
            cosine = (along - part) / rest**0.5
            top = max(top, cosine)
            worst = max(worst, missing)
            if cosine + 0.5 * missing > score:
                score, first, last = cosine + 0.5 * missing, start, stop
    return weight, covered, float(first), float(last), top, worst
