"""A bead as the search finds it."""

from dataclasses import dataclass

from tithi.records import Range

__all__ = ["Found"]


@dataclass(frozen=True, slots=True)
class Found:
    """A bead that was found: sentence ranges and the probability that it is right; one range of a null is empty.

    Of a null that may have a counterpart `reason` says why it is alone all the same, and `rival` what of the other side
    it most likely would belong to, with the probability.
    """

    hi: Range
    en: Range
    score: float
    reason: str | None = None
    rival: tuple[Range, float] | None = None

    @property
    def is_null(self) -> bool:
        """Whether one side is empty."""
        return self.hi[0] == self.hi[1] or self.en[0] == self.en[1]
