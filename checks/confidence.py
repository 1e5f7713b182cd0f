"""How sure an issue is: the probability that it is a true fault, learnt from alarms on faithful and on spoilt pairs.

Kinds differ, and so do pairs: an alarm says less in a long pair, where something is always said freely, and in a pair
that agrees badly as a whole. From `ERROR` on an issue is an error and brings the quality of the pair below .5, from
`DOUBT` on it is a doubt, below only a hint. What a check itself calls a hint remains one.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tithi.evidence.capitals import bare
from tithi.evidence.coverage import MAX_WORDS, Coverage
from tithi.evidence.gaps import Gaps
from tithi.evidence.lexicon import SURE, lexicon, stem
from tithi.evidence.pair import Pair
from tithi.evidence.sounds import likeness, sounding
from tithi.evidence.tables import name_pairs
from tithi.records import Issue
from tithi.rules.order import disorder

__all__ = ["DOUBT", "ERROR", "AlarmFeatures", "Confidence", "Evidence", "alarm_features", "alarm_key", "graded"]

ERROR: Final = 0.75
DOUBT: Final = 0.27
_STRETCH: Final = frozenset({"omission", "addition"})
_UNKNOWN: Final = 0.9
"""The confidence in kinds that hardly ever cry in faithful pairs, so that nothing could be learnt."""
_HINT: Final = 0.2


class AlarmFeatures(NamedTuple):
    """What tells a true alarm from a false one; what says nothing of a kind is 0."""

    words: float
    similarity: float
    least_covered: float
    answered: float
    nearest: float
    claimed: float
    beside: float
    gap: float
    other_gap: float
    odds: float
    length_ratio: float
    fellows: float
    known: float
    likeness: float
    linked: float
    room: float


_NOTHING: Final = AlarmFeatures(*[0.0] * len(AlarmFeatures._fields))


class Evidence(NamedTuple):
    """What the vectors and the lexicon say of a pair: `odds` are those of an omission and of an addition."""

    coverage: Coverage
    gaps: Gaps
    odds: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Confidence:
    """Logistic regressions by `alarm_key`: the bias and a weight for each of the `AlarmFeatures`."""

    rows: Mapping[str, tuple[float, ...]]

    def of(self, key: str, features: AlarmFeatures) -> float:
        """Return the probability in [0, 1] that an alarm is a true one."""
        row = self.rows.get(key)
        if row is None:
            return _UNKNOWN
        odds = row[0] + sum(weight * value for weight, value in zip(row[1:], features, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def alarm_key(issue: Issue) -> str:
    """Return the kind of an issue and whether it shows `both` sides of a contradiction, or what `one` has alone."""
    return f"{issue.kind}/{'both' if issue.hi and issue.en else 'one'}"


def alarm_features(pair: Pair, issue: Issue, evidence: Evidence, fellows: int) -> AlarmFeatures:
    """Return the features of one of a pair's issues; `fellows` are its issues of the same kind."""
    from tithi.evidence.links import BEST, CLAIM, LINKED, NEAR, ROOM

    coverage, gaps, odds = evidence
    first, last = _place(pair, issue)
    levels = gaps.hi_levels if issue.hi else gaps.en_levels
    start = 0 if issue.hi else min(len(pair.hi_words), MAX_WORDS)
    seen = coverage.seen[:, start + first : start + last]
    if issue.kind == "order":
        return _NOTHING._replace(beside=_mean(seen[NEAR]), odds=_odds(pair, issue, odds))
    ours, theirs = (gaps.hi, gaps.en) if issue.hi else (gaps.en, gaps.hi)
    known, likeness = _as_name(pair, first) if issue.kind == "name" and issue.en else (0.0, 0.0)
    return AlarmFeatures(
        words=math.log(len(pair.hi_words) + len(pair.en_words)) - 3.5,
        similarity=coverage.similarity - 0.8,
        least_covered=min(coverage.hi.covered, coverage.en.covered) - 0.75,
        answered=sum(math.sqrt(level / SURE) for level in levels[first:last]) / (last - first),
        nearest=_mean(seen[BEST]),
        claimed=min(_mean(seen[CLAIM]), 2.0),
        beside=_mean(seen[NEAR]),
        gap=min(math.sqrt(ours.strict), 4.0),
        other_gap=min(math.sqrt(theirs.strict), 4.0),
        odds=_odds(pair, issue, odds),
        length_ratio=abs(math.log((len(pair.hi) + 5) / (len(pair.en) + 5))),
        fellows=float(min(fellows, 3) - 1),
        known=known,
        likeness=likeness,
        linked=min(_mean(seen[LINKED]), 1.5),
        room=min(_mean(seen[ROOM]), 6.0),
    )


def _odds(pair: Pair, issue: Issue, odds: tuple[float, float]) -> float:
    """Return how far a stretch or an order is from the usual, by the check's own measure; of other kinds 0."""
    if issue.kind in _STRETCH:
        return min(max(odds), 8.0)
    if issue.kind == "order":
        return disorder(pair, "hi" if issue.hi else "en")
    return 0.0


def _mean(values: NDArray[np.float64]) -> float:
    return float(values.mean()) if len(values) else 0.0


def _place(pair: Pair, issue: Issue) -> tuple[int, int]:
    """Return the words `[first, last)` that an issue shows, one at least; the Hindi ones, if it shows both."""
    span = issue.hi or issue.en
    found = pair.hi_words if issue.hi else pair.en_words
    if span is None:
        return 0, len(found)
    first = min(bisect_left(found.spans, (span[0], 0)), len(found) - 1)
    return first, max(bisect_left(found.spans, (span[1], 0)), first + 1)


def _as_name(pair: Pair, at: int) -> tuple[float, float]:
    """Return how surely the lexicon would know an English name in Hindi, and how alike the likest Hindi word sounds."""
    key = bare(pair.en_words.keys[at])
    answers = lexicon().hindi[stem(key, "en")]
    known = 1.0 if key in name_pairs() else max(answers.values(), default=0.0)
    alike = (likeness(other, key) for other in sounding(pair.hi_words.keys, key))
    return known, max(alike, default=0.0)


def graded(pair: Pair, issues: Iterable[Issue], evidence: Evidence, confidence: Confidence) -> list[Issue]:
    """Return the issues with their confidence, and the severity that follows from it."""
    found = list(issues)
    kinds = [issue.kind for issue in found]
    rated = []
    for issue in found:
        if issue.severity == "hint":
            rated.append(replace(issue, confidence=_HINT))
            continue
        features = alarm_features(pair, issue, evidence, kinds.count(issue.kind))
        sure = round(confidence.of(alarm_key(issue), features), 4)
        severity = "error" if sure >= ERROR else "doubt" if sure >= DOUBT else "hint"
        rated.append(replace(issue, confidence=sure, severity=severity))
    return rated
