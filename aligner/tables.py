"""The tables of a lattice: what is told of the sentences of each side, and of the groups that they make."""

import numba
import numpy as np

from tithi.aligner.nodes import BEST, GROUND, LENGTH, MAX_GROUP, NEXT, NORM, NUMBER, OPEN, THROUGH

__all__ = ["group_norms", "mean_direction", "table"]


@numba.njit(nogil=True, error_model="numpy", fastmath={"reassoc", "contract"})
def table(side, norms, ground, best, same):  # type: ignore[no-untyped-def]
    """Return the table of one side; prefix sums in float64 stay exact far down a long document."""
    sums, lengths, _, weights, unended = side
    n = lengths.size
    told, until = np.zeros((n + 1, THROUGH + 1)), np.zeros(n + 1)
    for k in range(n):
        like, number = np.float32(0), np.float32(0)
        for column in range(ground.size):
            like += sums[k, column] * ground[column]
        for column in range(weights.shape[1]):
            number += weights[k, column]
        until[k + 1] = until[k] + like
        told[k + 1, LENGTH] = told[k, LENGTH] + lengths[k]
        told[k + 1, NUMBER] = told[k, NUMBER] + number
        told[k + 1, BEST] = told[k, BEST] + best[k, 0]
        told[k + 1, NEXT] = told[k, NEXT] + best[k, 1]
        told[k + 1, OPEN] = told[k, OPEN] + unended[k] * same
        for p in range(1, min(MAX_GROUP, k + 1) + 1):
            told[k + 1, NORM + p - 1] = norms[k + 1, p - 1]
            told[k + 1, GROUND + p - 1] = (until[k + 1] - until[k + 1 - p]) / max(norms[k + 1, p - 1], np.float32(1e-9))
    return told


@numba.njit(nogil=True, error_model="numpy")
def mean_direction(sums, norms):  # type: ignore[no-untyped-def]
    """Return the mean of the unit rows; ten absent rows keep a short document from being its own background."""
    mean = np.zeros(sums.shape[1], np.float32)
    for k in range(sums.shape[0]):
        part = 1 / max(norms[k + 1, 0], np.float32(1e-9)) / np.float32(sums.shape[0] + 10)
        for column in range(mean.size):
            mean[column] += part * sums[k, column]
    return mean


@numba.njit(nogil=True, error_model="numpy", fastmath={"reassoc", "contract"})
def group_norms(sums):  # type: ignore[no-untyped-def]
    """Return (n + 1, 4) float32: at `[i, p - 1]` the norm of the sum of the p rows before i, 0 where there are none."""
    norms, group = np.zeros((sums.shape[0] + 1, MAX_GROUP), np.float32), np.empty(sums.shape[1], np.float32)
    for k in range(sums.shape[0]):
        group[:] = 0
        for p in range(min(MAX_GROUP, k + 1)):
            total = np.float32(0)
            for column in range(group.size):
                group[column] += sums[k - p, column]
                total += group[column] * group[column]
            norms[k + 1, p] = np.sqrt(total)
    return norms
