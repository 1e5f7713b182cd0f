"""Time and attribution of the verb: what is to come, what is but alleged. Hints more than errors."""

from tithi.evidence.pair import Pair
from tithi.records import Issue
from tithi.rules.check import Check

__all__ = ["TENSE", "check_tense"]


def check_tense(pair: Pair) -> list[Issue]:
    """Report what one side says is to come, or is but alleged, and the other states as fact."""
    hi, en = pair.hi_cues, pair.en_cues
    issues = []
    for kind, said in (("future", "to come"), ("claim", "only alleged")):
        hi_at = next((i for i, kinds in hi if kind in kinds), None)
        en_at = next((i for i, kinds in en if kind in kinds), None)
        loose = f"{kind}-weak"
        if hi_at is not None and en_at is None and not any(loose in kinds for _, kinds in en):
            word = pair.hi_words[hi_at]
            message = f"{said} in the Hindi alone: {word.text}"
            issues.append(Issue("tense", "hint", (word.start, word.stop), None, message))
        elif en_at is not None and hi_at is None and not any(loose in kinds for _, kinds in hi):
            word = pair.en_words[en_at]
            message = f"{said} in the English alone: {word.text}"
            issues.append(Issue("tense", "hint", None, (word.start, word.stop), message))
    return issues


TENSE = Check(check_tense, {"tense": "what is to come, or is but alleged, on one side and fact on the other"})
