"""The judge: learnt weights that turn the features of a bead or a null into a score.

A score is a linear term plus a small layer of rectified units. The weights are those of a conditional random field
over whole alignments, learnt by `training/judge.py` and stored in `judge.json` with what they were learnt from.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numba
import numpy as np
from numpy.typing import NDArray

from tithi.aligner.calibration import EVIDENCE, Calibration
from tithi.aligner.doubts import DOUBT_FEATURES, Doubts
from tithi.aligner.features import (
    BEAD_FEATURES,
    BLOCK,
    LENGTH_RATIO,
    NULL_FEATURES,
    fill,
    groups,
    null_features,
)
from tithi.aligner.fits import Fits
from tithi.aligner.fitting import fitting
from tithi.aligner.habits import Habits
from tithi.aligner.lattice import Lattice
from tithi.aligner.layers import Layers, layers_of
from tithi.compiling import kept
from tithi.encoder.protocol import FloatArray
from tithi.errors import DataError

__all__ = ["Judge", "Moving", "load_judge"]

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Moving:
    """What a moved run pays, learnt by `training/moving.py`; see `of`."""

    price: float
    choices: float
    length: float
    distance: float
    others: float
    margin: float

    def of(self, evidence: FloatArray) -> Scores:
        """Return what runs pay, less than 0, from the `(n, 5)` evidence of `tithi.aligner.moves`."""
        weights = np.array([self.choices, self.length, self.distance, self.others, self.margin])
        return np.asarray(-np.logaddexp(0.0, -self.price - (evidence * weights).sum(axis=1)), np.float64)


@dataclass(frozen=True, slots=True)
class Judge:
    """The scores of beads and nulls, and `opening`, what a run of nulls pays at its start; what else was learnt.

    `doubts` judges beads in doubt again, by their words.
    """

    bead: Layers
    null: Layers
    opening: float
    habits: Habits
    doubts: Doubts
    moving: Moving
    calibration: Calibration

    def beads(self, lattice: Lattice) -> Fits:
        """Return the beads that fit with their scores."""
        of = self.bead
        return Fits(*_score(of.linear, np.float32(of.bias), of.hidden, of.hidden_bias, of.output, *lattice.arrays()))

    def nulls(self, lattice: Lattice) -> tuple[Scores, Scores]:
        """Return the scores of each sentence standing alone, Hindi `(n,)` and English `(m,)`."""
        levels = lattice.levels
        return self.null(null_features(levels, lattice.hi)), self.null(null_features(levels, lattice.en))


@kept(error_model="numpy")
def _score(  # type: ignore[no-untyped-def]
    linear,
    bias,
    hidden,
    hidden_bias,
    output,
    low,
    high,
    offset,
    cosines,
    above,
    matched,
    before,
    after,
    levels,
    hi,
    en,
):
    """Return what `Fits` holds of the beads that fit; their features are made and used by blocks."""
    places, gains = np.empty((cosines.size, 5), np.int64), np.empty(cosines.size, np.float32)
    count = fitting(low, high, offset, cosines, above, before, after, places, gains)
    places = places[:count]
    first, starts, cells = np.zeros(offset[-1] + 1, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
    for bead in range(count):
        row, column = places[bead, 0] - places[bead, 2], places[bead, 1] - places[bead, 3]
        starts[bead], cells[bead] = offset[row] + column - low[row], places[bead, 4]
        first[(cells[bead] >> 4) + 1] += 1
    for node in range(offset[-1]):
        first[node + 1] += first[node]
    of_hi, of_en = groups(hi, 1.0), groups(en, LENGTH_RATIO)
    lattice = low, high, offset, cosines, above, matched, before, after, levels, hi, en, of_hi, of_en
    scores, features = np.empty(count), np.empty((linear.size, BLOCK), np.float32)
    total, inner = np.empty(BLOCK, np.float32), np.empty(BLOCK, np.float32)
    for begin in range(0, count, BLOCK):
        fill(*lattice, places, gains, begin, features)
        _sum(linear, bias, hidden, hidden_bias, output, features, total, inner)
        for bead in range(begin, min(begin + BLOCK, count)):
            scores[bead] = total[bead - begin]
    return first, starts, cells, scores


@numba.njit(nogil=True, error_model="numpy", fastmath={"contract"})
def _sum(linear, bias, hidden, hidden_bias, output, features, total, inner):  # type: ignore[no-untyped-def]
    """Write `Layers.__call__` of the beads of a block to `total`."""
    for bead in range(total.shape[0]):
        total[bead] = bias
    for k in range(linear.shape[0]):
        for bead in range(total.shape[0]):
            total[bead] += linear[k] * features[k, bead]
    for unit in range(hidden.shape[0]):
        for bead in range(inner.shape[0]):
            inner[bead] = hidden_bias[unit]
        # Three at a time: half of the work is to read and write the sums.
        k = 0
        while k + 2 < linear.shape[0]:
            one, two, three = hidden[unit, k], hidden[unit, k + 1], hidden[unit, k + 2]
            for bead in range(inner.shape[0]):
                inner[bead] += one * features[k, bead] + two * features[k + 1, bead] + three * features[k + 2, bead]
            k += 3
        while k < linear.shape[0]:
            for bead in range(inner.shape[0]):
                inner[bead] += hidden[unit, k] * features[k, bead]
            k += 1
        for bead in range(inner.shape[0]):
            total[bead] += output[unit] * max(inner[bead], np.float32(0))


@cache
def load_judge(path: Path | None = None) -> Judge:
    """Return the judge of a JSON file, the one that comes with the package by default.

    Raises:
        DataError: The file is of another version of the features.
    """
    source = path or resources.files("tithi.aligner").joinpath("judge.json")
    data = json.loads(source.read_text(encoding="utf-8"))
    wanted = {"bead": list(BEAD_FEATURES), "null": list(NULL_FEATURES), "doubt": list(DOUBT_FEATURES)}
    if data.get("features") != wanted:
        raise DataError(f"{source}: made for other features; got {data.get('features')}; learn it again")
    usual, shift = np.array(data["habits"].pop("usual")), np.array(data["habits"].pop("shift"))
    habits = Habits(usual=usual, shift=shift, **data["habits"])
    layers = layers_of(data["bead"]), layers_of(data["null"])
    calibration = Calibration(np.array([data["calibration"][name] for name in EVIDENCE]))
    doubts, moving = Doubts(layers_of(data["doubt"])), Moving(**data["moving"])
    return Judge(*layers, float(data["opening"]), habits, doubts, moving, calibration)
