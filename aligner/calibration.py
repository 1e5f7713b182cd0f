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

import numba
import numpy as np
from numpy.typing import NDArray

from tithi.aligner.found import Found
from tithi.compiling import kept

__all__ = ["EVIDENCE", "Calibration", "Texts", "evidence"]

#: What a score hangs on: the log odds of the search; the share of all sentences that are alone; how many of the beads
#: on either side are nulls, 0 to 1, and how doubtful these are; whether it holds several sentences, and of both sides;
#: how far the log of its length ratio is from that of the bead before or behind it; whether it was moved, and
#: if so the log odds again, for moved beads in doubt are right more often than others, and the log of how many wrong
#: pairs there were to choose for each.
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
    "moved by odds",
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
    """Return the evidence of each bead that is no null, (pairs, 12).

    Args:
        found: All beads of a document, in the order of the Hindi side; nulls hold one sentence.
        moved: Which of them are told elsewhere.
        texts: The sentences of both sides, of which the lengths are read.
    """
    told = np.array([(*bead.hi, *bead.en, bead.score) for bead in found], np.float64).reshape(-1, 5)
    hi, en = (np.fromiter(map(len, side), np.float64, len(side)) for side in texts)
    return np.asarray(_evidence(told, np.array(moved, bool), hi, en))


@kept(error_model="numpy")
def _evidence(told, moved, hi, en):  # type: ignore[no-untyped-def]
    null, doubt = np.zeros(told.shape[0] + 2), np.zeros(told.shape[0] + 2)
    sentences = free_hi = free_en = runs = 0.0
    for k in range(told.shape[0]):
        p, q = told[k, 1] - told[k, 0], told[k, 3] - told[k, 2]
        sentences += p + q
        if min(p, q) == 0:
            null[k + 1], doubt[k + 1] = 1, 1 - told[k, 4]
        if min(p, q) == 0 or moved[k]:
            free_hi, free_en, runs = free_hi + p, free_en + q, runs + min(p, q, 1.0)
    alone, choices = null.sum() / max(1.0, sentences), np.log1p(free_hi * free_en / max(1.0, runs) ** 2)
    pairs = np.flatnonzero(null[1:-1] == 0)
    rows, uneven = np.zeros((pairs.size, len(EVIDENCE))), _uneven(told[pairs], _until(hi), _until(en))
    for at in range(pairs.size):
        k, row = pairs[at], rows[at]
        p, q, score = told[k, 1] - told[k, 0], told[k, 3] - told[k, 2], min(max(told[k, 4], 1e-9), 1 - 1e-9)
        odds = min(max(np.log(score / (1 - score)), -_MOST_ODDS), _MOST_ODDS)
        row[0], row[1], row[2], row[3] = 1, odds, alone, odds * alone
        row[4], row[5] = (null[k] + null[k + 2]) / 2, (doubt[k] + doubt[k + 2]) / 2
        row[6], row[7], row[8] = max(p, q) > 1, min(p, q) > 1, uneven[at]
        if moved[k]:
            row[9], row[10], row[11] = 1, odds, choices
    return rows


@numba.njit(nogil=True)
def _until(lengths):  # type: ignore[no-untyped-def]
    """Return the length of all sentences before each, and of all."""
    until = np.zeros(lengths.size + 1)
    for k in range(lengths.size):
        until[k + 1] = until[k] + lengths[k]
    return until


@numba.njit(nogil=True, error_model="numpy")
def _uneven(pairs, hi, en):  # type: ignore[no-untyped-def]
    """Return by how much the log length ratio of each of `pairs` (k, 5) differs from a neighbour's, at most."""
    uneven, last = np.zeros(pairs.shape[0]), 0.0
    for k in range(pairs.shape[0]):
        a, b, c, d = np.int64(pairs[k, 0]), np.int64(pairs[k, 1]), np.int64(pairs[k, 2]), np.int64(pairs[k, 3])
        ratio = np.log((1 + hi[b] - hi[a]) / (1 + en[d] - en[c]))
        if k > 0 and pairs[k - 1, 1] == a and (pairs[k - 1, 3] == c or pairs[k - 1, 2] == d):
            apart = min(abs(ratio - last), _MOST_UNEVEN)
            uneven[k - 1], uneven[k] = max(uneven[k - 1], apart), apart
        last = ratio
    return uneven
