"""The words of a side that the other side most likely lacks, by the vectors and by the lexicon together.

Each word has its log-odds of having no counterpart, learnt from clauses put into faithful pairs: how near the nearest
word is, how likely the lexicon has an answer, how much of the other side is left for it when every word takes its part,
whether its neighbours stand beside its counterpart too, and whether they lack a link as well. The worst stretch is the
one whose log-odds add up to most.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tithi.evidence.alike import told
from tithi.evidence.coverage import MAX_WORDS, Coverage
from tithi.evidence.lexicon import SURE, Levels, answers_all
from tithi.evidence.pair import Pair
from tithi.evidence.shares import equal_shares
from tithi.evidence.words import Words

__all__ = ["Answered", "Gap", "Gaps", "answered", "find_all_gaps", "find_gaps", "word_terms"]

Floats = NDArray[np.float64]

_UNSEEN: Final = 0.003
_CHANCES: Final = np.arange(SURE + 1) / SURE
_ROOTS: Final = np.sqrt(_CHANCES)
_LOGS: Final = np.array([math.log(chance + _UNSEEN) for chance in _CHANCES.tolist()])
"""Of all chances that the lexicon knows; from a table, so that they are the same bits everywhere."""


class Gap(NamedTuple):
    """The worst stretch `[first, stop)` of a side's words; `strict` and `loose` are its sums of log-odds.

    It weighs `weight`, of which `bare` has no link, in the whole side `all_bare`; `room` is the weight without a link
    beside the counterparts of its neighbours, as a mean over its words, `odds` the sum of log-odds of all `words`.
    """

    strict: float
    loose: float
    first: int
    stop: int
    weight: float
    bare: float
    all_bare: float
    room: float
    odds: float
    words: int


class Answered(NamedTuple):
    """What the lexicon says of a side: mean root and log chance of an answer, words without, worst four in a row."""

    root: float
    log: float
    without: float
    least: float


class Gaps(NamedTuple):
    """What is said of both sides; `hi_levels` and `en_levels` are the chances of an answer for each word, in 255."""

    hi: Gap
    en: Gap
    hi_answered: Answered
    en_answered: Answered
    hi_levels: bytes
    en_levels: bytes


def find_gaps(pair: Pair, coverage: Coverage, weights: Sequence[float]) -> Gaps:
    """Return what `find_all_gaps` does of one pair."""
    return find_all_gaps([(pair, coverage)], weights)[0]


def find_all_gaps(pairs: Sequence[tuple[Pair, Coverage]], weights: Sequence[float]) -> list[Gaps]:
    """Return the worst stretch of each side of each pair; `weights` are the bias and those of each of `word_terms`."""
    levels = answered([pair for pair, _ in pairs])
    _, found = _weighed(pairs, levels, weights)
    gaps = []
    for (pair, _), (hi_found, en_found), (hi_levels, en_levels) in zip(pairs, found.tolist(), levels, strict=True):
        (hi, hi_answered), (en, en_answered) = map(_summed, (hi_found, en_found), _lengths(pair))
        gaps.append(Gaps(hi, en, hi_answered, en_answered, hi_levels.tobytes(), en_levels.tobytes()))
    return gaps


def word_terms(pair: Pair, coverage: Coverage) -> tuple[Floats, Floats]:
    """Return what tells that a word has no counterpart, `(terms, words)` float64 for each side."""
    from tithi.evidence.answers import TERMS

    terms, _ = _weighed([(pair, coverage)], answered([pair]), [0.0] * (TERMS + 1))
    first, _ = _lengths(pair)
    return terms[:first].T, terms[first:].T


def _weighed(
    pairs: Sequence[tuple[Pair, Coverage]], levels: Sequence[tuple[Levels, Levels]], weights: Sequence[float]
) -> tuple[Floats, Floats]:
    """Return what is told of all words, `(words, terms)`, and of both sides of each pair, `(pairs, 2, fields)`."""
    from tithi.evidence.answers import FIELDS, TERMS, find_gaps

    lengths = [length for pair, _ in pairs for length in _lengths(pair)]
    all_levels = [level for both in levels for level in both]
    sides = [found for pair, _ in pairs for found in (pair.hi_words, pair.en_words)]
    seen = np.concatenate([coverage.seen for _, coverage in pairs], axis=1)
    terms, found = np.empty((seen.shape[1], TERMS)), np.zeros((len(pairs), 2, FIELDS))
    find_gaps(
        seen,
        np.cumsum([0, *lengths]),
        np.concatenate(all_levels),
        np.cumsum([0, *map(len, all_levels)]),
        np.concatenate(list(map(_figures, sides))),
        np.array([math.log(lengths[at ^ 1] + 1) for at in range(len(lengths))]),
        _ROOTS,
        _LOGS,
        np.array(weights),
        terms,
        found.reshape(-1, FIELDS),
    )
    return terms, found


def _lengths(pair: Pair) -> tuple[int, int]:
    """Return how many words of each side are compared."""
    return min(len(pair.hi_words), MAX_WORDS), min(len(pair.en_words), MAX_WORDS)


def answered(pairs: Sequence[Pair]) -> list[tuple[Levels, Levels]]:
    """Return the chances of an answer for each word of both sides, in 255.

    Dates and numbers of both sides answer each other.
    """
    levels = answers_all([(pair.hi_words.keys, pair.en_words.keys) for pair in pairs])
    for pair, (hi_levels, en_levels) in zip(pairs, levels, strict=True):
        hi, en = told(pair.hi_dates, pair.hi_numbers), told(pair.en_dates, pair.en_numbers)
        if not hi or not en:
            continue
        met = {key for key, *_ in hi} & {key for key, *_ in en}
        hi_shares, en_shares = equal_shares(pair)
        for found, side, shares, level in (
            (pair.hi_words, hi, hi_shares, hi_levels),
            (pair.en_words, en, en_shares, en_levels),
        ):
            places = [(start, stop) for key, start, stop in side if key in met]
            for start, stop in (*places, *((hit.start, hit.stop) for hit in shares)):
                first = bisect_left(found.spans, (start, 0))
                level[first : bisect_left(found.spans, (stop, 0), first)] = SURE
    return levels


def _summed(found: Sequence[float], words: int) -> tuple[Gap, Answered]:
    strict, loose, first, stop, weight, bare, all_bare, room, odds, *answered = found
    gap = Gap(strict, loose, int(first), int(stop), weight, bare, all_bare, room, odds, words)
    return gap, Answered(*answered)


def _figures(found: Words) -> NDArray[np.bool_]:
    """Return whether each word is in digits."""
    if not found.figures:
        return np.zeros(len(found), np.bool_)
    return np.array(list(map(frozenset(found.figures).__contains__, found.keys)))
