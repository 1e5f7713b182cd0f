"""What a check is: a function over a pair, and the kinds of issue that it may report, each with what it means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from tithi.evidence.pair import Pair
from tithi.records import Issue

__all__ = ["Check", "Placed", "contradiction"]


@dataclass(frozen=True, slots=True)
class Check:
    """`find` reads a pair; of each of its `kinds` the documentation says what stands here."""

    find: Callable[[Pair], list[Issue]]
    kinds: Mapping[str, str]


class Placed(Protocol):
    """What stands at `[start, stop)` of a side: a word, a number, a date."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def stop(self) -> int:
        """Where it ends."""

    @property
    def text(self) -> str:
        """As it is written there."""


def contradiction(kind: str, hi: Placed, en: Placed) -> Issue:
    """Return the error that the two sides say different things in these places."""
    told = f"{hi.text} in the Hindi, {en.text} in the English"
    return Issue(kind, "error", (hi.start, hi.stop), (en.start, en.stop), told)
