"""Many short lists of piece numbers, kept end to end."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from tithi.compiling import kept

__all__ = ["Bags"]


@dataclass(frozen=True, slots=True)
class Bags:
    """Bag i holds `ids[offsets[i]:offsets[i + 1]]`; `ids` and `offsets` (n + 1,) are int64."""

    ids: NDArray[np.int64]
    offsets: NDArray[np.int64]

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> "Bags":
        """Return bags with the content of `lists`."""
        offsets = np.zeros(len(lists) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, lists), np.int64, len(lists)), out=offsets[1:])
        return cls(np.fromiter(chain.from_iterable(lists), np.int64, int(offsets[-1])), offsets)

    @classmethod
    def chain(cls, first: "Bags", second: "Bags") -> "Bags":
        """Return the bags of `first`, then those of `second`."""
        offsets = np.concatenate([first.offsets, second.offsets[1:] + first.offsets[-1]])
        return cls(np.concatenate([first.ids, second.ids]), offsets)

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many ids each bag holds, `(n,)`."""
        return np.diff(self.offsets)

    def take(self, rows: NDArray[np.int64]) -> "Bags":
        """Return the bags `rows` in that order."""
        offsets = np.zeros(len(rows) + 1, np.int64)
        np.cumsum(self.offsets[rows + 1] - self.offsets[rows], out=offsets[1:])
        ids = np.empty(offsets[-1], np.int64)
        _copy(self.ids, self.offsets, rows, offsets, ids)
        return Bags(ids, offsets)

    def drop(self, share: float, rng: Generator) -> "Bags":
        """Return bags that miss `share` of their ids at random, but never the first one of a bag."""
        keep = rng.random(len(self.ids)) >= share
        keep[self.offsets[:-1][self.sizes > 0]] = True
        kept = np.zeros(len(self.ids) + 1, np.int64)
        np.cumsum(keep, out=kept[1:])
        return Bags(self.ids[keep], kept[self.offsets])


@kept()
def _copy(ids, offsets, rows, begins, out):  # type: ignore[no-untyped-def]
    """Put the ids of each bag of `rows` where it begins in `out`."""
    for place in range(rows.size):
        first, begin = offsets[rows[place]], begins[place]
        for k in range(begins[place + 1] - begin):
            out[begin + k] = ids[first + k]
