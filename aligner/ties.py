"""What segments say of the sentences in them, and what beads pay or gain by it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.fits import Fits
from tithi.aligner.habits import Habits
from tithi.aligner.nodes import NONE, Corridor, IntArray
from tithi.aligner.segments import Cut
from tithi.compiling import kept
from tithi.dates.find import DateSpan

__all__ = ["Ties", "agreement_of", "starts_of", "tied", "ties_of", "untied", "walls"]


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


@kept()
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


def starts_of(cut: Cut) -> list[int]:
    """Return the first sentence of each segment."""
    return [segment.sentences[0] for segment in cut.document.segments]


def agreement_of(hi: Cut, en: Cut) -> NDArray[np.int8]:
    """Return 1 where the dates of two segments agree, -1 where they contradict, 0 where one has none."""
    days_hi, days_en = _days(hi.spans), _days(en.spans)
    meet = (days_hi[:, :1] <= days_en[:, 1]) & (days_en[:, 0] <= days_hi[:, 1:])
    agreement = np.where(meet, 1, -1).astype(np.int8)
    # The calendar cannot place a date without a year; each distinct one is compared on its own.
    distinct: dict[tuple[str, str], int] = {}
    for a, one in enumerate(hi.spans):
        for b, other in enumerate(en.spans) if one is None or one.start is None else _unplaced(en.spans):
            if one is None or other is None:
                agreement[a, b] = 0
                continue
            key = one.key, other.key
            if key not in distinct:
                distinct[key] = 1 if one.overlaps(other) else -1
            agreement[a, b] = distinct[key]
    return agreement


def _days(spans: Sequence[DateSpan | None]) -> NDArray[np.int64]:
    """Return the ordinals of the first and the last day (n, 2), 0 where the calendar has no place."""
    days = [
        (span.start.toordinal(), span.end.toordinal()) if span and span.start and span.end else (0, 0) for span in spans
    ]
    return np.array(days, np.int64).reshape(len(spans), 2)


def _unplaced(spans: Sequence[DateSpan | None]) -> list[tuple[int, DateSpan | None]]:
    return [(k, span) for k, span in enumerate(spans) if span is None or span.start is None]


def ties_of(
    hi: Cut, en: Cut, agreement: NDArray[np.int8], order: IntArray, pays: NDArray[np.float64], crossing: float
) -> Ties:
    """Return what the segments say of the sentences, the English ones in the order of the search."""
    wall_en = _walls(en, crossing)
    steps = np.diff(order)
    if (steps != 1).any():
        # A border is crossed forwards or backwards; it stands before the later of its two sentences.
        inner = np.where(np.abs(steps) == 1, wall_en[np.maximum(order[1:], order[:-1])], NONE)
        wall_en = np.concatenate([[0.0], inner, [0.0]])
    padded = np.zeros((len(agreement) + 1, agreement.shape[1] + 1), np.int8)
    padded[:-1, :-1] = agreement
    return Ties(_dated(hi), _dated(en)[order], padded, _walls(hi, crossing), wall_en, pays)


def _dated(cut: Cut) -> NDArray[np.int64]:
    """Return the segment whose date each sentence has: behind a heading all of them, else the one the date opens."""
    segments = cut.document.segments
    dated = np.full(len(cut.document.sentences), len(segments), np.int64)
    for k, segment in enumerate(segments):
        first, last = segment.sentences
        dated[first : last if segment.heading is not None else min(first + 1, last)] = k
    return dated


def _walls(cut: Cut, crossing: float) -> NDArray[np.float64]:
    """Return what groups pay for crossing the start of a segment; none may hold a blank line, which adds nothing."""
    segments, sentences = cut.document.segments, cut.document.sentences
    wall = walls(starts_of(cut), [segment.heading is not None for segment in segments], len(sentences), crossing)
    for k in [k for k, sentence in enumerate(sentences) if not sentence.text or sentence.text.isspace()]:
        wall[k] = wall[k + 1] = NONE
    return wall
