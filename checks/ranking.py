"""What people would say of a translation: boosted trees and a line over the features of a pair and what its sides mean.

The trees stand in ranking.npz, written by `python -m training.quality`, each of three questions deep: the nodes of one
are its question, the two after it and the four after those, and it has eight values. A question is whether one of the
numbers is above a bound; the numbers are the features and, after them, the projections of `compared` on `parts`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import ArrayLike, NDArray

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

    def of(self, features: Sequence[Sequence[float]], sums: Sequence[FloatArray]) -> NDArray[np.float64]:
        """Return what people would say of pairs, about 0 to 1, better ones higher; `sums` are those of `Coverage`."""
        return self.rank(features, compared(np.array(sums)))

    def rank(self, features: ArrayLike, meant: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return the same `(n,)` for `features` `(n, f)`, given what `compared` says of the sums, `(n, 4 d)`.

        A pair has the same bits alone and among others, which one product of matrices would not give.
        """
        parts = np.matmul(self.parts, meant[:, :, None])[:, :, 0]
        told = np.concatenate((np.asarray(features, np.float32), parts), axis=1)
        above = told[:, self.numbers] > self.bounds
        first = above[:, :, 0].astype(np.intp)
        second = 2 * first + np.where(first, above[:, :, 2], above[:, :, 1])
        third = 2 * second + np.take_along_axis(above, 3 + second[:, :, None], axis=2)[:, :, 0]
        leaves = self.values[np.arange(len(self.values)), third]
        line = np.matmul(told[:, None, :], self.slopes[:, None])[:, 0, 0]
        return np.asarray(leaves.sum(axis=1, dtype=np.float64) + line)


def compared(sums: FloatArray) -> FloatArray:
    """Return the unit vectors of both sides, their distances and their products: `(n, 2, d)` float32 to `(n, 4 d)`."""
    unit = sums / np.maximum(np.sqrt((sums * sums).sum(axis=2, keepdims=True)), 1e-9)
    hi, en = unit[:, 0], unit[:, 1]
    return np.concatenate((hi, en, np.abs(hi - en), hi * en), axis=1)


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
