"""What the page knows of an article pair before it is looked at: enough to list, filter and sort it."""

from collections.abc import Iterator
from typing import Final

from tithi.checks.checker import KINDS
from tithi.report.view import Plain

__all__ = ["entry", "kinds"]

_STATES: Final = ("no counterpart", "dates contradict", "moved", "changed")
_WORST: Final = 5


def kinds() -> list[str]:
    """Return what rows can be filtered by: the kinds of issues, then states of a row; bit k of a mask is the k-th."""
    return [*KINDS, *_STATES]


def entry(item: Plain) -> Plain:
    """Return the index entry of a view: rows are `[doubt, mask, quality]`, doubt and quality in hundredths."""
    rows = [_row(row, segment["conflict"]) for segment in item["segments"] for row in segment["rows"]]
    worst = sorted((row[0] or 0 for row in rows), reverse=True)[:_WORST]
    dates = sorted(_days(item))
    return {
        "id": item["id"],
        "title": item["title"],
        "publisher": sorted({source.get("publisher", "") for source in item["sources"]} - {""}),
        "dates": [dates[0], dates[-1]] if dates else [],
        "doubt": sum(worst) // len(worst) if worst else 0,
        "rows": rows,
    }


def _row(row: Plain, conflict: bool) -> list[int | None]:
    names = {issue["kind"] for issue in row.get("issues", ())}
    states = {
        "no counterpart": "facts" in row,
        "dates contradict": conflict,
        "moved": bool(row.get("moved")),
        "changed": "change" in row,
    }
    names |= {name for name, holds in states.items() if holds}
    mask = sum(1 << bit for bit, name in enumerate(kinds()) if name in names)
    quality = row.get("quality")
    return [round(row["doubt"] * 100), mask, None if quality is None else round(quality * 100)]


def _days(item: Plain) -> Iterator[str]:
    for segment in item["segments"]:
        if segment["date"]:
            yield from (part[:10] for part in segment["date"].split("/") if part[:1].isdigit())
