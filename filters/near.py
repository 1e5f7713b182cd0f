"""Texts that are nearly the same, found in a stream: signatures of the letters in a row, and tables of their bands.

A text's signature is the MinHash of its runs of five characters, 48 bytes; two signatures agree in about that share of
their bytes which the texts have of all their runs together. Those that agree in one band of four bytes are compared.
There are as many bands as the share that is looked for asks for: signatures that agree in more than .85 of their bytes
differ in seven at most, so that of eight bands one at least is the same, and none is missed. Memory is 48 bytes and 6
to 9 a band for each text that is kept, whatever its length: 92 to 117 at .85. Time is linear.

Source: A. Broder, On the resemblance and containment of documents (1997); P. Li and C. Koenig, b-Bit minwise hashing
(2010), for signatures of one byte a function.
"""

from typing import Any, Final

import numba
import numpy as np
from numpy.typing import NDArray

from tithi.filters.keys import GROWTH, LOAD

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
    """The texts met so far; each is asked for its closest one, and then added or left.

    Args:
        share: Texts that have more than this share of runs in common, as their signatures tell, are found.
    """

    def __init__(self, share: float) -> None:
        others = sum(_share(same) > share for same in range(_SIZE))
        self._signatures = np.zeros((_FIRST, _SIZE), np.uint8)
        self._slots = np.zeros((min(others + 1, _BANDS), 2 * _FIRST), np.int32)
        self._count = 0
        self._asked: NDArray[np.uint8] | None = None

    def closest(self, text: str) -> tuple[float, int]:
        """Return the estimated share of runs in common with the closest text that was added, and its number.

        The share is 0 and the number -1 when none is close.
        """
        self._asked = _signature(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32), _SEEDS)
        same, number = _closest(self._asked, self._signatures, self._slots)
        return _share(same), int(number)

    def add(self) -> int:
        """Add the text that was asked for last, and return its number."""
        assert self._asked is not None
        number = self._count
        if number == len(self._signatures):
            grown = np.zeros((2 * number, _SIZE), np.uint8)  # zeros take no memory before they are written
            grown[:number] = self._signatures
            self._signatures = grown
        bands, size = self._slots.shape
        if number >= LOAD * size:
            del self._slots  # the old tables make room for the new ones, which are filled from the signatures
            self._slots = np.zeros((bands, int(GROWTH * size)), np.int32)
            for known in range(number):
                _insert(known, self._signatures, self._slots)
        self._signatures[number] = self._asked
        _insert(number, self._signatures, self._slots)
        self._count += 1
        return number


def _share(same: int) -> float:
    """Return the share of runs in common that so many same bytes tell; bytes agree by chance once in 256."""
    return max(0.0, (same / _SIZE - 1 / 256) / (1 - 1 / 256))


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
def _slot(signature: NDArray[np.uint8], band: int, size: int) -> int:
    value = np.uint64(band + 1)
    for k in range(band * 4, band * 4 + 4):
        value = (value ^ np.uint64(signature[k])) * np.uint64(0x9E3779B97F4A7C15)
        value ^= value >> np.uint64(29)
    return int(np.int64(value % np.uint64(size)))


@_compiled
def _agree(one: NDArray[np.uint8], other: NDArray[np.uint8], band: int) -> bool:
    at = band * 4
    same = one[at] == other[at] and one[at + 1] == other[at + 1]
    return bool(same and one[at + 2] == other[at + 2] and one[at + 3] == other[at + 3])


@_compiled
def _insert(number: int, signatures: NDArray[np.uint8], slots: NDArray[np.int32]) -> None:
    """Put a text into the next free slot of each band; where forty have the same it is left out, to stay linear."""
    size = slots.shape[1]
    for band in range(slots.shape[0]):
        at = _slot(signatures[number], band, size)
        alike = 0
        while slots[band, at] != 0 and alike < 40:
            alike += _agree(signatures[slots[band, at] - 1], signatures[number], band)
            at = at + 1 if at + 1 < size else 0
        if alike < 40:
            slots[band, at] = number + 1


@_compiled
def _closest(asked: NDArray[np.uint8], signatures: NDArray[np.uint8], slots: NDArray[np.int32]) -> tuple[int, int]:
    """Return in how many bytes the closest signature agrees, and its number, the first of those that agree as much."""
    size = slots.shape[1]
    best, closest = 0, -1
    for band in range(slots.shape[0]):
        at = _slot(asked, band, size)
        while slots[band, at] != 0:
            other = slots[band, at] - 1
            if _agree(signatures[other], asked, band):
                same = 0
                for k in range(asked.shape[0]):
                    if asked[k] == signatures[other, k]:
                        same += 1
                if same > best or (same == best and closest > other):
                    best, closest = same, other
            at = at + 1 if at + 1 < size else 0
    return best, closest
