"""The compiled half of `order`: what a small network says of all stretches of texts, added up.

All sums are taken in one fixed order, and memory comes from the caller, as in `tithi.evidence.stretch`.
"""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from tithi.compiling import kept

__all__ = ["add_up"]

Floats = NDArray[np.float32]


def add_up(texts: Sequence[Sequence[int]], network: tuple[Floats, Floats, Floats, Floats, Floats]) -> list[float]:
    """Return for each text the sum over the stretches around each of its pieces, and around both edges.

    The numbers of the pieces and `network` are as `tithi.evidence.order` has them. Where more words have capitals than
    not, as in a title, capitals tell nothing.
    """
    lengths = list(map(len, texts))
    starts = np.cumsum([0, *lengths], dtype=np.intp)
    pieces = np.fromiter(chain.from_iterable(texts), np.int32, starts[-1])
    room = np.empty((max(lengths, default=0) + 2, network[0].shape[2]), np.float32)
    totals = np.empty(len(texts))
    _add_up_all(pieces, starts, network, room, totals)
    return totals.tolist()


@kept()
def _add_up_all(pieces, starts, network, room, totals):  # type: ignore[no-untyped-def]
    for text in range(len(totals)):
        totals[text] = _add_up(pieces[starts[text] : starts[text + 1]], network, room)


@kept()
def _add_up(pieces, network, room):  # type: ignore[no-untyped-def]
    """Return the sum of one text; `room` is as long as it with its edges, or longer."""
    inputs, capitals, bias, weights, rest = network
    cases, width, units = capitals.shape
    small = large = 0
    count = 2
    for piece in pieces:
        count += piece >= 0
        small += piece >= 0 and piece % cases == 1
        large += piece >= 0 and piece % cases > 1
    sums = room[:count]
    sums[:] = 0.0
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
