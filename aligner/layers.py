"""Learnt weights that turn features into a score: a linear term plus a small layer of rectified units."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
        # Plain sums: those of a BLAS depend on its threads, and it may warn of numbers that are not there.
        units = np.maximum(np.einsum("nk,hk->nh", features, self.hidden) + self.hidden_bias, 0)
        linear, output = np.einsum("nk,k->n", features, self.linear), np.einsum("nh,h->n", units, self.output)
        return np.asarray(linear + self.bias + output, np.float64)


def layers_of(data: Mapping[str, Any]) -> Layers:
    """Return the layers that a plain object tells."""
    arrays = {name: np.array(data[name], np.float32) for name in ("linear", "hidden", "hidden_bias", "output")}
    return Layers(bias=float(data["bias"]), **arrays)
