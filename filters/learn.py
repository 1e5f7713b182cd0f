"""Thresholds derived from clean pairs, and what thresholds would drop of a sample, filter by filter."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from tithi.filters.filters import BY_NAME, CORPUS
from tithi.filters.judge import Thresholds, scores
from tithi.filters.recurring import Corpus, boilerplate
from tithi.filters.verdict import Row, Verdict

__all__ = ["Tried", "learn", "table", "tried"]

_BATCH: Final = 256
_EXAMPLES: Final = 3


def learn(rows: Iterable[Row], like: Thresholds, lost: float) -> Thresholds:
    """Return thresholds at which each filter of `like` drops at most the share `lost` of clean rows.

    A threshold is a score that was seen, rounded outward to four digits. What needs a whole corpus stays as in `like`.
    Memory holds a number a row and filter.
    """
    names = [name for name in like if name not in CORPUS]
    seen: dict[str, list[float]] = {name: [] for name in names}
    for _, told in _scored(rows, names):
        for name, (score, _) in told.items():
            seen[name].append(score)
    return {name: _quantile(name, seen[name], lost) if seen.get(name) else like[name] for name in like}


def _quantile(name: str, found: list[float], lost: float) -> float:
    above = BY_NAME[name].drops == "above"
    ordered = sorted(found, reverse=above)
    score = ordered[min(math.floor(lost * len(ordered)), len(ordered) - 1)]
    digits = 10**4
    return (math.ceil(score * digits) if above else math.floor(score * digits)) / digits


class Tried(NamedTuple):
    """What one filter would drop: how many rows, and examples with their scores."""

    name: str
    dropped: int
    examples: tuple[tuple[Row, Verdict], ...]


def tried(rows: Sequence[Row], thresholds: Thresholds) -> list[Tried]:
    """Return what each filter by itself would drop of a sample, and last what all drop together."""
    found: dict[str, list[tuple[Row, Verdict]]] = {name: [] for name in thresholds}
    together: set[int] = set()
    for number, (row, told) in enumerate(_scored(rows, list(thresholds))):
        for name, (score, reason) in told.items():
            if BY_NAME[name].passes(score, thresholds[name]):
                found[name].append((row, Verdict(name, score, thresholds[name], reason)))
                together.add(number)
    for name in thresholds:
        if name in CORPUS:
            alone = {name: thresholds[name]}
            corpus = Corpus(alone, boilerplate(rows, alone))
            for number, row in enumerate(rows):
                if (verdict := corpus.verdict(row)) is not None:
                    found[name].append((row, verdict))
                    together.add(number)
    told_of = [Tried(name, len(dropped), tuple(dropped[:_EXAMPLES])) for name, dropped in found.items()]
    return [*told_of, Tried("any", len(together), ())]


def table(found: Sequence[Tried], thresholds: Thresholds, count: int) -> str:
    """Return what was tried as a table to read, the examples below it."""
    lines = [f"{'filter':18} {'threshold':>9} {'dropped':>8} {'share':>8}"]
    for tried_one in found:
        threshold = f"{thresholds[tried_one.name]:g}" if tried_one.name in thresholds else ""
        share = tried_one.dropped / max(count, 1)
        lines.append(f"{tried_one.name:18} {threshold:>9} {tried_one.dropped:8} {share:8.2%}")
    for tried_one in found:
        for row, verdict in tried_one.examples:
            texts = f"{row.pair.hi[:100]} | {row.pair.en[:100]}"
            lines.append(f"\n{tried_one.name}: {verdict.score:g} {verdict.reason}\n  {row.where}: {texts}")
    return "\n".join(lines)


def _scored(rows: Iterable[Row], names: Sequence[str]) -> Iterator[tuple[Row, dict[str, tuple[float, str]]]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, _BATCH)):
        yield from zip(batch, scores(batch, names), strict=True)
