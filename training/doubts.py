"""Learn what the words of beads in doubt add to their scores.

    python -m training.doubts DATA -o aligner/judge.json

DATA is as for `benchmarks.worlds`. Documents of the part `learn`, and as for the judge all of the worlds that the
encoder has not learnt from, for of them the first look is surer than of others (with `--held` they are left out), are
read as the search reads them at last, moved runs put where their Hindi side tells them; of the beads that the judge
leaves in doubt `tithi.aligner.doubts` tells the words. The weights are those under which the known beads are the most
probable, all else being as the judge has it: the gradient is the expected count of each bead minus the true one. Needs
torch. What a moved run pays, and the scores, are learnt anew thereafter.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.beads import find_beads, scored
from tithi.aligner.corridor import heaviest_chain
from tithi.aligner.doubts import DOUBT_FEATURES, doubt_features, in_doubt, no_doubts, places_of, possible
from tithi.aligner.fits import Fits
from tithi.aligner.habits import NULL, kinds_of
from tithi.aligner.judge import Judge, load_judge
from tithi.aligner.moves import read_elsewhere
from tithi.aligner.nodes import NONE, Corridor
from tithi.aligner.search import look
from tithi.aligner.sides import make_sides
from tithi.aligner.ties import untied
from tithi.encoder import load
from tithi.encoder.protocol import Encoder
from training.needed import packages, run
from training.noise import NoisyDocument
from training.noisy_documents import noisy_documents
from training.rates import EASY, PLAIN
from training.worlds import NOISES, read_worlds

with packages():
    import torch

    from training.examples import ALL
    from training.judge import OTHER_PARTS
    from training.judge_net import Net

#: The share of the other worlds' documents that is taken under each noise; told in reverse, what is easy is easy too.
SHARE = 0.4
#: Noises learnt from; beside those that are measured, foreign lines that face each other.
MIX = {
    **NOISES,
    "mismatch": replace(EASY, mismatch=0.04, head=0.3, tail=0.6),
    "facing": replace(PLAIN, mismatch=0.04, head=0.3, tail=0.6),
}
UNITS, BATCH = 16, 8


@dataclass(frozen=True, slots=True)
class Example:
    """A document as the second look sees it: its beads, which of them are in doubt, and which are right."""

    corridor: Corridor
    fits: Fits
    null_hi: NDArray[np.float64]
    null_en: NDArray[np.float64]
    opening: float
    shift: NDArray[np.float64]
    doubt: torch.Tensor
    features: torch.Tensor
    right: NDArray[np.float32]


def example(document: NoisyDocument, encoder: Encoder, judge: Judge) -> Example | None:
    """Return the example of a document, None where nothing is in doubt."""
    hi, en, _ = make_sides(document.hi, document.en, encoder)
    order, ties = np.arange(len(document.en)), untied(len(document.hi), len(document.en))
    reading = read_elsewhere(hi.sums, en.sums, find_beads(hi, en, judge))
    if reading is not None:
        order = reading.order
        ties.wall_en[np.flatnonzero(np.diff(order) != 1) + 1] = NONE
        ties.moved[:] = reading.pays(judge.moving.of(reading.evidence))
        en = en.reordered(order)
    lattice, every, null_hi, null_en = scored(hi, en, judge, ties, None)
    first = look(lattice.corridor, every, null_hi, null_en, judge.opening)
    evidence = judge.habits.evidence(first, lattice.levels)
    shift = judge.habits.shifts(evidence)
    fits, probable = possible(every, first)
    doubt = in_doubt(probable)
    if not doubt.any() or hi.words is None or en.words is None:
        return None
    null = float(evidence[1 + NULL])
    features = doubt_features(lattice, fits.cells[doubt], probable[doubt], null, (hi.words, en.words))
    beads = places_of(lattice, fits.cells).tolist()
    known = _known(document, order)
    right = np.array([(i - p, i, j - q, j) in known for i, j, p, q in beads], np.float32)
    nulls = null_hi + shift[NULL], null_en + shift[NULL]
    opening = judge.opening + float(shift[NULL + 1])
    shapes = shift[kinds_of()]
    told = torch.from_numpy(doubt), torch.from_numpy(features)
    return Example(lattice.corridor, fits, *nulls, opening, shapes, *told, right)


def _known(document: NoisyDocument, order: NDArray[np.int64]) -> set[tuple[int, int, int, int]]:
    """Return the known beads that all stand in one order, the English sentences by their place in `order`."""
    at = np.argsort(order)
    beads = sorted((hi[0], hi[-1] + 1, sorted(at[list(en)].tolist())) for hi, en in document.gold if hi and en)
    whole = [bead for bead in beads if bead[2][-1] - bead[2][0] == len(bead[2]) - 1]
    weight = np.array([stop - start + len(en) for start, stop, en in whole], float)
    kept = heaviest_chain(np.array([en[0] for _, _, en in whole], np.int64), weight)
    return {(whole[k][0], whole[k][1], whole[k][2][0], whole[k][2][-1] + 1) for k in kept.tolist()}


def learn(examples: Sequence[Example], *, epochs: int, seed: int) -> Net:
    """Return the weights under which the known beads are the most probable."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng, order = random.Random(seed), list(examples)
    net = Net(len(DOUBT_FEATURES), UNITS, 0.0, 0.0)
    optimiser = torch.optim.AdamW(net.parameters(), lr=0.01, weight_decay=1e-2)
    steps = epochs * (len(order) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: max(0.01, 1 - step / steps))
    for _ in range(epochs):
        rng.shuffle(order)
        for first in range(0, len(order) - BATCH + 1, BATCH):
            optimiser.zero_grad()
            for one in order[first : first + BATCH]:
                (_surrogate(net, one) / 200).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return net


def _surrogate(net: Net, one: Example) -> torch.Tensor:
    """Return a term whose gradient is that of the negative log-likelihood of the known beads."""
    added: torch.Tensor = net(one.features)
    scores = one.fits.scores.copy()
    scores[one.doubt.numpy()] += added.detach().numpy()
    fits = replace(one.fits, scores=scores)
    told = look(one.corridor, fits, one.null_hi, one.null_en, one.opening, one.shift)
    excess = torch.from_numpy(told.beads.reshape(-1)[fits.cells] - one.right)
    return (added * excess[one.doubt]).sum()


def documents(data: Path, seed: int, *, held: bool) -> Iterator[NoisyDocument]:
    """Yield the documents that are learnt from."""
    known = read_worlds(data, "learn")
    if not held:
        for part in OTHER_PARTS:
            more = read_worlds(data, part)
            for world in ALL:
                known[world] |= more[world]
    for world, found in known.items():
        share = 1.0 if world in ALL else SHARE
        for noise, rates in MIX.items():
            some = {name: of for name, of in found.items() if random.Random(f"{seed} {noise} {name}").random() < share}
            if len(some) > 1 and not rates.backwards:
                yield from noisy_documents(some, rates, seed=seed).values()


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with dev/ and train/")
    parser.add_argument(
        "-o",
        "--out",
        type=Path,
        default=Path("aligner/judge.json"),
        help="the judge's file, whose weights are replaced",
    )
    parser.add_argument("--held", action="store_true", help="learn from no document that is measured")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    encoder, judge = load(), load_judge(args.out)
    judge = replace(judge, doubts=no_doubts())
    of = [
        one
        for document in documents(args.data, args.seed, held=args.held)
        if (one := example(document, encoder, judge))
    ]
    doubts = sum(int(one.doubt.sum()) for one in of)
    print(f"{len(of)} documents, {doubts} beads in doubt, {sum(int(one.right.sum()) for one in of)} beads right")
    net = learn(of, epochs=args.epochs, seed=args.seed)
    data = json.loads(args.out.read_text(encoding="utf-8"))
    data["doubt"] = net.weights()
    args.out.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    run(main)
