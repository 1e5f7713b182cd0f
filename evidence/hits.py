"""The dates and numbers of a pair, read only around words that may belong to one.

Nothing is read where neither side holds a date of the calendar or a number that counts, or both hold the same: most of
a text is plain words, and reading it all would take three times as long.
"""

from functools import cache
from typing import NamedTuple

from tithi.dates.find import DateHit, dates_in
from tithi.dates.phrases import era_forms
from tithi.evidence.tables import read_table, word_set
from tithi.evidence.words import Words, fold
from tithi.numerals.find import NumberHit, numbers_in
from tithi.numerals.tokens import reading, word_list
from tithi.records import Lang

__all__ = ["STRONG", "may_have_two", "number_values", "read_hits", "told_words", "worth_reading"]

STRONG = (
    *("cardinal", "scale", "amount", "part_measured", "plus", "portion", "ordinal", "vague", "glyph", "times"),
    *("half_runs", "spoken"),
)
_WEAK = ("both", "several", "percent", "part_of", "hour", "whole")
_SIGNS = frozenset("₹$€£¥₽℃℉")
_DEGREES = ("°", "º")
_YEAR_HEADS = frozenset(("seventeen", "eighteen", "nineteen", "twenty"))
_ERA_HEADS = frozenset("b")
"""Without it no year before Christ is read in `130 B.C.`"""
_ROMAN = frozenset((
    "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii",
    "xix",
))  # fmt: skip
_REACH = 7
_NEAR = 3


def worth_reading(hi: Words, en: Words) -> bool:
    """Whether the sides may differ in a number, date or unit.

    Not when both have the same digits, months and units, and the same numbers in single words or none: whatever the
    dates, each part of one side's then stands on the other.
    """
    strong, notable = told_words().strong, told_words().notable
    hi_keys, en_keys = hi.distinct & notable, en.distinct & notable
    in_words = not (strong.isdisjoint(hi_keys) and strong.isdisjoint(en_keys))
    if in_words and not _same_words(hi.keys, en.keys):
        return True
    hi_digits, en_digits = _digits(hi.figures), _digits(en.figures)
    if hi_digits != en_digits or _eras(hi_keys) != _eras(en_keys):
        return True
    hi_months, en_months = _months(hi_keys), _months(en_keys)
    if hi_months != en_months:
        # Without digits `may` and `march` are no months, and alone they are no reason to read.
        idle = frozenset[str]() if hi_digits else word_set("idle-number")
        if not (_months(hi_keys - idle) <= en_months and _months(en_keys - idle) <= hi_months):
            return True
    if not in_words and not hi_digits:
        return False
    below = word_set("below-zero")
    may_freeze = not (below.isdisjoint(hi_keys) and below.isdisjoint(en_keys))
    if may_freeze or any(sign in text for text in (hi.source, en.source) if not text.isascii() for sign in _DEGREES):
        return True
    return _units(hi.source, hi_keys) != _units(en.source, en_keys)


def _same_words(hi: list[str], en: list[str]) -> bool:
    """Whether both sides have the same numbers in words, each a word that is a number by itself."""
    strong, cardinals = told_words().strong, told_words().cardinals
    ours, theirs = ([cardinals.get(key, "") for key in keys if key in strong] for keys in (hi, en))
    return sorted(ours) == sorted(theirs) and "" not in ours


def may_have_two(found: Words) -> bool:
    """Whether `number_values` may return two numbers that differ; cheap."""
    return len(found.figures) + len(told_words().cardinals.keys() & found.distinct) > 1


def number_values(found: Words) -> dict[int, str]:
    """Return the words that are whole numbers by themselves, by index, with their values in ASCII digits; no 1."""
    cardinals, told = told_words().cardinals, {}
    for i, key in enumerate(found.keys):
        value = key.replace(",", "") if key[:1].isdecimal() else cardinals.get(key)
        if value is not None and value != "1":
            told[i] = value
    return told


def _units(text: str, keys: frozenset[str]) -> frozenset[str]:
    """Return the names of the units that a side has, beside numbers or not."""
    units = _unit_names()
    found = keys & units.keys()
    if "$" in text or not text.isascii():
        found |= {sign for sign in _SIGNS if sign in text}
    return frozenset().union(*(units[form] for form in found)) if found else frozenset()


def _months(keys: frozenset[str]) -> set[str]:
    months = told_words().months
    return {months[key] for key in months.keys() & keys}


def _eras(keys: frozenset[str]) -> set[str]:
    """Return the eras other than ours that words name: B(efore Christ), V(ikram), S(aka), H(ijri)."""
    eras = told_words().eras
    return {eras[key] for key in eras.keys() & keys}


def _digits(figures: list[str]) -> list[str]:
    return sorted([figure.replace(",", "") for figure in figures])


def read_hits(found: Words, lang: Lang) -> tuple[list[DateHit], list[NumberHit]]:
    """Read dates and numbers in the windows of a text, offsets into the whole text."""
    dates: list[DateHit] = []
    numbers: list[NumberHit] = []
    for start, stop, dated in _windows(found):
        part = reading(found.source[start:stop], start)
        here = dates_in(part, lang) if dated else []
        # The 14 of `the last 14 days` is a number to compare: only dates of the calendar are left to the dates.
        placed = [(date.start, date.stop) for date in here if date.span.edtf is not None]
        dates += here
        numbers += numbers_in(part, lang, skip=placed)
    return dates, numbers


def _windows(found: Words) -> list[tuple[int, int, bool]]:
    """Return the stretches of a text around what may be part of a date or number, merged where they meet.

    The third item tells whether a month or a number of four digits stands there, without which no calendar date does.
    """
    forms = told_words()
    ranges: list[tuple[int, int, bool]] = []
    figures = frozenset(found.figures)
    for i, key in enumerate(found.keys):
        digits = key in figures
        if digits or key in forms.near:
            reach = _REACH if digits or key in forms.reaching else _NEAR
            first, last = i - reach, i + reach + 1
            dated = key in forms.dated or (digits and len(key) >= 4)
            if ranges and first <= ranges[-1][1]:
                before = ranges.pop()
                first, last, dated = before[0], max(last, before[1]), dated or before[2]
            ranges.append((first, last, dated))
    spans = found.spans if ranges else []
    return [
        (
            spans[first - 1][1] if first > 0 else 0,
            spans[last][0] if last < len(spans) else len(found.source),
            dated,
        )
        for first, last, dated in ranges
    ]


@cache
def _unit_names() -> dict[str, frozenset[str]]:
    """Return the units that a word or sign may name; पाउंड is two."""
    names: dict[str, set[str]] = {}
    for row in read_table("units.tsv"):
        names.setdefault(fold(row["form"]), set()).add(row["name"])
    return {form: frozenset(units) for form, units in names.items()}


class _Told(NamedTuple):
    """Folded words: numbers that get a pair read, values of those that are one alone, words to read around.

    `notable` are all by which it is told whether to read at all.
    """

    strong: frozenset[str]
    notable: frozenset[str]
    cardinals: dict[str, str]
    reaching: frozenset[str]
    near: frozenset[str]
    dated: frozenset[str]
    months: dict[str, str]
    eras: dict[str, str]


@cache
def told_words() -> _Told:
    """Return the words by which dates and numbers are told."""
    numbers, calendar = word_list("tithi.numerals", "words.tsv"), word_list("tithi.dates", "words.tsv")
    strong = frozenset(fold(form) for form in numbers.forms(*STRONG))
    counted = [fold(form) for form in numbers.forms("cardinal", "scale") if not form.isascii()]
    strong |= {form + ending for form in counted for ending in word_set("ordinal-ending")}
    idle, long = word_set("idle-number"), word_set("long-span")
    months = {fold(form): value for form, value in calendar.kinds["month"].items()}
    weak = {fold(form) for form in numbers.forms(*_WEAK) | calendar.forms("era")}
    reaching = (strong | months.keys()) - idle
    decades = frozenset(fold(form) for form in calendar.forms("decade"))
    eras = {fold(first): told[0][1] for first, told in era_forms().items() if len(first) > 1 and told[0][1] != "A"}
    spelled = frozenset(calendar.forms("era", "era_after", "fiscal")) | eras.keys() | _YEAR_HEADS | _ERA_HEADS
    dated = long | months.keys() | decades | frozenset(map(fold, spelled))
    near = strong | months.keys() | weak | dated | _ROMAN
    cardinals = {fold(form): value for form, value in numbers.kinds["cardinal"].items()}
    notable = (strong - idle) | months.keys() | eras.keys() | word_set("below-zero") | _unit_names().keys()
    return _Told(strong - idle, notable, cardinals, reaching, near, dated, months, eras)
