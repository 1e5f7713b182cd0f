"""The figures of a dataset, told with every part and added up as parts are taken."""

import json
from collections import Counter
from dataclasses import asdict, fields
from typing import Any

from tithi.checks.summary import Summary
from tithi.eval.figures import Figures, Share
from tithi.pipeline.checked import Checked
from tithi.pipeline.reviewed import Decided, Obeyed

__all__ = ["Account", "told"]


def told(checked: Checked, left_out: int) -> str:
    """Return the figures of one article pair, of which so many pairs were left out as excluded, as text."""
    figures, summary = Figures(), Summary()
    figures.add(checked.alignment)
    for quality in checked.quality:
        summary.add(quality)
    counts: dict[str, Any] = {field.name: getattr(figures, field.name) for field in fields(figures)}
    counts["coverage"] = {lang: asdict(share) for lang, share in figures.coverage.items()}
    counts["histogram"] = {str(at): count for at, count in enumerate(figures.histogram) if count}
    sums = {"figures": counts, "summary": asdict(summary), "excluded": left_out}
    return json.dumps({"sums": sums, "met": checked.met, "unfit": checked.unfit}, sort_keys=True)


class Account:
    """What was told of the article pairs so far, added up."""

    def __init__(self, decisions: Decided | None) -> None:
        self._sums: dict[str, Any] = {}
        self._obeyed = None if decisions is None else Obeyed(decisions)
        self.articles = 0

    def add(self, article: str, told: str) -> None:
        """Add what was told of an article pair."""
        figures = json.loads(told)
        self._sums = _added(self._sums, figures["sums"])
        self.articles += 1
        if self._obeyed is not None:
            self._obeyed.add(article, figures["met"], figures["unfit"])

    @property
    def excluded(self) -> int:
        """How many pairs were left out as excluded."""
        return int(self._sums["excluded"])

    def metrics(self) -> dict[str, object]:
        """Return the figures for `metrics.json`, and tell of decisions that no longer fit."""
        counts = self._sums["figures"]
        histogram = [counts["histogram"].get(str(at), 0) for at in range(len(Figures().histogram))]
        coverage = {lang: Share(**share) for lang, share in counts["coverage"].items()}
        counters = {name: Counter(counts[name]) for name in ("segments", "links", "types")}
        figures = Figures(**{**counts, **counters, "histogram": histogram, "coverage": coverage})
        quality = Summary(**self._sums["summary"]).to_dict()
        decisions = {} if self._obeyed is None else {"decisions": self._obeyed.metrics()}
        return {"alignment": figures.to_dict(), "quality": quality, **decisions}


def _added(one: Any, other: Any) -> Any:
    """Return the sum of two numbers, or of two mappings member by member."""
    if isinstance(other, dict):
        return {name: _added(one.get(name), other.get(name)) for name in {**one, **other}} if one else other
    return one if other is None else other if one is None else one + other
