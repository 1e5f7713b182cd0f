"""A Hindi-English pair read once for all checks: its words, dates and numbers, with their places."""

from dataclasses import dataclass

from tithi.aligner.dates import DateHit, find_dates
from tithi.aligner.numbers import NumberHit, find_numbers
from tithi.corpus.records import Span
from tithi.eval.words import Word, words

__all__ = ["Pair", "read_pair"]


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Both texts and what was read in them; numbers inside calendar dates are left to the dates."""

    hi: str
    en: str
    hi_words: list[Word]
    en_words: list[Word]
    hi_dates: list[DateHit]
    en_dates: list[DateHit]
    hi_numbers: list[NumberHit]
    en_numbers: list[NumberHit]


def read_pair(hi: str, en: str) -> Pair:
    """Read both sides of a pair; time is linear in their lengths."""
    hi_dates, en_dates = find_dates(hi, "hi"), find_dates(en, "en")
    return Pair(
        hi,
        en,
        words(hi),
        words(en),
        hi_dates,
        en_dates,
        find_numbers(hi, "hi", skip=_placed(hi_dates)),
        find_numbers(en, "en", skip=_placed(en_dates)),
    )


def _placed(dates: list[DateHit]) -> list[Span]:
    """Return where dates stand whose numbers mean the calendar; the 14 of `the last 14 days` is a number to compare."""
    return [(date.start, date.stop) for date in dates if date.span.edtf is not None]
