"""How a document is translated, told by a first look at it, and what that changes in the second.

The probabilities of the first look expect so many beads of each kind: one to one, merged, two or more to two or more,
null. A document in which nearly all stands one to one is not given a merge for a slight advantage, a free one is.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.nodes import MAX_GROUP
from tithi.encoder.protocol import FloatArray

__all__ = ["Habits", "kinds_of"]


def kinds_of() -> NDArray[np.int64]:
    """Return the kind of each bead of p Hindi and q English sentences, at `[p - 1, q - 1]`."""
    least = np.minimum.outer(np.arange(MAX_GROUP), np.arange(MAX_GROUP))
    greatest = np.maximum.outer(np.arange(MAX_GROUP), np.arange(MAX_GROUP))
    return np.where(greatest == 0, 0, np.where(least == 0, 1, 2))


@dataclass(frozen=True, slots=True)
class Habits:
    """How documents are translated, and what the search makes of it.

    `usual`: how often each kind of bead (one to one, merged, two or more to two or more), and last a null, is met;
    `patience` is the weight of that knowledge in beads. `least_shift`, `greatest_shift` bound the change of a score by
    how usual its kind is in the document. `null_worth` is what a sentence rightly left alone is worth beside a bead
    rightly found. A bead between segments whose dates contradict pays `contradiction`, between those that agree it
    gains `agreement`; for crossing the start of a segment without a heading it pays `crossing`.
    """

    usual: NDArray[np.float64]
    patience: float
    least_shift: float
    greatest_shift: float
    null_worth: float
    contradiction: float
    agreement: float
    crossing: float

    def shifts(self, beads: FloatArray, nulls: FloatArray) -> NDArray[np.float64]:
        """Return (4,): what is added to the scores of each kind.

        Args:
            beads: The probabilities of the first look, (nodes, 4, 4).
            nulls: The same of null steps, (nodes, 2).
        """
        of_shapes, kinds = beads.sum(axis=0, dtype=np.float64), kinds_of()
        expected = np.array([of_shapes[kinds == kind].sum() for kind in range(3)] + [nulls.sum(dtype=np.float64)])
        share = (expected + self.patience * self.usual) / (expected.sum() + self.patience)
        return np.asarray(np.clip(np.log(share / self.usual), self.least_shift, self.greatest_shift), np.float64)
