"""The filter of figures: those that stand on one side while the other has another in their place."""

import re
from collections import Counter
from functools import cache
from typing import Final

from tithi.evidence.words import fold
from tithi.filters.evidence import Evidence
from tithi.filters.verdict import Said
from tithi.numerals.tokens import word_list
from tithi.script import ascii_digits

__all__ = ["figures"]

_FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)*")
_DATE: Final = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)(?!\d)")
_SPACED: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:, ?\d{2,3}){1,5}(?!\d)")
_PART: Final = re.compile("[,:] ?")
_HOUR: Final = re.compile(r"(?<![\d.,:])\d{1,2}: ?\d\d(?![\d:])")
_SCALED: Final = re.compile(
    "[\u0900-\u0963]*(?:लाख|करोड़|करोड़|हज़ार|हजार|अरब|खरब|सैकड़|दर्जन|सदी|दशक)"
    "|\\d\\s?(?:सौ(?![\u0900-\u0963])|(?:bn|mn|[kKmM])\\b)"
    r"|\b(?:thousand|million|billion|trillion|lakh|crore|dozen|hundred|centur|[ap]\.?m\.?\b)",
    re.IGNORECASE,
)


def figures(pair: Evidence) -> Said:
    """Figures that stand on one side alone while the other has another in their place.

    `१२` is 12, 1,00,000 is 100,000, and a figure may stand in words on the other side. Beside words such as लाख,
    million or p.m., and in dates such as 31.03.2020, figures are written in other ways, and nothing is compared.
    """
    ours, theirs = Counter(_figures(pair.hi, pair.en)), Counter(_figures(pair.en, pair.hi))
    if ours == theirs or any(_SCALED.search(text) or _DATE.search(ascii_digits(text)) for _, text in pair.sides):
        return Said(0, "figures differ")
    hi, en = ours - theirs, theirs - ours
    for left, other in ((hi, pair.en_words), (en, pair.hi_words)):
        for value in map(_cardinals().get, other.keys):
            if value in left:
                del left[value]
    if not hi or not en:
        return Said(0, "figures differ")
    seen = f"{next(iter(hi))} in the Hindi, {next(iter(en))} in the English"
    return Said(min(hi.total(), en.total()), f"figures differ, {seen}")


def _figures(text: str, other: str) -> list[str]:
    """Return the figures of a text as they are compared.

    `£1, 500` is one where the other side has it so, and so is `5: 30` where the other side has 5.30.
    """
    text = ascii_digits(text)
    if ", " in text or ":" in text:
        there = set(map(_plain, _FIGURE.findall(ascii_digits(other))))
        for pattern in (_SPACED, _HOUR):
            text = pattern.sub(
                lambda match: one if _plain(one := _PART.sub(".", match[0])) in there else match[0], text
            )
    return list(map(_plain, _FIGURE.findall(text)))


def _plain(figure: str) -> str:
    return re.sub(r"[,.](?=\d{2,3}(?:\D|$))|^0+(?=\d)", "", figure)


@cache
def _cardinals() -> dict[str, str]:
    """Return the numbers that are a word by themselves, folded, in digits: `तीन` and `three` are 3."""
    return {fold(form): value for form, value in word_list("tithi.numerals", "words.tsv").kinds["cardinal"].items()}
