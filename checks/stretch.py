"""The compiled half of `coverage`: two lists of words compared by their vectors, in one kernel.

All sums are taken in one fixed order, so that a result is the same bits whatever BLAS there is and however many threads
it has. Memory comes from the caller: what a kernel allocates itself makes it slow to compile.
"""

import numba
import numpy as np

from tithi.encoder.protocol import FloatArray

__all__ = ["compare"]

#: What is told of a side, by column, in the order of the fields of `coverage.SideCoverage`.
_WEIGHT, _COVERED, _FIRST, _LAST, _GAIN, _LACKING, _FIELDS = range(7)

#: A word whose best cosine reaches this has a counterpart; below, the difference counts against it.
_ENOUGH = 0.45
_SURPLUS = 0.1
#: The shortest and the longest stretch that is tried.
_SHORTEST, _LONGEST = 4, 40
#: Rows of the workspace.
_NORM, _BEST, _TOWARD, _ROW, _LACK, _ROWS = range(6)


def compare(rows: FloatArray, count: int) -> tuple[float, list[list[float]]]:
    """Compare the first `count` of `rows` (words, d) float32 with the others; there are some of both.

    Returns:
        The cosine of the sums of both sides; for the Hindi and the English side weight, coverage, first and last of the
        stretch that would better be gone, by how much the cosine then rises, the greatest lack.
    """
    words = len(rows)
    gram, before = np.zeros((words, words), np.float32), np.zeros((words, words + 1))
    work, sides = np.zeros((_ROWS, words)), np.zeros((2, _FIELDS))
    bounds = np.array([0, count, words])  # as an array: a literal 0 would be another form of the kernels
    similarity = _compare(rows, np.ascontiguousarray(rows.T), bounds, gram, before, work, sides)
    return similarity, sides.tolist()


@numba.njit(cache=True, nogil=True)
def _compare(rows, columns, bounds, gram, before, work, sides):  # type: ignore[no-untyped-def]
    begin, count, words, dim = bounds[0], bounds[1], bounds[2], rows.shape[1]
    for i in range(words):
        for k in range(0, dim - 3, 4):  # four at a time: the sums are fetched and put back less often
            a, b, c, d = rows[i, k], rows[i, k + 1], rows[i, k + 2], rows[i, k + 3]
            for j in range(words):
                gram[i, j] += a * columns[k, j] + b * columns[k + 1, j] + c * columns[k + 2, j] + d * columns[k + 3, j]
        for k in range(dim - dim % 4, dim):
            for j in range(words):
                gram[i, j] += rows[i, k] * columns[k, j]
        work[_NORM, i] = max(gram[i, i], 0.0) ** 0.5
        work[_BEST, i] = -1.0
    along = 0.0
    for i in range(count):
        for j in range(count, words):
            product = gram[i, j]
            cosine = product / max(work[_NORM, i] * work[_NORM, j], 1e-9)
            work[_BEST, i] = max(work[_BEST, i], cosine)
            work[_BEST, j] = max(work[_BEST, j], cosine)
            work[_TOWARD, i] += product
            work[_TOWARD, j] += product
            along += product
    hi_square, en_square = _square(gram, before, work, begin, count), _square(gram, before, work, count, words)
    _best_stretch(gram, before, work, begin, count, hi_square, en_square**0.5, along, sides[0])
    _best_stretch(gram, before, work, count, words, en_square, hi_square**0.5, along, sides[1])
    similarity = along / (hi_square * en_square) ** 0.5
    sides[0, _GAIN] -= similarity
    sides[1, _GAIN] -= similarity
    return similarity


@numba.njit(cache=True, nogil=True)
def _square(gram, before, work, begin, end):  # type: ignore[no-untyped-def]
    """Return the squared length of the sum of the words `begin` to `end`; note their sums with those before each."""
    square = 0.0
    for i in range(begin, end):
        for j in range(begin, end):
            work[_ROW, i] += gram[i, j]
            before[i, j + 1] = work[_ROW, i]
        square += work[_ROW, i]
    return max(square, 1e-9)


@numba.njit(cache=True, nogil=True)
def _best_stretch(gram, before, work, begin, end, square, other, along, found):  # type: ignore[no-untyped-def]
    """Write what is told of the words `begin` to `end`, the gain as the best cosine without a stretch.

    |side without stretch|^2 = |side|^2 - 2 side.stretch + |stretch|^2, each a sum over the Gram matrix. `other` is the
    length of the other side, `along` the product of both.
    """
    longest = min(_LONGEST, (end - begin) * 3 // 4)
    weight = 0.0
    for i in range(begin, end):
        weight += work[_NORM, i]
    weight = max(weight, 1e-9)
    covered = 0.0
    for i in range(begin, end):
        covered += work[_NORM, i] * min(max(work[_BEST, i], 0.0), 1.0) / weight
        work[_LACK, i] = work[_NORM, i] * max(_ENOUGH - work[_BEST, i], -_SURPLUS) / weight
    first = last = 0
    score, top, worst = -2.0, -2.0, 0.0
    for start in range(begin, end):
        inner = cross = part = missing = 0.0
        for new in range(start, min(end, start + longest)):
            inner += gram[new, new] + 2 * (before[new, new] - before[new, start])
            cross += work[_ROW, new]
            part += work[_TOWARD, new]
            missing += work[_LACK, new]
            if new + 1 - start < _SHORTEST:
                continue
            rest = max(square - 2 * cross + inner, 1e-6)
            cosine = (along - part) / (other * rest**0.5)
            top = max(top, cosine)
            worst = max(worst, missing)
            if cosine + 0.5 * missing > score:
                score, first, last = cosine + 0.5 * missing, start - begin, new + 1 - begin
    found[_WEIGHT], found[_COVERED], found[_FIRST], found[_LAST] = weight, covered, first, last
    found[_GAIN], found[_LACKING] = top, worst
