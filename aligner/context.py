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

from tithi.aligner.nodes import ABSENT, BEST, GROUND, NORM, THROUGH, Corridor
from tithi.compiling import kept
from tithi.encoder.protocol import FloatArray

__all__ = ["find_context", "likeness_levels"]

#: What is left of a neighbourhood one bead, and one sentence left out, further.
_KEEP = np.float32(0.6)
_SKIP = np.float32(0.6)
#: The levels of a document: these quantiles of its sentences' best likeness above their background.
_LEVELS = (0.95, 0.5)


def likeness_levels(above: NDArray[np.float64]) -> FloatArray:
    """Return how alike the sure counterparts are, and the middle, of each sentence's best likeness above background."""
    if not len(above):
        return np.zeros(len(_LEVELS), np.float32)
    rising, last = sorted(above.tolist()), len(above) - 1
    levels = []
    for place in (level * last for level in _LEVELS):
        below = int(place)
        lower, upper = rising[below], rising[min(below + 1, last)]
        levels.append(lower + (upper - lower) * (place - below))
    return np.array(levels, np.float32)


def find_context(
    corridor: Corridor, cosines: FloatArray, hi: NDArray[np.float64], en: NDArray[np.float64]
) -> tuple[FloatArray, FloatArray, FloatArray, NDArray[np.float64]]:
    """Return how likely beads and their neighbourhoods look, see `Lattice`, and how alike each sentence's best is.

    That is the likeness of every bead above its background, `(nodes, 4, 4)`, what lies before and behind each node,
    `(nodes,)`, and the likeness of each sentence's best counterpart above its background, `(n + m,)`. `hi` and `en` are
    the tables of the lattice, whose column THROUGH is told.
    """
    above, before, after, best = _find(corridor.low, corridor.high, corridor.offset, cosines, hi, en)
    return above, before, after, best


@kept(error_model="numpy")
def _find(low, high, offset, cosines, hi, en):  # type: ignore[no-untyped-def]
    n, m = hi.shape[0] - 1, en.shape[0] - 1
    above, before, after = np.empty_like(cosines), np.zeros(offset[-1], np.float32), np.zeros(offset[-1], np.float32)
    _above(low, high, offset, cosines, hi, en, above)
    _before(low, high, offset, above, before)
    _after(low, high, offset, above, after)
    through, best = np.zeros(n + m, np.float32), np.empty(n + m)
    _through(low, high, offset, above, before, after, through[:n], through[n:])
    for k in range(n):
        hi[k + 1, THROUGH] = hi[k, THROUGH] + through[k]
        best[k] = hi[k + 1, BEST] - hi[k, BEST] - hi[k + 1, GROUND]
    for k in range(m):
        en[k + 1, THROUGH] = en[k, THROUGH] + through[n + k]
        best[n + k] = en[k + 1, BEST] - en[k, BEST] - en[k + 1, GROUND]
    return above, before, after, best


# Loops alone, see `tithi.aligner.fitting`.


@numba.njit(nogil=True, error_model="numpy")
def _above(low, high, offset, cosines, hi, en, above):  # type: ignore[no-untyped-def]
    for i in range(low.shape[0]):
        for j in range(low[i], high[i]):
            node = offset[i] + j - low[i]
            for p in range(4):
                for q in range(4):
                    c = cosines[node, p, q]
                    if c == ABSENT:
                        above[node, p, q] = ABSENT
                    elif hi[i, NORM + p] > 0 and en[j, NORM + q] > 0:
                        above[node, p, q] = c - 0.5 * (hi[i, GROUND + p] + en[j, GROUND + q])
                    else:
                        above[node, p, q] = 0


@numba.njit(nogil=True, error_model="numpy")
def _before(low, high, offset, above, before):  # type: ignore[no-untyped-def]
    for i in range(low.shape[0]):
        for j in range(low[i], high[i]):
            node = offset[i] + j - low[i]
            best = np.float32(0)
            if i > 0 and low[i - 1] <= j < high[i - 1]:
                best = max(best, _SKIP * before[offset[i - 1] + j - low[i - 1]])
            if j > low[i]:
                best = max(best, _SKIP * before[node - 1])
            for p in range(2):
                for q in range(2 - p):  # 1-1, 1-2, 2-1
                    if above[node, p, q] != ABSENT:
                        source = offset[i - p - 1] + j - q - 1 - low[i - p - 1]
                        best = max(best, _KEEP * before[source] + above[node, p, q])
            before[node] = best


@numba.njit(nogil=True, error_model="numpy")
def _after(low, high, offset, above, after):  # type: ignore[no-untyped-def]
    n = low.shape[0] - 1
    for i in range(n, -1, -1):
        for j in range(high[i] - 1, low[i] - 1, -1):
            node = offset[i] + j - low[i]
            best = np.float32(0)
            if i < n and low[i + 1] <= j < high[i + 1]:
                best = max(best, _SKIP * after[offset[i + 1] + j - low[i + 1]])
            if j + 1 < high[i]:
                best = max(best, _SKIP * after[node + 1])
            for p in range(min(2, n - i)):
                for q in range(2 - p):
                    row, column = i + p + 1, j + q + 1
                    if low[row] <= column < high[row]:
                        target = offset[row] + column - low[row]
                        if above[target, p, q] != ABSENT:
                            best = max(best, _KEEP * after[target] + above[target, p, q])
            after[node] = best


@numba.njit(nogil=True, error_model="numpy")
def _through(low, high, offset, above, before, after, through_hi, through_en):  # type: ignore[no-untyped-def]
    for i in range(1, low.shape[0]):
        for j in range(max(low[i], 1), high[i]):
            node = offset[i] + j - low[i]
            for p in range(2):
                for q in range(2 - p):
                    if above[node, p, q] == ABSENT:
                        continue
                    start = offset[i - p - 1] + j - q - 1 - low[i - p - 1]
                    value = above[node, p, q] + _KEEP * (before[start] + after[node])
                    for k in range(i - p - 1, i):
                        through_hi[k] = max(through_hi[k], value)
                    for k in range(j - q - 1, j):
                        through_en[k] = max(through_en[k], value)
