"""Decisions of an article pair added up: what stands now. It needs no dataset, only the decisions in order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tithi.records import Lang, Span
from tithi.review.decisions import Decision, bead_key

__all__ = ["Folded", "Made", "fold"]

Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A bead made by hand: the places of its sentences on both sides."""

    hi: Spans
    en: Spans
    who: str


@dataclass(slots=True)
class Folded:
    """What stands: beads by name, what each person said of them, and the rest.

    `gone` are beads of the dataset that are no more; `made` those that took their place. `alarms` and `verdicts` hold
    the last word of each person; `texts` the history of each corrected sentence, the latest last.
    """

    gone: set[str] = field(default_factory=set)
    made: dict[str, Made] = field(default_factory=dict)
    verdicts: dict[str, dict[str, str]] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=dict)
    alarms: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    missed: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    dates: dict[tuple[str, Lang], tuple[str | None, Span]] = field(default_factory=dict)
    texts: dict[tuple[Lang, Span], list[tuple[str, str, str | None]]] = field(default_factory=dict)
    bookmarks: set[str] = field(default_factory=set)
    count: int = 0

    def add(self, decision: Decision) -> None:
        """Add the next decision."""
        self.count += 1
        if decision.kind != "dismiss":  # it is of no article pair
            getattr(self, f"_{decision.kind}")(decision.who, decision.data, decision.at)

    def verdict(self, bead: str) -> str | None:
        """Return the last verdict on a bead, whoever gave it; None without one."""
        return next(reversed(self.verdicts.get(bead, {}).values()), None)

    def false_alarms(self, bead: str) -> set[str]:
        """Return the issues of a bead, by signature or as `number: *`, of which the last word is that they are none."""
        said = self.alarms.get(bead, {})
        return {issue for issue, by in said.items() if next(reversed(by.values()), None) == "false"}

    def _judge(self, who: str, data: Mapping[str, Any], _: str) -> None:
        _last_word(self.verdicts.setdefault(data["bead"], {}), who, data["verdict"])
        self._seen(who, data, _)

    def _seen(self, who: str, data: Mapping[str, Any], _: str) -> None:
        self.seen.setdefault(data["bead"], set()).add(who)

    def _replace(self, who: str, data: Mapping[str, Any], _: str) -> None:
        for bead in data["remove"]:
            if self.made.pop(bead, None) is None:
                self.gone.add(bead)
        for bead in data["add"]:
            hi, en = (tuple((start, stop) for start, stop in bead[side]) for side in ("hi", "en"))
            self.made[bead_key(hi, en)] = Made(hi, en, who)

    def _alarm(self, who: str, data: Mapping[str, Any], _: str) -> None:
        _last_word(self.alarms.setdefault(data["bead"], {}).setdefault(data["issue"], {}), who, data["verdict"])

    def _missed(self, who: str, data: Mapping[str, Any], _: str) -> None:
        self.missed.setdefault(data["bead"], []).append({**data, "who": who})

    def _date(self, who: str, data: Mapping[str, Any], _: str) -> None:
        del who
        self.dates[data["segment"], data["lang"]] = data["date"], tuple(data["span"])

    def _text(self, who: str, data: Mapping[str, Any], at: str) -> None:
        self.texts.setdefault((data["lang"], tuple(data["span"])), []).append((who, at, data["text"]))

    def _bookmark(self, who: str, data: Mapping[str, Any], _: str) -> None:
        del who
        (self.bookmarks.add if data["on"] else self.bookmarks.discard)(data["bead"])


def fold(decisions: Iterable[Decision]) -> Folded:
    """Add up the decisions of one article pair."""
    folded = Folded()
    for decision in decisions:
        folded.add(decision)
    return folded


def _last_word(said: dict[str, str], who: str, verdict: str | None) -> None:
    said.pop(who, None)
    if verdict is not None:
        said[who] = verdict
