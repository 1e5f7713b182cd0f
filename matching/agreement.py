"""How far the sentences of two articles agree, both ways.

Source: the mean of each sentence's best partner is BiMax (Findings of EMNLP 2025), the share of sentences that choose
each other DAC (Pralekha, IJCNLP 2025); how many of these stand in the same order is our own.
"""

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tithi.matching.partners import Partners

__all__ = ["AGREEMENT", "agreement"]

AGREEMENT: Final = ("best_hi", "best_en", "mutual", "mutual_likeness", "order", "covered_hi", "covered_en")
"""What is told of a pair: the mean likeness of each Hindi, and each English, sentence to its best partner; the share
of sentences that choose each other, their mean likeness, and the share of them in one order; the share of Hindi and of
English sentences that have a partner."""
_PARTNER: Final = 0.5


def agreement(found: Partners) -> NDArray[np.float32]:
    """Return `(n, 7)` float32, a row of `AGREEMENT` for each of n pairs."""
    out = np.zeros((len(found.hi.offsets) - 1, len(AGREEMENT)), np.float32)
    _agree(found.hi.offsets, found.hi.best, found.hi.at, found.en.offsets, found.en.best, found.en.at, out)
    return out


@njit(cache=True)
def _agree(rows, row_best, row_at, cols, col_best, col_at, out):  # type: ignore[no-untyped-def]
    for k in range(len(rows) - 1):
        n, m = rows[k + 1] - rows[k], cols[k + 1] - cols[k]
        if n == 0 or m == 0:
            continue
        mutual, total = 0, 0.0
        tails = np.zeros(min(n, m), np.int64)
        longest = 0
        for i in range(n):
            j = row_at[rows[k] + i]
            if j >= 0 and col_at[cols[k] + j] == i:
                mutual += 1
                total += row_best[rows[k] + i]
                # The longest rising run of partners, by patience.
                place = np.searchsorted(tails[:longest], j)
                tails[place] = j
                longest = max(longest, place + 1)
        hi, en = row_best[rows[k] : rows[k + 1]], col_best[cols[k] : cols[k + 1]]
        out[k, 0], out[k, 1] = hi.mean(), en.mean()
        out[k, 2] = 2 * mutual / (n + m)
        out[k, 3] = total / max(mutual, 1)
        out[k, 4] = longest / max(mutual, 1)
        out[k, 5], out[k, 6] = (hi > _PARTNER).mean(), (en > _PARTNER).mean()
