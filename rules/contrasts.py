"""Contrasts: one side says north, rose, public or last year where the other says its rival or opposite.

Words stand in cues.tsv as `group=meaning`. A side's meanings in a group must share one with the other side's, if both
have any: what only one side says is no contradiction, and neither is a word that means both (कल, `defeat`). Of groups
whose words mean nothing else, one that is said as often as on the other side must be the same.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from tithi.evidence.pair import Cue, Pair
from tithi.evidence.tables import word_set
from tithi.evidence.words import Word, Words
from tithi.records import Issue
from tithi.rules.check import Check, contradiction
from tithi.rules.names import hindi_name
from tithi.rules.opposites import FIRM, denied_near

__all__ = ["CONTRASTS", "check_contrasts"]

_KINDS = {
    **dict.fromkeys(("day", "hour", "span"), "date"),
    **dict.fromkeys(("few", "fold", "part", "rank"), "number"),
}
"""The kind of issue by group; of all others it is `contrast`."""
_DENIABLE = frozenset({"course", "answer", "door"})
"""Groups whose meanings a negation turns around: `did not open` answers to बंद."""
_COUNTED = frozenset({"age", "compass", "daylight", "heat", "land", "medal", "peace", "player", "sex", "wealth"})
"""Groups whose words hardly mean anything else, so that a word said as often on both sides must be the same."""
_ARTICLES = frozenset({"a", "an", "another", "each", "any", "every", "either"})

Meanings = dict[str, dict[str, list[Word]]]


def check_contrasts(pair: Pair) -> list[Issue]:
    """Report the first word of a side whose rival stands on the other, at most one in each group of meanings."""
    if not pair.hi_cues or not pair.en_cues:
        return []
    hi, en = _meanings(pair.hi_words, pair.hi_cues), _meanings(pair.en_words, pair.en_cues)
    issues = []
    for group, ours in hi.items():
        theirs = en.get(group, ours)
        hi_left, en_left = _left(ours, theirs, group), _left(theirs, ours, group)
        if hi_left and en_left and not _is_answered(group, pair, hi_left[0], en_left[0]):
            first, second = hi_left[0], en_left[0]
            if group.startswith("name-") and hindi_name(second, pair.hi_words) is None:
                continue  # it sounds like nothing in the Hindi, and the check of names tells so
            kind = "name" if group.startswith("name-") else _KINDS.get(group, "contrast")
            issues.append(contradiction(kind, first, second))
    return issues


def _meanings(found: Words, told: Sequence[Cue]) -> Meanings:
    """Return what a side says by group; a span of time counts together with the word before it alone: last year."""
    meanings: Meanings = {}
    when, at = "", -1
    for i, kinds in told:
        for group, meaning in _contrasts(kinds):
            if group == "when":
                when, at = meaning, i
            elif group != "span":
                meanings.setdefault(group, {}).setdefault(meaning, []).append(found[i])
            elif at == i - 1 >= 0:
                start, stop = found.between(at, i + 1)
                phrase = Word(start, stop, found.source[start:stop], f"{when} {meaning}")
                meanings.setdefault(group, {}).setdefault(phrase.key, []).append(phrase)
    return meanings


def _left(ours: dict[str, list[Word]], theirs: dict[str, list[Word]], group: str) -> list[Word]:
    """Return what the other side contradicts: all if it says nothing of the kind, or the one exchanged of as many."""
    if ours.keys().isdisjoint(theirs):
        return [word for words in ours.values() for word in words]
    if group not in _COUNTED or sum(map(len, ours.values())) != sum(map(len, theirs.values())):
        return []
    left = [word for meaning, words in ours.items() for word in words[len(theirs.get(meaning, ())) :]]
    return left if len(left) == 1 else []


def _is_answered(group: str, pair: Pair, ours: Word, theirs: Word) -> bool:
    """Whether what looks like a contrast may be none: one of both is denied, or `a` stands for one or for none."""
    if group in _DENIABLE:
        return any("negation" in kinds for _, kinds in pair.hi_cues + pair.en_cues)
    at_hi, at_en = (
        bisect_left(side.spans, (word.start, 0)) for side, word in ((pair.hi_words, ours), (pair.en_words, theirs))
    )
    if group == "order":
        return _is_only_then(pair, at_hi, at_en)
    if group in FIRM:
        return group == "few" and not _ARTICLES.isdisjoint(pair.en_words.distinct)
    return denied_near((at_hi, at_hi + 1), pair.hi_cues) != denied_near((at_en, at_en + 1), pair.en_cues)


def _is_only_then(pair: Pair, at_hi: int, at_en: int) -> bool:
    """Whether one side says `only after` and the other `not before`: आठ बजे के बाद ही, not before eight."""
    hi, en = pair.hi_words.keys, pair.en_words.keys
    only_hi = not word_set("emphatic").isdisjoint(hi[at_hi + 1 : at_hi + 2])
    only_en = not word_set("only").isdisjoint(en[max(0, at_en - 1) : at_en])
    denied_hi, denied_en = denied_near((at_hi, at_hi + 1), pair.hi_cues), denied_near((at_en, at_en + 1), pair.en_cues)
    return (only_hi and denied_en) or (only_en and denied_hi)


@cache
def _contrasts(kinds: frozenset[str]) -> list[tuple[str, str]]:
    return sorted((group, meaning) for group, sign, meaning in (kind.partition("=") for kind in kinds) if sign)


CONTRASTS = Check(
    check_contrasts,
    {"contrast": "a word here, its opposite or rival there: north and south, rose and fell, public and private"},
)
