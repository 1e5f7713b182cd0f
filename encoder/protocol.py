"""What the aligner asks of an encoder: one method, one number and one word."""

from collections.abc import Sequence
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from tithi.records import Lang

__all__ = ["Encoder", "FloatArray", "SumEncoder"]

FloatArray = NDArray[np.float32]


class Encoder(Protocol):
    """Maps texts of either language into one space in which translations lie close.

    `pooling` tells whether a group's vector comes free: with `"sum"` it is the normalised sum of its members' sums (the
    encoder is then a `SumEncoder`); with `"sentence"` a group's text has to be encoded on its own.
    """

    @property
    def name(self) -> str:
        """A name for cards and caches that changes when the vectors change."""

    @property
    def dim(self) -> int:
        """The number of components d of a vector."""

    @property
    def pooling(self) -> Literal["sum", "sentence"]:
        """Whether vectors of sentences add up to the vector of their group."""

    def encode(self, texts: Sequence[str], lang: Lang) -> FloatArray:
        """Return `(n, d)` float32 unit rows; an empty text is the zero row."""


@runtime_checkable
class SumEncoder(Encoder, Protocol):
    """An encoder whose vectors add up."""

    def sums(self, texts: Sequence[str], lang: Lang) -> FloatArray:
        """Return `(n, d)` float32 rows, not normalised; `encode` is these rows divided by their norms."""
