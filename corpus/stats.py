"""What a dataset holds, counted from its rows: sizes, sources, dates, quality, issues, what is left out and why."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from tithi.corpus.columns import COLUMNS
from tithi.corpus.folder import REJECTS, read_marker
from tithi.corpus.rows import Row
from tithi.corpus.stored import stored_rows, stored_splits

__all__ = ["stats"]

_YEAR: Final = re.compile("(-?)([0-9][0-9X]{3})(.*)")


def stats(out: str | Path, pairs: Iterable[Row] | None = None) -> dict[str, Any]:
    """Return the figures of a dataset as plain values; memory holds counts alone.

    `rows` by config and split; `sources` are publishers and licences with their articles, both languages counted (None
    is unknown); `dates` the first and the last date of those with a year, as EDTF, the dated pairs, and pairs by month
    (as the dates begin, `XXXX-02` too); `quality` the mean and the pairs by tenth, of those that were checked; `issues`
    pairs by kind, hints aside; `unaligned` stretches by reason; `rejects` the article pairs that were not built.

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
    first: tuple[tuple[int, str], str] | None = None
    last: tuple[tuple[int, str], str] | None = None
    for row in rows:
        if row["date"] is not None:
            begin, _, end = row["date"].partition("/")
            dated += 1
            months[begin[:7]] += 1
            if (when := _when(begin, "0")) is not None:
                first = min(first or (when, begin), (when, begin))
            if (when := _when(end or begin, "9")) is not None:
                last = max(last or (when, end or begin), (when, end or begin))
        if row["quality"] is not None:
            checked += 1
            total += row["quality"]
            tenths[min(int(row["quality"] * 10), 9)] += 1
        issues.update({issue["kind"] for issue in row["issues"] or () if issue["severity"] != "hint"})
    return {
        "dates": {
            "first": first and first[1],
            "last": last and last[1],
            "dated": dated,
            "months": dict(sorted(months.items())),
        },
        "quality": {"checked": checked, "mean": total / checked if checked else None, "tenths": tenths},
        "issues": dict(issues.most_common()),
    }


def _when(date: str, unknown: str) -> tuple[int, str] | None:
    """Return what a date is ordered by, `unknown` for digits that it leaves open; None where it tells no year."""
    if (found := _YEAR.match(date)) is None:
        return None
    return int(found[1] + found[2].replace("X", unknown)), found[3]


def _listed(counts: Counter[str | None]) -> list[dict[str, Any]]:
    return [{"name": name, "articles": count} for name, count in counts.most_common()]
