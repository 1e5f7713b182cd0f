"""A decision: what one person said of one article pair at one time, as it is stored, exported and read again.

Beads are named by the places of their two sides in the articles, `0-24|0-31`; an empty side is `-`. Kinds and data:

| kind | data |
| --- | --- |
| `judge` | `bead`, `verdict`: `accepted`, `rejected` or null to take it back |
| `seen` | `bead`: looked at, without a verdict |
| `replace` | `remove`: beads; `add`: beads, a list of sentence spans for `hi` and `en`, over the same text |
| `alarm` | `bead`, `issue`: its `signature`, or `number: *` for all of a kind, `verdict`: `false`, `right` or null |
| `missed` | `bead`, `issue`: a kind, `lang`, `span`, `note`: an issue that the checks did not find |
| `date` | `segment`, `lang`, `date`: EDTF, or null for undated; `span`: the segment's place |
| `text` | `lang`, `span`, `text`: a sentence as it should read, null to take it back |
| `bookmark` | `bead`, `on` |
| `dismiss` | `issue`: a kind, or null for any, `domain`: see `tithi.checks.dismissed`, or null, `on`; of no article |
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tithi.errors import DataError
from tithi.records import Span

__all__ = ["KINDS", "Decision", "bead_key", "check", "key_spans", "missed_message", "signature"]

KINDS: Final = ("judge", "seen", "replace", "alarm", "missed", "date", "text", "bookmark", "dismiss")
_PART = r"-?[0-9X]{4}(?:-(?:0[1-9]|1[0-2]|XX)(?:-(?:0[1-9]|[12][0-9]|3[01]|XX))?)?"
_EDTF: Final = re.compile(rf"{_PART}(?:/{_PART})?")
_KEY: Final = re.compile(r"(?:(\d{1,9})-(\d{1,9})|-)\|(?:(\d{1,9})-(\d{1,9})|-)")
_LONGEST: Final = 100_000


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `digest` is that of the two articles' texts; `batch` joins what one command decided at once."""

    seq: int
    at: str
    who: str
    article: str
    kind: str
    data: Mapping[str, Any]
    digest: str
    batch: str
    undone: bool = False

    @property
    def beads(self) -> frozenset[str]:
        """The beads it speaks of; empty when it is of a segment or a text."""
        named = [self.data["bead"]] if "bead" in self.data else []
        added = [bead_key(bead["hi"], bead["en"]) for bead in self.data.get("add", ())]
        return frozenset([*named, *self.data.get("remove", ()), *added])


def bead_key(hi: Sequence[Sequence[int]], en: Sequence[Sequence[int]]) -> str:
    """Return a bead's name from the spans of its sentences.

    >>> bead_key([[0, 5], [6, 24]], [])
    '0-24|-'
    """
    return "|".join(f"{side[0][0]}-{side[-1][1]}" if side else "-" for side in (hi, en))


def key_spans(key: str) -> tuple[Span | None, Span | None]:
    """Return the places that a bead's name tells.

    Raises:
        DataError: It is no such name.
    """
    match = _KEY.fullmatch(key)
    if match is None or key == "-|-":
        raise DataError(f"bead: must be named by its places, such as 0-24|0-31; got {key[:60]!r}; read the page again")
    a, b, c, d = match.groups()
    return (int(a), int(b)) if a else None, (int(c), int(d)) if c else None


def signature(issue: Mapping[str, Any]) -> str:
    """Return what tells an issue from the others of its pair: its kind and message."""
    return f"{issue['kind']}: {issue['message']}"


def missed_message(missed: Mapping[str, Any]) -> str:
    """Return what a missed issue says: the note of the person who found it, or that they did."""
    return str(missed.get("note") or f"{missed['issue']}, as {missed['who']} found")


def check(kind: str, data: object) -> None:
    """Check the form of a decision's data; whether it fits the article is another question.

    Raises:
        DataError: It is not of the form that the module describes.
    """
    fault = _fault(kind, data)
    if fault is not None:
        told = json.dumps(data, ensure_ascii=False)[:80]
        raise DataError(f"decision {kind[:20]!r}: {fault}; got {told}; see the documentation of decisions")


def _fault(kind: str, data: object) -> str | None:  # noqa: PLR0911
    if kind not in KINDS or not isinstance(data, dict):
        return f"must be one of {', '.join(KINDS)} with an object"
    if kind not in {"replace", "date", "text", "dismiss"} and not (
        isinstance(data.get("bead"), str) and _KEY.fullmatch(data["bead"])
    ):
        return "must name a bead by its places"
    if kind == "judge" and data.get("verdict") not in {"accepted", "rejected", None}:
        return "verdict must be accepted, rejected or null"
    if kind == "alarm" and not (_words(data.get("issue")) and data.get("verdict") in {"false", "right", None}):
        return "must name an issue and say false, right or null"
    if kind == "missed" and not (_words(data.get("issue")) and _placed(data) and _words(data.get("note", ""))):
        return "must have issue, lang, span and note"
    if kind == "dismiss" and not (
        all(data.get(name) is None or _words(data[name]) for name in ("issue", "domain"))
        and any(data.get(name) for name in ("issue", "domain"))
        and isinstance(data.get("on"), bool)
    ):
        return "must name an issue or a domain, and say whether it is on"
    if kind == "bookmark" and not isinstance(data.get("on"), bool):
        return "on must be true or false"
    if kind == "date" and not (
        isinstance(data.get("segment"), str)
        and _placed(data)
        and (data.get("date") is None or (isinstance(data["date"], str) and _EDTF.fullmatch(data["date"])))
    ):
        return "must have segment, lang, span and a date such as 2019-05 or 2019-05-12/2019-06-01"
    if kind == "text" and not (_placed(data) and (data.get("text") is None or _words(data["text"]))):
        return "must have lang, span and text"
    return _replace_fault(data) if kind == "replace" else None


def _replace_fault(data: Mapping[str, Any]) -> str | None:
    removed, added = data.get("remove"), data.get("add")
    if not (isinstance(removed, list) and removed and all(isinstance(k, str) and _KEY.fullmatch(k) for k in removed)):
        return "remove must name beads"
    if not (isinstance(added, list) and added):
        return "add must list beads"
    for bead in added:
        sides = [bead.get("hi"), bead.get("en")] if isinstance(bead, dict) else [None, None]
        if not all(isinstance(side, list) and all(map(_is_span, side)) for side in sides) or not any(sides):
            return "an added bead must have the spans hi and en"
    return None


def _placed(data: Mapping[str, Any]) -> bool:
    return data.get("lang") in {"hi", "en"} and _is_span(data.get("span"))


def _is_span(value: object) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(type(part) is int for part in value)
        and 0 <= value[0] < value[1]
    )


def _words(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST
