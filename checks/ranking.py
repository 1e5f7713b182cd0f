"""What people would say of a translation: trees and a line over what is known of a pair and what its sides mean.

They stand in ranking.npz, written by `python -m training.ranking`. The numbers that they are told are the features, how
the pair looks and, after those, the projections of `compared` on `parts`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tithi.checks.features import PairFeatures
from tithi.checks.looks import LOOKS
from tithi.encoder.protocol import FloatArray
from tithi.errors import DataError

__all__ = ["TOLD", "Ranking", "Trees", "compared", "read_ranking"]

TOLD: Final = (*PairFeatures._fields, *LOOKS)
"""The names of the numbers that are told of a pair beside its meaning."""


class Trees(NamedTuple):
    """Trees as `tithi.checks.trees.add_trees` asks for them; all but `roots` are of all their nodes."""

    roots: NDArray[np.int32]
    numbers: NDArray[np.int16]
    bounds: FloatArray
    lower: NDArray[np.int32]
    values: FloatArray


@dataclass(frozen=True)
class Ranking:
    """Trees, and the `parts` `(k, 4 d)` and `slopes` of a line, float32: it places what the trees never saw.

    `middle` and `spread` are the median and the spread of what is said of faithful pairs, `agreement` is the rank
    correlation with people on lines that were not learnt from, and the same with their lengths held fixed.
    """

    features: tuple[str, ...]
    parts: FloatArray
    trees: Trees
    slopes: FloatArray
    middle: float
    spread: float
    agreement: tuple[float, float]

    def of(self, told: Sequence[Sequence[float]], sums: Sequence[FloatArray]) -> NDArray[np.float64]:
        """Return what people would say of pairs, better ones higher, that of a middling faithful one being 0.

        `told` are the numbers of `TOLD`, `sums` those of `Coverage`.
        """
        return (self.rank(told, compared(np.array(sums))) - self.middle) / self.spread

    def rank(self, told: ArrayLike, meant: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return the ranks `(n,)`, about 0 to 1, by `told` `(n, f)` and what `compared` says of the sums, `(n, 4 d)`.

        A pair has the same bits alone and among others, which one product of matrices would not give.
        """
        from tithi.checks.trees import add_trees  # numba is loaded when the first pair asks for it

        parts = np.matmul(self.parts, meant[:, :, None])[:, :, 0]
        numbers = np.concatenate((np.asarray(told, np.float32), parts), axis=1).astype(np.float32)
        ranks = np.asarray(np.matmul(numbers[:, None, :], self.slopes[:, None])[:, 0, 0], np.float64)
        add_trees(numbers, tuple(self.trees), ranks)
        return ranks


def compared(sums: FloatArray) -> FloatArray:
    """Return the unit vectors of both sides, their distances and their products: `(n, 2, d)` float32 to `(n, 4 d)`."""
    unit = sums / np.maximum(np.sqrt((sums * sums).sum(axis=2, keepdims=True)), 1e-9)
    hi, en = unit[:, 0], unit[:, 1]
    return np.concatenate((hi, en, np.abs(hi - en), hi * en), axis=1)


def read_ranking(features: Sequence[str] = TOLD) -> Ranking:
    """Return the shipped ranking.

    Raises:
        DataError: it was learnt on other features than these.
    """
    with resources.files("tithi.checks").joinpath("ranking.npz").open("rb") as file:
        stored = dict(np.load(file))
    known = tuple(bytes(stored["features"]).decode("utf-8").split("\n"))
    if known != tuple(features):
        odd = sorted(set(known) ^ set(features)) or "another order"
        raise DataError(f"ranking.npz: must have the features of the code; got {odd}; learn it again")
    trees = Trees(*(stored[name] for name in Trees._fields))
    middle, spread = stored["faithful"].tolist()
    agreement, given = stored["agreement"].tolist()
    return Ranking(
        known, stored["parts"].astype(np.float32), trees, stored["slopes"], middle, spread, (agreement, given)
    )
