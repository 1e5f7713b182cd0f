"""What stands beside a figure and turns it: a minus sign, a percent sign, before or after Christ.

The figure is on both sides; its sign, its percent or its era is not.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import Final

from tithi.dates.find import find_dates
from tithi.evidence.pair import Cue, Pair
from tithi.evidence.shares import equal_shares
from tithi.evidence.tables import word_set
from tithi.evidence.words import Words
from tithi.records import Issue, Span
from tithi.rules.check import Check
from tithi.script import ascii_digits

__all__ = ["QUALIFIERS", "check_qualifiers"]

_FIGURE: Final = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*")
_DASHES: Final = frozenset("-\u2212\u2013")
_DASHED: Final = re.compile(r"[-\u2212\u2013](?<=[\s(].)\d")
_MINUS: Final = re.compile(r"(?<=[\s(])[-\u2212\u2013](?=\d)")
_PERCENT: Final = re.compile(r"\s?[%\u066a]")
_PER_CENT: Final = re.compile(r"\s?-?per[\s-]?cents?\b", re.IGNORECASE)
_GOES_ON: Final = re.compile(r"\s?[-–/&]|,\s?\d|\s(?:and|to|or)\s")
_PER_CENTAGE: Final = re.compile(r"\s?-?per[\s-]?cent", re.IGNORECASE)
_ERA: Final = re.compile(
    r"(?<![A-Za-z])(?:(?P<bc>B\.?\s?C\.?(?:\s?E\.?)?)|(?P<ad>A\.?\s?D\.?|C\.?\s?E\.?))(?![A-Za-z])"
)
_SPELT: Final = (frozenset("bc"), frozenset("ad"), frozenset("ce"))
_FIGURES: Final = 3
"""Years of other eras have so many figures at least."""
_NEAR: Final = 4
"""A word that turns a year stands at most so many words from it."""


def check_qualifiers(pair: Pair) -> list[Issue]:
    """Report figures of both sides of which one side alone has a sign, a percent or an era."""
    if not pair.hi_words.figures and not pair.en_words.figures:
        return [*_below_zero(pair), *_eras(pair)]
    return [*(_signs(pair) or _below_zero(pair)), *_percents(pair), *_eras(pair)]


def _below_zero(pair: Pair) -> list[Issue]:
    """Report a number that is below zero on one side alone, by a sign or in words: शून्य से 5 डिग्री नीचे, 5 degrees."""
    hi, en = ({hit.value: hit for hit in hits if hit.negative} for hits in (pair.hi_numbers, pair.en_numbers))
    if hi.keys() == en.keys():
        return []
    for below, others, found in ((hi, pair.en_numbers, pair.en_words), (en, pair.hi_numbers, pair.hi_words)):
        if not word_set("below-zero").isdisjoint(found.distinct):
            continue
        for other in others:
            hit = below.get(other.value)
            if hit is not None and not other.negative:
                ours, theirs = (hit, other) if below is hi else (other, hit)
                side = "English" if below is hi else "Hindi"
                spans = (ours.start, ours.stop), (theirs.start, theirs.stop)
                return [Issue("number", "error", *spans, f"{hit.text} is below zero, and not in the {side}")]
    return []


def _signs(pair: Pair) -> list[Issue]:
    if not _DASHED.search(pair.hi) and not _DASHED.search(pair.en):
        return []
    hi, en = ascii_digits(pair.hi), ascii_digits(pair.en)
    hi_match, en_match = _minus(hi), _minus(en)
    minus = word_set("minus")
    if (
        hi_match
        and not en_match
        and minus.isdisjoint(pair.en_words.distinct)
        and not _falls(hi, hi_match, pair.en_cues)
    ):
        figure = _figure_at(hi, hi_match[1])
        plain = None if _hyphened(figure, en) else _found(figure, en)
        return [Issue("number", "error", hi_match, plain, "a minus sign that the English has not")] if plain else []
    if (
        en_match
        and not hi_match
        and minus.isdisjoint(pair.hi_words.distinct)
        and not _falls(en, en_match, pair.hi_cues)
    ):
        figure = _figure_at(en, en_match[1])
        plain = None if _hyphened(figure, hi) else _found(figure, hi)
        return [Issue("number", "error", plain, en_match, "a minus sign that the Hindi has not")] if plain else []
    return []


def _falls(text: str, sign: Span, told: Sequence[Cue]) -> bool:
    """Whether a sign before a percentage is a word there: -7.3 % and fell by 7.3 %; degrees fall to any figure."""
    figure = _FIGURE.match(text, sign[1])
    is_percent = figure is not None and any(one.match(text, figure.end()) for one in (_PERCENT, _PER_CENT))
    return is_percent and any(
        "course=down" in kinds and ("course=up" not in kinds or "height=low" in kinds) for _, kinds in told
    )


def _found(figure: str, text: str) -> Span | None:
    """Return where a figure stands in a text, None when it does not."""
    return next((match.span() for match in _FIGURE.finditer(text) if match[0] == figure), None)


def _hyphened(figure: str, text: str) -> bool:
    """Whether a figure is the end of a name there: `Chandrayaan-1`."""
    return any(f"{dash}{figure}" in text for dash in _DASHES)


def _minus(text: str) -> Span | None:
    """Return the first minus sign before a figure that is no end of a range."""
    for match in _MINUS.finditer(text):
        before = text[: match.start()].rstrip()
        if before and not before[-1].isdigit():
            return match.span()
    return None


def _figure_at(text: str, start: int) -> str:
    match = _FIGURE.match(text, start)
    return match[0] if match else "\n"


def _percents(pair: Pair) -> list[Issue]:
    """Report a figure in percent whose like on the other side stands alone, when fewer percents are said there."""
    if not any(_says_percent(text, found) for text, found in ((pair.hi, pair.hi_words), (pair.en, pair.en_words))):
        return []
    if any(equal_shares(pair)):
        return []  # 40 of a hundred are 40 %
    hi, en = _in_percent(pair.hi, pair.hi_words), _in_percent(pair.en, pair.en_words)
    if len(hi[0]) == len(en[0]):
        return _percents_in_words(pair)
    longer, shorter, text = (hi, en, pair.en) if len(hi[0]) > len(en[0]) else (en, hi, pair.hi)
    found = pair.en_words if longer is hi else pair.hi_words
    for figure, span in longer[0].items():
        if figure in shorter[1] and figure not in shorter[0] and not _goes_on(text, found, shorter[1][figure][1]):
            side = "English" if longer is hi else "Hindi"
            spans = (span, shorter[1][figure]) if longer is hi else (shorter[1][figure], span)
            return [Issue("percent", "error", *spans, f"{figure} is in percent, and not in the {side}")]
    return _percents_in_words(pair)


def _goes_on(text: str, found: Words, stop: int) -> bool:
    """Whether a figure that ends at `stop` is the first of several: 31 से 50 प्रतिशत, 10 and 20%."""
    if _GOES_ON.match(text, stop):
        return True
    following = bisect_left(found.spans, (stop, 0))
    return following < len(found) and found.keys[following] in word_set("range")


def _percents_in_words(pair: Pair) -> list[Issue]:
    """Report a percent, in figures or in words, whose like is a plain number on a side that says percent less often."""
    shares, plain = [], []
    for hits, text in ((pair.hi_numbers, pair.hi), (pair.en_numbers, pair.en)):
        shares.append({hit.value: hit for hit in hits if hit.kind == "percent"})
        found = pair.hi_words if text is pair.hi else pair.en_words
        ends = [hit for hit in hits if hit.kind == "cardinal" and not _goes_on(text, found, hit.stop)]
        ends = [hit for hit in ends if not _PER_CENTAGE.match(text, hit.stop)]
        plain.append({hit.value: hit for hit in ends if hit.value > 1})
    if len(shares[0]) == len(shares[1]):
        return []
    more = int(len(shares[1]) > len(shares[0]))
    for value, hit in shares[more].items():
        if value in plain[1 - more] and value not in shares[1 - more]:
            ours, theirs = (hit, plain[1][value]) if more == 0 else (plain[0][value], hit)
            told = f"{hit.text} is in percent, and not in the {'Hindi' if more else 'English'}"
            return [Issue("percent", "error", (ours.start, ours.stop), (theirs.start, theirs.stop), told)]
    return []


def _says_percent(text: str, found: Words) -> bool:
    if "%" in text or "\u066a" in text:
        return True
    return "cent" in found.distinct or not word_set("percent").isdisjoint(found.distinct)


def _in_percent(text: str, found: Words) -> tuple[dict[str, Span], dict[str, Span]]:
    """Return the figures in percent, and those that are not, by their plain digits."""
    plain = ascii_digits(text)
    words = word_set("percent")
    following = dict(zip(found.spans, found.keys[1:], strict=False)) if found.figures else {}
    yes: dict[str, Span] = {}
    no: dict[str, Span] = {}
    for match in _FIGURE.finditer(plain):
        sign = _PERCENT.match(plain, match.end()) or _PER_CENT.match(plain, match.end())
        percent = sign is not None or following.get(match.span(), "") in words
        (yes if percent else no).setdefault(match[0].replace(",", ""), match.span())
    return yes, no


def _eras(pair: Pair) -> list[Issue]:
    """Report a year before Christ here and after there, or one that is counted from elsewhere on one side alone."""
    if not _says_era(pair.hi_words.distinct) and not _says_era(pair.en_words.distinct):
        return []
    hi, en = _era(pair.hi, pair.hi_words), _era(pair.en, pair.en_words)
    centuries = word_set("long-span")
    counted = set(pair.hi_words.figures) & set(pair.en_words.figures) or not (
        centuries.isdisjoint(pair.hi_words.distinct) or centuries.isdisjoint(pair.en_words.distinct)
    )
    if hi[0] == en[0] or not counted:
        return []
    hi_span, en_span = hi[1], en[1]
    if ("bc" in (hi[0], en[0]) or "other" in (hi[0], en[0])) and not _same_era_years(pair):
        return [Issue("date", "error", hi_span, en_span, "the years are not counted from the same time")]
    return []


def _same_era_years(pair: Pair) -> bool:
    """Whether both sides tell one year by an era, in whatever words: वि.सं. 2076, 2076 VS."""
    hi, en = find_dates(pair.hi, "hi"), find_dates(pair.en, "en")
    told = {hit.span.key for hit in hi if hit.evidence == "era"}
    return any(hit.evidence == "era" and hit.span.key in told for hit in en)


def _says_era(keys: frozenset[str]) -> bool:
    """Whether an era may be said; `B.C.` is two words."""
    return not _eras_said().isdisjoint(keys) or any(letters <= keys for letters in _SPELT)


@cache
def _eras_said() -> frozenset[str]:
    return word_set("bc") | word_set("ad") | word_set("other-era") | word_set("christ") | {"bc", "bce", "ad", "ce"}


def _era(text: str, found: Words) -> tuple[str, Span | None]:
    """Return `bc`, `ad`, `other` or an empty string, and where it is said; a year must be near."""
    keys, centuries = found.keys, word_set("long-span")
    other, before, christ = word_set("other-era"), word_set("bc"), word_set("christ")
    for i in [i for i, key in enumerate(keys) if key in other or key in before or key in christ]:
        near = keys[max(0, i - _NEAR) : i + _NEAR + 1]
        year = any(beside[:1].isdecimal() for beside in near)
        if not year and centuries.isdisjoint(near):
            continue
        key, following = keys[i], keys[i + 1] if i + 1 < len(keys) else ""
        numbered = any(len(beside) >= _FIGURES and beside.isdecimal() for beside in near)  # BS 6 is a standard
        if numbered and key in other and not found.texts[i].islower():
            return "other", found.spans[i]
        if key in before or (key in christ and following in word_set("before-christ")):
            return "bc", found.between(i, i + 1)
    match = _ERA.search(text)
    if match:
        return ("bc" if match["bc"] else "ad"), match.span()
    return "", None


QUALIFIERS = Check(check_qualifiers, {})
