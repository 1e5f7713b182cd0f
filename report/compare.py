"""Two builds of an article pair as one view: rows that only one of them has are marked `-` (before) or `+` (after)."""

from collections.abc import Iterator

from tithi.report.view import Plain

__all__ = ["merged"]


def merged(before: Plain | None, after: Plain | None) -> Plain:
    """Return the later view with the rows of the earlier one that it no longer has, each where a reader looks for it.

    A row is the same in both when it has the same places and texts; scores and checks may differ. Either may be None.
    """
    if before is None or after is None:
        view = after or before
        assert view is not None
        for row in _rows(view):
            row["change"] = "+" if before is None else "-"
        return view
    was, now = {_key(row) for row in _rows(before)}, {_key(row) for row in _rows(after)}
    for row in _rows(after):
        if _key(row) not in was:
            row["change"] = "+"
    for row in _rows(before):
        if _key(row) not in now:
            row["change"] = "-"
            _place(row, after)
    return after


def _place(row: Plain, view: Plain) -> None:
    """Put a row behind the last that begins before it on its first side, so before what took its place."""
    side = 0 if row["at"][0] is not None else 1
    best: tuple[int, list[Plain], int] | None = None
    for segment in view["segments"]:
        for index, other in enumerate(segment["rows"]):
            start = other["at"][side]
            if start is not None and start < row["at"][side] and (best is None or start >= best[0]):
                best = (start, segment["rows"], index + 1)
    if best is None:
        view["segments"][0]["rows"].insert(0, row)
    else:
        best[1].insert(best[2], row)


def _rows(view: Plain) -> Iterator[Plain]:
    for segment in view["segments"]:
        yield from segment["rows"]


def _key(row: Plain) -> tuple[object, ...]:
    return (*row["at"], *row["texts"])
