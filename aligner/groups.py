"""Groups of sentences under an encoder whose vectors do not add up.

Such an encoder reads every group's text anew, which costs far more than the search. So the search runs first with the
sums of its sentence vectors, and then once more with true vectors of those groups alone that the first run thinks
possible.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.lattice import Lattice, with_context
from tithi.encoder.protocol import Encoder, FloatArray
from tithi.records import Lang, Range

__all__ = ["SentenceVectors"]

#: A group less probable than this in the first run is not read.
_POSSIBLE = 0.02
#: The weight, in sentences, of no shared direction at all against what the sentences of a side share.
_SHRINK = 5.0


class SentenceVectors:
    """The vectors of both sides' sentences, less what the sentences of a side have in common.

    Neural encoders give all texts of a language a large common part, which would make all pairs look alike.
    """

    def __init__(self, encoder: Encoder, hi: Sequence[str], en: Sequence[str]) -> None:
        self._encoder = encoder
        self._texts: dict[Lang, Sequence[str]] = {"hi": hi, "en": en}
        self._english = en
        self._common: dict[Lang, FloatArray] = {}
        self.sums = {lang: self._sums(texts, lang) for lang, texts in self._texts.items()}

    def _sums(self, texts: Sequence[str], lang: Lang) -> FloatArray:
        """Return rows that stand for sentences in sums: long sentences weigh more."""
        rows = self._encoder.encode(texts, lang)
        self._common[lang] = rows.sum(axis=0) / (len(rows) + _SHRINK)
        lengths = np.sqrt(np.array([len(text) for text in texts], np.float32)).reshape(-1, 1)
        return np.where(rows.any(axis=1, keepdims=True), rows - self._common[lang], 0).astype(np.float32) * lengths

    def reorder(self, order: NDArray[np.int64]) -> None:
        """Take the English sentences in an order of their own numbers."""
        self._texts["en"] = [self._english[k] for k in order.tolist()]

    def refine(self, lattice: Lattice, probability: FloatArray) -> Lattice:
        """Return the lattice with the true cosines of the groups that are possible.

        Args:
            lattice: Filled from `sums`.
            probability: (nodes, 4, 4) of each bead, from the first run.
        """
        low, offset = lattice.corridor.low, lattice.corridor.offset
        possible = probability > _POSSIBLE
        possible[:, 0, 0] = False
        nodes, p, q = np.nonzero(possible)
        i = np.searchsorted(offset, nodes, side="right") - 1
        j = nodes - offset[i] + low[i]
        groups_hi = [(int(b - a) - 1, int(b)) for a, b in zip(p, i, strict=True)]
        groups_en = [(int(b - a) - 1, int(b)) for a, b in zip(q, j, strict=True)]
        cosines = lattice.cosines.copy()
        cosines[nodes, p, q] = np.einsum("nd,nd->n", self._group(groups_hi, "hi"), self._group(groups_en, "en"))
        return with_context(lattice.corridor, cosines, lattice.matched, lattice.hi, lattice.en)

    def _group(self, groups: Sequence[Range], lang: Lang) -> NDArray[np.float64]:
        """Return the unit rows of groups of sentences, each distinct one read once."""
        distinct = sorted(set(groups))
        place = {group: k for k, group in enumerate(distinct)}
        texts = [" ".join(self._texts[lang][first:last]) for first, last in distinct]
        rows = self._encoder.encode(texts, lang) - self._common[lang] if texts else np.zeros((0, self._encoder.dim))
        rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return np.asarray(rows[[place[group] for group in groups]] if groups else rows, np.float64)
