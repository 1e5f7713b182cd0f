"""What speaks for and against a bead or a null, as numbers; the weights that judge them are learnt (see `judge`).

Every feature treats the two languages alike, but for the sign-free length term, so that a swap of the sides mirrors
the scores.
"""

import numba
import numpy as np
from numpy.typing import NDArray

from tithi.aligner.fitting import fitting
from tithi.aligner.lattice import Lattice
from tithi.aligner.nodes import BEST, GROUND, LENGTH, NEXT, NORM, NUMBER, OPEN, IntArray
from tithi.encoder.protocol import FloatArray

__all__ = [
    "BEAD_FEATURES",
    "BLOCK",
    "LENGTH_RATIO",
    "NULL_FEATURES",
    "bead_features",
    "feature_blocks",
    "null_features",
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

#: The feature that tells a bead's shape, by its lesser and its greater number of sentences.
_SHAPE = np.array(
    [
        [_ONE_ONE, _ONE_TWO, _ONE_THREE, _LARGER],
        [_LARGER, _TWO_TWO, _TWO_THREE, _LARGER],
        [_LARGER, _LARGER, _LARGER, _LARGER],
        [_LARGER, _LARGER, _LARGER, _LARGER],
    ]
)

#: So many beads are judged at once.
BLOCK = 64
#: Mean and variance of the character ratio, Hindi to English, in Gale and Church's model; measured on training data.
LENGTH_RATIO = 0.99
LENGTH_VARIANCE = 3.0
#: Documents are at least so much alike that what is relative to it stays within bounds.
LEAST_LEVEL = np.float32(0.15)


@numba.njit(nogil=True, error_model="numpy")
def _fill(  # type: ignore[no-untyped-def]
    low, high, offset, cosines, above, matched, before, after, levels, hi, en, places, gains, out
):
    """Write the features of the beads at `places` (see `fitting`) to `out` (blocks, k, BLOCK) float32."""
    for bead in range(places.shape[0]):
        block, at = bead // BLOCK, bead % BLOCK
        i, j, p, q = places[bead, 0], places[bead, 1], places[bead, 2], places[bead, 3]
        node = offset[i] + j - low[i]
        c = cosines[node, p - 1, q - 1]
        out[block, _COSINE, at] = c
        out[block, _BACKGROUND, at] = c - above[node, p - 1, q - 1]
        out[block, _BEFORE, at] = before[offset[i - p] + j - q - low[i - p]]
        out[block, _AFTER, at] = after[node]
        out[block, _LEVEL, at] = levels[0]
        out[block, _MIDDLE, at] = levels[1]
        out[block, _RELATIVE, at] = above[node, p - 1, q - 1] / max(levels[0], LEAST_LEVEL)
        out[block, _ENDS_UNLIKE, at] = abs(hi[i, OPEN] - hi[i - 1, OPEN] - en[j, OPEN] + en[j - 1, OPEN])
        nh = hi[i, NORM + p - 1]
        ne = en[j, NORM + q - 1]
        if nh > 0 and ne > 0:
            out[block, _DICE, at] = 2 * c * nh * ne / (nh * nh + ne * ne)
        best = (hi[i, BEST] - hi[i - p, BEST]) / p + (en[j, BEST] - en[j - q, BEST]) / q
        out[block, _RIVAL, at] = c - 0.5 * best
        best = (hi[i, NEXT] - hi[i - p, NEXT]) / p + (en[j, NEXT] - en[j - q, NEXT]) / q
        out[block, _FOLLOWING, at] = c - 0.5 * best
        if p > 1 or q > 1:
            out[block, _GAIN, at] = gains[bead]
        # What lies outside the corridor is ABSENT, which is less than any likeness.
        wider = np.float32(-1)
        if p < 4:
            wider = max(wider, cosines[node, p, q - 1])
            if i + 1 < low.shape[0] and low[i + 1] <= j < high[i + 1]:
                wider = max(wider, cosines[offset[i + 1] + j - low[i + 1], p, q - 1])
        if q < 4:
            wider = max(wider, cosines[node, p - 1, q])
            if j + 1 < high[i]:
                wider = max(wider, cosines[node + 1, p - 1, q])
        if wider > -1:
            out[block, _EXTENSION, at] = wider - c
        if p > 1 and q > 1:
            split = np.float32(-1)
            for a in range(1, p):
                for b in range(1, q):
                    if low[i - a] <= j - b < high[i - a]:
                        first = cosines[offset[i - a] + j - b - low[i - a], p - a - 1, q - b - 1]
                        split = max(split, min(first, cosines[node, a - 1, b - 1]))
            out[block, _SPLIT, at] = c - split
            cross = np.float32(0)
            if low[i - p + 1] <= j < high[i - p + 1]:
                cross = max(cross, cosines[offset[i - p + 1] + j - low[i - p + 1], 0, 0])
            if j - q + 1 >= low[i]:
                cross = max(cross, cosines[node - q + 1, 0, 0])
            out[block, _CROSS, at] = cross
        lh = hi[i, LENGTH] - hi[i - p, LENGTH]
        le = (en[j, LENGTH] - en[j - q, LENGTH]) * LENGTH_RATIO
        out[block, _UNLIKE_LENGTH, at] = min((lh - le) ** 2 / (LENGTH_VARIANCE * (lh + le + 10)), 20.0) / 10
        out[block, _SKEW, at] = min(abs(np.log((lh + 5) / (le + 5))), 4.0)
        out[block, _SHORT, at] = 1 / np.sqrt(1 + 0.1 * min(lh, le))
        th = hi[i, NUMBER] - hi[i - p, NUMBER]
        te = en[j, NUMBER] - en[j - q, NUMBER]
        shared = min(matched[node, p - 1, q - 1], min(th, te))
        out[block, _SHARED, at] = min(shared, 2.0)
        out[block, _CONTRADICTING, at] = min(min(th, te) - shared, 2.0)
        out[block, _MISSING, at] = min(abs(th - te), 2.0)
        out[block, _SHAPE[min(p, q) - 1, max(p, q) - 1], at] = 1


@numba.njit(cache=True, nogil=True, error_model="numpy")
def _every(low, high, offset, cosines, above, matched, before, after, levels, hi, en, kinds):  # type: ignore[no-untyped-def]
    places, gains = np.empty((cosines.size, 5), np.int64), np.empty(cosines.size, np.float32)
    count = fitting(low, high, offset, cosines, above, before, after, places, gains)
    places = places[:count]
    out = np.zeros((-(-count // BLOCK), kinds, BLOCK), np.float32)
    _fill(low, high, offset, cosines, above, matched, before, after, levels, hi, en, places, gains, out)
    return places, out


def feature_blocks(lattice: Lattice) -> tuple[IntArray, FloatArray]:
    """Return the beads that fit, see `bead_features`, and their features, (blocks, k, BLOCK), 0 at the end."""
    corridor = lattice.corridor
    context = lattice.before, lattice.after, lattice.levels
    likeness = lattice.cosines, lattice.above, lattice.matched
    tables = lattice.hi, lattice.en
    places, blocks = _every(
        corridor.low, corridor.high, corridor.offset, *likeness, *context, *tables, len(BEAD_FEATURES)
    )
    return places, blocks


def bead_features(lattice: Lattice) -> tuple[IntArray, FloatArray]:
    """Return the beads that fit, `(n, 5)` as i, j, p, q and the place in a flat array, and their features, `(n, k)`."""
    places, blocks = feature_blocks(lattice)
    return places, blocks.transpose(0, 2, 1).reshape(-1, len(BEAD_FEATURES))[: len(places)]


def null_features(levels: FloatArray, *tables: NDArray[np.float64]) -> FloatArray:
    """Return `(n, k)` float32: what speaks for each sentence standing alone, from the tables of one or both sides."""
    steps = np.concatenate([table[1:, LENGTH:] - table[:-1, LENGTH:] for table in tables])
    ground = np.concatenate([table[1:, GROUND] for table in tables])
    length, number, best, following, _, through = steps.T
    relative = (best - ground) / max(levels[0], float(LEAST_LEVEL))
    short = 1 / np.sqrt(1 + 0.1 * length)
    out = np.empty((len(steps), len(NULL_FEATURES)), np.float32)
    columns = best, best - following, ground, short, np.minimum(number, 2), through, levels[0], levels[1], relative
    for column, values in enumerate(columns):
        out[:, column] = values
    return out
