"""Learn what a run of sentences pays for standing elsewhere on the English side.

    python -m training.moving DATA -o aligner/judge.json

DATA is as for `benchmarks.worlds`. A share of the documents of the part `learn`, some with blocks told elsewhere and
some without, are searched once; the runs that `tithi.aligner.moves` would move are put where their Hindi side tells
them. The price of a run hangs on a linear function of its evidence and is never a reward: the more there was to choose
from and the farther it went, the more it pays; the longer it is, the more others have moved and the clearer its
counterparts are the best, the less. It is the one of these under which the known alignments are the most probable, all
else being as the judge has it, so that the probabilities of moved beads come out calibrated.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.beads import find_beads, first_look, looking_again, scored
from tithi.aligner.corridor import heaviest_chain
from tithi.aligner.doubts import places_of
from tithi.aligner.fits import Fits
from tithi.aligner.habits import NULL, kinds_of
from tithi.aligner.judge import Judge, Moving, load_judge
from tithi.aligner.moves import Reading, read_elsewhere
from tithi.aligner.nodes import MAX_GROUP, NONE, Corridor, IntArray
from tithi.aligner.search import look
from tithi.aligner.sides import make_sides
from tithi.aligner.ties import untied
from tithi.encoder import load
from tithi.encoder.protocol import Encoder
from training.needed import packages, run
from training.noise import NoisyDocument
from training.noisy_documents import noisy_documents
from training.worlds import NOISES, read_worlds

with packages():
    from scipy import optimize

#: Noises learnt from; where nothing has moved, what seems to have must stay dear.
MIX = ("moved", "moved, 60 % foreign", "easy", "hard", "60 % foreign", "80 % foreign", "half foreign", "summary")
#: The share of the documents that are taken under each of them.
SHARE = 0.5
#: What keeps the weights small, as if so many bits of evidence spoke for each being 0.
RIDGE = 0.1
#: Of the price itself, and of what choices, length, distance, other runs and the margin add to it.
BOUNDS = ((None, None), (None, 0.0), (0.0, None), (None, 0.0), (0.0, None), (0.0, None))


@dataclass(frozen=True, slots=True)
class Example:
    """A document in another order, its beads before any price, and which English sentences have counterparts there.

    `until` (beads,): how many English sentences lie before the end of each bead; `size` (beads,): how many it holds.
    """

    reading: Reading
    corridor: Corridor
    fits: Fits
    until: IntArray
    size: IntArray
    null_hi: NDArray[np.float64]
    null_en: NDArray[np.float64]
    opening: float
    paired: NDArray[np.bool_]


def examples(document: NoisyDocument, encoder: Encoder, judge: Judge) -> Iterator[Example]:
    """Yield the example of a document in which something seems to have moved."""
    hi, en, _ = make_sides(document.hi, document.en, encoder)
    reading = read_elsewhere(hi.sums, en.sums, find_beads(hi, en, judge))
    if reading is None:
        return
    order, breaks = reading.order, np.flatnonzero(np.diff(reading.order) != 1) + 1
    ties = untied(len(document.hi), len(document.en))
    ties.wall_en[breaks] = NONE
    side = en.reordered(order)
    lattice, fits, null_hi, null_en = scored(hi, side, judge, ties, None)
    again = looking_again(hi, side, judge)
    fits, shift = first_look(lattice, fits, null_hi, null_en, judge.opening, judge.habits, again=again)
    nulls = null_hi + shift[NULL], null_en + shift[NULL]
    fits = replace(fits, scores=fits.scores + shift[kinds_of().reshape(-1)[fits.cells & 15]])
    places = places_of(lattice, fits.cells)
    opening = judge.opening + float(shift[NULL + 1])
    yield Example(
        reading, lattice.corridor, fits, places[:, 1], places[:, 3], *nulls, opening, _paired(document, order)
    )


def _paired(document: NoisyDocument, order: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which sentences, in the new order, belong to beads that all stand in one order there."""
    at = np.argsort(order)
    beads = [sorted(at[list(en)].tolist()) for hi, en in document.gold if hi and en]
    whole = [en for en in beads if en[-1] - en[0] == len(en) - 1]
    kept = heaviest_chain(np.array([en[0] for en in whole], np.int64), np.array([len(en) for en in whole], float))
    paired = np.zeros(len(order), bool)
    for k in kept.tolist():
        paired[whole[k]] = True
    return paired


def learn(found: Sequence[Example]) -> Moving:
    """Return the prices under which what is known is the most probable."""
    evidence = [np.column_stack([np.ones(len(one.reading.runs)), one.reading.evidence]) for one in found]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = RIDGE * float(weights @ weights), 2 * RIDGE * weights
        for one, rows in zip(found, evidence, strict=True):
            prices = Moving(*weights).of(one.reading.evidence)
            value, slopes = _of(one, prices)
            total += value
            slope = slope + (slopes * -np.expm1(prices)) @ rows
        return total, slope

    start = np.array([-4.0, -1.0, 0.0, 0.0, 1.0, 4.0])
    best = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", bounds=BOUNDS, options={"maxiter": 40})
    return Moving(*(round(float(weight), 4) for weight in best.x))


def _of(one: Example, prices: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """Return the negative log-likelihood, up to a constant, and its slope by the price of each run."""
    pays = one.reading.pays(prices)
    so_far = np.concatenate([[0.0], np.cumsum(pays)])
    fits = replace(one.fits, scores=one.fits.scores + so_far[one.until] - so_far[one.until - one.size])
    told = look(one.corridor, fits, one.null_hi, one.null_en, one.opening)
    mass = told.beads.reshape(-1)[fits.cells]
    expected = np.zeros(len(pays))
    for back in range(1, MAX_GROUP + 1):
        here = one.size >= back
        np.add.at(expected, one.until[here] - back, mass[here])
    excess = expected - one.paired
    slope = np.array([excess[first:last].mean() for first, last in one.reading.runs])
    return told.total - float(pays[one.paired].sum()), slope


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with dev/ and train/")
    parser.add_argument(
        "-o", "--out", type=Path, default=Path("aligner/judge.json"), help="the judge's file, whose prices are replaced"
    )
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    encoder, judge = load(), load_judge(args.out)
    of = [
        document
        for world in read_worlds(args.data, "learn").values()
        for noise in MIX
        for name, document in noisy_documents(world, NOISES[noise], seed=args.seed).items()
        if random.Random(f"{args.seed} {noise} {name}").random() < SHARE
    ]
    found = [one for document in of for one in examples(document, encoder, judge)]
    moving = learn(found)
    runs = np.concatenate([one.reading.evidence for one in found])
    right = np.concatenate([[one.paired[a:b].any() for a, b in one.reading.runs] for one in found])
    print(f"{len(of)} documents, {len(found)} with runs to move, {len(runs)} runs, {right.sum()} of them rightly")
    print(moving)
    data = json.loads(args.out.read_text(encoding="utf-8"))
    data["moving"] = {name: getattr(moving, name) for name in Moving.__slots__}
    args.out.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    run(main)
