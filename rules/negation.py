"""Negation: what one side denies and the other does not.

A side's outright negations (नहीं, मत; not, never) must be met on the other by as many, outright or weak (बिना,
असमर्थ; until, un-, fail). The count tells more than mere presence: one `not` dropped of two is found.
"""

from itertools import pairwise
from typing import Final

from tithi.evidence.lexicon import supports
from tithi.evidence.pair import Pair
from tithi.evidence.tables import cues, word_set
from tithi.evidence.words import Word, Words
from tithi.records import Issue, Lang
from tithi.rules.check import Check
from tithi.rules.denials import CLAUSE, Denials, denials, firm
from tithi.rules.opposites import denies_opposite, not_alike, not_worded
from tithi.script import is_devanagari

__all__ = ["NEGATION", "check_negation"]

_ANSWERED: Final = 0.1
"""From this chance on a weak word is taken for translated by a word of the other side."""
_FEW: Final = 3
"""In a pair with more weak words than this, it is not told which of them answers which."""


def check_negation(pair: Pair) -> list[Issue]:
    """Report a negation that the other side lacks."""
    if not pair.hi_cues and not pair.en_cues:
        return []
    ours, theirs = denials(pair.hi_words, pair.hi_cues), denials(pair.en_words, pair.en_cues)
    hi, en = ours.outright, theirs.outright
    if not any((hi, en, ours.weak, theirs.weak)):
        return []
    if _denies_twice(ours, theirs, "en") or _denies_twice(theirs, ours, "hi"):
        return []
    if not en and not theirs.weak:
        hi = hi or firm(pair.hi_words, pair.hi_cues)
    if not hi and not ours.weak:
        en = en or firm(pair.en_words, pair.en_cues)
    if len(hi) != len(en):
        hi, en = not_worded(hi, en, pair)
        hi, en = _not_waiting(hi, en, pair)
    if turned := _turned(pair, bool(hi or ours.weak), bool(en or theirs.weak)):
        return [turned]
    return _left_over(pair, hi, en, ours, theirs)


def _not_waiting(hi: list[Word], en: list[Word], pair: Pair) -> tuple[list[Word], list[Word]]:
    """Return the denials of both sides without the one by which one waits for what the other has only afterwards.

    आठ बजे के बाद ही is not before eight, and आठ बजे से पहले नहीं only after eight.
    """
    if len(en) > len(hi) and _only_then(pair.hi_words) and not word_set("before").isdisjoint(pair.en_words.distinct):
        return hi, en[1:]
    if len(hi) > len(en) and _only_then(pair.en_words) and not word_set("before").isdisjoint(pair.hi_words.distinct):
        return hi[1:], en
    return hi, en


def _only_then(found: Words) -> bool:
    """Whether something is told to be only after another thing: के बाद ही, only after, तब ही."""
    then, only = word_set("only-then"), word_set("emphatic") | word_set("only")
    pairs = pairwise(found.keys)
    return any((one in then and two in only) or (one in only and two in then) for one, two in pairs)


def _left_over(pair: Pair, hi: list[Word], en: list[Word], ours: Denials, theirs: Denials) -> list[Issue]:
    """Report the first of the denials `hi` and `en` of both sides when they are more than the other side answers."""
    without = word_set("without")
    hi_weak = ours.weak
    if not without.isdisjoint(pair.hi_words.distinct) and not without.isdisjoint(pair.en_words.distinct):
        en, hi_weak = ([word for word in found if word.key not in without] for found in (en, hi_weak))
    elif lone := _lone_without(pair, ours, theirs):
        return [
            Issue("negation", "error", (lone.start, lone.stop), None, f"{lone.text} has no negation in the English")
        ]
    spare = max(theirs.again, min(_listed(pair.en_words, en), _joined(pair.hi_words, hi)))
    more = len(hi) - len(en) - spare
    if more > 0 and more > denies_opposite(hi, pair, "hi") + _excuses(theirs.weak, hi_weak, pair, "en"):
        word = hi[0]
        told = f"{word.text} has no negation in the English"
        return [Issue("negation", "error", (word.start, word.stop), None, told)]
    # What English quotes in Hindi is no negation of its own: choose "no".
    en = [word for word in en if word.key not in pair.hi_words.distinct]
    more = len(en) - len(hi) - ours.again
    if more > 0 and more > denies_opposite(en, pair, "en") + _excuses(hi_weak, theirs.weak, pair, "hi"):
        word = en[0]
        told = f"{word.text!r} has no negation in the Hindi"
        return [Issue("negation", "error", None, (word.start, word.stop), told)]
    return []


def _lone_without(pair: Pair, ours: Denials, theirs: Denials) -> Word | None:
    """Return the बिना beside which the English denies as much: बिना मास्क प्रवेश नहीं, no entry with a mask."""
    if theirs.weak or not 0 < len(theirs.outright) <= len(ours.outright):
        return None
    denied = ours.outright[0].start
    lone = (word for word in ours.weak if word.key in word_set("without") and word.stop < denied)
    return next((word for word in lone if "," not in pair.hi[word.stop : denied]), None)


def _denies_twice(ours: Denials, theirs: Denials, lang: Lang) -> bool:
    """Whether a side alone denies, not the other in `lang`, and twice, which affirms: बिना टिकट नहीं; not uncommon."""
    apart = word_set("without")
    outright = [word for word in ours.outright if word.key not in apart]
    # न रह सके बिना answers to `could not help`, which denies nothing.
    if theirs.outright or len(outright) != 1 or any("negation" not in cues(word.key, lang) for word in theirs.weak):
        return False
    denying, (plain,) = tuple(word_set("denying-start")), outright
    return any(word.key in apart for word in (*ours.outright, *ours.weak)) or any(
        word.key.startswith(denying) and 1 in (word.start - plain.stop, plain.start - word.stop) for word in ours.weak
    )


def _excuses(weak: list[Word], others: list[Word], pair: Pair, lang: Lang) -> int:
    """Return how many weak words of a side in `lang` may say what the other side says with a plain `not`.

    What the other side translates by a word of its own (`rules` by नियम) says nothing of the kind, and what denies by
    itself (`unknown`) does not where a weak word of the other side (अज्ञात) answers to it.
    """
    # What one side alone asks may be denied by the other: who knows?, किसे पता?
    asked = int(("?" in pair.hi) - ("?" in pair.en) == (1 if lang == "hi" else -1))
    weak = not_alike(weak, pair, lang)
    if not weak:
        return asked
    ours, there = (pair.hi_words, pair.en_words) if lang == "hi" else (pair.en_words, pair.hi_words)
    other: Lang = "en" if lang == "hi" else "hi"
    denying = [word for word in weak if _denies(word.key, there, lang)]
    rest = [word.key for word in weak if word not in denying]
    plain = [key for key in there.keys if key in word_set("without") or "negation" not in cues(key, other)]
    open_ = len(denying) + sum(chance < _ANSWERED for chance in supports(rest, plain, lang))
    if not open_:
        return asked
    known = {word.key for word in denying}
    plain = [key for key in ours.keys if key not in known]
    answers = (chance < _ANSWERED for chance in supports([word.key for word in others], plain, other))
    met = sum(free or _denies(word.key, ours, other) for word, free in zip(others, answers, strict=True))
    # Where much is denied by the way, a word of one side says nothing of which word of the other it answers.
    many = len(weak) + len(others) > _FEW
    return asked + open_ - min(met, len(denying) if many else open_)


def _denies(key: str, there: Words, lang: Lang) -> bool:
    """Whether a weak word says `not` itself, whatever answers to it: unclear, advise against; until, where जब is."""
    if " " in key:
        return True
    if key in word_set("till"):
        return not word_set("when").isdisjoint(there.distinct)
    return (
        key in word_set("denies") or key.startswith(tuple(word_set("denying-start"))) or "negation" in cues(key, lang)
    )


def _listed(found: Words, denied: list[Word]) -> int:
    """Return how often Hindi may say again what English denies once before a list: never build, travel or remodel."""
    if not denied or "or" not in found.distinct:
        return 0
    last = found.spans[len(found) - 1 - found.keys[::-1].index("or")][0]
    start = denied[0].stop
    return 1 + found.source.count(",", start, last) if start < last else 0


def _joined(found: Words, denied: list[Word]) -> int:
    """Return how often a comma, `and` or `or` stands between one denial of a side and the next, as in a list."""
    joins = word_set("or-not") | word_set("goes-on")
    between = [found.source[one.stop : other.start] for one, other in pairwise(denied)]
    return sum("," in text or not joins.isdisjoint(text.split()) for text in between)


def _turned(pair: Pair, hi_denies: bool, en_denies: bool) -> Issue | None:
    """Report `only` where the other side has `not only`, or the reverse, when it denies nothing at all."""
    hi, en = _only(pair.hi_words), _only(pair.en_words)
    if hi is None or en is None or hi[1] == en[1] or (en_denies if hi[1] else hi_denies):
        return None
    first, second = hi[0], en[0]
    message = f"{first.text} in the Hindi, {second.text} in the English: not only on one side alone"
    return Issue("negation", "error", (first.start, first.stop), (second.start, second.stop), message)


def _only(found: Words) -> tuple[Word, bool] | None:
    """Return the `only` of a side, and whether it is `not only`; None where there is none, or several plain ones."""
    keys = found.keys
    alone = word_set("alone")
    at = [] if alone.isdisjoint(found.distinct) else [i for i, key in enumerate(keys) if key in alone]
    denied = next((i for i in at if _is_denied(keys, i)), None)
    if denied is not None:
        return found[denied], True
    return (found[at[0]], False) if len(at) == 1 else None


def _is_denied(keys: list[str], i: int) -> bool:
    """Whether `only` is denied: not only, न केवल; in Hindi also later in its clause, सिर्फ़ एक शहर का नहीं."""
    if i > 0 and keys[i - 1] in word_set("not") | word_set("particle-no"):
        return True
    return is_devanagari(keys[i]) and not word_set("not").isdisjoint(keys[i + 1 : i + 1 + CLAUSE])


NEGATION = Check(check_negation, {"negation": 'one side says "not", the other does not'})
