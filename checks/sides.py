"""What the models are told of a side: named numbers that tell whether it has more than the other.

They stand in this order here and nowhere else. Ratios are natural logarithms.
"""

import math
from typing import Final, NamedTuple

from tithi.evidence.coverage import Coverage, SideCoverage
from tithi.evidence.gaps import Gap, Gaps
from tithi.evidence.pair import Pair
from tithi.evidence.words import Words

__all__ = ["FLOOR", "SideFeatures", "length_ratio", "side_features"]

FLOOR: Final = -0.5
"""A gain counts as no less than this."""
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


def side_features(pair: Pair, coverage: Coverage, gaps: Gaps) -> tuple[SideFeatures, SideFeatures]:
    """Return the features of the Hindi and of the English side."""
    hi = _Side(pair.hi_words, coverage.hi, gaps.hi)
    en = _Side(pair.en_words, coverage.en, gaps.en)
    return _side(hi, en, coverage.similarity, is_hindi=1.0), _side(en, hi, coverage.similarity, is_hindi=0.0)


def _side(ours: _Side, theirs: _Side, similarity: float, *, is_hindi: float) -> SideFeatures:
    (found, side, gap), (there, other, other_gap) = ours, theirs
    weight_ratio = math.log(side.weight / other.weight)
    ratio, rest = length_ratio(found.source, there.source), _rest_ratio(ours, there.source)
    begins, ends = _is_marked(found, gap.first), _is_marked(found, gap.stop)
    return SideFeatures(
        gain=max(side.gain, FLOOR),
        lacking=side.lacking,
        covered=side.covered,
        other_covered=other.covered,
        similarity=similarity,
        weight_ratio=weight_ratio,
        length_ratio=ratio,
        other_weight=math.log(other.weight),
        other_gain=max(other.gain, FLOOR),
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


def length_ratio(hi: str, en: str) -> float:
    """Return the logarithm of the ratio of characters, smoothed for short texts."""
    return math.log((len(hi) + 5) / (len(en) + 5))
