"""Questions told as statements, brackets and quotation marks left alone: hints, for they are rare in faithful pairs."""

import re

from tithi.evidence.pair import Pair
from tithi.records import Issue
from tithi.rules.check import Check

__all__ = ["PUNCTUATION", "check_punctuation"]

_QUESTION = re.compile(r"\?['\"”’)\]\s]*$")
_QUOTES = re.compile(r"[\"“”„]")


def check_punctuation(pair: Pair) -> list[Issue]:
    """Report a question told as a statement, and brackets or quotes that one side closes and the other does not."""
    issues = []
    if ("?" in pair.hi) != ("?" in pair.en):
        side, other, text = ("Hindi", "English", pair.hi) if "?" in pair.hi else ("English", "Hindi", pair.en)
        if match := _QUESTION.search(text):
            span = (match.start(), match.start() + 1)
            hi, en = (span, None) if side == "Hindi" else (None, span)
            issues.append(Issue("punctuation", "hint", hi, en, f"a question in the {side}, none in the {other}"))
    for opening, hi_odd, en_odd in (
        ("(", pair.hi.count("(") > pair.hi.count(")"), pair.en.count("(") > pair.en.count(")")),
        ('"', len(_QUOTES.findall(pair.hi)) % 2 == 1, len(_QUOTES.findall(pair.en)) % 2 == 1),
    ):
        if hi_odd != en_odd:
            side = "Hindi" if hi_odd else "English"
            issues.append(Issue("punctuation", "hint", None, None, f"{opening} is left alone in the {side}"))
    return issues


PUNCTUATION = Check(check_punctuation, {"punctuation": "a question or a quotation on one side alone"})
