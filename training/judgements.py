"""Learn what people say of translations from the features of a pair and from what its sides mean."""

import csv
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tithi.checks.ranking import TOLD, Ranking, Trees
from tithi.checks.trees import LEAF
from training.needed import folder

__all__ = [
    "CHOICE",
    "Judged",
    "JudgedRows",
    "better_picked",
    "fit_judged",
    "ranked",
    "read_judged",
    "save_ranking",
    "spearman",
    "spearman_given",
]

Judged = tuple[str, str, float]
"""The Hindi, the English and the standardised judgement of a translation."""
Floats = NDArray[np.float64]
RIDGE: Final = 600.0
PARTS: Final = 16
"""So many principal components of what `compared` says are told to the trees."""
TREES: Final[dict[str, Any]] = {
    "n_estimators": 100, "min_samples_leaf": 10, "max_leaf_nodes": 100, "max_features": 0.3, "random_state": 0,
}  # fmt: skip
"""Of trees that draw their bounds by lot. Chosen, like all that is learnt here, by folds of the half `CHOICE`."""
CHOICE: Final = 40
"""Every other stretch of so many judged rows is the half by which things are chosen, and the other is reported on."""


def read_judged(data: Path) -> list[Judged]:
    """Return the judged translations of the folder `qe` in `data`.

    Raises:
        UsageError: it is not there.
    """
    with (folder(data, "qe") / "qe" / "wmt23_en_hi_da.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["hi"], row["en"], float(row["z_mean"])) for row in rows]


@dataclass(frozen=True, slots=True)
class JudgedRows:
    """Of `n` translations the features `x`, what `compared` says of them `z`, the `ranks`, and what they count."""

    x: Floats
    z: Floats
    ranks: Floats
    weights: Floats


def fit_judged(rows: JudgedRows) -> Ranking:
    """Return what tells the ranks from the features and from the principal components of what `compared` says.

    It is the mean of extremely random trees and of a ridge regression, which places what the trees never saw.
    """
    from sklearn.decomposition import PCA
    from sklearn.ensemble import ExtraTreesRegressor
    from sklearn.linear_model import Ridge

    parts = PCA(PARTS, svd_solver="full").fit(rows.z[rows.weights == 1]).components_.astype(np.float16)
    told = np.concatenate((rows.x, rows.z @ parts.T.astype(np.float64)), axis=1)
    model = ExtraTreesRegressor(**TREES).fit(told, rows.ranks, sample_weight=rows.weights)
    scale = np.maximum(told.std(axis=0), 1e-3)
    line = Ridge(RIDGE).fit(told / scale, rows.ranks, sample_weight=rows.weights)
    slopes = (line.coef_ / scale / 2).astype(np.float32)
    # What both add to every pair is left out: ranks have no zero.
    return Ranking(TOLD, parts.astype(np.float32), _trees(model.estimators_), slopes, 0.0, 1.0, (0.0, 0.0))


def save_ranking(ranking: Ranking, target: Path) -> None:
    """Write a ranking as `tithi.checks.ranking` reads it."""
    np.savez_compressed(
        target,
        features=np.frombuffer("\n".join(ranking.features).encode(), np.uint8),
        parts=ranking.parts.astype(np.float16),
        slopes=ranking.slopes,
        faithful=np.array([ranking.middle, ranking.spread]),
        agreement=np.array(ranking.agreement),
        **ranking.trees._asdict(),
    )


def _trees(models: Sequence[Any]) -> Trees:
    """Return fitted trees as one table of nodes, the two after a question side by side; they add up to half a mean."""
    roots: list[int] = []
    numbers: list[int] = []
    bounds: list[float] = []
    lower: list[int] = []
    values: list[float] = []
    for tree in (model.tree_ for model in models):
        roots.append(len(numbers))
        waiting = deque([0])
        stop = len(numbers) + 1  # where the next two nodes will stand
        while waiting:
            node = waiting.popleft()
            is_leaf = tree.children_left[node] < 0
            numbers.append(LEAF if is_leaf else tree.feature[node])
            bounds.append(tree.threshold[node])
            lower.append(stop)
            values.append(tree.value[node, 0, 0] / 2 / len(models) if is_leaf else 0.0)
            if not is_leaf:
                waiting += (tree.children_left[node], tree.children_right[node])
                stop += 2
    return Trees(
        np.array(roots, np.int32),
        np.array(numbers, np.int16),
        np.array(bounds, np.float32),
        np.array(lower, np.int32),
        np.array(values, np.float32),
    )


def spearman(a: Floats, b: Floats) -> float:
    """Return the rank correlation."""
    return float(np.corrcoef(ranked(a), ranked(b))[0, 1])


def spearman_given(a: Floats, b: Floats, held: Floats) -> float:
    """Return the rank correlation of what is left of `a` and `b` once the ranks of `held` have explained their part."""
    ranks = [ranked(values) for values in (a, b, held)]
    left = [rank - np.polyval(np.polyfit(ranks[2], rank, 1), ranks[2]) for rank in ranks[:2]]
    return float(np.corrcoef(left[0], left[1])[0, 1])


def better_picked(told: Floats, judged: Floats, length: Floats) -> float:
    """Return in how many of the pairs of neighbours by `length` that people clearly tell apart the better is higher.

    Clearly: by a standard deviation or more of `judged`.
    """
    order = np.argsort(length, kind="stable")
    first, second = order[:-1], order[1:]
    apart = judged[first] - judged[second]
    clear = np.abs(apart) >= judged.std()
    return float(((told[first] - told[second]) * apart > 0)[clear].mean())


def ranked(values: Floats) -> Floats:
    """Return ranks from 1, equal values sharing their mean."""
    _, at, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2.0)[at]
