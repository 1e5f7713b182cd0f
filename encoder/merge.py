"""One or several models of one vocabulary made one with fewer components.

The vectors of a piece are put side by side and turned so that the first components carry most of what texts are made
of; the rest is cut off. What is learnt wide and cut to 256 components finds more than what is learnt with 256.

Source: principal components of concatenated embeddings, Yin and Schütze 2016 (https://aclanthology.org/P16-1128).
"""

from collections.abc import Sequence

import numpy as np

from tithi.encoder.bags import Bags
from tithi.encoder.model import unit_rows
from tithi.encoder.protocol import FloatArray
from tithi.encoder.sums import sum_rows

__all__ = ["merge_tables"]


def merge_tables(tables: Sequence[FloatArray], texts: Bags, dim: int) -> FloatArray:
    """Return one table (pieces, dim) float32 that stands for `tables`, each (pieces, d), on the whole equally.

    `texts` are those whose vectors the cut spares most. Cosines are those of the tables side by side but for the cut.
    """
    scaled = [table / np.median(np.linalg.norm(sum_rows(table, texts), axis=1)) for table in tables]
    beside = np.ascontiguousarray(np.hstack(scaled), dtype=np.float32)
    rows = unit_rows(sum_rows(beside, texts)).astype(np.float64)
    _, axes = np.linalg.eigh(rows.T @ rows)
    merged: FloatArray = np.ascontiguousarray(beside @ axes[:, : -dim - 1 : -1].astype(np.float32))
    return merged
