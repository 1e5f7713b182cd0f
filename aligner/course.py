"""Whether two sides take the same course: where in the other side the words of one find their counterparts.

Those of a translation lie all over it and for the most part in its order; a foreign line on the same subject finds them
in one place, or strewn.
"""

import numba
import numpy as np

from tithi.aligner.edges import begins_of

__all__ = ["course"]

#: A lighter piece is a mark or a word of grammar: sentences begin and end in the same ones, which tells no course.
_LIGHT = np.float32(0.4)
#: A piece covered no better is taken to have no counterpart, and fewer pieces with one tell no order.
_LEAST = np.float32(0.4)
_FEW = 3


@numba.njit(nogil=True, error_model="numpy")
def course(pairs, told, offset, weights, own, other, is_hi):  # type: ignore[no-untyped-def]
    """Return how well counterparts keep the order, in [-1, 1], and how far they are spread, in [0, 0.5].

    They are those of a range of sentences in a range of the other side: the correlation of their places with those of
    the words they belong to, each by weight and by how well it covers, and the deviation of their places.

    Args:
        pairs: See `begins_of`.
        told: How well each piece is covered, and by the how-manieth piece of the other sentence.
        offset: Where the pieces of each sentence begin, on this side and on the other.
        weights: Those of the pieces of this side.
        own: The range of sentences.
        other: The range of the other side.
        is_hi: Whether this side is Hindi.
    """
    best, where = told
    here, there = offset
    begins = pairs[4]
    first, start = here[own[0]], there[other[0]]
    last, end = max(here[own[1]] - first - 1, 1), max(there[other[1]] - start - 1, 1)
    count, total = 0, 1e-9
    along = over = along_along = over_over = along_over = 0.0
    for sentence in range(own[0], own[1]):
        for k in range(other[1] - other[0]):
            begins[k] = begins_of(pairs, sentence, other[0] + k, is_hi)
        for piece in range(here[sentence], here[sentence + 1]):
            if weights[piece, 0] < _LIGHT:
                continue
            covered, at = np.float32(0), 0
            for k in range(other[1] - other[0]):
                one = begins[k] + piece - here[sentence]
                if best[one] > covered:
                    covered, at = best[one], there[other[0] + k] + where[one]
            weight = weights[piece, 0] * (covered - _LEAST)
            if weight > 0:
                x, y = (piece - first) / last, (at - start) / end
                count += 1
                total += weight
                along += weight * x
                over += weight * y
                along_along += weight * x * x
                over_over += weight * y * y
                along_over += weight * x * y
    if count < _FEW:
        return 0.0, 0.0
    along, over = along / total, over / total
    spread = np.sqrt(max(over_over / total - over * over, 0.0))
    across = np.sqrt(max(along_along / total - along * along, 0.0))
    return (along_over / total - along * over) / max(across * spread, 1e-3), spread
