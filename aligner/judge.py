"""The judge: learnt weights that turn the features of a bead or a null into a score.

A score is a linear term plus a small layer of rectified units. The weights are those of a conditional random field
over whole alignments, learnt by `benchmarks/train_judge.py` and stored in `judge.json` with what they were learnt from.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from tithi.aligner.features import BEAD_FEATURES, NULL_FEATURES, fill_bead, lattice_arrays, null_features
from tithi.aligner.lattice import ABSENT, Lattice
from tithi.aligner.search import NONE
from tithi.corpus.errors import DataError
from tithi.encoder.protocol import FloatArray

__all__ = ["Judge", "Layers", "load_judge"]

Scores = NDArray[np.float64]
#: Groups below are not considered: of 1,000 right groups in noisy documents none was (the least had .33).
LEAST_COSINE = np.float32(0.2)


@dataclass(frozen=True, slots=True)
class Layers:
    """Float32 weights of `linear @ f + bias + output @ max(hidden @ f + hidden_bias, 0)`, k features and h units."""

    linear: FloatArray
    bias: float
    hidden: FloatArray
    hidden_bias: FloatArray
    output: FloatArray

    def __call__(self, features: FloatArray) -> Scores:
        """Return the scores of `(n, k)` features, `(n,)`."""
        units = np.maximum(features @ self.hidden.T + self.hidden_bias, 0)
        return np.asarray(features @ self.linear + self.bias + units @ self.output, np.float64)


@dataclass(frozen=True, slots=True)
class Judge:
    """The scores of beads and nulls, and `opening`, what a run of nulls pays at its start."""

    bead: Layers
    null: Layers
    opening: float

    def beads(self, lattice: Lattice) -> Scores:
        """Return the score of every bead `(nodes, 4, 4)`, NONE where it does not fit."""
        scores = np.full(lattice.cosines.shape, NONE)
        layers = self.bead
        _score(
            *lattice_arrays(lattice),
            layers.linear,
            layers.bias,
            np.ascontiguousarray(layers.hidden.T),
            layers.hidden_bias,
            layers.output,
            scores,
        )
        return scores

    def nulls(self, table: NDArray[np.float64]) -> Scores:
        """Return the score `(n,)` of each sentence of a side standing alone."""
        return self.null(null_features(table))


@cache
def load_judge(path: Path | None = None) -> Judge:
    """Return the judge of a JSON file, the one that comes with the package by default.

    Raises:
        DataError: The file is of another version of the features.
    """
    source = path or resources.files("tithi.aligner").joinpath("judge.json")
    data = json.loads(source.read_text(encoding="utf-8"))
    wanted = {"bead": list(BEAD_FEATURES), "null": list(NULL_FEATURES)}
    if data.get("features") != wanted:
        raise DataError(f"{source}: made for other features; got {data.get('features')}; learn it again")
    return Judge(_layers(data["bead"]), _layers(data["null"]), float(data["opening"]))


def _layers(data: dict[str, Any]) -> Layers:
    arrays = {name: np.array(data[name], np.float32) for name in ("linear", "hidden", "hidden_bias", "output")}
    return Layers(bias=float(data["bias"]), **arrays)


@numba.njit(cache=True, nogil=True, fastmath=True)
def _score(low, high, offset, cosines, matched, hi, en, linear, bias, hidden, hidden_bias, output, scores):  # type: ignore[no-untyped-def]
    count, units = hidden.shape
    features = np.zeros(count, np.float32)
    inner = np.zeros(units, np.float32)
    for i in range(1, low.shape[0]):
        for j in range(max(low[i], 1), high[i]):
            node = offset[i] + j - low[i]
            for p in range(1, min(4, i) + 1):
                for q in range(1, min(4, j) + 1):
                    cosine = cosines[node, p - 1, q - 1]
                    if cosine == ABSENT or (p + q > 2 and cosine < LEAST_COSINE):
                        continue
                    fill_bead(low, high, offset, cosines, matched, hi, en, i, j, p, q, features)
                    total = np.float32(bias)
                    inner[:] = hidden_bias
                    for k in range(count):
                        value = features[k]
                        if value != 0:
                            total += linear[k] * value
                            for unit in range(units):
                                inner[unit] += hidden[k, unit] * value
                    for unit in range(units):
                        total += output[unit] * max(inner[unit], np.float32(0))
                    scores[node, p - 1, q - 1] = total
