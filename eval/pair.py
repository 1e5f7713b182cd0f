"""A Hindi-English pair read once for all checks: its words, dates and numbers, with their places.

Dates and numbers are read only around words that may belong to one, and not at all where neither side holds a date of
the calendar or a number that counts: most of a text is plain words, and reading it all would take three times as
long.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from tithi.aligner.dates import DateHit, find_dates
from tithi.aligner.numbers import NumberHit, find_numbers
from tithi.aligner.tokens import word_list
from tithi.corpus.records import Lang
from tithi.eval.tables import read_table
from tithi.eval.words import Word, fold, words

__all__ = ["Pair", "read_pair"]

_STRONG = ("cardinal", "scale", "amount", "plus", "portion", "ordinal", "vague", "glyph", "times")
_WEAK = ("both", "several", "percent", "part_of", "hour")
# Words of the lists above that open no number worth reading a sentence for.
_IDLE = frozenset(("एक", "one", "a", "an", "पहला", "पहली", "पहले", "प्रथम", "दूसरा", "दूसरी", "दूसरे"))
_IDLE |= {"first", "second", "seconds", "once", "may", "march", "मार्च"}
_LONG = frozenset({"century", "centuries", "decade", "decades", "सदी", "शताब्दी", "सदियों", "दशक"})
_SIGNS = frozenset("₹$€£¥₽")
_REACH = 7
_NEAR = 3


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
    hi_words, en_words = words(hi), words(en)
    hi_dates: list[DateHit] = []
    en_dates: list[DateHit] = []
    hi_numbers: list[NumberHit] = []
    en_numbers: list[NumberHit] = []
    if _worth_reading(hi, hi_words, en, en_words):
        hi_dates, hi_numbers = _read(hi, hi_words, "hi")
        en_dates, en_numbers = _read(en, en_words, "en")
    return Pair(hi, en, hi_words, en_words, hi_dates, en_dates, hi_numbers, en_numbers)


def _worth_reading(hi: str, hi_words: Sequence[Word], en: str, en_words: Sequence[Word]) -> bool:
    """Whether the sides may differ in a number, date or unit: not when both have the same digits and no such words."""
    strong, _, _ = _forms()
    if any(word.key in strong for word in hi_words) or any(word.key in strong for word in en_words):
        return True
    hi_digits = sorted(word.key.replace(",", "") for word in hi_words if word.script == "digits")
    en_digits = sorted(word.key.replace(",", "") for word in en_words if word.script == "digits")
    if hi_digits != en_digits:
        return True
    units = _unit_forms()
    return bool(hi_digits) and (
        not _SIGNS.isdisjoint(hi)
        or not _SIGNS.isdisjoint(en)
        or any(word.key in units for word in hi_words)
        or any(word.key in units for word in en_words)
    )


def _read(text: str, found: Sequence[Word], lang: Lang) -> tuple[list[DateHit], list[NumberHit]]:
    """Read dates and numbers in the windows of a text, offsets into the whole text."""
    dates: list[DateHit] = []
    numbers: list[NumberHit] = []
    for start, stop, dated in _windows(text, found):
        part = text[start:stop]
        here = find_dates(part, lang) if dated else []
        # The 14 of `the last 14 days` is a number to compare: only dates of the calendar are left to the dates.
        placed = [(date.start, date.stop) for date in here if date.span.edtf is not None]
        dates += [DateHit(date.start + start, date.stop + start, date.text, date.span) for date in here]
        found_here = find_numbers(part, lang, skip=placed)
        numbers += (
            [replace(hit, start=hit.start + start, stop=hit.stop + start) for hit in found_here]
            if start
            else found_here
        )
    return dates, numbers


def _windows(text: str, found: Sequence[Word]) -> list[tuple[int, int, bool]]:
    """Return the stretches of a text around what may be part of a date or number, merged where they meet.

    The third item tells whether a month or a number of four digits stands there, without which no calendar date does.
    """
    strong, near, months = _forms()
    ranges: list[tuple[int, int, bool]] = []
    for i, word in enumerate(found):
        if word.script == "digits" or word.key in near:
            reach = _REACH if word.script == "digits" or word.key in strong else _NEAR
            first, last = i - reach, i + reach + 1
            dated = word.key in months or (word.script == "digits" and len(word.key) >= 4)
            if ranges and first <= ranges[-1][1]:
                before = ranges.pop()
                first, last, dated = before[0], max(last, before[1]), dated or before[2]
            ranges.append((first, last, dated))
    return [
        (found[first - 1].stop if first > 0 else 0, found[last].start if last < len(found) else len(text), dated)
        for first, last, dated in ranges
    ]


@cache
def _unit_forms() -> frozenset[str]:
    """Return the words of units, beside which equal figures may differ."""
    return frozenset(fold(row["form"]) for row in read_table("units.tsv"))


@cache
def _forms() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the words for which a pair is read at all, those around which it is read then, and months."""
    numbers, calendar = word_list("number_words.tsv"), word_list("calendar_words.tsv")
    strong = {fold(form) for form in numbers.forms(*_STRONG)}
    months = {fold(form) for form in calendar.forms("month")}
    weak = {fold(form) for form in numbers.forms(*_WEAK) | calendar.forms("era")}
    return frozenset((strong | months) - _IDLE), frozenset(strong | months | weak | _LONG), frozenset(months | _LONG)
