"""Sums too large or too small for a float: a value, and a power of `STEP` that is kept apart from it."""

from typing import Final

import numba
import numpy as np

__all__ = ["LARGE", "NOWHERE", "SMALL", "STEP", "added", "level", "scaled"]

STEP: Final = 2.0**256
_DOWN: Final = 2.0**-256
LARGE: Final = 2.0**128
SMALL: Final = 2.0**-128
NOWHERE: Final = np.int64(-(1 << 40))  # the power of a sum of nothing


@numba.njit(nogil=True, error_model="numpy")
def scaled(value, steps):  # type: ignore[no-untyped-def]
    """Return the value times so many steps; what is far below all others is nothing beside them."""
    if steps < -4:
        return 0.0
    for _ in range(abs(steps)):
        value *= _DOWN if steps < 0 else STEP
    return value


@numba.njit(nogil=True, error_model="numpy")
def added(total, power, value, of_value):  # type: ignore[no-untyped-def]
    """Return the sum of two values with their powers, and its power."""
    if of_value == power:
        return total + value, power
    if of_value > power:
        return scaled(total, power - of_value) + value, of_value
    return total + scaled(value, of_value - power), power


@numba.njit(nogil=True, error_model="numpy")
def level(sums, node, powers, greatest):  # type: ignore[no-untyped-def]
    """Bring a node's sums within bounds."""
    steps = np.int64(0)
    while greatest > LARGE:
        greatest *= _DOWN
        steps += 1
    while 0.0 < greatest < SMALL:
        greatest *= STEP
        steps -= 1
    powers[node] += steps
    for layer in range(sums.shape[1]):
        sums[node, layer] = scaled(sums[node, layer], -steps)
