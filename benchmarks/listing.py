"""Alarms on faithful pairs, and made errors that nobody was told of, drawn by lot for a person to read."""

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from tithi.checks.checker import check_pairs
from tithi.records import Issue
from training.edits import EDITS, edit
from training.made_errors import KINDS, Spoilt, spoil
from training.pairs import DevPair

__all__ = ["alarms", "passes"]

Texts = Sequence[tuple[str, str]]
_T = TypeVar("_T")


def alarms(pairs: Sequence[DevPair], seed: int, each: int) -> Iterator[str]:
    """Yield `each` issues that are more than hints of every domain."""
    found: dict[str, list[tuple[Issue, DevPair]]] = {}
    for pair, quality in zip(pairs, check_pairs((pair.hi, pair.en) for pair in pairs), strict=True):
        found.setdefault(pair.domain, []).extend((issue, pair) for issue in _alarming(quality.issues))
    for domain, told in found.items():
        yield f"\n=== {domain}: {min(each, len(told))} of {len(told)} alarms"
        for issue, pair in _drawn(told, f"{seed}:{domain}", each):
            yield f"\n{issue.kind} {issue.severity} {issue.confidence:.2f}: {issue.message}\n  {pair.hi}\n  {pair.en}"


def passes(pairs: Texts, names: list[tuple[str, str]], seed: int, each: int) -> Iterator[str]:
    """Yield `each` made errors of every kind that left the pair without an issue that is more than a hint."""
    made = {kind: edit(pairs, kind, seed=seed) for kind in EDITS}
    made |= {kind: spoil(pairs, kind, names) for kind, (_, expected) in KINDS.items() if expected}
    for kind, errors in made.items():
        told = check_pairs((error.hi, error.en) for _, error in errors)
        silent: list[tuple[Spoilt, tuple[str, str]]] = [
            (error, pairs[at])
            for (at, error), quality in zip(errors, told, strict=True)
            if not _alarming(quality.issues)
        ]
        yield f"\n=== {kind}: {min(each, len(silent))} of {len(silent)} that passed, of {len(errors)}"
        for error, (hi, en) in _drawn(silent, f"{seed}:{kind}", each):
            was, now = (hi, error.hi) if error.side == "hi" else (en, error.en)
            yield f"\n{kind} in {error.side}: {_change(was, now)}\n  {error.hi}\n  {error.en}"


def _alarming(issues: Iterable[Issue]) -> list[Issue]:
    return [issue for issue in issues if issue.severity != "hint"]


def _drawn(found: list[_T], seed: str, each: int) -> list[_T]:
    return random.Random(seed).sample(found, min(each, len(found)))


def _change(was: str, now: str) -> str:
    """Return what was changed into what, words between those that both texts begin and end with."""
    ours, theirs = was.split(), now.split()
    first = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    while len(ours) > first and len(theirs) > first and ours[-1] == theirs[-1]:
        del ours[-1], theirs[-1]
    return f"{' '.join(ours[first:])!r} became {' '.join(theirs[first:])!r}"
