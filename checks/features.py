"""What the models are told of a pair: named numbers, in the order in which they stand here and nowhere else.

They tell whether a pair is faithful. Ratios are natural logarithms; `omission` and `addition` are the log-odds of the
stretch model, which is told what `checks.sides` makes.
"""

import math
from collections.abc import Collection
from typing import Final, NamedTuple

from tithi.checks.figures import figures_met
from tithi.checks.sides import FLOOR, length_ratio
from tithi.evidence.coverage import Coverage
from tithi.evidence.gaps import Gaps
from tithi.evidence.pair import Pair
from tithi.records import Issue

__all__ = ["PairFeatures", "pair_features"]

_FIGURED: Final = frozenset({"number", "date", "unit", "percent"})


class PairFeatures(NamedTuple):
    """What tells that a pair is faithful."""

    similarity: float
    hindi_covered: float
    english_covered: float
    least_covered: float
    hindi_lacking: float
    english_lacking: float
    omission: float
    addition: float
    weight_ratio: float
    length_ratio: float
    hindi_weight: float
    english_weight: float
    number: float
    date: float
    names: float
    negation: float
    contrast: float
    untranslated: float
    names_told: float
    names_met: float
    figures_met: float
    figures_unmet: float
    squared_similarity: float
    similarity_by_weight: float
    squared_coverage: float
    similarity_by_names: float
    number_by_figures_unmet: float
    hindi_answered: float
    english_answered: float
    hindi_chance: float
    english_chance: float
    hindi_unanswered: float
    english_unanswered: float
    hindi_least_chance: float
    english_least_chance: float
    hindi_unanswered_words: float
    english_unanswered_words: float
    hindi_order: float
    english_order: float
    hindi_words: float
    english_words: float
    hindi_word_length: float
    english_word_length: float
    latin_in_hindi: float
    clauses: float
    hindi_gain: float
    english_gain: float


def pair_features(
    pair: Pair, coverage: Coverage, gaps: Gaps, odds: tuple[float, float], issues: Collection[Issue]
) -> PairFeatures:
    """Return the features of a pair; `odds` are the log-odds of an omission and of an addition.

    Of `issues`, with their confidence, hints are passed over: what is but a hint does not lower the quality.
    """
    omission, addition = odds
    kinds = [issue.kind for issue in issues if issue.severity != "hint"]
    number, names = float("number" in kinds or "unit" in kinds), kinds.count("name")
    hi, en = coverage.hi, coverage.en
    least = min(hi.covered, en.covered)
    met, unmet = figures_met(pair, told=not _FIGURED.isdisjoint(kinds))
    hi_keys, en_keys = pair.hi_words.keys, pair.en_words.keys
    return PairFeatures(
        similarity=coverage.similarity,
        hindi_covered=hi.covered,
        english_covered=en.covered,
        least_covered=least,
        hindi_lacking=hi.lacking,
        english_lacking=en.lacking,
        omission=max(-6.0, min(6.0, omission)),
        addition=max(-6.0, min(6.0, addition)),
        weight_ratio=abs(math.log(hi.weight / en.weight)),
        length_ratio=abs(length_ratio(pair.hi, pair.en)),
        hindi_weight=math.log(hi.weight),
        english_weight=math.log(en.weight),
        number=number,
        date=float("date" in kinds),
        names=float(min(names, 2)),
        negation=float("negation" in kinds),
        contrast=float("contrast" in kinds),
        untranslated=float("untranslated" in kinds),
        names_told=float(min(len(pair.en_names), 3)),
        names_met=float(min(len(pair.en_names) - names, 3)),
        figures_met=met,
        figures_unmet=unmet,
        squared_similarity=coverage.similarity**2,
        similarity_by_weight=coverage.similarity * math.log(hi.weight * en.weight),
        squared_coverage=least**2,
        similarity_by_names=coverage.similarity * min(names, 2),
        number_by_figures_unmet=unmet * float("number" in kinds),
        hindi_answered=gaps.hi_answered.root,
        english_answered=gaps.en_answered.root,
        hindi_chance=gaps.hi_answered.log,
        english_chance=gaps.en_answered.log,
        hindi_unanswered=gaps.hi_answered.without / len(hi_keys),
        english_unanswered=gaps.en_answered.without / len(en_keys),
        hindi_least_chance=gaps.hi_answered.least,
        english_least_chance=gaps.en_answered.least,
        hindi_unanswered_words=min(gaps.hi_answered.without, 12.0),
        english_unanswered_words=min(gaps.en_answered.without, 12.0),
        hindi_order=pair.hi_order / (len(hi_keys) + 1),
        english_order=pair.en_order / (len(en_keys) + 1),
        hindi_words=math.log(len(hi_keys)),
        english_words=math.log(len(en_keys)),
        hindi_word_length=sum(map(len, hi_keys)) / len(hi_keys),
        english_word_length=sum(map(len, en_keys)) / len(en_keys),
        latin_in_hindi=sum(map(str.isascii, hi_keys)) / len(hi_keys),
        clauses=float(min(pair.en.count(","), 6)),
        hindi_gain=max(hi.gain, FLOOR),
        english_gain=max(en.gain, FLOOR),
    )
