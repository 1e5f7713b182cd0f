"""Checked pairs as `tithi check` prints them, and counted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from tithi.records import Quality

__all__ = ["Summary", "report_line"]


def report_line(line: int, quality: Quality, about: Mapping[str, str] | None = None) -> str:
    """Return the JSON object that `tithi check` prints for a pair; `about` stands first (its file, its id)."""
    told = {
        **(about or {}),
        "line": line,
        "quality": _rounded(quality.quality),
        "adequacy": _rounded(quality.adequacy),
        "fluency": _rounded(quality.fluency),
        "issues": [
            {
                "kind": issue.kind,
                "severity": issue.severity,
                "hi": list(issue.hi) if issue.hi else None,
                "en": list(issue.en) if issue.en else None,
                "message": issue.message,
                "confidence": round(issue.confidence, 4),
            }
            for issue in quality.issues
        ],
    }
    return json.dumps(told, ensure_ascii=False)


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 4)


@dataclass(slots=True)
class Summary:
    """A running count over checked pairs, for `--summary` and for the figures of a dataset; hints do not count."""

    pairs: int = 0
    flagged: int = 0
    doubtful: int = 0
    quality_sum: float = 0.0
    kinds: dict[str, int] = field(default_factory=dict)

    def add(self, quality: Quality) -> None:
        """Count one pair; of each kind of issue a pair counts once."""
        self.pairs += 1
        told = {issue.kind for issue in quality.issues if issue.severity != "hint"}
        self.flagged += bool(told)
        self.doubtful += (quality.quality or 0.0) < 0.5
        self.quality_sum += quality.quality or 0.0
        for kind in told:
            self.kinds[kind] = self.kinds.get(kind, 0) + 1

    def to_dict(self) -> dict[str, object]:
        """Return plain data for `metrics.json` and the card."""
        return {
            "pairs": self.pairs,
            "with_issues": self.flagged,
            "quality_below_half": self.doubtful,
            "mean_quality": self.quality_sum / self.pairs if self.pairs else None,
            "kinds": dict(sorted(self.kinds.items(), key=lambda item: (-item[1], item[0]))),
        }

    def table(self) -> str:
        """Return a table by kind to read."""
        count = max(self.pairs, 1)
        rows = [f"{'issue':14} {'pairs':>8} {'share':>8}"]
        counted = sorted(self.kinds.items(), key=lambda item: (-item[1], item[0]))
        rows += [f"{kind:14} {n:8} {n / count:8.2%}" for kind, n in counted]
        rows += [f"{'any':14} {self.flagged:8} {self.flagged / count:8.2%}"]
        rows += [f"{'quality < .5':14} {self.doubtful:8} {self.doubtful / count:8.2%}"]
        return "\n".join([*rows, f"{self.pairs} pairs, mean quality {self.quality_sum / count:.3f}"])
