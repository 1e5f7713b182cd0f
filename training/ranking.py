"""Learn what people say of translations (`tithi.checks.ranking`), and write checks/ranking.npz.

    python -m training.ranking DATA/dev

learns it anew beside the other models that ship, in two minutes of one core; `python -m training.quality` learns all
of them. What is learnt by is chosen on one half of the judged rows; on the other half it prints how far the ranking
agrees with people on rows that it has not learnt from.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tithi.checks.checker import rule_issues
from tithi.checks.confidence import Evidence, graded
from tithi.checks.features import PairFeatures, pair_features
from tithi.checks.looks import looks_of
from tithi.checks.model import Models, read_models, stretch_odds
from tithi.checks.ranking import Ranking, Trees, compared
from tithi.encoder import load
from tithi.encoder.model import PieceEncoder
from tithi.evidence.alike import alike_texts
from tithi.evidence.coverage import Coverage, WordVectors, cover
from tithi.evidence.gaps import find_gaps
from tithi.evidence.pair import Pair, read_pair
from training.alarms import TARGET as MODELS
from training.alarms import word_vectors
from training.decided import read_decided
from training.faithful import FOLDS, Floats
from training.judgements import (
    CHOICE,
    Judged,
    JudgedRows,
    better_picked,
    fit_judged,
    ranked,
    read_judged,
    save_ranking,
    spearman,
    spearman_given,
)
from training.needed import package, run
from training.pairs import DevPair, dev_pairs, faithful_pairs, short_pairs
from training.worsened import WEIGHT, WORSE, worsened

__all__ = ["NO_RANKING", "TARGET", "features_of", "learn_ranking"]

TARGET = MODELS.with_name("ranking.npz")
_NONE = np.zeros(0, np.float32)
_NODES = np.zeros(0, np.int32)
NO_RANKING = Ranking(
    (), _NONE[None], Trees(_NODES, _NODES.astype(np.int16), _NONE, _NODES, _NONE), _NONE, 0.0, 1.0, (0.0, 0.0)
)
"""For models that are not to rank yet."""


def main() -> None:
    """Learn the ranking anew, print how it does, and write it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("data", type=Path, help="the folder with tico19/, flores200/, faithful/ and qe/")
    parser.add_argument("--judgements", type=Path, nargs="+", default=[], help="what reviewers decided, to learn too")
    args = parser.parse_args()
    package("sklearn", "scikit-learn")
    known = (*dev_pairs(args.data), *short_pairs(), *faithful_pairs(args.data))
    judged = [*read_judged(args.data), *read_decided(args.judgements).pairs]
    faithful = [pair for pair in known if pair.half == 0]
    ranking = learn_ranking(judged, faithful, read_models(NO_RANKING), word_vectors())
    save_ranking(ranking, TARGET)
    print(f"wrote {TARGET}")


def learn_ranking(
    judged: Sequence[Judged], faithful: Sequence[DevPair], models: Models, vectors: WordVectors
) -> Ranking:
    """Return the ranking by people's judgements, with the median and spread of what it says of faithful pairs."""
    x, z = _rows([(hi, en) for hi, en, _ in judged], models, vectors)
    made = worsened(judged)
    worse_x, worse_z = _rows([(hi, en) for _, hi, en in made], models, vectors)
    y, source = np.array([score for *_, score in judged]), np.array([at for at, *_ in made])
    known = _Known(x, z, y, worse_x, worse_z, source)
    agreement = _report(known, np.array([-float(len(en)) for _, en, _ in judged]))
    ranking = fit_judged(known.rows(np.arange(len(y))))
    low, middle, high = np.quantile(
        ranking.rank(*_rows([(pair.hi, pair.en) for pair in faithful], models, vectors)), (0.1, 0.5, 0.9)
    )
    spread = round(float(high - low) / 2.56, 4)
    return replace(ranking, middle=round(float(middle), 4), spread=spread, agreement=agreement)


@dataclass(frozen=True, slots=True)
class _Known:
    """Judged translations, and worse ones made of those of the rows `source`."""

    x: Floats
    z: Floats
    y: Floats
    worse_x: Floats
    worse_z: Floats
    source: NDArray[np.intp]

    def rows(self, chosen: NDArray[np.intp]) -> JudgedRows:
        """Return what is learnt from the chosen judgements, and from what was made of them."""
        ranks = np.zeros(len(self.y))
        ranks[chosen] = ranked(self.y[chosen]) / len(chosen)
        worse = np.isin(self.source, chosen)
        return JudgedRows(
            np.concatenate((self.x[chosen], self.worse_x[worse])),
            np.concatenate((self.z[chosen], self.worse_z[worse])),
            np.concatenate((ranks[chosen], ranks[self.source[worse]] - WORSE)),
            np.concatenate((np.ones(len(chosen)), np.full(int(worse.sum()), WEIGHT))),
        )


def _report(known: _Known, length: Floats) -> tuple[float, float]:
    """Print how a ranking agrees with people on rows that it has not learnt from; return it for the half not chosen by.

    Returned are the rank correlation, and the same with the length held fixed.
    """
    from sklearn.model_selection import GroupKFold

    y, told = known.y, np.zeros(len(known.y))
    stretches = np.arange(len(y)) // CHOICE
    for learn, held in GroupKFold(FOLDS).split(y, groups=stretches):
        told[held] = fit_judged(known.rows(learn)).rank(known.x[held], known.z[held].astype(np.float32))
    parts = {"all": stretches >= 0, "half that was chosen by": stretches % 2 == 0, "other half": stretches % 2 == 1}
    agreed = (0.0, 0.0)
    for name, part in parts.items():
        agreed = spearman(told[part], y[part]), spearman_given(told[part], y[part], length[part])
        picked = better_picked(told[part], y[part], length[part])
        print(f"judgements across folds, {name}: {agreed[0]:.3f}, length held fixed {agreed[1]:.3f}; of two of like")
        print(f"length that people clearly tell apart {picked:.1%} picked rightly")
    return round(agreed[0], 3), round(agreed[1], 3)


def _rows(texts: Sequence[tuple[str, str]], models: Models, vectors: WordVectors) -> tuple[Floats, Floats]:
    """Return the numbers of `TOLD` of pairs `(n, f)`, and what `compared` says of their meaning `(n, 4 d)`."""
    encoder = load()
    assert isinstance(encoder, PieceEncoder)  # the shipped one
    x, z = [], []
    for hi, en in texts:
        pair = read_pair(hi, en)
        coverage = cover(*alike_texts(pair), vectors)
        if coverage is not None:
            x.append([*features_of(pair, coverage, models), *looks_of(pair, encoder.rarity).numbers()])
            z.append(compared(coverage.sums[None])[0])
    return np.array(x), np.array(z, np.float64)


def features_of(pair: Pair, coverage: Coverage, models: Models) -> PairFeatures:
    """Return the features of a pair as `tithi.checks.judging` has them."""
    gaps = find_gaps(pair, coverage, models.words)
    evidence = Evidence(coverage, gaps, stretch_odds(pair, coverage, gaps, models.stretch))
    issues = graded(pair, rule_issues(pair), evidence, models.confidence)
    return pair_features(pair, coverage, gaps, evidence.odds, issues)


if __name__ == "__main__":
    run(main)
