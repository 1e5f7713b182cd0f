"""What a build tells at its end, in some ten lines."""

import logging
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from tithi.cli.arguments import duration
from tithi.cli.logs import SUMMARY

if TYPE_CHECKING:
    from tithi.corpus.built import Built
    from tithi.corpus.splits import Split
    from tithi.records import Lang

__all__ = ["summary", "tell"]

_LOGGER: Final = logging.getLogger("tithi")
_REASONS: Final = 4


def tell(built: "Built", seconds: float) -> None:
    """Tell what was built in so many seconds, unless only errors are told."""
    for line in summary(built, seconds):
        _LOGGER.log(SUMMARY, "%s", line)


def summary(built: "Built", seconds: float) -> Iterator[str]:
    """Yield the lines: read, matched, aligned, kept, left out by reason, time, and where it is."""
    rows = {config: sum(splits.values()) for config, splits in built.rows.items()}
    rejects = built.rejects
    if (heaps := built.matching) is not None:
        rejects -= heaps.refused
        yield f"read: {_sides(heaps.read)} articles{_rest(heaps.refused, 'not read')}"
        yield f"matched: {heaps.pairs:,} article pairs; without partner {_sides(heaps.alone)}, see unmatched.jsonl"
    again = f", of them {built.reused:,} finished before" if built.reused else ""
    yield f"built: {rows['articles']:,} article pairs{again}{_rest(rejects, 'not built')}"
    yield f"kept: {rows['sentences']:,} sentence pairs ({_counts(built.rows['sentences'])})"
    if built.moved:
        yield f"order: {built.moved:,} of them are told elsewhere on the English side"
    left = list(built.left_out.items())
    for reason, count in left[:_REASONS]:
        yield f"left out: {count:,} {reason}"
    if rest := left[_REASONS:]:
        yield f"left out: {sum(count for _, count in rest):,} for {len(rest)} other reasons, see tithi stats"
    yield f"time: {duration(seconds)}, {rows['sentences'] / max(seconds, 1e-3):,.0f} sentence pairs a second"
    yield f"written: {built.address or built.out}, version {built.version}"


def _rest(count: int, what: str) -> str:
    return f"; {count:,} {what}, see rejects.jsonl" if count else ""


def _sides(counts: "Mapping[Lang, int]") -> str:
    return f"{counts['hi']:,} Hindi and {counts['en']:,} English"


def _counts(counts: "Mapping[Split, int]") -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())
