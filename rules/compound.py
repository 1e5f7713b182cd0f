"""Measures told in two units and in one: `3 किलो 200 ग्राम` and 3.2 kg, `5 फुट 10 इंच` and 178 cm."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Final

from tithi.evidence.pair import Pair
from tithi.numerals.find import NumberHit
from tithi.records import Lang
from tithi.rules.units import Unit, measured

__all__ = ["equal_sums"]

_APART: Final = 20
"""Behind the first number its unit, and perhaps `and`, come before the second."""
_TOLERANCE: Final = Fraction(1, 100)

Sum = tuple[tuple[NumberHit, ...], str, Fraction]
"""The numbers of a measure, its dimension, and how much it comes to."""


def equal_sums(pair: Pair) -> tuple[list[NumberHit], list[NumberHit]]:
    """Return the numbers of each side that tell a measure in two units which the other side tells in one."""
    hi: list[NumberHit] = []
    en: list[NumberHit] = []
    if not pair.hi_numbers or not pair.en_numbers:
        return hi, en
    ours, theirs = list(_sums(pair.hi, pair.hi_numbers, "hi")), list(_sums(pair.en, pair.en_numbers, "en"))
    for hits, dimension, value in ours:
        for others, other_dimension, other in theirs:
            differs = len(hits) != len(others) and dimension == other_dimension
            if differs and abs(value - other) <= _TOLERANCE * max(value, other):
                hi += hits
                en += others
    return hi, en


def _sums(text: str, numbers: list[NumberHit], lang: Lang) -> Iterator[Sum]:
    told = [(hit, unit) for hit, units in measured(text, numbers, lang) for unit in units.values() if _is_plain(unit)]
    for hit, unit in told:
        yield (hit,), unit.dimension, hit.value * (unit.factor or 1)
    for (hit, unit), (behind, smaller) in pairwise(told):
        factor, lesser = unit.factor or Fraction(1), smaller.factor or Fraction(1)
        near = 0 < behind.start - hit.stop <= _APART and unit.dimension == smaller.dimension
        if near and lesser < factor and behind.value * lesser < factor:
            yield (hit, behind), unit.dimension, hit.value * factor + behind.value * lesser


def _is_plain(unit: Unit) -> bool:
    return unit.factor is not None and not unit.offset
