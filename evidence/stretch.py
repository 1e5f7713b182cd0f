"""The compiled half of `coverage`: two lists of words compared by their vectors, in one kernel.

All sums are taken in one fixed order, so that a result is the same bits whatever BLAS there is and however many threads
it has. Memory comes from the caller: what a kernel allocates itself makes it slow to compile.
"""

import numba
import numpy as np
from numpy.typing import NDArray

from tithi.encoder.protocol import FloatArray

__all__ = ["BEST", "CLAIM", "FIRM", "LINKED", "NEAR", "NORM", "PART", "ROOM", "SEEN", "compare"]

#: What is told of a side, by column, in the order of the fields of `coverage.SideCoverage`.
_WEIGHT, _COVERED, _FIRST, _LAST, _GAIN, _LACKING, _FIELDS = range(7)

#: A word whose best cosine reaches this has a counterpart; below, the difference counts against it.
_ENOUGH = 0.45
_SURPLUS = 0.1
#: The shortest and the longest stretch that is tried.
_SHORTEST, _LONGEST = 4, 40
#: Rows of what is seen of each word, and after them those of the workspace: its weight, its best cosine, what of the
#: other side it can claim for itself, how well its neighbours agree with those of its counterpart; then by links, of
#: which each word has one to give: how much of one it gets, the weight of the words it gets them from, its surest link,
#: how much on the other side is left without a link beside the counterparts of its neighbours.
NORM, BEST, CLAIM, NEAR, LINKED, PART, FIRM, ROOM, SEEN = range(9)
_TOWARD, _ROW, _LACK, _AT, _SHARED, _RIVALS, _TO, _ROWS = range(SEEN, SEEN + 8)
#: A counterpart's share that no word claims, and the words before and after, here and there, that are neighbours.
_UNCLAIMED = 0.3**4
_REACH, _REACH_THERE = 2, 4
#: The least cosine of a link, the share of its strength that does not hang on the links beside it, what no link takes,
#: and from when on a link is firm.
_FAINT, _ALONE, _SPARE, _SURE = 0.2, 0.2, 0.005, 0.4


def compare(rows: FloatArray, count: int) -> tuple[float, list[list[float]], NDArray[np.float64]]:
    """Compare the first `count` of `rows` (words, d) float32 with the others; there are some of both.

    Returns:
        The cosine of the sums of both sides; for the Hindi and the English side weight, coverage, first and last of the
        stretch that would better be gone, by how much the cosine then rises, the greatest lack; what is seen of each
        word, `(SEEN, words)` float64.
    """
    words = len(rows)
    gram, before = np.zeros((words, words), np.float32), np.zeros((words, words + 1))
    work, sides = np.zeros((_ROWS, words)), np.zeros((2, _FIELDS))
    bounds = np.array([0, count, words])  # as an array: a literal 0 would be another form of the kernels
    similarity = _compare(rows, np.ascontiguousarray(rows.T), bounds, gram, before, work, sides)
    return similarity, sides.tolist(), work[:SEEN]


@numba.njit(cache=True, nogil=True)
def _compare(rows, columns, bounds, gram, before, work, sides):  # type: ignore[no-untyped-def]
    begin, count, words, dim = bounds[0], bounds[1], bounds[2], rows.shape[1]
    for i in range(words):
        for k in range(0, dim - 3, 4):  # four at a time: the sums are fetched and put back less often
            a, b, c, d = rows[i, k], rows[i, k + 1], rows[i, k + 2], rows[i, k + 3]
            for j in range(i + 1):
                gram[i, j] += a * columns[k, j] + b * columns[k + 1, j] + c * columns[k + 2, j] + d * columns[k + 3, j]
        for k in range(dim - dim % 4, dim):
            for j in range(i + 1):
                gram[i, j] += rows[i, k] * columns[k, j]
        for j in range(i):
            gram[j, i] = gram[i, j]
        work[NORM, i] = max(gram[i, i], 0.0) ** 0.5
        work[BEST, i] = -1.0
    along = 0.0
    for i in range(count):
        for j in range(count, words):
            product = gram[i, j]
            cosine = product / max(work[NORM, i] * work[NORM, j], 1e-9)
            gram[j, i] = cosine  # which is no longer needed as a product
            if cosine > work[BEST, i]:
                work[BEST, i], work[_AT, i] = cosine, j
            if cosine > work[BEST, j]:
                work[BEST, j], work[_AT, j] = cosine, i
            work[_TOWARD, i] += product
            work[_TOWARD, j] += product
            along += product
    _claim(gram, work, count, words)
    _agree(gram, work, count, words)
    _link(gram, work, count, words)
    _room(work, begin, count, words)
    hi_square, en_square = _square(gram, before, work, begin, count), _square(gram, before, work, count, words)
    _best_stretch(gram, before, work, begin, count, hi_square, en_square**0.5, along, sides[0])
    _best_stretch(gram, before, work, count, words, en_square, hi_square**0.5, along, sides[1])
    similarity = along / (hi_square * en_square) ** 0.5
    sides[0, _GAIN] -= similarity
    sides[1, _GAIN] -= similarity
    return similarity


@numba.njit(cache=True, nogil=True)
def _claim(gram, work, count, words):  # type: ignore[no-untyped-def]
    """Write how much of the other side's weight each word can claim, in its own weights: each is given away once."""
    for i in range(count):
        for j in range(count, words):
            square = max(gram[j, i], 0.0) ** 2
            work[_SHARED, i] += square * square
            work[_SHARED, j] += square * square
    for i in range(count):
        for j in range(count, words):
            square = max(gram[j, i], 0.0) ** 2
            work[CLAIM, i] += square * square * work[NORM, j] / (work[_SHARED, j] + _UNCLAIMED)
            work[CLAIM, j] += square * square * work[NORM, i] / (work[_SHARED, i] + _UNCLAIMED)
    for i in range(words):
        work[CLAIM, i] /= max(work[NORM, i], 1e-6)


@numba.njit(cache=True, nogil=True)
def _agree(gram, work, count, words):  # type: ignore[no-untyped-def]
    """Write how well the words around each agree with those around its counterpart, in [0, 1]."""
    for i in range(words):
        begin, end, first, last = (0, count, count, words) if i < count else (count, words, 0, count)
        at = int(work[_AT, i])
        for beside in range(max(begin, i - _REACH), min(end, i + _REACH + 1)):
            if beside == i:
                continue
            best = 0.0
            for j in range(max(first, at - _REACH_THERE), min(last, at + _REACH_THERE + 1)):
                best = max(best, gram[j, beside] if i < count else gram[beside, j])
            work[NEAR, i] += best / (2 * _REACH)


@numba.njit(cache=True, nogil=True)
def _link(gram, work, count, words):  # type: ignore[no-untyped-def]
    """Give the words of both sides to each other, and write what each gets.

    A word said twice here and once there is linked once: where the words beside it are linked too. The links stand
    where the products of both sides stood, which are no longer needed.
    """
    for i in range(count):
        for j in range(count, words):
            cosine = gram[j, i]
            gram[i, j] = 0.0
            if cosine < _FAINT:
                continue
            near, beside = 0.0, 0
            for a in range(max(0, i - _REACH), min(count, i + _REACH + 1)):
                if a == i:
                    continue
                best = 0.0
                for b in range(max(count, j - _REACH_THERE), min(words, j + _REACH_THERE + 1)):
                    if b != j:
                        best = max(best, gram[b, a])
                near += best
                beside += 1
            fit = cosine * (_ALONE + (1.0 - _ALONE) * near / max(beside, 1))
            gram[i, j] = fit * fit * fit**0.5
            work[_RIVALS, i] += gram[i, j]
            work[_RIVALS, j] += gram[i, j]
    for i in range(count):
        for j in range(count, words):
            if gram[i, j] == 0.0:
                continue
            link = gram[i, j] / ((work[_RIVALS, i] + _SPARE) * (work[_RIVALS, j] + _SPARE)) ** 0.5
            for ours, theirs in ((i, j), (j, i)):
                work[LINKED, ours] += link
                work[PART, ours] += link * work[NORM, theirs]
                if link > work[FIRM, ours]:
                    work[FIRM, ours], work[_TO, ours] = link, theirs


@numba.njit(cache=True, nogil=True)
def _room(work, begin, count, words):  # type: ignore[no-untyped-def]
    """Write what weight without a link is around the counterparts of the next linked words before and after each."""
    for i in range(words):
        start, end, first, last = (begin, count, count, words) if i < count else (count, words, begin, count)
        for step in (-1, 1):
            at = i + step
            while start <= at < end and work[FIRM, at] <= _SURE:
                at += step
            if not start <= at < end:
                continue
            free, to = 0.0, int(work[_TO, at])
            for j in range(max(first, to - _REACH_THERE), min(last, to + _REACH_THERE + 1)):
                free += max(1.0 - work[LINKED, j], 0.0) * work[NORM, j]
            work[ROOM, i] = max(work[ROOM, i], free)


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
        weight += work[NORM, i]
    weight = max(weight, 1e-9)
    covered = 0.0
    for i in range(begin, end):
        covered += work[NORM, i] * min(max(work[BEST, i], 0.0), 1.0) / weight
        work[_LACK, i] = work[NORM, i] * max(_ENOUGH - work[BEST, i], -_SURPLUS) / weight
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
