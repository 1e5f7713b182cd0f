"""What is counted while rows are written: pairs by month and by source, and what was left out by reason."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tithi.corpus.charts import bars
from tithi.corpus.markdown import one_line
from tithi.corpus.origins import source_name
from tithi.records import Source

__all__ = ["Chart", "Tally", "by_time"]

_MOST_TIMES: Final = 48
_MOST_SOURCES: Final = 20
_TIMES: Final = (("month", 7, ""), ("year", 4, ""), ("decade", 3, "0s"), ("century", 2, "00s"))
"""What a bar stands for, how many characters of a date say so, and what is put behind them."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Counts of pairs that are drawn: `name` is the file's, `label` says what a bar stands for."""

    name: str
    label: str
    counts: tuple[tuple[str, int], ...]

    @property
    def title(self) -> str:
        """What it shows."""
        return f"Pairs by {self.label}"

    @property
    def file(self) -> str:
        """Its place in the dataset's folder."""
        return f"charts/{self.name}.svg"

    def svg(self) -> bytes:
        """Return the file's content, the same for the same counts."""
        drawn = bars(self.title, [label for label, _ in self.counts], {"pairs": [count for _, count in self.counts]})
        return f"{drawn}\n".encode()


class Tally:
    """Adds up the rows of every config, as they are published; memory holds counts alone."""

    def __init__(self) -> None:
        self.dates: Counter[str] = Counter()
        self.sources: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.moved = 0

    def add(self, config: str, rows: Any) -> None:
        """Count rows of a config, a `pyarrow.Table`."""
        if config == "sentences":
            for date, count in _counted(rows["date"]):
                self.dates[date.partition("/")[0][:7]] += count
            self.moved += sum(filter(None, rows["moved"].to_pylist()))
        elif config == "unaligned":
            self.reasons.update(dict(_counted(rows["reason"])))
        elif config == "articles":
            for row in rows.select(["hi_source", "en_source", "pairs"]).to_pylist():
                names = [source_name(Source("", **row[side])) or "unknown" for side in ("hi_source", "en_source")]
                self.sources[" / ".join(map(one_line, dict.fromkeys(names)))] += row["pairs"]

    def charts(self) -> list[Chart]:
        """Return what is drawn, without charts of nothing: time in its order, the largest of the sources."""
        unit, times = by_time(self.dates)
        ranked = sorted(self.sources.items(), key=lambda one: (-one[1], one[0]))
        if rest := ranked[_MOST_SOURCES:]:
            ranked = [*ranked[:_MOST_SOURCES], (f"{len(rest):,} others", sum(count for _, count in rest))]
        found = (Chart("time", unit, tuple(times.items())), Chart("sources", "source", tuple(ranked)))
        return [chart for chart in found if any(count for _, count in chart.counts)]


def by_time(dates: Mapping[str, int]) -> tuple[str, dict[str, int]]:
    """Return counts by dates (the beginning of an EDTF string) by month, or by what is longer when those are too many.

    A date that says less than a month stands by itself: 2019 before 2019-05. Dates without a year are not counted.

    Example: `by_time({"2019-05": 2, "2019": 1})` is `("month", {"2019": 1, "2019-05": 2})`.
    """
    known = {date: count for date, count in sorted(dates.items()) if re.match("[0-9]{2}", date)}
    for unit, length, ending in _TIMES:
        counts: Counter[str] = Counter()
        for date, count in known.items():
            counts[date[:length] + ending] += count
        if len(counts) <= _MOST_TIMES:
            return unit, dict(counts)
    return unit, dict(counts)


def _counted(column: Any) -> list[tuple[str, int]]:
    """Return the values of a column of text with their counts, nulls aside."""
    return [(one["values"], one["counts"]) for one in column.value_counts().to_pylist() if one["values"] is not None]
