"""Whether a decision fits an article pair: its places lie in the texts, its beads stand, and no text is lost."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from tithi.errors import DataError
from tithi.records import Lang, Span
from tithi.review.decisions import bead_key
from tithi.review.desk import Desk

__all__ = ["check_fits"]

_SIDES: Final[tuple[Lang, Lang]] = ("hi", "en")


def check_fits(desk: Desk, kind: str, data: Mapping[str, Any]) -> None:
    """Raise `DataError` unless a decision of the right form fits; the time does not grow with the article."""
    named = data.get("remove") or [data["bead"]] if "bead" in data or "remove" in data else []
    for bead in named:
        if bead not in desk:
            raise DataError(f"{bead}: must be a bead that stands; got one that is gone; read the page again")
    for lang, (start, stop) in _spans(data):
        if stop > len(desk.texts[lang]):
            raise DataError(f"{start}-{stop}: must lie in the {lang} article; got a place beyond its end")
    if kind == "replace":
        _check_replace(desk, data)
    if kind == "date" and data["segment"] not in desk.segments:
        raise DataError(f"{data['segment'][:40]}: must be a segment of the article; got none; read the page again")


def _check_replace(desk: Desk, data: Mapping[str, Any]) -> None:
    added = [bead_key(bead["hi"], bead["en"]) for bead in data["add"]]
    if len(set(added)) != len(added) or any(bead in desk and bead not in data["remove"] for bead in added):
        raise DataError("replace: the new beads must be new; got one that stands already; read the page again")
    for lang in _SIDES:
        before = [span for bead in data["remove"] for span in desk.sentences(bead, lang)]
        after = [(start, stop) for bead in data["add"] for start, stop in bead[lang]]
        if _cover(desk.texts[lang], lang, before) != _cover(desk.texts[lang], lang, after):
            raise DataError(f"replace: both must cover the same {lang} text; got another; read the page again")
        new = {start for start, _ in after}
        for bead in data["add"]:
            _check_neighbours(desk, lang, bead[lang], new, data["remove"])


def _check_neighbours(
    desk: Desk, lang: Lang, spans: Sequence[Sequence[int]], new: Collection[int], removed: Collection[str]
) -> None:
    """Raise `DataError` unless the sentences of a side follow one another, with none that is not theirs between.

    `new` are the starts of all sentences on that side of the beads to come, which replace those `removed`.
    """
    if not spans:
        return
    own = [start for start, _ in spans]
    if sorted(own) != own:
        raise DataError(f"replace: {lang} sentences must stand in order; got others; read the page again")
    first, last = own[0], spans[-1][1]
    standing = (start for start, bead in desk.starting(lang, first, last) if bead not in removed)
    if any(first < start < last and start not in own for start in (*new, *standing)):
        raise DataError(f"the {lang} sentences of a bead must be neighbours; another stands between; move that first")


def _cover(text: str, lang: Lang, spans: Sequence[Span]) -> list[Span]:
    """Return the stretches of a side's text that spans cover, joined over blanks.

    Raises:
        DataError: Two overlap.
    """
    joined: list[Span] = []
    for start, stop in sorted(spans):
        piece = text[start:stop]
        first, last = start + len(piece) - len(piece.lstrip()), stop - len(piece) + len(piece.rstrip())
        if first >= last:
            raise DataError(f"replace: a {lang} sentence must have text; got blanks; read the page again")
        if joined and first < joined[-1][1]:
            raise DataError(f"replace: {lang} sentences must not overlap; got two that do; read the page again")
        if joined and not text[joined[-1][1] : first].strip():
            joined[-1] = joined[-1][0], last
        else:
            joined.append((first, last))
    return joined


def _spans(data: Mapping[str, Any]) -> Iterator[tuple[Lang, Span]]:
    if "lang" in data and "span" in data:
        yield data["lang"], tuple(data["span"])
    for bead in data.get("add", ()):
        for lang in _SIDES:
            yield from ((lang, tuple(span)) for span in bead[lang])
