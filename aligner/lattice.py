"""The lattice of beads that an alignment is searched in, and what is known of each bead.

A node `(i, j)` says that i Hindi and j English sentences are behind us; a bead of p Hindi and q English sentences
leads from `(i - p, j - q)` to `(i, j)`. Only the nodes of a corridor are kept: row i has the columns
`low[i]..high[i]`, both bounds never falling. All nodes lie in one flat array, row i at `offset[i]`.

Because the encoder's vectors add up, the similarity of every m-n group follows from the products of single sentences:
the box sums over those products, divided by the norms of the groups.
"""

from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from tithi.aligner.context import find_context, likeness_levels
from tithi.aligner.nodes import ABSENT, MAX_GROUP, Corridor, IntArray
from tithi.aligner.tables import group_norms, mean_direction, table
from tithi.aligner.words import Words
from tithi.compiling import kept
from tithi.encoder.protocol import FloatArray

__all__ = ["Lattice", "Side", "build_lattice", "dots_in", "with_context"]


@dataclass(frozen=True, slots=True)
class Side:
    """What is known of the n sentences of one side.

    `sums` (n, d) float32: vectors that add up. `lengths` (n,) float32: code points. `numbers` (n, k) int64: identities
    of the numbers in a sentence, -1 where there are fewer. `weights` (n, k) float32: the rarity of each, in (0, 1].
    `open` (n,) float32: 1 for a sentence that ends in no mark, else 0. `words`: where the encoder tells them apart.
    """

    sums: FloatArray
    lengths: FloatArray
    numbers: IntArray
    weights: FloatArray
    open: FloatArray
    words: Words | None = None

    def reordered(self, order: IntArray) -> "Side":
        """Return the side with its sentences in another order."""
        if not (np.diff(order) != 1).any():
            return self
        words = None if self.words is None else self.words.reordered(order)
        ids, weights = self.numbers[order], self.weights[order]
        return Side(self.sums[order], self.lengths[order], ids, weights, self.open[order], words)


@dataclass(frozen=True, slots=True)
class Lattice:
    """Similarities and side evidence of every bead in the corridor.

    `cosines` (nodes, 4, 4) float32: cosine of the p-q bead that ends in the node at `[p - 1, q - 1]`, ABSENT where the
    bead leaves the corridor. `above`, of the same shape: by how much it exceeds the background, the mean likeness of
    both sides to the other side's mean direction. `matched`: summed rarity of the numbers that both of its sides have.
    `before`, `after` (nodes,) float32: how well the beads before and behind a node follow one another (see `context`);
    `levels` (2,) float32: how alike the document's sure counterparts and its middle are.
    `hi` (n + 1, 14) and `en` (m + 1, 14) float64 tell of the sentences before a row: columns NORM to NORM + 3 the norms
    of the last 1 to 4 of them together, GROUND to GROUND + 3 their likeness to the mean direction of the other side;
    the others are prefix sums of LENGTH in code points; NUMBER, rarity of the numbers; BEST and NEXT, the highest and
    the second highest cosine with single sentences of the other side; OPEN, whether its end is open, less where one
    side's are far oftener than the other's; THROUGH, the best way through a sentence.
    """

    corridor: Corridor
    cosines: FloatArray
    above: FloatArray
    matched: FloatArray
    before: FloatArray
    after: FloatArray
    levels: FloatArray
    hi: NDArray[np.float64]
    en: NDArray[np.float64]

    def arrays(self) -> tuple[NDArray[Any], ...]:
        """Return all arrays, as kernels take them."""
        corridor = self.corridor.low, self.corridor.high, self.corridor.offset
        likeness = self.cosines, self.above, self.matched
        return *corridor, *likeness, self.before, self.after, self.levels, self.hi, self.en


def build_lattice(hi: Side, en: Side, corridor: Corridor) -> Lattice:
    """Fill the lattice of a corridor. Time and memory grow with the number of its nodes, not with n times m."""
    of = corridor.low, corridor.high, corridor.offset
    # The groups of a node reach back over cells that their own rows' corridor may leave out.
    cells = _cells(corridor.low, corridor.high)
    dots = dots_in(hi.sums, en.sums, *cells)
    sides = ((side.sums, side.lengths, side.numbers, side.weights, side.open) for side in (hi, en))
    return with_context(corridor, *_filled(*of, *cells, dots, *sides))


def with_context(
    corridor: Corridor, cosines: FloatArray, matched: FloatArray, hi: NDArray[np.float64], en: NDArray[np.float64]
) -> Lattice:
    """Return the lattice of some cosines; the column THROUGH of the tables is told by them."""
    above, before, after, best = find_context(corridor, cosines, hi, en)
    return Lattice(corridor, cosines, above, matched, before, after, likeness_levels(best), hi, en)


@kept()
def _cells(low, high):  # type: ignore[no-untyped-def]
    """Return the first column of each row's cells, the one past the last, and where they begin in a flat array."""
    n = low.size - 1
    first, last, offset = np.empty(n, np.int64), np.empty(n, np.int64), np.zeros(n + 1, np.int64)
    for row in range(n):
        first[row] = low[max(row - MAX_GROUP + 1, 0)]
        last[row] = max(high[min(row + MAX_GROUP, n)] - 1, first[row])
        offset[row + 1] = offset[row] + last[row] - first[row]
    return first, last, offset


@kept(error_model="numpy")
def _filled(low, high, offset, cell_low, cell_high, cell_offset, dots, hi, en):  # type: ignore[no-untyped-def]
    """Return the cosines, the matched numbers and the tables of a lattice, THROUGH left out."""
    shared = np.zeros(dots.size, np.float32)
    _shared_numbers(hi[2], hi[3], en[2], cell_low, cell_high, cell_offset, shared)
    norm_hi, norm_en = group_norms(hi[0]), group_norms(en[0])
    shape = (offset[-1], MAX_GROUP, MAX_GROUP)
    cosines, matched = np.full(shape, ABSENT, np.float32), np.zeros(shape, np.float32)
    _boxes(low, high, offset, cell_low, cell_offset, dots, shared, norm_hi, norm_en, cosines, matched)
    best_hi, best_en = np.zeros((low.size - 1, 2), np.float32), np.zeros((high[-1] - 1, 2), np.float32)
    _rivals(dots, cell_low, cell_high, cell_offset, norm_hi, norm_en, best_hi, best_en)
    same = np.float32(1 - abs(hi[4].mean() - en[4].mean()))
    table_hi = table(hi, norm_hi, mean_direction(en[0], norm_en), best_hi, same)
    table_en = table(en, norm_en, mean_direction(hi[0], norm_hi), best_en, same)
    return cosines, matched, table_hi, table_en


def dots_in(hi: FloatArray, en: FloatArray, low: IntArray, high: IntArray, offset: IntArray) -> FloatArray:
    """Return the products of the cells as one flat array, computed by blocks of rows."""
    dots = np.empty(int(offset[-1]), np.float32)
    block = 64
    for first in range(0, len(hi), block):
        last = min(first + block, len(hi))
        left, right = int(low[first]), int(high[last - 1])
        product = hi[first:last] @ en[left:right].T
        if offset[last] - offset[first] == product.size:
            dots[offset[first] : offset[last]] = product.reshape(-1)
            continue
        for row in range(first, last):
            dots[offset[row] : offset[row + 1]] = product[row - first, low[row] - left : high[row] - left]
    return dots


@numba.njit(nogil=True)
def _shared_numbers(hi, weights, en, low, high, offset, shared):  # type: ignore[no-untyped-def]
    for i in range(hi.shape[0]):
        if hi[i, 0] < 0:
            continue
        for j in range(low[i], high[i]):
            if en[j, 0] < 0:
                continue
            total = np.float32(0)
            for a in range(hi.shape[1]):
                if hi[i, a] < 0:
                    break
                for b in range(en.shape[1]):
                    if en[j, b] < 0:
                        break
                    if hi[i, a] == en[j, b]:
                        total += weights[i, a]
                        break
            shared[offset[i] + j - low[i]] = total


@numba.njit(nogil=True, error_model="numpy")
def _boxes(low, high, offset, cell_low, cell_offset, dots, shared, norm_hi, norm_en, cosines, matched):  # type: ignore[no-untyped-def]
    n = low.shape[0] - 1
    dot, number = (
        np.zeros((MAX_GROUP + 1, MAX_GROUP + 1), np.float32),
        np.zeros((MAX_GROUP + 1, MAX_GROUP + 1), np.float32),
    )
    part_hi, part_en = _parts(norm_hi), _parts(norm_en)
    for i in range(1, n + 1):
        for j in range(max(low[i], 1), high[i]):
            node = offset[i] + j - low[i]
            for p in range(1, min(4, i) + 1):
                row = i - p
                for q in range(1, min(4, j) + 1):
                    column = j - q
                    if column < cell_low[row]:
                        break
                    cell = cell_offset[row] + column - cell_low[row]
                    dot[p, q] = dots[cell] + dot[p - 1, q] + dot[p, q - 1] - dot[p - 1, q - 1]
                    number[p, q] = shared[cell] + number[p - 1, q] + number[p, q - 1] - number[p - 1, q - 1]
                    if low[row] <= column < high[row]:
                        cosines[node, p - 1, q - 1] = dot[p, q] * part_hi[i, p - 1] * part_en[j, q - 1]
                        matched[node, p - 1, q - 1] = number[p, q]


@numba.njit(nogil=True)
def _parts(norms):  # type: ignore[no-untyped-def]
    """Return one over each norm, 0 over 0."""
    parts = np.zeros_like(norms)
    for k in range(norms.size):
        if norms.flat[k] > 0:
            parts.flat[k] = 1 / norms.flat[k]
    return parts


@numba.njit(nogil=True, error_model="numpy")
def _rivals(dots, low, high, offset, norm_hi, norm_en, best_hi, best_en):  # type: ignore[no-untyped-def]
    for i in range(low.shape[0]):
        for j in range(low[i], high[i]):
            norms = norm_hi[i + 1, 0] * norm_en[j + 1, 0]
            cosine = dots[offset[i] + j - low[i]] / norms if norms > 0 else np.float32(0)
            _keep_two(best_hi, i, cosine)
            _keep_two(best_en, j, cosine)


@numba.njit(nogil=True)
def _keep_two(best, row, value):  # type: ignore[no-untyped-def]
    if value > best[row, 0]:
        best[row, 1] = best[row, 0]
        best[row, 0] = value
    elif value > best[row, 1]:
        best[row, 1] = value
