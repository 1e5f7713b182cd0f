"""Which phrases of one side render which of the other, each word used once, and what is then left over.

The table is learnt from counts (`python -m training.renderings`). A word that is said twice on one side and once on the
other is rendered once: what the vectors and the lexicon call answered may still be left over here. The table also says
for how many words of the other side each word stands, so that a side tells how long the other ought to be.

Example: of `पुल टूटा और पुल बना` against `The bridge broke`, the second `पुल` is left over.
"""

import math
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tithi.errors import DataError
from tithi.evidence.coverage import MAX_WORDS
from tithi.evidence.lexicon import Levels, Rows, digest

__all__ = ["LeftOver", "Renderings", "left_over", "renderings"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

CHANCES: Final = 15
"""The level of a chance of one."""
STANDS: Final = 64
"""Of these parts of a word it is told for how many words of the other side a word stands, and one word is added."""
_SMOOTH: Final = 3.0


class Renderings(NamedTuple):
    """The table, in the order in which `claims` takes it, but the last two.

    A phrase is found by its key in `slots` (a power of two, -1 where empty), which has its number in `keys`. The Hindi
    phrase `p` is rendered by the English ones `entries[starts[p]:starts[p + 1]]`, with the root of the chance, the mean
    of both directions, in `chances`. `hi_stands` and `en_stands` say by rows of the lexicon for how many words of the
    other side one stands, and `bias` how many more a whole text does.
    """

    hi_slots: Ints
    hi_keys: NDArray[np.int64]
    starts: Ints
    entries: Ints
    chances: Floats
    en_slots: Ints
    en_keys: NDArray[np.int64]
    hi_stands: Floats
    en_stands: Floats
    bias: tuple[float, float]


class LeftOver(NamedTuple):
    """What is left over of a side, for the model that tells of stretches; weights are those of `SideCoverage`.

    `left` is weight, by how little it is claimed, `bare` what nothing claims; `gap` is the worst stretch by `gaps.Gap`,
    `worst` the one of which most is left. Of weights there are roots. The last eight are logarithms of the words that a
    side stands for over those that there are, in the whole and without the gap, and how far they are from zero.
    """

    left: float
    left_share: float
    gap_left: float
    gap_left_share: float
    worst_left: float
    worst_left_dear: float
    worst_bare: float
    bare_share: float
    gap_bare: float
    bare_weight: float
    gap_bare_weight: float
    gap_bare_share: float
    other_left: float
    other_left_share: float
    other_worst_left: float
    other_worst_bare: float
    other_bare_weight: float
    other_bare_share: float
    more_left: float
    more_left_share: float
    more_left_beside_gap: float
    more_bare_weight: float
    more_bare: float
    stands: float
    stood_for: float
    rest_stands: float
    rest_stood_for: float
    stands_off: float
    stood_for_off: float
    rest_stands_off: float
    rest_stood_for_off: float


@cache
def renderings() -> Renderings:
    """Return the shipped table, read once.

    Raises:
        DataError: it was learnt for another lexicon.
    """
    with resources.files("tithi.evidence").joinpath("renderings.npz").open("rb") as file:
        stored = dict(np.load(file))
    if bytes(stored["lexicon"]) != digest():
        raise DataError("renderings.npz: must be learnt for the lexicon that ships; got another; learn it again")
    starts = np.concatenate(([0], np.cumsum(stored["counts"], dtype=np.int32))).astype(np.int32)
    halves = stored["chances"]
    levels = np.stack((halves >> 4, halves & 15), axis=1).ravel()[: starts[-1]]
    hi_keys, en_keys = (stored[f"{lang}_keys"].astype(np.int64) for lang in ("hi", "en"))
    return Renderings(
        _slots(hi_keys),
        hi_keys,
        starts,
        stored["entries"].astype(np.int32),
        levels / CHANCES,
        _slots(en_keys),
        en_keys,
        stored["hi_stands"] / STANDS - 1,
        stored["en_stands"] / STANDS - 1,
        (float(stored["bias"][0]), float(stored["bias"][1])),
    )


def _slots(keys: NDArray[np.int64]) -> Ints:
    """Return places for keys by their last bits, the next free one where one is taken."""
    size = 1 << (2 * len(keys)).bit_length()
    slots = np.full(size, -1, np.int32)
    waiting = np.arange(len(keys), dtype=np.int32)
    at = keys & (size - 1)
    while len(waiting):
        free = slots[at] < 0
        slots[at[free]] = waiting[free]
        placed = slots[at] == waiting
        waiting, at = waiting[~placed], (at[~placed] + 1) & (size - 1)
    return slots


def left_over(
    rows: Rows, seen: Floats, levels: Sequence[tuple[Levels, Levels]], gaps: NDArray[np.int64]
) -> list[tuple[LeftOver, LeftOver]]:
    """Return what is left over of the Hindi and of the English side of each pair.

    `rows` are those of their words, `seen` and `levels` what the vectors and the lexicon say of these, as in `gaps`;
    `gaps` (2 pairs, 2) has the first and the last word of the worst stretch of each side.
    """
    from tithi.evidence.claims import FIELDS, TOLD, claim_all  # numba is loaded when the first pair asks for it

    table = renderings()
    starts, places = rows
    cut = np.concatenate(([0], np.cumsum(np.minimum(np.diff(starts), MAX_WORDS))))
    found, told = np.zeros((len(gaps), FIELDS)), np.empty((len(gaps), TOLD))
    all_levels = np.concatenate([level for both in levels for level in both])
    work = _work(int(np.diff(cut).max(initial=0)), len(table.en_keys))
    claim_all(
        places, starts, seen, cut, all_levels, gaps, table[:7], table.hi_stands, table.en_stands, work, found, told
    )
    sides, numbers, stretches = found[:, -3:].tolist(), told.tolist(), gaps.tolist()
    return [
        (
            LeftOver(*numbers[at], *_lengths(sides[at], sides[at + 1], stretches[at], table.bias)),
            LeftOver(*numbers[at + 1], *_lengths(sides[at + 1], sides[at], stretches[at + 1], table.bias[::-1])),
        )
        for at in range(0, len(sides), 2)
    ]


def _lengths(
    ours: Sequence[float], theirs: Sequence[float], gap: Sequence[int], bias: tuple[float, float]
) -> tuple[float, ...]:
    """Return how the words that a side stands for, and those that stand for it, are to those that there are."""
    words, stands, gap_stands = ours
    other_words, other_stands, _ = theirs
    rest = words - (gap[1] - gap[0])
    told = (
        _ratio(stands + bias[0], other_words),
        -_ratio(other_stands + bias[1], words),
        _ratio(stands - gap_stands + bias[0], other_words),
        -_ratio(other_stands + bias[1], rest),
    )
    return (*told, *map(abs, told))


def _ratio(stands: float, words: float) -> float:
    return math.log((max(stands, 0.0) + _SMOOTH) / (words + _SMOOTH))


def _work(words: int, phrases: int) -> tuple[NDArray[np.generic], ...]:
    """Return the memory that `claims` uses for sides of at most so many words; each pair leaves it as it was."""
    from tithi.evidence.claims import LONGEST, MOST, STEPS

    return (
        np.empty((words, LONGEST), np.uint64),
        np.empty((words, LONGEST), np.int32),
        np.empty((words, LONGEST), np.int32),
        np.full(phrases, -1, np.int32),
        np.empty(words * LONGEST, np.int32),
        np.empty((MOST, 4), np.int32),
        np.empty(MOST),
        np.zeros((words, words)),
        np.empty(STEPS + 1, np.int64),
        np.empty(2 * MOST, np.int64),
        np.empty((2, words)),
    )
