"""Words that carry no meaning of their own, and the word whose links they share.

A Hindi verb is several words (`निर्धारित की है`, `किया जा सकता है`) where English has others (`has set`, `can be done`):
people who link words by hand link all of the one to all of the other. What is like nothing by itself therefore leans on
the word before it. The table `particles.tsv` says which words do: `auxiliary` always, `light` (verbs such as देना and
जाना, which mean something on their own too) where they have no counterpart of their own, `helper` words like will and
been aside, `phrase` as one with its first word. Words that are `alone` have no counterpart, an `only` none but its
partner.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tithi.encoder.protocol import FloatArray

__all__ = ["lean", "silence"]


class _Particles(NamedTuple):
    partner: Mapping[str, str]
    auxiliary: frozenset[str]
    light: frozenset[str]
    helpers: frozenset[str]
    phrases: frozenset[tuple[str, ...]]


@cache
def _particles() -> _Particles:
    """Return the table, read once; the partner of a word that is alone is empty."""
    table = resources.files("tithi.encoder").joinpath("particles.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines()[1:]]
    return _Particles(
        {_fold(words): _fold(partner) for kind, words, partner in rows if kind in {"alone", "only"}},
        frozenset(_fold(words) for kind, words, _ in rows if kind == "auxiliary"),
        frozenset(_fold(words) for kind, words, _ in rows if kind == "light"),
        frozenset(_fold(words) for kind, words, _ in rows if kind == "helper"),
        frozenset(tuple(map(_fold, words.split())) for kind, words, _ in rows if kind == "phrase"),
    )


def _fold(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold()


def silence(scores: FloatArray, hi: Sequence[str], en: Sequence[str]) -> None:
    """Set to 0 in `scores` (m, n) what words that have no counterpart, or one alone, would be linked with."""
    for table, ours, theirs in ((scores, hi, en), (scores.T, en, hi)):
        for place, word in enumerate(ours):
            partner = _particles().partner.get(_fold(word))
            if partner is not None:
                table[place, [_fold(other) != partner for other in theirs]] = 0


def lean(scores: FloatArray, words: Sequence[str], others: Sequence[str]) -> FloatArray:
    """Return `scores` (m, n), 0 where there is no link, in which the words of a group share the best of their links.

    `words` are the m words of the rows, `others` the n of the columns.

    Example: of `["मेला", "लगा", "था"]` with a link of मेला alone, all three have it.
    """
    particles = _particles()
    keys = [_fold(word) for word in words]
    in_phrase = _in_phrase(keys, particles.phrases)
    content = np.array([_fold(word) not in particles.helpers for word in others], bool)
    shared = scores.copy()
    first = 0
    for place in range(1, len(keys) + 1):
        leans = place < len(keys) and (
            place in in_phrase
            or keys[place] in particles.auxiliary
            or (keys[place] in particles.light and not _has_own(scores, place, first, content))
        )
        if not leans:
            shared[first:place] = scores[first:place].max(axis=0)
            first = place
    return shared


def _has_own(scores: FloatArray, place: int, first: int, content: NDArray[np.bool_]) -> bool:
    """Return whether a word has a counterpart with a meaning that the words of its group since `first` lack."""
    return bool(((scores[place] > 0) & content & (scores[first:place].max(axis=0) == 0)).any())


def _in_phrase(keys: Sequence[str], phrases: frozenset[tuple[str, ...]]) -> set[int]:
    """Return the places of the words that follow the first of a phrase."""
    lengths = {len(phrase) for phrase in phrases}
    return {
        start + after
        for start in range(len(keys))
        for length in lengths
        if tuple(keys[start : start + length]) in phrases
        for after in range(1, length)
    }
