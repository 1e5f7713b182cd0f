"""Decisions with their places in two articles as they read now, though they were made when those read otherwise.

A place is found again where only blanks and punctuation changed (see `anchor`), and where a sentence was corrected by
one of the decisions themselves.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeAlias

from tithi.records import Lang, Span
from tithi.review.anchor import Anchor, edited
from tithi.review.decisions import Decision, bead_key, key_spans

__all__ = ["Placed", "Texts", "placed", "text_edits"]

Texts: TypeAlias = Callable[[str], tuple[str, str] | None]
"""The Hindi and the English text with a digest, None where it is not kept."""
Placed: TypeAlias = tuple[list[Decision], list[tuple[Decision, str]]]
"""Decisions in order with their places now, and those that have none, each with the reason."""
_SIDES: Final[tuple[Lang, Lang]] = ("hi", "en")
_Find: TypeAlias = Callable[[Lang, Span], Span]


class _GoneError(Exception):
    """A place that is no longer there."""


def placed(decisions: Iterable[Decision], texts: Texts, hi: str, en: str) -> Placed:
    """Return the decisions on one article pair, in order, with the places they have in its texts `hi` and `en`."""
    listed = list(decisions)
    of: dict[str, list[Decision]] = defaultdict(list)
    for decision in listed:
        of[decision.digest].append(decision)
    finders = {digest: _finder(texts(digest), group, (hi, en)) for digest, group in of.items()}
    found, gone = [], []
    for decision in listed:
        find = finders[decision.digest]
        if find is None:
            gone.append((decision, f"{decision.kind}: its text is not kept"))
            continue
        try:
            found.append(replace(decision, data=_moved(decision.data, find)))
        except _GoneError:
            gone.append((decision, f"{_named(decision)}: its text is no longer there"))
    return found, gone


def text_edits(decisions: Iterable[Decision], lang: Lang) -> dict[Span, str]:
    """Return how sentences of a side should read by their places, the last word counting."""
    edits: dict[Span, str] = {}
    for decision in decisions:
        if decision.kind == "text" and decision.data["lang"] == lang:
            start, stop = decision.data["span"]
            edits.pop((start, stop), None)
            if decision.data["text"] and decision.data["text"].strip():
                edits[start, stop] = decision.data["text"].strip()
    return edits


def _finder(old: tuple[str, str] | None, group: list[Decision], now: tuple[str, str]) -> _Find | None:
    if old is None:
        return None
    sides = dict(zip(_SIDES, zip(old, now, strict=True), strict=True))
    plain = {lang: Anchor(before, after) for lang, (before, after) in sides.items()}
    corrected: dict[Lang, tuple[Anchor, Callable[[int], int]]] = {}
    for lang, (before, after) in sides.items():
        if before != after and (edits := text_edits(group, lang)):
            text, moved = edited(before, edits)
            corrected[lang] = Anchor(text, after), moved

    def find(lang: Lang, span: Span) -> Span:
        place = plain[lang].find(span)
        if place is None and lang in corrected:
            anchor, moved = corrected[lang]
            place = anchor.find((moved(span[0]), moved(span[1])))
        if place is None:
            raise _GoneError
        return place

    return find


def _moved(data: Mapping[str, Any], find: _Find) -> dict[str, Any]:
    moved = dict(data)
    if "bead" in data:
        moved["bead"] = _key(data["bead"], find)
    if "remove" in data:
        moved["remove"] = [_key(key, find) for key in data["remove"]]
        moved["add"] = [
            {lang: [list(find(lang, (start, stop))) for start, stop in bead[lang]] for lang in _SIDES}
            for bead in data["add"]
        ]
    if "span" in data:
        start, stop = data["span"]
        moved["span"] = list(find(data["lang"], (start, stop)))
    return moved


def _key(key: str, find: _Find) -> str:
    sides = zip(_SIDES, key_spans(key), strict=True)
    hi, en = ([] if span is None else [find(lang, span)] for lang, span in sides)
    return bead_key(hi, en)


def _named(decision: Decision) -> str:
    data = decision.data
    if "lang" in data:
        return f"{decision.kind} {data['span'][0]}-{data['span'][1]} ({data['lang']})"
    return f"{decision.kind} of bead {data.get('bead') or ' '.join(data['remove'])}"
