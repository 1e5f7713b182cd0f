"""Time and attribution of the verb: what is to come, what is but alleged. Hints more than errors.

A side that tells of nothing but what is to come is held against one that tells of nothing but what is past: English has
its present for either (`opens at ten`), and Hindi its `करने वाला`.
"""

from functools import cache
from itertools import pairwise

from tithi.evidence.pair import Pair
from tithi.evidence.tables import word_set
from tithi.evidence.words import Word, Words
from tithi.records import Issue
from tithi.rules.check import Check

__all__ = ["TENSE", "check_tense"]


def check_tense(pair: Pair) -> list[Issue]:
    """Report what one side says is to come and the other as done, and what is but alleged on one side alone."""
    issues = []
    hi, en = _said(pair, "future")
    if hi and not en and _is_past_en(pair.en_words) and not _is_past_hi(pair.hi_words):
        issues.append(_issue("to come", hi, None))
    elif en and not hi and _is_past_hi(pair.hi_words) and not _is_past_en(pair.en_words):
        issues.append(_issue("to come", None, en))
    hi, en = _said(pair, "claim")
    if (hi is None) != (en is None):
        issues.append(_issue("only alleged", hi, en))
    return issues


def _said(pair: Pair, kind: str) -> tuple[Word | None, Word | None]:
    """Return the first word of each side that says so, neither where the other side may say it in looser words."""
    told = []
    sides = (pair.hi_words, pair.hi_cues, pair.en_cues), (pair.en_words, pair.en_cues, pair.hi_cues)
    for found, ours, theirs in sides:
        at = next((i for i, kinds in ours if kind in kinds), None)
        loose = any(f"{kind}-weak" in kinds for _, kinds in theirs)
        told.append(None if at is None or loose else found[at])
    return told[0], told[1]


def _issue(said: str, hi: Word | None, en: Word | None) -> Issue:
    ours, theirs = ((word.start, word.stop) if word else None for word in (hi, en))
    shown = " ".join(word.text for word in (hi, en) if word)
    return Issue("tense", "hint", ours, theirs, f"{said} in the {'Hindi' if hi else 'English'} alone: {shown}")


def _is_past_hi(found: Words) -> bool:
    """Whether the last verb tells what is done: सुनाया, गई, बंद रहा, लौटा दिया है."""
    keys = found.keys
    if not keys:
        return False
    past = word_set("past")
    if keys[-1] in word_set("is"):
        return len(keys) > 1 and (keys[-2] in past or keys[-2].endswith(_endings("perfect-ending")))
    ends = keys[-1].endswith(_endings("past-ending")) and not keys[-1].endswith(_endings("no-past-ending"))
    return keys[-1] in past or ends


@cache
def _endings(kind: str) -> tuple[str, ...]:
    return tuple(word_set(kind))


def _is_past_en(found: Words) -> bool:
    """Whether a verb tells what is done: brought, has opened."""
    past, idle, state = word_set("past"), word_set("no-past"), word_set("state")
    return any(
        key in past or (key.endswith("ed") and key not in idle and before not in state)
        for before, key in pairwise(["", *found.keys])
    )


TENSE = Check(check_tense, {"tense": "what is to come, or is but alleged, on one side and fact on the other"})
