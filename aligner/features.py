"""What speaks for and against a bead or a null, as numbers; the weights that judge them are learnt (see `judge`).

Every feature treats the two languages alike, but for the sign-free length term, so that a swap of the sides mirrors
the scores.
"""

import numba
import numpy as np
from numpy.typing import NDArray

from tithi.aligner.fitting import fitting
from tithi.aligner.lattice import Lattice
from tithi.aligner.nodes import BEST, GROUND, LENGTH, NEXT, NORM, NUMBER, OPEN, THROUGH, IntArray
from tithi.compiling import kept
from tithi.encoder.protocol import FloatArray

__all__ = [
    "BEAD_FEATURES",
    "BLOCK",
    "LENGTH_RATIO",
    "NULL_FEATURES",
    "bead_features",
    "fill",
    "groups",
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


#: What a table of groups tells of each: the norm; how alike its sentences are to the best and to the second best of the
#: other side, on average; the length, its log and how short that is; the rarity of its numbers.
_OF_NORM, _OF_BEST, _OF_NEXT, _OF_LENGTH, _OF_LOG, _OF_SHORT, _OF_NUMBER = range(7)


@numba.njit(nogil=True, error_model="numpy")
def groups(table, ratio):  # type: ignore[no-untyped-def]
    """Return what is told of the group of the last p sentences before i at `[i, p - 1]`, (n + 1, 4, 7) float64."""
    told = np.zeros((table.shape[0], 4, 7))
    for i in range(1, table.shape[0]):
        for p in range(1, min(4, i) + 1):
            of = told[i, p - 1]
            of[_OF_NORM] = table[i, NORM + p - 1]
            of[_OF_BEST] = (table[i, BEST] - table[i - p, BEST]) / p
            of[_OF_NEXT] = (table[i, NEXT] - table[i - p, NEXT]) / p
            of[_OF_LENGTH] = (table[i, LENGTH] - table[i - p, LENGTH]) * ratio
            of[_OF_LOG] = np.log(of[_OF_LENGTH] + 5)
            of[_OF_SHORT] = 1 / np.sqrt(1 + 0.1 * of[_OF_LENGTH])
            of[_OF_NUMBER] = table[i, NUMBER] - table[i - p, NUMBER]
    return told


@numba.njit(nogil=True, error_model="numpy")
def fill(  # type: ignore[no-untyped-def]
    low, high, offset, cosines, above, matched, before, after, levels, hi, en, of_hi, of_en, places, gains, begin, out
):
    """Write the features of the `BLOCK` beads from `begin` on at `places` (see `fitting`) to `out` (k, BLOCK) float32.

    `of_hi` and `of_en` are the `groups` of both sides.
    """
    out[:] = 0
    alike = 1 / max(levels[0], LEAST_LEVEL)
    for at in range(min(BLOCK, places.shape[0] - begin)):
        bead = begin + at
        i, j, p, q = places[bead, 0], places[bead, 1], places[bead, 2], places[bead, 3]
        one, other = of_hi[i, p - 1], of_en[j, q - 1]
        node = offset[i] + j - low[i]
        c = cosines[node, p - 1, q - 1]
        out[_COSINE, at] = c
        out[_BACKGROUND, at] = c - above[node, p - 1, q - 1]
        out[_BEFORE, at] = before[offset[i - p] + j - q - low[i - p]]
        out[_AFTER, at] = after[node]
        out[_LEVEL, at] = levels[0]
        out[_MIDDLE, at] = levels[1]
        out[_RELATIVE, at] = above[node, p - 1, q - 1] * alike
        out[_ENDS_UNLIKE, at] = abs(hi[i, OPEN] - hi[i - 1, OPEN] - en[j, OPEN] + en[j - 1, OPEN])
        nh, ne = one[_OF_NORM], other[_OF_NORM]
        if nh > 0 and ne > 0:
            out[_DICE, at] = 2 * c * nh * ne / (nh * nh + ne * ne)
        out[_RIVAL, at] = c - 0.5 * (one[_OF_BEST] + other[_OF_BEST])
        out[_FOLLOWING, at] = c - 0.5 * (one[_OF_NEXT] + other[_OF_NEXT])
        if p > 1 or q > 1:
            out[_GAIN, at] = gains[bead]
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
            out[_EXTENSION, at] = wider - c
        if p > 1 and q > 1:
            split = np.float32(-1)
            for a in range(1, p):
                for b in range(1, q):
                    if low[i - a] <= j - b < high[i - a]:
                        first = cosines[offset[i - a] + j - b - low[i - a], p - a - 1, q - b - 1]
                        split = max(split, min(first, cosines[node, a - 1, b - 1]))
            out[_SPLIT, at] = c - split
            cross = np.float32(0)
            if low[i - p + 1] <= j < high[i - p + 1]:
                cross = max(cross, cosines[offset[i - p + 1] + j - low[i - p + 1], 0, 0])
            if j - q + 1 >= low[i]:
                cross = max(cross, cosines[node - q + 1, 0, 0])
            out[_CROSS, at] = cross
        lh, le = one[_OF_LENGTH], other[_OF_LENGTH]
        out[_UNLIKE_LENGTH, at] = min((lh - le) ** 2 / (LENGTH_VARIANCE * (lh + le + 10)), 20.0) / 10
        out[_SKEW, at] = min(abs(one[_OF_LOG] - other[_OF_LOG]), 4.0)
        out[_SHORT, at] = max(one[_OF_SHORT], other[_OF_SHORT])
        th, te = one[_OF_NUMBER], other[_OF_NUMBER]
        shared = min(matched[node, p - 1, q - 1], min(th, te))
        out[_SHARED, at] = min(shared, 2.0)
        out[_CONTRADICTING, at] = min(min(th, te) - shared, 2.0)
        out[_MISSING, at] = min(abs(th - te), 2.0)
        out[_SHAPE[min(p, q) - 1, max(p, q) - 1], at] = 1


@kept(error_model="numpy")
def _every(low, high, offset, cosines, above, matched, before, after, levels, hi, en, kinds):  # type: ignore[no-untyped-def]
    places, gains = np.empty((cosines.size, 5), np.int64), np.empty(cosines.size, np.float32)
    count = fitting(low, high, offset, cosines, above, before, after, places, gains)
    places = places[:count]
    out = np.zeros((-(-count // BLOCK), kinds, BLOCK), np.float32)
    of_hi, of_en = groups(hi, 1.0), groups(en, LENGTH_RATIO)
    lattice = low, high, offset, cosines, above, matched, before, after, levels, hi, en, of_hi, of_en
    for block in range(out.shape[0]):
        fill(*lattice, places, gains, block * BLOCK, out[block])
    return places, out


def bead_features(lattice: Lattice) -> tuple[IntArray, FloatArray]:
    """Return the beads that fit, `(n, 5)` as i, j, p, q and the place in a flat array, and their features, `(n, k)`."""
    places, blocks = _every(*lattice.arrays(), len(BEAD_FEATURES))
    return places, blocks.transpose(0, 2, 1).reshape(-1, len(BEAD_FEATURES))[: len(places)]


def null_features(levels: FloatArray, table: NDArray[np.float64]) -> FloatArray:
    """Return `(n, k)` float32: what speaks for each sentence of a side standing alone, from its table."""
    return np.asarray(_null_features(levels, table))


@kept(error_model="numpy")
def _null_features(levels, table):  # type: ignore[no-untyped-def]
    out = np.empty((table.shape[0] - 1, len(NULL_FEATURES)), np.float32)
    for k in range(1, table.shape[0]):
        best, ground = table[k, BEST] - table[k - 1, BEST], table[k, GROUND]
        out[k - 1, 0] = best
        out[k - 1, 1] = best - table[k, NEXT] + table[k - 1, NEXT]
        out[k - 1, 2] = ground
        out[k - 1, 3] = 1 / np.sqrt(1 + 0.1 * (table[k, LENGTH] - table[k - 1, LENGTH]))
        out[k - 1, 4] = min(table[k, NUMBER] - table[k - 1, NUMBER], 2.0)
        out[k - 1, 5] = table[k, THROUGH] - table[k - 1, THROUGH]
        out[k - 1, 6], out[k - 1, 7] = levels[0], levels[1]
        out[k - 1, 8] = (best - ground) / max(levels[0], LEAST_LEVEL)
    return out
