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

from tithi.evidence.coverage import MAX_WORDS, Coverage
from tithi.evidence.lexicon import SURE, Levels, answers
from tithi.evidence.pair import Pair
from tithi.evidence.words import Words

__all__ = ["Answered", "Gap", "Gaps", "answered", "find_gaps", "word_terms"]

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
    """Return the worst stretch of each side; `weights` are the bias and the weight of each of `word_terms`."""
    from tithi.evidence.answers import FIELDS, find_gap, sum_up

    levels = answered(pair)
    terms, learnt, found = word_terms(pair, coverage, *levels), np.array(weights), np.zeros((2, FIELDS))
    for at in (0, 1):
        find_gap(terms[at], learnt, found[at])
        sum_up(levels[at], _ROOTS, _LOGS, found[at])
    (hi, hi_answered), (en, en_answered) = (
        _told(row, side.shape[1]) for row, side in zip(found.tolist(), terms, strict=True)
    )
    return Gaps(hi, en, hi_answered, en_answered, *(told.tobytes() for told in levels))


def answered(pair: Pair) -> tuple[Levels, Levels]:
    """Return the chances of an answer for each word, in 255; dates and numbers of both sides answer each other."""
    levels = answers(pair.hi_words.keys, pair.en_words.keys)
    sides = [
        [(hit.span.key, hit) for hit in dates if hit.span.edtf] + [(str(hit.value), hit) for hit in numbers]
        for dates, numbers in ((pair.hi_dates, pair.hi_numbers), (pair.en_dates, pair.en_numbers))
    ]
    if sides[0] and sides[1]:
        met = {key for key, _ in sides[0]} & {key for key, _ in sides[1]}
        for found, side, level in zip((pair.hi_words, pair.en_words), sides, levels, strict=True):
            for key, hit in side:
                if key in met:
                    first = bisect_left(found.spans, (hit.start, 0))
                    level[first : bisect_left(found.spans, (hit.stop, 0), first)] = SURE
    return levels


def _told(found: Sequence[float], words: int) -> tuple[Gap, Answered]:
    strict, loose, first, stop, weight, bare, all_bare, room, odds, *answered = found
    gap = Gap(strict, loose, int(first), int(stop), weight, bare, all_bare, room, odds, words)
    return gap, Answered(*answered)


def word_terms(pair: Pair, coverage: Coverage, hi_levels: Levels, en_levels: Levels) -> tuple[Floats, Floats]:
    """Return what tells that a word has no counterpart, `(terms, words)` float64 for each side."""
    from tithi.evidence.answers import TERMS, fill_terms

    hi, en = min(len(pair.hi_words), MAX_WORDS), min(len(pair.en_words), MAX_WORDS)
    hi_terms, en_terms, seen = np.empty((TERMS, hi)), np.empty((TERMS, en)), coverage.seen
    fill_terms(seen[:, :hi], hi_levels, _figures(pair.hi_words), _LOGS, math.log(en + 1), hi_terms)
    fill_terms(seen[:, hi:], en_levels, _figures(pair.en_words), _LOGS, math.log(hi + 1), en_terms)
    return hi_terms, en_terms


def _figures(found: Words) -> NDArray[np.bool_]:
    """Return whether each word is in digits."""
    if not found.figures:
        return np.zeros(len(found), np.bool_)
    return np.array([key[0].isdecimal() for key in found.keys])
