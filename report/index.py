"""What the page knows of an article pair before it is looked at: enough to list, filter and sort it."""

from collections.abc import Iterator
from textwrap import shorten
from typing import Final

from tithi.checks.checker import KINDS
from tithi.report.view import Plain

__all__ = ["entry", "kinds", "opening"]

_STATES: Final = ("no counterpart", "dates contradict", "moved", "changed")
_WORST: Final = 5
_WORDS: Final = 48
_LONGEST: Final = 400


def kinds() -> list[str]:
    """Return what rows can be filtered by: the kinds of issues, then states of a row."""
    return [*KINDS, *_STATES]


def entry(item: Plain) -> Plain:
    """Return the index entry of a view: rows are `[doubt, kinds, quality]`, in hundredths and places in `kinds()`."""
    rows = [_row(row, segment["conflict"]) for segment in item["segments"] for row in segment["rows"]]
    worst = sorted((row[0] for row in rows), reverse=True)[:_WORST]
    dates = sorted(_days(item))
    return {
        "id": item["id"],
        "title": item["title"],
        **({} if any(item["title"]) else {"opening": opening(next(_texts(item), ""))}),
        "publisher": sorted({source.get("publisher", "") for source in item["sources"]} - {""}),
        "dates": [dates[0], dates[-1]] if dates else [],
        "doubt": sum(worst) // len(worst) if worst else 0,
        "rows": rows,
    }


def _row(row: Plain, conflict: bool) -> tuple[int, list[int], int | None]:
    names = {issue["kind"] for issue in row.get("issues", ())}
    states = {
        "no counterpart": "facts" in row,
        "dates contradict": conflict,
        "moved": bool(row.get("moved")),
        "changed": "change" in row,
    }
    names |= {name for name, holds in states.items() if holds}
    found = [place for place, name in enumerate(kinds()) if name in names]
    quality = row.get("quality")
    return round(row["doubt"] * 100), found, None if quality is None else round(quality * 100)


def opening(text: str) -> str:
    """Return the first words of a text, on one line: the name of what has no title."""
    return shorten(text[:_LONGEST], _WORDS, placeholder=" …")


def _texts(item: Plain) -> Iterator[str]:
    yield from (text for segment in item["segments"] for row in segment["rows"] for text in row["texts"] if text)


def _days(item: Plain) -> Iterator[str]:
    for segment in item["segments"]:
        if segment["date"]:
            yield from (part[:10] for part in segment["date"].split("/") if part[:1].isdigit())
