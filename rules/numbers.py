"""Numbers: each number of one side must be told on the other, in whatever script, words or scale.

`दस लाख` answers to 1 million, `ढाई` to 2.5, `50 %` to half. A number met by a rounded one (1,612,345 and about 1.6
million), or by digits inside a date, a name or a range, is no error. What is left over on both sides is a
contradiction; left over on one side it is reported when it is written in digits or is 3 or more, which translators
keep.
"""

import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from functools import cache

from tithi.evidence.pair import Pair
from tithi.evidence.shares import equal_shares, is_every
from tithi.evidence.tables import word_set
from tithi.evidence.words import Words, fold
from tithi.numerals.find import NumberHit
from tithi.numerals.roman import roman_value
from tithi.numerals.words import number_words
from tithi.records import Issue, Lang
from tithi.rules.check import Check, contradiction
from tithi.rules.clocks import by_clock, clocks
from tithi.rules.compound import equal_sums
from tithi.rules.otherwise import counted, mended, plain_figures, told_otherwise
from tithi.rules.units import conversions, measured

__all__ = ["NUMBERS", "check_numbers"]

_ROUGH = 3
"""A figure of so many characters, 1.6, is but about as much."""
Numbers = tuple[list[NumberHit], list[NumberHit]]
_COMPARED = 100
"""More numbers of a side than this are compared for equal values alone: time must not grow with their square."""
_SHORT = {"second", "minute"}
"""Units of which two are but a while."""


def check_numbers(pair: Pair) -> list[Issue]:
    """Report numbers that the other side contradicts or lacks."""
    if not pair.hi_numbers and not pair.en_numbers:
        return []
    hi = _unmet(pair.hi_numbers, pair.hi, pair.en_numbers, pair.en_words, "en")
    en = _unmet(pair.en_numbers, pair.en, pair.hi_numbers, pair.hi_words, "hi")
    if hi and en:
        hi, en = mended(hi, en, pair.en)
        en, hi = mended(en, hi, pair.hi)
    if (hi or en) and (converted := conversions(pair)):
        hi = [hit for hit in hi if not any(hit is ours for ours, _ in converted)]
        en = [hit for hit in en if not any(hit is theirs for _, theirs in converted)]
    for answered in (equal_shares, equal_sums) if hi or en else ():
        hi, en = (
            [hit for hit in left if not any(hit is one for one in met)]
            for left, met in zip((hi, en), answered(pair), strict=True)
        )
    if hi and not en:
        en = _surplus(pair.en_numbers, pair.hi_numbers)
        hi = hi if en else told_otherwise(hi, pair, "hi")
    elif en and not hi:
        hi = _surplus(pair.hi_numbers, pair.en_numbers)
        en = en if hi else told_otherwise(en, pair, "en")
    if not hi and not en:
        hi, en = _other_crowds(pair) or _other_labels(pair) or ([], [])
    issues = [contradiction("number", ours, theirs) for ours, theirs in zip(hi, en, strict=False)]
    hi_more = _told(hi[len(en) :], pair.hi_words, "hi")
    en_more = _told(en[len(hi) :], pair.en_words, "en")
    issues += [Issue("number", "error", (n.start, n.stop), None, f"{n.text} is not in the English") for n in hi_more]
    issues += [Issue("number", "error", None, (n.start, n.stop), f"{n.text} is not in the Hindi") for n in en_more]
    return issues


@cache
def _named() -> dict[str, Fraction]:
    """Return the words, folded, that name what is a number in the other language."""
    kinds = number_words().kinds
    return {fold(form): Fraction(value) for kind in ("english", "named") for form, value in kinds[kind].items()}


def _unmet(ours: Sequence[NumberHit], here: str, theirs: list[NumberHit], there: Words, lang: Lang) -> list[NumberHit]:
    """Return our strong numbers that nothing in the other side's numbers, bare digits or names of numbers answers to.

    `here` is our text, `there` the other side, in `lang`; चौका is four runs.
    """
    text = there.source
    values = {hit.value for hit in theirs}
    values |= {whole + part for whole, part in _mixed(theirs)}
    # Both halves of our `two years and a half` are met by ढाई.
    met = {number for mixed in _mixed(ours) if sum(mixed) in values for number in mixed}
    values |= {by_clock(value) for value in values if value.denominator > 1}
    met |= {number for clock in clocks(ours, here) if not values.isdisjoint(clock.told) for number in clock.numbers}
    hours = {told for clock in clocks(theirs, text) for told in clock.told}
    met |= values | hours | {Fraction(0)} | _names_in(there, theirs)
    bare: set[str] | None = None
    scaled: set[str] = set()
    unmet = []
    for hit in ours:
        if hit.weak or hit.kind == "label" or hit.value in met or (hours and by_clock(hit.value) in hours):
            continue
        if hit.kind == "time" and hit.value in (0, 12, 24) and not word_set("noon").isdisjoint(there.distinct):
            continue
        if bare is None:
            bare = set(plain_figures(text))
            scaled = {figure for other in theirs if (figure := _scaled(other)) is not None}
        # 1.5 of 1.5 lakh is met by the bare 1.5 of `1.5 to 2 lakh`, not by 1.5 million, nor by Rs 1.5.
        digits = bare
        if _scaled(hit) is not None:
            digits = bare - (scaled or counted(theirs, text, lang))
        if _digits(hit) & digits or any(_alike(hit, other) for other in theirs[:_COMPARED]):
            continue
        unmet.append(hit)
    return unmet


def _names_in(there: Words, told: Sequence[NumberHit]) -> set[Fraction]:
    """Return the numbers that words of a side name outside of what is `told` there: no 100 in `half a century`."""
    named = _named()
    if named.keys().isdisjoint(there.distinct):
        return set()
    parts = [range(hit.start, hit.stop) for hit in told]
    return {named[word.key] for word in there if word.key in named and not any(word.start in part for part in parts)}


def _mixed(hits: Sequence[NumberHit]) -> list[tuple[Fraction, Fraction]]:
    """Return the whole and the part of numbers told apart: two years and a half; a year and three quarters has 1."""
    found = []
    whole = Fraction(1)
    for hit in hits:
        if 0 < hit.value < 1:
            found += [(Fraction(1), hit.value), (whole, hit.value)]
        elif hit.value.denominator == 1:
            whole = hit.value
    return found


def _other_crowds(pair: Pair) -> Numbers | None:
    """Return the one vague number of each side when they are worlds apart: हज़ारों लोग, millions of people."""
    hi = [hit for hit in pair.hi_numbers if hit.kind == "vague"]
    en = [hit for hit in pair.en_numbers if hit.kind == "vague"]
    if len(hi) == len(en) == 1:
        least, most = sorted((hi[0].value, en[0].value))
        # Where Hindi has no usual word, लाखों is said for millions and हज़ारों for tens of thousands.
        loose = least >= 100_000 or en[0].text.lower().startswith("tens")
        if most >= 8 * least and not (loose and most <= 10 * least):
            return hi, en
    return None


def _other_labels(pair: Pair) -> Numbers | None:
    """Return the one label of each side when no number of the other is in it: 5G and 4G, द्वितीय and Elizabeth III."""
    hi, en = (list(filter(_is_label, hits)) for hits in (pair.hi_numbers, pair.en_numbers))
    if len(hi) != 1 or len(en) != 1 or hi[0].value == en[0].value or hi[0].kind != en[0].kind:
        return None
    met = hi[0].value in {hit.value for hit in pair.en_numbers} or en[0].value in {hit.value for hit in pair.hi_numbers}
    return None if met else (hi, en)


def _is_label(hit: NumberHit) -> bool:
    """Whether a number belongs to a name; versions and telephone numbers are told with other codes."""
    if hit.kind == "label":
        return not hit.weak and hit.text.isdecimal()
    return hit.kind == "ordinal" and (
        hit.text in number_words().kinds["rank"]
        or roman_value(hit.text) is not None
        or (hit.start > 0 and hit.text[0].isupper())
    )


def _digits(hit: NumberHit) -> set[str]:
    """Return how the value may stand in digits: `97000` of `97,000`, its parts of a decimal or time."""
    figures = plain_figures(hit.text)
    found = set(figures) if len(figures) == 1 else set()
    if hit.value.denominator == 1:
        found.add(str(hit.value.numerator))
    return found


def _scaled(hit: NumberHit) -> str | None:
    """Return the figure before a scale word (`1.5` of 1.5 लाख), None when the number has none."""
    figures = plain_figures(hit.text)
    if len(figures) != 1 or hit.kind == "label" or figures[0].count(".") > 1:
        return None
    return figures[0] if hit.value >= 10 * Fraction(figures[0]) > 0 else None


def _alike(hit: NumberHit, other: NumberHit) -> bool:
    """Whether two unequal values may say the same: percent and fraction, hours, a rounded figure."""
    a, b = hit.value, other.value
    if "percent" in (hit.kind, other.kind) and (a == b * 100 or b == a * 100):
        return True
    if {hit.kind, other.kind} == {"fraction", "ordinal"} and a * b == 1:
        return True  # तीसरा भाग, the last third
    if "time" in (hit.kind, other.kind) and (
        abs(a - b) == 12 or a == b * 100 or b == a * 100 or by_clock(a) == b or by_clock(b) == a
    ):
        return True
    european = max(a, b) == 1000 * min(a, b) and re.search(r"\d\.\d{3}$", (hit if a < b else other).text)
    if european or _rounds_figure(a, other) or _rounds_figure(b, hit):
        return True  # 10.700 written the European way for 10,700
    if hit.approximate != other.approximate or "vague" in (hit.kind, other.kind):
        return _rounds(a, b) or _rounds(b, a)
    # Both say about: 206 for 200 is then a slip, 1,612,000 for 1.6 million is not.
    return hit.approximate and min(a, b) >= 10_000 and (_rounds(a, b) or _rounds(b, a))


def _rounds(fine: Fraction, coarse: Fraction) -> bool:
    """Whether `coarse` is `fine` rounded to at most two figures: 1.6 million is 1,612,000."""
    if fine <= 0 or coarse <= 0:
        return False
    digits = str(int(coarse)).rstrip("0")
    step = Fraction(10) ** (len(str(int(coarse))) - 1 if len(digits) <= 1 else len(str(int(coarse))) - 2)
    return len(digits) <= 2 and step >= 10 and abs(fine - coarse) <= step / 2


def _rounds_figure(fine: Fraction, coarse: NumberHit) -> bool:
    """Whether a figure of three digits before a scale word is `fine` rounded: 34.57 billion, 3,456.78 crore."""
    figure = _scaled(coarse)
    if figure is None or "." not in figure or len(figure) <= _ROUGH:
        return False
    scale = coarse.value / Fraction(figure)
    decimals = len(figure.partition(".")[2])
    return fine != coarse.value and round(fine / scale, decimals) == Fraction(figure)


def _told(hits: list[NumberHit], found: Words, lang: Lang) -> list[NumberHit]:
    """Return the numbers that a translator keeps: in digits, fractions, 3 or more in words, or two of a unit.

    One and two come and go, and so do `two minutes` and `every two years`.
    """
    kept = [hit for hit in hits if hit.value > 2 or hit.kind == "fraction" or any(map(str.isdigit, hit.text))]
    if len(kept) < len(hits) and any(hit.value == 2 for hit in hits):
        for hit, units in measured(found.source, hits, lang):
            if hit.value == 2 and hit not in kept and _SHORT.isdisjoint(units) and not is_every(found, hit.start):
                kept.append(hit)
    return kept


def _surplus(ours: Sequence[NumberHit], theirs: Sequence[NumberHit]) -> list[NumberHit]:
    """Return our strong numbers that we tell more often than the other side: one stands where another should."""
    left = Counter(hit.value for hit in theirs)
    surplus = []
    for hit in ours:
        left[hit.value] -= 1
        if left[hit.value] < 0 and not hit.weak:
            surplus.append(hit)
    return surplus


NUMBERS = Check(
    check_numbers,
    {"number": "an amount (lakh, crore, one and a half) that the other side does not have, or has elsewhere"},
)
