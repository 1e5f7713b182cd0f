"""Where in a long document to search: a corridor of nodes around sentences that have found each other.

A short document is searched whole. In a longer one every sentence looks for its best counterpart; those that choose
each other are anchors, the heaviest rising chain of anchors is kept, and the corridor follows the chain with room on
both sides. Documents too long even for that first look are looked at in groups of sentences, since vectors add up.

Cost: memory linear in n + m; time n * m / g**2 products for groups of g sentences, with g such that there are at most
`MOST_CELLS` of them, so linear beyond that.
"""

import numba
import numpy as np

from tithi.aligner.lattice import Corridor, IntArray
from tithi.encoder.protocol import FloatArray

__all__ = ["Anchors", "find_anchors", "find_corridor", "heaviest_chain", "whole"]

#: Up to so many nodes a document is searched whole.
WHOLE_NODES = 2_500
#: Up to so many products of single sentences are looked at for anchors.
MOST_CELLS = 400_000_000
#: Room on each side of the chain, in sentences.
ROOM = 8

Anchors = tuple[IntArray, IntArray, FloatArray]


def whole(n: int, m: int) -> Corridor:
    """Return the corridor of all nodes of an n by m document."""
    return Corridor(np.zeros(n + 1, np.int64), np.full(n + 1, m + 1, np.int64))


def find_corridor(hi: FloatArray, en: FloatArray) -> Corridor:
    """Return the corridor to search for documents of sums `hi` (n, d) and `en` (m, d)."""
    n, m = len(hi), len(en)
    if (n + 1) * (m + 1) <= WHOLE_NODES:
        return whole(n, m)
    group = max(1, int(np.ceil(np.sqrt(n * m / MOST_CELLS))))
    rows, columns, weights = find_anchors(_pooled(hi, group), _pooled(en, group))
    kept = heaviest_chain(columns, weights)
    rows, columns = rows[kept] * group + group // 2, columns[kept] * group + group // 2
    return _around(n, m, np.minimum(rows, n - 1), np.minimum(columns, m - 1), ROOM + 2 * (group - 1))


def find_anchors(hi: FloatArray, en: FloatArray) -> Anchors:
    """Return rows, columns and weights of the sentences that are each other's best counterpart, by rising row.

    The weight is by how much the pair stands out from the second best of both, so that of lines that all look alike
    none weighs much. The mean of each side is taken off first: what all sentences share does not tell them apart.
    """
    left, right = _centred(hi), _centred(en)
    best = np.full((len(left), 2), -1.0, np.float32)
    choice = np.zeros(len(left), np.int64)
    best_column = np.full((len(right), 2), -1.0, np.float32)
    choice_column = np.zeros(len(right), np.int64)
    block = 512
    for first in range(0, len(left), block):
        for other in range(0, len(right), 4096):
            product = left[first : first + block] @ right[other : other + 4096].T
            _take_best(product, first, other, best, choice, best_column, choice_column)
    rows = np.flatnonzero(choice_column[choice] == np.arange(len(left))) if len(right) else np.zeros(0, np.int64)
    columns = choice[rows]
    margin = best[rows, 0] - 0.5 * (best[rows, 1] + best_column[columns, 1])
    solid = margin > 0
    return rows[solid], columns[solid], margin[solid]


def _centred(sums: FloatArray) -> FloatArray:
    """Return unit rows after the mean unit row is taken off; zero rows stay zero."""
    norms = np.linalg.norm(sums, axis=1, keepdims=True)
    units = np.where(norms > 0, sums / np.maximum(norms, 1e-9), 0)
    units = np.where(norms > 0, units - units.mean(axis=0), 0) if len(units) > 50 else units
    return np.asarray(units / np.maximum(np.linalg.norm(units, axis=1, keepdims=True), 1e-9), np.float32)


def _pooled(sums: FloatArray, group: int) -> FloatArray:
    """Return the sums of every `group` consecutive rows."""
    return sums if group == 1 else np.add.reduceat(sums, np.arange(0, len(sums), group), axis=0)


@numba.njit(cache=True, nogil=True)
def _take_best(product, first, other, best, choice, best_column, choice_column):  # type: ignore[no-untyped-def]
    for a in range(product.shape[0]):
        i = first + a
        for b in range(product.shape[1]):
            j = other + b
            value = product[a, b]
            if value > best[i, 1]:
                if value > best[i, 0]:
                    best[i, 1] = best[i, 0]
                    best[i, 0] = value
                    choice[i] = j
                else:
                    best[i, 1] = value
            if value > best_column[j, 1]:
                if value > best_column[j, 0]:
                    best_column[j, 1] = best_column[j, 0]
                    best_column[j, 0] = value
                    choice_column[j] = i
                else:
                    best_column[j, 1] = value


@numba.njit(cache=True, nogil=True)
def heaviest_chain(columns, weights):  # type: ignore[no-untyped-def]
    """Return the indexes of the strictly rising subsequence of `columns` of the highest summed weight."""
    count = columns.shape[0]
    size = columns.max() + 2 if count else 1
    # A Fenwick tree over columns holds the best chain that ends at or before each column.
    top = np.zeros(size + 1, np.float64)
    holder = np.full(size + 1, -1)
    before = np.full(count, -1)
    for k in range(count):
        total, source = 0.0, -1
        position = columns[k]
        while position > 0:
            if top[position] > total:
                total, source = top[position], holder[position]
            position -= position & -position
        before[k] = source
        total += weights[k]
        position = columns[k] + 1
        while position <= size:
            if total > top[position]:
                top[position], holder[position] = total, k
            position += position & -position
    last, total = -1, 0.0
    position = size
    while position > 0:
        if top[position] > total:
            total, last = top[position], holder[position]
        position -= position & -position
    chain = []
    while last >= 0:
        chain.append(last)
        last = before[last]
    return np.array(chain[::-1], dtype=np.int64)


def _around(n: int, m: int, rows: IntArray, columns: IntArray, room: int) -> Corridor:
    """Return the corridor around the chain: between two anchors the whole rectangle they span, plus `room`.

    A rectangle larger than WHOLE_NODES is cut down to a band along its diagonal and along its edges' ends.
    """
    rows = np.concatenate([[-1], rows, [n]])
    columns = np.concatenate([[-1], columns, [m]])
    low = np.full(n + 1, m, np.int64)
    high = np.zeros(n + 1, np.int64)
    for a, b, c, d in zip(rows[:-1], rows[1:], columns[:-1], columns[1:], strict=True):
        first, last = max(a + 1 - room, 0), min(b + room, n)
        index = np.arange(first, last + 1)
        if (b - a) * (d - c) <= WHOLE_NODES:
            left, right = np.full(len(index), c + 1), np.full(len(index), d)
        else:
            centre = c + (index - a) * (d - c) / (b - a)
            half = max(WHOLE_NODES // (2 * (b - a)), (d - c) // max(b - a, 1))
            left, right = (centre - half).astype(np.int64), (centre + half).astype(np.int64)
        low[first : last + 1] = np.minimum(low[first : last + 1], left - room)
        high[first : last + 1] = np.maximum(high[first : last + 1], right + room + 1)
    low = np.clip(low, 0, m)
    high = np.clip(high, 1, m + 1)
    low[0], high[n] = 0, m + 1
    # Neither bound may fall.
    low = np.minimum.accumulate(low[::-1])[::-1]
    high = np.maximum(np.maximum.accumulate(high), low + 1)
    high[:-1] = np.maximum(high[:-1], low[1:] + 1)  # rows meet, or there is no way through
    return Corridor(low, high)
