"""Questions told as statements, brackets and quotation marks left alone: hints, for they are rare in faithful pairs."""

import re

from tithi.evidence.pair import Pair
from tithi.evidence.tables import word_set
from tithi.evidence.words import Words
from tithi.records import Issue, Lang
from tithi.rules.check import Check

__all__ = ["PUNCTUATION", "check_punctuation"]

_MARKS = re.compile(r"[?\uff1f]")
_QUESTION = re.compile(r"[?\uff1f]['\"”’)\]\s]*$")
_QUOTES = re.compile(r"[\"“”„]")


def check_punctuation(pair: Pair) -> list[Issue]:
    """Report a question told as a statement, and brackets or quotes that one side closes and the other does not."""
    issues = []
    hi_asks, en_asks = (_MARKS.search(text) is not None for text in (pair.hi, pair.en))
    if hi_asks != en_asks and not (
        _asks_in_words(pair.en_words, "en") if hi_asks else _asks_in_words(pair.hi_words, "hi")
    ):
        side, other, text = ("Hindi", "English", pair.hi) if hi_asks else ("English", "Hindi", pair.en)
        if match := _QUESTION.search(text):
            span = (match.start(), match.start() + 1)
            hi, en = (span, None) if hi_asks else (None, span)
            issues.append(Issue("punctuation", "hint", hi, en, f"a question in the {side}, none in the {other}"))
    for opening, hi_odd, en_odd in (
        ("(", pair.hi.count("(") > pair.hi.count(")"), pair.en.count("(") > pair.en.count(")")),
        ('"', len(_QUOTES.findall(pair.hi)) % 2 == 1, len(_QUOTES.findall(pair.en)) % 2 == 1),
    ):
        if hi_odd != en_odd:
            side = "Hindi" if hi_odd else "English"
            issues.append(Issue("punctuation", "hint", None, None, f"{opening} is left alone in the {side}"))
    return issues


def _asks_in_words(found: Words, lang: Lang) -> bool:
    """Whether a side asks without a mark: क्या, कौन anywhere in Hindi, `How to …` at the head of English."""
    asked = found.distinct if lang == "hi" else found.keys[:1]
    return not word_set("asks").isdisjoint(asked)


PUNCTUATION = Check(check_punctuation, {"punctuation": "a question or a quotation on one side alone"})
