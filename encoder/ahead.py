"""The vectors of many texts found in one go, before they are asked for.

An encoder has a fixed price a call, and its tables are cold in the cache after other work; the texts of one article are
few. So those of some articles are encoded together, and each article then takes its own.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tithi.encoder.bags import Bags
from tithi.encoder.model import PieceEncoder, unit_rows
from tithi.encoder.protocol import FloatArray, SumEncoder
from tithi.encoder.sums import sum_rows
from tithi.records import Lang

__all__ = ["Ahead"]


class Ahead:
    """A `SumEncoder` that has encoded some texts of each language already; of any others it asks the one it is made of.

    Example: `Ahead(load(), ["वर्षा हुई।"], ["It rained."])`. Memory is that of the vectors, `4 * dim` bytes a text.

    `model` is the encoder where it is a `PieceEncoder`, whose pieces of the texts are known too; else None.
    """

    def __init__(self, encoder: SumEncoder, hi: Sequence[str], en: Sequence[str]) -> None:
        """Encode the texts."""
        self._encoder = encoder
        self.name, self.dim = encoder.name, encoder.dim
        self.model = encoder if isinstance(encoder, PieceEncoder) else None
        self._rows: dict[Lang, dict[str, int]] = {"hi": {}, "en": {}}
        self._sums: dict[Lang, FloatArray] = {}
        self._bags: dict[Lang, Bags] = {}
        sides: tuple[tuple[Lang, Sequence[str]], ...] = (("hi", hi), ("en", en))
        for lang, texts in sides:
            rows = self._rows[lang]
            for text in texts:
                rows.setdefault(text, len(rows))
            if self.model is None:
                self._sums[lang] = encoder.sums(list(rows), lang)
            else:
                self._bags[lang] = self.model.pieces(list(rows))
                self._sums[lang] = sum_rows(self.model.table, self._bags[lang])

    def encode(self, texts: Sequence[str], lang: Lang) -> FloatArray:
        """Return `(n, d)` float32 unit rows, one a text."""
        return unit_rows(self.sums(texts, lang))

    def sums(self, texts: Sequence[str], lang: Lang) -> FloatArray:
        """Return `(n, d)` float32 rows, not normalised."""
        rows = self._known(texts, lang)
        return self._encoder.sums(texts, lang) if rows is None else self._sums[lang][rows]

    def sums_and_pieces(self, texts: Sequence[str], lang: Lang) -> tuple[FloatArray, Bags]:
        """Return the rows of `sums` and the numbers of each text's pieces, where there is a `model`."""
        assert self.model is not None
        rows = self._known(texts, lang)
        if rows is None:
            bags = self.model.pieces(texts)
            return sum_rows(self.model.table, bags), bags
        return self._sums[lang][rows], self._bags[lang].take(rows)

    def _known(self, texts: Sequence[str], lang: Lang) -> NDArray[np.int64] | None:
        """Return where the texts are, None unless all are known."""
        try:
            return np.array([*map(self._rows[lang].__getitem__, texts)], np.int64)
        except KeyError:
            return None
