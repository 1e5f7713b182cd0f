"""The corpus at a glance: counts and distributions added up as pairs pass, drawn as charts with tables."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

from tithi.corpus.charts import bars
from tithi.report.stories import Story

__all__ = ["Overview", "render"]

_BINS = 10
_MOST = 12
"""Bars of a chart that counts names; the rest is one bar."""


class Overview:
    """What a build holds. Memory does not grow with it, but for the names of its sources and reasons."""

    def __init__(self, rejects: int = 0) -> None:
        """`rejects` is how many article pairs were listed and not built."""
        self.counts = Counter({"Article pairs": 0, "Sentence pairs": 0, "Stretches without counterpart": 0})
        self.rejects = rejects
        self.charts: dict[str, Counter[str]] = {
            name: Counter()
            for name in ("Quality", "Score", "Bead types", "Issues", "Years", "Left out or alone", "Sources")
        }

    def add(self, story: Story) -> None:
        """Count an article pair."""
        charts = self.charts
        self.counts["Article pairs"] += 1
        self.counts["Sentence pairs"] += len(story.sentences)
        self.counts["Stretches without counterpart"] += len(story.unaligned)
        for row in story.sentences:
            charts["Score"][_bin(row["score"])] += 1
            charts["Bead types"][row["bead"]] += 1
            if row["quality"] is not None:
                charts["Quality"][_bin(row["quality"])] += 1
            charts["Issues"].update({issue["kind"] for issue in row["issues"] or ()})
        for row in story.unaligned:
            charts["Left out or alone"][row["reason"]] += 1
        for segment in story.segments:
            if segment["conflict"]:
                charts["Issues"]["dates of a segment"] += 1
            if segment["date"]:
                charts["Years"][_year(segment["date"])] += 1
        for side in ("hi_source", "en_source"):
            source = story.article[side] or {}
            charts["Sources"][source.get("publisher") or "not stated"] += 1
        if self.rejects:
            charts["Left out or alone"]["article pair not built"] = self.rejects


def render(overviews: Mapping[str, Overview]) -> str:
    """Return the HTML of one overview, or of two builds side by side, by name."""
    parts = [_counts(overviews)]
    for name in next(iter(overviews.values())).charts:
        found = {build: overview.charts[name] for build, overview in overviews.items()}
        if name == "Years" and len(sum(found.values(), Counter())) > _MOST:
            found = {build: _decades(counts) for build, counts in found.items()}
        labels = _labels(name, sum(found.values(), Counter()))
        if labels:
            series = {build: _values(labels, counts) for build, counts in found.items()}
            parts.append(_chart(name, labels, series))
    return "".join(parts)


def _counts(overviews: Mapping[str, Overview]) -> str:
    cells = []
    for name in next(iter(overviews.values())).counts:
        values = [f"{overview.counts[name]:,}" for overview in overviews.values()]
        shown = " → ".join(f"<b>{value}</b>" for value in values)
        cells.append(f"<div><dt>{escape(name)}</dt><dd>{shown}</dd></div>")
    return f'<dl class="counts">{"".join(cells)}</dl>'


def _chart(name: str, labels: Sequence[str], series: Mapping[str, Sequence[int]]) -> str:
    head = "".join(f'<th scope="col">{escape(build)}</th>' for build in series)
    lines = ""
    for k, label in enumerate(labels):
        cells = "".join(f"<td>{values[k]:,}</td>" for values in series.values())
        lines += f'<tr><th scope="row">{escape(label)}</th>{cells}</tr>'
    keys = ""
    if len(series) > 1:
        names = zip(("first", "second"), series, strict=False)
        keys = "".join(f'<span class="key {which}">{escape(build)}</span>' for which, build in names)
    return (
        f'<figure class="chart"><figcaption>{escape(name)} {keys}</figcaption>{bars(name, labels, series)}'
        f"<details><summary>as a table</summary><table><caption>{escape(name)}</caption>"
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{lines}</tbody></table></details></figure>"
    )


def _labels(name: str, counts: Counter[str]) -> list[str]:
    """Return the bars of a chart: bins and years in their order, names by how many there are."""
    if not counts:
        return []
    if name in {"Quality", "Score"}:
        return [_bin(k / _BINS) for k in range(_BINS)]
    if name == "Years":
        return sorted(counts)[-2 * _MOST :]
    most = sorted(counts, key=lambda label: (-counts[label], label))[:_MOST]
    if len(counts) > _MOST:
        most.append("others")
    return most


def _values(labels: Sequence[str], counts: Counter[str]) -> list[int]:
    known = [counts[label] for label in labels]
    if "others" in labels:
        known[labels.index("others")] = counts.total() - sum(known)
    return known


def _bin(value: float) -> str:
    low = min(int(value * _BINS + 1e-9), _BINS - 1)
    return f"{low / _BINS:.1f}–{(low + 1) / _BINS:.1f}"


def _decades(years: Counter[str]) -> Counter[str]:
    decades: Counter[str] = Counter()
    for year, count in years.items():
        decades[f"{year[:-1]}0s"] += count
    return decades


def _year(date: str) -> str:
    return date.lstrip("/.")[:4] if not date.startswith("-") else date[:5]
