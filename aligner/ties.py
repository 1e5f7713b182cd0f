"""What segments say of the sentences in them, and what beads pay or gain by it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

from tithi.aligner.fits import Fits
from tithi.aligner.habits import Habits
from tithi.aligner.nodes import NONE, Corridor

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


def tied(beads: Fits, corridor: Corridor, ties: Ties | None, habits: Habits) -> Fits:
    """Return the beads with what the segments say added to their scores, in place."""
    if ties is None or not (ties.agreement.any() or ties.wall_hi.any() or ties.wall_en.any() or ties.moved.any()):
        return beads
    gains = np.where(ties.agreement < 0, habits.contradiction, habits.agreement * ties.agreement)
    moved = np.concatenate([[0.0], np.cumsum(ties.moved)])
    of = corridor.low, corridor.offset, ties.hi, ties.en, gains, ties.wall_hi, ties.wall_en, moved
    _add(*of, beads.cells, beads.scores)
    return beads


@numba.njit(cache=True, nogil=True)
def _add(low, offset, dated_hi, dated_en, gains, wall_hi, wall_en, moved, cells, scores):  # type: ignore[no-untyped-def]
    i = 0
    for bead in range(cells.size):
        node, p, q = cells[bead] >> 4, ((cells[bead] >> 2) & 3) + 1, (cells[bead] & 3) + 1
        while node >= offset[i + 1]:
            i += 1
        j = node - offset[i] + low[i]
        crossed_hi = crossed_en = 0.0
        for k in range(1, p):
            crossed_hi += wall_hi[i - k]
        for k in range(1, q):
            crossed_en += wall_en[j - k]
        cost = gains[dated_hi[i - p], dated_en[j - q]] + crossed_hi + crossed_en + moved[j] - moved[j - q]
        scores[bead] = max(scores[bead] + cost, NONE)


def walls(starts: Sequence[int], hard: Sequence[bool], count: int, crossing: float) -> NDArray[np.float64]:
    """Return (count + 1,): NONE before a segment with a heading, `crossing` before one without, 0 elsewhere."""
    wall = np.zeros(count + 1)
    for start, is_hard in zip(starts, hard, strict=True):
        if 0 < start < count:
            wall[start] = NONE if is_hard else min(wall[start], crossing)
    return wall
