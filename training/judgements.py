"""Learn what people say of translations from the features of a pair and from what its sides mean."""

import csv
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tithi.checks.features import PairFeatures
from tithi.checks.ranking import NODES, Ranking
from training.needed import folder

__all__ = ["Judged", "better_picked", "fit_judged", "read_judged", "save_ranking", "spearman", "spearman_given"]

Judged = tuple[str, str, float]
"""The Hindi, the English and the standardised judgement of a translation."""
Floats = NDArray[np.float64]
RIDGE: Final = 300.0
PARTS: Final = 16
"""So many principal components of what `compared` says are told to the trees."""
TREES: Final[dict[str, Any]] = {
    "n_estimators": 200, "learning_rate": 0.05, "max_depth": 3, "min_samples_leaf": 40, "max_features": 0.15,
    "random_state": 0,
}  # fmt: skip
"""Chosen by folds of the judged rows, in their order; a leaf of fewer rows follows single annotators."""


def read_judged(data: Path) -> list[Judged]:
    """Return the judged translations of the folder `qe` in `data`.

    Raises:
        UsageError: it is not there.
    """
    with (folder(data, "qe") / "qe" / "wmt23_en_hi_da.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["hi"], row["en"], float(row["z_mean"])) for row in rows]


def fit_judged(x: Floats, z: Floats, y: Floats) -> Ranking:
    """Return what tells the ranks of `y`, in [0, 1], from the features `x` and the principal components of `z`.

    It is the mean of boosted trees and of a ridge regression, which places what the trees never saw.
    """
    from sklearn.decomposition import PCA
    from sklearn.ensemble import GradientBoostingRegressor
    from sklearn.linear_model import Ridge

    parts = PCA(PARTS, svd_solver="full").fit(z).components_.astype(np.float16)
    told = np.concatenate((x, z @ parts.T.astype(np.float64)), axis=1)
    ranks = _ranks(y) / len(y)
    model = GradientBoostingRegressor(**TREES).fit(told, ranks)
    numbers, bounds, values = (np.array(column) for column in zip(*map(_tree, model.estimators_[:, 0]), strict=True))
    scale = np.maximum(told.std(axis=0), 1e-3)
    line = Ridge(RIDGE).fit(told / scale, ranks)
    values *= TREES["learning_rate"] / 2
    values[0] += (model.init_.constant_[0, 0] + line.intercept_) / 2
    return Ranking(
        PairFeatures._fields,
        parts.astype(np.float32),
        numbers.astype(np.int16),
        bounds.astype(np.float32),
        values.astype(np.float32),
        (line.coef_ / scale / 2).astype(np.float32),
    )


def save_ranking(ranking: Ranking, target: Path) -> None:
    """Write trees as `tithi.checks.ranking` reads them."""
    np.savez_compressed(
        target,
        features=np.frombuffer("\n".join(ranking.features).encode(), np.uint8),
        parts=ranking.parts.astype(np.float16),
        numbers=ranking.numbers,
        bounds=ranking.bounds,
        values=ranking.values,
        slopes=ranking.slopes,
    )


def _tree(model: Any) -> tuple[list[int], list[float], list[float]]:
    """Return the nodes of a tree, filled up to three questions everywhere, and its values from left to right."""
    tree, level, numbers, bounds = model.tree_, [0], [], []
    while len(level) <= NODES:
        children = []
        for node in level:
            is_leaf = tree.children_left[node] < 0
            numbers.append(0 if is_leaf else int(tree.feature[node]))
            bounds.append(np.inf if is_leaf else float(tree.threshold[node]))
            children += [node, node] if is_leaf else [int(tree.children_left[node]), int(tree.children_right[node])]
        level = children
    return numbers, bounds, [float(tree.value[node, 0, 0]) for node in level]


def spearman(a: Floats, b: Floats) -> float:
    """Return the rank correlation."""
    return float(np.corrcoef(_ranks(a), _ranks(b))[0, 1])


def spearman_given(a: Floats, b: Floats, held: Floats) -> float:
    """Return the rank correlation of what is left of `a` and `b` once the ranks of `held` have explained their part."""
    ranks = [_ranks(values) for values in (a, b, held)]
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


def _ranks(values: Floats) -> Floats:
    """Return ranks from 1, equal values sharing their mean."""
    _, at, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2.0)[at]
