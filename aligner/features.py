"""What speaks for and against a bead or a null, as numbers; the weights that judge them are learnt (see `judge`).

Every feature treats the two languages alike, but for the sign-free length term, so that a swap of the sides mirrors
the scores.
"""

import numba
import numpy as np
from numpy.typing import NDArray

from tithi.aligner.lattice import Lattice
from tithi.aligner.nodes import ABSENT, BEST, GROUND, LENGTH, NEXT, NORM, NUMBER, OPEN
from tithi.encoder.protocol import FloatArray

__all__ = [
    "BEAD_FEATURES",
    "NULL_FEATURES",
    "bead_features",
    "cosine_at",
    "fill_bead",
    "lattice_arrays",
    "null_features",
    "score_beads",
]

BEAD_FEATURES = (
    "cosine",
    "ground",
    "rival",
    "next",
    "dice",
    "gain",
    "extension",
    "split",
    "cross",
    "length",
    "skew",
    "short",
    "shared numbers",
    "contradicting numbers",
    "missing numbers",
    "one-one",
    "one-two",
    "two-two",
    "one-three",
    "two-three",
    "larger",
    "before",
    "after",
    "level",
    "middle",
    "relative",
    "ends unlike",
)
#: Where each stands in a row of features.
(
    _COSINE,
    _BACKGROUND,
    _RIVAL,
    _FOLLOWING,
    _DICE,
    _GAIN,
    _EXTENSION,
    _SPLIT,
    _CROSS,
    _UNLIKE_LENGTH,
    _SKEW,
    _SHORT,
    _SHARED,
    _CONTRADICTING,
    _MISSING,
    _ONE_ONE,
    _ONE_TWO,
    _TWO_TWO,
    _ONE_THREE,
    _TWO_THREE,
    _LARGER,
    _BEFORE,
    _AFTER,
    _LEVEL,
    _MIDDLE,
    _RELATIVE,
    _ENDS_UNLIKE,
) = range(len(BEAD_FEATURES))
NULL_FEATURES = ("best", "margin", "ground", "short", "numbers", "through", "level", "middle", "relative")

#: Mean and variance of the character ratio, Hindi to English, in Gale and Church's model; measured on training data.
LENGTH_RATIO = 0.99
LENGTH_VARIANCE = 3.0
#: Groups less alike than this, above the background, are not considered, nor those that lose so much likeness by one
#: of their sentences, nor beads that are less together with half of what lies before and behind them: of right ones one
#: in five hundred.
LEAST_ABOVE = np.float32(0.2)
LEAST_GAIN = np.float32(-0.06)
LEAST_ONE = np.float32(0.4)
LEAST_GROUP = np.float32(0.6)
#: Documents are at least so much alike that what is relative to it stays within bounds.
LEAST_LEVEL = np.float32(0.15)


@numba.njit(cache=True, nogil=True, error_model="numpy", inline="always")
def cosine_at(low, high, offset, cosines, i, j, p, q):  # type: ignore[no-untyped-def]
    """Return the cosine of the p-q bead that ends in (i, j), ABSENT outside the corridor."""
    if i < p or i >= low.shape[0] or j < q or j < low[i] or j >= high[i]:
        return ABSENT
    return cosines[offset[i] + j - low[i], p - 1, q - 1]


@numba.njit(cache=True, nogil=True, error_model="numpy", inline="always")
def fill_bead(low, high, offset, cosines, matched, before, after, levels, hi, en, i, j, p, q, out):  # type: ignore[no-untyped-def]
    """Write the features of the p-q bead that ends in node (i, j) to `out`; False when the bead does not fit."""
    node = offset[i] + j - low[i]
    c = cosines[node, p - 1, q - 1]
    if c == ABSENT:
        return False
    nh = hi[i, NORM + p - 1]
    ne = en[j, NORM + q - 1]
    ground = 0.0
    if nh > 0 and ne > 0:
        ground = 0.5 * ((hi[i, GROUND] - hi[i - p, GROUND]) / nh + (en[j, GROUND] - en[j - q, GROUND]) / ne)
    around = c - ground + 0.5 * (before[offset[i - p] + j - q - low[i - p]] + after[node])
    if around < LEAST_ONE or (p + q > 2 and (c - ground < LEAST_ABOVE or around < LEAST_GROUP)):
        return False
    gain = 9.0
    if p > 1:
        gain = min(gain, c - cosines[node, p - 2, q - 1])
        other = cosine_at(low, high, offset, cosines, i - 1, j, p - 1, q)
        if other != ABSENT:
            gain = min(gain, c - other)
    if q > 1:
        gain = min(gain, c - cosines[node, p - 1, q - 2])
        other = cosine_at(low, high, offset, cosines, i, j - 1, p, q - 1)
        if other != ABSENT:
            gain = min(gain, c - other)
    if gain < LEAST_GAIN:
        return False
    for k in range(out.shape[0]):
        out[k] = 0
    out[_COSINE] = c
    out[_BACKGROUND] = ground
    out[_BEFORE] = before[offset[i - p] + j - q - low[i - p]]
    out[_AFTER] = after[node]
    out[_LEVEL] = levels[0]
    out[_MIDDLE] = levels[1]
    out[_RELATIVE] = (c - ground) / max(levels[0], LEAST_LEVEL)
    out[_ENDS_UNLIKE] = abs(hi[i, OPEN] - hi[i - 1, OPEN] - en[j, OPEN] + en[j - 1, OPEN])
    if nh > 0 and ne > 0:
        out[_DICE] = 2 * c * nh * ne / (nh * nh + ne * ne)
    out[_RIVAL] = c - 0.5 * ((hi[i, BEST] - hi[i - p, BEST]) / p + (en[j, BEST] - en[j - q, BEST]) / q)
    out[_FOLLOWING] = c - 0.5 * ((hi[i, NEXT] - hi[i - p, NEXT]) / p + (en[j, NEXT] - en[j - q, NEXT]) / q)
    if p > 1 or q > 1:
        out[_GAIN] = gain
    wider = -1.0
    if p < 4:
        wider = max(wider, cosine_at(low, high, offset, cosines, i, j, p + 1, q))
        wider = max(wider, cosine_at(low, high, offset, cosines, i + 1, j, p + 1, q))
    if q < 4:
        wider = max(wider, cosine_at(low, high, offset, cosines, i, j, p, q + 1))
        wider = max(wider, cosine_at(low, high, offset, cosines, i, j + 1, p, q + 1))
    if wider > -1.0:
        out[_EXTENSION] = wider - c
    if p > 1 and q > 1:
        split = -1.0
        for a in range(1, p):
            for b in range(1, q):
                first = cosine_at(low, high, offset, cosines, i - a, j - b, p - a, q - b)
                split = max(split, min(first, cosines[node, a - 1, b - 1]))
        out[_SPLIT] = c - split
        one = np.int64(1)  # a literal 1 would be another form of the kernel
        cross = max(
            cosine_at(low, high, offset, cosines, i - p + 1, j, one, one),
            cosine_at(low, high, offset, cosines, i, j - q + 1, one, one),
        )
        out[_CROSS] = max(cross, np.float32(0))
    lh = hi[i, LENGTH] - hi[i - p, LENGTH]
    le = (en[j, LENGTH] - en[j - q, LENGTH]) * LENGTH_RATIO
    z = (lh - le) ** 2 / (LENGTH_VARIANCE * (lh + le + 10))
    out[_UNLIKE_LENGTH] = min(z, 20.0) / 10
    out[_SKEW] = min(abs(np.log((lh + 5) / (le + 5))), 4.0)
    out[_SHORT] = 1 / np.sqrt(1 + 0.1 * min(lh, le))
    th = hi[i, NUMBER] - hi[i - p, NUMBER]
    te = en[j, NUMBER] - en[j - q, NUMBER]
    shared = min(matched[node, p - 1, q - 1], min(th, te))
    out[_SHARED] = min(shared, 2.0)
    out[_CONTRADICTING] = min(min(th, te) - shared, 2.0)
    out[_MISSING] = min(abs(th - te), 2.0)
    a = min(p, q)
    b = max(p, q)
    if b == 1:
        out[_ONE_ONE] = 1
    elif a == 1 and b == 2:
        out[_ONE_TWO] = 1
    elif b == 2:
        out[_TWO_TWO] = 1
    elif a == 1 and b == 3:
        out[_ONE_THREE] = 1
    elif a == 2 and b == 3:
        out[_TWO_THREE] = 1
    else:
        out[_LARGER] = 1
    return True


@numba.njit(cache=True, nogil=True, error_model="numpy")
def _all_beads(low, high, offset, cosines, matched, before, after, levels, hi, en, out, valid):  # type: ignore[no-untyped-def]
    for i in range(1, low.shape[0]):
        for j in range(max(low[i], 1), high[i]):
            node = offset[i] + j - low[i]
            for p in range(1, min(4, i) + 1):
                for q in range(1, min(4, j) + 1):
                    bead = out[node, p - 1, q - 1]
                    valid[node, p - 1, q - 1] = fill_bead(
                        low, high, offset, cosines, matched, before, after, levels, hi, en, i, j, p, q, bead
                    )


@numba.njit(cache=True, nogil=True, error_model="numpy")
def score_beads(  # type: ignore[no-untyped-def]
    low,
    high,
    offset,
    cosines,
    matched,
    before,
    after,
    levels,
    hi,
    en,
    linear,
    bias,
    hidden,
    hidden_bias,
    output,
    features,
    inner,
    scores,
):
    """Write the score of every bead that fits to `scores` (nodes, 4, 4): a linear term plus rectified units."""
    count, units = hidden.shape
    for i in range(1, low.shape[0]):
        for j in range(max(low[i], 1), high[i]):
            node = offset[i] + j - low[i]
            for p in range(1, min(4, i) + 1):
                for q in range(1, min(4, j) + 1):
                    if not fill_bead(
                        low, high, offset, cosines, matched, before, after, levels, hi, en, i, j, p, q, features
                    ):
                        continue
                    total = np.float32(bias)
                    for unit in range(units):
                        inner[unit] = hidden_bias[unit]
                    for k in range(count):
                        value = features[k]
                        if value != 0:
                            total += linear[k] * value
                            for unit in range(units):
                                inner[unit] += hidden[k, unit] * value
                    for unit in range(units):
                        total += output[unit] * max(inner[unit], np.float32(0))
                    scores[node, p - 1, q - 1] = total


def lattice_arrays(lattice: Lattice) -> tuple[NDArray[np.generic] | np.float32, ...]:
    """Return the arrays of a lattice in the order in which the kernels take them."""
    corridor = lattice.corridor
    context = lattice.before, lattice.after, lattice.levels
    nodes = corridor.low, corridor.high, corridor.offset
    return *nodes, lattice.cosines, lattice.matched, *context, lattice.hi, lattice.en


def bead_features(lattice: Lattice) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Return the features of every bead, `(nodes, 4, 4, k)` float32, and which beads fit, `(nodes, 4, 4)` bool."""
    nodes = len(lattice.cosines)
    out = np.zeros((nodes, 4, 4, len(BEAD_FEATURES)), np.float32)
    valid = np.zeros((nodes, 4, 4), np.bool_)
    _all_beads(*lattice_arrays(lattice), out, valid)
    return out, valid


def null_features(table: NDArray[np.float64], levels: FloatArray) -> FloatArray:
    """Return `(n, k)` float32: what speaks for each sentence of a side standing alone, from the side's table."""
    single = np.diff(table[:, GROUND:], axis=0)
    ground, length, number, best, following, _, through = single.T
    ground = ground / np.maximum(table[1:, NORM], 1e-9)
    relative = (best - ground) / max(levels[0], float(LEAST_LEVEL))
    short = 1 / np.sqrt(1 + 0.1 * length)
    same, middle = np.full(len(single), levels[0]), np.full(len(single), levels[1])
    columns = best, best - following, ground, short, np.minimum(number, 2), through, same, middle, relative
    return np.stack(columns, axis=1).astype(np.float32)
