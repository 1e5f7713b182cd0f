"""The card's table of pairs that filters dropped: how many of each filter and source, and ten examples of each."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

__all__ = ["FIGURES", "dropped"]

FIGURES: Final = "filters"
"""What the figures of filters are called in `metrics.json`."""
_SOURCES: Final = 8


def dropped(metrics: Mapping[str, Any], escaped: Callable[[str], str]) -> Iterator[str]:
    """Yield the blocks of the card, none where nothing was filtered; `escaped` makes untrusted text Markdown."""
    figures = metrics.get(FIGURES)
    if figures is None:
        return
    yield "## What was dropped"
    yield (
        f"Of {figures['read']:,} pairs {figures['kept']:,} passed the filters. A pair counts for the first that dropped"
        " it; the builder keeps every one of them in `rejects`, with its score and threshold."
    )
    by: dict[str, dict[str, int]] = figures["dropped"]
    totals: dict[str, int] = {}
    for told in by.values():
        for source, count in told.items():
            totals[source] = totals.get(source, 0) + count
    shown = sorted(totals, key=lambda source: (-totals[source], source))[:_SOURCES]
    lines = [["filter", "threshold", "all", *map(escaped, shown)], ["---"] * (3 + len(shown))]
    for name, told in by.items():
        counts = [f"{told.get(source, 0):,}" for source in shown]
        lines.append([f"`{name}`", f"{figures['thresholds'].get(name, '')}", f"{sum(told.values()):,}", *counts])
    yield "\n".join("| " + " | ".join(line) + " |" for line in lines)
    for name, examples in figures["examples"].items():
        if examples:
            told_of = [
                f"| {escaped(hi)} | {escaped(en)} | {score:.4g} {escaped(why)} |" for hi, en, why, score in examples
            ]
            head = "| Hindi | English | score |\n| --- | --- | --- |\n"
            yield f"Dropped by `{name}`:\n\n{head}" + "\n".join(told_of)
