"""An alignment with all its pairs checked: the one way in which pairs of articles and of bitexts are judged."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from tithi.checks.checker import Checker
from tithi.checks.dismissed import IsFalse
from tithi.encoder import load
from tithi.encoder.protocol import Encoder
from tithi.records import Alignment, Bead, Quality

__all__ = ["Ahead", "Checked", "Least", "check", "checked_ahead", "encoder_named", "models_for"]


@dataclass(frozen=True, slots=True)
class Checked:
    """An alignment and the quality of each of its pairs, in order.

    `met` are the numbers of people's decisions on it, `unfit` says of each that no longer fits why.
    """

    alignment: Alignment
    quality: tuple[Quality, ...]
    met: tuple[int, ...] = ()
    unfit: tuple[str, ...] = ()

    def without(self, is_bad: Callable[[Bead], bool], reason: str) -> "Checked":
        """Return it with the bad pairs taken apart into unaligned stretches that give the `reason`."""
        bad: Collection[Bead] = {bead for bead in self.alignment.pairs() if is_bad(bead)}
        if not bad:
            return self
        both = zip(self.alignment.pairs(), self.quality, strict=True)
        kept = tuple(quality for bead, quality in both if bead not in bad)
        return replace(self, alignment=self.alignment.without(bad, reason), quality=kept)


@dataclass(frozen=True, slots=True)
class Least:
    """The least score and the least quality of a pair, in [0, 1]."""

    score: float = 0.0
    quality: float = 0.0


class Ahead:
    """Checks that have read the pairs of some alignments already; of any others they ask the checker they are made of.

    The pairs of one article are too few to be quick: the code and the tables of each stage are fetched for them anew.
    """

    def __init__(self, checker: Checker, alignments: Iterable[Alignment]) -> None:
        """Check all pairs."""
        texts = [text for alignment in alignments for text in _texts(alignment)]
        self._checker = checker
        self._known = dict(zip(texts, checker.check_all(texts), strict=True))

    def check_all(self, pairs: Iterable[tuple[str, str]], is_false: IsFalse | None = None) -> Iterator[Quality]:
        """Yield what `Checker.check_all` does."""
        pairs = list(pairs)
        known = [quality for pair in pairs if (quality := self._known.get(pair)) is not None]
        return (
            iter(known) if is_false is None and len(known) == len(pairs) else self._checker.check_all(pairs, is_false)
        )


def checked_ahead(checker: Checker, alignments: Iterable[Alignment]) -> "Checker | Ahead":
    """Return the checker, with all pairs of the alignments checked where that can be done."""
    try:
        return Ahead(checker, alignments)
    except Exception:  # whatever it is, it comes again, of the alignment that it is of
        return checker


@cache
def encoder_named(name: str | None) -> Encoder:
    """Return the encoder of that name, loaded once a process."""
    return load(name)


@cache
def models_for(encoder: str | None) -> tuple[Encoder, Checker]:
    """Return the encoder of that name and the checker, once a process; the shipped encoder serves both."""
    loaded = encoder_named(encoder)
    return loaded, Checker(loaded) if encoder in (None, "tithi") else Checker()


def check(
    alignment: Alignment,
    checker: Checker | Ahead,
    least: float,
    *,
    score_by_quality: bool = False,
    is_false: IsFalse | None = None,
) -> Checked:
    """Check every pair, and take those apart whose quality is less than `least`.

    Args:
        alignment: What to check.
        checker: The checks.
        least: The least quality of a pair, in [0, 1]; a pair whose quality is unknown stays.
        score_by_quality: Let the quality of a pair be its score, 0 where it is unknown.
        is_false: Which issues people called false.
    """
    pairs = list(alignment.pairs())
    quality = tuple(checker.check_all(_texts(alignment), is_false))
    if score_by_quality:
        found = {bead: judged.quality or 0.0 for bead, judged in zip(pairs, quality, strict=True)}
        beads = tuple(replace(bead, score=found.get(bead, bead.score)) for bead in alignment.beads)
        alignment = replace(alignment, beads=beads)
        pairs = list(alignment.pairs())
    bad = {
        bead
        for bead, judged in zip(pairs, quality, strict=True)
        if judged.quality is not None and judged.quality < least
    }
    return Checked(alignment, quality).without(bad.__contains__, f"quality below {least:g}")


def _texts(alignment: Alignment) -> Iterator[tuple[str, str]]:
    """Yield the texts of all pairs."""
    return ((alignment.hi.text(bead.hi), alignment.en.text(bead.en)) for bead in alignment.pairs())
