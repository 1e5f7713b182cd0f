"""Words in an order in which nobody writes them: a side that was shuffled, or is a heap of words.

How words stand in texts is learnt (see `tithi.evidence.order`); lists, titles and verse are freer than
prose, so that of short sides only whole sentences are told, and how sure an issue is follows from how far off the order
is and from whether neighbours stand together on the other side too (`tithi.checks.confidence`).
"""

from typing import Final

from tithi.evidence.pair import Pair
from tithi.records import Issue, Lang
from tithi.rules.check import Check

__all__ = ["ORDER", "check_order", "disorder"]

_LEAST: Final = 6
_LONG: Final = 8
"""A side of fewer words must be a sentence with its end: headings, cries and pieces of one are in any order."""
_ENDS: Final = frozenset(".।?")
_ADDRESSED: Final = ("://", "www.", "@")
"""Of a side with an address many words are its pieces."""
_ODD: Final[dict[Lang, float]] = {"hi": 0.55, "en": 0.7}
"""From so much disorder on an order is told: two faithful sides of a thousand have more."""
_ODD_SHORT: Final = 0.78
"""The same of a short side."""


def check_order(pair: Pair) -> list[Issue]:
    """Report a side whose words follow one another as they never do: a sentence, or eight words and more."""
    issues = []
    if _is_told(pair, "hi"):
        issues.append(Issue("order", "error", (0, len(pair.hi)), None, "nobody writes Hindi in this order"))
    if _is_told(pair, "en"):
        issues.append(Issue("order", "error", None, (0, len(pair.en)), "nobody writes English in this order"))
    return issues


def _is_told(pair: Pair, lang: Lang) -> bool:
    found = pair.hi_words if lang == "hi" else pair.en_words
    return disorder(pair, lang) > (_ODD[lang] if len(found) >= _LONG else _ODD_SHORT)


def disorder(pair: Pair, lang: Lang) -> float:
    """Return how much likelier a side's words stand in any other order, in fives of a logarithm.

    It is 0 for a side of few words, and for a short one that is no whole sentence or has an address in it.
    """
    found, order = (pair.hi_words, pair.hi_order) if lang == "hi" else (pair.en_words, pair.en_order)
    tells = len(found) >= (_LEAST if found.tail.strip()[:1] in _ENDS else _LONG)
    if any(mark in found.source for mark in _ADDRESSED):
        tells = len(found) >= 2 * _LONG
    return -order / 5 if tells else 0.0


ORDER = Check(check_order, {"order": "words of a side in an order in which nobody writes them"})
