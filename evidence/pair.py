"""A Hindi-English pair read once for all checks: its words, dates and numbers, with their places."""

from collections.abc import Sequence
from functools import cache, partial
from itertools import compress, count
from typing import NamedTuple

from tithi.dates.find import DateHit
from tithi.evidence.capitals import english_names
from tithi.evidence.hits import STRONG, read_hits, told_words, worth_reading
from tithi.evidence.order import all_order_odds
from tithi.evidence.tables import cues
from tithi.evidence.words import Word, Words, fold, words
from tithi.numerals.find import NumberHit
from tithi.numerals.memo import Memo
from tithi.numerals.tokens import word_list
from tithi.records import Lang

__all__ = ["Cue", "Pair", "month_words", "number_words", "read_pair", "read_pairs", "season_words", "weekday_words"]

_CUES: dict[Lang, Memo[frozenset[str]]] = {"hi": Memo(partial(cues, lang="hi")), "en": Memo(partial(cues, lang="en"))}

Cue = tuple[int, frozenset[str]]
"""The index of a word that signals something, and what; see `tithi.evidence.tables.cues`."""


class Pair(NamedTuple):
    """Both texts and what was read in them; numbers inside calendar dates are left to the dates."""

    hi: str
    en: str
    hi_words: Words
    en_words: Words
    hi_dates: list[DateHit]
    en_dates: list[DateHit]
    hi_numbers: list[NumberHit]
    en_numbers: list[NumberHit]
    hi_cues: list[Cue]
    en_cues: list[Cue]
    en_names: list[Word]
    hi_order: float
    en_order: float


def read_pair(hi: str, en: str) -> Pair:
    """Read both sides of a pair; time is linear in their lengths."""
    return read_pairs([(hi, en)])[0]


def read_pairs(texts: Sequence[tuple[str, str]]) -> list[Pair]:
    """Read pairs as `read_pair` does, which is faster for many at once."""
    sides = [(words(hi), words(en)) for hi, en in texts]
    hi_orders = all_order_odds([hi_words for hi_words, _ in sides], "hi")
    en_orders = all_order_odds([en_words for _, en_words in sides], "en")
    return [
        _read_pair(hi_words, en_words, hi_order, en_order)
        for (hi_words, en_words), hi_order, en_order in zip(sides, hi_orders, en_orders, strict=True)
    ]


def _read_pair(hi_words: Words, en_words: Words, hi_order: float, en_order: float) -> Pair:
    hi_dates: list[DateHit] = []
    en_dates: list[DateHit] = []
    hi_numbers: list[NumberHit] = []
    en_numbers: list[NumberHit] = []
    if worth_reading(hi_words, en_words):
        hi_dates, hi_numbers = read_hits(hi_words, "hi")
        en_dates, en_numbers = read_hits(en_words, "en")
    return Pair(
        hi=hi_words.source,
        en=en_words.source,
        hi_words=hi_words,
        en_words=en_words,
        hi_dates=hi_dates,
        en_dates=en_dates,
        hi_numbers=hi_numbers,
        en_numbers=en_numbers,
        hi_cues=_cues(hi_words, "hi"),
        en_cues=_cues(en_words, "en"),
        en_names=english_names(en_words),
        hi_order=hi_order,
        en_order=en_order,
    )


def _cues(found: Words, lang: Lang) -> list[Cue]:
    told = list(map(_CUES[lang].__getitem__, found.keys))
    return list(zip(compress(count(), told), filter(None, told), strict=False))


def month_words() -> dict[str, str]:
    """Return the names of months, folded, in both languages, and the number of each: `मई` and `may` are 5."""
    return told_words().months


@cache
def weekday_words() -> dict[str, str]:
    """Return the days of the week in full, folded, in both languages, Monday `0`: `सोमवार`, `monday`."""
    return {fold(form): value for form, value in word_list("tithi.dates", "words.tsv").kinds["weekday"].items()}


@cache
def number_words() -> frozenset[str]:
    """Return the words that are numbers or parts of one, folded, in both languages: `पांच`, `lakh`, `half`."""
    return frozenset(map(fold, word_list("tithi.numerals", "words.tsv").forms(*STRONG)))


@cache
def season_words() -> dict[str, tuple[int, int]]:
    """Return the months of the Hindu year, folded, and the two of ours that each lies in: `जेठ` is 5 and 6."""
    months = word_list("tithi.dates", "words.tsv").kinds["saka_month"]
    return {fold(form): ((int(value) + 1) % 12 + 1, (int(value) + 2) % 12 + 1) for form, value in months.items()}
