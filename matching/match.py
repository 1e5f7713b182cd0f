"""Two heaps of articles in, their pairs out: the front door of matching.

    matched = match(heap_of(hindi, "hi", encoder), heap_of(english, "en", encoder))
    [(pair.hi, pair.en, pair.score) for pair in matched.pairs]

Decided on purpose: a counterpart that is much shorter is one, if what it has agrees; of several reports of one event,
and of copies of one report, each article keeps the one partner that fits best, unless `many` is set; articles of one or
two sentences need more agreement, which the model has learnt; of a very long one the first 256 sentences are compared.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tithi.matching.candidates import Window, candidates
from tithi.matching.evidence import FEATURES, evidence
from tithi.matching.heap import Heap
from tithi.matching.model import probability, shipped
from tithi.matching.signs import linked_pairs, signs

__all__ = ["THRESHOLD", "Candidate", "Matched", "Matching", "match"]

THRESHOLD: Final = 0.5
_TOLD: Final = ("best_less", "best_more", "mutual", "order", "covered_less", "covered_more", "numbers", "names")


@dataclass(frozen=True, slots=True)
class Matching:
    """How pairs are chosen: the least probability, the candidates of an article, the window, one partner or many."""

    threshold: float = THRESHOLD
    candidates: int = 10
    window: Window = field(default_factory=Window)
    many: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two articles by their places in the heaps, the probability in [0, 1] that they tell the same story, and why.

    `evidence` are the features that people understand, `signs` those of `tithi.matching.signs` that the pair has.
    """

    hi: int
    en: int
    score: float
    evidence: dict[str, float]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """The pairs, by the order of their Hindi articles, and the best candidate of each article that has no partner.

    `hi` and `en` map the unmatched articles to that candidate, None where there is none. Every article of either heap
    is in a pair or in its map.
    """

    pairs: tuple[Candidate, ...]
    hi: dict[int, Candidate | None]
    en: dict[int, Candidate | None]


def match(hi: Heap, en: Heap, settings: Matching | None = None) -> Matched:
    """Match the articles of two heaps, in time and memory near linear in their number.

    Raises:
        MissingExtraError: The heaps are large and usearch is not installed.
    """
    settings = settings or Matching()
    found = candidates(hi, en, count=settings.candidates, window=settings.window)
    found = np.unique(np.concatenate([found, linked_pairs(hi, en)]), axis=0)
    rows = evidence(hi, en, found)
    told = signs(hi, en, found)
    odds = shipped("articles", FEATURES).odds(rows) + told.odds
    scores = probability(odds)
    chosen, best = _choose(found, odds, scores, len(hi), len(en), settings)

    def candidate(k: int) -> Candidate:
        why = {name: round(float(rows[k, FEATURES.index(name)]), 3) for name in _TOLD}
        return Candidate(int(found[k, 0]), int(found[k, 1]), round(float(scores[k]), 4), why, told.names(k))

    pairs = tuple(candidate(k) for k in chosen)
    paired = {pair.hi for pair in pairs}, {pair.en for pair in pairs}
    left = [
        {k: None if best[side][k] < 0 else candidate(best[side][k]) for k in range(len(heap)) if k not in paired[side]}
        for side, heap in enumerate((hi, en))
    ]
    return Matched(pairs, left[0], left[1])


def _choose(  # noqa: PLR0913, PLR0917
    found: NDArray[np.int64],
    odds: NDArray[np.float64],
    scores: NDArray[np.float64],
    hi: int,
    en: int,
    settings: Matching,
) -> tuple[list[int], tuple[list[int], list[int]]]:
    """Return the chosen candidates in the order of `found`, and each article's best one, -1 where it has none."""
    best: tuple[list[int], list[int]] = [-1] * hi, [-1] * en
    taken: tuple[set[int], set[int]] = set(), set()
    chosen = []
    for k in np.argsort(-odds, kind="stable").tolist():
        i, j = int(found[k, 0]), int(found[k, 1])
        if best[0][i] < 0:
            best[0][i] = k
        if best[1][j] < 0:
            best[1][j] = k
        if scores[k] >= settings.threshold and (settings.many or (i not in taken[0] and j not in taken[1])):
            chosen.append(k)
            taken[0].add(i)
            taken[1].add(j)
    return sorted(chosen), best
