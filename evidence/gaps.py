"""The words of a side that the other side most likely lacks, by the vectors and by the lexicon together.

Each word has its log-odds of having no counterpart, learnt from clauses put into faithful pairs: how near the nearest
word is, how likely the lexicon has an answer, how much of the other side is left for it when every word takes its part,
and whether its neighbours stand beside its counterpart too. The worst stretch is the one whose log-odds add up to most.
"""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tithi.evidence.coverage import MAX_WORDS, Coverage
from tithi.evidence.lexicon import supports
from tithi.evidence.pair import Pair

__all__ = ["Gap", "Gaps", "find_gaps", "word_terms"]

_UNSEEN: Final = 0.003
_HARDLY: Final = 0.02
_OFTEN: Final = 0.3
_DEAR: Final = 0.3
"""What a word adds must be more than this, or the stretch does not pay for it."""
_LOGS: Final = np.array([math.log(k / 255 + _UNSEEN) for k in range(256)])
"""Of all chances that the lexicon knows; from a table, so that they are the same bits everywhere."""


class Gap(NamedTuple):
    """The worst stretch `[first, stop)` of a side's words; `strict` and `loose` are its sums of log-odds."""

    strict: float
    loose: float
    first: int
    stop: int
    words: int


class Gaps(NamedTuple):
    """What is said of both sides, and the lexicon's chances of an answer for each word."""

    hi: Gap
    en: Gap
    hi_chances: list[float]
    en_chances: list[float]


def find_gaps(pair: Pair, coverage: Coverage, weights: Sequence[float]) -> Gaps:
    """Return the worst stretch of each side; `weights` are the bias and the weight of each of `word_terms`."""
    hi_chances = supports(pair.hi_words.keys, pair.en_words.keys, "hi")
    en_chances = supports(pair.en_words.keys, pair.hi_words.keys, "en")
    hi, en = word_terms(pair, coverage, hi_chances, en_chances)
    learnt = np.array(weights)
    return Gaps(_worst(hi, learnt), _worst(en, learnt), hi_chances, en_chances)


def word_terms(
    pair: Pair, coverage: Coverage, hi_chances: list[float], en_chances: list[float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what tells that a word has no counterpart, `(terms, words)` float64 for each side."""
    from tithi.evidence.stretch import BEST, CLAIM, NEAR, NORM

    hi, en = min(len(pair.hi_words), MAX_WORDS), min(len(pair.en_words), MAX_WORDS)
    seen = coverage.seen
    norm, best = seen[NORM], np.minimum(np.maximum(seen[BEST], 0.0), 1.0)
    chances = np.array(hi_chances[:hi] + en_chances[:en])
    logs = _LOGS[np.rint(chances * 255).astype(np.intp)]
    figures = [key[0].isdecimal() for found in (pair.hi_words, pair.en_words) for key in found.keys[:MAX_WORDS]]
    others = np.empty(hi + en)
    others[:hi], others[hi:] = math.log(en + 1), math.log(hi + 1)
    terms = np.array(
        [
            best, best * best, logs, norm, norm * best, norm * logs, best * logs, others, figures,
            chances < _HARDLY, chances > _OFTEN, np.sqrt(np.minimum(seen[CLAIM], 4.0)), seen[NEAR],
        ]
    )  # fmt: skip
    return terms[:, :hi], terms[:, hi:]


def _worst(terms: NDArray[np.float64], weights: NDArray[np.float64]) -> Gap:
    from tithi.evidence.stretch import worst_gap

    found = np.zeros((2, 3))
    for row, dear in zip(found, (_DEAR, 0.0), strict=True):
        worst_gap(terms, weights, dear, row)
    (strict, first, stop), (loose, _, _) = found.tolist()
    return Gap(strict, loose, int(first), int(stop), terms.shape[1])
