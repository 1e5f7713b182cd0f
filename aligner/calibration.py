"""How far a score can be trusted: the probability of the search, put right by what stands around the bead.

The search takes its probabilities from one model of all alignments. Where most sentences have no counterpart they are a
little too high, in free translations too low, and a bead between sentences that are left alone is right less often than
one in a row. Where a clause has gone to the next line, two beads beside each other look sure and are one: it shows in
their lengths, one too long and one too short. And the more was left over to choose from, the better does what belongs
nowhere look elsewhere. A logistic function of the search's own probability and of that is learnt where the right beads
are known (see `training/scores.py`); the beads stay what they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.found import Found

__all__ = ["EVIDENCE", "Calibration", "Texts", "evidence"]

#: What a score hangs on: the log odds of the search; the share of all sentences that are alone; how many of the beads
#: on either side are nulls, 0 to 1, and how doubtful these are; whether it holds several sentences, and of both sides;
#: how far the log of its length ratio is from that of the bead before or behind it; whether it was moved, and the log
#: of how many wrong pairs there were to choose for each that was.
EVIDENCE = (
    "one",
    "odds",
    "alone",
    "odds by alone",
    "beside",
    "beside in doubt",
    "merged",
    "larger",
    "uneven",
    "moved",
    "moved by choices",
)
#: The odds are kept within bounds: more is not known of any bead; and where lengths differ by more, nothing follows.
_MOST_ODDS = 7.0
_MOST_UNEVEN = 1.5
#: The Hindi and the English sentences.
Texts = tuple[Sequence[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Calibration:
    """The weights of the `EVIDENCE`, float64."""

    weights: NDArray[np.float64]

    def scores(self, found: Sequence[Found], moved: Sequence[bool], texts: Texts) -> list[float]:
        """Return the scores of all beads, see `evidence`; those of nulls are as the search has them."""
        odds = np.clip((evidence(found, moved, texts) * self.weights).sum(axis=1), -_MOST_ODDS, _MOST_ODDS)
        pairs = iter((1 / (1 + np.exp(-odds))).tolist())
        return [next(pairs) if bead.hi[0] < bead.hi[1] and bead.en[0] < bead.en[1] else bead.score for bead in found]


def evidence(found: Sequence[Found], moved: Sequence[bool], texts: Texts) -> NDArray[np.float64]:
    """Return the evidence of each bead that is no null, (pairs, 11).

    Args:
        found: All beads of a document, in the order of the Hindi side; nulls hold one sentence.
        moved: Which of them are told elsewhere.
        texts: The sentences of both sides, of which the lengths are read.
    """
    told = np.array([(*bead.hi, *bead.en, bead.score) for bead in found], np.float64).reshape(-1, 5)
    ranges = told[:, :4].astype(np.int64)
    sizes = ranges[:, 1::2] - ranges[:, ::2]
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
    one, uneven = np.ones(len(odds)), _uneven(ranges[paired], texts)
    free = sizes[~paired].sum(axis=0) + sizes[paired][is_moved].sum(axis=0)
    choices = np.log1p(free.prod() / max(1, is_moved.sum()) ** 2)
    columns = (
        one,
        odds,
        one * alone,
        odds * alone,
        beside,
        in_doubt,
        merged,
        larger,
        uneven,
        is_moved,
        is_moved * choices,
    )
    return np.stack(columns, axis=1)


def _uneven(pairs: NDArray[np.int64], texts: Texts) -> NDArray[np.float64]:
    """Return by how much the log length ratio of each of `pairs` (k, 4) differs from a neighbour's, at most."""
    until = [np.cumsum([0, *map(len, side)]) for side in texts]
    hi, en = (1 + of[pairs[:, k + 1]] - of[pairs[:, k]] for k, of in zip((0, 2), until, strict=True))
    before, behind = pairs[:-1], pairs[1:]
    follow = (before[:, 1] == behind[:, 0]) & ((before[:, 3] == behind[:, 2]) | (behind[:, 3] == before[:, 2]))
    apart = np.zeros(len(pairs) + 1)
    apart[1:-1] = np.where(follow, np.abs(np.diff(np.log(hi / en))), 0)
    return np.minimum(np.maximum(apart[:-1], apart[1:]), _MOST_UNEVEN)
