"""A Hindi-English pair read once for all checks: its words, dates and numbers, with their places.

Dates and numbers are read only around words that may belong to one, and not at all where neither side holds a date of
the calendar or a number that counts: most of a text is plain words, and reading it all would take three times as
long.
"""

from functools import cache, partial
from typing import NamedTuple

from tithi.dates.find import DateHit, dates_in
from tithi.dates.phrases import era_forms
from tithi.evidence.capitals import english_names
from tithi.evidence.order import Order, order_of
from tithi.evidence.tables import cues, read_table, word_set
from tithi.evidence.words import Word, Words, fold, words
from tithi.numerals.find import NumberHit, numbers_in
from tithi.numerals.memo import Memo
from tithi.numerals.tokens import reading, word_list
from tithi.records import Lang

__all__ = ["Cue", "Pair", "month_words", "number_words", "read_pair", "season_words", "weekday_words"]

_STRONG = ("cardinal", "scale", "amount", "plus", "portion", "ordinal", "vague", "glyph", "times")
_WEAK = ("both", "several", "percent", "part_of", "hour", "whole")
_SIGNS = frozenset("₹$€£¥₽℃℉")
_DEGREES = ("°", "º")
_YEAR_HEADS = frozenset(("seventeen", "eighteen", "nineteen", "twenty"))
_ERA_HEADS = frozenset("b")
"""Without it no year before Christ is read in `130 B.C.`"""
_ROMAN = frozenset(
    (
        "ii",
        "iii",
        "iv",
        "v",
        "vi",
        "vii",
        "viii",
        "ix",
        "x",
        "xi",
        "xii",
        "xiii",
        "xiv",
        "xv",
        "xvi",
        "xvii",
        "xviii",
        "xix",
    )
)
_REACH = 7
_NEAR = 3


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
    hi_order: Order
    en_order: Order


def read_pair(hi: str, en: str) -> Pair:
    """Read both sides of a pair; time is linear in their lengths."""
    hi_words, en_words = words(hi), words(en)
    hi_dates: list[DateHit] = []
    en_dates: list[DateHit] = []
    hi_numbers: list[NumberHit] = []
    en_numbers: list[NumberHit] = []
    if _worth_reading(hi_words, en_words):
        hi_dates, hi_numbers = _read(hi_words, "hi")
        en_dates, en_numbers = _read(en_words, "en")
    return Pair(
        hi=hi,
        en=en,
        hi_words=hi_words,
        en_words=en_words,
        hi_dates=hi_dates,
        en_dates=en_dates,
        hi_numbers=hi_numbers,
        en_numbers=en_numbers,
        hi_cues=_cues(hi_words, "hi"),
        en_cues=_cues(en_words, "en"),
        en_names=english_names(en_words),
        hi_order=order_of(hi_words.keys, "hi"),
        en_order=order_of(en_words.keys, "en"),
    )


def _cues(found: Words, lang: Lang) -> list[Cue]:
    return [(i, kinds) for i, kinds in enumerate(map(_CUES[lang].__getitem__, found.keys)) if kinds]


def _worth_reading(hi: Words, en: Words) -> bool:
    """Whether the sides may differ in a number, date or unit.

    Not when both have the same digits, months and units, and the same numbers in single words or none: whatever the
    dates, each part of one side's then stands on the other.
    """
    hi_keys, en_keys = hi.distinct, en.distinct
    strong = _forms().strong
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
    if not (below.isdisjoint(hi_keys) and below.isdisjoint(en_keys)) or any(
        sign in text for sign in _DEGREES for text in (hi.source, en.source)
    ):
        return True
    return _units(hi.source, hi_keys) != _units(en.source, en_keys)


def _same_words(hi: list[str], en: list[str]) -> bool:
    """Whether both sides have the same numbers in words, each a word that is a number by itself."""
    strong, cardinals = _forms().strong, _forms().cardinals
    ours, theirs = ([cardinals.get(key, "") for key in keys if key in strong] for keys in (hi, en))
    return sorted(ours) == sorted(theirs) and "" not in ours


def _units(text: str, keys: frozenset[str]) -> frozenset[str]:
    """Return the names of the units that a side has, beside numbers or not."""
    units = _unit_names()
    found = keys & units.keys()
    if not _SIGNS.isdisjoint(text):
        found |= _SIGNS.intersection(text)
    return frozenset().union(*(units[form] for form in found)) if found else frozenset()


def _months(keys: frozenset[str]) -> set[str]:
    months = _forms().months
    return {months[key] for key in months.keys() & keys}


def _eras(keys: frozenset[str]) -> set[str]:
    """Return the eras other than ours that words name: B(efore Christ), V(ikram), S(aka), H(ijri)."""
    eras = _forms().eras
    return {eras[key] for key in eras.keys() & keys}


def _digits(figures: list[str]) -> list[str]:
    return sorted([figure.replace(",", "") for figure in figures])


def _read(found: Words, lang: Lang) -> tuple[list[DateHit], list[NumberHit]]:
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
    forms = _forms()
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


def month_words() -> dict[str, str]:
    """Return the names of months, folded, in both languages, and the number of each: `मई` and `may` are 5."""
    return _forms().months


@cache
def weekday_words() -> dict[str, str]:
    """Return the days of the week in full, folded, in both languages, Monday `0`: `सोमवार`, `monday`."""
    return {fold(form): value for form, value in word_list("tithi.dates", "words.tsv").kinds["weekday"].items()}


@cache
def number_words() -> frozenset[str]:
    """Return the words that are numbers or parts of one, folded, in both languages: `पांच`, `lakh`, `half`."""
    return frozenset(map(fold, word_list("tithi.numerals", "words.tsv").forms(*_STRONG)))


class _Forms(NamedTuple):
    """Folded words: numbers that get a pair read, values of those that are one alone, words to read around."""

    strong: frozenset[str]
    cardinals: dict[str, str]
    reaching: frozenset[str]
    near: frozenset[str]
    dated: frozenset[str]
    months: dict[str, str]
    eras: dict[str, str]


@cache
def season_words() -> dict[str, tuple[int, int]]:
    """Return the months of the Hindu year, folded, and the two of ours that each lies in: `जेठ` is 5 and 6."""
    months = word_list("tithi.dates", "words.tsv").kinds["saka_month"]
    return {fold(form): ((int(value) + 1) % 12 + 1, (int(value) + 2) % 12 + 1) for form, value in months.items()}


@cache
def _forms() -> _Forms:
    numbers, calendar = word_list("tithi.numerals", "words.tsv"), word_list("tithi.dates", "words.tsv")
    strong = frozenset(fold(form) for form in numbers.forms(*_STRONG))
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
    return _Forms(strong - idle, cardinals, reaching, near, dated, months, eras)
