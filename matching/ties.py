"""Sentences of two articles that choose each other: how likely each is a translation, and what they say together.

One sure translation in an article of ten sentences is worth more than ten that are a little alike. How sure a tie is
the model tells from its cosine, how far both sides' best rivals in other candidates are behind, and the lengths.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tithi.matching.heap import Heap
from tithi.matching.partners import Partners

__all__ = ["TIE", "TIED", "Ties", "tied", "ties"]

TIE: Final = ("likeness", "lead_hi", "lead_en", "length", "letters")
"""What is told of a tie: its cosine, how far that is above the rivals of the Hindi and of the English sentence, how far
the lengths differ, and the letters of the shorter."""
TIED: Final = ("ties", "first", "second", "third", "ordered", "neighbours")
"""What the ties of a pair say: how many translations are expected, the probabilities of the three likeliest, how many
are expected in one order, and the less likely one of the likeliest two that stand together on both sides."""
_LEAST: Final = 0.15
_NEAR: Final = 2
_BLOCK: Final = 1 << 15

Ties = tuple[NDArray[np.int64], NDArray[np.float64]]
"""`(t, 3)`: the pair, the Hindi and the English sentence of each of t ties, and `(t, 5)` the rows of `TIE`."""


def ties(found: Partners, hi: Heap, en: Heap, pairs: NDArray[np.int64], block: slice) -> Ties:
    """Return the ties of the pairs in a block, in the order of the pairs and of the Hindi sentences."""
    first, last, _ = block.indices(len(pairs))
    count = int(found.hi.offsets[last] - found.hi.offsets[first])
    places, rows = np.empty((count, 3), np.int64), np.empty((count, len(TIE)))
    one, other = found.hi, found.en
    starts = hi.offsets[pairs[first:last, 0]], en.offsets[pairs[first:last, 1]]
    used = _ties(
        *(one.offsets[first : last + 1], one.best, one.at, one.rival, hi.letters, starts[0]),
        *(other.offsets[first : last + 1], other.at, other.rival, en.letters, starts[1]),
        *(places, rows),
    )
    return places[:used], rows[:used]


def tied(
    found: Partners,
    hi: Heap,
    en: Heap,
    pairs: NDArray[np.int64],
    likely: Callable[[NDArray[np.float64]], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Return `(n, 6)`, a row of `TIED` for each of n pairs; `likely` gives the probabilities of rows of `TIE`."""
    out = np.zeros((len(pairs), len(TIED)))
    for first in range(0, len(pairs), _BLOCK):
        block = slice(first, min(first + _BLOCK, len(pairs)))
        places, rows = ties(found, hi, en, pairs, block)
        if len(rows):
            _sum(places, likely(rows), out[block])
    return out


@njit(cache=True)
def _ties(  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    rows,
    row_best,
    row_at,
    row_rival,
    hi_letters,
    hi_starts,
    cols,
    col_at,
    col_rival,
    en_letters,
    en_starts,
    places,
    out,
):
    used = 0
    for k in range(len(rows) - 1):
        for i in range(rows[k + 1] - rows[k]):
            j = row_at[rows[k] + i]
            likeness = row_best[rows[k] + i]
            if j < 0 or likeness < _LEAST or col_at[cols[k] + j] != i:
                continue
            a, b = hi_letters[hi_starts[k] + i], en_letters[en_starts[k] + j]
            places[used, 0], places[used, 1], places[used, 2] = k, i, j
            out[used, 0] = likeness
            out[used, 1] = likeness - row_rival[rows[k] + i]
            out[used, 2] = likeness - col_rival[cols[k] + j]
            out[used, 3] = abs(np.log((a + 10) / (b + 10)))
            out[used, 4] = np.log(min(a, b) + 5)
            used += 1
    return used


@njit(cache=True)
def _sum(places, likely, out):  # type: ignore[no-untyped-def]
    first = 0
    while first < len(places):
        k = places[first, 0]
        last = first
        while last < len(places) and places[last, 0] == k:
            last += 1
        rising = np.zeros(last - first)
        for x in range(first, last):
            value = likely[x]
            out[k, 0] += value
            if value > out[k, 1]:
                out[k, 1], out[k, 2], out[k, 3] = value, out[k, 1], out[k, 2]
            elif value > out[k, 2]:
                out[k, 2], out[k, 3] = value, out[k, 2]
            elif value > out[k, 3]:
                out[k, 3] = value
            before = 0.0
            for y in range(first, x):
                ahead = places[x, 2] - places[y, 2]
                if ahead > 0:
                    before = max(before, rising[y - first])
                    if ahead <= _NEAR and places[x, 1] - places[y, 1] <= _NEAR:
                        out[k, 5] = max(out[k, 5], min(value, likely[y]))
            rising[x - first] = before + value
            out[k, 4] = max(out[k, 4], rising[x - first])
        first = last
