"""The words of the sentences of a side, by the pieces that the encoder cuts them into."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.nodes import IntArray
from tithi.compiling import kept
from tithi.encoder.bags import Bags
from tithi.encoder.model import PieceEncoder, quantise
from tithi.encoder.protocol import FloatArray

__all__ = ["Pieces", "Words", "words_of"]

#: A piece of less weight says next to nothing: one in three.
_LIGHT = np.float32(0.2)


@dataclass(frozen=True, slots=True)
class Words:
    """The pieces of the sentences of a side.

    `bags`: of each sentence. `rarity` (pieces of all sentences,) float32: of each the log of how many sentences there
    are for each that holds it.
    """

    bags: Bags
    rarity: FloatArray
    pieces: "Pieces"

    def reordered(self, order: IntArray) -> "Words":
        """Return the words of the sentences in another order."""
        places = Bags(np.arange(len(self.rarity)), self.bags.offsets).take(order).ids
        return Words(self.bags.take(order), self.rarity[places], self.pieces)

    def joined(self, starts: IntArray) -> "Words":
        """Return the words of sentences taken together: `starts` tells the first of each, and how many there are."""
        return Words(Bags(self.bags.ids, self.bags.offsets[starts]), self.rarity, self.pieces)


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of an encoder: `rows` (k, d) int8 their directions, `norms` one over the norms of these, `weights`."""

    rows: NDArray[np.int8]
    norms: FloatArray
    weights: FloatArray


@lru_cache(maxsize=1)
def _pieces_of(encoder: PieceEncoder) -> Pieces:
    """Return the pieces of an encoder, made once."""
    rows, scales = quantise(encoder.table)
    norms = np.sqrt(np.einsum("kd,kd->k", rows, rows, dtype=np.float32))
    return Pieces(rows, (1 / np.maximum(norms, 1)).astype(np.float32), norms * scales)


def words_of(bags: Bags, encoder: PieceEncoder) -> Words:
    """Return the words of sentences whose pieces are `bags`, without those that say next to nothing."""
    pieces = _pieces_of(encoder)
    ids, offsets, rarity = _weighty(bags.ids, bags.offsets, pieces.weights)
    return Words(Bags(ids, offsets), rarity, pieces)


@kept(error_model="numpy")
def _weighty(ids, offsets, weights):  # type: ignore[no-untyped-def]
    """Return the pieces that say something, where those of each sentence begin, and how rare each is."""
    held, last = np.zeros(weights.size, np.int32), np.zeros(weights.size, np.int32)
    kept, begins = np.empty_like(ids), np.zeros_like(offsets)
    count = 0
    for sentence in range(offsets.size - 1):
        for place in range(offsets[sentence], offsets[sentence + 1]):
            piece = ids[place]
            if weights[piece] >= _LIGHT:
                held[piece] += last[piece] <= sentence
                last[piece] = sentence + 1
                kept[count] = piece
                count += 1
        begins[sentence + 1] = count
    rarity = np.empty(count, np.float32)
    for place in range(count):
        rarity[place] = np.log(offsets.size / held[kept[place]])
    return kept[:count].copy(), begins, rarity
