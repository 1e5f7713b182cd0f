"""All that is known of candidate pairs, as one row of named features each."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from tithi.matching.agreement import AGREEMENT, agreement
from tithi.matching.heap import Heap
from tithi.matching.model import Logistic, shipped
from tithi.matching.partners import FLOOR, partners
from tithi.matching.ties import TIE, TIED, tied
from tithi.matching.tokens import shared

__all__ = ["FEATURES", "evidence"]

FEATURES: Final = (
    *("best_less", "best_more", "mutual", "mutual_likeness", "order", "covered_less", "covered_more"),
    *("lead_hi", "lead_en", "numbers", "numbers_shared", "names", "names_shared", "length", "sentences", "shorter"),
    *("ties", "first", "second", "third", "tied_less", "tied_more", "ordered", "neighbours", "ahead_hi", "ahead_en"),
)
"""`best` and `covered` of the side that agrees less, and more; `lead`: how far the pair is before the article's next
best; the shares of numbers and names in common, and how many; how far the lengths differ; sentences, of the shorter.
Then, of the sentences that choose each other (`tithi.matching.ties`): how many translations are expected, the log odds
of the likeliest three and of two neighbours, the share of either side and of those in order, and the lead in number."""
_UNKNOWN: Final = 0.5
_FAR: Final = 3.0


def evidence(hi: Heap, en: Heap, pairs: NDArray[np.int64], sentences: Logistic | None = None) -> NDArray[np.float32]:
    """Return `(n, 26)` float32, a row of `FEATURES` for each of the n pairs, which are ascending.

    `sentences` is the model of the ties between sentences, by default the one that ships.
    """
    found = partners(hi, en, pairs)
    told = dict(zip(AGREEMENT, agreement(found).astype(np.float64).T, strict=True))
    mean = (told["best_hi"] + told["best_en"]) / 2
    sizes = np.diff(hi.offsets)[pairs[:, 0]], np.diff(en.offsets)[pairs[:, 1]]
    rows = {
        "best_less": np.minimum(told["best_hi"], told["best_en"]),
        "best_more": np.maximum(told["best_hi"], told["best_en"]),
        "mutual": told["mutual"],
        "mutual_likeness": told["mutual_likeness"],
        "order": told["order"],
        "covered_less": np.minimum(told["covered_hi"], told["covered_en"]),
        "covered_more": np.maximum(told["covered_hi"], told["covered_en"]),
        "lead_hi": mean - _next_best(pairs[:, 0], mean, len(hi), FLOOR),
        "lead_en": mean - _next_best(pairs[:, 1], mean, len(en), FLOOR),
        "length": np.abs(np.log((_letters(hi)[pairs[:, 0]] + 20) / (_letters(en)[pairs[:, 1]] + 20))),
        "sentences": np.log(np.maximum(np.minimum(*sizes), 1)),
        "shorter": np.log((np.minimum(*sizes) + 1) / (np.maximum(*sizes) + 1)),
    }
    rows |= _in_common(hi, en, pairs)
    model = sentences or shipped("sentences", TIE)
    rows |= _tied(dict(zip(TIED, tied(found, hi, en, pairs, model.probability).T, strict=True)), pairs, sizes)
    out = np.empty((len(pairs), len(FEATURES)), np.float32)
    for k, name in enumerate(FEATURES):
        out[:, k] = rows.pop(name)
    return out


def _in_common(hi: Heap, en: Heap, pairs: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    rows = {}
    for name, both in (
        ("numbers", shared(hi.numbers, en.numbers, pairs)),
        ("names", shared(hi.names, en.names, pairs)),
    ):
        # Hindi names are all words, so that the share is that of the English ones; numbers count on the poorer side.
        least = both[:, 2] if name == "names" else np.minimum(both[:, 1], both[:, 2])
        rows[name] = np.where(least > 0, both[:, 0] / np.maximum(least, 1e-6), _UNKNOWN).astype(np.float64)
        rows[f"{name}_shared"] = np.log1p(both[:, 0]).astype(np.float64)
    return rows


def _tied(
    told: dict[str, NDArray[np.float64]],
    pairs: NDArray[np.int64],
    sizes: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> dict[str, NDArray[np.float64]]:
    count = told["ties"]
    ahead = [count - _next_best(pairs[:, k], count, int(pairs[:, k].max(initial=0)) + 1, 0.0) for k in range(2)]
    rows = {name: _log_odds(told[name]) for name in ("first", "second", "third", "neighbours")}
    return rows | {
        "ties": np.log(count + 0.05),
        "tied_less": count / np.maximum(np.maximum(*sizes), 1),
        "tied_more": count / np.maximum(np.minimum(*sizes), 1),
        "ordered": told["ordered"] / np.maximum(count, 1e-6),
        "ahead_hi": np.clip(ahead[0], -_FAR, _FAR),
        "ahead_en": np.clip(ahead[1], -_FAR, _FAR),
    }


def _log_odds(share: NDArray[np.float64]) -> NDArray[np.float64]:
    out: NDArray[np.float64] = np.log((share + 0.01) / (1.01 - share))
    return out


def _letters(heap: Heap) -> NDArray[np.int64]:
    """Return (n,) the characters of each article."""
    return np.diff(np.concatenate([[0], np.cumsum(heap.letters, dtype=np.int64)])[heap.offsets])


def _next_best(
    articles: NDArray[np.int64], score: NDArray[np.float64], count: int, floor: float
) -> NDArray[np.float64]:
    """Return for each pair the best score of the other pairs of its article, at least a floor."""
    order = np.lexsort((-score, articles))
    first = np.full(count, floor)
    second = np.full(count, floor)
    place = np.flatnonzero(np.diff(articles[order], prepend=-1))
    best = order[place]
    first[articles[best]] = np.maximum(score[best], floor)
    after = place[np.diff(np.append(place, len(order))) > 1] + 1
    second[articles[order[after]]] = np.maximum(score[order[after]], floor)
    out: NDArray[np.float64] = first[articles]
    out[best] = second[articles[best]]
    return out
