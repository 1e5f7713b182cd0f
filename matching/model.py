"""From the evidence of a pair to the probability that its two articles tell the same story.

A logistic model of the features and their products, made by `training/matching.py` and kept in model.json. It was
learnt on heaps in which a third of the articles have no partner; what it gives is calibrated for such heaps.
"""

import json
from functools import cache
from importlib import resources
from itertools import combinations_with_replacement
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tithi.errors import DataError
from tithi.matching.evidence import FEATURES

__all__ = ["expanded", "log_odds", "probability"]

_LARGEST: Final = 4.0
_BLOCK: Final = 1 << 16


def expanded(rows: NDArray[np.float64], mean: NDArray[np.float64], scale: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return `(n, f + f(f+1)/2)`: the features, standardised and cut at four deviations, and their products."""
    plain = np.clip((rows - mean) / scale, -_LARGEST, _LARGEST)
    products = [plain[:, i] * plain[:, j] for i, j in combinations_with_replacement(range(plain.shape[1]), 2)]
    return np.concatenate([plain, np.stack(products, 1)], axis=1)


def log_odds(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n,) log odds for rows of `FEATURES`."""
    mean, scale, weights, bias = _model()
    out = np.empty(len(rows))
    for first in range(0, len(rows), _BLOCK):
        block = slice(first, first + _BLOCK)
        out[block] = expanded(rows[block], mean, scale) @ weights + bias
    return out


def probability(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probabilities in [0, 1] of log odds."""
    out: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(odds, -40, 40)))
    return out


@cache
def _model() -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], float]:
    told = json.loads(resources.files("tithi.matching").joinpath("model.json").read_text(encoding="utf-8"))
    if tuple(told["features"]) != FEATURES:
        raise DataError("matching/model.json: must be of this version's features; got others; train it again")
    return np.array(told["mean"]), np.array(told["scale"]), np.array(told["weights"]), float(told["bias"])
