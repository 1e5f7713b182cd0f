"""What the issues of pairs and all that was seen of them come to: each pair's quality.

Pairs are judged many at once: what is asked of arrays takes no longer for a hundred pairs than for ten.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from tithi.checks.confidence import Evidence, graded
from tithi.checks.dismissed import IsFalse
from tithi.checks.features import PairFeatures, pair_features
from tithi.checks.looks import Rarity, looks_of
from tithi.checks.model import EVEN, Models, stretch_odds
from tithi.evidence.coverage import Coverage, SideCoverage
from tithi.evidence.gaps import Gap, find_all_gaps
from tithi.evidence.pair import Pair
from tithi.records import Issue, Quality
from tithi.rules.fluency import FLUENT, reads_well

__all__ = ["Means", "judge_all", "stretch_issues"]

_UNLIKE: Final = 0.05
"""Below this probability of being faithful two sides have hardly anything to do with each other."""


class Means(NamedTuple):
    """What pairs are judged by: the models, how rare words are, and which issues people dismissed."""

    models: Models
    rarity: Rarity
    is_false: IsFalse | None


class _Seen(NamedTuple):
    """A pair with words on both sides, all its issues, and the probability that it is faithful."""

    pair: Pair
    coverage: Coverage
    issues: list[Issue]
    features: PairFeatures
    faithful: float


def judge_all(
    pairs: Sequence[Pair],
    coverages: Sequence[Coverage | None],
    told: Sequence[list[Issue]],
    means: Means,
) -> list[Quality]:
    """Return the quality of pairs, by what rules have `told` of each, without what people dismissed."""
    models, rarity, is_false = means
    whole = [(pair, coverage) for pair, coverage in zip(pairs, coverages, strict=True) if coverage is not None]
    evidence = iter(_evidence(whole, models))
    seen = [
        None if coverage is None else _see(pair, issues, next(evidence), models, is_false)
        for pair, coverage, issues in zip(pairs, coverages, told, strict=True)
    ]
    both = [one for one in seen if one is not None]
    adequacies = iter(
        models.adequacies(
            [one.faithful for one in both],
            [(*one.features, *looks_of(one.pair, rarity).numbers()) for one in both],
            [one.coverage.sums for one in both],
        )
    )
    return [
        _one_sided(pair, _standing(pair, issues, is_false)) if one is None else _quality(one, next(adequacies))
        for pair, issues, one in zip(pairs, told, seen, strict=True)
    ]


def _evidence(pairs: Sequence[tuple[Pair, Coverage]], models: Models) -> Iterator[Evidence]:
    gaps = find_all_gaps(pairs, models.words) if pairs else []
    for (pair, coverage), found in zip(pairs, gaps, strict=True):
        yield Evidence(coverage, found, stretch_odds(pair, coverage, found, models.stretch))


def _see(pair: Pair, told: list[Issue], evidence: Evidence, models: Models, is_false: IsFalse | None) -> _Seen:
    by_rule = _standing(pair, told, is_false)
    stretch = _standing(pair, stretch_issues(pair, evidence, models.threshold), is_false)
    issues = graded(pair, [*by_rule, *stretch], evidence, models.confidence)
    features = pair_features(pair, evidence.coverage, evidence.gaps, evidence.odds, issues)
    faithful = models.faithful(features)
    if faithful < EVEN and all(issue.severity == "hint" for issue in issues):
        # What a dismissed issue explained is no reason to think ill of a pair, unless hardly anything joins it.
        may_explain = faithful < _UNLIKE or len(by_rule) == len(told)
        explained = _standing(pair, _explained(pair, evidence, models, faithful), is_false) if may_explain else []
        # It takes the place of the hint at the same stretch.
        again = {(issue.kind, issue.hi, issue.en) for issue in explained}
        issues = [issue for issue in issues if (issue.kind, issue.hi, issue.en) not in again] + explained
        faithful = faithful if explained else EVEN
    return _Seen(pair, evidence.coverage, issues, features, faithful)


def _explained(pair: Pair, evidence: Evidence, models: Models, faithful: float) -> list[Issue]:
    """Return what explains a low quality that no issue does: the likeliest stretch, if it is more than a hint.

    Of sides that hardly anything joins, the vectors are as sure as they are that the pair is not faithful.
    """
    likeliest = stretch_issues(pair, evidence, -math.inf)
    if faithful < _UNLIKE:
        return [replace(issue, confidence=round(1 - faithful, 4)) for issue in likeliest]
    told = graded(pair, likeliest, evidence, models.confidence)
    return [issue for issue in told if issue.severity != "hint"]


def _quality(seen: _Seen, adequacy: float) -> Quality:
    fluency = reads_well(seen.pair, seen.issues)
    # Whatever is learnt, an error is an error: it leaves to the pair what doubt there is of it.
    sure = max((issue.confidence for issue in seen.issues if issue.severity == "error"), default=0.0)
    quality = min(adequacy, 1 - sure) if sure else adequacy
    return Quality(min(quality, fluency) if fluency < FLUENT else quality, tuple(seen.issues), adequacy, fluency)


def stretch_issues(pair: Pair, evidence: Evidence, at: float) -> list[Issue]:
    """Return the stretch of a side that the other lacks, when its log-odds reach `at`."""
    coverage, gaps, (omission, addition) = evidence
    if omission >= max(addition, at):
        start, stop = pair.hi_words.between(*_stretch(coverage.hi, gaps.hi))
        return [Issue("omission", "error", (start, stop), None, f"not in the English: {pair.hi[start:stop]}")]
    if addition >= max(omission, at):
        start, stop = pair.en_words.between(*_stretch(coverage.en, gaps.en))
        return [Issue("addition", "error", None, (start, stop), f"not in the Hindi: {pair.en[start:stop]}")]
    return []


def _stretch(side: SideCoverage, gap: Gap) -> tuple[int, int]:
    """Return which words of a side lack a counterpart: by their links, or by the sums of vectors."""
    return (gap.first, gap.stop) if gap.first < gap.stop else side.stretch


def _standing(pair: Pair, issues: list[Issue], is_false: IsFalse | None) -> list[Issue]:
    return issues if is_false is None else [issue for issue in issues if not is_false(pair.hi, pair.en, issue)]


def _one_sided(pair: Pair, issues: list[Issue]) -> Quality:
    """Judge a pair without a word on one side: nothing is translated. Without a word on both there is no quality."""
    if len(pair.hi_words):
        issues.append(Issue("omission", "error", (0, len(pair.hi)), None, "the English has no words"))
    elif len(pair.en_words):
        issues.append(Issue("addition", "error", None, (0, len(pair.en)), "the Hindi has no words"))
    else:
        return Quality(None, tuple(issues))
    return Quality(0.0, tuple(issues), 0.0)
