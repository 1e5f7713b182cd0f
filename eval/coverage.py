"""Which words of a pair have a counterpart, and which stretch of a side would better be gone.

All comes from vectors of single words that add up (a `SumEncoder`): a side's vector is the sum of its words' vectors,
so that the similarity of the pair without any stretch of words follows from inner products alone. A word's weight is
the norm of its vector: it grows with what the word says.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from tithi.corpus.records import Lang
from tithi.encoder.protocol import FloatArray, SumEncoder
from tithi.eval.words import Word

__all__ = ["Coverage", "Side", "WordVectors", "cover"]

_COVERED = 0.45
"""A word whose best cosine reaches this has a counterpart; below, the difference counts against it."""
_SURPLUS = 0.1
_MAX_WORDS = 250
"""Longer sides are cut here for the search of stretches, which is quadratic in the words."""


@dataclass(frozen=True, slots=True)
class Side:
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


@dataclass(frozen=True, slots=True)
class Coverage:
    """Similarity of a pair and what each side has beyond the other; `similarity` is the cosine of the word sums."""

    similarity: float
    hi: Side
    en: Side


class WordVectors:
    """Vectors of words, encoded once each and kept: `(n, d)` float32, not normalised, and their norms `(n,)`."""

    def __init__(self, encoder: SumEncoder, *, limit: int = 200_000) -> None:
        """Keep at most about `limit` words (1 kB each); when full, all are forgotten and kept anew."""
        self._encoder = encoder
        self._limit = limit
        self._index: dict[str, int] = {}
        self._rows: FloatArray = np.empty((1024, encoder.dim), np.float32)
        self._norms: FloatArray = np.empty(1024, np.float32)

    def learn(self, texts: Sequence[str], lang: Lang) -> None:
        """Encode in one call those of `texts` that are not known yet."""
        new = list(dict.fromkeys(text for text in texts if text not in self._index))
        if len(self._index) + len(new) > self._limit:
            self._index.clear()
            new = list(dict.fromkeys(texts))
        if not new:
            return
        first, total = len(self._index), len(self._index) + len(new)
        if total > len(self._rows):
            grown = max(total, 2 * len(self._rows))
            self._rows = np.resize(self._rows, (grown, self._encoder.dim))
            self._norms = np.resize(self._norms, grown)
        self._rows[first:total] = self._encoder.sums(new, lang)
        self._norms[first:total] = np.linalg.norm(self._rows[first:total], axis=1)
        self._index.update({text: first + i for i, text in enumerate(new)})

    def of(self, found: Sequence[Word], lang: Lang) -> tuple[FloatArray, FloatArray]:
        """Return the vectors of words and their norms."""
        try:
            at = [self._index[word.text] for word in found]
        except KeyError:
            self.learn([word.text for word in found], lang)
            at = [self._index[word.text] for word in found]
        return self._rows[at], self._norms[at]


def cover(hi: Sequence[Word], en: Sequence[Word], vectors: WordVectors) -> Coverage | None:
    """Compare the words of both sides, None when one side has none. Time grows with the square of the words.

    Example: against `The bridge broke.`, the words after `टूटा` in `पुल टूटा और तीन ट्रक नदी में गिरे।` are the stretch.
    """
    if not hi or not en:
        return None
    hi_rows, hi_norms = vectors.of(hi[:_MAX_WORDS], "hi")
    en_rows, en_norms = vectors.of(en[:_MAX_WORDS], "en")
    found = _search()(hi_rows @ en_rows.T, hi_rows @ hi_rows.T, en_rows @ en_rows.T, hi_norms, en_norms)
    return Coverage(found[0], _side(found[1:7]), _side(found[7:]))


def _side(found: Sequence[float]) -> Side:
    weight, covered, start, stop, gain, lacking = found
    return Side(weight, covered, (int(start), int(stop)), gain, lacking)


@cache
def _search() -> Callable[..., tuple[float, ...]]:
    """Return the compiled comparison; numba is loaded when the first pair asks for it."""
    from numba import njit

    best_stretch = njit(cache=True)(_best_stretch)

    @njit(cache=True)  # type: ignore[untyped-decorator]
    def compare(
        products: FloatArray, hi_gram: FloatArray, en_gram: FloatArray, hi_norms: FloatArray, en_norms: FloatArray
    ) -> tuple[float, ...]:
        count, other = products.shape
        hi_best, en_best = np.full(count, -1.0), np.full(other, -1.0)
        hi_toward, en_toward = np.zeros(count), np.zeros(other)
        for i in range(count):
            for j in range(other):
                cosine = products[i, j] / max(hi_norms[i] * en_norms[j], 1e-9)
                hi_best[i] = max(hi_best[i], cosine)
                en_best[j] = max(en_best[j], cosine)
                hi_toward[i] += products[i, j]
                en_toward[j] += products[i, j]
        hi_norm, en_norm = max(hi_gram.sum(), 1e-9) ** 0.5, max(en_gram.sum(), 1e-9) ** 0.5
        similarity = hi_toward.sum() / (hi_norm * en_norm)
        hi = best_stretch(hi_gram, hi_toward / en_norm, hi_best, hi_norms)
        en = best_stretch(en_gram, en_toward / hi_norm, en_best, en_norms)
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
    cubic at worst in the 40 words a stretch may have, meant to be compiled.
    """
    count = len(toward)
    longest = min(40, count * 3 // 4)
    weight = max(norms.sum(), 1e-9)
    rows, lack = np.zeros(count), np.zeros(count)
    square = along = covered = 0.0
    for i in range(count):
        for j in range(count):
            rows[i] += gram[i, j]
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
            for k in range(start, new):
                inner += 2 * gram[k, new]
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
