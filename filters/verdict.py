"""What filters are given and what they say."""

from dataclasses import dataclass

from tithi.records import Quality, TextPair

__all__ = ["Row", "Said", "Verdict"]


@dataclass(frozen=True, slots=True)
class Row:
    """A pair to judge, the source that drops are counted by, and the article it is from, of which it is a line.

    `quality` is what the checks said of it before, None where they have yet to be asked.
    """

    pair: TextPair
    source: str
    article: str
    quality: Quality | None = None

    @property
    def where(self) -> str:
        """Where the pair was read."""
        return self.pair.where

    @property
    def id(self) -> str:
        """The id of the pair, or where it was read."""
        return self.pair.id or self.pair.where


@dataclass(frozen=True, slots=True)
class Said:
    """A filter's score of a pair, and what it saw, to read after the score: `Marathi in the Hindi`."""

    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a pair is dropped: the filter, its score, the threshold that the score passed, and what was seen."""

    filter: str
    score: float
    threshold: float
    reason: str
