"""How usually the words of a text follow one another: by counts of pairs of words, and of the most frequent ones.

The counts are made by `python -m training.word_order` (words are compared by their first letters; shipped are 32-bit
hashes of pairs and words with the logarithms of their counts, of which nothing of the text can be read) and by
`python -m training.lexicon` (a table over the most frequent words, all others being one).
"""

import zlib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from operator import add
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tithi.evidence.lexicon import CLASSES, lexicon, row, stem
from tithi.numerals.memo import Memo
from tithi.records import Lang

__all__ = [
    "EDGE",
    "STEP",
    "Counts",
    "Order",
    "by_classes",
    "by_pairs",
    "edges",
    "order_odds",
    "order_of",
    "pair_hashes",
    "word_hash",
]

Hashes = NDArray[np.uint32]

EDGE: Final = "\n"
"""What stands before the first word and after the last."""
STEP: Final = 16
"""Counts are kept as their natural logarithm times this."""
_STIR: Final = np.uint64(0x9E3779B97F4A7C15)
_STIR_AGAIN: Final = np.uint64(0xBF58476D1CE4E5B9)
_HALF_BITS, _BITS = np.uint64(29), np.uint64(32)
_CAP: Final = 3.0
_PRIOR: Final = 0.3
_MANY: Final = 400
_PLAIN: Final = 10.0
"""From these odds by classes on no text was shuffled, and the pairs of words are not asked."""


class Counts(NamedTuple):
    """What is known of a language: sorted hashes of words and of pairs of words, their counts, and all words' sum."""

    words: Hashes
    word_counts: NDArray[np.float64]
    pairs: Hashes
    pair_counts: NDArray[np.float64]
    total: float


class Order(NamedTuple):
    """How usual the order of a text's words is: what `by_classes` and `order_odds` say of it."""

    classes: float
    odds: float


def order_of(keys: Sequence[str], lang: Lang) -> Order:
    """Return what is told of the order of a text's words."""
    classes = by_classes(keys, lang)
    odds = classes * (len(keys) + 1)
    more = 0.0 if odds > _PLAIN else by_pairs(keys, lang) * (min(len(keys), _MANY) + 1)
    return Order(classes, odds + more)


def order_odds(keys: Sequence[str], lang: Lang) -> float:
    """Return the logarithm of how much likelier the words of a text stand in this order than in any other.

    A sum over the words, so that a longer text tells more: above 0 for all but one in a hundred texts of prose (5 to
    20 for most), below 0 where words are shuffled, and near 0 for two or three words, which tell nothing.
    """
    return order_of(keys, lang).odds


def by_classes(keys: Sequence[str], lang: Lang) -> float:
    """Return how much likelier than by chance the words follow one another, the rarer ones being all one.

    A mean logarithm: about .5 in prose, 0 where words are shuffled.
    """
    classes = list(map(_CLASSES[lang].__getitem__, keys))
    starts = [(CLASSES + 2) * each for each in (CLASSES + 1, *classes)]
    told = map(lexicon().orders[lang].__getitem__, map(add, starts, (*classes, CLASSES + 1)))
    return sum(told) / len(starts) / 8


def by_pairs(keys: Sequence[str], lang: Lang) -> float:
    """Return how much likelier than by chance the folded words of a text follow one another, as a mean logarithm.

    About 1 in Hindi prose, .6 in English, below 0 where words are shuffled; 0 where no word is known.
    """
    gains = _gains((EDGE, *keys[:_MANY], EDGE), lang)
    return float(np.minimum(np.maximum(gains, -_CAP), _CAP).sum() / len(gains))


def edges(keys: Sequence[str], lang: Lang) -> tuple[float, float]:
    """Return how much likelier than by chance a text begins with its first word and ends with its last, as logarithms.

    `है` ends sentences and `के` does not; a text without words has 0 and 0.
    """
    if not keys:
        return 0.0, 0.0
    return float(_gains((EDGE, keys[0]), lang)[0]), float(_gains((keys[-1], EDGE), lang)[0])


def _gains(keys: Sequence[str], lang: Lang) -> NDArray[np.float64]:
    counts = _counts()[lang]
    hashes = np.fromiter(map(_HASH[lang].__getitem__, keys), np.uint64, len(keys))
    single = np.fromiter(map(_COUNT[lang].__getitem__, keys), np.float64, len(keys))
    first, second = hashes[:-1], hashes[1:]
    both = _found(pair_hashes(first, second), counts.pairs, counts.pair_counts)
    # A word said again (`no, no, no`) is no sign of disorder.
    chance = np.where(first == second, both, single[:-1] * single[1:] / counts.total)
    return np.asarray(np.log((both + _PRIOR) / (chance + _PRIOR)))


def _count(key: str, lang: Lang) -> float:
    counts = _counts()[lang]
    return float(_found(np.array([_HASH[lang][key]], np.uint32), counts.words, counts.word_counts)[0])


def word_hash(key: str, lang: Lang) -> int:
    """Return 32 bits of a folded word; all figures are one."""
    return zlib.crc32(b"0" if key[:1].isdecimal() else stem(key, lang).encode("utf-8", "surrogatepass"))


def pair_hashes(first: NDArray[np.unsignedinteger], second: NDArray[np.unsignedinteger]) -> Hashes:
    """Return 32 bits of each pair of words, in their order."""
    mixed = first.astype(np.uint64, copy=False) * _STIR + second
    mixed ^= mixed >> _HALF_BITS
    mixed *= _STIR_AGAIN
    return (mixed >> _BITS).astype(np.uint32)


def _found(asked: Hashes, known: Hashes, counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the count of each hash, 0 where it is not known."""
    at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return np.where(known[at] == asked, counts[at], 0.0)


@cache
def _counts() -> dict[Lang, Counts]:
    """Read the shipped counts once: hashes are stored as the steps between them."""
    with resources.files("tithi.evidence").joinpath("order.npz").open("rb") as file:
        stored = dict(np.load(file))

    def read(lang: str, kind: str) -> tuple[Hashes, NDArray[np.float64]]:
        hashes = np.cumsum(stored[f"{lang}_{kind}"], dtype=np.uint64).astype(np.uint32)
        counts = np.exp(stored[f"{lang}_{kind}_counts"].astype(np.float64) / STEP)
        # Steps too long for 16 bits are made of several, whose stops are no hashes.
        real = stored[f"{lang}_{kind}_counts"] < 255
        return hashes[real], counts[real]

    return {
        lang: Counts(*read(lang, "words"), *read(lang, "pairs"), float(stored[f"{lang}_total"]))
        for lang in ("hi", "en")
    }


_CLASSES: Final[dict[Lang, Memo[int]]] = {
    "hi": Memo(lambda key: min(row(key, "hi"), CLASSES)),
    "en": Memo(lambda key: min(row(key, "en"), CLASSES)),
}
_HASH: Final[dict[Lang, Memo[int]]] = {
    "hi": Memo(lambda key: word_hash(key, "hi")),
    "en": Memo(lambda key: word_hash(key, "en")),
}
_COUNT: Final[dict[Lang, Memo[float]]] = {
    "hi": Memo(lambda key: _count(key, "hi")),
    "en": Memo(lambda key: _count(key, "en")),
}
