"""Words in an order in which nobody writes them: a side that was shuffled, or is a heap of words.

How words stand in texts is learnt (see `tithi.evidence.order`); lists, titles and verse are freer than
prose, so that very short sides are left alone, and how sure an issue is follows from how far off the order is and from
whether neighbours stand together on the other side too (`tithi.checks.confidence`).
"""

from typing import Final

from tithi.evidence.pair import Pair
from tithi.records import Issue, Lang
from tithi.rules.check import Check

__all__ = ["ORDER", "check_order", "disorder"]

_LEAST: Final = 8
_ODD: Final[dict[Lang, float]] = {"hi": 0.4, "en": 0.6}
"""From so much disorder on an order is told: two faithful sides of a thousand have more."""


def check_order(pair: Pair) -> list[Issue]:
    """Report a side of eight words or more whose words follow one another as they never do."""
    issues = []
    if disorder(pair, "hi") > _ODD["hi"]:
        issues.append(Issue("order", "error", (0, len(pair.hi)), None, "nobody writes Hindi in this order"))
    if disorder(pair, "en") > _ODD["en"]:
        issues.append(Issue("order", "error", None, (0, len(pair.en)), "nobody writes English in this order"))
    return issues


def disorder(pair: Pair, lang: Lang) -> float:
    """Return how much likelier a side's words stand in any other order, in fives of a logarithm; 0 for a short side."""
    found, order = (pair.hi_words, pair.hi_order) if lang == "hi" else (pair.en_words, pair.en_order)
    return -order / 5 if len(found) >= _LEAST else 0.0


ORDER = Check(check_order, {"order": "words of a side in an order in which nobody writes them"})
