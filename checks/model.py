"""The small models behind `quality`: regressions over what coverage and the checks say of a pair.

`stretch` tells whether a side has a stretch the other lacks (`omission`, `addition`), `related` whether the two sides
are of one sentence at all, `sound` whether a pair of one sentence is without defect; the product of the last two is the
probability of a faithful pair. `ranking` ranks the faithful as people do, `confidence` tells how sure an issue is.
Coefficients stand in model.json, written by `python -m training.quality`; its card says on
what they were learnt, and for what share of unfaithful pairs the probability is calibrated.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from operator import mul
from typing import Any, Final

from tithi.checks.confidence import Confidence
from tithi.checks.features import PairFeatures
from tithi.checks.ranking import Ranking, read_ranking
from tithi.checks.sides import SideFeatures, side_features
from tithi.encoder.protocol import FloatArray
from tithi.errors import DataError
from tithi.evidence.coverage import Coverage
from tithi.evidence.gaps import Gaps
from tithi.evidence.pair import Pair

__all__ = ["EVEN", "Logistic", "Models", "models", "read_models", "stretch_odds"]


EVEN: Final = 0.5
"""From here on a pair is more likely faithful than not."""
_USUAL: Final = 2.0
"""The log-odds that a middling faithful pair gets between .5 and 1."""


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


@dataclass(frozen=True)
class Models:
    """The shipped models, learnt with `encoder`; from `threshold` log-odds on, the stretch is reported.

    `words` are the weights of `gaps.word_terms`.

    `ranking` is what people say of translations.
    """

    encoder: str
    words: tuple[float, ...]
    stretch: Logistic
    threshold: float
    related: Logistic
    sound: Logistic
    ranking: Ranking
    confidence: Confidence
    card: dict[str, Any]

    def faithful(self, features: PairFeatures) -> float:
        """Return the probability that a pair with these features is faithful, whatever single issues it has."""
        return self.related.probability(features) * self.sound.probability(features)

    def adequacies(
        self, faithful: Sequence[float], told: Sequence[Sequence[float]], sums: Sequence[FloatArray]
    ) -> list[float]:
        """Return how well the sides of pairs mean the same, in [0, 1], by what `Ranking.of` is told of them.

        Below .5 it is the probability that the pair is `faithful`; what is more likely faithful than not gets .5 or
        more, the more the better people would judge it.
        """
        if not faithful:
            return []
        better = self.ranking.of(told, sums).tolist()
        ranks = (EVEN + (1 - EVEN) / (1 + math.exp(-max(-30.0, min(30.0, one + _USUAL)))) for one in better)
        return [one if one < EVEN else rank for one, rank in zip(faithful, ranks, strict=True)]


@cache
def models() -> Models:
    """Return the shipped models, read once.

    Raises:
        DataError: they were learnt on other features than this code makes.
    """
    return read_models(read_ranking())


def read_models(ranking: Ranking) -> Models:
    """Return the shipped models with a ranking of one's own.

    Raises:
        DataError: they were learnt on other features than this code makes.
    """
    stored = json.loads(resources.files("tithi.checks").joinpath("model.json").read_text(encoding="utf-8"))
    return Models(
        stored["encoder"],
        tuple(stored["words"]),
        _read("stretch", stored["stretch"], SideFeatures._fields),
        stored["threshold"],
        _read("related", stored["related"], PairFeatures._fields),
        _read("sound", stored["sound"], PairFeatures._fields),
        ranking,
        Confidence({key: tuple(row) for key, row in stored["confidence"].items()}),
        stored["card"],
    )


def _read(name: str, stored: dict[str, Any], features: Sequence[str]) -> Logistic:
    if stored["features"] != list(features):
        odd = sorted(set(stored["features"]) ^ set(features)) or "another order"
        raise DataError(f"model.json: {name} must have the features of the code; got {odd}; learn it again")
    return Logistic(tuple(stored["mean"]), tuple(stored["scale"]), tuple(stored["weights"]), stored["bias"])


def stretch_odds(pair: Pair, coverage: Coverage, gaps: Gaps, stretch: Logistic) -> tuple[float, float]:
    """Return the log-odds that the Hindi, and that the English, has a stretch that the other side lacks."""
    hi, en = side_features(pair, coverage, gaps)
    return stretch.log_odds(hi), stretch.log_odds(en)
