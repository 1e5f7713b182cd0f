"""The cheap strong signs that web pages give: links between the two, the same picture, number or outgoing links.

They add to the log odds of a pair. The amounts are set by hand, for no set to learn them from tells the language
versions of pages: a link from one to the other settles all but a flat contradiction, the others tip a doubtful pair.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from tithi.matching.heap import Heap

__all__ = ["Signs", "linked_pairs", "signs"]

_LINKED: Final = 8.0
_IMAGE: Final = 2.0
_NUMBER: Final = 2.0
_LINKS: Final = 1.5
_SAME_DAYS: Final = 0.7
_NUMBERS: Final = re.compile(r"\d{4,}")
_COMMON: Final = 3


_KINDS: Final = ("link", "image", "address", "links", "day")
_ODDS: Final = np.array([_LINKED, _IMAGE, _NUMBER, _LINKS, _SAME_DAYS])


@dataclass(frozen=True, slots=True, eq=False)
class Signs:
    """Which signs n pairs have: `has` is (n, 5), a column for each kind."""

    has: NDArray[np.bool_]

    @property
    def odds(self) -> NDArray[np.float64]:
        """What the signs add to the log odds of each pair, (n,)."""
        out: NDArray[np.float64] = self.has @ _ODDS
        return out

    def names(self, pair: int) -> tuple[str, ...]:
        """Return the names of the signs that a pair has."""
        return tuple(name for name, has in zip(_KINDS, self.has[pair].tolist(), strict=True) if has)


def linked_pairs(hi: Heap, en: Heap) -> NDArray[np.int64]:
    """Return `(n, 2)` the pairs of which one names the other as its version in the other language."""
    found = set()
    for one, other, swapped in ((hi, en, False), (en, hi, True)):
        places = {_plain(source.url): k for k, source in enumerate(other.sources) if source.url}
        for k, trace in enumerate(one.traces):
            for address in trace.alternates if trace else ():
                at = places.get(_plain(address))
                if at is not None:
                    found.add((at, k) if swapped else (k, at))
    return np.array(sorted(found), np.int64).reshape(-1, 2)


def signs(hi: Heap, en: Heap, pairs: NDArray[np.int64]) -> Signs:
    """Return the signs of `(n, 2)` pairs; what more than three articles of a side have (a logo, a year) is none."""
    has = np.zeros((len(pairs), len(_KINDS)), bool)
    keys = pairs[:, 0] * len(en) + pairs[:, 1]
    linked = linked_pairs(hi, en)
    together = {"link": linked[:, 0] * len(en) + linked[:, 1]}
    for name, items in (("image", _images), ("address", _address_numbers), ("links", _links)):
        together[name] = _together(_rare(hi, items), _rare(en, items), len(en))
    for name, found in together.items():
        has[:, _KINDS.index(name)] = np.isin(keys, found)
    days = hi.days[pairs[:, 0]], en.days[pairs[:, 1]]
    has[:, _KINDS.index("day")] = (days[0] > 0) & (np.abs(days[0] - days[1]) <= 1)
    return Signs(has)


def _rare(heap: Heap, items: Callable[[Heap, int], frozenset[str]]) -> dict[str, list[int]]:
    """Return the articles that have each item, of the items that few have."""
    found: dict[str, list[int]] = {}
    for k in range(len(heap)):
        for item in items(heap, k):
            found.setdefault(item, []).append(k)
    return {item: articles for item, articles in found.items() if len(articles) <= _COMMON}


def _together(hi: dict[str, list[int]], en: dict[str, list[int]], count: int) -> NDArray[np.int64]:
    """Return the keys of the pairs of articles that share an item."""
    return np.array(
        sorted({i * count + j for item in hi.keys() & en.keys() for i in hi[item] for j in en[item]}), np.int64
    )


def _images(heap: Heap, k: int) -> frozenset[str]:
    trace = heap.traces[k]
    return _named(trace.images if trace else ())


def _links(heap: Heap, k: int) -> frozenset[str]:
    trace = heap.traces[k]
    return _named(trace.links if trace else ())


def _named(addresses: Iterable[str]) -> frozenset[str]:
    return frozenset(_plain(address) for address in addresses)


def _address_numbers(heap: Heap, k: int) -> frozenset[str]:
    url = heap.sources[k].url
    return frozenset(_NUMBERS.findall(_path(url))) if url else frozenset()


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _plain(address: str) -> str:
    """Return an address without its scheme, query and last slash."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path}".rstrip("/").lower()
