"""What people would say of a translation: boosted trees and a line over the features of a pair and what its sides mean.

The trees stand in ranking.npz, written by `python -m training.quality`, each of three questions deep: the nodes of one
are its question, the two after it and the four after those, and it has eight values. A question is whether one of the
numbers is above a bound; the numbers are the features and, after them, the projections of `compared` on `parts`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from tithi.encoder.protocol import FloatArray
from tithi.errors import DataError

__all__ = ["NODES", "Ranking", "compared", "read_ranking"]

NODES = 7
"""The questions of a tree, which has one value more."""


@dataclass(frozen=True)
class Ranking:
    """Trees `(t, NODES)` with their `values` `(t, NODES + 1)`, and the `parts` `(k, 4 d)`, all float32 but `numbers`.

    `slopes` are the weights of the numbers: what lies beyond all that the trees were learnt on has its place by them.

    `numbers` `(t, NODES)` say which number each node asks for; a node without a question asks for more than all.
    """

    features: tuple[str, ...]
    parts: FloatArray
    numbers: NDArray[np.int16]
    bounds: FloatArray
    values: FloatArray
    slopes: FloatArray

    @cached_property
    def _rows(self) -> NDArray[np.intp]:
        return np.arange(len(self.numbers))

    def of(self, features: Sequence[float], sums: FloatArray) -> float:
        """Return what people would say of a pair, about 0 to 1, the better the higher; `sums` are of its `Coverage`."""
        return self.rank(features, compared(sums))

    def rank(self, features: Sequence[float], meant: FloatArray) -> float:
        """Return the same, given what `compared` says of the sums."""
        told = np.concatenate((np.array(features, np.float32), self.parts @ meant))
        above = told[self.numbers] > self.bounds
        first = above[:, 0].astype(np.intp)
        second = 2 * first + above[self._rows, 1 + first]
        third = 2 * second + above[self._rows, 3 + second]
        return float(self.values[self._rows, third].sum(dtype=np.float64)) + float(self.slopes @ told)


def compared(sums: FloatArray) -> FloatArray:
    """Return the unit vectors of both sides, their distances and their products: `(2, d)` float32 to `(4 d,)`."""
    hi, en = sums / np.maximum(np.sqrt((sums * sums).sum(axis=1, keepdims=True)), 1e-9)
    return np.concatenate((hi, en, np.abs(hi - en), hi * en))


def read_ranking(features: Sequence[str]) -> Ranking:
    """Return the shipped trees.

    Raises:
        DataError: they were learnt on other features than these.
    """
    with resources.files("tithi.checks").joinpath("ranking.npz").open("rb") as file:
        stored = dict(np.load(file))
    known = tuple(bytes(stored["features"]).decode("utf-8").split("\n"))
    if known != tuple(features):
        odd = sorted(set(known) ^ set(features)) or "another order"
        raise DataError(f"ranking.npz: must have the features of the code; got {odd}; learn it again")
    arrays = (stored[name] for name in ("numbers", "bounds", "values", "slopes"))
    return Ranking(known, stored["parts"].astype(np.float32), *arrays)
