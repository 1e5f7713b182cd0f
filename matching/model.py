"""From the evidence of a pair to the probability that its two articles tell the same story.

Logistic models of features and their products, made by `training/matching.py` and kept in model.json: one of the ties
between sentences, one of the articles. They were learnt on heaps in which a third of the articles have no partner; what
they give is calibrated for such heaps.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tithi.errors import DataError

__all__ = ["Logistic", "expanded", "probability", "shipped"]

_LARGEST: Final = 4.0
_BLOCK: Final = 1 << 13
Rows = NDArray[np.float32] | NDArray[np.float64]


def expanded(rows: Rows, mean: NDArray[np.float64], scale: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return `(n, f + f(f+1)/2)`: the features, standardised and cut at four deviations, and their products."""
    plain = np.clip((rows - mean) / scale, -_LARGEST, _LARGEST)
    first, second = np.triu_indices(plain.shape[1])
    return np.concatenate([plain, plain[:, first] * plain[:, second]], axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Logistic:
    """A model of f named features: their means and scales (f,), and the weights of what `expanded` makes of them."""

    features: tuple[str, ...]
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: float

    def odds(self, rows: Rows) -> NDArray[np.float64]:
        """Return (n,) log odds for `(n, f)` rows of the features."""
        out = np.empty(len(rows))
        for first in range(0, len(rows), _BLOCK):
            block = slice(first, first + _BLOCK)
            out[block] = expanded(rows[block], self.mean, self.scale) @ self.weights + self.bias
        return out

    def probability(self, rows: Rows) -> NDArray[np.float64]:
        """Return (n,) probabilities in [0, 1] for `(n, f)` rows of the features."""
        return probability(self.odds(rows))


def probability(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probabilities in [0, 1] of log odds."""
    out: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(odds, -40, 40)))
    return out


def shipped(name: str, features: tuple[str, ...]) -> Logistic:
    """Return the model of that name that ships.

    Raises:
        DataError: It was learnt with other features.
    """
    told = _models()[name]
    if tuple(told["features"]) != features:
        raise DataError("matching/model.json: must be of this version's features; got others; train it again")
    mean, scale, weights = (np.array(told[part]) for part in ("mean", "scale", "weights"))
    return Logistic(features, mean, scale, weights, float(told["bias"]))


@cache
def _models() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        resources.files("tithi.matching").joinpath("model.json").read_text(encoding="utf-8")
    )
    return found
