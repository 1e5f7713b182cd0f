"""The beads of a lattice that fit, and their scores: one in six of all, so that they are listed and not laid out.

The list is in the order of the nodes that beads end in, which is that of a flat array (nodes, 4, 4).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.nodes import MAX_GROUP, NONE, Corridor, IntArray
from tithi.compiling import kept

__all__ = ["Fits", "fits_in"]


@dataclass(frozen=True, slots=True)
class Fits:
    """The k beads that fit.

    `first` (nodes + 1,) int64: where in the list those that end in each node begin. `starts` (k,) int64: the nodes they
    start in. `cells` (k,) int64: their places in a flat array (nodes, 4, 4). `scores` (k,) float64: NONE is allowed.
    """

    first: IntArray
    starts: IntArray
    cells: IntArray
    scores: NDArray[np.float64]

    def grid(self) -> NDArray[np.float64]:
        """Return the scores of all beads (nodes, 4, 4), NONE for those that do not fit."""
        grid = np.full((len(self.first) - 1, MAX_GROUP, MAX_GROUP), NONE)
        grid.reshape(-1)[self.cells] = self.scores
        return grid


def fits_in(corridor: Corridor, grid: NDArray[np.float64]) -> Fits:
    """Return the beads of a grid of scores (nodes, 4, 4) that fit into a corridor."""
    cells = np.flatnonzero(grid > NONE / 2)
    starts = _starts(corridor.low, corridor.high, corridor.offset, cells)
    cells, starts = cells[starts >= 0], starts[starts >= 0]
    first = np.searchsorted(cells, np.arange(len(grid) + 1) << 4)
    return Fits(first, starts, cells, grid.reshape(-1)[cells])


@kept()
def _starts(low, high, offset, cells):  # type: ignore[no-untyped-def]
    """Return the node that each bead starts in, -1 where that lies outside of the corridor."""
    starts = np.full(cells.size, -1)
    i = 0
    for bead in range(cells.size):
        node, p, q = cells[bead] >> 4, ((cells[bead] >> 2) & 3) + 1, (cells[bead] & 3) + 1
        while node >= offset[i + 1]:
            i += 1
        column = node - offset[i] + low[i] - q
        if p <= i and low[i - p] <= column < high[i - p]:
            starts[bead] = offset[i - p] + column - low[i - p]
    return starts
