"""Negation: what one side denies and the other does not.

A side's outright negations (नहीं, मत; not, never) must be met on the other by as many, outright or weak (बिना,
असमर्थ; until, un-, fail). The count tells more than mere presence: one `not` dropped of two is found.
"""

from tithi.checks.pair import Cue, Pair
from tithi.checks.words import Word, Words
from tithi.records import Issue

__all__ = ["check_negation"]

# A word that takes the negation before it out of the count: `not only`, `न केवल`, `न सिर्फ़`, `no matter`, `no doubt`.
_ONLY = frozenset({"only", "केवल", "सिर्फ", "merely", "just", "matter", "doubt"})

_LOST = frozenset({"in", "lose", "lost", "loses", "waste", "wasted"})
_BESIDES = frozenset({"अलावा", "सिवा", "सिवाय"})

_OWNERS = frozenset({"का", "के", "की", "मेरा", "मेरे", "मेरी", "हमारा", "हमारे", "आपका", "उनका", "उनके", "उसका"})
_OWNERS |= {"उसके", "इसका", "अपना", "अपने", "एक", "यह", "इस", "बहु", "जन", "सर्व", "दो"}
_POSTPOSITIONS = frozenset({"में", "का", "के", "की", "को", "से", "पर", "ने", "है", "हैं"})
_POSTPOSITIONS |= {"था", "थे", "होता", "प्रतिशत", "देने", "देना", "दिया", "दिए"}


def check_negation(pair: Pair) -> list[Issue]:
    """Report a negation that the other side lacks."""
    hi, hi_weak, hi_again = _negations(pair.hi_words, pair.hi_cues)
    en, en_weak, en_again = _negations(pair.en_words, pair.en_cues)
    if not en and not en_weak:
        hi = hi or _firm(pair.hi_words, pair.hi_cues)
    if not hi and not hi_weak:
        en = en or _firm(pair.en_words, pair.en_cues)
    if len(hi) > len(en) + en_again + max(0, en_weak - hi_weak):
        word = hi[0]
        return [
            Issue("negation", "error", (word.start, word.stop), None, f"{word.text} has no negation in the English")
        ]
    if len(en) > len(hi) + hi_again + max(0, hi_weak - en_weak):
        word = en[0]
        return [
            Issue("negation", "error", None, (word.start, word.stop), f"{word.text!r} has no negation in the Hindi")
        ]
    return []


def _negations(found: Words, told: list[Cue]) -> tuple[list[Word], int, int]:
    """Return the outright negations, the number of weak ones, and that of repeated ones (`न … न`, `nor`)."""
    outright: list[Word] = []
    weak = again = 0
    for i, kinds in told:
        if "negation" in kinds:
            key = found.keys[i]
            before = found.keys[i - 1] if i else ""
            after = found.keys[i + 1] if i + 1 < len(found) else ""
            if (key == "न" and before and before == after) or (key == "मत" and _is_opinion(before, after)):
                continue  # कोई न कोई, कुछ न कुछ: some or other; मेरे मत में: in my opinion
            if _is_soft(key, before, after) or _is_part(found.keys, i):
                weak += 1
            elif outright and (key in ("न", "ना", "nor") or key == before):
                again += 1
            else:
                outright.append(found[i])
        elif "negation-weak" in kinds:
            weak += 1
    return outright, weak, again


def _firm(found: Words, told: list[Cue]) -> list[Word]:
    """Return the words that say no so plainly that the other side must say it in some way: बिना, refused."""
    return [found[i] for i, kinds in told if "negation-firm" in kinds]


def _is_soft(key: str, before: str, after: str) -> bool:
    """Whether a negation denies nothing by itself: not only, no. 5, क्यों न, नहीं तो, or not, not without."""
    return (
        after in _ONLY
        or (key == "no" and (after.isdigit() or (before in _LOST and after == "time")))
        or (key == "nothing" and before == "for")
        or (key == "नहीं" and after == "तो")
        or (key == "न" and before == "क्यों")
        or (key in ("नहीं", "नही", "not") and before in ("या", "कि", "or"))
        or (key in ("not", "nothing") and after in ("without", "but"))
    )


def _is_part(keys: list[str], i: int) -> bool:
    """Whether नहीं belongs to a turn that says no less: X ही नहीं बल्कि (not only), X के अलावा कुछ नहीं (nothing but)."""
    if keys[i] != "नहीं":
        return False
    return "बल्कि" in keys[i + 1 : i + 4] or not _BESIDES.isdisjoint(keys[max(0, i - 4) : i])


def _is_opinion(before: str, after: str) -> bool:
    """Whether मत is a vote or an opinion, not `do not`: a possessor stands before it or a postposition behind."""
    return before in _OWNERS or after in _POSTPOSITIONS
