"""Learn the models of `tithi.checks.model` from faithful pairs with made errors, and write checks/model.json.

    python -m training.quality DATA/dev

Learns on one half of the dev documents and of the short pairs and prints on the other; needs scikit-learn, and three
minutes of one core. Run it again whenever the shipped encoder changes: the features are made of its vectors.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from tithi.checks.confidence import Confidence
from tithi.checks.features import PairFeatures
from tithi.checks.model import Logistic, Models
from tithi.checks.sides import SideFeatures, side_features
from tithi.encoder import load
from tithi.evidence.alike import alike_texts
from tithi.evidence.coverage import WordVectors, cover
from tithi.evidence.gaps import find_gaps
from tithi.evidence.pair import Pair, read_pair
from training.alarms import TARGET, learn_confidence, word_vectors
from training.calibration import calibration_error
from training.decided import read_decided
from training.faithful import (
    FOLDS,
    STATED,
    PairData,
    choose_shares,
    fit_related,
    fit_sound,
    regression,
    weights,
)
from training.found_names import found_names
from training.judgements import read_judged, save_ranking
from training.made_errors import KINDS, spoil
from training.missing_words import learn_words
from training.needed import package, run
from training.pairs import SHORT_PAIRS, DevPair, dev_pairs, faithful_pairs, short_pairs
from training.ranking import NO_RANKING, features_of, learn_ranking
from training.ranking import TARGET as RANKING

FALSE_ALARMS = 0.08
"""The share of faithful pairs in which a stretch is told at first; how sure each is, is learnt after that."""
SEEDS = (1, 2)


def main() -> None:
    """Learn, print figures on the other half, write the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("data", type=Path, help="the folder with tico19/, flores200/, faithful/ and qe/")
    parser.add_argument("--judgements", type=Path, nargs="+", default=[], help="what reviewers decided, to learn too")
    args = parser.parse_args()
    data_folder, decided = args.data, read_decided(args.judgements).pairs
    package("sklearn", "scikit-learn")
    vectors = word_vectors()
    pairs = [*dev_pairs(data_folder), *short_pairs()]
    learn, report = ([pair for pair in pairs if pair.half == half] for half in (0, 1))
    faithful = [pair for pair in faithful_pairs(data_folder) if pair.half == 0]
    words = learn_words([*learn, *faithful], vectors)
    stretch, threshold = _learn_stretch([*learn, *faithful], words, vectors)
    models = _models(load().name, words, stretch, threshold)
    confidence = learn_confidence([*learn, *faithful], models, vectors)
    models = replace(models, confidence=Confidence({key: tuple(row) for key, row in confidence.items()}))
    data = _pair_data(learn, models, vectors)
    related_share, other_share = choose_shares(data)
    related, sound = fit_related(data, related_share), fit_sound(data, other_share)
    ranking = learn_ranking([*read_judged(data_folder), *decided], [*learn, *faithful], models, vectors)
    models = replace(models, related=related, sound=sound, ranking=ranking)
    data = _pair_data(report, models, vectors)
    probability = np.array([models.faithful(PairFeatures(*row)) for row in data.x])
    one = data.kinds != "neighbour"
    error = calibration_error(
        np.array([sound.probability(row) for row in data.x[one]]),
        data.kinds[one] == "faithful",
        weights(data, other_share)[one],
        bins=15,
    )
    print(f"expected calibration error on the other half, pairs of one sentence: {error:.4f}")
    print(f"{'quality below .5':18} {'long':>16} {'short':>16}")
    for kind in ("faithful", *KINDS):
        below = [probability[(data.kinds == kind) & (data.short == short)] < 0.5 for short in (False, True)]
        print(f"{kind:18} " + " ".join(f"{cases.mean():7.2%} of {len(cases):5}" for cases in below))
    card = {
        "learnt on": f"{len(learn)} pairs of TICO-19 (CC0), FLORES-200 dev (CC BY-SA 4.0) and short pairs of this "
        "project (CC0), one half by document",
        "made errors": sorted(KINDS),
        "calibrated for a share of pairs of one sentence of": related_share,
        "and among those for errors of these shares": STATED,
        "and of every other kind of": other_share,
        "these two chosen by": f"{FOLDS}-fold cross-validation over documents of the learning half",
        "false alarms of a stretch while learning": FALSE_ALARMS,
        "calibration error on the other half": round(error, 4),
        "command": "python -m training.quality DATA/dev",
    }
    told = {
        "encoder": models.encoder,
        "card": card,
        "words": words,
        "threshold": round(threshold, 4),
        "stretch": _to_dict(stretch, SideFeatures._fields),
        "related": _to_dict(related, PairFeatures._fields),
        "sound": _to_dict(sound, PairFeatures._fields),
        "confidence": confidence,
    }
    TARGET.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    save_ranking(ranking, RANKING)
    print(f"wrote {TARGET} and {RANKING}")


def _models(encoder: str, words: tuple[float, ...], stretch: Logistic, threshold: float) -> Models:
    """Return models of which only words and stretches are learnt."""
    return Models(encoder, words, stretch, threshold, stretch, stretch, NO_RANKING, Confidence({}), {})


def _learn_stretch(learn: list[DevPair], words: tuple[float, ...], vectors: WordVectors) -> tuple[Logistic, float]:
    rows, labels, faithful = [], [], []
    pairs = [(pair.hi, pair.en) for pair in learn]
    for hi, en in pairs:
        sides = _sides(read_pair(hi, en), words, vectors)
        rows += sides
        labels += [0] * len(sides)
        faithful.append(sides)
    for seed in SEEDS:
        for kind in ("clause dropped", "clause added"):
            for _, made in spoil(pairs, kind, [], seed=seed):
                sides = _sides(read_pair(made.hi, made.en), words, vectors)
                longer_is_hindi = (made.side == "hi") == (kind == "clause added")
                if sides:
                    rows.append(sides[0 if longer_is_hindi else 1])
                    labels.append(1)
    model = regression(np.array(rows), np.array(labels) == 1, np.ones(len(rows)))
    worst = [max(model.log_odds(side) for side in sides) for sides in faithful if sides]
    return model, float(np.quantile(worst, 1 - FALSE_ALARMS))


def _sides(pair: Pair, words: tuple[float, ...], vectors: WordVectors) -> list[SideFeatures]:
    coverage = cover(*alike_texts(pair), vectors)
    return [] if coverage is None else list(side_features(pair, coverage, find_gaps(pair, coverage, words)))


def _pair_data(pairs: list[DevPair], models: Models, vectors: WordVectors) -> PairData:
    rows: list[Sequence[float]] = []
    kinds: list[str] = []
    documents: list[str] = []
    for group in ([p for p in pairs if not p.short], [p for p in pairs if p.short]):
        texts = [(pair.hi, pair.en) for pair in group]
        names = [name for hi, en in texts for name in found_names(hi, en)]
        cases = [("faithful", at, pair) for at, pair in enumerate(texts)]
        cases += [(kind, at, (made.hi, made.en)) for kind in KINDS for at, made in spoil(texts, kind, names)]
        for kind, at, pair in cases:
            if row := _features(read_pair(*pair), models, vectors):
                rows.append(row)
                kinds.append(kind)
                documents.append(group[at].document)
    named = np.array(documents)
    return PairData(np.array(rows), np.array(kinds), named, np.char.startswith(named, SHORT_PAIRS))


def _features(pair: Pair, models: Models, vectors: WordVectors) -> Sequence[float]:
    coverage = cover(*alike_texts(pair), vectors)
    return [] if coverage is None else features_of(pair, coverage, models)


def _to_dict(model: Logistic, features: tuple[str, ...]) -> dict[str, object]:
    return {
        "features": list(features),
        "mean": list(model.mean),
        "scale": list(model.scale),
        "weights": list(model.weights),
        "bias": model.bias,
    }


if __name__ == "__main__":
    run(main)
