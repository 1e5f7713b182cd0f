"""Which pairs of articles are worth a close look: near by their vectors, and published at about the same time."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tithi.encoder.protocol import FloatArray
from tithi.errors import MissingExtraError
from tithi.matching.heap import Heap
from tithi.matching.publishers import same_publisher, site

__all__ = ["Window", "candidates", "nearest"]

_EXACT: Final = 4 * 10**8
_BLOCK: Final = 1024


@dataclass(frozen=True, slots=True)
class Window:
    """What two articles must have in common where both sides tell it: days apart at most, and the publisher."""

    days: int | None = None
    publisher: bool = False


def candidates(hi: Heap, en: Heap, *, count: int, window: Window) -> NDArray[np.int64]:
    """Return `(n, 2)` pairs of articles, ascending: each article's `count` nearest of the other side, and all linked.

    Exact up to 400 million comparisons, by usearch's graph beyond. Memory is linear in the articles.

    Raises:
        MissingExtraError: The heaps are that large and usearch is not installed.
    """
    if not len(hi) or not len(en):
        return np.empty((0, 2), np.int64)
    a, b = _centred(hi.articles), _centred(en.articles)
    there = nearest(a, b, count)
    back = nearest(b, a, count)
    rows = np.repeat(np.arange(len(a)), there.shape[1])
    cols = np.repeat(np.arange(len(b)), back.shape[1])
    found = np.concatenate([np.stack([rows, there.ravel()], 1), np.stack([back.ravel(), cols], 1)])
    found = np.unique(found[(found >= 0).all(axis=1)], axis=0)
    return found[_allowed(hi, en, found, window)]


def _centred(vectors: FloatArray) -> FloatArray:
    """Return unit rows without what all of a large heap have in common: the language, the genre."""
    if len(vectors) < 50:
        return vectors
    rows = vectors - vectors.mean(axis=0)
    out: FloatArray = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return out


def nearest(a: FloatArray, b: FloatArray, count: int) -> NDArray[np.int64]:
    """Return `(len(a), k)` rows of `b`, the nearest of each row of `a` by cosine, unordered; -1 for none."""
    count = min(count, len(b))
    if len(a) * len(b) > _EXACT:
        return _by_graph(a, b, count)
    out = np.empty((len(a), count), np.int64)
    for first in range(0, len(a), _BLOCK):
        likeness = a[first : first + _BLOCK] @ b.T
        out[first : first + _BLOCK] = np.argpartition(-likeness, count - 1, axis=1)[:, :count]
    return out


def _by_graph(a: FloatArray, b: FloatArray, count: int) -> NDArray[np.int64]:
    try:
        from usearch.index import Index
    except ImportError:
        raise MissingExtraError("matching heaps of this size", "match") from None
    index = Index(ndim=b.shape[1], metric="ip", dtype="f16", connectivity=16, expansion_add=64, expansion_search=64)
    index.add(np.arange(len(b)), b)
    matches: Any = index.search(a, count)
    keys = np.asarray(matches.keys).astype(np.int64)
    counts = np.asarray(matches.counts)[:, None]
    out: NDArray[np.int64] = np.where(np.arange(count)[None] < counts, keys, -1)
    return out


def _allowed(hi: Heap, en: Heap, pairs: NDArray[np.int64], window: Window) -> NDArray[np.bool_]:
    """Return which pairs lie within the window."""
    good = np.ones(len(pairs), bool)
    if window.days is not None:
        first, second = hi.days[pairs[:, 0]], en.days[pairs[:, 1]]
        good &= (first == 0) | (second == 0) | (np.abs(first - second) <= window.days)
    if window.publisher:
        # Publishers are few: each two are compared once.
        keys = [[(source.publisher, site(source.url)) for source in heap.sources] for heap in (hi, en)]
        numbers = {key: number for number, key in enumerate(dict.fromkeys([*keys[0], *keys[1]]))}
        one, other = (np.array([numbers[key] for key in side]) for side in keys)
        kinds, places = np.unique(np.stack([one[pairs[:, 0]], other[pairs[:, 1]]], 1), axis=0, return_inverse=True)
        named = [(hi.sources[int(np.argmax(one == a))], en.sources[int(np.argmax(other == b))]) for a, b in kinds]
        good &= np.array([same_publisher(*sources) for sources in named], bool)[places.ravel()]
    return good
