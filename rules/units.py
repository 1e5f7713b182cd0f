"""Units beside numbers: the same figure in rupees here and in dollars there, kilometres told as miles.

A right conversion (10 miles for 16 किमी) is a hint and no number error; a figure kept under another unit is an error.
The units stand in units.tsv. Compound units (km/h, per cent of) are compared by their first word.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Final

from tithi.evidence.pair import Pair
from tithi.evidence.tables import read_table, spellings, word_set
from tithi.evidence.words import Words, fold
from tithi.numerals.find import NumberHit
from tithi.records import Issue, Lang, Span
from tithi.rules.check import Check, contradiction
from tithi.script import LETTERS

__all__ = ["UNITS", "Unit", "check_units", "conversions", "lone_spans", "measured", "spanned"]

_AFTER = re.compile(rf"[\s-]*(?:(?:of )?an? )?((?:[°º]\s?)?[^\W\d_][\w.{LETTERS}\u200c\u200d]*|[₹$€£¥₽℃℉])")
_BEFORE = re.compile(rf"([^\W\d_][\w{LETTERS}]*|[₹$€£¥₽])\.?\s*$")
Measured = list[tuple[NumberHit, dict[str, "Unit"]]]
_COMPARED = 100
"""Of a side's numbers so many are compared: time grows with their square."""
_HINDI: Final[Lang] = "hi"
_ENGLISH: Final[Lang] = "en"
_SIGNS: Final = "₹$€£¥₽"
_FIGURES: Final = re.compile(r"[\d,.]+")
_SUM: Final = 10
"""Smaller sums are hardly told without their money; what is read as one is a piece of a figure."""
_TOLERANCE = Fraction(1, 20)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; in those of one `dimension`, `value * factor + offset` are equal; `factor` is None where rates change."""

    name: str
    dimension: str
    factor: Fraction | None
    offset: Fraction


def check_units(pair: Pair) -> list[Issue]:
    """Report a figure that stands with one unit here and another there, and figures that were converted."""
    if not pair.hi_numbers or not pair.en_numbers:
        return _currencies(pair)
    hi, en = measured(pair.hi, pair.hi_numbers, "hi"), measured(pair.en, pair.en_numbers, "en")
    hi_said, en_said = ({(hit.value, name) for hit, units in side for name in units} for side in (hi, en))
    for ours, hi_units in hi:
        for theirs, en_units in en:
            if ours.value != theirs.value or any(
                (ours.value, name) in said
                for units, said in ((hi_units, en_said), (en_units, hi_said))
                for name in units
            ):
                continue
            kin = [(a, b) for a, b in product(hi_units.values(), en_units.values()) if a.dimension == b.dimension]
            if kin:
                first, second = kin[0]
                told = f"{ours.text} {first.name} in the Hindi, {theirs.text} {second.name} in the English"
                places = _with_unit(pair.hi, ours, "hi"), _with_unit(pair.en, theirs, "en")
                return [Issue("unit", "error", *places, told)]
    return [
        Issue(
            "unit",
            "hint",
            (ours.start, ours.stop),
            (theirs.start, theirs.stop),
            f"{ours.text} in the Hindi is {theirs.text} in the English in another unit",
        )
        for ours, theirs in conversions(pair)
    ] or (_currencies(pair) or _lost(pair, hi, en))


def _currencies(pair: Pair) -> list[Issue]:
    """Report the one currency that each side names when they differ: करोड़ों रुपये, crores of dollars."""
    if _money(_HINDI).isdisjoint(pair.hi_words.distinct) or _money(_ENGLISH).isdisjoint(pair.en_words.distinct):
        return []
    ours, theirs = (
        [(i, forms[key]) for i, key in enumerate(found.keys) if key in forms and _is_money(forms[key])]
        for found, forms in ((pair.hi_words, _forms(_HINDI)), (pair.en_words, _forms(_ENGLISH)))
    )
    if not ours or not theirs or any(sign in pair.hi or sign in pair.en for sign in _SIGNS):
        return []
    names = [{name for _, units in found for name in units} for found in (ours, theirs)]
    if any(len(found) > 1 for found in names) or names[0] == names[1]:
        return []
    first, second = pair.hi_words[ours[0][0]], pair.en_words[theirs[0][0]]
    return [contradiction("unit", first, second)]


def _lost(pair: Pair, hi: Measured, en: Measured) -> list[Issue]:
    """Report a sum of money that is a bare figure on a side which names no money at all: 900 रुपये, 900.

    Of what is told in lakhs or millions people know that it is money.
    """
    for side, other, there, found, lang in (
        (hi, pair.en_numbers, pair.en, pair.en_words, _ENGLISH),
        (en, pair.hi_numbers, pair.hi, pair.hi_words, _HINDI),
    ):
        sums = [hit for hit, units in side if _is_money(units)]
        if not sums or not _money(lang).isdisjoint(found.distinct) or any(sign in there for sign in _SIGNS):
            continue
        for hit in sums:
            bare = next((one for one in other if one.value == hit.value and _FIGURES.fullmatch(one.text)), None)
            if bare is not None and hit.value >= _SUM and _FIGURES.fullmatch(hit.text) is not None:
                ours, theirs = (hit, bare) if side is hi else (bare, hit)
                told = f"{hit.text} is money, and not in the {'English' if side is hi else 'Hindi'}"
                return [Issue("unit", "error", (ours.start, ours.stop), (theirs.start, theirs.stop), told)]
    return []


@cache
def _money(lang: Lang) -> frozenset[str]:
    return frozenset(form for form, units in _forms(lang).items() if _is_money(units))


def _is_money(units: dict[str, Unit]) -> bool:
    return all(unit.dimension == "currency" for unit in units.values())


def conversions(pair: Pair) -> list[tuple[NumberHit, NumberHit]]:
    """Return the figures of both sides that differ in value and unit but come to the same within 5 %."""
    found = []
    hi_values, en_values = {hit.value for hit in pair.hi_numbers}, {hit.value for hit in pair.en_numbers}
    english = measured(pair.en, pair.en_numbers, "en")
    for ours, hi_units in measured(pair.hi, pair.hi_numbers, "hi"):
        for theirs, en_units in english:
            # A figure that stands on both sides was kept, not converted.
            if (ours.value not in en_values or theirs.value not in hi_values) and any(
                _same(ours.value, one, theirs.value, other) for one in hi_units.values() for other in en_units.values()
            ):
                found.append((ours, theirs))
    return found


def spanned(hits: list[NumberHit], text: str, lang: Lang, lone: Iterable[Unit]) -> list[NumberHit]:
    """Return those of a side's numbers whose time is one whole span of the other side: दस साल, a decade."""
    told = measured(text, hits, lang)
    return [
        hit
        for hit, units in told
        if any(_same(hit.value, one, Fraction(1), span) for one in units.values() for span in lone)
    ]


def _same(value: Fraction, unit: Unit, other_value: Fraction, other: Unit) -> bool:
    if unit.dimension != other.dimension or unit.name == other.name or unit.factor is None or other.factor is None:
        return False
    a, b = value * unit.factor + unit.offset, other_value * other.factor + other.offset
    return abs(a - b) <= _TOLERANCE * max(abs(a), abs(b))


def lone_spans(found: Words, numbers: list[NumberHit], lang: Lang) -> list[Unit]:
    """Return the units of time of a side that no number counts nor has in it: a decade, पखवाड़े भर; no half a century."""
    forms = _forms(lang)
    told = [range(hit.start, hit.stop) for hit in numbers[:_COMPARED]]
    counted = {number.stop for number in told}
    lone = []
    keys = [key.removesuffix("'s") for key in found.keys]
    for i in [i for i, key in enumerate(keys) if key in forms]:
        first, stop = found.spans[i]
        within = any(first in number and stop - first < len(number) for number in told)
        if not within and (i == 0 or found.spans[i - 1][1] not in counted):
            lone += [unit for unit in forms[keys[i]].values() if unit.dimension == "time"]
    return lone


def measured(text: str, numbers: list[NumberHit], lang: Lang) -> list[tuple[NumberHit, dict[str, Unit]]]:
    """Return the numbers that stand beside a unit, with the units it may be by name."""
    return [(hit, found[0]) for hit in numbers[:_COMPARED] if (found := _beside(text, hit, lang)) is not None]


def _beside(text: str, hit: NumberHit, lang: Lang) -> tuple[dict[str, Unit], Span] | None:
    """Return what unit a number may have, by name, and where it stands; None where there is none."""
    forms = _forms(lang)
    after = _AFTER.match(text, hit.stop, hit.stop + 40)
    if after and _form(after[1]) in word_set("degree"):
        after = _AFTER.match(text, after.end(), hit.stop + 40) or after
    before = _BEFORE.search(text, max(0, hit.start - 12), hit.start)
    for match in (before, after):
        units = forms.get(_form(match[1]), {}) if match else {}
        if match and units and not (match is before and next(iter(units.values())).dimension != "currency"):
            return units, match.span(1)
    return None


def _with_unit(text: str, hit: NumberHit, lang: Lang) -> Span:
    """Return where a number stands with its unit."""
    found = _beside(text, hit, lang)
    start, stop = found[1] if found else (hit.start, hit.stop)
    return min(start, hit.start), max(stop, hit.stop)


def _form(found: str) -> str:
    return fold(found).rstrip(".").replace("º", "°").replace("° ", "°")


@cache
def _forms(lang: Lang) -> dict[str, dict[str, Unit]]:
    """Return units by folded form; पाउंड is two."""
    forms: dict[str, dict[str, Unit]] = {}
    for row in read_table("units.tsv"):
        if row["lang"] == lang:
            factor = Fraction(row["factor"]) if row["factor"] else None
            unit = Unit(row["name"], row["dimension"], factor, Fraction(row["offset"] or 0))
            for form in spellings(row["form"]):
                forms.setdefault(form, {})[unit.name] = unit
    return forms


UNITS = Check(check_units, {"unit": "the same number with another unit; a converted one (40 °C, 104 °F) is a hint"})
