"""How far a score can be trusted: the probability of the search, put right by what stands around the bead.

The search takes its probabilities from one model of all alignments. Where most sentences have no counterpart they are a
little too high, in free translations too low, and a bead between sentences that are left alone is right less often than
one in a row. A logistic function of the search's own probability and of that is learnt where the right beads are known
(see `training/scores.py`); the beads stay what they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.found import Found

__all__ = ["EVIDENCE", "Calibration", "evidence"]

#: What a score hangs on: the log odds of the search; the share of all sentences that are alone; how many of the beads
#: on either side are nulls, 0 to 1, and how doubtful these are; whether it holds several sentences, and of both sides;
#: whether it was moved, and the log of how many were.
EVIDENCE = (
    "one",
    "odds",
    "alone",
    "odds by alone",
    "beside",
    "beside in doubt",
    "merged",
    "larger",
    "moved",
    "moved by alone",
    "moved by many",
)
#: The odds are kept within bounds: more is not known of any bead.
_MOST_ODDS = 7.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """The weights of the `EVIDENCE`, float64."""

    weights: NDArray[np.float64]

    def scores(self, found: Sequence[Found], moved: Sequence[bool]) -> list[float]:
        """Return the scores of all beads; those of nulls are as the search has them."""
        odds = np.clip((evidence(found, moved) * self.weights).sum(axis=1), -_MOST_ODDS, _MOST_ODDS)
        pairs = iter((1 / (1 + np.exp(-odds))).tolist())
        return [next(pairs) if bead.hi[0] < bead.hi[1] and bead.en[0] < bead.en[1] else bead.score for bead in found]


def evidence(found: Sequence[Found], moved: Sequence[bool]) -> NDArray[np.float64]:
    """Return the evidence of each bead that is no null, (pairs, 11).

    Args:
        found: All beads of a document, in the order of the Hindi side; nulls hold one sentence.
        moved: Which of them are told elsewhere.
    """
    told = np.array([(*bead.hi, *bead.en, bead.score) for bead in found], np.float64).reshape(-1, 5)
    sizes = told[:, 1:4:2] - told[:, 0:4:2]
    least = sizes.min(axis=1)
    null = np.zeros(len(found) + 2)
    null[1:-1] = least == 0
    alone = null.sum() / max(1.0, sizes.sum())
    paired = least > 0
    score = np.clip(told[paired, 4], 1e-9, 1 - 1e-9)
    odds = np.clip(np.log(score / (1 - score)), -_MOST_ODDS, _MOST_ODDS)
    doubt = null.copy()
    doubt[1:-1] *= 1 - told[:, 4]
    beside, in_doubt = ((of[:-2] + of[2:])[paired] / 2 for of in (null, doubt))
    merged, larger, is_moved = sizes[paired].max(axis=1) > 1, least[paired] > 1, np.array(moved, bool)[paired]
    one, many = np.ones(len(odds)), np.log(max(1, is_moved.sum()))
    of_moved = is_moved, is_moved * alone, is_moved * many
    columns = one, odds, one * alone, odds * alone, beside, in_doubt, merged, larger, *of_moved
    return np.stack(columns, axis=1)
