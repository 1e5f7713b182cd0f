"""Learn the models of `tithi.eval.quality` from dev pairs with made errors, and write eval/quality_model.json.

    python -m benchmarks.train_quality

Learns on one half of the dev documents and prints on the other; needs scikit-learn. Run it again whenever the shipped
encoder changes: the features are made of its vectors.
"""

import json
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
FAITHFUL_SHARE = 0.975
RELATED_SHARE = 0.6
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
    models = Models(stretch, threshold, stretch, stretch, {})
    x, kinds = _pair_data(learn, models, vectors)
    other = kinds == "neighbour"
    related = _fit(x, ~other, np.where(other, _share(other, 1 - RELATED_SHARE), _share(~other, RELATED_SHARE)))
    weight = _weights(kinds)
    sound = _fit(x[~other], kinds[~other] == "faithful", weight[~other])
    models = Models(stretch, threshold, related, sound, {})
    x, kinds = _pair_data(report, models, vectors)
    probability = np.array([models.quality(row) for row in x])
    error = calibration_error(probability, kinds == "faithful", _weights(kinds))
    print(f"expected calibration error on the other half: {error:.4f}")
    for kind in ("faithful", *KINDS):
        below = probability[kinds == kind] < 0.5
        print(f"quality below .5, {kind}: {below.mean():.2%} of {len(below)}")
    card = {
        "encoder": encoder.name,
        "learnt on": f"{len(learn)} pairs of TICO-19 (CC0) and FLORES-200 dev (CC BY-SA 4.0), one half by document",
        "made errors": sorted(KINDS),
        "calibrated for a share of faithful pairs of": FAITHFUL_SHARE,
        "false alarms of a stretch while learning": FALSE_ALARMS,
        "calibration error on the other half": round(error, 4),
        "command": "python -m benchmarks.train_quality",
    }
    told = {
        "card": card,
        "threshold": round(threshold, 4),
        "stretch": _to_dict(stretch, SIDE_FEATURES),
        "related": _to_dict(related, PAIR_FEATURES),
        "sound": _to_dict(sound, PAIR_FEATURES),
    }
    TARGET.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {TARGET}")


def _share(cases: Flags, share: float) -> float:
    """Return the weight of one of `cases` when together they weigh `share` of all."""
    return share * len(cases) / max(int(cases.sum()), 1)


def _weights(kinds: Names) -> Floats:
    """Return weights: faithful pairs have their share, each kind of error an equal part of the rest; the mean is 1."""
    weight = np.zeros(len(kinds))
    for kind in ("faithful", *KINDS):
        cases = kinds == kind
        weight[cases] = _share(cases, FAITHFUL_SHARE if kind == "faithful" else (1 - FAITHFUL_SHARE) / len(KINDS))
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


def _pair_data(pairs: list[tuple[str, str]], models: Models, vectors: WordVectors) -> tuple[Floats, Names]:
    """Return the features of faithful and spoilt pairs, and of each whether it is `faithful` or what was made of it."""
    names = [name for hi, en in pairs for name in found_names(hi, en)]
    groups = {"faithful": pairs}
    groups |= {kind: [(made.hi, made.en) for _, made in spoil(pairs, kind, names)] for kind in KINDS}
    rows: list[list[float]] = []
    kinds: list[str] = []
    for kind, group in groups.items():
        features = [row for row in (_features(read_pair(*pair), models, vectors) for pair in group) if row]
        rows += features
        kinds += [kind] * len(features)
    return np.array(rows), np.array(kinds)


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
