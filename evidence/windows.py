"""The compiled half of `order`: what a small network says of all stretches of a text, added up.

All sums are taken in one fixed order.
"""

import numba
import numpy as np

__all__ = ["add_up"]


@numba.njit(cache=True, nogil=True)
def add_up(pieces, network):  # type: ignore[no-untyped-def]
    """Return the sum over the stretches around each piece, and around both edges of the text.

    `pieces` (n,) int32 and `network` are as `tithi.evidence.order` has them. Where more words have capitals than not,
    as in a title, capitals tell nothing.
    """
    inputs, capitals, bias, weights, rest = network
    cases, _, units = capitals.shape
    small = large = 0
    count = 2
    for piece in pieces:
        count += piece >= 0
        small += piece >= 0 and piece % cases == 1
        large += piece >= 0 and piece % cases > 1
    sums = np.zeros((count, units), np.float32)
    _add(sums, inputs[0], 0)
    at = 1
    for piece in pieces:
        if piece >= 0:
            _add(sums, inputs[piece // cases], at)
            if piece % cases > 1 and large <= small:
                _add(sums, capitals[piece % cases], at)
            at += 1
    _add(sums, inputs[0], at)
    total = rest[1]
    for place in range(count):
        total += rest[0]
        for unit in range(units):
            told = sums[place, unit] + bias[unit]
            if told > 0.0:
                total += told * weights[unit]
    return total


@numba.njit(cache=True, nogil=True)
def _add(sums, told, at):  # type: ignore[no-untyped-def]
    """Add what a piece at a place says, (width, units), to the stretches that it stands in."""
    width = told.shape[0]
    for k in range(width):
        place = at + width // 2 - k
        if 0 <= place < sums.shape[0]:
            for unit in range(told.shape[1]):
                sums[place, unit] += told[k, unit]
