"""What two texts in two scripts can have in common as it is: numbers, dates, and names by their consonants.

Read for hundreds of thousands of articles, so that this is a cheap look, not the reading of `tithi.numerals` and
`tithi.dates`: digits with the scale behind them (`1.5 लाख`), a month with the day beside it (`12 मार्च`), and single
words that mean a number, a month or a weekday. An article's tokens are 32-bit hashes, sorted, without repeats. Rare
ones weigh more: a token that every article has says nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final
from zlib import crc32

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tithi.evidence.sounds import bones_en, bones_hi
from tithi.numerals.tokens import word_list
from tithi.records import Lang
from tithi.script import LETTERS

__all__ = ["Bags", "Tokens", "bags", "names_in", "numbers_in", "shared", "tokens_of"]

_NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WORD: Final = re.compile(rf"[{LETTERS}]{{2,24}}|[A-Za-z]{{2,20}}")
_HINDI: Final = re.compile(rf"[{LETTERS}]{{2,24}}")
_AFTER: Final = re.compile(rf"(?:st|nd|rd|th)?[\s-]?(?:of )?([{LETTERS}]{{2,24}}|[A-Za-z]{{2,20}})")
_CAPITAL: Final = re.compile(r"(?<=[a-z,;] )(?:[A-Z][a-z]{2,20})|(?<=[A-Z][a-z]{2} )[A-Z][a-z]{2,20}")
_LATIN: Final = re.compile(r"[A-Z][A-Za-z]{2,20}")
_NUKTA: Final = "\u093c"
_LEAST: Final = 3
_SMALL: Final = 10
_REACH: Final = 26
_DAYS: Final = 31


def numbers_in(text: str) -> set[int]:
    """Return the hashes of the numbers above ten and of the dates in a text of either language."""
    found = {_values()[word] for word in set(map(_plain, set(_WORD.findall(text)))) & _values().keys()}
    for match in _NUMBER.finditer(text):
        value = float(match[0].replace(",", ""))
        after = _AFTER.match(text, match.end())
        word = _plain(after[1]) if after else ""
        before = text[max(match.start() - _REACH, 0) : match.start()].split()
        month = _months().get(word) or (_months().get(_plain(before[-1].strip(".,"))) if before else None)
        if month and value <= _DAYS:
            found.add(f"{month}-{value:g}")
        value *= _scales().get(word, 1.0)
        if value >= _SMALL or value != int(value):
            found.add(f"{value:.12g}")
    return {crc32(token.encode()) for token in found}


@lru_cache(maxsize=1 << 16)
def _plain(word: str) -> str:
    """Return a word without nukta, in lower case but for a capital: `May` is no `may`."""
    if word.isascii():
        return word if word[1:].islower() else word.lower()
    return unicodedata.normalize("NFD", word).replace(_NUKTA, "")


@cache
def _scales() -> dict[str, float]:
    return {
        _plain(form): float(value) for form, value in word_list("tithi.numerals", "words.tsv").kinds["scale"].items()
    }


@cache
def _months(*kinds: str) -> dict[str, str]:
    """Return month names, the English ones with their capital; without `kinds` short ones too, as beside a day."""
    words = word_list("tithi.dates", "words.tsv").kinds
    named = [item for kind in kinds or ("month_short", "month") for item in words[kind].items()]
    return {_plain(form.capitalize()): f"month {value}" for form, value in named}


@cache
def _values() -> dict[str, str]:
    """Return the single words that say a number above ten, a month or a weekday, with a token for each meaning."""
    numbers = word_list("tithi.numerals", "words.tsv").kinds["cardinal"]
    days = word_list("tithi.dates", "words.tsv").kinds["weekday"]
    told = {form: value for form, value in numbers.items() if value.isdigit() and int(value) > _SMALL}
    told |= {form.capitalize(): value for form, value in told.items()}
    told |= {form.capitalize(): f"day {value}" for form, value in days.items()}
    return {_plain(form): value for form, value in told.items()} | _months("month")


def names_in(text: str, lang: Lang) -> set[int]:
    """Return the hashes of the consonants of what may be a name.

    In English that is a capitalised word within a sentence, in Hindi any word: it tells no names by their letters.
    Latin words in Hindi text count as they are.
    """
    if lang == "en":
        return {bone for word in set(_CAPITAL.findall(text)) for bone in _latin(word)}
    found = {_devanagari(word) for word in set(_HINDI.findall(text))} - {0}
    return found | {bone for word in set(_LATIN.findall(text)) for bone in _latin(word)}


@lru_cache(maxsize=1 << 17)
def _devanagari(word: str) -> int:
    """Return the hash of a word's consonants, 0 where it has too few."""
    bone = bones_hi(_plain(word))
    return crc32(bone.encode()) if len(bone) >= _LEAST else 0


@lru_cache(maxsize=1 << 17)
def _latin(word: str) -> tuple[int, ...]:
    return tuple(crc32(bone.encode()) for bone in bones_en(word.lower())[:2] if len(bone) >= _LEAST)


Tokens = NDArray[np.uint32]
"""The tokens of an article, ascending, without repeats."""


def tokens_of(hashes: Iterable[int]) -> Tokens:
    """Return hashes as tokens."""
    return np.unique(np.fromiter(hashes, np.uint32))


@dataclass(frozen=True, slots=True, eq=False)
class Bags:
    """The tokens of n articles: those of article k are `keys[offsets[k]:offsets[k + 1]]`, ascending, with weights."""

    offsets: NDArray[np.int64]
    keys: NDArray[np.uint32]
    weights: NDArray[np.float32]


def bags(articles: Sequence[Tokens]) -> Bags:
    """Return the articles' tokens with the weight of each: the logarithm of how few articles have it, from 0 up."""
    offsets = np.concatenate([[0], np.cumsum([len(keys) for keys in articles])]).astype(np.int64)
    keys = np.concatenate([*articles, np.empty(0, np.uint32)])
    _, places, counts = np.unique(keys, return_inverse=True, return_counts=True)
    # A heap of a few articles cannot tell what is rare; it counts as one of twenty.
    weights = (
        np.log((len(articles) + 20) / (counts + 1))[places].astype(np.float32) if len(keys) else np.empty(0, np.float32)
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
