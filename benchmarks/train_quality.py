"""Learn the models of `tithi.eval.quality` from dev pairs with made errors, and write eval/quality_model.json.

    python -m benchmarks.train_quality

Learns on one half of the dev documents and prints on the other; needs scikit-learn, and two minutes of one core. Run it
again whenever the shipped encoder changes: the features are made of its vectors.

For which shares of unfaithful pairs the probabilities are calibrated is chosen by cross-validation inside the learning
half, folds of whole documents: of `SHARES`, those that bring most neighbours' sentences below quality .5 and at most
`LOSS` of the faithful pairs.
"""

import hashlib
import json
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.dev_pairs import dev_pairs
from benchmarks.made_errors import KINDS, spoil
from tithi.corpus.errors import DataError
from tithi.encoder import load
from tithi.encoder.protocol import SumEncoder
from tithi.eval.check import rule_issues
from tithi.eval.coverage import WordVectors, cover
from tithi.eval.names import hindi_name
from tithi.eval.pair import Pair, read_pair
from tithi.eval.quality import (
    PAIR_FEATURES,
    SIDE_FEATURES,
    Logistic,
    Models,
    pair_features,
    side_features,
    stretch_odds,
)
from tithi.eval.words import is_devanagari

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Names = NDArray[np.str_]
TARGET = Path(__file__).parents[1] / "eval" / "quality_model.json"
SHARES = {"related": (0.4, 0.5, 0.6, 0.7, 0.8), "faithful": (0.96, 0.965, 0.97, 0.975, 0.98)}
"""Shares to choose from: of pairs of one sentence among all, and of faithful ones among those."""
LOSS = 0.008
"""Below the 1 % aimed at: the choice is made on as many pairs as are reported on, and flatters itself."""
FOLDS = 5
FALSE_ALARMS = 0.03
SEEDS = (1, 2)


def main() -> None:
    """Learn, print figures on the other half, write the file."""
    encoder = load()
    if not isinstance(encoder, SumEncoder):
        raise DataError(f"encoder {encoder.name}: its word vectors must add up; got none; train one that sums")
    vectors = WordVectors(encoder)
    pairs = list(dev_pairs())
    learn = [(p.hi, p.en) for p in pairs if p.half == 0]
    report = [(p.hi, p.en) for p in pairs if p.half == 1]
    stretch, threshold = _learn_stretch(learn, vectors)
    models = Models(encoder.name, stretch, threshold, stretch, stretch, {})
    x, kinds, at = _pair_data(learn, models, vectors)
    documents = np.array([p.document for p in pairs if p.half == 0])[at]
    related_share, faithful_share = _choose_shares(x, kinds, documents)
    related, sound = _fit_related(x, kinds, related_share), _fit_sound(x, kinds, faithful_share)
    models = Models(encoder.name, stretch, threshold, related, sound, {})
    x, kinds, _ = _pair_data(report, models, vectors)
    probability = np.array([models.quality(row) for row in x])
    error = calibration_error(probability, kinds == "faithful", _weights(kinds, faithful_share))
    print(f"expected calibration error on the other half: {error:.4f}")
    for kind in ("faithful", *KINDS):
        below = probability[kinds == kind] < 0.5
        print(f"quality below .5, {kind}: {below.mean():.2%} of {len(below)}")
    card = {
        "learnt on": f"{len(learn)} pairs of TICO-19 (CC0) and FLORES-200 dev (CC BY-SA 4.0), one half by document",
        "made errors": sorted(KINDS),
        "calibrated for a share of faithful pairs of": faithful_share,
        "and of pairs of one sentence of": related_share,
        "shares chosen by": f"{FOLDS}-fold cross-validation over documents of the learning half",
        "false alarms of a stretch while learning": FALSE_ALARMS,
        "calibration error on the other half": round(error, 4),
        "command": "python -m benchmarks.train_quality",
    }
    told = {
        "encoder": encoder.name,
        "card": card,
        "threshold": round(threshold, 4),
        "stretch": _to_dict(stretch, SIDE_FEATURES),
        "related": _to_dict(related, PAIR_FEATURES),
        "sound": _to_dict(sound, PAIR_FEATURES),
    }
    TARGET.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {TARGET}")


def _choose_shares(x: Floats, kinds: Names, documents: Names) -> tuple[float, float]:
    """Return the shares of `SHARES`, chosen by cross-validation; see the module docstring."""
    folds = np.array([hashlib.sha256(f"fold {name}".encode()).digest()[0] % FOLDS for name in documents])
    odds: dict[tuple[str, float], Floats] = {}
    for name, fit in (("related", _fit_related), ("faithful", _fit_sound)):
        for share in SHARES[name]:
            told = np.zeros(len(x))
            for fold in range(FOLDS):
                model = fit(x[folds != fold], kinds[folds != fold], share)
                told[folds == fold] = [model.probability(row) for row in x[folds == fold]]
            odds[name, share] = told
    best = (-1.0, SHARES["related"][-1], SHARES["faithful"][-1])
    for related, faithful in product(SHARES["related"], SHARES["faithful"]):
        below = odds["related", related] * odds["faithful", faithful] < 0.5
        found, lost = float(below[kinds == "neighbour"].mean()), float(below[kinds == "faithful"].mean())
        print(
            f"shares {related:.2f} {faithful:.3f}: {found:.2%} of neighbours found, {lost:.2%} of faithful pairs lost"
        )
        if lost <= LOSS:
            best = max(best, (found, related, faithful))
    return best[1], best[2]


def _fit_related(x: Floats, kinds: Names, share: float) -> Logistic:
    """Learn whether the sides are of one sentence, where `share` of all pairs are."""
    other = kinds == "neighbour"
    return _fit(x, ~other, np.where(other, _share(other, 1 - share), _share(~other, share)))


def _fit_sound(x: Floats, kinds: Names, share: float) -> Logistic:
    """Learn whether a pair of one sentence is faithful, where `share` of all are."""
    one, weight = kinds != "neighbour", _weights(kinds, share)
    return _fit(x[one], kinds[one] == "faithful", weight[one])


def _share(cases: Flags, share: float) -> float:
    """Return the weight of one of `cases` when together they weigh `share` of all."""
    return share * len(cases) / max(int(cases.sum()), 1)


def _weights(kinds: Names, share: float) -> Floats:
    """Return weights: faithful pairs have `share`, each kind of error an equal part of the rest; the mean is 1."""
    weight = np.zeros(len(kinds))
    for kind in ("faithful", *KINDS):
        cases = kinds == kind
        weight[cases] = _share(cases, share if kind == "faithful" else (1 - share) / len(KINDS))
    return weight


def calibration_error(probability: Floats, y: Flags, weight: Floats, bins: int = 15) -> float:
    """Return the expected calibration error over bins of equal width (Naeini et al. 2015), cases weighted."""
    at = np.minimum((probability * bins).astype(int), bins - 1)
    error = 0.0
    for i in range(bins):
        inside = at == i
        if inside.any():
            mass = weight[inside].sum()
            gap = abs((probability[inside] * weight[inside]).sum() - (y[inside] * weight[inside]).sum()) / mass
            error += gap * mass / weight.sum()
    return float(error)


def _learn_stretch(pairs: list[tuple[str, str]], vectors: WordVectors) -> tuple[Logistic, float]:
    rows, labels, faithful = [], [], []
    for hi, en in pairs:
        sides = _sides(read_pair(hi, en), vectors)
        rows += sides
        labels += [0] * len(sides)
        faithful.append(sides)
    for seed in SEEDS:
        for kind in ("clause dropped", "clause added"):
            for _, made in spoil(pairs, kind, [], seed=seed):
                sides = _sides(read_pair(made.hi, made.en), vectors)
                longer_is_hindi = (made.side == "hi") == (kind == "clause added")
                if sides:
                    rows.append(sides[0 if longer_is_hindi else 1])
                    labels.append(1)
    model = _fit(np.array(rows), np.array(labels) == 1, np.ones(len(rows)))
    worst = [max(model.log_odds(side) for side in sides) for sides in faithful if sides]
    return model, float(np.quantile(worst, 1 - FALSE_ALARMS))


def _sides(pair: Pair, vectors: WordVectors) -> list[list[float]]:
    coverage = cover(pair.hi_words.texts, pair.en_words.texts, vectors)
    return [] if coverage is None else list(side_features(pair, coverage))


def _pair_data(
    pairs: list[tuple[str, str]], models: Models, vectors: WordVectors
) -> tuple[Floats, Names, NDArray[np.intp]]:
    """Return of faithful and spoilt pairs the features, what was made of it or `faithful`, and which pair it was."""
    names = [name for hi, en in pairs for name in found_names(hi, en)]
    groups = {"faithful": list(enumerate(pairs))}
    groups |= {kind: [(at, (made.hi, made.en)) for at, made in spoil(pairs, kind, names)] for kind in KINDS}
    rows: list[list[float]] = []
    kinds: list[str] = []
    places: list[int] = []
    for kind, group in groups.items():
        for at, pair in group:
            if row := _features(read_pair(*pair), models, vectors):
                rows.append(row)
                kinds.append(kind)
                places.append(at)
    return np.array(rows), np.array(kinds), np.array(places, np.intp)


def _features(pair: Pair, models: Models, vectors: WordVectors) -> list[float]:
    coverage = cover(pair.hi_words.texts, pair.en_words.texts, vectors)
    if coverage is None:
        return []
    return pair_features(pair, coverage, stretch_odds(pair, coverage, models.stretch), rule_issues(pair))


def found_names(hi: str, en: str) -> list[tuple[str, str]]:
    """Return the names that a faithful pair shares, English and Hindi: material for exchanging names."""
    pair = read_pair(hi, en)
    found = []
    for word in pair.en_names:
        match = hindi_name(word, pair.hi_words)
        if match is not None and is_devanagari(match.key):
            found.append((word.text, match.text))
    return found


def _fit(x: Floats, y: Flags, weight: Floats) -> Logistic:
    from sklearn.linear_model import LogisticRegression

    mean, scale = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-6)
    model = LogisticRegression(C=1.0, max_iter=5000).fit((x - mean) / scale, y, sample_weight=weight)
    return Logistic(_floats(mean), _floats(scale), _floats(model.coef_[0]), round(float(model.intercept_[0]), 5))


def _floats(values: Floats) -> tuple[float, ...]:
    return tuple(round(float(value), 5) for value in values)


def _to_dict(model: Logistic, features: tuple[str, ...]) -> dict[str, object]:
    return {
        "features": list(features),
        "mean": list(model.mean),
        "scale": list(model.scale),
        "weights": list(model.weights),
        "bias": model.bias,
    }


if __name__ == "__main__":
    main()
