"""Sums of rows of a table, one for each of many bags of numbers: what a text's vector is."""

import numpy as np

from tithi.compiling import kept
from tithi.encoder.bags import Bags
from tithi.encoder.protocol import FloatArray

__all__ = ["sum_rows"]


def sum_rows(table: FloatArray, bags: Bags, out: FloatArray | None = None) -> FloatArray:
    """Return the sums of the rows of `table` that each bag names, `(n, d)`, in `out` where it is given.

    Each is added row by row where it stays: numpy would gather all rows first, which moves ten times the memory.

    Raises:
        IndexError: A bag names a row that the table has not.
    """
    ids = bags.ids
    if len(ids) and not 0 <= ids.min() <= ids.max() < len(table):
        raise IndexError(f"rows must lie in 0..{len(table) - 1}; got {ids.min()}..{ids.max()}")
    out = np.empty((len(bags.offsets) - 1, table.shape[1]), np.float32) if out is None else out
    _add_up(table, ids, bags.offsets, out)
    return out


@kept()
def _add_up(table, ids, offsets, out):  # type: ignore[no-untyped-def]
    for text in range(out.shape[0]):
        for column in range(out.shape[1]):
            out[text, column] = 0
        for place in range(offsets[text], offsets[text + 1]):
            row = ids[place]
            for column in range(out.shape[1]):
                out[text, column] += table[row, column]
