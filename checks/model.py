"""The small models behind `quality`: three logistic regressions over what coverage and the checks say of a pair.

`stretch` tells whether a side has a stretch the other lacks (`omission`, `addition`), `related` whether the two sides
are of one sentence at all, `sound` whether a pair of one sentence is without defect; quality is the product of the
last two. Coefficients stand in model.json, written by `python -m training.quality`; its card says on
what they were learnt, and for what share of unfaithful pairs the probability is calibrated.
"""

import json
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from operator import mul
from typing import Any, Final

from tithi.checks.coverage import Coverage, Side
from tithi.checks.pair import Pair
from tithi.records import Issue

__all__ = [
    "PAIR_FEATURES",
    "SIDE_FEATURES",
    "Logistic",
    "Models",
    "length_ratio",
    "models",
    "pair_features",
    "side_features",
    "stretch_odds",
]

SIDE_FEATURES: Final = (
    "gain", "lacking", "covered", "other covered", "similarity", "weight ratio", "length ratio", "other weight",
    "other gain", "other lacking", "is Hindi", "rounded ratio",
)  # fmt: skip
"""What tells that a side has more than the other; ratios are natural logarithms."""

PAIR_FEATURES: Final = (
    "similarity", "Hindi covered", "English covered", "least covered", "Hindi lacking", "English lacking", "omission",
    "addition", "weight ratio", "length ratio", "Hindi weight", "English weight", "number", "date", "names", "negation",
    "contrast", "hints", "names told", "names met", "figures met", "figures unmet", "squared similarity",
    "similarity by weight", "squared coverage", "similarity by names", "number by figures unmet",
)  # fmt: skip
"""What tells that a pair is faithful; `omission` and `addition` are the log-odds of `stretch`."""

_FLOOR: Final = -0.5


@dataclass(frozen=True)
class Logistic:
    """A logistic regression over standardised features: `bias + weights . (x - mean) / scale` are its log-odds."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    @cached_property
    def _slopes(self) -> list[float]:
        return [weight / scale for weight, scale in zip(self.weights, self.scale, strict=True)]

    @cached_property
    def _intercept(self) -> float:
        return self.bias - sum(slope * mean for slope, mean in zip(self._slopes, self.mean, strict=True))

    def log_odds(self, features: Sequence[float]) -> float:
        """Return the log-odds of one case."""
        # No generator and no strict zip here: this is asked four times a pair.
        return sum(map(mul, self._slopes, features), self._intercept)

    def probability(self, features: Sequence[float]) -> float:
        """Return the probability in [0, 1] of one case."""
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, self.log_odds(features)))))


@dataclass(frozen=True, slots=True)
class Models:
    """The shipped models, learnt with `encoder`; from `threshold` log-odds on, the stretch is reported."""

    encoder: str
    stretch: Logistic
    threshold: float
    related: Logistic
    sound: Logistic
    card: dict[str, Any]

    def quality(self, features: Sequence[float]) -> float:
        """Return the probability in [0, 1] that a pair with these `PAIR_FEATURES` is faithful."""
        return self.related.probability(features) * self.sound.probability(features)


@cache
def models() -> Models:
    """Return the shipped models, read once."""
    told = json.loads(resources.files("tithi.checks").joinpath("model.json").read_text(encoding="utf-8"))
    stretch, related, sound = (
        Logistic(tuple(m["mean"]), tuple(m["scale"]), tuple(m["weights"]), m["bias"])
        for m in (told["stretch"], told["related"], told["sound"])
    )
    return Models(told["encoder"], stretch, told["threshold"], related, sound, told["card"])


def stretch_odds(pair: Pair, coverage: Coverage, stretch: Logistic) -> tuple[float, float]:
    """Return the log-odds that the Hindi, and that the English, has a stretch that the other side lacks."""
    hi, en = side_features(pair, coverage)
    return stretch.log_odds(hi), stretch.log_odds(en)


def side_features(pair: Pair, coverage: Coverage) -> tuple[list[float], list[float]]:
    """Return `SIDE_FEATURES` of the Hindi and of the English side."""
    ratio = length_ratio(pair.hi, pair.en)
    return (
        _features(coverage.hi, coverage.en, coverage.similarity, ratio, is_hindi=1.0),
        _features(coverage.en, coverage.hi, coverage.similarity, -ratio, is_hindi=0.0),
    )


def _features(side: Side, other: Side, similarity: float, ratio: float, *, is_hindi: float) -> list[float]:
    weight_ratio = math.log(side.weight / other.weight)
    return [
        max(side.gain, _FLOOR),
        side.lacking,
        side.covered,
        other.covered,
        similarity,
        weight_ratio,
        ratio,
        math.log(other.weight),
        max(other.gain, _FLOOR),
        other.lacking,
        is_hindi,
        weight_ratio * weight_ratio,
    ]


def length_ratio(hi: str, en: str) -> float:
    """Return the logarithm of the ratio of characters, smoothed for short texts."""
    return math.log((len(hi) + 5) / (len(en) + 5))


def pair_features(pair: Pair, coverage: Coverage, odds: tuple[float, float], issues: Collection[Issue]) -> list[float]:
    """Return `PAIR_FEATURES`; `odds` are the log-odds of an omission and of an addition."""
    omission, addition = odds
    kinds = [issue.kind for issue in issues]
    wrong_unit = any(issue.kind == "unit" and issue.severity == "error" for issue in issues)
    hi, en = coverage.hi, coverage.en
    least = min(hi.covered, en.covered)
    met, unmet = _figures(pair)
    return [
        coverage.similarity,
        hi.covered,
        en.covered,
        least,
        hi.lacking,
        en.lacking,
        max(-6.0, min(6.0, omission)),
        max(-6.0, min(6.0, addition)),
        abs(math.log(hi.weight / en.weight)),
        abs(length_ratio(pair.hi, pair.en)),
        math.log(hi.weight),
        math.log(en.weight),
        float("number" in kinds or wrong_unit),
        float("date" in kinds),
        float(min(kinds.count("name"), 2)),
        float("negation" in kinds),
        float("contrast" in kinds),
        float(any(kind in ("punctuation", "modality", "untranslated") for kind in kinds)),
        float(min(len(pair.en_names), 3)),
        float(min(len(pair.en_names) - kinds.count("name"), 3)),
        met,
        unmet,
        coverage.similarity**2,
        coverage.similarity * math.log(hi.weight * en.weight),
        least**2,
        coverage.similarity * min(kinds.count("name"), 2),
        unmet * float("number" in kinds),
    ]


def _figures(pair: Pair) -> tuple[float, float]:
    """Return how many numbers in digits both sides have, and how many one side alone, each at most 3."""
    hi, en = set(pair.hi_words.figures), set(pair.en_words.figures)
    return float(min(len(hi & en), 3)), float(min(len(hi ^ en), 3))
