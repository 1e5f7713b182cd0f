"""The probability of every bead of a scored lattice.

The scores make a semi-Markov conditional random field: the probability of an alignment is proportional to the
exponential of the sum of its scores. A null pays its sentence's score and `opening` when it begins a run of nulls of
its side, so that a missing paragraph costs less than as many scattered sentences. Three layers keep count: 0 after a
bead, 1 in a run of Hindi nulls, 2 in a run of English nulls.

The sums are of weights and not of their logarithms, which takes an exponential for each bead and none for each sum. A
node's sums have a power of `STEP` in common, which is kept apart, so that none is too large or too small for a float.

Source: Sarawagi and Cohen 2004, Semi-Markov conditional random fields; the forward-backward algorithm over it.
"""

from dataclasses import dataclass
from typing import Final

import numba
import numpy as np
from numpy.typing import NDArray

from tithi.aligner.fits import Fits
from tithi.aligner.nodes import MAX_GROUP, Corridor
from tithi.aligner.powers import LARGE, NOWHERE, SMALL, STEP, added, level, scaled
from tithi.compiling import kept
from tithi.encoder.protocol import FloatArray

__all__ = ["Looked", "look"]

#: No score is taken for more, or of a null for less.
_MOST: Final = 200.0
#: Beads and nulls less probable than this are not told.
_LEAST: Final = 2e-9

Scores = NDArray[np.float64]

#: What is added to the scores of each shape where nothing is.
_NO_SHIFT: Final = np.zeros((MAX_GROUP, MAX_GROUP))


@dataclass(frozen=True, slots=True)
class Looked:
    """What the scores make probable.

    `beads` (nodes, 4, 4) float32: the probability of each bead. `shapes` (4, 4) float64: how many beads of p Hindi and
    q English sentences are expected, at `[p - 1, q - 1]`. `hi` (n,) and `en` (m,) float64: how likely each sentence is
    alone, wherever that stands on the other side. `starts`: how many runs of nulls are expected. `total`: the log of
    the summed weights of all ways.
    """

    beads: FloatArray
    shapes: NDArray[np.float64]
    hi: NDArray[np.float64]
    en: NDArray[np.float64]
    starts: float
    total: float


def look(
    corridor: Corridor,
    beads: Fits,
    null_hi: Scores,
    null_en: Scores,
    opening: float,
    shift: Scores | None = None,
) -> Looked:
    """Return what is probable by the scores of beads, nulls (n,), (m,) and an opening.

    `shift` (4, 4) is added to the scores of the beads of each shape.
    """
    of = corridor.low, corridor.high, corridor.offset, null_hi, null_en, opening
    of_beads = beads.first, beads.starts, beads.cells, beads.scores
    return Looked(*_look(*of, *of_beads, _NO_SHIFT if shift is None else shift))


@kept(error_model="numpy")
def _look(low, high, offset, null_hi, null_en, opening, first, starts, cells, scores, shift):  # type: ignore[no-untyped-def]
    """Return what `Looked` holds."""
    nodes = offset[-1]
    of = low, high, offset, _alone(null_hi), _alone(null_en), np.exp(max(opening, -_MOST))
    beads = first, starts, cells, _weights(cells, scores, shift.reshape(-1))
    alpha, beta = np.zeros((nodes, 4)), np.zeros((nodes, 3))
    up, down = np.zeros(nodes, np.int64), np.zeros(nodes, np.int64)
    _forward(of, beads, alpha, up)
    total, power = _backward(of, _by_start(beads), beta, down)
    ways = alpha, beta, up, down, 1.0 / total, power
    found, shapes = np.zeros((nodes, MAX_GROUP, MAX_GROUP), np.float32), np.zeros((MAX_GROUP, MAX_GROUP))
    hi, en = np.zeros(null_hi.size), np.zeros(null_en.size)
    openings = _posteriors(of, beads, ways, found.reshape(-1), shapes.reshape(-1), hi, en)
    return found, shapes, hi, en, openings, np.log(total) + power * np.log(STEP)


@numba.njit(nogil=True, error_model="numpy")
def _alone(scores):  # type: ignore[no-untyped-def]
    """Return the weights of nulls."""
    weights = np.empty(scores.size)
    for k in range(scores.size):
        weights[k] = np.exp(min(max(scores[k], -_MOST), _MOST))
    return weights


@numba.njit(nogil=True, error_model="numpy")
def _weights(cells, scores, shift):  # type: ignore[no-untyped-def]
    """Return the weights of the beads, 0 for one that does not fit."""
    weights = np.empty(cells.size)
    for bead in range(cells.size):
        weights[bead] = np.exp(min(scores[bead] + shift[cells[bead] & 15], _MOST))
    return weights


@numba.njit(nogil=True, error_model="numpy")
def _by_start(beads):  # type: ignore[no-untyped-def]
    """Return the beads by the nodes they start in: where those of each begin, the nodes they end in, their weights."""
    first, starts, cells, weights = beads
    begin, ends, kept = np.zeros(first.size + 1, np.int64), np.empty_like(starts), np.empty_like(weights)
    for start in starts:
        begin[start + 2] += 1
    for node in range(2, begin.size):
        begin[node] += begin[node - 1]
    for bead in range(starts.size):
        at = begin[starts[bead] + 1]
        ends[at], kept[at] = cells[bead] >> 4, weights[bead]
        begin[starts[bead] + 1] += 1
    return begin, ends, kept


@numba.njit(nogil=True, error_model="numpy")
def _forward(of, of_beads, alpha, powers):  # type: ignore[no-untyped-def]
    """Write the summed weights of all ways from the start to each node and layer, and last of the three together."""
    low, high, offset, null_hi, null_en, opening = of
    first, starts, _, weights = of_beads
    alpha[0, 0] = alpha[0, 3] = 1.0
    for i in range(low.shape[0]):
        for j in range(low[i] + (i == 0), high[i]):
            node = offset[i] + j - low[i]
            paired = 0.0
            power = NOWHERE
            for bead in range(first[node], first[node + 1]):
                if weights[bead] > 0:
                    value, of_value = alpha[starts[bead], 3] * weights[bead], powers[starts[bead]]
                    paired, power = added(paired, power, value, of_value)
            down, right, power_down, power_right = 0.0, 0.0, power, power
            if i > 0 and low[i - 1] <= j < high[i - 1]:
                source = offset[i - 1] + j - low[i - 1]
                down = ((alpha[source, 0] + alpha[source, 2]) * opening + alpha[source, 1]) * null_hi[i - 1]
                power_down = powers[source]
            if j > low[i]:
                right = ((alpha[node - 1, 0] + alpha[node - 1, 1]) * opening + alpha[node - 1, 2]) * null_en[j - 1]
                power_right = powers[node - 1]
            most = max(power, power_down, power_right)
            alpha[node, 0] = scaled(paired, power - most)
            alpha[node, 1] = scaled(down, power_down - most)
            alpha[node, 2] = scaled(right, power_right - most)
            alpha[node, 3] = alpha[node, 0] + alpha[node, 1] + alpha[node, 2]
            powers[node] = most
            if not SMALL <= alpha[node, 3] <= LARGE:
                level(alpha, node, powers, alpha[node, 3])


@numba.njit(nogil=True, error_model="numpy")
def _backward(of, of_beads, beta, powers):  # type: ignore[no-untyped-def]
    """Write the summed weights of all ways from each node and layer to the end; return that of all ways, its power."""
    low, high, offset, null_hi, null_en, opening = of
    first, ends, weights = of_beads
    n = low.shape[0] - 1
    m = high[n] - 1
    last = offset[n] + m - low[n]
    beta[last, 0] = beta[last, 1] = beta[last, 2] = 1.0
    for i in range(n, -1, -1):
        for j in range(high[i] - 1 - (i == n), low[i] - 1, -1):
            node = offset[i] + j - low[i]
            onward = 0.0
            power = NOWHERE
            for bead in range(first[node], first[node + 1]):
                if weights[bead] > 0:
                    value, of_value = beta[ends[bead], 0] * weights[bead], powers[ends[bead]]
                    onward, power = added(onward, power, value, of_value)
            down, right, power_down, power_right = 0.0, 0.0, power, power
            if i < n and low[i + 1] <= j < high[i + 1]:
                target = offset[i + 1] + j - low[i + 1]
                down, power_down = beta[target, 1] * null_hi[i], powers[target]
            if j + 1 < high[i]:
                right, power_right = beta[node + 1, 2] * null_en[j], powers[node + 1]
            most = max(power, power_down, power_right)
            onward = scaled(onward, power - most)
            down = scaled(down, power_down - most)
            right = scaled(right, power_right - most)
            beta[node, 0] = onward + (down + right) * opening
            beta[node, 1] = onward + down + right * opening
            beta[node, 2] = onward + down * opening + right
            powers[node] = most
            greatest = max(beta[node, 0], beta[node, 1], beta[node, 2])
            if not SMALL <= greatest <= LARGE:
                level(beta, node, powers, greatest)
    return beta[0, 0], powers[0]


@numba.njit(nogil=True, error_model="numpy")
def _posteriors(of, of_beads, ways, found, shapes, of_hi, of_en):  # type: ignore[no-untyped-def]
    """Write how likely each bead is and each sentence alone; `ways` ends in one over all weight, its power."""
    alpha, beta, up, down, part, power = ways
    low, high, offset, null_hi, null_en, opening = of
    first, starts, cells, weights = of_beads
    openings = 0.0
    for i in range(low.shape[0]):
        for j in range(low[i], high[i]):
            node = offset[i] + j - low[i]
            to_end = beta[node, 0] * part
            behind = down[node] - power
            # No bead is likelier than its node.
            if scaled(alpha[node, 0] * to_end, up[node] + behind) > _LEAST:
                for bead in range(first[node], first[node + 1]):
                    value = alpha[starts[bead], 3] * weights[bead] * to_end
                    share = scaled(value, up[starts[bead]] + behind)
                    shapes[cells[bead] & 15] += share
                    if share > _LEAST:
                        found[cells[bead]] = share
            if i > 0 and low[i - 1] <= j < high[i - 1]:
                source = offset[i - 1] + j - low[i - 1]
                to_end = null_hi[i - 1] * beta[node, 1] * part
                start = (alpha[source, 0] + alpha[source, 2]) * opening
                openings += scaled(start * to_end, up[source] + behind)
                of_hi[i - 1] += scaled((start + alpha[source, 1]) * to_end, up[source] + behind)
            if j > low[i]:
                source = node - 1
                to_end = null_en[j - 1] * beta[node, 2] * part
                start = (alpha[source, 0] + alpha[source, 1]) * opening
                openings += scaled(start * to_end, up[source] + behind)
                of_en[j - 1] += scaled((start + alpha[source, 2]) * to_end, up[source] + behind)
    return openings
