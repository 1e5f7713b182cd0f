"""How far the sentences of two articles agree, both ways, from the cosines between all of them.

Source: the mean of each sentence's best partner is BiMax (Findings of EMNLP 2025), the share of sentences that choose
each other DAC (Pralekha, IJCNLP 2025); how many of these stand in the same order is our own.
"""

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tithi.matching.heap import Heap

__all__ = ["AGREEMENT", "agreement"]

AGREEMENT: Final = ("best_hi", "best_en", "mutual", "mutual_likeness", "order", "covered_hi", "covered_en")
"""What is told of a pair: the mean likeness of each Hindi, and each English, sentence to its best partner; the share
of sentences that choose each other, their mean likeness, and the share of them in one order; the share of Hindi and of
English sentences that have a partner."""
_PARTNER: Final = 0.5


def agreement(hi: Heap, en: Heap, pairs: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return `(n, 7)` float32, a row of `AGREEMENT` for each of n pairs, in the order of their Hindi articles.

    Takes time linear in the pairs; articles are compared up to their 256th sentence.
    """
    out = np.zeros((len(pairs), len(AGREEMENT)), np.float32)
    starts = np.flatnonzero(np.diff(pairs[:, 0], prepend=-1))
    stops = np.append(starts, len(pairs))[1:]
    for first, last in zip(starts.tolist(), stops.tolist(), strict=True):
        k = pairs[first, 0]
        own = hi.sentences[hi.offsets[k] : hi.offsets[k + 1]].astype(np.float32)
        others = [en.sentences[en.offsets[j] : en.offsets[j + 1]] for j in pairs[first:last, 1].tolist()]
        bounds = np.concatenate([[0], np.cumsum([len(other) for other in others])]).astype(np.int64)
        likeness = own @ np.concatenate(others).astype(np.float32).T
        _agree(likeness, bounds, out[first:last])
    return out


@njit(cache=True)
def _agree(likeness, bounds, out):  # type: ignore[no-untyped-def]
    n = likeness.shape[0]
    for k in range(len(bounds) - 1):
        first, m = bounds[k], bounds[k + 1] - bounds[k]
        if n == 0 or m == 0:
            continue
        row_best, row_at = np.full(n, -2.0, np.float32), np.zeros(n, np.int64)
        col_best, col_at = np.full(m, -2.0, np.float32), np.zeros(m, np.int64)
        for i in range(n):
            for j in range(m):
                value = likeness[i, first + j]
                if value > row_best[i]:
                    row_best[i], row_at[i] = value, j
                if value > col_best[j]:
                    col_best[j], col_at[j] = value, i
        mutual, total = 0, 0.0
        tails = np.zeros(min(n, m), np.int64)
        longest = 0
        for i in range(n):
            j = row_at[i]
            if col_at[j] == i:
                mutual += 1
                total += row_best[i]
                # The longest rising run of partners, by patience.
                place = np.searchsorted(tails[:longest], j)
                tails[place] = j
                longest = max(longest, place + 1)
        out[k, 0], out[k, 1] = row_best.mean(), col_best.mean()
        out[k, 2] = 2 * mutual / (n + m)
        out[k, 3] = total / max(mutual, 1)
        out[k, 4] = longest / max(mutual, 1)
        out[k, 5], out[k, 6] = (row_best > _PARTNER).mean(), (col_best > _PARTNER).mean()
