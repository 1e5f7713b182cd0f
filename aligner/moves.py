"""Passages told elsewhere: what a search in order leaves over is looked through for runs that belong together.

The first search takes the beads that stand in one order on both sides. Among the sentences it leaves over, those that
are each other's best counterpart make runs. The English side is then read with each run where its Hindi counterpart
stands and searched again, so that one model judges all beads: runs, merges, and what has no counterpart. A run pays a
price for having moved, which is learnt: by how many sentences there were to choose from, its length, how far it went,
whether others have moved too, and how clearly its counterparts are the best.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.found import Found
from tithi.encoder.protocol import FloatArray
from tithi.records import Range

__all__ = ["Reading", "read_elsewhere"]

#: A bead less probable than this leaves its sentences over.
_HELD = 0.5
#: Counterparts less alike than this are not tried; a sentence so much like those near a run goes along with it.
_LEAST = 0.3
_NEAR = 0.2
#: The summed likeness of the pairs of a run from which another search is worth its time.
_WORTH = 0.6
#: The most products of sentences left over that are looked at.
_MOST_CELLS = 25_000_000


@dataclass(frozen=True, slots=True)
class _Run:
    """Hindi and English sentences that seem to belong together, half-open."""

    hi: Range
    en: Range


@dataclass(frozen=True, slots=True)
class Reading:
    """Another order of the English sentences, in which moved runs stand where the Hindi side tells them.

    `order` (m,): the sentences in that order. `runs`: where in it each moved run stands. `evidence` (runs, 5) float32:
    logs of how many wrong pairs there were to choose for each right one, of the sentences that the run has counterparts
    for, of how many sentences it went past, and of the counterparts in other runs; and by how much its counterparts
    are more alike than the second best of either sentence.
    """

    order: NDArray[np.int64]
    runs: tuple[Range, ...]
    evidence: FloatArray

    def pays(self, prices: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return each sentence's part of a price, in the new order: what it adds to beads that hold it."""
        out = np.zeros(len(self.order))
        for (first, last), price in zip(self.runs, prices.tolist(), strict=True):
            out[first:last] = price / (last - first)
        return out


def read_elsewhere(hi: FloatArray, en: FloatArray, beads: Sequence[Found]) -> Reading | None:
    """Return an order of the English sentences in which moved runs stand where the Hindi side tells them.

    Args:
        hi: Sums of the Hindi sentences (n, d).
        en: Sums of the English ones (m, d), in the order of the first search.
        beads: What that search found: in order.

    Returns:
        The order, None when nothing seems to have moved.
    """
    held = [bead for bead in beads if not bead.is_null and bead.score >= _HELD]
    free_hi, free_en = np.ones(len(hi), bool), np.ones(len(en), bool)
    for bead in held:
        free_hi[slice(*bead.hi)] = False
        free_en[slice(*bead.en)] = False
    rows, columns = np.flatnonzero(free_hi), np.flatnonzero(free_en)
    if not len(rows) or not len(columns) or len(rows) * len(columns) > _MOST_CELLS:
        return None
    likeness = np.full((len(hi), len(columns)), -1.0, np.float32)
    likeness[rows] = _units(hi[rows]) @ _units(en[columns]).T
    pairs = _counterparts(likeness, rows, columns)
    column = np.full(len(en), -1)
    column[columns] = np.arange(len(columns))
    strong = {row: float(likeness[row, column[at]]) for row, at in pairs}
    runs = [
        run for run in _runs(pairs, free_hi, free_en) if sum(strong.get(row, 0.0) for row in range(*run.hi)) >= _WORTH
    ]
    places = [_place(run, held, len(en)) for run in runs]
    kept = [(run, place) for run, place in zip(runs, places, strict=True) if not _stands(run.en, place)]
    if not kept:
        return None
    taken = np.zeros(len(en), bool)
    for run in runs:
        taken[slice(*run.en)] = True
    choices = max(1.0, len(rows) * len(columns) / len(pairs) ** 2)
    key, behind, evidence = np.arange(len(en), dtype=np.float64), np.zeros(len(en)), []
    widened = [_widened(run, likeness, column, taken) for run, _ in kept]
    margins = _margins(likeness, np.array([(row, column[at]) for row, at in pairs]))
    margin = {row: value for (row, _), value in zip(pairs, margins.tolist(), strict=True)}
    of_runs = [[row for row in range(*run.hi) if row in strong] for run, _ in kept]
    every = sum(map(len, of_runs))
    for (run, place), (first, last), own in zip(kept, widened, of_runs, strict=True):
        key[first:last] = place[0] - 0.5
        behind[first:last] = run.hi[0]
        went = place[0] - last if place[0] >= last else first - place[1]
        logs = np.log([choices, 1 + len(own), 1 + max(went, 0), 1 + every - len(own)]).tolist()
        evidence.append((*logs, sum(margin[row] for row in own) / len(own)))
    order = np.lexsort((np.arange(len(en)), behind, key))
    at = np.argsort(order)
    starts = [int(at[first]) for first, _ in widened]
    stands = tuple((start, start + last - first) for start, (first, last) in zip(starts, widened, strict=True))
    return Reading(order, stands, np.array(evidence, np.float32))


def _units(sums: FloatArray) -> FloatArray:
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), np.float32)


def _counterparts(likeness: FloatArray, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Return the pairs of sentences left over that are each other's best counterpart."""
    best_column, best_row = likeness.argmax(axis=1), likeness.argmax(axis=0)
    return [
        (row, int(columns[best_column[row]]))
        for row in rows.tolist()
        if best_row[best_column[row]] == row and likeness[row, best_column[row]] >= _LEAST
    ]


def _margins(likeness: FloatArray, cells: NDArray[np.int64]) -> FloatArray:
    """Return by how much each pair (row, column) is more alike than the second best of either sentence, on average."""
    rows, columns = cells.T
    each = np.arange(len(cells))
    across, down = likeness[rows], likeness[:, columns].T
    own = across[each, columns]
    across[each, columns] = down[each, rows] = 0
    return np.asarray(own - 0.5 * (across.max(axis=1) + down.max(axis=1)))


def _runs(pairs: Sequence[tuple[int, int]], free_hi: NDArray[np.bool_], free_en: NDArray[np.bool_]) -> list[_Run]:
    """Return the runs that pairs in one order make, with single sentences between them."""
    runs: list[_Run] = []
    for row, column in pairs:
        if runs:
            (first, end), (first_en, end_en) = runs[-1].hi, runs[-1].en
            near = 0 <= row - end <= 1 and 0 <= column - end_en <= 1
            if near and free_hi[end:row].all() and free_en[end_en:column].all():
                runs[-1] = _Run((first, row + 1), (first_en, column + 1))
                continue
        runs.append(_Run((row, row + 1), (column, column + 1)))
    return runs


def _place(run: _Run, held: Sequence[Found], count: int) -> Range:
    """Return between which English sentences the Hindi place of a run lies."""
    low, high = 0, count
    for bead in held:
        if bead.hi[0] >= run.hi[1]:
            high = bead.en[0]
            break
        low = bead.en[1]
    return low, max(low, high)


def _stands(en: Range, place: Range) -> bool:
    return place[0] <= en[0] and en[1] <= place[1]


def _widened(run: _Run, likeness: FloatArray, column: NDArray[np.intp], taken: NDArray[np.bool_]) -> Range:
    """Return the English range with the sentence on either side that may be part of a merge; note it as taken."""
    first, last = run.en
    rows = slice(max(run.hi[0] - 1, 0), run.hi[1] + 1)
    for new in (first - 1, last):
        if not 0 <= new < len(column) or column[new] < 0 or taken[new]:
            continue
        if likeness[rows, column[new]].max() >= _NEAR:
            taken[new] = True
            first, last = min(first, new), max(last, new + 1)
    return first, last
