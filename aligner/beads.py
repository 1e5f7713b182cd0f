"""From two lists of sentences to their beads: corridor, lattice, judge, search.

The scores of the judge make a probability of every bead (see `search`); the alignment taken is the one that expects
the most right beads, and a bead's score is its probability.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.corridor import find_corridor
from tithi.aligner.groups import SentenceVectors
from tithi.aligner.judge import Habits, Judge
from tithi.aligner.lattice import Lattice, Side, build_lattice
from tithi.aligner.search import NONE, backward, best_path, forward, posteriors
from tithi.encoder.protocol import FloatArray
from tithi.records import Range

__all__ = [
    "Found",
    "Observer",
    "Ties",
    "decode",
    "find_beads",
    "probabilities",
    "scored",
    "second_look",
    "untied",
    "walls",
]

#: Kinds of beads by shape: 0 one to one, 1 merged, 2 with more than one sentence on both sides.
_KIND = np.array([[0, 1, 1, 1], [1, 2, 2, 2], [1, 2, 2, 2], [1, 2, 2, 2]])


@dataclass(frozen=True, slots=True)
class Found:
    """A bead that was found: sentence ranges and the probability that it is right."""

    hi: Range
    en: Range
    score: float


#: Is shown the lattice, the probability of each bead in it (nodes, 4, 4), and the beads that were taken.
Observer = Callable[[Lattice, FloatArray, list[Found]], None]


@dataclass(frozen=True, slots=True)
class Ties:
    """What segments say of sentences.

    `hi` (n,) and `en` (m,) int64: the segment whose date each sentence has, one past the last where it has none.
    `agreement` (segments hi + 1, segments en + 1) int8: 1 where dates agree, -1 where they contradict, else 0.
    `wall_hi` (n + 1,) and `wall_en` (m + 1,) float64: what a bead pays for crossing the border before
    sentence k, NONE where it must not. `moved` (m,) float64: what a bead pays for each English sentence that was moved.
    """

    hi: NDArray[np.int64]
    en: NDArray[np.int64]
    agreement: NDArray[np.int8]
    wall_hi: NDArray[np.float64]
    wall_en: NDArray[np.float64]
    moved: NDArray[np.float64]


def untied(n: int, m: int) -> Ties:
    """Return what is known where segments say nothing."""
    none = np.zeros((1, 1), np.int8)
    dated = np.zeros(n, np.int64), np.zeros(m, np.int64)
    return Ties(*dated, none, np.zeros(n + 1), np.zeros(m + 1), np.zeros(m))


def find_beads(  # noqa: PLR0913 - each is a thing of its own
    hi: Side,
    en: Side,
    judge: Judge,
    ties: Ties | None = None,
    vectors: SentenceVectors | None = None,
    *,
    observer: Observer | None = None,
) -> list[Found]:
    """Return the beads in order; every sentence lies in exactly one, nulls hold a single sentence.

    `vectors` reads groups anew where the encoder's vectors do not add up; `observer` is shown what was found and from
    what. Time and memory are linear in the number of nodes of the corridor, which is linear in the number of sentences.
    """
    n, m = len(hi.sums), len(en.sums)
    if n == 0 or m == 0:
        return [Found((k, k + 1), (0, 0), 1.0) for k in range(n)] + [Found((0, 0), (k, k + 1), 1.0) for k in range(m)]
    return decode(*scored(hi, en, judge, ties, vectors), judge.opening, judge.habits, observer=observer)


def scored(
    hi: Side, en: Side, judge: Judge, ties: Ties | None, vectors: SentenceVectors | None
) -> tuple[Lattice, NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the lattice of two sides with sentences, the scores of its beads and those of nulls, Hindi and English."""
    lattice = build_lattice(hi, en, find_corridor(hi.sums, en.sums))
    nulls = judge.nulls(lattice.hi), judge.nulls(lattice.en)
    scores = _tied(judge.beads(lattice), lattice, ties, judge.habits)
    if vectors is not None:
        lattice = vectors.refine(lattice, probabilities(lattice, scores, *nulls, judge.opening)[0])
        scores = _tied(judge.beads(lattice), lattice, ties, judge.habits)
    return lattice, scores, *nulls


def decode(  # noqa: PLR0913, PLR0917 - as above
    lattice: Lattice,
    scores: NDArray[np.float64],
    null_hi: NDArray[np.float64],
    null_en: NDArray[np.float64],
    opening: float,
    habits: Habits,
    *,
    observer: Observer | None = None,
) -> list[Found]:
    """Return the beads of the path that expects the most right beads.

    The probabilities are taken twice, see `second_look`.
    """
    scores, null_hi, null_en = second_look(lattice, scores, null_hi, null_en, opening, habits)
    beads, nulls = probabilities(lattice, scores, null_hi, null_en, opening)
    corridor = lattice.corridor
    worth = np.where(scores > NONE / 2, beads, NONE)
    steps = best_path(corridor, worth, habits.null_worth * nulls[:, 0], habits.null_worth * nulls[:, 1])
    found, i, j = [], 0, 0
    low, offset = corridor.low, corridor.offset
    for p, q in steps.tolist():
        i, j = i + p, j + q
        node = offset[i] + j - low[i]
        score = beads[node, p - 1, q - 1] if p and q else nulls[node, 0 if p else 1]
        found.append(Found((i - p, i), (j - q, j), float(min(max(score, 0.0), 1.0))))
    if observer is not None:
        observer(lattice, beads, found)
    return found


def second_look(  # noqa: PLR0913, PLR0917 - as above
    lattice: Lattice,
    scores: NDArray[np.float64],
    null_hi: NDArray[np.float64],
    null_en: NDArray[np.float64],
    opening: float,
    habits: Habits,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the scores of beads and nulls, shifted by what the probabilities expect of each kind of bead.

    It tells how freely this document was translated: one in which nearly all stands one to one is not given a merge for
    a slight advantage, a free one is.
    """
    beads, nulls = probabilities(lattice, scores, null_hi, null_en, opening)
    expected = np.array([beads[:, kind == _KIND].sum() for kind in range(3)] + [nulls.sum()])
    usual = (expected + habits.patience * habits.usual) / (expected.sum() + habits.patience)
    shift = np.clip(np.log(usual / habits.usual), habits.least_shift, habits.greatest_shift)
    return np.where(scores > NONE / 2, scores + shift[_KIND], NONE), null_hi + shift[3], null_en + shift[3]


def probabilities(
    lattice: Lattice,
    scores: NDArray[np.float64],
    null_hi: NDArray[np.float64],
    null_en: NDArray[np.float64],
    opening: float,
) -> tuple[FloatArray, FloatArray]:
    """Return the probability of every bead (nodes, 4, 4) and of every null step (nodes, 2)."""
    corridor = lattice.corridor
    alpha = forward(corridor, scores, null_hi, null_en, opening)
    beta = backward(corridor, scores, null_hi, null_en, opening)
    beads, nulls, _starts = posteriors(corridor, scores, null_hi, null_en, opening, alpha, beta)
    return beads, nulls


def _tied(scores: NDArray[np.float64], lattice: Lattice, ties: Ties | None, habits: Habits) -> NDArray[np.float64]:
    """Return the scores with what the segments say added to them, in place."""
    if ties is None:
        return scores
    low, high, offset = lattice.corridor.low, lattice.corridor.high, lattice.corridor.offset
    rows = np.repeat(np.arange(len(low)), high - low)
    columns = np.arange(len(rows)) - offset[rows] + low[rows]
    inner = (rows > 0) & (columns > 0)
    at = np.flatnonzero(inner)
    i, j = rows[at], columns[at]
    moved = np.concatenate([[0.0], np.cumsum(ties.moved)])
    for p in range(1, scores.shape[1] + 1):
        for q in range(1, scores.shape[2] + 1):
            value = ties.agreement[ties.hi[np.maximum(i - p, 0)], ties.en[np.maximum(j - q, 0)]].astype(np.float64)
            cost = np.where(value < 0, -habits.contradiction * value, habits.agreement * value)
            cost += _crossed(ties.wall_hi, i, p) + _crossed(ties.wall_en, j, q)
            cost += moved[j] - moved[np.maximum(j - q, 0)]
            scores[at, p - 1, q - 1] = np.maximum(scores[at, p - 1, q - 1] + cost, NONE)
    return scores


def _crossed(wall: NDArray[np.float64], end: NDArray[np.int64], count: int) -> NDArray[np.float64]:
    """Return what beads of `count` sentences up to `end` pay for the borders inside them."""
    total = np.zeros(len(end))
    for back in range(1, count):
        total += wall[np.maximum(end - back, 0)]
    return total


def walls(starts: Sequence[int], hard: Sequence[bool], count: int, crossing: float) -> NDArray[np.float64]:
    """Return (count + 1,): NONE before a segment with a heading, `crossing` before one without, 0 elsewhere."""
    wall = np.zeros(count + 1)
    for start, is_hard in zip(starts, hard, strict=True):
        if 0 < start < count:
            wall[start] = NONE if is_hard else min(wall[start], crossing)
    return wall
