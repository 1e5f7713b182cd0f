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
#: on either side are nulls, 0 to 1; whether it holds several sentences, and of both sides; whether it was moved.
EVIDENCE = ("one", "odds", "alone", "odds by alone", "beside", "merged", "larger", "moved", "moved by alone")
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
        return [bead.score if bead.is_null else next(pairs) for bead in found]


def evidence(found: Sequence[Found], moved: Sequence[bool]) -> NDArray[np.float64]:
    """Return the evidence of each bead that is no null, (pairs, 9).

    Args:
        found: All beads of a document, in the order of the Hindi side; nulls hold one sentence.
        moved: Which of them are told elsewhere.
    """
    sizes = [(bead.hi[1] - bead.hi[0], bead.en[1] - bead.en[0]) for bead in found]
    nulls = [False, *(bead.is_null for bead in found), False]
    alone = sum(nulls) / max(1, sum(map(sum, sizes)))
    rows = []
    for k, (bead, size) in enumerate(zip(found, sizes, strict=True)):
        if bead.is_null:
            continue
        score = min(max(bead.score, 1e-9), 1 - 1e-9)
        odds = float(np.clip(np.log(score / (1 - score)), -_MOST_ODDS, _MOST_ODDS))
        beside = (nulls[k] + nulls[k + 2]) / 2
        shape = max(size) > 1, min(size) > 1
        rows.append((1.0, odds, alone, odds * alone, beside, *shape, moved[k], moved[k] * alone))
    return np.array(rows, np.float64).reshape(len(rows), len(EVIDENCE))
