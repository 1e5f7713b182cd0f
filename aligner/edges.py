"""What of a bead's edges belongs to a neighbour: the words of a clause that stands in the next sentence over there.

Where a clause has gone over the border of two sentences, one against one looks well, for most words have a counterpart.
But the clause stands at the edge, and all of it is covered better by the neighbour of the other side.
"""

import numba
import numpy as np

__all__ = ["begins_of", "beyond"]

#: By so much better has the neighbour to cover a piece to speak for having it.
_MARGIN = np.float32(0.05)


@numba.njit(nogil=True, error_model="numpy")
def begins_of(pairs, own, other, is_hi):  # type: ignore[no-untyped-def]
    """Return where what is told of the pieces of a sentence begins, against another of the other side.

    It is -1 where no bead holds both, or there is none such. `pairs` are spans, index, starts (see `find_pairs`), where
    the pieces of each Hindi sentence begin, and room for six of these numbers.
    """
    spans, index, starts, offset_hi, _ = pairs
    row, column = (own, other) if is_hi else (other, own)
    if not 0 <= row < spans.shape[0] or not spans[row, 0] <= column < spans[row, 1]:
        return -1
    cell = index[spans[row, 2] + column - spans[row, 0]]
    if cell < 0:
        return -1
    return starts[cell] if is_hi else starts[cell] + offset_hi[row + 1] - offset_hi[row]


@numba.njit(nogil=True, error_model="numpy")
def beyond(pairs, best, offset, weights, own, other, is_hi):  # type: ignore[no-untyped-def]
    """Return the weight by which neighbours cover the edges of a range of sentences better: at its start, at its end.

    Each is told of the words from the edge inwards as far as it grows; 0 where the neighbour is in no bead with it.
    """
    first = _edge(pairs, best, offset, weights, own[0], other, other[0] - 1, is_hi)
    return first, _edge(pairs, best, offset, weights, own[1] - 1, other, other[1], is_hi)


@numba.njit(nogil=True, error_model="numpy")
def _edge(pairs, best, offset, weights, sentence, other, neighbour, is_hi):  # type: ignore[no-untyped-def]
    there = begins_of(pairs, sentence, neighbour, is_hi)
    if there < 0:
        return 0.0
    begins = pairs[4]
    for k in range(other[1] - other[0]):
        begins[k] = begins_of(pairs, sentence, other[0] + k, is_hi)
    size = offset[sentence + 1] - offset[sentence]
    total = most = 0.0
    for step in range(size):
        at = step if neighbour < other[0] else size - 1 - step
        covered = np.float32(0)
        for k in range(other[1] - other[0]):
            covered = max(covered, best[begins[k] + at])
        total += weights[offset[sentence] + at, 0] * (best[there + at] - covered - _MARGIN)
        most = max(most, total)
    return most
