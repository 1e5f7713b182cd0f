"""Pairs of sentences that a bead may hold, and how well each of their words is covered in them."""

import numba
import numpy as np

__all__ = ["compare", "find_pairs"]


@numba.njit(nogil=True, error_model="numpy")
def find_pairs(places, offset_hi, offset_en):  # type: ignore[no-untyped-def]
    """Return the pairs of sentences in the beads, (k, 2), and where what is told of the pieces of each begins.

    `spans` (n, 3) tells of each Hindi sentence the first English one, the one past the last, and where in `index` the
    place of the first among the pairs is: -1 for two that no bead holds.
    """
    spans = np.zeros((offset_hi.size - 1, 3), np.int64)
    spans[:, 0] = offset_en.size
    for bead in range(places.shape[0]):
        i, j, p, q = places[bead, 0], places[bead, 1], places[bead, 2], places[bead, 3]
        for row in range(i - p, i):
            spans[row, 0] = min(spans[row, 0], j - q)
            spans[row, 1] = max(spans[row, 1], j)
    total = 0
    for row in range(spans.shape[0]):
        spans[row, 2] = total
        total += max(0, spans[row, 1] - spans[row, 0])
    index = np.full(total, -1)
    count = 0
    for bead in range(places.shape[0]):
        i, j, p, q = places[bead, 0], places[bead, 1], places[bead, 2], places[bead, 3]
        for row in range(i - p, i):
            for column in range(j - q, j):
                at = spans[row, 2] + column - spans[row, 0]
                if index[at] < 0:
                    index[at] = count
                    count += 1
    cells, starts = np.empty((count, 2), np.int64), np.zeros(count + 1, np.int64)
    for row in range(spans.shape[0]):
        for column in range(spans[row, 0], spans[row, 1]):
            at = index[spans[row, 2] + column - spans[row, 0]]
            if at >= 0:
                cells[at, 0], cells[at, 1] = row, column
    for at in range(count):
        row, column = cells[at, 0], cells[at, 1]
        sizes = offset_hi[row + 1] - offset_hi[row] + offset_en[column + 1] - offset_en[column]
        starts[at + 1] = starts[at] + sizes
    return spans, index, cells, starts


@numba.njit(nogil=True, error_model="numpy")
def compare(cells, starts, offset_hi, offset_en, hi, en, best, where, mean):  # type: ignore[no-untyped-def]
    """Write how well each piece is covered in each pair and by which, the Hindi ones first, and each pair's mean.

    Pieces are counted from the start of their sentence; of equals the first covers.
    """
    ids_hi, rows_hi, norms_hi, weights_hi = hi
    ids_en, rows_en, norms_en, weights_en = en
    for cell in range(cells.shape[0]):
        row, column = cells[cell, 0], cells[cell, 1]
        begin, middle = starts[cell], starts[cell] + offset_hi[row + 1] - offset_hi[row]
        for a in range(offset_hi[row], offset_hi[row + 1]):
            one, most, at = ids_hi[a], np.float32(0), 0
            for b in range(offset_en[column], offset_en[column + 1]):
                other, of_other = ids_en[b], middle + b - offset_en[column]
                product = np.int32(0)
                for k in range(rows_hi.shape[1]):
                    product = np.int32(product + np.int32(rows_hi[one, k]) * np.int32(rows_en[other, k]))
                alike = np.float32(product) * norms_hi[one] * norms_en[other]
                if alike > most:
                    most, at = alike, b - offset_en[column]
                if alike > best[of_other]:
                    best[of_other], where[of_other] = alike, a - offset_hi[row]
            best[begin + a - offset_hi[row]], where[begin + a - offset_hi[row]] = most, at
        covered, weight = np.zeros(2), np.full(2, 1e-6)
        for a in range(offset_hi[row], offset_hi[row + 1]):
            covered[0] += weights_hi[ids_hi[a]] * best[begin + a - offset_hi[row]]
            weight[0] += weights_hi[ids_hi[a]]
        for b in range(offset_en[column], offset_en[column + 1]):
            covered[1] += weights_en[ids_en[b]] * best[middle + b - offset_en[column]]
            weight[1] += weights_en[ids_en[b]]
        mean[cell] = 0.5 * (covered[0] / weight[0] + covered[1] / weight[1])
