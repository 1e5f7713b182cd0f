"""Whether a pair is faithful: the two regressions behind `quality`, and the shares of errors that they reckon with.

The probabilities hold for a corpus in which errors have the shares `STATED`, which the checks tell surely, and another
share for each other kind. That one and the share of pairs of one sentence are chosen by cross-validation inside the
learning half, folds of whole documents: of `CHOICES`, those that bring most neighbours' sentences below quality .5 and
at most `LOSS` of the faithful long pairs.
"""

import hashlib
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from tithi.checks.model import Logistic
from training.made_errors import KINDS

__all__ = [
    "FOLDS",
    "STATED",
    "Flags",
    "Floats",
    "Names",
    "PairData",
    "choose_shares",
    "fit_related",
    "fit_sound",
    "regression",
    "weights",
]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Names = NDArray[np.str_]
STATED = {"number": 0.03, "date": 0.03, "opposite": 0.03}
"""Shares of pairs with such an error among those of one sentence."""
CHOICES = {"related": (0.8, 0.85, 0.9), "other": (0.0005, 0.001, 0.0015, 0.002)}
"""Shares to choose from: of pairs of one sentence among all, and of each other kind of error among those.

Of fewer than four in five of one sentence, cross-validation over long pairs finds more neighbours' sentences, and short
faithful pairs, which tell less, fall with them.
"""
SHORT = 0.2
"""The part of the short pairs in what is learnt; the rest is long sentences."""
LOSS = 0.0055
"""Well below the 1 % aimed at: the other half was seen to lose twice as many as cross-validation tells."""
FOLDS = 5


@dataclass(frozen=True, slots=True)
class PairData:
    """Features `(n, f)` of faithful and spoilt pairs, what was made of each or `faithful`, whence it came, if short."""

    x: Floats
    kinds: Names
    documents: Names
    short: Flags

    def __getitem__(self, chosen: Flags) -> "PairData":
        return PairData(self.x[chosen], self.kinds[chosen], self.documents[chosen], self.short[chosen])


def choose_shares(data: PairData) -> tuple[float, float]:
    """Return the shares of `CHOICES`, chosen by cross-validation; see the module docstring."""
    folds = np.array([hashlib.sha256(f"fold {name}".encode()).digest()[0] % FOLDS for name in data.documents])
    odds: dict[tuple[str, float], Floats] = {}
    for name, fit in (("related", fit_related), ("other", fit_sound)):
        for share in CHOICES[name]:
            told = np.zeros(len(data.x))
            for fold in range(FOLDS):
                model = fit(data[folds != fold], share)
                told[folds == fold] = [model.probability(row) for row in data.x[folds == fold]]
            odds[name, share] = told
    best = (-1.0, CHOICES["related"][-1], CHOICES["other"][0])
    for related, other in product(CHOICES["related"], CHOICES["other"]):
        below = odds["related", related] * odds["other", other] < 0.5
        found, lost = (float(below[(data.kinds == kind) & ~data.short].mean()) for kind in ("neighbour", "faithful"))
        print(f"shares {related:.2f} {other:.4f}: {found:.2%} of neighbours found, {lost:.2%} of faithful pairs lost")
        if lost <= LOSS:
            best = max(best, (found, related, other))
    return best[1], best[2]


def fit_related(data: PairData, share: float) -> Logistic:
    """Learn whether the sides are of one sentence, where `share` of all pairs are."""
    other = data.kinds == "neighbour"
    return regression(data.x, ~other, _shared(data.short, [(other, 1 - share), (~other, share)]))


def fit_sound(data: PairData, other_share: float) -> Logistic:
    """Learn whether a pair of one sentence is faithful, where errors have the shares `STATED` or `other_share`."""
    one = data.kinds != "neighbour"
    return regression(data.x[one], data.kinds[one] == "faithful", weights(data, other_share)[one])


def weights(data: PairData, other_share: float) -> Floats:
    """Return the weights of pairs of one sentence when errors have the shares `STATED` or `other_share`."""
    shares = {kind: STATED.get(kind, other_share) for kind in KINDS if kind != "neighbour"}
    shares["faithful"] = 1 - sum(shares.values())
    return _shared(data.short, [(data.kinds == kind, share) for kind, share in shares.items()])


def _shared(short: Flags, shares: list[tuple[Flags, float]]) -> Floats:
    """Return weights by which each group of cases has its share among the long ones and among the short."""
    weight = np.zeros(len(short))
    for group, part in ((short, SHORT), (~short, 1 - SHORT)):
        for cases, share in shares:
            inside = cases & group
            weight[inside] = part * share * len(short) / max(int(inside.sum()), 1)
    return weight


def regression(x: Floats, y: Flags, weight: Floats) -> Logistic:
    """Return the logistic regression that tells the cases `y` from the features `x` `(n, f)`."""
    from sklearn.linear_model import LogisticRegression

    mean, scale = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-3)
    model = LogisticRegression(C=1.0, max_iter=5000).fit((x - mean) / scale, y, sample_weight=weight)
    return Logistic(_floats(mean), _floats(scale), _floats(model.coef_[0]), round(float(model.intercept_[0]), 5))


def _floats(values: Floats) -> tuple[float, ...]:
    return tuple(round(float(value), 5) for value in values)
