"""The search for the best sequence of beads through a scored lattice, and the probability of every bead.

The scores make a semi-Markov conditional random field: the probability of an alignment is proportional to the
exponential of the sum of its scores. A null pays its sentence's score and `open` when it begins a run of nulls of its
side, so that a missing paragraph costs less than as many scattered sentences. Three layers keep count: 0 after a bead,
1 in a run of Hindi nulls, 2 in a run of English nulls.

Source: Sarawagi and Cohen 2004, Semi-Markov conditional random fields; the forward-backward algorithm over it.
"""

import numba
import numpy as np

__all__ = ["backward", "best_path", "forward", "posteriors"]

NONE = -1e30


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


@numba.njit(cache=True, nogil=True)
def forward(low, high, offset, beads, null_hi, null_en, opening):  # type: ignore[no-untyped-def]
    """Return (nodes, 4) float64: the log of the summed weights of all ways from the start to each node and layer.

    The last column is that of the three layers together.
    """
    n = low.shape[0] - 1
    alpha = np.full((offset[n + 1], 4), NONE)
    alpha[0, 0] = alpha[0, 3] = 0.0
    ways = np.zeros(16)
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
    return alpha


@numba.njit(cache=True, nogil=True)
def backward(low, high, offset, beads, null_hi, null_en, opening):  # type: ignore[no-untyped-def]
    """Return (nodes, 3) float64: the log of the summed weights of all ways from each node and layer to the end."""
    n = low.shape[0] - 1
    m = high[n] - 1
    beta = np.full((offset[n + 1], 3), NONE)
    last = offset[n] + m - low[n]
    beta[last, :] = 0.0
    ways = np.zeros(16)
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
    return beta


@numba.njit(cache=True, nogil=True)
def posteriors(low, high, offset, beads, null_hi, null_en, opening, alpha, beta):  # type: ignore[no-untyped-def]
    """Return the probability of each bead (nodes, 4, 4), null step (nodes, 2) and start of a null run (nodes, 2).

    A Hindi null step noted at node (i, j) is that of sentence i - 1; an English one that of sentence j - 1.
    """
    n = low.shape[0] - 1
    total = beta[0, 0]
    of_beads = np.zeros(beads.shape, np.float32)
    of_nulls = np.zeros((beads.shape[0], 2), np.float32)
    of_starts = np.zeros((beads.shape[0], 2), np.float32)
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
    return of_beads, of_nulls, of_starts


@numba.njit(cache=True, nogil=True)
def best_path(low, high, offset, beads, null_hi, null_en):  # type: ignore[no-untyped-def]
    """Return the steps (k, 2) int64 of the path of the highest summed value, each `(p, q)`.

    A null step is `(1, 0)` or `(0, 1)`. `beads` (nodes, 4, 4) and the null steps (nodes,) hold the value of each step,
    for example its probability. Of steps of equal value a bead goes before a null, the smaller bead first.
    """
    n = low.shape[0] - 1
    nodes = offset[n + 1]
    value = np.full(nodes, NONE)
    step = np.zeros((nodes, 2), np.int8)
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
                            step[node, 0], step[node, 1] = p, q
            if i > 0 and low[i - 1] <= j < high[i - 1]:
                new = value[offset[i - 1] + j - low[i - 1]] + null_hi[node]
                if new > value[node]:
                    value[node] = new
                    step[node, 0], step[node, 1] = 1, 0
            if j > low[i]:
                new = value[node - 1] + null_en[node]
                if new > value[node]:
                    value[node] = new
                    step[node, 0], step[node, 1] = 0, 1
    steps = np.zeros((n + high[n], 2), np.int64)
    i, j, k = n, high[n] - 1, 0
    while i > 0 or j > 0:
        node = offset[i] + j - low[i]
        steps[k, 0], steps[k, 1] = step[node, 0], step[node, 1]
        i -= steps[k, 0]
        j -= steps[k, 1]
        k += 1
    return steps[:k][::-1].copy()
