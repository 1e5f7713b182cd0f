"""How sure an issue is: the probability that it is a true fault, learnt from alarms on faithful and on spoilt pairs.

Kinds differ, and so do pairs: an alarm says less in a long pair, where something is always said freely, and in a pair
that agrees badly as a whole. From `ERROR` on an issue is an error and brings the quality below .5, from `DOUBT` on it
is a doubt, below only a hint. What a check itself calls a hint remains one.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from tithi.checks.coverage import Coverage
from tithi.checks.lexicon import supports
from tithi.checks.pair import Pair
from tithi.records import Issue

__all__ = ["DOUBT", "ERROR", "AlarmFeatures", "Confidence", "alarm_features", "alarm_key", "graded"]

ERROR: Final = 0.6
DOUBT: Final = 0.25
_STRETCH: Final = frozenset({"omission", "addition"})
_ANSWERED: Final = _STRETCH | {"name"}
_UNKNOWN: Final = 0.9
"""The confidence in kinds that hardly ever cry in faithful pairs, so that nothing could be learnt."""
_HINT: Final = 0.2


class AlarmFeatures(NamedTuple):
    """What tells a true alarm from a false one; `answered` and `odds` are 0 where they say nothing."""

    words: float
    similarity: float
    least_covered: float
    answered: float
    odds: float
    fellows: float


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


def alarm_features(
    pair: Pair, issue: Issue, coverage: Coverage, odds: tuple[float, float], fellows: int
) -> AlarmFeatures:
    """Return the features of one of a pair's issues; `fellows` are its issues of the same kind."""
    stretch = max(odds) if issue.kind in _STRETCH else 0.0
    return AlarmFeatures(
        words=math.log(len(pair.hi_words) + len(pair.en_words)) - 3.5,
        similarity=coverage.similarity - 0.8,
        least_covered=min(coverage.hi.covered, coverage.en.covered) - 0.75,
        answered=_answered(pair, issue) if issue.kind in _ANSWERED else 0.0,
        odds=min(stretch, 8.0),
        fellows=float(min(fellows, 3) - 1),
    )


def _answered(pair: Pair, issue: Issue) -> float:
    """Return how likely the other side's words are translations of those that are said to be missing, in [0, 1]."""
    span = issue.hi or issue.en
    if span is None:
        return 0.0
    found, others = (pair.hi_words, pair.en_words) if issue.hi else (pair.en_words, pair.hi_words)
    first = bisect_left(found.spans, (span[0], 0))
    last = bisect_left(found.spans, (span[1], 0))
    keys = found.keys[first : max(last, first + 1)]
    chances = supports(keys, others.keys, "hi" if issue.hi else "en")
    return sum(map(math.sqrt, chances)) / max(len(chances), 1)


def graded(
    pair: Pair, issues: Iterable[Issue], coverage: Coverage, odds: tuple[float, float], confidence: Confidence
) -> list[Issue]:
    """Return the issues with their confidence, and the severity that follows from it."""
    found = list(issues)
    kinds = [issue.kind for issue in found]
    rated = []
    for issue in found:
        if issue.severity == "hint":
            rated.append(replace(issue, confidence=_HINT))
            continue
        features = alarm_features(pair, issue, coverage, odds, kinds.count(issue.kind))
        sure = round(confidence.of(alarm_key(issue), features), 4)
        severity = "error" if sure > ERROR else "doubt" if sure >= DOUBT else "hint"
        rated.append(replace(issue, confidence=sure, severity=severity))
    return rated
