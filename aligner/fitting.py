"""Which beads of a lattice are considered at all: a cheap look at every one, so that few have to be judged.

A kernel that is called in a loop, or calls another with arrays, counts references at every step, which costs more than
what it does: so this one and those like it are loops alone.
"""

import numba
import numpy as np

from tithi.aligner.nodes import ABSENT

__all__ = ["fitting"]

#: Groups less alike than this, above the background, are not considered, nor those that lose so much likeness by one
#: of their sentences, nor beads that are less together with half of what lies before and behind them: of right ones one
#: in five hundred.
LEAST_ABOVE = np.float32(0.2)
LEAST_GAIN = np.float32(-0.06)
LEAST_ONE = np.float32(0.4)
LEAST_GROUP = np.float32(0.6)
_HALF = np.float32(0.5)
_MUCH = np.float32(9.0)


@numba.njit(nogil=True, error_model="numpy")
def fitting(low, high, offset, cosines, above, before, after, places, gains):  # type: ignore[no-untyped-def]
    """Write the beads that fit to `places` (most, 5), as i, j, p, q and the place in a flat (nodes, 4, 4) array.

    `gains` (most,) float32 is told the least that one of a bead's sentences adds to its likeness. Returns how many
    beads they are.
    """
    count = 0
    for i in range(1, low.shape[0]):
        for j in range(max(low[i], 1), high[i]):
            node = offset[i] + j - low[i]
            behind = _HALF * after[node]
            beside = low[i - 1] <= j < high[i - 1]
            up = offset[i - 1] + j - low[i - 1]
            for p in range(1, min(4, i) + 1):
                ahead = offset[i - p] + j - low[i - p]
                for q in range(1, min(4, j) + 1):
                    alike = above[node, p - 1, q - 1]  # ABSENT is less than any least
                    around = alike + _HALF * before[ahead - q] + behind
                    is_one = p + q == 2
                    least = LEAST_ONE if is_one else LEAST_GROUP
                    # One question and not four: the answers are hard to foretell.
                    if not ((around >= least) & (is_one | (alike >= LEAST_ABOVE))):
                        continue
                    c = cosines[node, p - 1, q - 1]
                    gain = _MUCH
                    if p > 1:
                        gain = min(gain, c - cosines[node, p - 2, q - 1])
                        if beside and cosines[up, p - 2, q - 1] != ABSENT:
                            gain = min(gain, c - cosines[up, p - 2, q - 1])
                    if q > 1:
                        gain = min(gain, c - cosines[node, p - 1, q - 2])
                        if j > low[i] and cosines[node - 1, p - 1, q - 2] != ABSENT:
                            gain = min(gain, c - cosines[node - 1, p - 1, q - 2])
                    if gain < LEAST_GAIN:
                        continue
                    places[count, 0] = i
                    places[count, 1] = j
                    places[count, 2] = p
                    places[count, 3] = q
                    places[count, 4] = (node * 4 + p - 1) * 4 + q - 1
                    gains[count] = gain
                    count += 1
    return count
