"""What a dataset holds, counted from its rows: sizes, sources, dates, quality, issues, what is left out and why."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tithi.corpus.columns import COLUMNS
from tithi.corpus.folder import REJECTS, read_marker
from tithi.corpus.rows import Row
from tithi.corpus.stored import stored_rows, stored_splits

__all__ = ["stats"]


def stats(out: str | Path, pairs: Iterable[Row] | None = None) -> dict[str, Any]:
    """Return the figures of a dataset as plain values; memory holds counts alone.

    `rows` by config and split; `sources` are publishers and licences with their articles, both languages counted (None
    is unknown); `dates` the first and the last date as EDTF, the dated pairs, and pairs by month; `quality` the mean
    and the pairs by tenth, of those that were checked; `issues` pairs by kind, hints aside; `unaligned` stretches by
    reason; `rejects` the article pairs that were not built.

    Args:
        out: The dataset.
        pairs: The rows of `sentences` as they stand by now, say without false alarms; None: as they were written.

    Raises:
        DataError: `out` is no dataset built by tithi, or has changed since.
    """
    sizes = {
        config: {split: sum(1 for _ in stored_rows(out, config, split=split, columns=["id"])) for split in splits}
        for config, splits in ((config, stored_splits(out, config)) for config in COLUMNS)
    }
    publishers: Counter[str | None] = Counter()
    licences: Counter[str | None] = Counter()
    for row in stored_rows(out, "articles", columns=["hi_source", "en_source"]):
        publishers.update(row[side]["publisher"] for side in ("hi_source", "en_source"))
        licences.update(row[side]["licence"] for side in ("hi_source", "en_source"))
    reasons = Counter(row["reason"] for row in stored_rows(out, "unaligned", columns=["reason"]))
    rejects = Path(out, REJECTS)
    return {
        "version": read_marker(out).version,
        "rows": sizes,
        "sources": {"publishers": _listed(publishers), "licences": _listed(licences)},
        **_of_pairs(stored_rows(out, columns=["date", "quality", "issues"]) if pairs is None else pairs),
        "unaligned": dict(reasons.most_common()),
        "rejects": rejects.read_bytes().count(b"\n") if rejects.is_file() else 0,
    }


def _of_pairs(rows: Iterable[Row]) -> dict[str, Any]:
    """Return what the rows of `sentences` tell: dates, quality, issues."""
    months: Counter[str] = Counter()
    issues: Counter[str] = Counter()
    tenths, total, checked, dated = [0] * 10, 0.0, 0, 0
    first: str | None = None
    last: str | None = None
    for row in rows:
        if row["date"] is not None:
            begin, _, end = row["date"].partition("/")
            dated += 1
            months[begin[:7]] += 1
            first, last = min(first or begin, begin), max(last or "", end or begin)
        if row["quality"] is not None:
            checked += 1
            total += row["quality"]
            tenths[min(int(row["quality"] * 10), 9)] += 1
        issues.update({issue["kind"] for issue in row["issues"] or () if issue["severity"] != "hint"})
    return {
        "dates": {"first": first, "last": last, "dated": dated, "months": dict(sorted(months.items()))},
        "quality": {"checked": checked, "mean": total / checked if checked else None, "tenths": tenths},
        "issues": dict(issues.most_common()),
    }


def _listed(counts: Counter[str | None]) -> list[dict[str, Any]]:
    return [{"name": name, "articles": count} for name, count in counts.most_common()]
