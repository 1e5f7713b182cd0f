"""How a document is translated, told by a first look at it, and what that changes in the second.

The probabilities of the first look expect so many beads of each kind (one to one, merged, two or more to two or more,
null). Together with how alike counterparts are, that tells a faithful translation from a free one and both from
articles that share a part alone. What each kind gains or loses by it in the second look is learnt with the judge.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.nodes import MAX_GROUP
from tithi.aligner.search import Looked
from tithi.compiling import kept
from tithi.encoder.protocol import FloatArray

__all__ = ["EVIDENCE", "KINDS", "NULL", "Habits", "kinds_of"]

#: Kinds of beads, then nulls, then the openings of runs of nulls.
KINDS = ("one-one", "merged", "larger", "null", "opening")
NULL = 3
#: What the first look tells; see `Habits.evidence`.
EVIDENCE = ("one", *KINDS[:4], "sure", "middle", "null squared", "null by sure", "null by middle", "sure squared")
_MOST_SHIFT = 4.0


@cache
def kinds_of() -> NDArray[np.int64]:
    """Return the kind of each bead of p Hindi and q English sentences, at `[p - 1, q - 1]`."""
    least = np.minimum.outer(np.arange(MAX_GROUP), np.arange(MAX_GROUP))
    greatest = np.maximum.outer(np.arange(MAX_GROUP), np.arange(MAX_GROUP))
    return np.where(greatest == 0, 0, np.where(least == 0, 1, 2))


@dataclass(frozen=True, slots=True)
class Habits:
    """What is usual, and what of the unusual follows; all of it in the judge's file.

    `usual`: how often each of the first four `KINDS` was met in learning; `patience` is the weight of that knowledge in
    beads. `shift` (5, 11): what each kind gains by each part of the `EVIDENCE`, learnt. A bead between segments whose
    dates contradict pays `contradiction`, between those that agree it gains `agreement`; for crossing the start of a
    segment without a heading it pays `crossing`.
    """

    usual: NDArray[np.float64]
    patience: float
    shift: NDArray[np.float64]
    contradiction: float
    agreement: float
    crossing: float

    def evidence(self, first: Looked, levels: FloatArray) -> NDArray[np.float64]:
        """Return (11,): logs of how much oftener than usual each kind is expected, the levels, some products of them.

        Args:
            first: The probabilities of the first look.
            levels: How alike the sure counterparts and the middle are, (2,).
        """
        return np.asarray(_evidence(kinds_of(), first.shapes, first.hi, first.en, levels, self.usual, self.patience))

    def shifts(self, evidence: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what is added to the scores of each of the `KINDS`, within bounds."""
        return np.asarray(_shifts(self.shift, evidence), np.float64)


@kept(error_model="numpy")
def _evidence(kinds, shapes, hi, en, levels, usual, patience):  # type: ignore[no-untyped-def]
    expected = np.zeros(usual.size)
    for p in range(shapes.shape[0]):
        for q in range(shapes.shape[1]):
            expected[kinds[p, q]] += shapes[p, q]
    expected[NULL] = hi.sum() + en.sum()
    evidence, total = np.ones(len(EVIDENCE)), expected.sum() + patience
    for kind in range(usual.size):
        evidence[1 + kind] = np.log((expected[kind] + patience * usual[kind]) / total / usual[kind])
    null, sure, middle = evidence[1 + NULL], levels[0], levels[1]
    evidence[5], evidence[6], evidence[7] = sure, middle, null * null
    evidence[8], evidence[9], evidence[10] = null * sure, null * middle, sure * sure
    return evidence


@kept()
def _shifts(shift, evidence):  # type: ignore[no-untyped-def]
    shifts = np.zeros(shift.shape[0])
    for kind in range(shift.shape[0]):
        for k in range(evidence.size):
            shifts[kind] += shift[kind, k] * evidence[k]
        shifts[kind] = min(max(shifts[kind], -_MOST_SHIFT), _MOST_SHIFT)
    return shifts
