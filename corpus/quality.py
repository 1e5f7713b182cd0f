"""What is known of a pair's translation quality: checks fill these records, the dataset publishes them."""

from dataclasses import dataclass

from tithi.corpus.records import Span

__all__ = ["Issue", "Quality"]


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that may be wrong in a pair, with the characters it concerns and a sentence a person understands.

    `hi` and `en` are spans in the pair's own texts (not in the articles), None where a side has nothing to show.

    Example: `Issue("number", "error", (0, 6), (0, 9), "दस लाख is 1 million; the English has 2 million")`.
    """

    kind: str
    severity: str
    hi: Span | None
    en: Span | None
    message: str


@dataclass(frozen=True, slots=True)
class Quality:
    """How far a pair can be trusted: `quality` is the probability in [0, 1] of a faithful translation, None unknown."""

    quality: float | None
    issues: tuple[Issue, ...] = ()
