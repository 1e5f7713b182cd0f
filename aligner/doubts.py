"""Beads in doubt are judged again, by their words.

The first look leaves some beads neither sure nor out of the question. Of these alone it is told which of their words
have a counterpart (see `covered`), together with what the first look found, and how much of the document is covered.
What that adds to a bead's score in the second look is learnt by `training/doubts.py`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.context import likeness_levels
from tithi.aligner.covered import WORD_FEATURES, word_features
from tithi.aligner.fits import Fits
from tithi.aligner.habits import kinds_of
from tithi.aligner.lattice import Lattice
from tithi.aligner.layers import Layers
from tithi.aligner.nodes import IntArray
from tithi.aligner.search import Looked
from tithi.aligner.words import Words
from tithi.compiling import kept
from tithi.encoder.protocol import FloatArray

__all__ = ["DOUBT_FEATURES", "Doubts", "doubt_features", "in_doubt", "no_doubts", "places_of", "possible"]

DOUBT_FEATURES = (
    *WORD_FEATURES,
    "one-one",
    "merged",
    "larger",
    "level",
    "middle",
    "null",
    "odds",
    "document surely covered",
    "document covered",
)
#: A bead less probable than this is out of the question, and left out of the second look.
_POSSIBLE = 5e-4
#: So probable, and so much less than sure, is a bead in doubt.
_DOUBT = 0.005
#: Odds are told in parts of this, so that they weigh about as much as the others.
_ODDS = 5.0


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is learnt of beads in doubt: the weights of the `DOUBT_FEATURES`."""

    layers: Layers

    def again(self, words: tuple[Words, Words], lattice: Lattice, fits: Fits, first: Looked, null: float) -> Fits:
        """Return the beads that are possible, with what their words add to the scores of those in doubt.

        `words` and `null` are as for `doubt_features`.
        """
        fits, probable = possible(fits, first)
        doubt = in_doubt(probable)
        if doubt.any():
            fits.scores[doubt] += self.layers(doubt_features(lattice, fits.cells[doubt], probable[doubt], null, words))
        return fits


def no_doubts() -> Doubts:
    """Return what adds nothing to any score."""
    none = np.zeros((0, len(DOUBT_FEATURES)), np.float32)
    return Doubts(Layers(np.zeros(len(DOUBT_FEATURES), np.float32), 0.0, none, none[:, 0], none[:, 0]))


def possible(fits: Fits, first: Looked) -> tuple[Fits, FloatArray]:
    """Return the beads that are possible at all after a first look, and how probable each is."""
    *kept, probable = _possible(fits.first, fits.starts, fits.cells, fits.scores, first.beads.reshape(-1))
    return Fits(*kept), probable


@kept()
def _possible(first, starts, cells, scores, probable):  # type: ignore[no-untyped-def]
    count = 0
    for cell in cells:
        count += probable[cell] > _POSSIBLE
    kept, begins, of_cells = np.empty(count, np.int64), np.zeros_like(first), np.empty(count, np.int64)
    of_scores, likely = np.empty(count), np.empty(count, np.float32)
    count = 0
    for node in range(first.size - 1):
        for bead in range(first[node], first[node + 1]):
            if probable[cells[bead]] > _POSSIBLE:
                kept[count], of_cells[count] = starts[bead], cells[bead]
                of_scores[count], likely[count] = scores[bead], probable[cells[bead]]
                count += 1
        begins[node + 1] = count
    return begins, kept, of_cells, of_scores, likely


def in_doubt(probable: FloatArray) -> NDArray[np.bool_]:
    """Return which beads are in doubt."""
    return (probable > _DOUBT) & (probable < 1 - _DOUBT)


def doubt_features(
    lattice: Lattice, cells: IntArray, probable: FloatArray, null: float, words: tuple[Words, Words]
) -> FloatArray:
    """Return `(n, 30)` float32: the `DOUBT_FEATURES` of beads by their cells.

    Args:
        lattice: Where the beads stand.
        cells: Their places in a flat array (nodes, 4, 4), rising.
        probable: How probable the first look has each, (n,).
        null: Log of how much oftener than usual it expects a sentence to be alone.
        words: Those of the Hindi and of the English sentences.
    """
    places = places_of(lattice, cells)
    of_words = word_features(places, *words)
    covered = likeness_levels(_best(places, of_words, len(lattice.hi) - 1, len(lattice.en) - 1))
    return np.asarray(_beside(of_words, kinds_of().reshape(-1), cells, probable, lattice.levels, null, covered))


@kept(error_model="numpy")
def _beside(of_words, kinds, cells, probable, levels, null, covered):  # type: ignore[no-untyped-def]
    """Return the features of words, and those beside them."""
    own = of_words.shape[1]
    out = np.zeros((cells.size, own + 9), np.float32)
    for bead in range(cells.size):
        for k in range(own):
            out[bead, k] = of_words[bead, k]
        out[bead, own + kinds[cells[bead] & 15]] = 1
        out[bead, own + 3], out[bead, own + 4] = levels[0], levels[1]
        out[bead, own + 5] = null
        out[bead, own + 6] = np.log(probable[bead] / (1 - probable[bead])) / _ODDS
        out[bead, own + 7], out[bead, own + 8] = covered[0], covered[1]
    return out


def places_of(lattice: Lattice, cells: IntArray) -> IntArray:
    """Return i, j, p and q of each bead, (n, 4)."""
    return np.asarray(_places(lattice.corridor.low, lattice.corridor.offset, cells))


@kept()
def _places(low, offset, cells):  # type: ignore[no-untyped-def]
    places = np.empty((cells.size, 4), np.int64)
    for bead in range(cells.size):
        node = cells[bead] >> 4
        i = np.searchsorted(offset, node, side="right") - 1
        places[bead, 0], places[bead, 1] = i, node - offset[i] + low[i]
        places[bead, 2], places[bead, 3] = ((cells[bead] >> 2) & 3) + 1, (cells[bead] & 3) + 1
    return places


@kept(error_model="numpy")
def _best(places, of_words, n, m):  # type: ignore[no-untyped-def]
    """Return how well each sentence is covered by the best bead in doubt, 0 where it is in none, (n + m,)."""
    best = np.zeros(n + m)
    for bead in range(places.shape[0]):
        for k in range(places[bead, 0] - places[bead, 2], places[bead, 0]):
            best[k] = max(best[k], of_words[bead, 0])
        for k in range(n + places[bead, 1] - places[bead, 3], n + places[bead, 1]):
            best[k] = max(best[k], of_words[bead, 0])
    return best
