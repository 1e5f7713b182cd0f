"""What the single words of a bead say: which of them have a counterpart on the other side.

The likeness of two sums tells what a bead is about, not whether it says the same: a foreign line on the same subject is
alike, and so is a line with its neighbour's last clause. So the pieces of words of both sides are compared one by one,
but only in beads that a first look thinks possible, some two for each sentence. A piece is covered as well as by the
piece most like it on the other side; it weighs what its vector says, the norm.

Source: the greedy matching of BERTScore, Zhang et al. 2020.
"""

import numba
import numpy as np

from tithi.aligner.course import course
from tithi.aligner.edges import begins_of, beyond
from tithi.aligner.nodes import MAX_GROUP, IntArray
from tithi.aligner.outside import better_than_others
from tithi.aligner.wordpairs import compare, find_pairs
from tithi.aligner.words import Words
from tithi.compiling import kept
from tithi.encoder.protocol import FloatArray

__all__ = ["WORD_FEATURES", "word_features"]

#: What is told of a bead. Coverage is the share, by weight, that is covered: of both sides on average and of the
#: lesser; of the sentence covered least; the share that is surely covered; what the other side's coverage loses without
#: the first or the last sentence of a side of several, and without one bead for two; what it would gain by another
#: sentence; coverage by the pieces that are rare in the document; the weight not covered; by how much the sentences are
#: covered better than by any other that may belong to them; the weight; what of its edges its neighbours cover better,
#: of the one edge the most and of all four together; how well counterparts keep the order, on average and in the side
#: where they do less, and how far they are spread over the other side, less and more (see `course`).
WORD_FEATURES = (
    "covered",
    "covered less",
    "covered least",
    "surely covered",
    "surely covered less",
    "lost without one",
    "lost apart",
    "gained by one",
    "rare covered",
    "rare covered less",
    "uncovered less",
    "uncovered more",
    "better",
    "better least",
    "weight",
    "beyond most",
    "beyond",
    "order",
    "order less",
    "spread less",
    "spread more",
)
(
    _COVERED,
    _COVERED_LESS,
    _COVERED_LEAST,
    _SURELY,
    _SURELY_LESS,
    _LOST,
    _LOST_APART,
    _GAINED,
    _RARE,
    _RARE_LESS,
    _UNCOVERED_LESS,
    _UNCOVERED_MORE,
    _BETTER,
    _BETTER_LEAST,
    _WEIGHT,
    _BEYOND_MOST,
    _BEYOND,
    _ORDER,
    _ORDER_LESS,
    _SPREAD_LESS,
    _SPREAD_MORE,
) = range(len(WORD_FEATURES))
#: More than this is lost apart where two and two stand crosswise as well, which tells nothing of their being one bead.
_CROSSWISE = 0.4
#: A piece so much covered surely has a counterpart.
_SURE = np.float32(0.55)


def word_features(places: IntArray, hi: Words, en: Words) -> FloatArray:
    """Return `(n, 21)` float32: the `WORD_FEATURES` of the beads at `places`, (n, 4) or more as i, j, p, q.

    Time and memory are those of the pairs of sentences in these beads, each looked at once.
    """
    out = np.zeros((len(places), len(WORD_FEATURES)), np.float32)
    if len(places):
        sides = ((of.bags.ids, of.pieces.rows, of.pieces.norms, of.pieces.weights) for of in (hi, en))
        _word_features(places, hi.bags.offsets, en.bags.offsets, *sides, hi.rarity, en.rarity, out)
    return out


@kept(error_model="numpy")
def _word_features(places, offset_hi, offset_en, hi, en, rarity_hi, rarity_en, out):  # type: ignore[no-untyped-def]
    spans, index, cells, starts = find_pairs(places, offset_hi, offset_en)
    best, where = np.zeros(starts[-1], np.float32), np.zeros(starts[-1], np.int64)
    mean = np.zeros(cells.shape[0], np.float32)
    compare(cells, starts, offset_hi, offset_en, hi, en, best, where, mean)
    weights_hi, weights_en = _weighed(hi[0], hi[3], rarity_hi), _weighed(en[0], en[3], rarity_en)
    _tell(places, spans, index, starts, best, where, mean, offset_hi, offset_en, weights_hi, weights_en, out)


@numba.njit(nogil=True, error_model="numpy")
def _weighed(ids, weights, rarity):  # type: ignore[no-untyped-def]
    """Return the weight of each piece of the side, and its weight by rarity, (pieces, 2)."""
    weighed = np.empty((ids.size, 2), np.float32)
    for piece in range(ids.size):
        weighed[piece, 0] = weights[ids[piece]]
        weighed[piece, 1] = weights[ids[piece]] * rarity[piece]
    return weighed


@numba.njit(nogil=True, error_model="numpy")
def _within(pairs, best, offset, weights, own, other, is_hi):  # type: ignore[no-untyped-def]
    """Return the weight of a range of sentences that a range of the other side covers."""
    total = 0.0
    begins = pairs[4]
    for sentence in range(own[0], own[1]):
        for k in range(other[1] - other[0]):
            begins[k] = begins_of(pairs, sentence, other[0] + k, is_hi)
        for piece in range(offset[sentence], offset[sentence + 1]):
            most = np.float32(0)
            for k in range(other[1] - other[0]):
                most = max(most, best[begins[k] + piece - offset[sentence]])
            total += weights[piece, 0] * most
    return total


@numba.njit(nogil=True, error_model="numpy")
def _of_side(pairs, best, offset, weights, own, other, is_hi, told):  # type: ignore[no-untyped-def]
    """Write to `told` what a range of sentences is covered by a range of the other side.

    That is the weight, what of it is covered and what surely; the same of the first two by rarity; what is covered
    without the first and without the last sentence of the other side; what more would be covered by the sentence before
    it and by that behind it; and the coverage of the sentence covered least.
    """
    told[:] = 0
    told[9] = 1
    many = other[1] - other[0]
    begins = pairs[4]
    for sentence in range(own[0], own[1]):
        for k in range(many + 2):
            begins[k] = begins_of(pairs, sentence, other[0] + k - 1, is_hi)
        weight, covered = told[0], told[1]
        for piece in range(offset[sentence], offset[sentence + 1]):
            at = piece - offset[sentence]
            first, last, inner = best[begins[1] + at], best[begins[many] + at], np.float32(0)
            for k in range(2, many):
                inner = max(inner, best[begins[k] + at])
            most = max(first, last, inner)
            told[0] += weights[piece, 0]
            told[1] += weights[piece, 0] * most
            told[2] += weights[piece, 0] * (most > _SURE)
            told[3] += weights[piece, 1]
            told[4] += weights[piece, 1] * most
            told[5] += weights[piece, 0] * (max(inner, last) if many > 1 else np.float32(0))
            told[6] += weights[piece, 0] * (max(inner, first) if many > 1 else np.float32(0))
            if begins[0] >= 0:
                told[7] += weights[piece, 0] * max(best[begins[0] + at] - most, np.float32(0))
            if begins[many + 1] >= 0:
                told[8] += weights[piece, 0] * max(best[begins[many + 1] + at] - most, np.float32(0))
        if told[0] > weight:
            told[9] = min(told[9], (told[1] - covered) / (told[0] - weight))
    told[0], told[3] = max(told[0], 1e-6), max(told[3], 1e-6)


@numba.njit(nogil=True, error_model="numpy")
def _tell(places, spans, index, starts, best, where, mean, offset_hi, offset_en, weights_hi, weights_en, out):  # type: ignore[no-untyped-def]
    pairs, told = (spans, index, starts, offset_hi, np.empty(MAX_GROUP + 2, np.int64)), (best, where)
    of_hi, of_en = np.empty(10), np.empty(10)
    yes, no = np.array([True, False])  # of an array, so that kernels are compiled once and not for each
    others = better_than_others(places, spans, index, mean, offset_en.size - 1)
    for bead in range(places.shape[0]):
        i, j, p, q = places[bead, 0], places[bead, 1], places[bead, 2], places[bead, 3]
        hi, en = (i - p, i), (j - q, j)
        _of_side(pairs, best, offset_hi, weights_hi, hi, en, yes, of_hi)
        _of_side(pairs, best, offset_en, weights_en, en, hi, no, of_en)
        one, two = of_hi[1] / of_hi[0], of_en[1] / of_en[0]
        out[bead, _COVERED], out[bead, _COVERED_LESS] = 0.5 * (one + two), min(one, two)
        out[bead, _COVERED_LEAST] = min(of_hi[9], of_en[9])
        sure_hi, sure_en = of_hi[2] / of_hi[0], of_en[2] / of_en[0]
        out[bead, _SURELY], out[bead, _SURELY_LESS] = 0.5 * (sure_hi + sure_en), min(sure_hi, sure_en)
        rare_hi, rare_en = of_hi[4] / of_hi[3], of_en[4] / of_en[3]
        out[bead, _RARE], out[bead, _RARE_LESS] = 0.5 * (rare_hi + rare_en), min(rare_hi, rare_en)
        if p > 1 or q > 1:
            lost_hi = of_hi[1] - max(of_hi[5], of_hi[6]) if q > 1 else np.inf
            lost_en = of_en[1] - max(of_en[5], of_en[6]) if p > 1 else np.inf
            out[bead, _LOST] = min(lost_hi / of_hi[0], lost_en / of_en[0])
        if p > 1 and q > 1:
            apart = 0.0
            for x in range(hi[0] + 1, hi[1]):
                for y in range(en[0] + 1, en[1]):
                    covered = _within(pairs, best, offset_hi, weights_hi, (hi[0], x), (en[0], y), yes)
                    covered += _within(pairs, best, offset_hi, weights_hi, (x, hi[1]), (y, en[1]), yes)
                    back = _within(pairs, best, offset_en, weights_en, (en[0], y), (hi[0], x), no)
                    back += _within(pairs, best, offset_en, weights_en, (y, en[1]), (x, hi[1]), no)
                    apart = max(apart, covered / of_hi[0] + back / of_en[0])
            out[bead, _LOST_APART] = min(one + two - apart, _CROSSWISE)
        out[bead, _GAINED] = max(max(of_hi[7], of_hi[8]) / of_hi[0], max(of_en[7], of_en[8]) / of_en[0])
        left_hi, left_en = of_hi[0] - of_hi[1], of_en[0] - of_en[1]
        out[bead, _UNCOVERED_LESS] = min(left_hi, left_en, 9.0) / 3
        out[bead, _UNCOVERED_MORE] = min(max(left_hi, left_en), 9.0) / 3
        out[bead, _BETTER], out[bead, _BETTER_LEAST] = others[bead, 0], others[bead, 1]
        out[bead, _WEIGHT] = np.log(min(of_hi[0], of_en[0]) + 0.5)
        one_hi, other_hi = beyond(pairs, best, offset_hi, weights_hi, hi, en, yes)
        one_en, other_en = beyond(pairs, best, offset_en, weights_en, en, hi, no)
        out[bead, _BEYOND_MOST] = min(max(one_hi, other_hi, one_en, other_en), 3.0)
        out[bead, _BEYOND] = min(one_hi + other_hi + one_en + other_en, 6.0) / 2
        order_hi, spread_hi = course(pairs, told, (offset_hi, offset_en), weights_hi, hi, en, yes)
        order_en, spread_en = course(pairs, told, (offset_en, offset_hi), weights_en, en, hi, no)
        out[bead, _ORDER], out[bead, _ORDER_LESS] = 0.5 * (order_hi + order_en), min(order_hi, order_en)
        out[bead, _SPREAD_LESS] = min(spread_hi, spread_en)
        out[bead, _SPREAD_MORE] = max(spread_hi, spread_en)
