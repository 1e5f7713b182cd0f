"""The cheap strong signs that web pages give: links between the two, the same picture, number or outgoing links.

They add to the log odds of a pair. The amounts are set by hand, for no set to learn them from tells the language
versions of pages: a link from one to the other settles all but a flat contradiction, the others tip a doubtful pair.
"""

import re
from collections import Counter
from collections.abc import Iterable
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


@dataclass(frozen=True, slots=True)
class Signs:
    """The names of the signs that a pair has, and what they add to its log odds."""

    names: tuple[str, ...]
    odds: float


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


def signs(hi: Heap, en: Heap, pairs: NDArray[np.int64]) -> list[Signs]:
    """Return the signs of each pair; what more than three articles of a side have (a logo, a year) is no sign."""
    linked = set(map(tuple, linked_pairs(hi, en).tolist()))
    images = [_rare([_images(heap, k) for k in range(len(heap))]) for heap in (hi, en)]
    numbers = [_rare([_address_numbers(heap, k) for k in range(len(heap))]) for heap in (hi, en)]
    links = [_rare([_links(heap, k) for k in range(len(heap))]) for heap in (hi, en)]
    told = []
    for i, j in pairs.tolist():
        found = {
            "link": _LINKED * ((i, j) in linked),
            "image": _IMAGE * bool(images[0][i] & images[1][j]),
            "address": _NUMBER * bool(numbers[0][i] & numbers[1][j]),
            "links": _LINKS * bool(links[0][i] & links[1][j]),
            "day": _SAME_DAYS * bool(hi.days[i] and abs(int(hi.days[i]) - int(en.days[j])) <= 1),
        }
        told.append(Signs(tuple(name for name, odds in found.items() if odds), sum(found.values())))
    return told


def _rare(sets: list[frozenset[str]]) -> list[frozenset[str]]:
    counts = Counter(item for items in sets for item in items)
    return [frozenset(item for item in items if counts[item] <= _COMMON) for items in sets]


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
