"""Scores of groups of lines: by the date of the pair, the length of its source, and what the checks find in it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tithi.eval.items import MTItem, MTSystem
from tithi.eval.scores import group_score
from tithi.records import Lang, Quality

__all__ = ["Group", "date_group", "group_scores", "length_group"]

_LENGTHS: Final = ((1, 10), (11, 20), (21, 30), (31, 50))


@dataclass(frozen=True, slots=True)
class Group:
    """BLEU and chrF++ of the lines of one group."""

    name: str
    lines: int
    bleu: float
    chrf: float


def group_scores(
    items: Sequence[MTItem], system: MTSystem, checks: Sequence[Quality], target: Lang
) -> dict[str, tuple[Group, ...]]:
    """Return the scores by the date of the pair, the length of its source, and what the system breaks in it."""
    members: dict[str, dict[str, list[int]]] = {name: defaultdict(list) for name in ("date", "source words", "issue")}
    for number, (item, quality) in enumerate(zip(items, checks, strict=True)):
        members["date"][date_group(item.date)].append(number)
        members["source words"][length_group(item.source(target))].append(number)
        for kind in {issue.kind for issue in quality.issues} or {"none"}:
            members["issue"][kind].append(number)
    if set(members["date"]) == {"undated"}:
        del members["date"]
    groups = {}
    for name, by_group in members.items():
        order = sorted(by_group, key=_group_order)
        groups[name] = tuple(_group(group, by_group[group], items, system, target) for group in order)
    return groups


def _group(name: str, numbers: Sequence[int], items: Sequence[MTItem], system: MTSystem, target: Lang) -> Group:
    lines, reference = [system.lines[i] for i in numbers], [items[i].text(target) for i in numbers]
    return Group(name, len(numbers), *group_score(lines, reference, target))


def _group_order(name: str) -> tuple[int, str]:
    """Order lengths by their numbers, years before `undated`, kinds of issue by name."""
    first = name.removesuffix("+").split("-")[0]
    return (int(first), "") if first.isdigit() else (10**6, name)


def length_group(text: str) -> str:
    """Return the bucket of a text's number of words between blanks, for example `11-20`."""
    words = len(text.split())
    return next((f"{low}-{high}" for low, high in _LENGTHS if words <= high), "51+")


def date_group(date: str | None) -> str:
    """Return the year in which a date (EDTF) begins, `2000-07` gives `2000`, or `undated`."""
    year = re.search(r"-?\d{4}", date or "")
    return year[0] if year else "undated"
