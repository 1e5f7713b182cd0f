"""By how much the sentences of a bead are covered better in it than by any sentence outside it."""

import numba
import numpy as np

__all__ = ["better_than_others"]


@numba.njit(nogil=True, error_model="numpy")
def better_than_others(places, spans, index, mean, m):  # type: ignore[no-untyped-def]
    """Return by how much the sentences of each bead are covered better than by any outside it, on average and least."""
    columns = np.empty(index.size, np.int64)
    first = np.zeros(m + 2, np.int64)
    begins = spans[:, 2].copy()  # like `first` in form, so that `_margin` is compiled once
    ends = begins + spans[:, 1] - spans[:, 0]
    for row in range(spans.shape[0]):
        for at in range(begins[row], ends[row]):
            columns[at] = spans[row, 0] + at - begins[row]
            if index[at] >= 0:
                first[columns[at] + 2] += 1
    for column in range(m):
        first[column + 2] += first[column + 1]
    rows, cells = np.empty(first[m + 1], np.int64), np.empty(first[m + 1], index.dtype)
    for row in range(spans.shape[0]):
        for at in range(begins[row], ends[row]):
            if index[at] >= 0:
                slot = first[columns[at] + 1]
                rows[slot], cells[slot] = row, index[at]
                first[columns[at] + 1] += 1
    out = np.zeros((places.shape[0], 2))
    for bead in range(places.shape[0]):
        i, j, p, q = places[bead, 0], places[bead, 1], places[bead, 2], places[bead, 3]
        hi, least_hi = _margin(i - p, i, begins, ends, columns, index, mean, j - q, j)
        en, least_en = _margin(j - q, j, first[:-1], first[1:], rows, cells, mean, i - p, i)
        out[bead, 0], out[bead, 1] = 0.5 * hi + 0.5 * en, min(least_hi, least_en)
    return out


@numba.njit(nogil=True, error_model="numpy")
def _margin(begin, end, starts, stops, partners, cells, mean, low, high):  # type: ignore[no-untyped-def]
    """Return by how much partners in [low, high) beat the others for sentences [begin, end), on average and least."""
    total, least = np.float64(0), np.float64(np.inf)
    for sentence in range(begin, end):
        own = other = np.float32(0)
        for at in range(starts[sentence], stops[sentence]):
            if cells[at] >= 0:
                if low <= partners[at] < high:
                    own = max(own, mean[cells[at]])
                else:
                    other = max(other, mean[cells[at]])
        margin = np.float64(own - other)
        total += margin
        least = min(least, margin)
    return total / (end - begin), least
