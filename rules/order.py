"""Words in an order in which nobody writes them: a side that was shuffled, or is a heap of words.

Which words follow which is known from counts (see `tithi.evidence.lexicon`); lists, titles and verse are freer than
prose, so that very short sides are left alone, and how sure an issue is follows from how far off the order is and from
whether neighbours stand together on the other side too (`tithi.checks.confidence`).
"""

import math
from typing import Final

from tithi.evidence.lexicon import order
from tithi.evidence.pair import Pair
from tithi.records import Issue, Lang
from tithi.rules.check import Check

__all__ = ["ORDER", "check_order", "disorder"]

_LEAST: Final = 8
_USUAL: Final[dict[Lang, float]] = {"hi": 0.2, "en": 0.02}
_SPREAD: Final[dict[Lang, float]] = {"hi": 1.0, "en": 0.8}
"""Faithful sides of n words lie above usual - spread / sqrt(n), but for one in two hundred."""
_ODD: Final = 1.0
"""From so many spreads below the usual an order is told."""


def check_order(pair: Pair) -> list[Issue]:
    """Report a side of eight words or more whose words follow one another as they never do."""
    issues = []
    if disorder(pair.hi_words.keys, "hi") > _ODD:
        issues.append(Issue("order", "error", (0, len(pair.hi)), None, "nobody writes Hindi in this order"))
    if disorder(pair.en_words.keys, "en") > _ODD:
        issues.append(Issue("order", "error", None, (0, len(pair.en)), "nobody writes English in this order"))
    return issues


def disorder(keys: list[str], lang: Lang) -> float:
    """Return how far below the usual the order of a text's words lies, in spreads; 0 for a short text."""
    if len(keys) < _LEAST:
        return 0.0
    return (_USUAL[lang] - order(keys, lang)) * math.sqrt(len(keys)) / _SPREAD[lang]


ORDER = Check(check_order, {"order": "words of a side in an order in which nobody writes them"})
