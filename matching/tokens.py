"""What two texts in two scripts can have in common as it is: numbers in digits, and names by their consonants.

An article's tokens are 32-bit hashes, sorted, without repeats. Rare ones weigh more: a token that every article has
says nothing.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tithi.checks.sounds import bones_en, bones_hi
from tithi.records import Lang
from tithi.script import LETTERS, ascii_digits

__all__ = ["Bags", "bags", "names_in", "numbers_in", "shared"]

_NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
_HINDI: Final = re.compile(rf"[{LETTERS}]{{2,24}}")
_CAPITAL: Final = re.compile(r"(?<=[a-z,;] )(?:[A-Z][a-z]{2,20})|(?<=[A-Z][a-z]{2} )[A-Z][a-z]{2,20}")
_LATIN: Final = re.compile(r"[A-Z][A-Za-z]{2,20}")
_NUKTA: Final = str.maketrans({"\u093c": None})
_LEAST: Final = 3


def numbers_in(text: str) -> set[int]:
    """Return the hashes of the numbers in digits of either script, of two digits or more."""
    found = _NUMBER.findall(ascii_digits(text))
    plain = {number.replace(",", "").rstrip(".") for number in found}
    return {crc32(number.encode()) for number in plain if len(number) > 1}


def names_in(text: str, lang: Lang) -> set[int]:
    """Return the hashes of the consonants of what may be a name.

    In English that is a capitalised word within a sentence, in Hindi any word: it tells no names by their letters.
    Latin words in Hindi text count as they are.
    """
    if lang == "en":
        bones = {reading for word in _CAPITAL.findall(text) for reading in bones_en(word.lower())[:2]}
    else:
        bones = {bones_hi(word) for word in set(_HINDI.findall(text.translate(_NUKTA)))}
        bones |= {reading for word in _LATIN.findall(text) for reading in bones_en(word.lower())[:2]}
    return {crc32(bone.encode()) for bone in bones if len(bone) >= _LEAST}


@dataclass(frozen=True, slots=True, eq=False)
class Bags:
    """The tokens of n articles: those of article k are `keys[offsets[k]:offsets[k + 1]]`, ascending, with weights."""

    offsets: NDArray[np.int64]
    keys: NDArray[np.uint32]
    weights: NDArray[np.float32]


def bags(articles: Sequence[Iterable[int]]) -> Bags:
    """Return the articles' tokens with the weight of each: the logarithm of how few articles have it, from 0 up."""
    arrays = [np.unique(np.fromiter(tokens, np.uint32)) for tokens in articles]
    offsets = np.concatenate([[0], np.cumsum([len(keys) for keys in arrays])]).astype(np.int64)
    keys = np.concatenate([*arrays, np.empty(0, np.uint32)])
    _, places, counts = np.unique(keys, return_inverse=True, return_counts=True)
    # A heap of a few articles cannot tell what is rare; it counts as one of twenty.
    weights = (
        np.log((len(arrays) + 20) / (counts + 1))[places].astype(np.float32) if len(keys) else np.empty(0, np.float32)
    )
    return Bags(offsets, keys, weights)


def shared(hi: Bags, en: Bags, pairs: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return `(n, 3)` for n pairs of articles: the weight both have, that the Hindi and that the English one has."""
    out = np.zeros((len(pairs), 3), np.float32)
    _shared(hi.offsets, hi.keys, hi.weights, en.offsets, en.keys, en.weights, pairs, out)
    return out


@njit(cache=True)
def _shared(hi_offsets, hi_keys, hi_weights, en_offsets, en_keys, en_weights, pairs, out):  # type: ignore[no-untyped-def]
    for k in range(len(pairs)):
        i, i_end = hi_offsets[pairs[k, 0]], hi_offsets[pairs[k, 0] + 1]
        j, j_end = en_offsets[pairs[k, 1]], en_offsets[pairs[k, 1] + 1]
        for a in range(i, i_end):
            out[k, 1] += hi_weights[a]
        for b in range(j, j_end):
            out[k, 2] += en_weights[b]
        while i < i_end and j < j_end:
            if hi_keys[i] == en_keys[j]:
                out[k, 0] += min(hi_weights[i], en_weights[j])
                i += 1
                j += 1
            elif hi_keys[i] < en_keys[j]:
                i += 1
            else:
                j += 1
