"""Why a sentence is left alone, and what it most likely would belong to.

A sentence that is alone for sure needs no word. Of the others it is told whether several beads compete for it and none
wins, whether it may be told freely in what stands alone across from it, or whether it stands beside a bead that can
grow no larger. The first two are said only where most of the document has a counterpart: among strangers what seems to
be told freely is a stranger nine times of ten.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.found import Found
from tithi.aligner.nodes import MAX_GROUP, Corridor
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

#: A bead that might hold a sentence: its Hindi and its English sentences, and its probability.
_Rival = tuple[tuple[Range, Range], float]


def with_reasons(corridor: Corridor, beads: FloatArray, found: Sequence[Found]) -> list[Found]:
    """Return what was found, with the reason and the likeliest rival of sentences that may have a counterpart.

    Args:
        corridor: The nodes that were searched.
        beads: The probability of every bead, (nodes, 4, 4).
        found: The beads of the whole document in order; nulls hold one sentence.
    """
    doubtful = [k for k, bead in enumerate(found) if bead.is_null and bead.score < _SURE]
    told = list(found)
    if not doubtful and not any(MAX_GROUP in _sizes(bead) for bead in found):
        return told
    possible = _possible(corridor, beads) if doubtful else []
    sentences = sum(sum(_sizes(bead)) for bead in found)
    among_strangers = sum(bead.is_null for bead in found) > _STRANGERS * (sentences + _MORE)
    for k, bead in enumerate(found):
        if not bead.is_null:
            continue
        side = 0 if bead.hi[0] < bead.hi[1] else 1
        own = (bead.hi, bead.en)[side][0]
        rivals = [one for one in possible if one[0][side][0] <= own < one[0][side][1]] if bead.score < _SURE else []
        best = max(rivals, key=lambda one: one[1], default=None)
        told[k] = replace(
            bead,
            reason=_reason(found, k, side, 0 if among_strangers else len(rivals)),
            rival=None if best is None else (best[0][1 - side], best[1]),
        )
    return told


def _reason(found: Sequence[Found], k: int, side: int, rivals: int) -> str | None:
    if any(0 <= near < len(found) and _sizes(found[near])[side] == MAX_GROUP for near in (k - 1, k + 1)):
        return BEYOND
    if found[k].score < _LIKELY and rivals > 1:
        return COMPETE
    if rivals and _faces(found, k, side):
        return FREELY
    return None


def _sizes(bead: Found) -> tuple[int, int]:
    return bead.hi[1] - bead.hi[0], bead.en[1] - bead.en[0]


def _faces(found: Sequence[Found], k: int, side: int) -> bool:
    """Return whether a sentence of the other side stands alone in the same run of nulls."""
    for step in (-1, 1):
        near = k + step
        while 0 <= near < len(found) and found[near].is_null:
            if _sizes(found[near])[1 - side]:
                return True
            near += step
    return False


def _possible(corridor: Corridor, beads: FloatArray) -> list[_Rival]:
    nodes, p, q = np.nonzero(beads > _LEAST)
    i = np.searchsorted(corridor.offset, nodes, side="right") - 1
    j: NDArray[np.int64] = nodes - corridor.offset[i] + corridor.low[i]
    values = beads[nodes, p, q]
    return [
        (((a - c - 1, a), (b - d - 1, b)), value)
        for a, b, c, d, value in zip(*(x.tolist() for x in (i, j, p, q, values)), strict=True)
    ]
