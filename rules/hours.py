"""Hours of the clock: a.m. in the English, the evening in the Hindi, or the reverse."""

import re
from fractions import Fraction
from functools import cache
from typing import Final, NamedTuple

from tithi.evidence.pair import Pair
from tithi.evidence.tables import word_set
from tithi.evidence.words import Words, fold
from tithi.numerals.tokens import word_list
from tithi.records import Issue
from tithi.rules.check import Check

__all__ = ["HOURS", "check_hours"]

_CLOCK: Final = re.compile(
    r"(?<![\d:.])(\d{1,2})(?:[:.]\d\d)?"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?|(?: o'clock)? in the (?P<part>morning|afternoon|evening)\b)",
    re.IGNORECASE,
)
_NEAR: Final = 4
"""The hour stands at most so many words behind the half of the day."""


class _Hour(NamedTuple):
    """An hour of the Hindi: the words `[first, stop)` from its half of the day on, and which hour it is."""

    first: int
    stop: int
    hour: int


def check_hours(pair: Pair) -> list[Issue]:
    """Report the first hour of the English that the Hindi has in the other half of the day alone."""
    if word_set("oclock").isdisjoint(pair.hi_words.distinct):
        return []
    clocks = list(_CLOCK.finditer(pair.en))
    hours = _hours(pair.hi_words) if clocks else []
    for clock in clocks:
        hour, half = int(clock[1]), (clock["half"] or "p").lower()
        if clock["part"] and clock["part"].lower() == "morning":
            half = "a"
        said = [other for other in hours if other.hour == hour]
        if said and all(_wrong_half(pair.hi_words.keys[other.first], half, hour) for other in said):
            span = pair.hi_words.between(said[0].first, said[0].stop)
            told = f"{pair.hi_words.texts[said[0].first]} in the Hindi, {clock[0]} in the English"
            return [Issue("date", "error", span, clock.span(), told)]
    return []


def _hours(found: Words) -> list[_Hour]:
    """Return the hours that stand behind a half of the day: सुबह 10.30 बजे, दोपहर साढ़े तीन बजे, रात 9 से."""
    halves = word_set("forenoon") | word_set("afternoon") | word_set("night")
    hours = []
    for i, key in enumerate(found.keys):
        if key in halves:
            for j in range(i + 1, min(i + 1 + _NEAR, len(found))):
                value = _value(found.keys[j])
                if value is not None:
                    hours.append(_Hour(i, j + 1, value - (found.keys[j - 1] in word_set("less-a-quarter"))))
                    break
    return hours


def _value(key: str) -> int | None:
    """Return the hour that a word or a figure tells: 10 of `10.30` and of दस, 1 of डेढ़."""
    figure = re.match(r"\d{1,2}(?!\d)", key)
    return int(figure[0]) if figure else _numbers().get(key)


@cache
def _numbers() -> dict[str, int]:
    kinds = word_list("tithi.numerals", "words.tsv").kinds
    told = {**kinds["cardinal"], **kinds["amount"]}
    values = {fold(form): Fraction(value) for form, value in told.items() if not form.isascii()}
    return {form: int(value) for form, value in values.items() if 1 <= value < 13}


def _wrong_half(word: str, half: str, hour: int) -> bool:
    if half == "a":
        return word in word_set("afternoon") or (word in word_set("night") and 5 <= hour <= 11)
    return word in word_set("forenoon") or (word in word_set("night") and 1 <= hour <= 5)


HOURS = Check(check_hours, {})
