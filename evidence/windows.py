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
    cases, width, units = capitals.shape
    small = large = 0
    count = 2
    for piece in pieces:
        count += piece >= 0
        small += piece >= 0 and piece % cases == 1
        large += piece >= 0 and piece % cases > 1
    sums = np.zeros((count, units), np.float32)
    at = 0
    for i in range(-1, len(pieces) + 1):
        piece = pieces[i] if 0 <= i < len(pieces) else 0  # the edges have the row 0
        if piece < 0:
            continue
        row, case = piece // cases, piece % cases
        for k in range(width):
            place = at + width // 2 - k
            if 0 <= place < count:
                for unit in range(units):
                    sums[place, unit] += inputs[row, k, unit]
                if case > 1 and large <= small:
                    for unit in range(units):
                        sums[place, unit] += capitals[case, k, unit]
        at += 1
    total = rest[1]
    for place in range(count):
        total += rest[0]
        for unit in range(units):
            told = sums[place, unit] + bias[unit]
            if told > 0.0:
                total += told * weights[unit]
    return total
