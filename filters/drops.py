"""What was dropped: counted by filter and source, ten examples of each, and every pair in a file of rejects."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tithi.filters.verdict import Row, Verdict
from tithi.records import Reject

__all__ = ["UNUSABLE", "Drops", "Example", "RejectFiles", "reject_line"]

UNUSABLE: Final = "unusable"
"""What stands for a filter where a row is no pair."""
_EXAMPLES: Final = 10
Example = tuple[str, str, str, float]


class Drops:
    """Running counts; memory holds ten examples of each filter."""

    def __init__(self) -> None:
        self.read = self.kept = self.faults = 0
        self.by: dict[str, Counter[str]] = {}
        self.examples: dict[str, list[Example]] = {}
        self._first: dict[str, str] = {}

    def add(self, item: Row | Reject, verdict: Verdict | None, source: str) -> None:
        """Count a row that was read from a source."""
        self.read += 1
        if isinstance(item, Reject):
            self.faults += item.fault
            self.by.setdefault(UNUSABLE, Counter())[source] += 1
            self._first.setdefault(UNUSABLE, f"{item.where}: {item.reason}")
        elif verdict is None:
            self.kept += 1
        else:
            self.by.setdefault(verdict.filter, Counter())[source] += 1
            self._first.setdefault(verdict.filter, f"{item.where}: {verdict.score:.3g} {verdict.reason}")
            shown = self.examples.setdefault(verdict.filter, [])
            if len(shown) < _EXAMPLES:
                shown.append((item.pair.hi[:200], item.pair.en[:200], verdict.reason, round(verdict.score, 6)))

    @property
    def dropped(self) -> int:
        """How many rows were not kept."""
        return self.read - self.kept

    def commonest(self) -> str:
        """Return by what most rows were dropped, how many, and the first: `6 unusable, the first a.csv:1: must …`."""
        name, told = max(self.by.items(), key=lambda item: item[1].total())
        return f"{told.total():,} {name}, the first {self._first[name]}"

    def figures(self, thresholds: Mapping[str, float]) -> dict[str, object]:
        """Return plain values for `metrics.json`: counts by filter and source, examples, the thresholds."""
        ordered = sorted(self.by.items(), key=lambda item: (-item[1].total(), item[0]))
        return {
            "read": self.read,
            "kept": self.kept,
            "dropped": {name: dict(sorted(told.items())) for name, told in ordered},
            "examples": {name: [list(shown) for shown in self.examples.get(name, ())] for name, _ in ordered},
            "thresholds": dict(thresholds),
        }


def reject_line(item: Row | Reject, verdict: Verdict | None) -> str:
    """Return a dropped row as one line of JSON: where it was, its texts, the filter, its score and threshold."""
    if isinstance(item, Reject):
        told: dict[str, object] = {"where": item.where, "id": item.id, "hi": None, "en": None, "filter": UNUSABLE}
        told |= {"score": None, "threshold": None, "reason": item.reason}
    elif verdict is not None:
        told = {"where": item.where, "id": item.pair.id, "hi": item.pair.hi, "en": item.pair.en}
        told |= {"filter": verdict.filter, "score": round(verdict.score, 6), "threshold": verdict.threshold}
        told |= {"reason": verdict.reason}
    return json.dumps(told, ensure_ascii=False) + "\n"


class RejectFiles:
    """A folder `rejects` with a file of lines for each source, as many as there are; none is held open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "rejects"

    def add(self, item: Row | Reject, verdict: Verdict | None, name: str) -> None:
        """Write a dropped row to the end of the file of that name."""
        self._folder.mkdir(exist_ok=True)
        with (self._folder / f"{name}.jsonl").open("a", encoding="utf-8", newline="\n") as file:
            file.write(reject_line(item, verdict))
