"""The search for the best sequence of beads through a scored lattice, and the probability of every bead.

The scores make a semi-Markov conditional random field: the probability of an alignment is proportional to the
exponential of the sum of its scores. A null pays its sentence's score and `open` when it begins a run of nulls of its
side, so that a missing paragraph costs less than as many scattered sentences. Three layers keep count: 0 after a bead,
1 in a run of Hindi nulls, 2 in a run of English nulls.

Source: Sarawagi and Cohen 2004, Semi-Markov conditional random fields; the forward-backward algorithm over it.
"""

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from tithi.aligner.nodes import Corridor, IntArray
from tithi.encoder.protocol import FloatArray

__all__ = ["backward", "best_path", "forward", "posteriors"]

NONE = -1e30

Scores = NDArray[np.float64]
Values = NDArray[np.floating[Any]]


@numba.njit(cache=True, nogil=True)
def _log_add(a, b):  # type: ignore[no-untyped-def]
    if a < b:
        a, b = b, a
    if b <= NONE / 2:
        return a
    return a + np.log1p(np.exp(b - a))


@numba.njit(cache=True, nogil=True)
def _log_sum(values, count):  # type: ignore[no-untyped-def]
    """Return the log of the sum of the exponentials of the first `count` values, NONE of none."""
    top = NONE
    for k in range(count):
        top = max(top, values[k])
    if top <= NONE / 2:
        return NONE
    total = 0.0
    for k in range(count):
        if values[k] > top - 40:
            total += np.exp(values[k] - top)
    return top + np.log(total)


def forward(corridor: Corridor, beads: Scores, null_hi: Scores, null_en: Scores, opening: float) -> Scores:
    """Return (nodes, 4) float64: the log of the summed weights of all ways from the start to each node and layer.

    The last column is that of the three layers together.
    """
    alpha = np.full((len(beads), 4), NONE)
    _forward(corridor.low, corridor.high, corridor.offset, beads, null_hi, null_en, opening, alpha, np.zeros(16))
    return alpha


@numba.njit(cache=True, nogil=True)
def _forward(low, high, offset, beads, null_hi, null_en, opening, alpha, ways):  # type: ignore[no-untyped-def]
    n = low.shape[0] - 1
    alpha[0, 0] = 0.0
    alpha[0, 3] = 0.0
    for i in range(n + 1):
        for j in range(low[i], high[i]):
            node = offset[i] + j - low[i]
            count = np.int64(0)  # a literal 0 would be another form of the kernel
            for p in range(1, min(4, i) + 1):
                row = i - p
                for q in range(1, min(4, j) + 1):
                    column = j - q
                    if low[row] <= column < high[row] and beads[node, p - 1, q - 1] > NONE / 2:
                        ways[count] = alpha[offset[row] + column - low[row], 3] + beads[node, p - 1, q - 1]
                        count += 1
            if count:
                alpha[node, 0] = _log_sum(ways, count)
            if i > 0 and low[i - 1] <= j < high[i - 1]:
                source = offset[i - 1] + j - low[i - 1]
                start = _log_add(alpha[source, 0], alpha[source, 2]) + opening
                alpha[node, 1] = _log_add(start, alpha[source, 1]) + null_hi[i - 1]
            if j > low[i]:
                start = _log_add(alpha[node - 1, 0], alpha[node - 1, 1]) + opening
                alpha[node, 2] = _log_add(start, alpha[node - 1, 2]) + null_en[j - 1]
            alpha[node, 3] = _log_add(_log_add(alpha[node, 0], alpha[node, 1]), alpha[node, 2])


def backward(corridor: Corridor, beads: Scores, null_hi: Scores, null_en: Scores, opening: float) -> Scores:
    """Return (nodes, 3) float64: the log of the summed weights of all ways from each node and layer to the end."""
    beta = np.full((len(beads), 3), NONE)
    _backward(corridor.low, corridor.high, corridor.offset, beads, null_hi, null_en, opening, beta, np.zeros(16))
    return beta


@numba.njit(cache=True, nogil=True)
def _backward(low, high, offset, beads, null_hi, null_en, opening, beta, ways):  # type: ignore[no-untyped-def]
    n = low.shape[0] - 1
    m = high[n] - 1
    last = offset[n] + m - low[n]
    for layer in range(3):
        beta[last, layer] = 0.0
    for i in range(n, -1, -1):
        for j in range(high[i] - 1, low[i] - 1, -1):
            node = offset[i] + j - low[i]
            if node == last:
                continue
            count = np.int64(0)  # a literal 0 would be another form of the kernel
            for p in range(1, min(4, n - i) + 1):
                row = i + p
                for q in range(1, min(4, m - j) + 1):
                    column = j + q
                    if low[row] <= column < high[row]:
                        target = offset[row] + column - low[row]
                        if beads[target, p - 1, q - 1] > NONE / 2:
                            ways[count] = beta[target, 0] + beads[target, p - 1, q - 1]
                            count += 1
            onward = _log_sum(ways, count)
            down = NONE
            if i < n and low[i + 1] <= j < high[i + 1]:
                down = beta[offset[i + 1] + j - low[i + 1], 1] + null_hi[i]
            right = NONE
            if j + 1 < high[i]:
                right = beta[node + 1, 2] + null_en[j]
            beta[node, 0] = _log_add(onward, _log_add(down, right) + opening)
            beta[node, 1] = _log_add(onward, _log_add(down, right + opening))
            beta[node, 2] = _log_add(onward, _log_add(down + opening, right))


def posteriors(
    corridor: Corridor,
    beads: Scores,
    null_hi: Scores,
    null_en: Scores,
    opening: float,
    alpha: Scores,
    beta: Scores,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the probability of each bead (nodes, 4, 4), null step (nodes, 2) and start of a null run (nodes, 2).

    A Hindi null step noted at node (i, j) is that of sentence i - 1; an English one that of sentence j - 1.
    """
    found = (
        np.zeros(beads.shape, np.float32),
        np.zeros((len(beads), 2), np.float32),
        np.zeros((len(beads), 2), np.float32),
    )
    _posteriors(corridor.low, corridor.high, corridor.offset, beads, null_hi, null_en, opening, alpha, beta, *found)
    return found


@numba.njit(cache=True, nogil=True)
def _posteriors(low, high, offset, beads, null_hi, null_en, opening, alpha, beta, of_beads, of_nulls, of_starts):  # type: ignore[no-untyped-def]
    n = low.shape[0] - 1
    total = beta[0, 0]
    for i in range(n + 1):
        for j in range(low[i], high[i]):
            node = offset[i] + j - low[i]
            onward = beta[node, 0] - total
            # No bead is likelier than its node.
            if alpha[node, 0] + onward > -20:
                for p in range(1, min(4, i) + 1):
                    row = i - p
                    for q in range(1, min(4, j) + 1):
                        column = j - q
                        if low[row] <= column < high[row] and beads[node, p - 1, q - 1] > NONE / 2:
                            source = offset[row] + column - low[row]
                            weight = alpha[source, 3] + beads[node, p - 1, q - 1] + onward
                            if weight > -20:
                                of_beads[node, p - 1, q - 1] = np.exp(weight)
            if i > 0 and low[i - 1] <= j < high[i - 1]:
                source = offset[i - 1] + j - low[i - 1]
                after = null_hi[i - 1] + beta[node, 1] - total
                if alpha[source, 3] + after > -20:
                    start = np.exp(_log_add(alpha[source, 0], alpha[source, 2]) + opening + after)
                    of_starts[node, 0] = start
                    of_nulls[node, 0] = start + np.exp(alpha[source, 1] + after)
            if j > low[i]:
                source = node - 1
                after = null_en[j - 1] + beta[node, 2] - total
                if alpha[source, 3] + after > -20:
                    start = np.exp(_log_add(alpha[source, 0], alpha[source, 1]) + opening + after)
                    of_starts[node, 1] = start
                    of_nulls[node, 1] = start + np.exp(alpha[source, 2] + after)


def best_path(
    corridor: Corridor,
    beads: Values,
    null_hi: Values,
    null_en: Values,
) -> IntArray:
    """Return the steps (k, 2) int64 of the path of the highest summed value, each `(p, q)`.

    A null step is `(1, 0)` or `(0, 1)`. `beads` (nodes, 4, 4) and the null steps (nodes,) hold the value of each step,
    for example its probability. Of steps of equal value a bead goes before a null, the smaller bead first.
    """
    taken = np.zeros((len(beads), 2), np.int64)
    _best_steps(corridor.low, corridor.high, corridor.offset, beads, null_hi, null_en, np.full(len(beads), NONE), taken)
    steps = []
    low, offset = corridor.low, corridor.offset
    i, j = len(low) - 1, int(corridor.high[-1]) - 1
    while i > 0 or j > 0:
        p, q = taken[offset[i] + j - low[i]].tolist()
        steps.append((p, q))
        i, j = i - p, j - q
    return np.array(steps[::-1], np.int64).reshape(-1, 2)


@numba.njit(cache=True, nogil=True)
def _best_steps(low, high, offset, beads, null_hi, null_en, value, step):  # type: ignore[no-untyped-def]
    """Write the value of the best way to each node and its last step."""
    n = low.shape[0] - 1
    value[0] = 0.0
    for i in range(n + 1):
        for j in range(low[i], high[i]):
            node = offset[i] + j - low[i]
            for p in range(1, min(4, i) + 1):
                row = i - p
                for q in range(1, min(4, j) + 1):
                    column = j - q
                    if low[row] <= column < high[row] and beads[node, p - 1, q - 1] > NONE / 2:
                        new = value[offset[row] + column - low[row]] + beads[node, p - 1, q - 1]
                        if new > value[node]:
                            value[node] = new
                            step[node, 0] = p
                            step[node, 1] = q
            if i > 0 and low[i - 1] <= j < high[i - 1]:
                new = value[offset[i - 1] + j - low[i - 1]] + null_hi[node]
                if new > value[node]:
                    value[node] = new
                    step[node, 0] = 1
                    step[node, 1] = 0
            if j > low[i]:
                new = value[node - 1] + null_en[node]
                if new > value[node]:
                    value[node] = new
                    step[node, 0] = 0
                    step[node, 1] = 1
