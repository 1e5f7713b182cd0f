"""Learn the models of `tithi.eval.quality` from dev pairs with made errors, and write eval/quality_model.json.

    python -m benchmarks.train_quality

Learns on one half of the dev documents and prints on the other; needs scikit-learn. Run it again whenever the shipped
encoder changes: the features are made of its vectors.
"""

import json
from pathlib import Path

import numpy as np

from benchmarks.dev_pairs import dev_pairs
from benchmarks.made_errors import KINDS, spoil
from tithi.encoder import load
from tithi.encoder.protocol import SumEncoder
from tithi.eval.check import rule_issues, stretch_odds
from tithi.eval.coverage import Coverage, WordVectors, cover
from tithi.eval.names import english_names, hindi_name
from tithi.eval.pair import Pair, read_pair
from tithi.eval.quality import (
    PAIR_FEATURES,
    SIDE_FEATURES,
    Logistic,
    Models,
    length_ratio,
    pair_features,
    side_features,
)

TARGET = Path(__file__).parents[1] / "eval" / "quality_model.json"
FAITHFUL_SHARE = 6 / 7
FALSE_ALARMS = 0.03
SEEDS = (1, 2)


def main() -> None:
    """Learn, print figures on the other half, write the file."""
    encoder = load()
    assert isinstance(encoder, SumEncoder)
    vectors = WordVectors(encoder)
    pairs = list(dev_pairs())
    learn = [(p.hi, p.en) for p in pairs if p.half == 0]
    report = [(p.hi, p.en) for p in pairs if p.half == 1]
    stretch, threshold = _learn_stretch(learn, vectors)
    models = Models(stretch, threshold, stretch, {})
    x, y, weight = _pair_data(learn, models, vectors)
    quality = _fit(x, y, weight)
    x, y, weight = _pair_data(report, models, vectors)
    probability = np.array([quality.probability(row) for row in x])
    error = calibration_error(probability, y, weight)
    print(f"expected calibration error on the other half: {error:.4f}")
    card = {
        "encoder": encoder.name,
        "learnt on": f"{len(learn)} pairs of TICO-19 (CC0) and FLORES-200 dev (CC BY-SA 4.0), one half by document",
        "made errors": sorted(KINDS),
        "faithful share": FAITHFUL_SHARE,
        "false alarms of a stretch while learning": FALSE_ALARMS,
        "calibration error on the other half": round(error, 4),
        "command": "python -m benchmarks.train_quality",
    }
    told = {
        "card": card,
        "threshold": round(threshold, 4),
        "stretch": _to_dict(stretch, SIDE_FEATURES),
        "quality": _to_dict(quality, PAIR_FEATURES),
    }
    TARGET.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {TARGET}")


def calibration_error(probability: np.ndarray, y: np.ndarray, weight: np.ndarray, bins: int = 15) -> float:
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
    model = _fit(np.array(rows), np.array(labels), np.ones(len(rows)))
    worst = [max(model.log_odds(side) for side in sides) for sides in faithful if sides]
    return model, float(np.quantile(worst, 1 - FALSE_ALARMS))


def _sides(pair: Pair, vectors: WordVectors) -> list[list[float]]:
    coverage = cover(pair.hi_words, pair.en_words, vectors)
    if coverage is None:
        return []
    ratio, similarity = length_ratio(pair.hi, pair.en), coverage.similarity
    return [
        side_features(coverage.hi, coverage.en, similarity, ratio, is_hindi=True),
        side_features(coverage.en, coverage.hi, similarity, -ratio, is_hindi=False),
    ]


def _pair_data(
    pairs: list[tuple[str, str]], models: Models, vectors: WordVectors
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return features, labels (1 faithful) and weights: each kind of error weighs the same, all but the faithful share."""
    rows, labels, weights = [], [], []
    names = [name for hi, en in pairs for name in found_names(hi, en)]
    groups = [[(hi, en) for hi, en in pairs]]
    groups += [[(made.hi, made.en) for _, made in spoil(pairs, kind, names)] for kind in KINDS]
    for at, group in enumerate(groups):
        features = [row for row in (_features(read_pair(*pair), models, vectors) for pair in group) if row]
        share = FAITHFUL_SHARE if at == 0 else (1 - FAITHFUL_SHARE) / len(KINDS)
        rows += features
        labels += [int(at == 0)] * len(features)
        weights += [share / len(features)] * len(features)
    weight = np.array(weights)
    return np.array(rows), np.array(labels), weight * len(weight) / weight.sum()


def _features(pair: Pair, models: Models, vectors: WordVectors) -> list[float]:
    coverage: Coverage | None = cover(pair.hi_words, pair.en_words, vectors)
    if coverage is None:
        return []
    omission, addition = stretch_odds(pair, coverage, models)
    names = len(english_names(pair.en, pair.en_words))
    return pair_features(coverage, length_ratio(pair.hi, pair.en), omission, addition, rule_issues(pair), names)


def found_names(hi: str, en: str) -> list[tuple[str, str]]:
    """Return the names that a faithful pair shares, English and Hindi: material for exchanging names."""
    pair = read_pair(hi, en)
    found = []
    for word in english_names(en, pair.en_words):
        match = hindi_name(word, pair.hi_words)
        if match is not None and match.script == "hi":
            found.append((word.text, match.text))
    return found


def _fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> Logistic:
    from sklearn.linear_model import LogisticRegression

    mean, scale = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-6)
    model = LogisticRegression(C=1.0, max_iter=5000).fit((x - mean) / scale, y, sample_weight=weight)
    return Logistic(_floats(mean), _floats(scale), _floats(model.coef_[0]), round(float(model.intercept_[0]), 5))


def _floats(values: np.ndarray) -> tuple[float, ...]:
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
