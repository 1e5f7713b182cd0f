"""Which segments of the two articles belong together, told from the beads between them and from their dates."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from tithi.aligner.found import Found
from tithi.aligner.segments import Cut
from tithi.groups import Groups
from tithi.records import SegmentLink

__all__ = ["link_segments"]

Basis = Literal["date", "content", "position", "none"]


def link_segments(hi: Cut, en: Cut, beads: Sequence[Found]) -> list[SegmentLink]:
    """Return links that hold every segment of both sides exactly once, in Hindi order, English leftovers last.

    Segments with a bead between them belong together, so a segment told as two on the other side is linked to both.
    Segments without any bead are linked by an equal date that no other segment has; the rest stand alone.
    """
    count_hi = len(hi.spans)
    joined = Groups(count_hi + len(en.spans))
    segment_hi, segment_en = hi.owners, en.owners
    tied = {(a, b) for bead in beads for a in segment_hi[slice(*bead.hi)] for b in segment_en[slice(*bead.en)]}
    for a, b in tied:
        joined.join(a, count_hi + b)
    sizes = Counter(firsts := joined.firsts())
    for a, b in _same_date(hi, en):
        if sizes[firsts[a]] == sizes[firsts[count_hi + b]] == 1:
            joined.join(a, count_hi + b)
    members: dict[int, tuple[list[int], list[int]]] = {}
    for k, first in enumerate(joined.firsts()):
        left, right = members.setdefault(first, ([], []))
        (left if k < count_hi else right).append(k if k < count_hi else k - count_hi)
    return [_link(hi, en, tuple(left), tuple(right)) for left, right in members.values()]


def _same_date(hi: Cut, en: Cut) -> list[tuple[int, int]]:
    """Return the segments whose date stands once on each side."""
    once: list[dict[str, int]] = []
    for cut in (hi, en):
        dates = [segment.date for segment in cut.document.segments]
        once.append({date: k for k, date in enumerate(dates) if date is not None and dates.count(date) == 1})
    return [(k, once[1][date]) for date, k in once[0].items() if date in once[1]]


def _link(hi: Cut, en: Cut, left: tuple[int, ...], right: tuple[int, ...]) -> SegmentLink:
    """Return the link of a group with what ties it."""
    if not left or not right:
        return SegmentLink(left, right, "none")
    spans_hi = [span for k in left if (span := hi.spans[k]) is not None]
    spans_en = [span for k in right if (span := en.spans[k]) is not None]
    if not spans_hi and not spans_en:
        return SegmentLink(left, right, "position" if left[0] == right[0] == 0 else "content")
    if not spans_hi or not spans_en:
        return SegmentLink(left, right, "content")
    agree = any(a.overlaps(b) for a in spans_hi for b in spans_en)
    return SegmentLink(left, right, "date" if agree else "content", conflict=not agree)
