"""Numbers in Hindi and English text with exact values: digits of both scripts, words, lakh and crore, fractions.

>>> [(hit.text, hit.value) for hit in find_numbers("ढाई लाख लोग, यानी 1.61 मिलियन का 15.5%", "hi")]
[('ढाई लाख', Fraction(250000, 1)), ('1.61 मिलियन', Fraction(1610000, 1)), ('15.5%', Fraction(31, 2))]

A range (`10-15`) and a ratio (`3:2`) are two numbers. Units are not read; dates are numbers too unless their spans
are given as `skip`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tithi import arguments
from tithi.numerals.grammar import NumberReader, openings
from tithi.numerals.reader import NumberKind
from tithi.numerals.signs import is_negative
from tithi.numerals.tokens import Reading, reading
from tithi.records import Lang, Span
from tithi.script import ascii_digits, stop_signs

__all__ = ["NumberHit", "NumberKind", "digit_values", "find_numbers", "number_values", "numbers_in"]


_DIGITS: Final = re.compile(r"[0-9०-९]++(?:[.,][0-9०-९]++)*+")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{2,3}){0,9},[0-9]{3}(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class NumberHit:
    """A number in a text: `text` is the text's own characters `[start, stop)`, `value` exactly what they mean.

    Of a percentage the value is the figure (15.5), of a time of day the hours (साढ़े तीन बजे and 3:30 are 7/2). A `label`
    hangs on to letters (COVID-19, G20). `weak` marks words that often are no number or have no counterpart: एक, one,
    पहले, दूसरे, second, both, hundreds, numbers in names (BBC Two). `approximate` says that about, लगभग or the like
    stands before, `negative` that a sign or minus does, or that the degrees are below zero. `magnitude` is the number
    named by a word that counts nothing (100000 of लाखों and of `hundreds of thousands`, 12 of दर्जनों), else None.
    """

    start: int
    stop: int
    text: str
    value: Fraction
    kind: NumberKind
    weak: bool = False
    approximate: bool = False
    negative: bool = False
    magnitude: int | None = None


def find_numbers(text: str, lang: Lang, *, skip: Sequence[Span] = ()) -> list[NumberHit]:
    """Return the numbers in `text`, in order and without overlap, in time linear in its length.

    Args:
        text: Any text, as published.
        lang: The language of the text; words of the other one are understood too, but for what means another thing.
        skip: Spans that hold no numbers for the caller, as those of dates; in order or not.

    Example:
        >>> hit = find_numbers("साढ़े तीन बजे", "hi")[0]
        >>> hit.value, hit.kind
        (Fraction(7, 2), 'time')
    """
    lang = arguments.lang(lang, "find_numbers")
    text, skip = arguments.text(text, "find_numbers"), arguments.spans(skip, "find_numbers: skip")
    return numbers_in(reading(text), lang, skip=skip)


def numbers_in(read: Reading, lang: Lang, *, skip: Sequence[Span] = ()) -> list[NumberHit]:
    """Return what `find_numbers` does for a text that is cut into tokens already."""
    reader = NumberReader(read.tokens, lang)
    hits: list[NumberHit] = []
    after = 0
    for index in openings(read.tokens.texts):
        found = reader.read(index) if index >= after else None
        if found is None:
            continue
        after = found.stop
        start, stop, text = read.told(*read.tokens.span(index, after))
        about = reader.has("approximate", index - 1)
        below = is_negative(reader, index, after)
        hits.append(NumberHit(start, stop, text, found.value, found.kind, found.weak, about, below, found.magnitude))
    return _outside(hits, skip)


def number_values(text: str, lang: Lang, *, skip: Sequence[Span] = ()) -> Counter[Fraction]:
    """Return how often the text tells each value, below zero where it is negative; weak numbers are left out.

    Example:
        >>> number_values("दस लाख", "hi") == number_values("one million", "en")
        True
    """
    hits = numbers_in(reading(text), lang, skip=skip)
    return Counter(-hit.value if hit.negative else hit.value for hit in hits if not hit.weak)


def digit_values(text: str) -> Counter[str]:
    """Return how often the text tells each number in digits, as ASCII digits without grouping; fast, reads no words.

    Example:
        >>> digit_values("१,५०,००० में 1.5")
        Counter({'150000': 1, '1.5': 1})
    """
    values: Counter[str] = Counter()
    for match in _DIGITS.findall(stop_signs(text)):
        number = ascii_digits(match)
        if "," in number and _GROUPED.fullmatch(number) is None:
            values.update(part.lstrip("0") or "0" for part in number.split(","))
            continue
        values[number.replace(",", "").lstrip("0") or "0"] += 1
    return values


def _outside(hits: list[NumberHit], skip: Sequence[Span]) -> list[NumberHit]:
    """Leave out the hits that overlap a span; both in order, so one pass will do."""
    spans = sorted(skip)
    kept = []
    position = 0
    for hit in hits:
        while position < len(spans) and spans[position][1] <= hit.start:
            position += 1
        if position == len(spans) or spans[position][0] >= hit.stop:
            kept.append(hit)
    return kept
