"""What is read in an article for its readers: dates and numbers with their values, and facts told on one side only."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from tithi.dates.find import DateHit, find_dates
from tithi.evidence.capitals import english_names
from tithi.evidence.words import Words, words
from tithi.numerals.find import NumberHit, find_numbers
from tithi.records import Lang, Span
from tithi.rules.names import hindi_name

__all__ = ["Hit", "Reading", "figure", "read"]

_LARGEST = 10**30
T = TypeVar("T", "Hit", DateHit, NumberHit)


@dataclass(frozen=True, slots=True)
class Hit:
    """A date or number at `[start, stop)`: `kind` is `date` or `number`, `value` what a reader is told of it."""

    start: int
    stop: int
    kind: str
    value: str


class Reading:
    """What was read in both articles; spans count code points of the article."""

    def __init__(self, hi: str, en: str) -> None:
        self._texts: dict[Lang, str] = {"hi": hi, "en": en}
        self._dates = {lang: _dates(text, lang) for lang, text in self._texts.items()}
        self._numbers = {lang: _numbers(text, lang, self._dates[lang]) for lang, text in self._texts.items()}
        self.hits = {lang: self._hits(lang) for lang in self._texts}
        self._told_dates = {lang: {hit.span.key for hit in hits} for lang, hits in self._dates.items()}
        self._told_numbers = {lang: {hit.value for hit in hits} for lang, hits in self._numbers.items()}
        self._hindi: Words | None = None

    def within(self, lang: Lang, span: Span) -> list[Hit]:
        """Return the hits that lie in a span, their places counted from its start."""
        start = span[0]
        return [Hit(hit.start - start, hit.stop - start, hit.kind, hit.value) for hit in _inside(self.hits[lang], span)]

    def facts(self, lang: Lang, span: Span) -> list[str]:
        """Return the dates, numbers and (in English) names in a span that the other article tells nowhere."""
        start, stop = span
        other: Lang = "en" if lang == "hi" else "hi"
        dates = [hit.text for hit in _inside(self._dates[lang], span) if hit.span.key not in self._told_dates[other]]
        numbers = [
            hit.text
            for hit in _inside(self._numbers[lang], span)
            if not hit.weak and hit.kind != "label" and hit.value not in self._told_numbers[other]
        ]
        names: list[str] = []
        if lang == "en":
            if self._hindi is None:
                self._hindi = words(self._texts["hi"])
            found = english_names(words(self._texts["en"][start:stop]))
            names = [name.text for name in found if hindi_name(name, self._hindi) is None]
        return list(dict.fromkeys((*dates, *numbers, *names)))

    def _hits(self, lang: Lang) -> list[Hit]:
        dates = [Hit(hit.start, hit.stop, "date", str(hit.span.edtf)) for hit in self._dates[lang]]
        numbers = [Hit(hit.start, hit.stop, "number", figure(hit.value)) for hit in self._numbers[lang] if not hit.weak]
        return sorted((*dates, *numbers), key=lambda hit: hit.start)


def read(hi: str, en: str) -> Reading:
    """Read both articles of a pair, in time linear in their lengths."""
    return Reading(hi, en)


def figure(value: Fraction) -> str:
    """Return a value as a reader writes it, grouped by thousands: 250,000, 15.5, 2/3.

    >>> figure(Fraction(5, 2)), figure(Fraction(2, 3))
    ('2.5', '2/3')
    """
    if abs(value.numerator) >= _LARGEST or value.denominator >= _LARGEST:
        return "a very large number" if abs(value) >= 1 else "a very small number"
    if value.denominator == 1:
        return f"{value.numerator:,}"
    # A decimal is exact when the denominator has no factors but 2 and 5.
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return f"{float(value):,.6g}" if rest == 1 else f"{value.numerator:,}/{value.denominator:,}"


def _dates(text: str, lang: Lang) -> list[DateHit]:
    return [hit for hit in find_dates(text, lang) if hit.span.edtf is not None]


def _numbers(text: str, lang: Lang, dates: Sequence[DateHit]) -> list[NumberHit]:
    return find_numbers(text, lang, skip=[(hit.start, hit.stop) for hit in dates])


def _inside(hits: Sequence[T], span: Span) -> list[T]:
    """Return the hits, which stand in order, that lie wholly in a span."""
    first = bisect_left(hits, span[0], key=lambda hit: hit.start)
    last = bisect_left(hits, span[1], lo=first, key=lambda hit: hit.start)
    return [hit for hit in hits[first:last] if hit.stop <= span[1]]
