"""Where in a long document to search: a corridor of nodes around a first, rough alignment.

A short document is searched whole. A longer one is first read in groups of sentences, since vectors add up: at most
`COARSE` groups a side, through which the chain of the greatest likeness is found. The chain makes a corridor for
groups a quarter of that size, and so on down to single sentences; the corridor of the search is the last chain with
`ROOM` on both sides.

Time and memory are linear in n + m: `COARSE` squared products at the top, and a few dozen for each sentence below.

Source: the coarse-to-fine search of vecalign (Thompson and Koehn 2019), over sums instead of means.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.lattice import dots_in
from tithi.aligner.nodes import Corridor, IntArray
from tithi.compiling import kept
from tithi.encoder.protocol import FloatArray

__all__ = ["Anchors", "find_anchors", "find_corridor", "heaviest_chain", "whole"]

#: Up to so many nodes a document is searched whole.
WHOLE_NODES = 2_500
#: The most groups of a side in the first look.
COARSE = 1_000
#: Room on both sides of the chain: in groups between two looks, and in sentences for the search.
LOOK_ROOM = 3
ROOM = 6
#: How much finer each look is.
FINER = 4

Anchors = tuple[IntArray, IntArray, FloatArray]


def whole(n: int, m: int) -> Corridor:
    """Return the corridor of all nodes of an n by m document."""
    return Corridor(np.zeros(n + 1, np.int64), np.full(n + 1, m + 1, np.int64))


def find_corridor(hi: FloatArray, en: FloatArray) -> Corridor:
    """Return the corridor to search for documents of sums `hi` (n, d) and `en` (m, d)."""
    n, m = len(hi), len(en)
    if (n + 1) * (m + 1) <= WHOLE_NODES:
        return whole(n, m)
    rows, columns = -(-n // COARSE), -(-m // COARSE)
    corridor = whole(-(-n // rows), -(-m // columns))
    while True:
        chain = _chain(_units(_pooled(hi, rows)), _units(_pooled(en, columns)), corridor)
        if rows == columns == 1:
            return _around(n, m, chain, ROOM, ROOM)
        finer_rows, finer_columns = max(1, rows // FINER), max(1, columns // FINER)
        scaled = np.column_stack([chain[:, 0] * rows // finer_rows, chain[:, 1] * columns // finer_columns])
        n_finer, m_finer = -(-n // finer_rows), -(-m // finer_columns)
        room = LOOK_ROOM * -(-rows // finer_rows), LOOK_ROOM * -(-columns // finer_columns)
        corridor = _around(n_finer, m_finer, np.minimum(scaled, [n_finer, m_finer]), *room)
        rows, columns = finer_rows, finer_columns


def _pooled(sums: FloatArray, group: int) -> FloatArray:
    """Return the sums of every `group` consecutive rows."""
    return sums if group == 1 else np.add.reduceat(sums, np.arange(0, len(sums), group), axis=0)


def _units(sums: FloatArray) -> FloatArray:
    """Return unit rows after the mean unit row is taken off, for what all have in common tells none apart."""
    norms = np.linalg.norm(sums, axis=1, keepdims=True)
    units = np.where(norms > 0, sums / np.maximum(norms, 1e-9), 0)
    units = np.where(norms > 0, units - units.sum(axis=0) / (len(units) + 10), 0)
    norms = np.linalg.norm(units, axis=1, keepdims=True)
    # Rows that are nearly all common are not blown up to full length.
    return np.asarray(units / np.maximum(norms, 1e-2), np.float32)


def _chain(hi: FloatArray, en: FloatArray, corridor: Corridor) -> IntArray:
    """Return the nodes (k, 2) of the way through the corridor whose diagonal steps are the most alike, in order."""
    low, high = corridor.low, corridor.high
    cell_low = low[:-1]
    cell_high = np.maximum(np.minimum(high[1:] - 1, len(en)), cell_low)
    offset = np.concatenate([np.zeros(1, np.int64), np.cumsum(cell_high - cell_low)])
    likeness = dots_in(hi, en, cell_low, cell_high, offset)
    nodes = int(corridor.offset[-1])
    value, step, way = (
        np.full(nodes, -1.0, np.float32),
        np.zeros(nodes, np.int8),
        np.zeros((len(low) + high[-1], 2), np.int64),
    )
    count = _greatest_way(low, high, corridor.offset, cell_low, cell_high, offset, likeness, value, step, way)
    return way[:count][::-1].copy()


@kept()
def _greatest_way(low, high, offset, cell_low, cell_high, cell_offset, likeness, value, step, way):  # type: ignore[no-untyped-def]
    n = low.shape[0] - 1
    value[0] = 0.0
    for i in range(n + 1):
        for j in range(low[i], high[i]):
            node = offset[i] + j - low[i]
            if i > 0 and j > 0 and low[i - 1] <= j - 1 < high[i - 1] and cell_low[i - 1] <= j - 1 < cell_high[i - 1]:
                before = value[offset[i - 1] + j - 1 - low[i - 1]]
                if before >= 0:
                    # What is hardly alike gains nothing, so that a way through gaps is as good.
                    alike = likeness[cell_offset[i - 1] + j - 1 - cell_low[i - 1]] - np.float32(0.1)
                    value[node] = before + max(alike, np.float32(0))
                    step[node] = 3
            if i > 0 and low[i - 1] <= j < high[i - 1]:
                before = value[offset[i - 1] + j - low[i - 1]]
                if before > value[node]:
                    value[node] = before
                    step[node] = 1
            if j > low[i] and value[node - 1] > value[node]:
                value[node] = value[node - 1]
                step[node] = 2
    i, j = n, high[n] - 1
    count = 0
    while True:
        way[count, 0] = i
        way[count, 1] = j
        count += 1
        taken = step[offset[i] + j - low[i]]
        if taken == 0:
            break
        i -= taken & 1
        j -= taken >> 1
    return count


def _around(n: int, m: int, chain: IntArray, room_rows: int, room_columns: int) -> Corridor:
    """Return the corridor of the nodes within so many rows or columns of the chain, whose bounds never fall."""
    low, high = np.full(n + 1, m, np.int64), np.zeros(n + 1, np.int64)
    np.minimum.at(low, chain[:, 0], chain[:, 1])
    np.maximum.at(high, chain[:, 0], chain[:, 1])
    # A finer look has rows between those of the chain; they take the bounds of the next, which the room covers.
    low = np.minimum.accumulate(low[::-1])[::-1]
    high = np.maximum.accumulate(high)
    rows = np.arange(n + 1)
    low = low[np.maximum(rows - room_rows, 0)] - room_columns
    high = high[np.minimum(rows + room_rows, n)] + room_columns + 1
    low, high = np.clip(low, 0, m), np.clip(high, 1, m + 1)
    low[0], high[n] = 0, m + 1
    high[:-1] = np.maximum(high[:-1], low[1:] + 1)  # rows meet, or there is no way through
    return Corridor(np.maximum.accumulate(low), np.maximum.accumulate(high))


def find_anchors(hi: FloatArray, en: FloatArray, least: float) -> Anchors:
    """Return rows, columns and weights of the sentences that are each other's best counterpart, by rising row.

    The weight is by how much the pair stands out from the second best of both, at least `least`, so that of lines that
    all look alike none is an anchor. Time is that of n times m products.
    """
    left, right = _units(hi), _units(en)
    best, choice = np.full((len(left), 2), -1.0, np.float32), np.zeros(len(left), np.int64)
    best_column, choice_column = np.full((len(right), 2), -1.0, np.float32), np.zeros(len(right), np.int64)
    for first in range(0, len(left), 512):
        for other in range(0, len(right), 4096):
            product = left[first : first + 512] @ right[other : other + 4096].T
            _take_best(product, first, other, best, choice, best_column, choice_column)
    rows = np.flatnonzero(choice_column[choice] == np.arange(len(left))) if len(right) else np.zeros(0, np.int64)
    columns = choice[rows]
    margin = best[rows, 0] - 0.5 * (best[rows, 1] + best_column[columns, 1])
    solid = margin > least
    return rows[solid], columns[solid], margin[solid]


@kept()
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


def heaviest_chain(columns: IntArray, weights: NDArray[np.floating[Any]]) -> IntArray:
    """Return the indexes of the strictly rising subsequence of `columns` of the highest summed weight."""
    size = int(columns.max()) + 1 if len(columns) else 0
    # A Fenwick tree over columns holds the best chain that ends at or before each column, and its last index.
    best = [(0.0, -1)] * (size + 1)
    before = []
    for k, (column, weight) in enumerate(zip(columns.tolist(), weights.tolist(), strict=True)):
        total, source = _best_until(best, column)
        before.append(source)
        position = column + 1
        while position <= size:
            if total + weight > best[position][0]:
                best[position] = (total + weight, k)
            position += position & -position
    chain = []
    _, last = _best_until(best, size)
    while last >= 0:
        chain.append(last)
        last = before[last]
    return np.array(chain[::-1], np.int64)


def _best_until(best: list[tuple[float, int]], position: int) -> tuple[float, int]:
    found = best[0]
    while position > 0:
        if best[position][0] > found[0]:
            found = best[position]
        position -= position & -position
    return found
