"""Beads of more than four sentences: the lines of a verse or a list across from one long sentence.

The lattice has groups of up to four. Where the search in it leaves sentences over beside a group, and the other side's
sentence is alike to all of them together and about as long, neighbouring ones among them are taken for one, so that
three such units make up to twelve sentences, and the document is searched again; a unit that this leaves alone is
given up. Vectors, lengths and numbers of a unit
are the sums of its sentences', so the same judge says what is right. A document without such a place costs nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.features import LENGTH_RATIO
from tithi.aligner.found import Found
from tithi.aligner.lattice import Side
from tithi.aligner.nodes import MAX_GROUP, IntArray
from tithi.aligner.ties import Ties
from tithi.records import Range

__all__ = ["Units", "find_units"]

#: A group of more than so many sentences is not looked for, nor one less alike to its counterpart, nor one whose
#: length is unlike by more than this log of the ratio.
_MOST = 12
_LEAST = 0.4
_SKEW = 0.7
#: So much less alike than the group in the lattice it may be.
_LOSS = 0.03
#: Into how many units a group is gathered: the judge has seen many threes, and few fours.
_UNITS = 3
#: The counterpart has at most so many sentences.
_FEW = 2


@dataclass(frozen=True, slots=True)
class Units:
    """Sentences taken together: where each unit of a side starts, and last how many sentences there are."""

    hi: IntArray
    en: IntArray

    def sides(self, hi: Side, en: Side) -> tuple[Side, Side]:
        """Return both sides with units for sentences."""
        return _joined(hi, self.hi), _joined(en, self.en)

    def ties(self, ties: Ties) -> Ties:
        """Return what segments say of the units; no border lies inside one."""
        moved = np.add.reduceat(ties.moved, self.en[:-1])
        dated = ties.hi[self.hi[:-1]], ties.en[self.en[:-1]]
        return Ties(*dated, ties.agreement, ties.wall_hi[self.hi], ties.wall_en[self.en], moved)

    def range_hi(self, units: Range) -> Range:
        """Return the Hindi sentences of a range of units."""
        return int(self.hi[units[0]]), int(self.hi[units[1]])

    def range_en(self, units: Range) -> Range:
        """Return the English sentences of a range of units."""
        return int(self.en[units[0]]), int(self.en[units[1]])

    def that_hold(self, found: Sequence[Found]) -> "Units | None":
        """Return the units without those of several sentences that are left alone, None where no such is left."""
        starts = self.hi.tolist(), self.en.tolist()
        apart: tuple[set[int], set[int]] = set(), set()
        for bead in (bead for bead in found if bead.is_null):
            for side, unit in enumerate((bead.hi, bead.en)):
                if unit[0] < unit[1]:
                    apart[side].update(range(starts[side][unit[0]] + 1, starts[side][unit[1]]))
        if not any(apart):
            return self
        kept = [sorted({*own, *more}) for own, more in zip(starts, apart, strict=True)]
        if all(len(own) == own[-1] + 1 for own in kept):
            return None
        return Units(*(np.array(own, np.int64) for own in kept))

    def sentences(self, found: Sequence[Found]) -> list[Found]:
        """Return the beads of units as beads of sentences; no unit of several is alone."""
        told = []
        for bead in found:
            hi, en = self.range_hi(bead.hi), self.range_en(bead.en)
            rival = bead.rival
            if rival is not None:
                rival = (self.range_en if hi[0] < hi[1] else self.range_hi)(rival[0]), rival[1]
            told.append(replace(bead, hi=hi, en=en, rival=rival))
        return told


def find_units(hi: Side, en: Side, found: Sequence[Found], ties: Ties | None) -> Units | None:
    """Return the units in which larger beads can be found, None where nothing speaks for one.

    Args:
        hi: The Hindi sentences.
        en: The English ones.
        found: The beads of the search in order.
        ties: What segments say: no unit reaches across a border.
    """
    if all(bead.hi[0] < bead.hi[1] and bead.en[0] < bead.en[1] for bead in found):
        return None
    walls = (ties.wall_hi, ties.wall_en) if ties is not None else (None, None)
    groups = [[*_groups(hi, en, found, 0, walls[0])], [*_groups(en, hi, found, 1, walls[1])]]
    if not any(groups):
        return None
    starts = []
    for side, of_side in zip((hi, en), groups, strict=True):
        kept = np.ones(len(side.sums) + 1, bool)
        for first, last in of_side:
            inner = np.cumsum([len(part) for part in np.array_split(np.arange(first, last), _UNITS)])
            kept[first + 1 : last] = False
            kept[first + inner[:-1]] = True
        starts.append(np.flatnonzero(kept))
    return Units(*starts)


def _groups(
    side: Side, other: Side, found: Sequence[Found], many: int, wall: NDArray[np.float64] | None
) -> Iterator[Range]:
    """Yield the ranges of a side that may be one group of more than four sentences."""
    for core, run, few in _places(found, many):
        inner = np.arange(run[0] + 1, run[1])
        borders = (inner[wall[inner] != 0] if wall is not None else inner[:0]).tolist()
        if any(core[0] < border < core[1] for border in borders):
            continue
        first = max([run[0], *(border for border in borders if border <= core[0])])
        last = min([run[1], *(border for border in borders if border >= core[1])])
        best = _likest(side, other, core, (first, last), few)
        if best is not None:
            yield best


def _places(found: Sequence[Found], many: int) -> Iterator[tuple[Range, Range, Range]]:
    """Yield groups that have sentences left alone beside them: the group, with these, and the few it belongs to.

    Where a single sentence is alone across from five or more, the group is empty and may lie anywhere among them.
    """
    ranges = [(bead.hi, bead.en) if many == 0 else (bead.en, bead.hi) for bead in found]
    sizes = [own[1] - own[0] for own, _ in ranges]
    facing = [few[1] - few[0] for _, few in ranges]
    k = 0
    while k < len(found):
        end = k
        while end < len(found) and not (sizes[end] and facing[end]):
            end += 1
        if end > k + MAX_GROUP and sum(facing[k:end]) == 1:
            mine = [own for own, _ in ranges[k:end] if own[0] < own[1]]
            if len(mine) > MAX_GROUP:
                yield (mine[0][0], mine[0][0]), (mine[0][0], mine[-1][1]), ranges[facing.index(1, k)][1]
        k = max(k, end)
        if k < len(found) and sizes[k] > 1 and facing[k] <= _FEW:
            before, behind = k, k + 1
            while before and not facing[before - 1]:
                before -= 1
            while behind < len(found) and not facing[behind]:
                behind += 1
            run = ranges[before][0][0], ranges[behind - 1][0][1]
            if run[1] - run[0] > MAX_GROUP:
                yield ranges[k][0], run, ranges[k][1]
        k += 1


def _likest(side: Side, other: Side, core: Range, run: Range, few: Range) -> Range | None:
    """Return the range within the run, around the core, that is most alike to its counterpart and about as long."""
    target = other.sums[slice(*few)].sum(axis=0)
    length = float(other.lengths[slice(*few)].sum())
    sums = np.concatenate([np.zeros_like(side.sums[:1]), np.cumsum(side.sums[slice(*run)], axis=0)])
    lengths = np.concatenate([[0.0], np.cumsum(side.lengths[slice(*run)])])
    least = _LEAST
    if core[0] < core[1]:
        least = max(least, _cosine(side.sums[slice(*core)].sum(axis=0), target) - _LOSS)
    best: Range | None = None
    whole = run[1] - run[0]
    for first in range(whole):
        for last in range(first + MAX_GROUP + 1, min(first + _MOST, whole) + 1):
            holds = core[0] == core[1] or (run[0] + first <= core[0] and core[1] <= run[0] + last)
            skew = np.log((lengths[last] - lengths[first] + 5) / (length * LENGTH_RATIO + 5))
            if not holds or abs(skew) > _SKEW:
                continue
            alike = _cosine(sums[last] - sums[first], target)
            if alike > least:
                least, best = alike, (run[0] + first, run[0] + last)
    return best


def _cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    product = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float((one * other).sum()) / product if product > 0 else 0.0


def _joined(side: Side, starts: IntArray) -> Side:
    """Return a side of units: sums, lengths and numbers of their sentences together."""
    first = starts[:-1]
    sizes = np.diff(starts)
    if (sizes == 1).all():
        return side
    width = side.numbers.shape[1]
    numbers = np.full((len(first), width * int(sizes.max())), -1, side.numbers.dtype)
    weights = np.zeros(numbers.shape, side.weights.dtype)
    for unit, (start, end) in enumerate(zip(first.tolist(), starts[1:].tolist(), strict=True)):
        held = side.numbers[start:end] >= 0
        count = int(held.sum())
        numbers[unit, :count] = side.numbers[start:end][held]
        weights[unit, :count] = side.weights[start:end][held]
    sums = np.add.reduceat(side.sums, first, axis=0)
    words = None if side.words is None else side.words.joined(starts)
    return Side(sums, np.add.reduceat(side.lengths, first), numbers, weights, side.open[starts[1:] - 1], words)
