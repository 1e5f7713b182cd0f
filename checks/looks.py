"""How a pair looks, whatever it says: how long, how marked, how rare its words; people's judgements hang on that.

Of a text with many rare words, names or marks a translation is worse on average, and Latin letters in the Hindi are
words that nobody translated. None of it tells whether a pair is faithful: only the ranking is told.
"""

import math
from bisect import bisect_left
from collections.abc import Callable
from operator import itemgetter
from typing import Final, NamedTuple

from tithi.evidence.pair import Pair
from tithi.evidence.words import Words

__all__ = ["LOOKS", "Looks", "Rarity", "looks_of"]

Rarity = Callable[[str], float]
"""The log chance of a word among all words; see `PieceEncoder.rarity`."""
_RARE: Final = -14.0
"""The log chance below which a word is rare: one in a million."""
_FEW: Final = 3
_QUOTES: Final = "\"“”'‘’"
_JOINTS: Final = ":;-–"
_ENDS: Final = ".।?!"
_FIRST: Final = itemgetter(0)


class _SideLooks(NamedTuple):
    """How a side looks; shares are of its words, of `marks` of its characters, `rarest` is a mean of three words."""

    characters: float
    figures: float
    commas: float
    brackets: float
    quotes: float
    joints: float
    ends: float
    marks: float
    distinct: float
    is_ended: float
    longest: float
    rarity: float
    rarest: float
    rare_share: float
    rare: float


class Looks(NamedTuple):
    """How both sides look, and the two beside each other; ratios are logarithms of Hindi by English."""

    hi: _SideLooks
    en: _SideLooks
    latin: float
    capitals: float
    capital_share: float
    character_ratio: float
    word_ratio: float
    hindi_order: float
    english_order: float

    def numbers(self) -> tuple[float, ...]:
        """Return all of them in the order of `LOOKS`."""
        return (*self.hi, *self.en, *self[2:])


LOOKS: Final = (
    *(f"hindi_{name}" for name in _SideLooks._fields),
    *(f"english_{name}" for name in _SideLooks._fields),
    *Looks._fields[2:],
)
"""The names of what `Looks.numbers` returns."""


def looks_of(pair: Pair, rarity: Rarity) -> Looks:
    """Return how a pair with words on both sides looks, in linear time."""
    hi, en = pair.hi_words, pair.en_words
    capitals = float(sum(map(str.isupper, map(_FIRST, en.texts))))
    return Looks(
        _side(hi, rarity),
        _side(en, rarity),
        latin=(sum(map(str.isascii, hi.keys)) - len(hi.figures)) / len(hi),
        capitals=capitals,
        capital_share=capitals / len(en),
        character_ratio=math.log(len(pair.hi) / len(pair.en)),
        word_ratio=math.log(len(hi) / len(en)),
        hindi_order=pair.hi_order,
        english_order=pair.en_order,
    )


def _side(found: Words, rarity: Rarity) -> _SideLooks:
    text, words = found.source, len(found)
    chances = sorted(map(rarity, found.texts))
    rarest = chances[:_FEW]
    rare = float(bisect_left(chances, _RARE))
    return _SideLooks(
        characters=math.log(len(text) + 1),
        figures=len(found.figures) / words,
        commas=float(text.count(",")),
        brackets=float(text.count("(") + text.count("[")),
        quotes=float(sum(map(text.count, _QUOTES))),
        joints=float(sum(map(text.count, _JOINTS))),
        ends=float(sum(map(text.count, _ENDS))),
        marks=len("".join("".join(found.gaps).split())) / len(text),
        distinct=len(found.distinct) / words,
        is_ended=float(text.rstrip()[-1:] in _ENDS),
        longest=float(max(map(len, found.keys))),
        rarity=sum(chances) / words,
        rarest=sum(rarest) / len(rarest),
        rare_share=rare / words,
        rare=rare,
    )
