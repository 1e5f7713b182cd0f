"""All that is known of candidate pairs, as one row of named features each."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from tithi.matching.agreement import AGREEMENT, agreement
from tithi.matching.heap import Heap
from tithi.matching.tokens import shared

__all__ = ["FEATURES", "evidence"]

FEATURES: Final = (
    *("best_less", "best_more", "mutual", "mutual_likeness", "order", "covered_less", "covered_more"),
    *("lead_hi", "lead_en", "numbers", "numbers_shared", "names", "names_shared", "length", "sentences", "shorter"),
)
"""`best` and `covered` of the side that agrees less, and more; `lead`: how far the pair is before the article's next
best; the shares of numbers and names in common, and how many; how far the lengths differ; sentences, of the shorter."""
_FLOOR: Final = 0.2
_UNKNOWN: Final = 0.5


def evidence(hi: Heap, en: Heap, pairs: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return `(n, 16)` float64, a row of `FEATURES` for each of the n pairs, which are ascending."""
    agree = agreement(hi, en, pairs).astype(np.float64)
    told = dict(zip(AGREEMENT, agree.T, strict=True))
    mean = (told["best_hi"] + told["best_en"]) / 2
    sizes = np.diff(hi.offsets)[pairs[:, 0]], np.diff(en.offsets)[pairs[:, 1]]
    ratio = np.log((hi.letters[pairs[:, 0]] + 20) / (en.letters[pairs[:, 1]] + 20))
    rows = {
        "best_less": np.minimum(told["best_hi"], told["best_en"]),
        "best_more": np.maximum(told["best_hi"], told["best_en"]),
        "mutual": told["mutual"],
        "mutual_likeness": told["mutual_likeness"],
        "order": told["order"],
        "covered_less": np.minimum(told["covered_hi"], told["covered_en"]),
        "covered_more": np.maximum(told["covered_hi"], told["covered_en"]),
        "lead_hi": mean - _next_best(pairs[:, 0], mean, len(hi)),
        "lead_en": mean - _next_best(pairs[:, 1], mean, len(en)),
        "length": np.abs(ratio),
        "sentences": np.log(np.maximum(np.minimum(*sizes), 1)),
        "shorter": np.log((np.minimum(*sizes) + 1) / (np.maximum(*sizes) + 1)),
    }
    for name, both in (
        ("numbers", shared(hi.numbers, en.numbers, pairs)),
        ("names", shared(hi.names, en.names, pairs)),
    ):
        # Hindi names are all words, so that the share is that of the English ones; numbers count on the poorer side.
        least = both[:, 2] if name == "names" else np.minimum(both[:, 1], both[:, 2])
        rows[name] = np.where(least > 0, both[:, 0] / np.maximum(least, 1e-6), _UNKNOWN)
        rows[f"{name}_shared"] = np.log1p(both[:, 0])
    return np.stack([rows[name] for name in FEATURES], axis=1)


def _next_best(articles: NDArray[np.int64], score: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return for each pair the best score of the other pairs of its article, at least a floor."""
    order = np.lexsort((-score, articles))
    first = np.full(count, _FLOOR)
    second = np.full(count, _FLOOR)
    place = np.flatnonzero(np.diff(articles[order], prepend=-1))
    best = order[place]
    first[articles[best]] = np.maximum(score[best], _FLOOR)
    after = place + 1
    after = after[(after < len(order)) & ~np.isin(after, place)]
    second[articles[order[after]]] = np.maximum(score[order[after]], _FLOOR)
    out: NDArray[np.float64] = np.where(np.isin(np.arange(len(score)), best), second[articles], first[articles])
    return out
