"""What the neighbourhood says: free translation is alike in whole runs, foreign text in single sentences at most.

Each node of the lattice is told how well the beads before it and those behind it follow one another: sums of their
likeness above the background, which fade by the distance. A sentence is told the best bead that holds it, together with
what lies before and behind that bead; and the whole document, how alike its sure counterparts are and how alike what is
in the middle: what is unlike in a faithful translation is like enough in a free one, and the less the two differ the
more of the document has a counterpart.
"""

import numba
import numpy as np
from numpy.typing import NDArray

from tithi.aligner.nodes import ABSENT, GROUND, NORM, Corridor
from tithi.encoder.protocol import FloatArray

__all__ = ["find_context", "likeness_levels"]

#: What is left of a neighbourhood one bead, and one sentence left out, further.
_KEEP = np.float32(0.6)
_SKIP = np.float32(0.6)
#: The levels of a document: these quantiles of its sentences' best likeness above their background.
_LEVELS = (0.95, 0.5)


def likeness_levels(above: NDArray[np.float64]) -> FloatArray:
    """Return how alike the sure counterparts are, and the middle, of each sentence's best likeness above background."""
    return np.quantile(above, _LEVELS).astype(np.float32) if len(above) else np.zeros(len(_LEVELS), np.float32)


def find_context(
    corridor: Corridor, cosines: FloatArray, hi: NDArray[np.float64], en: NDArray[np.float64]
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return what lies before and behind each node, `(nodes,)`, and the best way through each sentence, `(n,)`, `(m,)`.

    `hi` and `en` are the tables of the lattice, of which norms and background are read.
    """
    before, after = np.zeros(len(cosines), np.float32), np.zeros(len(cosines), np.float32)
    through_hi, through_en = np.zeros(len(hi) - 1, np.float32), np.zeros(len(en) - 1, np.float32)
    arrays = corridor.low, corridor.high, corridor.offset, cosines, hi, en
    _before(*arrays, before)
    _after(*arrays, after)
    _through(*arrays, before, after, through_hi, through_en)
    return before, after, through_hi, through_en


@numba.njit(cache=True, nogil=True, error_model="numpy", inline="always")
def _above(low, high, offset, cosines, hi, en, i, j, p, q):  # type: ignore[no-untyped-def]
    """Return the likeness of a bead above its background, ABSENT where it does not fit."""
    if i < p or i >= low.shape[0] or j < q or j < low[i] or j >= high[i]:
        return ABSENT
    c = cosines[offset[i] + j - low[i], p - 1, q - 1]
    if c == ABSENT:
        return ABSENT
    nh = hi[i, NORM + p - 1]
    ne = en[j, NORM + q - 1]
    if nh <= 0 or ne <= 0:
        return np.float32(0)
    ground = 0.5 * ((hi[i, GROUND] - hi[i - p, GROUND]) / nh + (en[j, GROUND] - en[j - q, GROUND]) / ne)
    return np.float32(c - ground)


@numba.njit(cache=True, nogil=True, error_model="numpy")
def _before(low, high, offset, cosines, hi, en, before):  # type: ignore[no-untyped-def]
    for i in range(low.shape[0]):
        for j in range(low[i], high[i]):
            node = offset[i] + j - low[i]
            best = np.float32(0)
            if i > 0 and low[i - 1] <= j < high[i - 1]:
                best = max(best, _SKIP * before[offset[i - 1] + j - low[i - 1]])
            if j > low[i]:
                best = max(best, _SKIP * before[node - 1])
            for p, q in ((1, 1), (1, 2), (2, 1)):
                value = _above(low, high, offset, cosines, hi, en, i, j, p, q)
                if value != ABSENT:
                    best = max(best, _KEEP * before[offset[i - p] + j - q - low[i - p]] + value)
            before[node] = best


@numba.njit(cache=True, nogil=True, error_model="numpy")
def _after(low, high, offset, cosines, hi, en, after):  # type: ignore[no-untyped-def]
    n = low.shape[0] - 1
    for i in range(n, -1, -1):
        for j in range(high[i] - 1, low[i] - 1, -1):
            node = offset[i] + j - low[i]
            best = np.float32(0)
            if i < n and low[i + 1] <= j < high[i + 1]:
                best = max(best, _SKIP * after[offset[i + 1] + j - low[i + 1]])
            if j + 1 < high[i]:
                best = max(best, _SKIP * after[node + 1])
            for p, q in ((1, 1), (1, 2), (2, 1)):
                value = _above(low, high, offset, cosines, hi, en, i + p, j + q, p, q)
                if value != ABSENT:
                    best = max(best, _KEEP * after[offset[i + p] + j + q - low[i + p]] + value)
            after[node] = best


@numba.njit(cache=True, nogil=True, error_model="numpy")
def _through(low, high, offset, cosines, hi, en, before, after, through_hi, through_en):  # type: ignore[no-untyped-def]
    for i in range(1, low.shape[0]):
        for j in range(max(low[i], 1), high[i]):
            for p, q in ((1, 1), (1, 2), (2, 1)):
                value = _above(low, high, offset, cosines, hi, en, i, j, p, q)
                if value == ABSENT:
                    continue
                start = offset[i - p] + j - q - low[i - p]
                value += _KEEP * (before[start] + after[offset[i] + j - low[i]])
                for k in range(i - p, i):
                    through_hi[k] = max(through_hi[k], value)
                for k in range(j - q, j):
                    through_en[k] = max(through_en[k], value)
