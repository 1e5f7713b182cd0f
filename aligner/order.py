"""Whether the two sides tell their segments in the same order, and if not, in which order to read the English one.

A timeline may run newest-first on one side. Inside a segment the order is that of the text; between segments it is
free, and only there. So the English side is cut into pieces: at its own segments and at sentences whose counterpart
opens a Hindi segment. Each piece asks where its counterparts stand, by content and by date; the heaviest chain of
pieces that are in order stays, and a piece outside it moves only on strong evidence of its own.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.corridor import Anchors, find_anchors, heaviest_chain
from tithi.aligner.found import Found
from tithi.aligner.nodes import IntArray
from tithi.encoder.protocol import FloatArray

__all__ = ["english_order", "told_backwards"]

#: Longer documents than so many sentence pairs are read in the order they are told.
_MOST_CELLS = 100_000_000
#: Counterparts must stand out by so much to speak for another order; repeated text does not.
_CLEAR = 0.1
#: What a date in common adds to the weight of a piece's place, in units of an anchor's margin.
_DATE = 0.25
#: A piece moves only if its evidence there weighs this much, and this many times what holds it where it is.
_LEAST = 0.35
_TIMES = 2.0
#: A document is tried in reverse when a search in order is expected to pair less than this share of a side rightly, and
#: so many counterparts at least stand in reverse.
_PAIRED = 0.5
_REVERSED = 4


def english_order(
    hi: FloatArray, en: FloatArray, starts_hi: Sequence[int], starts_en: Sequence[int], agreement: NDArray[np.int8]
) -> list[tuple[int, int]]:
    """Return the English sentences as ranges, in the order in which the Hindi side tells them.

    Args:
        hi: Sums of the Hindi sentences (n, d).
        en: Sums of the English ones (m, d).
        starts_hi: The first sentence of each Hindi segment, rising.
        starts_en: The same of the English side.
        agreement: (segments hi, segments en), 1 where dates agree, -1 where they contradict, 0 where one is missing.

    Returns:
        Ranges that cover `0..m` once; `[(0, m)]` where the order is the same or the document is too long to tell.
    """
    m = len(en)
    if len(starts_hi) < 2 or len(starts_en) < 2 or m < 2 or len(hi) * m > _MOST_CELLS:
        return [(0, m)]
    rows, columns, weights = find_anchors(hi, en, _CLEAR)
    opening = columns[np.isin(rows, starts_hi) & (weights > _DATE / 2)]
    cuts = np.unique(np.concatenate([[0, m], np.asarray(starts_en), opening]))
    cuts = cuts[(cuts >= 0) & (cuts <= m)]
    bounds = [(int(a), int(b)) for a, b in pairwise(cuts)]
    place, weight, staying = _places(bounds, (rows, columns, weights), starts_hi, starts_en, agreement)
    known = np.flatnonzero(weight > 0)
    kept = known[heaviest_chain(_ranks(place[known]), weight[known])]
    key = _keys(len(bounds), place, kept)
    for piece in set(known.tolist()) - set(kept.tolist()):
        window = staying(piece, *_neighbours(piece, kept, place))
        if weight[piece] >= _LEAST and weight[piece] >= _TIMES * window:
            key[piece] = place[piece]
    # A piece without evidence follows the piece before it.
    order = np.lexsort((np.arange(len(bounds)), key))
    return _joined([bounds[k] for k in order])


def told_backwards(hi: FloatArray, en: FloatArray, beads: Sequence[Found]) -> bool:
    """Return whether the English side seems to tell in reverse what the Hindi side tells, after a search in order.

    Args:
        hi: Sums of the Hindi sentences (n, d).
        en: Sums of the English ones (m, d).
        beads: What the search found.
    """
    n, m = len(hi), len(en)
    # Two and two may be two beads told in reverse.
    plain = [bead for bead in beads if 1 in (bead.hi[1] - bead.hi[0], bead.en[1] - bead.en[0])]
    paired = sum(bead.score * (bead.hi[1] - bead.hi[0]) for bead in plain if bead.en[0] < bead.en[1])
    if min(n, m) < _REVERSED or paired > _PAIRED * min(n, m) or n * m > _MOST_CELLS:
        return False
    _, columns, weights = find_anchors(hi, en, _CLEAR)
    if len(columns) < _REVERSED:
        return False
    onward, back = heaviest_chain(columns, weights), heaviest_chain(m - columns, weights)
    return len(back) >= _REVERSED and float(weights[back].sum()) > float(weights[onward].sum())


def _places(
    bounds: Sequence[tuple[int, int]],
    anchors: Anchors,
    starts_hi: Sequence[int],
    starts_en: Sequence[int],
    agreement: NDArray[np.int8],
) -> tuple[FloatArray, FloatArray, Callable[[int, float, float], float]]:
    """Return each piece's place (a Hindi row), its weight, and a function for its weight within a window of rows."""
    rows, columns, weights = anchors
    segment_hi = np.searchsorted(starts_hi, rows, side="right") - 1
    pieces = []
    for first, last in bounds:
        inside = (columns >= first) & (columns < last)
        segment_en = int(np.searchsorted(starts_en, first, side="right")) - 1
        total = np.zeros(len(starts_hi))
        np.add.at(total, segment_hi[inside], weights[inside])
        dated = agreement[:, segment_en] > 0
        if first == starts_en[segment_en] and dated.sum() == 1 and (agreement[int(dated.argmax())] > 0).sum() == 1:
            total[dated] += _DATE
        total[agreement[:, segment_en] < 0] *= 0.5
        pieces.append((rows[inside], total, segment_hi[inside], weights[inside]))
    place, weight = np.zeros(len(bounds), np.float32), np.zeros(len(bounds), np.float32)
    for k, (at, total, segment, share) in enumerate(pieces):
        best = int(total.argmax())
        weight[k] = total[best]
        mine = segment == best
        place[k] = np.average(at[mine], weights=share[mine]) if mine.any() else starts_hi[best]

    def staying(piece: int, low: float, high: float) -> float:
        first = int(np.searchsorted(starts_hi, max(low, 0), side="right")) - 1
        last = int(np.searchsorted(starts_hi, high, side="right"))
        return float(pieces[piece][1][max(first, 0) : last].max(initial=0.0))

    return place, weight, staying


def _ranks(place: FloatArray) -> IntArray:
    """Return the rank of each place, equal places in the order given."""
    ranks = np.empty(len(place), np.int64)
    ranks[np.lexsort((np.arange(len(place)), place))] = np.arange(len(place))
    return ranks


def _keys(count: int, place: FloatArray, kept: IntArray) -> FloatArray:
    """Return sorting keys that leave every piece where it stands in the chain `kept`."""
    key = np.full(count, -1.0)
    key[kept] = place[kept]
    return np.maximum.accumulate(key)


def _neighbours(piece: int, kept: IntArray, place: FloatArray) -> tuple[float, float]:
    """Return the places of the chain's pieces before and behind `piece`."""
    at = int(np.searchsorted(kept, piece))
    low = place[kept[at - 1]] if at > 0 else 0.0
    high = place[kept[at]] if at < len(kept) else np.inf
    return float(low), float(high)


def _joined(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join ranges that follow one another in the text."""
    joined: list[tuple[int, int]] = []
    for first, last in ranges:
        if joined and joined[-1][1] == first:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined
