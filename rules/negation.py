"""Negation: what one side denies and the other does not.

A side's outright negations (नहीं, मत; not, never) must be met on the other by as many, outright or weak (बिना,
असमर्थ; until, un-, fail). The count tells more than mere presence: one `not` dropped of two is found.
"""

from tithi.evidence.pair import Cue, Pair
from tithi.evidence.tables import word_set
from tithi.evidence.words import Word, Words
from tithi.records import Issue
from tithi.rules.check import Check

__all__ = ["NEGATION", "check_negation"]

_ENDS = frozenset(",।?!.;")


def check_negation(pair: Pair) -> list[Issue]:
    """Report a negation that the other side lacks."""
    hi, hi_weak, hi_again = _negations(pair.hi_words, pair.hi_cues)
    en, en_weak, en_again = _negations(pair.en_words, pair.en_cues)
    if not en and not en_weak:
        hi = hi or _firm(pair.hi_words, pair.hi_cues)
    if not hi and not hi_weak:
        en = en or _firm(pair.en_words, pair.en_cues)
    if turned := _turned(pair, bool(hi or hi_weak), bool(en or en_weak)):
        return [turned]
    hi_without, en_without = (not word_set("without").isdisjoint(f.keys) for f in (pair.hi_words, pair.en_words))
    if len(hi) > len(en) + max(en_again, _listed(pair.en_words, en)) + max(en_without, en_weak - hi_weak):
        word = hi[0]
        return [
            Issue("negation", "error", (word.start, word.stop), None, f"{word.text} has no negation in the English")
        ]
    # What English quotes in Hindi is no negation of its own: choose "no".
    en = [word for word in en if word.key not in pair.hi_words.keys]
    if len(en) > len(hi) + hi_again + max(hi_without, hi_weak - en_weak):
        word = en[0]
        return [
            Issue("negation", "error", None, (word.start, word.stop), f"{word.text!r} has no negation in the Hindi")
        ]
    return []


def _listed(found: Words, denied: list[Word]) -> int:
    """Return how often Hindi may say again what English denies once before a list: never build, travel or remodel."""
    if not denied or "or" not in found.keys:
        return 0
    last = found.spans[len(found) - 1 - found.keys[::-1].index("or")][0]
    start = denied[0].stop
    return 1 + found.source.count(",", start, last) if start < last else 0


def _turned(pair: Pair, hi_denies: bool, en_denies: bool) -> Issue | None:
    """Report `only` where the other side has `not only`, or the reverse, when it denies nothing at all."""
    hi, en = _only(pair.hi_words), _only(pair.en_words)
    if hi is None or en is None or hi[1] == en[1] or (en_denies if hi[1] else hi_denies):
        return None
    first, second = hi[0], en[0]
    message = f"{first.text} in the Hindi, {second.text} in the English: not only on one side alone"
    return Issue("negation", "error", (first.start, first.stop), (second.start, second.stop), message)


def _only(found: Words) -> tuple[Word, bool] | None:
    """Return the one `only` of a side, and whether it is `not only`; None where there is none, or there are more."""
    keys = found.keys
    at = [i for i, key in enumerate(keys) if key in word_set("alone")]
    if len(at) != 1:
        return None
    return found[at[0]], at[0] > 0 and keys[at[0] - 1] in word_set("not") | word_set("particle-no")


def _negations(found: Words, told: list[Cue]) -> tuple[list[Word], int, int]:
    """Return the outright negations, the number of weak ones, and that of repeated ones (`न … न`, `nor`)."""
    outright: list[Word] = []
    weak = again = 0
    for i, kinds in told:
        if "negation" in kinds:
            key = found.keys[i]
            before = found.keys[i - 1] if i else ""
            after = found.keys[i + 1] if i + 1 < len(found) else ""
            if key in word_set("particle-no") and ((before and before == after) or _is_tag(found, i)):
                continue  # कोई न कोई, कुछ न कुछ: some or other; है ना?: isn't it
            if _is_opinion(key, before, after):
                continue  # मेरे मत में: in my opinion; 10,000 मत: votes
            if _is_soft(key, before, after) or _is_part(found.keys, i):
                weak += 1
            elif outright and (key in word_set("neither-nor") or key == before or (key == "not" and after == "even")):
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
        after in word_set("only")
        or (key == "no" and (after.isdigit() or (before in word_set("lose") and after == "time")))
        or (key == "nothing" and before == "for")
        or (key in word_set("not") and after in word_set("then"))
        or (key in word_set("particle-no") and before in word_set("why"))
        or (key in word_set("not") and before in word_set("or-not"))
        or (key in ("not", "nothing") and after in ("without", "but"))
    )


def _is_tag(found: Words, i: int) -> bool:
    """Whether न asks for assent or urges: है ना?, बैठिए न, आते हैं न तो."""
    before = found.keys[i - 1] if i else ""
    urges = before in word_set("copula") or any(before.endswith(ending) for ending in word_set("polite-ending"))
    if not urges:
        return False
    last = i + 1 == len(found)
    return last or found.gaps[i + 1].strip()[:1] in _ENDS or found.keys[i + 1] in word_set("then")


def _is_part(keys: list[str], i: int) -> bool:
    """Whether नहीं belongs to a turn that says no less: X ही नहीं बल्कि (not only), X के अलावा कुछ नहीं (nothing but)."""
    if keys[i] not in word_set("not"):
        return False
    behind = word_set("but").isdisjoint(keys[i + 1 : i + 4])
    return not behind or not word_set("besides").isdisjoint(keys[max(0, i - 4) : i])


def _is_opinion(key: str, before: str, after: str) -> bool:
    """Whether मत is a vote or an opinion, not `do not`: a possessor stands before it or a postposition behind."""
    counted = before in word_set("owner") or before[:1].isdecimal()
    return key in word_set("vote") and (counted or after in word_set("after-vote"))


NEGATION = Check(check_negation, {"negation": 'one side says "not", the other does not'})
