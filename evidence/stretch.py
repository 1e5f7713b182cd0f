"""The compiled half of `coverage`: the words of pairs compared by their vectors, in one kernel.

All sums are taken in one fixed order, so that a result is the same bits whatever BLAS there is and however many threads
it has. Memory comes from the caller: what a kernel allocates itself makes it slow to compile.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tithi.compiling import kept
from tithi.encoder.protocol import FloatArray
from tithi.evidence.links import AT, BEST, LACK, NORM, ROWS, SEEN, SUM, TOWARD, tie

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

__all__ = ["Compared", "compare"]

#: What is told of a side, by column, in the order of the fields of `coverage.SideCoverage`.
_WEIGHT, _COVERED, _FIRST, _LAST, _GAIN, _LACKING, _FIELDS = range(7)

#: A word whose best cosine reaches this has a counterpart; below, the difference counts against it.
_ENOUGH = 0.45
_SURPLUS = 0.1
#: The shortest and the longest stretch that is tried.
_SHORTEST, _LONGEST = 4, 40
#: So many words are taken at once: as many numbers as the widest machines add in one step.
_ABREAST = 16


class Compared(NamedTuple):
    """What `compare` tells of `p` pairs, of which that of a pair without words on a side is 0.

    Attributes:
        similarity: `(p,)`, the cosines of the sums of both sides.
        sides: `(p, 2, 6)`, for the Hindi and the English side weight, coverage, first and last of the stretch that
            would better be gone, by how much the cosine then rises, the greatest lack.
        sums: `(p, 2, d)` float32, the sums of the vectors of each side.
        seen: `(SEEN, words)`, what is seen of each word: those of a pair side by side, the Hindi ones first.
    """

    similarity: Floats
    sides: Floats
    sums: FloatArray
    seen: Floats


def compare(table: FloatArray, hi: Places, en: Places, hi_starts: Places, en_starts: Places) -> Compared:
    """Compare the words of both sides of pairs by the rows of `table` (n, d) float32 that they have.

    The Hindi words of pair `i` have the rows `hi[hi_starts[i]:hi_starts[i + 1]]`; of English it is the same.
    """
    pairs, dim = len(hi_starts) - 1, table.shape[1]
    most = int((np.diff(hi_starts) + np.diff(en_starts)).max(initial=0)) + _ABREAST - 1
    told = Compared(
        np.zeros(pairs),
        np.zeros((pairs, 2, _FIELDS)),
        np.zeros((pairs, 2, dim), np.float32),
        np.zeros((SEEN, len(hi) + len(en))),
    )
    room = np.empty((2, most * dim), np.float32), np.empty(most * most, np.float32), np.empty((most, most))
    _compare_all(table, hi, en, hi_starts, en_starts, *room, np.empty((ROWS, most)), *told)
    return told


@kept()
def _compare_all(  # type: ignore[no-untyped-def]
    table, hi, en, hi_starts, en_starts, vectors, products, before, work, similarity, sides, sums, seen
):
    for pair in range(len(similarity)):
        first, other = hi_starts[pair], en_starts[pair]
        count = hi_starts[pair + 1] - first
        words = count + en_starts[pair + 1] - other
        if count in (0, words):
            continue
        whole = words + -words % _ABREAST
        rows = vectors[0, : whole * table.shape[1]].reshape((whole, table.shape[1]))
        columns = vectors[1, : whole * table.shape[1]].reshape((table.shape[1], whole))
        gram = products[: whole * whole].reshape((whole, whole))
        rows[words:], gram[:], work[:, :words] = 0.0, 0.0, 0.0
        for i in range(words):
            side, place = (0, hi[first + i]) if i < count else (1, en[other + i - count])
            row, added = rows[i], sums[pair, side]
            for k in range(table.shape[1]):
                row[k] = table[place, k]
            for k in range(table.shape[1]):
                added[k] += row[k]
        for i in range(0, whole, 4):
            for k in range(table.shape[1]):
                columns[k, i], columns[k, i + 1] = rows[i, k], rows[i + 1, k]
                columns[k, i + 2], columns[k, i + 3] = rows[i + 2, k], rows[i + 3, k]
        _multiply(rows[: words + -words % 4], columns, gram)
        similarity[pair] = _compare(gram, before, work, count, words, sides[pair])
        seen[:, first + other : first + other + words] = work[:SEEN, :words]


@kept()
def _multiply(rows, columns, gram):  # type: ignore[no-untyped-def]
    """Write the products of all rows, a multiple of four, with each other, each a sum in the same order.

    Four rows are multiplied by four columns at a time: the sums and the columns are fetched less often. The words of
    `columns` and `gram` are a multiple of `_ABREAST`, so that the compiler leaves none over to be taken singly.
    """
    words, dim = rows.shape
    for first in range(0, words, 4):
        a, b, c, d = rows[first], rows[first + 1], rows[first + 2], rows[first + 3]
        stop = first + 4 + -(first + 4) % _ABREAST
        for k in range(0, dim - 3, 4):
            a0, a1, a2, a3 = a[k], a[k + 1], a[k + 2], a[k + 3]
            b0, b1, b2, b3 = b[k], b[k + 1], b[k + 2], b[k + 3]
            c0, c1, c2, c3 = c[k], c[k + 1], c[k + 2], c[k + 3]
            d0, d1, d2, d3 = d[k], d[k + 1], d[k + 2], d[k + 3]
            for j in range(stop):
                p, q, r, s = columns[k, j], columns[k + 1, j], columns[k + 2, j], columns[k + 3, j]
                gram[first, j] += a0 * p + a1 * q + a2 * r + a3 * s
                gram[first + 1, j] += b0 * p + b1 * q + b2 * r + b3 * s
                gram[first + 2, j] += c0 * p + c1 * q + c2 * r + c3 * s
                gram[first + 3, j] += d0 * p + d1 * q + d2 * r + d3 * s
        for i in range(first, first + 4):
            for k in range(dim - dim % 4, dim):
                for j in range(first + 4):
                    gram[i, j] += rows[i, k] * columns[k, j]
            for j in range(i):
                gram[j, i] = gram[i, j]


@kept()
def _compare(gram, before, work, count, words, sides):  # type: ignore[no-untyped-def]
    """Write what is told of a pair, of whose `words` the first `count` are Hindi, and return the cosine of both sides.

    `gram` are their products; it and `before` are used up.
    """
    for i in range(words):
        work[NORM, i] = max(gram[i, i], 0.0) ** 0.5
        work[BEST, i] = -1.0
    along = 0.0
    for i in range(count):
        for j in range(count, words):
            product = gram[i, j]
            cosine = product / max(work[NORM, i] * work[NORM, j], 1e-9)
            gram[j, i] = cosine  # which is no longer needed as a product
            if cosine > work[BEST, i]:
                work[BEST, i], work[AT, i] = cosine, j
            if cosine > work[BEST, j]:
                work[BEST, j], work[AT, j] = cosine, i
            work[TOWARD, i] += product
            work[TOWARD, j] += product
            along += product
    tie(gram, work, count, words)
    start = np.intp(0)  # of a literal the kernels would be compiled in a form of its own
    hi_square, en_square = _square(gram, before, work, start, count), _square(gram, before, work, count, words)
    _best_stretch(gram, before, work, start, count, hi_square, en_square**0.5, along, sides[0])
    _best_stretch(gram, before, work, count, words, en_square, hi_square**0.5, along, sides[1])
    similarity = along / (hi_square * en_square) ** 0.5
    sides[0, _GAIN] -= similarity
    sides[1, _GAIN] -= similarity
    return similarity


@kept()
def _square(gram, before, work, begin, end):  # type: ignore[no-untyped-def]
    """Return the squared length of the sum of the words `begin` to `end`; note their sums with those before each."""
    square = 0.0
    for i in range(begin, end):
        before[i, begin] = 0.0
        for j in range(begin, end):
            work[SUM, i] += gram[i, j]
            before[i, j + 1] = work[SUM, i]
        square += work[SUM, i]
    return max(square, 1e-9)


@kept()
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
        work[LACK, i] = work[NORM, i] * max(_ENOUGH - work[BEST, i], -_SURPLUS) / weight
    first = last = 0
    score, top, worst = -2.0, -2.0, 0.0
    for start in range(begin, end):
        inner = cross = part = missing = 0.0
        for new in range(start, min(end, start + longest)):
            inner += gram[new, new] + 2 * (before[new, new] - before[new, start])
            cross += work[SUM, new]
            part += work[TOWARD, new]
            missing += work[LACK, new]
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
