"""What segments say of the sentences in them, and what beads pay or gain by it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

from tithi.aligner.habits import Habits
from tithi.aligner.nodes import Corridor
from tithi.aligner.search import NONE

__all__ = ["Ties", "tied", "untied", "walls"]


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


def tied(scores: NDArray[np.float64], corridor: Corridor, ties: Ties | None, habits: Habits) -> NDArray[np.float64]:
    """Return the scores (nodes, 4, 4) with what the segments say added to them, in place."""
    if ties is None or not (ties.agreement.any() or ties.wall_hi.any() or ties.wall_en.any() or ties.moved.any()):
        return scores
    gains = np.where(ties.agreement < 0, habits.contradiction, habits.agreement * ties.agreement)
    moved = np.concatenate([[0.0], np.cumsum(ties.moved)])
    nodes = corridor.low, corridor.high, corridor.offset
    _add(*nodes, ties.hi, ties.en, gains, ties.wall_hi, ties.wall_en, moved, scores)
    return scores


@numba.njit(cache=True, nogil=True)
def _add(low, high, offset, dated_hi, dated_en, gains, wall_hi, wall_en, moved, scores):  # type: ignore[no-untyped-def]
    for i in range(1, low.shape[0]):
        for j in range(max(low[i], 1), high[i]):
            node = offset[i] + j - low[i]
            crossed_hi = 0.0
            for p in range(1, min(4, i) + 1):
                if p > 1:
                    crossed_hi += wall_hi[i - p + 1]
                crossed_en = 0.0
                for q in range(1, min(4, j) + 1):
                    if q > 1:
                        crossed_en += wall_en[j - q + 1]
                    if scores[node, p - 1, q - 1] > NONE / 2:
                        cost = (
                            gains[dated_hi[i - p], dated_en[j - q]] + crossed_hi + crossed_en + moved[j] - moved[j - q]
                        )
                        scores[node, p - 1, q - 1] = max(scores[node, p - 1, q - 1] + cost, NONE)


def walls(starts: Sequence[int], hard: Sequence[bool], count: int, crossing: float) -> NDArray[np.float64]:
    """Return (count + 1,): NONE before a segment with a heading, `crossing` before one without, 0 elsewhere."""
    wall = np.zeros(count + 1)
    for start, is_hard in zip(starts, hard, strict=True):
        if 0 < start < count:
            wall[start] = NONE if is_hard else min(wall[start], crossing)
    return wall
