"""Known errors for faithful pairs: one error a pair, made without the checks that are to find it.

Each maker takes the two texts and a random source and returns the spoilt pair, or None when the pair has no place for
that error. Makers read digits, month names, capitals and negation words by plain patterns of their own, so that the
benchmark does not share the blind spots of `tithi.checks`; the words that they exchange stand in made_errors.tsv.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from training.clauses import clauses
from training.error_cases import Case, Maker, put
from training.exchanged import another_date, another_name, another_number, opposite

__all__ = ["KINDS", "Spoilt", "spoil"]


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A pair with one known error of `kind`, made on `side`; `expected` are the issue kinds that name it."""

    kind: str
    side: str
    hi: str
    en: str
    expected: frozenset[str]


def _negation_removed(case: Case) -> tuple[str, str] | None:
    hi, en, side, _, _ = case
    if not re.search(r"नहीं|(?<![\u0900-\u0963])(?:न|बिना)(?![\u0900-\u0963])", hi) or not re.search(
        r"\b(?:not|no|never|cannot|without)\b|n['’]t\b", en
    ):
        return None
    if side == "hi":
        changed = re.sub(r" नहीं(?![\u0900-\u0963])", "", hi, count=1)
    else:
        changed = re.sub(r" (?:not|never)\b|(?<=can)not\b|n['’]t\b", "", en, count=1)
    return None if changed in (hi, en) else put(hi, en, side, changed)


def _negation_added(case: Case) -> tuple[str, str] | None:
    hi, en, side, _, _ = case
    if side == "hi":
        changed = re.sub(r" (है|हैं|था|थे|थी|थीं)([।.,]|$)", r" नहीं \1\2", hi, count=1)
    else:
        changed = re.sub(
            r" (is|was|are|were|has|have|had|will|could|should|would|may) (?!not)", r" \1 not ", en, count=1
        )
    return None if changed in (hi, en) else put(hi, en, side, changed)


def _dropped(case: Case) -> tuple[str, str] | None:
    hi, en, side, rng, _ = case
    text = hi if side == "hi" else en
    options = clauses(text, side)
    if not options:
        return None
    start, stop = rng.choice(options)
    return put(hi, en, side, " ".join((text[:start] + " " + text[stop:]).split()).strip(" ,;:"))


def _added(case: Case) -> tuple[str, str] | None:
    """A clause of another pair (given as the single donor) is put before the end sign."""
    hi, en, side, rng, donors = case
    text, donor = (hi, donors[0][0]) if side == "hi" else (en, donors[0][1])
    options = clauses(donor, side)
    if not options:
        return None
    start, stop = rng.choice(options)
    clause = donor[start:stop].strip(" ,;:()—–।.")
    body = len(text.rstrip(' ।.!?"”'))
    return put(hi, en, side, f"{text[:body]}, {clause}{text[body:]}")


def _neighbour(case: Case) -> tuple[str, str] | None:
    """The next sentence stands in its place (given as the single donor)."""
    hi, en, side, _, donors = case
    other = donors[0][0] if side == "hi" else donors[0][1]
    return None if other in (hi, en) else put(hi, en, side, other)


KINDS: dict[str, tuple[Maker, frozenset[str]]] = {
    "number": (another_number, frozenset({"number"})),
    "date": (another_date, frozenset({"date"})),
    "name": (another_name, frozenset({"name"})),
    "negation removed": (_negation_removed, frozenset({"negation"})),
    "negation put in": (_negation_added, frozenset({"negation"})),
    "opposite": (opposite, frozenset({"contrast", "date", "number", "negation"})),
    "clause dropped": (_dropped, frozenset({"omission", "addition"})),
    "clause added": (_added, frozenset({"omission", "addition"})),
    "neighbour": (_neighbour, frozenset()),
}
"""Kinds of made errors, each with its maker and the issue kinds that name it rightly."""


def spoil(
    pairs: Sequence[tuple[str, str]], kind: str, names: Sequence[tuple[str, str]], *, seed: int = 1
) -> list[tuple[int, Spoilt]]:
    """Make one error of `kind` in each pair that has a place for it, Hindi and English side in turn.

    Returns:
        The index of each spoilt pair, and what became of it.
    """
    maker, expected = KINDS[kind]
    rng = random.Random(f"{seed}:{kind}")
    made = []
    for i, (hi, en) in enumerate(pairs):
        given: Sequence[tuple[str, str]] = names
        if kind == "clause added":
            given = [pairs[rng.randrange(len(pairs))]]
        elif kind == "neighbour":
            given = [pairs[(i + 1) % len(pairs)]]
        for side in rng.sample(("hi", "en"), 2):
            changed = maker(Case(hi, en, side, rng, given))
            if changed is not None and changed != (hi, en):
                made.append((i, Spoilt(kind, side, changed[0], changed[1], expected)))
                break
    return made
