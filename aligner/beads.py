"""From two lists of sentences to their beads: corridor, lattice, judge, search.

The scores of the judge make a probability of every bead (see `search`); the alignment taken is the one that expects
the most sentences to stand in their right bead, and a bead's score is its probability.
"""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.alone import with_reasons
from tithi.aligner.corridor import find_corridor
from tithi.aligner.fits import Fits
from tithi.aligner.found import Found
from tithi.aligner.groups import SentenceVectors
from tithi.aligner.habits import NULL, Habits, kinds_of
from tithi.aligner.judge import Judge
from tithi.aligner.larger import Units, find_units
from tithi.aligner.lattice import Lattice, Side, build_lattice
from tithi.aligner.path import best_path, taken
from tithi.aligner.search import Looked, look
from tithi.aligner.ties import Ties, tied
from tithi.encoder.protocol import FloatArray

__all__ = [
    "Again",
    "Observer",
    "Witness",
    "decode",
    "find_beads",
    "first_look",
    "looking_again",
    "scored",
]


#: The most searches with units for sentences; what is left alone in each of them is given up.
_SEARCHES = 3


#: Judges the beads of a lattice again after a first look, which also tells how much oftener than usual nulls are.
Again = Callable[[Lattice, Fits, Looked, float], Fits]
#: Is shown the lattice, the probability of each bead in it (nodes, 4, 4), and the beads that were taken.
Observer = Callable[[Lattice, FloatArray, list[Found]], None]
#: Is shown the same of the search that was kept, and the units that it took for sentences, None where for each its own.
Witness = Callable[[Lattice, FloatArray, list[Found], Units | None], None]


def find_beads(  # noqa: PLR0913 - each is a thing of its own
    hi: Side,
    en: Side,
    judge: Judge,
    ties: Ties | None = None,
    vectors: SentenceVectors | None = None,
    *,
    witness: Witness | None = None,
) -> list[Found]:
    """Return the beads in order; every sentence lies in exactly one, nulls hold a single sentence.

    `vectors` reads groups anew where the encoder's vectors do not add up; there are no beads of more than four
    sentences then. `witness` is shown what was found and from what. Time and memory are linear in the number of nodes
    of the corridor, which is linear in the number of sentences.
    """
    n, m = len(hi.sums), len(en.sums)
    if n == 0 or m == 0:
        return [Found((k, k + 1), (0, 0), 1.0) for k in range(n)] + [Found((0, 0), (k, k + 1), 1.0) for k in range(m)]
    seen: list[tuple[Lattice, FloatArray, list[Found]]] = []

    def search(hi: Side, en: Side, ties: Ties | None) -> list[Found]:
        lattice = scored(hi, en, judge, ties, vectors)
        again = looking_again(hi, en, judge)
        return decode(*lattice, judge.opening, judge.habits, again=again, observer=lambda *told: seen.append(told))

    found = search(hi, en, ties)
    units = find_units(hi, en, found, ties) if vectors is None else None
    for _ in range(_SEARCHES):
        if units is None:
            break
        of_units = search(*units.sides(hi, en), units.ties(ties) if ties is not None else None)
        held = units.that_hold(of_units)
        if held is units:
            found = units.sentences(of_units)
            break
        units = held
    else:
        units = None
    if witness is not None:
        witness(*seen[-1 if units is not None else 0], units)
    return found


def scored(
    hi: Side, en: Side, judge: Judge, ties: Ties | None, vectors: SentenceVectors | None
) -> tuple[Lattice, Fits, NDArray[np.float64], NDArray[np.float64]]:
    """Return the lattice of two sides with sentences, its beads with their scores, and those of nulls."""
    lattice = build_lattice(hi, en, find_corridor(hi.sums, en.sums))
    nulls = judge.nulls(lattice)
    scores = tied(judge.beads(lattice), lattice.corridor, ties, judge.habits)
    if vectors is not None:
        lattice = vectors.refine(lattice, look(lattice.corridor, scores, *nulls, judge.opening).beads)
        scores = tied(judge.beads(lattice), lattice.corridor, ties, judge.habits)
    return lattice, scores, *nulls


def looking_again(hi: Side, en: Side, judge: Judge) -> Again | None:
    """Return what judges beads in doubt again by their words, None where these are not known."""
    if hi.words is None or en.words is None:
        return None
    return partial(judge.doubts.again, (hi.words, en.words))


def decode(  # noqa: PLR0913, PLR0917 - as above
    lattice: Lattice,
    fits: Fits,
    null_hi: NDArray[np.float64],
    null_en: NDArray[np.float64],
    opening: float,
    habits: Habits,
    *,
    again: Again | None = None,
    observer: Observer | None = None,
) -> list[Found]:
    """Return the beads of the path that expects the most sentences right, by probabilities that are taken twice."""
    fits, shift = first_look(lattice, fits, null_hi, null_en, opening, habits, again=again)
    nulls = null_hi + shift[3], null_en + shift[3]
    told = look(lattice.corridor, fits, *nulls, opening + float(shift[4]), shift[kinds_of()])
    corridor, beads = lattice.corridor, told.beads
    steps = best_path(corridor, fits, beads, told.hi, told.en)
    found = with_reasons(corridor, beads, *taken(corridor, steps, beads, told.hi, told.en))
    if observer is not None:
        observer(lattice, beads, found)
    return found


def first_look(  # noqa: PLR0913, PLR0917 - as above
    lattice: Lattice,
    fits: Fits,
    null_hi: NDArray[np.float64],
    null_en: NDArray[np.float64],
    opening: float,
    habits: Habits,
    *,
    again: Again | None = None,
) -> tuple[Fits, NDArray[np.float64]]:
    """Return the beads for the second look, and what the first adds to the scores of each of the kinds (see `habits`).

    Where `again` is given, they are those that are possible, with what it adds to their scores.
    """
    first = look(lattice.corridor, fits, null_hi, null_en, opening)
    evidence = habits.evidence(first, lattice.levels)
    if again is not None:
        fits = again(lattice, fits, first, float(evidence[1 + NULL]))
    return fits, habits.shifts(evidence)
