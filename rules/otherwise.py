"""Numbers that the other side tells in no number, or in another one: what comes and goes, and is no error.

`पंचवर्षीय` has the five of five-year, `a decade` is दस साल, `in his twenties` is बीस से तीस के बीच; a rough count is told
in two numbers or in one, and a blank inside a figure makes two of one.
"""

import re
from collections.abc import Collection, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from tithi.evidence.lexicon import lexicon, stem
from tithi.evidence.pair import Pair, number_words
from tithi.evidence.sounds import likeness
from tithi.evidence.tables import common_words, word_set
from tithi.evidence.words import Words, fold
from tithi.numerals.find import NumberHit
from tithi.numerals.tokens import word_list
from tithi.records import Lang
from tithi.rules.romans import inner_numbers, roman_numbers
from tithi.rules.units import lone_spans, measured, spanned
from tithi.script import LETTERS, ascii_digits

__all__ = ["ages", "counted", "mended", "plain_figures", "told_otherwise"]

_DIGITS: Final = re.compile(r"\d+(?:[.,]\d+)*")
_SPLIT: Final = re.compile(r"(?<![\w.,:])\d+(?:,\d+)*(?:[.,:]? \d+){1,4}(?![\w:]|[.,]\d)")
_BETWEEN: Final = re.compile(r"\s*[-–,]?\s*")
_ITEM: Final = re.compile(r"\d{1,3}[.)]\s|\(\d{1,3}\)\s")
_FOLLOWING: Final = re.compile(rf"\s+([A-Za-z{LETTERS}]+)\s*(\w+)?")
_END: Final = re.compile(r"\s*(?:[।;!?)]|[.,](?!\s?\d)|$)")
_SPELT: Final = 0.75
_LETTERS: Final = 4
"""From this likeness on a name of so many letters is a number as it is written in the other script."""
_LONGEST_SCALE: Final = 5
"""What stands behind a figure and is longer, known or not, is no abbreviation of crore or billion."""


def told_otherwise(left: list[NumberHit], pair: Pair, lang: Lang) -> list[NumberHit]:
    """Return what is left of a side's numbers in `lang` that the other side lacks, without what it tells otherwise.

    Left out are a list item's number, the `दो-ढाई` of a rough count, a Roman numeral of the other side, what is a part
    of its words, an age by decades, and a time that the other side has as one span.
    """
    ours, found, other = pair.hi_numbers, pair.hi_words, pair.en_words
    if lang == "en":
        ours, found, other = pair.en_numbers, pair.en_words, pair.hi_words
    loose = [hit for two in pairwise(ours) if _is_rough(*two, found.source) for hit in two]
    theirs = pair.en_numbers if lang == "hi" else pair.hi_numbers
    loose += spanned(left, found.source, lang, lone_spans(other, theirs, "en" if lang == "hi" else "hi"))
    values = roman_numbers(other.source) | inner_numbers(other)
    decades = ages(other)
    return [
        hit
        for hit in left
        if not any(hit is one for one in loose)
        and not _is_placed(hit, found.source)
        and hit.value not in values
        and not any(decade <= hit.value <= decade + 10 for decade in decades)
        and not (lang == "hi" and _is_spelt(hit, other))
    ]


def _is_spelt(hit: NumberHit, other: Words) -> bool:
    """Whether an English name has the letters of a number in words: चौंसठ योगिनी, Chausath Yogini."""
    key = fold(hit.text.split(" ")[0])
    if key[:1].isdecimal():
        return False
    names = [word for word in other.distinct if word not in common_words()]
    return any(likeness(key, name) >= _SPELT for name in names if len(name) >= _LETTERS)


def ages(found: Words) -> Collection[int]:
    """Return the decades of age that an English text tells: 20 of `in his twenties`."""
    keys, decades, aged = found.keys, _decades(), word_set("aged")
    if decades.keys().isdisjoint(found.distinct):
        return ()
    at = [i for i, key in enumerate(keys) if i and key in decades and keys[i - 1] in aged]
    return [decades[keys[i]] for i in at if keys[max(i - 2, 0)] != "the"]


@cache
def _decades() -> dict[str, int]:
    told = word_list("tithi.dates", "words.tsv").kinds["decade"]
    decades = {form: int(year) % 100 for form, year in told.items() if form.isascii()}
    return decades | dict.fromkeys(word_set("teens"), 10)


def _is_rough(low: NumberHit, high: NumberHit, text: str) -> bool:
    """Whether two numbers in words, side by side and a step apart, are one rough count."""
    between = text[low.stop : high.start]
    return (
        0 < high.value - low.value <= 1
        and (_BETWEEN.fullmatch(between) is not None or fold(between.strip()) in word_set("rough"))
        and _DIGITS.search(text[low.start : high.stop]) is None
    )


def _is_placed(hit: NumberHit, text: str) -> bool:
    """Whether the number counts a list's items, `2. ` or `(2) ` at the head, or names a place to fill: %1$s, {0}."""
    if hit.start <= 1 and _ITEM.match(text) is not None:
        return True
    return text[max(hit.start - 1, 0) : hit.start] in ("%", "{") and text[hit.stop : hit.stop + 1] in ("$", "}")


def mended(ours: list[NumberHit], theirs: list[NumberHit], text: str) -> tuple[list[NumberHit], list[NumberHit]]:
    """Leave out what their text has with a blank inside the figure, 18, 916 for 18,916, and its pieces there."""
    for split in _SPLIT.finditer(text):
        figure = _figures(split[0])
        met = [hit for hit in ours if _figures(hit.text) == figure]
        if met:
            ours = [hit for hit in ours if hit is not met[0]]
            theirs = [hit for hit in theirs if hit.stop <= split.start() or hit.start >= split.end()]
    return ours, theirs


def _figures(text: str) -> str:
    return "".join(character for character in ascii_digits(text) if character.isdigit())


def counted(theirs: Sequence[NumberHit], text: str, lang: Lang) -> set[str]:
    """Return the figures of a side that no scale follows, nor a longer row of figures: 40 of `40 students`.

    What stands before a short unknown word may be a crore, and the first of `1.5 to 2 lakh` is one.
    """
    hits = list(theirs)
    found = {figure for hit, _ in measured(text, hits, lang) for figure in plain_figures(hit.text)}
    for hit in hits:
        after = _FOLLOWING.match(text, hit.stop)
        if after is None:
            found.update(plain_figures(hit.text) if _END.match(text, hit.stop) else ())
            continue
        key, then = fold(after[1]), fold(after[2] or "")
        if key in word_set("range"):
            scaled = then[:1].isdecimal() or then in number_words()
        else:
            scaled = not _is_known(key, lang) and len(key) <= _LONGEST_SCALE
        if not scaled:
            found.update(plain_figures(hit.text))
    return found


def plain_figures(text: str) -> list[str]:
    """Return the figures of a text as ASCII digits without grouping: `1,50,000`, `१५००००` and `150000` are one."""
    return [ascii_digits(figure).replace(",", "").lstrip("0") or "0" for figure in _DIGITS.findall(text)]


def _is_known(key: str, lang: Lang) -> bool:
    if key in word_set("scale-too"):
        return False
    return key in common_words() if lang == "en" else bool(lexicon().english[stem(key, lang)])
