"""Different 64-bit keys numbered as they come, in a table without objects: 13 to 18 bytes a key, however many."""

from typing import Any, Final

import numba
import numpy as np
from numpy.typing import NDArray

__all__ = ["GROWTH", "LOAD", "Keys"]

_FIRST: Final = 1 << 10
LOAD: Final = 0.7
"""The share of a table's slots that is filled before it grows."""
GROWTH: Final = 1.5
"""How many times as many slots a table has then."""


class Keys:
    """Keys met so far; each is found again by its number.

    >>> keys = Keys()
    >>> keys.number(2**63), keys.number(7), keys.number(2**63), len(keys)
    (0, 1, 0, 2)
    """

    def __init__(self) -> None:
        self._keys = np.zeros(_FIRST, np.uint64)
        self._slots = np.zeros(_FIRST, np.int32)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def number(self, key: int) -> int:
        """Return the number of a key in [0, 2**64), that of the next if it was not met before."""
        number = int(_number(np.uint64(key), self._keys, self._slots, self._count))
        if number == self._count:
            self._count += 1
            self._grow()
        return number

    def _grow(self) -> None:
        """Make room for the next key: pages of zeros take no memory before something is written."""
        if self._count == len(self._keys):
            grown = np.zeros(2 * self._count, np.uint64)
            grown[: self._count] = self._keys
            self._keys = grown
        if self._count >= LOAD * len(self._slots):
            size = int(GROWTH * len(self._slots))
            del self._slots  # the old table makes room for the new one, which is filled from the keys
            self._slots = np.zeros(size, np.int32)
            _fill(self._keys, self._slots, self._count)


def _compiled(function: Any) -> Any:
    return numba.njit(cache=True)(function)


@_compiled
def _number(key: np.uint64, keys: NDArray[np.uint64], slots: NDArray[np.int32], count: int) -> int:
    """Return the number of a key; a new one is put into the tables."""
    size = len(slots)
    mixed = (key ^ (key >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    at = int(np.int64((mixed ^ (mixed >> np.uint64(32))) % np.uint64(size)))
    while slots[at] != 0:
        if keys[slots[at] - 1] == key:
            return int(slots[at]) - 1
        at = at + 1 if at + 1 < size else 0
    slots[at] = count + 1
    keys[count] = key
    return count


@_compiled
def _fill(keys: NDArray[np.uint64], slots: NDArray[np.int32], count: int) -> None:
    for number in range(count):
        _number(keys[number], keys, slots, number)
