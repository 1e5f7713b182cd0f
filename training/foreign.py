"""Lines of other documents that are put into one, and what must not be: lines that say what another already says.

Two pairs tell one matter when they share the words of a side: the same verse by two translators, a sentence told twice.
A line of such a pair is no foreign line, and left alone it would have a counterpart all the same.
"""

import random
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from tithi.groups import Groups

__all__ = ["Foreign", "Pair", "matters", "notices", "told_again"]

Pair = tuple[str, str]

NEAR = 0.5  # a foreign line that shares this part of its words (Jaccard) with a line of the document is not foreign
TWICE = 0.75  # a line that shares this part of its words with another of its own document says it again
NOTICE = (1, 1, 2, 3, 5, 8)  # words of a notice: "Comments", a byline
TRIES = 100  # draws for a foreign line before the event is given up


class Foreign:
    """Lines of other documents, each taken once and only when unlike every line of the document."""

    def __init__(self, pairs: Sequence[Pair], document: Sequence[Pair]) -> None:
        self.pairs = pairs
        self.own = [(_words(hi), _words(en)) for hi, en in document]
        told = matters([*document, *pairs])
        self._told, self._matters = set(told[: len(document)]), told[len(document) :]

    def take(self, count: int, side: int, rng: random.Random) -> list[str]:
        """Return `count` neighbouring foreign lines of one side; none where the pool has too few that will do."""
        return [pair[side] for pair in self.run(count, rng)]

    def run(self, count: int, rng: random.Random) -> Sequence[Pair]:
        """Return `count` neighbouring foreign pairs; none where the pool has too few that will do."""
        for _ in range(TRIES if count <= len(self.pairs) else 0):
            start = rng.randrange(len(self.pairs) - count + 1)
            taken, told = self.pairs[start : start + count], self._matters[start : start + count]
            words = [(_words(hi), _words(en)) for hi, en in taken]
            if self._told.isdisjoint(told) and not any(_near(new, own) for new in words for own in self.own):
                self.own.extend(words)
                self._told.update(told)
                return taken
        return []


def matters(pairs: Sequence[Pair]) -> list[int]:
    """Return of each pair a number, the same for those that share the words of a side, or each with a third.

    Example:
        >>> matters([("द्वार खोलो।", "Open the door."), ("द्वार खोलिए।", "Open the door!"), ("वह गया।", "He went.")])
        [0, 0, 2]
    """
    first: dict[tuple[int, frozenset[str]], int] = {}
    groups = Groups(len(pairs))
    for k, pair in enumerate(pairs):
        for side, text in enumerate(pair):
            groups.join(k, first.setdefault((side, _words(text)), k))
    return groups.firsts()


def told_again(pairs: Sequence[Pair]) -> list[bool]:
    """Return which pairs of a document share `TWICE` of the words of a side with another, or all of them."""
    again = [False] * len(pairs)
    words = [(_words(hi), _words(en)) for hi, en in pairs]
    for (a, one), (b, other) in combinations(enumerate(words), 2):
        if _near(one, other, TWICE):
            again[a] = again[b] = True
    return again


def notices(foreign: Foreign, rng: random.Random) -> Iterator[tuple[int, str]]:
    """Yield one to three lines of each side (0, 1) that are of one matter and no translations: neighbours elsewhere."""
    of_hi, of_en = rng.choices(range(1, 4), (3, 2, 1), k=2)
    run = foreign.run(of_hi + of_en, rng)
    yield from ((0, _notice(pair[0], rng)) for pair in run[:of_hi])
    yield from ((1, _notice(pair[1], rng)) for pair in run[of_hi:])


def _notice(line: str, rng: random.Random) -> str:
    """Return the line as it is, or its first words."""
    return " ".join(line.split()[: rng.choice(NOTICE)]) if rng.random() < 0.5 else line


def _near(
    one: tuple[frozenset[str], frozenset[str]], other: tuple[frozenset[str], frozenset[str]], share: float = NEAR
) -> bool:
    """Tell whether two pairs have this share of their words in common, in Hindi or in English."""
    return any(len(a & b) >= share * len(a | b) for a, b in zip(one, other, strict=True))


@lru_cache(maxsize=1 << 16)
def _words(line: str) -> frozenset[str]:
    """Return the words of a line in NFC, without case and punctuation; vowel signs belong to their word."""
    text = unicodedata.normalize("NFC", line).casefold()
    return frozenset("".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text).split())
