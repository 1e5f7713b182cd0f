"""Which words of a pair say the same: mutual nearest words by the vectors that ship with the package."""

from collections.abc import Iterator, Sequence

import numpy as np

from tithi.checks.coverage import WordVectors
from tithi.checks.words import words
from tithi.encoder.model import read_model, shipped_model
from tithi.encoder.protocol import FloatArray
from tithi.records import Span

__all__ = ["WordLinks"]

_ALIKE = 0.5
_MAX_WORDS = 250
"""Longer sides are linked in their first words only: the comparison is quadratic."""


class WordLinks:
    """Finds word links; keep one for many pairs, it keeps the vectors of the words met."""

    def __init__(self) -> None:
        self._vectors = WordVectors(read_model(shipped_model()))

    def between(self, hi: str, en: str) -> list[tuple[Span, Span]]:
        """Return the linked words, each as the places of the Hindi and of the English word, in Hindi order.

        Two words are linked when each is the other's nearest and their cosine is at least 0.5.

        Example: of `नदी गहरी है` and `the river is deep`, `नदी` and `river`, `गहरी` and `deep`.
        """
        left, right = words(hi), words(en)
        return list(self._links(left.texts[:_MAX_WORDS], right.texts[:_MAX_WORDS], left.spans, right.spans))

    def _links(
        self, hi: Sequence[str], en: Sequence[str], hi_spans: Sequence[Span], en_spans: Sequence[Span]
    ) -> Iterator[tuple[Span, Span]]:
        if not hi or not en:
            return
        hi_places, en_places = self._vectors.place(hi, en)
        rows = self._vectors.rows
        cosines = _unit(rows[hi_places]) @ _unit(rows[en_places]).T
        nearest_en, nearest_hi = cosines.argmax(axis=1), cosines.argmax(axis=0)
        for i, j in enumerate(nearest_en.tolist()):
            if nearest_hi[j] == i and cosines[i, j] >= _ALIKE:
                yield hi_spans[i], en_spans[j]


def _unit(rows: FloatArray) -> FloatArray:
    unit: FloatArray = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return unit
