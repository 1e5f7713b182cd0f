"""The best partner of each sentence of two articles, in the other article and in the other candidates.

A sentence that finds something as like in another candidate says little for this one: the rival is kept beside the
best. Numbers are by sentence of the pairs' articles laid one behind the other, so that memory is linear in them.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tithi.matching.heap import Heap

__all__ = ["FLOOR", "Partners", "Side", "partners"]

FLOOR: Final = 0.2
"""What is at most as like as this is no rival."""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The sentences of one side of n pairs; those of pair k are `offsets[k]:offsets[k + 1]`.

    `best` is the cosine to the best partner in the pair's other article, `at` that sentence, `rival` the best cosine
    in the article's other candidates.
    """

    offsets: NDArray[np.int64]
    best: NDArray[np.float32]
    at: NDArray[np.int16]
    rival: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Partners:
    """Both sides of n pairs of articles."""

    hi: Side
    en: Side


def partners(hi: Heap, en: Heap, pairs: NDArray[np.int64]) -> Partners:
    """Return the best partners in n pairs, `(n, 2)`, which are ascending; time is linear in their number."""
    one = _empty(np.diff(hi.offsets)[pairs[:, 0]])
    other = _empty(np.diff(en.offsets)[pairs[:, 1]])
    bounds = _groups(pairs[:, 0])
    for first, last in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        k = pairs[first, 0]
        own = hi.sentences[hi.offsets[k] : hi.offsets[k + 1]].astype(np.float32)
        others = np.concatenate(
            [en.sentences[en.offsets[j] : en.offsets[j + 1]] for j in pairs[first:last, 1].tolist()]
        )
        likeness = own @ others.astype(np.float32).T
        _best(likeness, one.offsets[first:], other.offsets[first : last + 1], one.best, one.at, other.best, other.at)
    _rivals(np.arange(len(pairs)), bounds, one.offsets, one.best, one.rival)
    order = np.lexsort((pairs[:, 0], pairs[:, 1]))
    _rivals(order, _groups(pairs[order, 1]), other.offsets, other.best, other.rival)
    return Partners(one, other)


def _empty(sizes: NDArray[np.int64]) -> Side:
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    count = int(offsets[-1])
    return Side(
        offsets, np.full(count, -1, np.float32), np.full(count, -1, np.int16), np.full(count, FLOOR, np.float32)
    )


def _groups(articles: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each run of one article begins, and the end."""
    return np.append(np.flatnonzero(np.diff(articles, prepend=-1)), len(articles)).astype(np.int64)


@njit(cache=True)
def _best(  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    likeness, rows, cols, row_best, row_at, col_best, col_at
):
    n = likeness.shape[0]
    for k in range(len(cols) - 1):
        shift = cols[k] - cols[0]
        for i in range(n):
            a = rows[k] + i
            for j in range(cols[k + 1] - cols[k]):
                b = cols[k] + j
                value = likeness[i, shift + j]
                if value > row_best[a]:
                    row_best[a], row_at[a] = value, j
                if value > col_best[b]:
                    col_best[b], col_at[b] = value, i


@njit(cache=True)
def _rivals(order, bounds, offsets, best, rival):  # type: ignore[no-untyped-def]
    for group in range(len(bounds) - 1):
        first, last = bounds[group], bounds[group + 1]
        for i in range(offsets[order[first] + 1] - offsets[order[first]]):
            most, second, holder = FLOOR, FLOOR, -1
            for k in range(first, last):
                value = best[offsets[order[k]] + i]
                if value > most:
                    most, second, holder = value, most, k
                elif value > second:
                    second = value
            for k in range(first, last):
                rival[offsets[order[k]] + i] = second if k == holder else most
