"""The nodes of a lattice, and where its tables keep what: shared by what fills it, reads it and searches it."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ABSENT",
    "BEST",
    "GROUND",
    "LENGTH",
    "MAX_GROUP",
    "NEXT",
    "NONE",
    "NORM",
    "NUMBER",
    "OPEN",
    "THROUGH",
    "Corridor",
    "IntArray",
]

IntArray = NDArray[np.int64]

MAX_GROUP = 4
#: The similarity noted for a bead that does not fit into the corridor.
ABSENT = np.float32(-9.0)
#: The score of a bead that does not fit, and what a border costs that none may cross.
NONE: Final = -1e30
#: Columns of the tables of both sides, see `lattice.Lattice`.
NORM, GROUND, LENGTH, NUMBER, BEST, NEXT, OPEN, THROUGH = 0, 4, 8, 9, 10, 11, 12, 13


@dataclass(frozen=True, slots=True)
class Corridor:
    """The nodes to search: `low`, `high` (n + 1,) int64, columns `[low[i], high[i])` of row i; neither ever falls."""

    low: IntArray
    high: IntArray
    offset: IntArray = field(init=False, repr=False, compare=False)
    """Where each row starts in a flat array, (n + 2,) int64; the last entry is the number of nodes."""

    def __post_init__(self) -> None:
        """Lay the rows out."""
        offset = np.zeros(len(self.low) + 1, np.int64)
        np.cumsum(self.high - self.low, out=offset[1:])
        object.__setattr__(self, "offset", offset)
