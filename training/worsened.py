"""Judged translations made worse, so that the ranking learns to tell two translations of one sentence apart.

Judgements of different sentences say more of how hard a sentence is than of what is wrong in its translation. So some
of the judged translations are spoilt, a word or two at a time; each is taken to be worse by `WORSE` of all ranks than
what it was made of, and counts `WEIGHT`.
"""

import random
from collections.abc import Callable, Sequence
from typing import Final

from training.judgements import Judged
from training.made_errors import spoil

__all__ = ["WEIGHT", "WORSE", "worsened"]

WORSE: Final = 0.25
WEIGHT: Final = 0.15
_EVERY: Final = 6
"""One in so many judged translations is made worse."""
_LEAST: Final = 6
"""Words of a translation that can lose one."""
_KINDS: Final = ("clause dropped", "number", "negation removed")
"""What is made of whole clauses and of words that count, beside the faults of single words."""


def worsened(judged: Sequence[Judged]) -> list[tuple[int, str, str]]:
    """Return spoilt translations, the Hindi and the English, each with the index of the row that it was made of."""
    rng = random.Random(1)
    chosen = range(0, len(judged), _EVERY)
    made = []
    for at in chosen:
        hi, en, _ = judged[at]
        other = judged[rng.randrange(len(judged))][0].split()
        if len(hi.split()) >= _LEAST:
            made += [(at, " ".join(fault(hi.split(), other, rng)), en) for fault in _FAULTS]
    texts = [judged[at][:2] for at in chosen]
    for kind in _KINDS:
        made += [(chosen[i], spoilt.hi, spoilt.en) for i, spoilt in spoil(texts, kind, []) if spoilt.side == "hi"]
    return [(at, hi, en) for at, hi, en in made if hi != judged[at][0]]


def _place(words: list[str], rng: random.Random) -> int:
    return rng.randrange(1, len(words) - 2)


def _one_lost(words: list[str], _: list[str], rng: random.Random) -> list[str]:
    at = _place(words, rng)
    return words[:at] + words[at + 1 :]


def _two_lost(words: list[str], _: list[str], rng: random.Random) -> list[str]:
    at = _place(words, rng)
    return words[:at] + words[at + 2 :]


def _said_twice(words: list[str], _: list[str], rng: random.Random) -> list[str]:
    at = _place(words, rng)
    return words[: at + 1] + words[at:]


def _exchanged(words: list[str], _: list[str], rng: random.Random) -> list[str]:
    at = _place(words, rng)
    return [*words[:at], words[at + 1], words[at], *words[at + 2 :]]


def _moved(words: list[str], _: list[str], rng: random.Random) -> list[str]:
    at = _place(words, rng)
    rest = words[:at] + words[at + 1 :]
    to = rng.randrange(len(rest))
    return [*rest[:to], words[at], *rest[to:]]


def _another(words: list[str], other: list[str], rng: random.Random) -> list[str]:
    at = _place(words, rng)
    return [*words[:at], rng.choice(other), *words[at + 1 :]]


def _two_others(words: list[str], other: list[str], rng: random.Random) -> list[str]:
    at = _place(words, rng)
    return [*words[:at], *other[:2], *words[at + 2 :]]


_FAULTS: Final[tuple[Callable[[list[str], list[str], random.Random], list[str]], ...]] = (
    _one_lost, _two_lost, _said_twice, _exchanged, _moved, _another, _two_others,
)  # fmt: skip
