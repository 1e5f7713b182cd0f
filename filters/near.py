"""Texts that are nearly the same, found in a stream: signatures of the letters in a row, and tables of their bands.

A text's signature is the MinHash of its runs of five characters, 48 bytes; two signatures agree in about that share of
their bytes which the texts have of all their runs together. Those that agree in one of twelve bands of four are
compared. A text that is alike to .8 of its runs is found with probability .998. Memory is about 200 bytes a text that
is kept, whatever its length; time is linear.

Source: A. Broder, On the resemblance and containment of documents (1997); P. Li and C. Koenig, b-Bit minwise hashing
(2010), for signatures of one byte a function.
"""

from typing import Any, Final

import numba
import numpy as np
from numpy.typing import NDArray

__all__ = ["NearDuplicates"]

_RUN: Final = 5
_SIZE: Final = 48
_BAND: Final = 4
_BANDS: Final = _SIZE // _BAND
_FIRST: Final = 1 << 12
_SEEDS: Final[NDArray[np.uint64]] = np.random.default_rng(20240618).integers(
    1, 2**63, size=(2, _SIZE), dtype=np.uint64
) | np.uint64(1)


class NearDuplicates:
    """The texts met so far; each is asked for its closest one, and then added or left."""

    def __init__(self) -> None:
        self._signatures = np.zeros((_FIRST, _SIZE), np.uint8)
        self._slots = np.full((_BANDS, 4 * _FIRST), -1, np.int32)
        self._count = 0
        self._asked: NDArray[np.uint8] | None = None

    def closest(self, text: str) -> tuple[float, int]:
        """Return the estimated share of runs in common with the closest text that was added, and its number.

        The share is 0 and the number -1 when none is close.
        """
        self._asked = _signature(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32), _SEEDS)
        share, number = _closest(self._asked, self._signatures, self._slots)
        # Bytes agree by chance once in 256.
        return max(0.0, (share - 1 / 256) / (1 - 1 / 256)), int(number)

    def add(self) -> int:
        """Add the text that was asked for last, and return its number."""
        assert self._asked is not None
        if self._count == len(self._signatures):
            self._signatures = np.concatenate((self._signatures, np.zeros_like(self._signatures)))
            self._slots = np.full((_BANDS, 4 * len(self._signatures)), -1, np.int32)
            for number in range(self._count):
                _insert(number, self._signatures, self._slots)
        self._signatures[self._count] = self._asked
        _insert(self._count, self._signatures, self._slots)
        self._count += 1
        return self._count - 1


def _compiled(function: Any) -> Any:
    return numba.njit(cache=True)(function)


@_compiled
def _signature(points: NDArray[np.uint32], seeds: NDArray[np.uint64]) -> NDArray[np.uint8]:
    size = seeds.shape[1]
    lowest = np.full(size, np.uint64(0xFFFFFFFFFFFFFFFF))
    for start in range(max(1, len(points) - 4)):
        run = np.uint64(0xCBF29CE484222325)
        for k in range(start, min(start + 5, len(points))):
            run = (run ^ np.uint64(points[k])) * np.uint64(0x100000001B3)
        run ^= run >> np.uint64(29)
        run *= np.uint64(0xBF58476D1CE4E5B9)
        run ^= run >> np.uint64(32)
        for i in range(size):
            mixed = (run ^ seeds[0, i]) * seeds[1, i]
            mixed ^= mixed >> np.uint64(31)
            lowest[i] = min(lowest[i], mixed)
    out = np.empty(size, np.uint8)
    for i in range(size):
        value = lowest[i] * np.uint64(0x9E3779B97F4A7C15)
        out[i] = np.uint8((value >> np.uint64(56)) & np.uint64(255))
    return out


@_compiled
def _slot(signature: NDArray[np.uint8], band: int, count: int) -> int:
    value = np.uint64(band + 1)
    for k in range(band * 4, band * 4 + 4):
        value = (value ^ np.uint64(signature[k])) * np.uint64(0x9E3779B97F4A7C15)
        value ^= value >> np.uint64(29)
    return int(value % np.uint64(count))


@_compiled
def _insert(number: int, signatures: NDArray[np.uint8], slots: NDArray[np.int32]) -> None:
    """Put a text into the first free slot of each band; of forty with the same band the rest are left out."""
    count = slots.shape[1]
    for band in range(slots.shape[0]):
        at = _slot(signatures[number], band, count)
        for step in range(40):
            if slots[band, (at + step) % count] < 0:
                slots[band, (at + step) % count] = number
                break


@_compiled
def _closest(asked: NDArray[np.uint8], signatures: NDArray[np.uint8], slots: NDArray[np.int32]) -> tuple[float, int]:
    count = slots.shape[1]
    best, closest = 0, -1
    for band in range(slots.shape[0]):
        at = _slot(asked, band, count)
        for step in range(40):
            other = slots[band, (at + step) % count]
            if other < 0:
                break
            same = 0
            for k in range(asked.shape[0]):
                if asked[k] == signatures[other, k]:
                    same += 1
            if same > best or (same == best and closest > other):
                best, closest = same, other
    return best / asked.shape[0], closest
