"""The small models behind `quality`: two logistic regressions over what coverage and the checks say of a pair.

One tells whether a side has a stretch the other lacks (`omission`, `addition`); one, on top of it, how probable it is that
the pair is faithful. Coefficients stand in quality_model.json, written by `python -m benchmarks.train_quality`; its card
there says on what they were learnt. The probability is calibrated for corpora in which one pair in seven is not faithful.
"""

import json
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from tithi.corpus.quality import Issue
from tithi.eval.coverage import Coverage, Side

__all__ = ["PAIR_FEATURES", "SIDE_FEATURES", "Logistic", "Models", "models", "pair_features", "side_features"]

SIDE_FEATURES: Final = (
    "gain", "lacking", "covered", "other covered", "similarity", "weight ratio", "length ratio", "other weight", "other gain",
    "other lacking", "is Hindi", "rounded ratio",
)  # fmt: skip
"""What tells that a side has more than the other; ratios are natural logarithms."""

PAIR_FEATURES: Final = (
    "similarity", "Hindi covered", "English covered", "omission", "addition", "weight ratio", "length ratio", "weight",
    "number", "date", "name", "negation", "hints", "names",
)  # fmt: skip
"""What tells that a pair is faithful; `omission` and `addition` are the log-odds of the first model."""

_FLOOR: Final = -0.5


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression over standardised features: `bias + weights . (x - mean) / scale` are its log-odds."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    def log_odds(self, features: Sequence[float]) -> float:
        """Return the log-odds of one case."""
        columns = zip(features, self.mean, self.scale, self.weights, strict=True)
        return self.bias + sum(weight * (x - mean) / scale for x, mean, scale, weight in columns)

    def probability(self, features: Sequence[float]) -> float:
        """Return the probability in [0, 1] of one case."""
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, self.log_odds(features)))))


@dataclass(frozen=True, slots=True)
class Models:
    """The shipped models; from `threshold` log-odds on, the stretch is reported."""

    stretch: Logistic
    threshold: float
    quality: Logistic
    card: dict[str, Any]


@cache
def models() -> Models:
    """Return the shipped models, read once."""
    told = json.loads(resources.files("tithi.eval").joinpath("quality_model.json").read_text(encoding="utf-8"))
    stretch, quality = (
        Logistic(tuple(m["mean"]), tuple(m["scale"]), tuple(m["weights"]), m["bias"])
        for m in (told["stretch"], told["quality"])
    )
    return Models(stretch, told["threshold"], quality, told["card"])


def side_features(side: Side, other: Side, similarity: float, length_ratio: float, *, is_hindi: bool) -> list[float]:
    """Return `SIDE_FEATURES` of one side; `length_ratio` is the logarithm of its length over the other's."""
    weight_ratio = math.log(side.weight / other.weight)
    return [
        max(side.gain, _FLOOR),
        side.lacking,
        side.covered,
        other.covered,
        similarity,
        weight_ratio,
        length_ratio,
        math.log(other.weight),
        max(other.gain, _FLOOR),
        other.lacking,
        float(is_hindi),
        weight_ratio * weight_ratio,
    ]


def length_ratio(hi: str, en: str) -> float:
    """Return the logarithm of the ratio of characters, smoothed for short texts."""
    return math.log((len(hi) + 5) / (len(en) + 5))


def pair_features(
    coverage: Coverage, ratio: float, omission: float, addition: float, issues: Collection[Issue], names: int
) -> list[float]:
    """Return `PAIR_FEATURES`; `omission` and `addition` are log-odds, `names` counts the English names of the pair."""
    kinds = [issue.kind for issue in issues]
    return [
        coverage.similarity,
        coverage.hi.covered,
        coverage.en.covered,
        max(-6.0, min(6.0, omission)),
        max(-6.0, min(6.0, addition)),
        abs(math.log(coverage.hi.weight / coverage.en.weight)),
        abs(ratio),
        math.log(coverage.en.weight),
        float("number" in kinds or "unit" in kinds),
        float("date" in kinds),
        float(min(kinds.count("name"), 3)),
        float("negation" in kinds),
        float(any(kind in ("punctuation", "modality", "untranslated") for kind in kinds)),
        float(min(names, 3)),
    ]
