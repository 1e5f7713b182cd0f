"""By how much the sentences of a bead are covered better in it than by any sentence outside it."""

import numba
import numpy as np

__all__ = ["better_than_others"]


@numba.njit(nogil=True, error_model="numpy")
def better_than_others(places, spans, index, mean, m):  # type: ignore[no-untyped-def]
    """Return by how much the sentences of each bead are covered better than by any outside it, on average and least."""
    n = spans.shape[0]
    first = np.zeros(m + 2, np.int64)
    for row in range(n):
        for column in range(spans[row, 0], spans[row, 1]):
            if index[spans[row, 2] + column - spans[row, 0]] >= 0:
                first[column + 2] += 1
    for column in range(m):
        first[column + 2] += first[column + 1]
    rows = np.empty(first[m + 1], np.int64)
    for row in range(n):
        for column in range(spans[row, 0], spans[row, 1]):
            if index[spans[row, 2] + column - spans[row, 0]] >= 0:
                rows[first[column + 1]] = row
                first[column + 1] += 1
    out = np.zeros((places.shape[0], 2))
    for bead in range(places.shape[0]):
        i, j, p, q = places[bead, 0], places[bead, 1], places[bead, 2], places[bead, 3]
        out[bead, 1] = np.inf
        for row in range(i - p, i):
            own = other = np.float32(0)
            for column in range(spans[row, 0], spans[row, 1]):
                cell = index[spans[row, 2] + column - spans[row, 0]]
                if cell >= 0:
                    if j - q <= column < j:
                        own = max(own, mean[cell])
                    else:
                        other = max(other, mean[cell])
            out[bead, 0] += 0.5 * (own - other) / p
            out[bead, 1] = min(out[bead, 1], own - other)
        for column in range(j - q, j):
            own = other = np.float32(0)
            for at in range(first[column], first[column + 1]):
                row = rows[at]
                cell = index[spans[row, 2] + column - spans[row, 0]]
                if i - p <= row < i:
                    own = max(own, mean[cell])
                else:
                    other = max(other, mean[cell])
            out[bead, 0] += 0.5 * (own - other) / q
            out[bead, 1] = min(out[bead, 1], own - other)
    return out
