"""Learnt weights that turn features into a score: a linear term plus a small layer of rectified units."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tithi.compiling import kept
from tithi.encoder.protocol import FloatArray

__all__ = ["Layers", "layers_of"]


@dataclass(frozen=True, slots=True)
class Layers:
    """Float32 weights of `linear @ f + bias + output @ max(hidden @ f + hidden_bias, 0)`, k features and h units."""

    linear: FloatArray
    bias: float
    hidden: FloatArray
    hidden_bias: FloatArray
    output: FloatArray

    def __call__(self, features: FloatArray) -> NDArray[np.float64]:
        """Return the scores of `(n, k)` features, `(n,)`."""
        of = self.linear, self.bias, self.hidden, self.hidden_bias, self.output
        return np.asarray(_scores(*of, features), np.float64)


@kept(error_model="numpy")
def _scores(linear, bias, hidden, hidden_bias, output, features):  # type: ignore[no-untyped-def]
    # Plain sums: those of a BLAS depend on its threads, and it may warn of numbers that are not there.
    scores, units, across = np.empty(features.shape[0]), np.empty_like(output), hidden.T.copy()
    for row in range(features.shape[0]):
        total = np.float32(0)
        units[:] = hidden_bias
        for k in range(linear.size):
            total += linear[k] * features[row, k]
            for unit in range(units.size):
                units[unit] += across[k, unit] * features[row, k]
        for unit in range(units.size):
            total += output[unit] * max(units[unit], np.float32(0))
        scores[row] = total + bias
    return scores


def layers_of(data: Mapping[str, Any]) -> Layers:
    """Return the layers that a plain object tells."""
    arrays = {name: np.array(data[name], np.float32) for name in ("linear", "hidden", "hidden_bias", "output")}
    return Layers(bias=float(data["bias"]), **arrays)
