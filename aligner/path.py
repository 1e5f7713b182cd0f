"""The best sequence of beads through a lattice, by the value of each step."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.fits import Fits
from tithi.aligner.nodes import NONE, Corridor, IntArray
from tithi.compiling import kept
from tithi.encoder.protocol import FloatArray

__all__ = ["best_path", "taken"]

Values = NDArray[np.floating[Any]]
Scores = NDArray[np.float64]

#: Paths that differ by less are equal.
_EQUAL = 1e-9


def best_path(corridor: Corridor, fits: Fits, beads: Values, null_hi: Values, null_en: Values) -> IntArray:
    """Return the steps (k, 2) int64, each `(p, q)`, of the path that expects the most sentences right.

    A null step is `(1, 0)` or `(0, 1)`. `beads` (nodes, 4, 4), `null_hi` (n,) and `null_en` (m,) hold the probability
    of each step, and every sentence counts the same: in its right bead, or rightly alone. Beads of
    the score NONE do not fit. Of equal paths a bead is taken before a null and the smaller bead first; of nulls that
    face each other the English stand before the Hindi ones.
    """
    nodes, most = len(beads), len(null_hi) + len(null_en)
    steps = np.zeros((most, 2), np.int64)
    arrays = corridor.low, corridor.high, corridor.offset, fits.first, fits.starts, fits.cells, fits.scores
    of_nodes = np.full(nodes, NONE), np.zeros((nodes, 2), np.int8)
    return steps[_best_steps(*arrays, beads.reshape(-1), null_hi, null_en, *of_nodes, steps) :]


@kept()
def _best_steps(  # type: ignore[no-untyped-def]
    low, high, offset, first, starts, cells, scores, beads, null_hi, null_en, value, step, steps
):
    """Write the steps at the end of `steps`, and return where they begin."""
    n = low.shape[0] - 1
    value[0] = 0.0
    for i in range(n + 1):
        for j in range(low[i], high[i]):
            node = offset[i] + j - low[i]
            for bead in range(first[node], first[node + 1]):
                if scores[bead] > NONE / 2:
                    cell = cells[bead]
                    p, q = ((cell >> 2) & 3) + 1, (cell & 3) + 1
                    new = value[starts[bead]] + beads[cell] * (p + q)
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
    i, j, begin = n, high[n] - 1, steps.shape[0]
    while i > 0 or j > 0:
        node = offset[i] + j - low[i]
        begin -= 1
        steps[begin, 0] = step[node, 0]
        steps[begin, 1] = step[node, 1]
        i -= step[node, 0]
        j -= step[node, 1]
    return begin


def taken(
    corridor: Corridor, steps: IntArray, beads: FloatArray, null_hi: Scores, null_en: Scores
) -> tuple[IntArray, Scores]:
    """Return the beads of steps, (k, 4) as Hindi from and to, English from and to, and how probable each is, (k,)."""
    places, scores = _taken(corridor.low, corridor.offset, steps, beads, null_hi, null_en)
    return places, scores


@kept()
def _taken(low, offset, steps, beads, hi, en):  # type: ignore[no-untyped-def]
    places, scores = np.zeros((steps.shape[0], 4), np.int64), np.empty(steps.shape[0])
    i = j = 0
    for k in range(steps.shape[0]):
        p, q = steps[k, 0], steps[k, 1]
        places[k, 0], places[k, 2] = i, j
        i, j = i + p, j + q
        places[k, 1], places[k, 3] = i, j
        if p > 0 and q > 0:
            score = np.float64(beads[offset[i] + j - low[i], p - 1, q - 1])
        else:
            score = hi[i - 1] if p > 0 else en[j - 1]
        scores[k] = min(max(score, 0.0), 1.0)
    return places, scores
