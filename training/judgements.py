"""Learn what people say of translations: a linear regression of their judgements on the features of a pair."""

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tithi.checks.model import Logistic
from training.needed import folder

__all__ = ["Judged", "fit_judged", "read_judged", "spearman", "spearman_given"]

Judged = tuple[str, str, float]
"""The Hindi, the English and the standardised judgement of a translation."""
Floats = NDArray[np.float64]
RIDGE = 300.0
PARTS = 16
"""So many principal components of what `compared` says are told to the regression of judgements."""


def read_judged(data: Path) -> list[Judged]:
    """Return the judged translations of the folder `qe` in `data`.

    Raises:
        UsageError: it is not there.
    """
    with (folder(data, "qe") / "qe" / "wmt23_en_hi_da.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["hi"], row["en"], float(row["z_mean"])) for row in rows]


def fit_judged(x: Floats, z: Floats, y: Floats) -> tuple[Logistic, Floats]:
    """Return the regression over the features and over the principal components of `z`, these as weights of `z`."""
    from sklearn.decomposition import PCA
    from sklearn.linear_model import Ridge

    mean, scale = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-3)
    parts = PCA(PARTS, whiten=True, svd_solver="full").fit(z)
    model = Ridge(RIDGE).fit(np.concatenate(((x - mean) / scale, parts.transform(z)), axis=1), y)
    count = len(mean)
    meaning = np.round(model.coef_[count:] / np.sqrt(parts.explained_variance_) @ parts.components_, 4)
    bias = round(float(model.intercept_ - meaning @ parts.mean_), 5)
    mean_told, scale_told, weights = (
        tuple(np.round(values, 5).tolist()) for values in (mean, scale, model.coef_[:count])
    )
    return Logistic(mean_told, scale_told, weights, bias), meaning


def spearman(a: Floats, b: Floats) -> float:
    """Return the rank correlation."""
    return float(np.corrcoef(_ranks(a), _ranks(b))[0, 1])


def spearman_given(a: Floats, b: Floats, held: Floats) -> float:
    """Return the rank correlation of what is left of `a` and `b` once the ranks of `held` have explained their part."""
    ranks = [_ranks(values) for values in (a, b, held)]
    left = [rank - np.polyval(np.polyfit(ranks[2], rank, 1), ranks[2]) for rank in ranks[:2]]
    return float(np.corrcoef(left[0], left[1])[0, 1])


def _ranks(values: Floats) -> Floats:
    """Return ranks from 1, equal values sharing their mean."""
    _, at, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2.0)[at]
