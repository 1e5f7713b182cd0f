"""Why a sentence is left alone, and what it most likely would belong to.

A sentence that is alone for sure needs no word. Of the others it is told whether several beads compete for it and none
wins, whether it may be told freely in what stands alone across from it, or whether it stands beside a bead that can
grow no larger. The first two are said only where most of the document has a counterpart: among strangers what seems to
be told freely is a stranger nine times of ten.
"""

import numba
import numpy as np
from numpy.typing import NDArray

from tithi.aligner.found import Found
from tithi.aligner.nodes import MAX_GROUP, Corridor, IntArray
from tithi.compiling import kept
from tithi.encoder.protocol import FloatArray

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

#: Why a sentence is alone, by the number that is told of it.
_REASONS = (None, BEYOND, COMPETE, FREELY)
_BEYOND, _COMPETE, _FREELY = 1, 2, 3


def with_reasons(corridor: Corridor, beads: FloatArray, places: IntArray, scores: NDArray[np.float64]) -> list[Found]:
    """Return the beads, with the reason and the likeliest rival of sentences that may have a counterpart.

    Args:
        corridor: The nodes that were searched.
        beads: The probability of every bead, (nodes, 4, 4).
        places: The beads of the whole document in order, (k, 4), as Hindi from and to, English from and to; nulls hold
            one sentence.
        scores: How probable each is, (k,).
    """
    of = corridor.low, corridor.high, corridor.offset, beads.reshape(-1), places, scores
    told = [numbers.tolist() for numbers in (places, scores, *_told(*of))]
    return [
        Found((a, b), (c, d), score, _REASONS[reason], (tuple(rival), likely) if likely else None)
        for (a, b, c, d), score, reason, rival, likely in zip(*told, strict=True)
    ]


@kept()
def _told(low, high, offset, beads, places, scores):  # type: ignore[no-untyped-def]
    """Return of each bead the number of the reason, the likeliest rival (k, 2) and its probability, 0 for none."""
    count, alone, doubtful, total = places.shape[0], 0, False, 0
    sizes, reasons = np.empty((count, 2), np.int64), np.zeros(count, np.int64)
    for k in range(count):
        sizes[k, 0], sizes[k, 1] = places[k, 1] - places[k, 0], places[k, 3] - places[k, 2]
        is_null = min(sizes[k, 0], sizes[k, 1]) == 0
        alone, total = alone + is_null, total + sizes[k, 0] + sizes[k, 1]
        doubtful |= is_null and scores[k] < _SURE
    rivals, best, likely = np.zeros(count, np.int64), np.zeros((count, 2), np.int64), np.zeros(count, np.float32)
    if doubtful:
        _rivals(low, high, offset, beads, places, scores, rivals, best, likely)
    told, faces = alone <= _STRANGERS * (total + _MORE), _faces(sizes)
    for k in range(count):
        if min(sizes[k, 0], sizes[k, 1]) == 0:
            side = 0 if sizes[k, 0] else 1
            if max(sizes[max(k - 1, 0), side], sizes[min(k + 1, count - 1), side]) == MAX_GROUP:
                reasons[k] = _BEYOND
            elif told and scores[k] < _LIKELY and rivals[k] > 1:
                reasons[k] = _COMPETE
            elif told and rivals[k] and faces[k]:
                reasons[k] = _FREELY
    return reasons, best, likely


@numba.njit(nogil=True)
def _rivals(low, high, offset, beads, places, scores, rivals, best, likely):  # type: ignore[no-untyped-def]
    """Write how many beads might hold each sentence that is alone in doubt, and of the likeliest the other side."""
    of_hi, of_en = np.full(low.size, -1), np.full(high[-1], -1)
    for k in range(places.shape[0]):
        if scores[k] < _SURE and places[k, 2] == places[k, 3]:
            of_hi[places[k, 0]] = k
        elif scores[k] < _SURE and places[k, 0] == places[k, 1]:
            of_en[places[k, 2]] = k
    for i in range(low.size):
        for cell in range(offset[i] << 4, offset[i + 1] << 4):
            if beads[cell] > _LEAST:
                j = (cell >> 4) - offset[i] + low[i]
                row, column = i - ((cell >> 2) & 3) - 1, j - (cell & 3) - 1
                for own in range(row, i):
                    _add(of_hi[own], column, j, beads[cell], rivals, best, likely)
                for own in range(column, j):
                    _add(of_en[own], row, i, beads[cell], rivals, best, likely)


@numba.njit(nogil=True)
def _add(k, first, last, value, rivals, best, likely):  # type: ignore[no-untyped-def]
    if k >= 0:
        rivals[k] += 1
        if value > likely[k]:
            best[k, 0], best[k, 1], likely[k] = first, last, value


@numba.njit(nogil=True)
def _faces(sizes):  # type: ignore[no-untyped-def]
    """Return beside which sentences one of the other side stands alone in the same run of nulls."""
    faces, first = np.zeros(sizes.shape[0], np.bool_), 0
    while first < sizes.shape[0]:
        last, held = first, np.zeros(2, np.int64)
        while last < sizes.shape[0] and min(sizes[last, 0], sizes[last, 1]) == 0:
            held += sizes[last]
            last += 1
        faces[first:last] = min(held[0], held[1]) > 0
        first = last + 1
    return faces
