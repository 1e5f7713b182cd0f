"""What a check is: a function over a pair, and the kinds of issue that it may report, each with what it means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tithi.evidence.pair import Pair
from tithi.records import Issue

__all__ = ["Check"]


@dataclass(frozen=True, slots=True)
class Check:
    """`find` reads a pair; of each of its `kinds` the documentation says what stands here."""

    find: Callable[[Pair], list[Issue]]
    kinds: Mapping[str, str]
