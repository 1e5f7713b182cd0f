"""An alignment with all its pairs checked: the one way in which pairs of articles and of bitexts are judged."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cache

from tithi.checks.checker import Checker
from tithi.checks.dismissed import IsFalse
from tithi.encoder import load
from tithi.encoder.protocol import Encoder
from tithi.records import Alignment, Bead, Quality

__all__ = ["Checked", "Least", "check", "encoder_named", "models_for"]


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
    checker: Checker,
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
    texts = ((alignment.hi.text(bead.hi), alignment.en.text(bead.en)) for bead in pairs)
    quality = tuple(checker.check_all(texts, is_false))
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
