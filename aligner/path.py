"""The best sequence of beads through a lattice, by the value of each step."""

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from tithi.aligner.nodes import Corridor, IntArray
from tithi.aligner.search import NONE

__all__ = ["best_path"]

Values = NDArray[np.floating[Any]]

#: Paths that differ by less are equal.
_EQUAL = 1e-9


def best_path(corridor: Corridor, scores: Values, beads: Values, null_hi: Values, null_en: Values) -> IntArray:
    """Return the steps (k, 2) int64, each `(p, q)`, of the path that expects the most sentences right.

    A null step is `(1, 0)` or `(0, 1)`. `beads` (nodes, 4, 4), `null_hi` (n,) and `null_en` (m,) hold the probability
    of each step, and every sentence counts the same: in its right bead, or rightly alone. Beads whose `scores` are NONE
    do not fit. Of equal paths a bead is taken before a null and the smaller bead first; of nulls that face each other
    the English stand before the Hindi ones.
    """
    nodes, most = len(beads), len(null_hi) + len(null_en)
    steps = np.zeros((most, 2), np.int64)
    arrays = corridor.low, corridor.high, corridor.offset, scores, beads, null_hi, null_en
    return steps[_best_steps(*arrays, np.full(nodes, NONE), np.zeros((nodes, 2), np.int8), steps) :]


@numba.njit(cache=True, nogil=True)
def _best_steps(low, high, offset, scores, beads, null_hi, null_en, value, step, steps):  # type: ignore[no-untyped-def]
    """Write the steps at the end of `steps`, and return where they begin."""
    n = low.shape[0] - 1
    value[0] = 0.0
    for i in range(n + 1):
        for j in range(low[i], high[i]):
            node = offset[i] + j - low[i]
            for p in range(1, min(4, i) + 1):
                row = i - p
                for q in range(1, min(4, j) + 1):
                    column = j - q
                    if scores[node, p - 1, q - 1] > NONE / 2 and low[row] <= column < high[row]:
                        new = value[offset[row] + column - low[row]] + beads[node, p - 1, q - 1] * (p + q)
                        if new > value[node]:
                            value[node] = new
                            step[node, 0] = p
                            step[node, 1] = q
            # Sums of the same nulls in another order differ by a rounding alone.
            if i > 0 and low[i - 1] <= j < high[i - 1]:
                new = value[offset[i - 1] + j - low[i - 1]] + null_hi[i - 1]
                if new > value[node] + _EQUAL:
                    value[node] = new
                    step[node, 0] = 1
                    step[node, 1] = 0
            if j > low[i]:
                new = value[node - 1] + null_en[j - 1]
                if new > value[node] + _EQUAL:
                    value[node] = new
                    step[node, 0] = 0
                    step[node, 1] = 1
    i, j, first = n, high[n] - 1, steps.shape[0]
    while i > 0 or j > 0:
        node = offset[i] + j - low[i]
        first -= 1
        steps[first, 0] = step[node, 0]
        steps[first, 1] = step[node, 1]
        i -= step[node, 0]
        j -= step[node, 1]
    return first
