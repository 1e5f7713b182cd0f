"""Negation: what one side denies and the other does not.

A side's outright negations (नहीं, मत; not, never) must be met on the other by as many, outright or weak (बिना,
असमर्थ; until, un-, fail). The count tells more than mere presence: one `not` dropped of two is found.
"""

from tithi.corpus.quality import Issue
from tithi.eval.pair import Cue, Pair
from tithi.eval.words import Word, Words

__all__ = ["check_negation"]

# A word that takes the negation before it out of the count: `not only`, `न केवल`, `न सिर्फ़`, `no matter`, `no doubt`.
_ONLY = frozenset({"only", "केवल", "सिर्फ", "merely", "just", "matter", "doubt"})


def check_negation(pair: Pair) -> list[Issue]:
    """Report a negation that the other side lacks."""
    hi, hi_weak = _negations(pair.hi_words, pair.hi_cues)
    en, en_weak = _negations(pair.en_words, pair.en_cues)
    if len(hi) > len(en) + max(0, en_weak - hi_weak):
        word = hi[0]
        return [
            Issue("negation", "error", (word.start, word.stop), None, f"{word.text} has no negation in the English")
        ]
    if len(en) > len(hi) + max(0, hi_weak - en_weak):
        word = en[0]
        return [
            Issue("negation", "error", None, (word.start, word.stop), f"{word.text!r} has no negation in the Hindi")
        ]
    return []


def _negations(found: Words, told: list[Cue]) -> tuple[list[Word], int]:
    """Return the outright negations and the number of weak ones."""
    outright: list[Word] = []
    weak = 0
    for i, kinds in told:
        if "negation" in kinds:
            key = found.keys[i]
            before = found.keys[i - 1] if i else ""
            after = found.keys[i + 1] if i + 1 < len(found) else ""
            if key == "न" and before and before == after:
                continue  # कोई न कोई, कुछ न कुछ: some or other
            if after in _ONLY or (key == "no" and after.isdigit()) or (key == "न" and before == "क्यों"):
                weak += 1
            elif not (outright and key in ("न", "ना", "nor")):
                outright.append(found[i])
            else:
                weak += 1
        elif "negation-weak" in kinds:
            weak += 1
    return outright, weak
