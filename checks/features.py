"""What the models are told of a pair: named numbers, in the order in which they stand here and nowhere else.

`SideFeatures` tell whether a side has more than the other, `PairFeatures` whether a pair is faithful. Ratios are
natural logarithms; `omission` and `addition` are the log-odds of the stretch model.
"""

import math
from collections.abc import Collection
from typing import Final, NamedTuple

from tithi.checks.figures import figures_met
from tithi.evidence.coverage import Coverage, SideCoverage
from tithi.evidence.gaps import Gap, Gaps
from tithi.evidence.pair import Pair
from tithi.evidence.words import Words
from tithi.records import Issue

__all__ = ["PairFeatures", "SideFeatures", "pair_features", "side_features"]

_FLOOR: Final = -0.5
_FIGURED: Final = frozenset({"number", "date", "unit", "percent"})


_MARKS: Final = frozenset(',;:()।.!?—–"“”')


class _Side(NamedTuple):
    """What is known of a side."""

    words: Words
    coverage: SideCoverage
    gap: Gap


class SideFeatures(NamedTuple):
    """What tells that a side has more than the `other`."""

    gain: float
    lacking: float
    covered: float
    other_covered: float
    similarity: float
    weight_ratio: float
    length_ratio: float
    other_weight: float
    other_gain: float
    other_lacking: float
    is_hindi: float
    rounded_ratio: float
    gap: float
    loose_gap: float
    other_gap: float
    gap_words: float
    gap_share: float
    words: float
    root_gap: float
    root_loose_gap: float
    root_other_gap: float
    unlinked: float
    other_unlinked: float
    unlinked_share: float
    other_unlinked_share: float
    gap_unlinked: float
    gap_unlinked_share: float
    gap_room: float
    odds: float
    other_odds: float
    rest_ratio: float
    rest_distance: float
    squared_length_ratio: float
    gap_begins: float
    gap_ends: float
    gap_is_clause: float
    gap_is_first: float
    gap_is_last: float
    other_words: float


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


def side_features(pair: Pair, coverage: Coverage, gaps: Gaps) -> tuple[SideFeatures, SideFeatures]:
    """Return the features of the Hindi and of the English side."""
    hi = _Side(pair.hi_words, coverage.hi, gaps.hi)
    en = _Side(pair.en_words, coverage.en, gaps.en)
    return _side(hi, en, coverage.similarity, is_hindi=1.0), _side(en, hi, coverage.similarity, is_hindi=0.0)


def _side(ours: _Side, theirs: _Side, similarity: float, *, is_hindi: float) -> SideFeatures:
    (found, side, gap), (there, other, other_gap) = ours, theirs
    weight_ratio = math.log(side.weight / other.weight)
    ratio, rest = _length_ratio(found.source, there.source), _rest_ratio(ours, there.source)
    begins, ends = _is_marked(found, gap.first), _is_marked(found, gap.stop)
    return SideFeatures(
        gain=max(side.gain, _FLOOR),
        lacking=side.lacking,
        covered=side.covered,
        other_covered=other.covered,
        similarity=similarity,
        weight_ratio=weight_ratio,
        length_ratio=ratio,
        other_weight=math.log(other.weight),
        other_gain=max(other.gain, _FLOOR),
        other_lacking=other.lacking,
        is_hindi=is_hindi,
        rounded_ratio=weight_ratio * weight_ratio,
        gap=gap.strict,
        loose_gap=gap.loose,
        other_gap=other_gap.strict,
        gap_words=float(gap.stop - gap.first),
        gap_share=(gap.stop - gap.first) / gap.words,
        words=math.log(gap.words),
        root_gap=math.sqrt(gap.strict),
        root_loose_gap=math.sqrt(gap.loose),
        root_other_gap=math.sqrt(other_gap.strict),
        unlinked=math.sqrt(gap.all_bare),
        other_unlinked=math.sqrt(other_gap.all_bare),
        unlinked_share=gap.all_bare / max(side.weight, 1e-3),
        other_unlinked_share=other_gap.all_bare / max(other.weight, 1e-3),
        gap_unlinked=gap.bare,
        gap_unlinked_share=gap.bare / max(gap.weight, 1e-3),
        gap_room=gap.room,
        odds=gap.odds,
        other_odds=other_gap.odds,
        rest_ratio=rest,
        rest_distance=abs(rest),
        squared_length_ratio=ratio * ratio,
        gap_begins=float(begins),
        gap_ends=float(ends),
        gap_is_clause=float(begins and ends),
        gap_is_first=float(0 == gap.first < gap.stop),
        gap_is_last=float(gap.first < gap.stop == gap.words),
        other_words=math.log(other_gap.words),
    )


def _rest_ratio(side: _Side, other: str) -> float:
    """Return the ratio of the lengths of a side without its worst stretch and of the other."""
    gone = side.words.texts[side.gap.first : side.gap.stop]
    rest = len(side.words.source) - sum(map(len, gone)) - len(gone)
    return math.log((max(rest, 0) + 5) / (len(other) + 5))


def _is_marked(found: Words, at: int) -> bool:
    """Whether a word stands at an edge of the text or of a clause: a mark, or nothing at all, is before it."""
    return at in (0, len(found)) or not _MARKS.isdisjoint(found.gaps[at])


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
        length_ratio=abs(_length_ratio(pair.hi, pair.en)),
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
        hindi_gain=max(hi.gain, _FLOOR),
        english_gain=max(en.gain, _FLOOR),
    )


def _length_ratio(hi: str, en: str) -> float:
    """Return the logarithm of the ratio of characters, smoothed for short texts."""
    return math.log((len(hi) + 5) / (len(en) + 5))
