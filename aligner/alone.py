"""Why a sentence is left alone, and what it most likely would belong to.

A sentence that is alone for sure needs no word. Of the others it is told whether several beads compete for it and none
wins, whether it may be told freely in what stands alone across from it, or whether it stands beside a bead that can
grow no larger. The first two are said only where most of the document has a counterpart: among strangers what seems to
be told freely is a stranger nine times of ten.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.found import Found
from tithi.aligner.nodes import MAX_GROUP, Corridor, IntArray
from tithi.encoder.protocol import FloatArray
from tithi.records import Range

__all__ = ["BEYOND", "COMPETE", "FREELY", "with_reasons"]

COMPETE = "several compete"
FREELY = "freely told"
BEYOND = "beyond the shape limit"

#: A bead less probable than this is no rival.
_LEAST = 0.02
#: A sentence is alone for sure when it is so likely to be.
_SURE = 0.8
_LIKELY = 0.5
#: Where a greater share of the sentences is alone, doubt speaks for no counterpart; as many sentences more are taken to
#: have one, so that a few say nothing.
_STRANGERS = 0.4
_MORE = 10

#: Sentences of the other side, and how probable it is that they are the counterpart.
_Counterpart = tuple[Range, float]
#: A bead that might hold a sentence: its Hindi and its English sentences, and its probability.
_Rival = tuple[tuple[Range, Range], float]


def with_reasons(corridor: Corridor, beads: FloatArray, places: IntArray, scores: NDArray[np.float64]) -> list[Found]:
    """Return the beads, with the reason and the likeliest rival of sentences that may have a counterpart.

    Args:
        corridor: The nodes that were searched.
        beads: The probability of every bead, (nodes, 4, 4).
        places: The beads of the whole document in order, (k, 4), as Hindi from and to, English from and to; nulls hold
            one sentence.
        scores: How probable each is, (k,).
    """
    sizes = places[:, 1::2] - places[:, ::2]
    alone = sizes.min(axis=1) == 0
    in_doubt = alone & (scores < _SURE)
    told: dict[int, tuple[str | None, _Counterpart | None]] = {}
    if in_doubt.any() or sizes.max(initial=0) == MAX_GROUP:
        possible = _possible(corridor, beads) if in_doubt.any() else []
        among_strangers = alone.sum() > _STRANGERS * (sizes.sum() + _MORE)
        of, doubtful = sizes.tolist(), in_doubt.tolist()
        for k in np.flatnonzero(alone).tolist():
            side = 0 if of[k][0] else 1
            own = places[k, 2 * side]
            rivals = [one for one in possible if one[0][side][0] <= own < one[0][side][1]] if doubtful[k] else []
            best = max(rivals, key=lambda one: one[1], default=None)
            reason = _reason(of, k, scores[k], 0 if among_strangers else len(rivals))
            told[k] = reason, None if best is None else (best[0][1 - side], best[1])
    return [
        Found((a, b), (c, d), score, *told.get(k, (None, None)))
        for k, ((a, b, c, d), score) in enumerate(zip(places.tolist(), scores.tolist(), strict=True))
    ]


def _reason(sizes: Sequence[Sequence[int]], k: int, score: float, rivals: int) -> str | None:
    side = 0 if sizes[k][0] else 1
    if any(0 <= near < len(sizes) and sizes[near][side] == MAX_GROUP for near in (k - 1, k + 1)):
        return BEYOND
    if score < _LIKELY and rivals > 1:
        return COMPETE
    if rivals and _faces(sizes, k, side):
        return FREELY
    return None


def _faces(sizes: Sequence[Sequence[int]], k: int, side: int) -> bool:
    """Return whether a sentence of the other side stands alone in the same run of nulls."""
    for step in (-1, 1):
        near = k + step
        while 0 <= near < len(sizes) and 0 in sizes[near]:
            if sizes[near][1 - side]:
                return True
            near += step
    return False


def _possible(corridor: Corridor, beads: FloatArray) -> list[_Rival]:
    cells = np.flatnonzero(beads.reshape(-1) > _LEAST)
    nodes, p, q = cells >> 4, (cells >> 2) & 3, cells & 3
    i = np.searchsorted(corridor.offset, nodes, side="right") - 1
    j: NDArray[np.int64] = nodes - corridor.offset[i] + corridor.low[i]
    values = beads[nodes, p, q]
    return [
        (((a - c - 1, a), (b - d - 1, b)), value)
        for a, b, c, d, value in zip(*(x.tolist() for x in (i, j, p, q, values)), strict=True)
    ]
