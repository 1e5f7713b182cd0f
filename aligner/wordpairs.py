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
    most_hi = most_en = 0
    for cell in range(cells.shape[0]):
        row, column = cells[cell, 0], cells[cell, 1]
        most_hi = max(most_hi, offset_hi[row + 1] - offset_hi[row])
        most_en = max(most_en, offset_en[column + 1] - offset_en[column])
    # Room for whole steps of two and four, see `_products`.
    one = np.zeros((most_hi + 1, rows_hi.shape[1]), np.float32)
    other = np.zeros((most_en + 3, rows_en.shape[1]), np.float32)
    alike, norms = np.zeros((most_hi + 1, most_en + 3), np.float32), np.zeros(most_en, np.float32)
    for cell in range(cells.shape[0]):
        row, column = cells[cell, 0], cells[cell, 1]
        of_hi, of_en = ids_hi[offset_hi[row] : offset_hi[row + 1]], ids_en[offset_en[column] : offset_en[column + 1]]
        begin, middle, end = starts[cell], starts[cell] + of_hi.size, starts[cell + 1]
        if cell == 0 or cells[cell - 1, 0] != row:
            _gather(rows_hi, of_hi, one)
        _gather(rows_en, of_en, other)
        for b in range(of_en.size):
            norms[b] = norms_en[of_en[b]]
        _products(one, of_hi.size, other, of_en.size, alike)
        for a in range(of_hi.size):
            most = _take(alike[a], norms_hi[of_hi[a]], norms, a, best[middle:end], where[middle:end])
            best[begin + a] = most
            if most > 0:
                while alike[a, where[begin + a]] != most:
                    where[begin + a] += 1
        covered_hi, covered_en, weight_hi, weight_en = 0.0, 0.0, 1e-6, 1e-6
        for a in range(of_hi.size):
            covered_hi += weights_hi[of_hi[a]] * best[begin + a]
            weight_hi += weights_hi[of_hi[a]]
        for b in range(of_en.size):
            covered_en += weights_en[of_en[b]] * best[middle + b]
            weight_en += weights_en[of_en[b]]
        mean[cell] = 0.5 * (covered_hi / weight_hi + covered_en / weight_en)


@numba.njit(nogil=True, error_model="numpy")
def _gather(rows, ids, out):  # type: ignore[no-untyped-def]
    for at in range(ids.size):
        own, other = out[at], rows[ids[at]]
        for k in range(own.size):
            own[k] = other[k]


@numba.njit(nogil=True, error_model="numpy", fastmath={"reassoc", "contract"})
def _products(one, many, other, most, out):  # type: ignore[no-untyped-def]
    """Write the products of the first rows of both, two by four at a time.

    They are whole numbers, so that no sum of up to 1,040 is rounded.
    """
    for a in range(0, many, 2):
        for b in range(0, most, 4):
            a0 = a1 = a2 = a3 = b0 = b1 = b2 = b3 = np.float32(0)
            for k in range(one.shape[1]):
                x, y = one[a, k], one[a + 1, k]
                p, q, r, s = other[b, k], other[b + 1, k], other[b + 2, k], other[b + 3, k]
                a0, a1, a2, a3 = a0 + x * p, a1 + x * q, a2 + x * r, a3 + x * s
                b0, b1, b2, b3 = b0 + y * p, b1 + y * q, b2 + y * r, b3 + y * s
            out[a, b], out[a, b + 1], out[a, b + 2], out[a, b + 3] = a0, a1, a2, a3
            out[a + 1, b], out[a + 1, b + 1], out[a + 1, b + 2], out[a + 1, b + 3] = b0, b1, b2, b3


@numba.njit(nogil=True, error_model="numpy", fastmath={"nnan", "nsz"})
def _take(alike, norm, norms, own, best, where):  # type: ignore[no-untyped-def]
    """Turn products into likeness, note what a piece covers better than those before it, and return its best."""
    most = np.float32(0)
    for b in range(best.size):
        value = alike[b] * norm * norms[b]
        alike[b] = value
        most = max(most, value)
        better = value > best[b]
        best[b] = value if better else best[b]
        where[b] = own if better else where[b]
    return most
