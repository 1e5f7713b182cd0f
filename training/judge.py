"""Learn the weights of the aligner's judge from noisy documents with known alignment.

    python -m training.judge DATA -o aligner/judge.json
    python -m training.moving DATA -o aligner/judge.json
    python -m training.judge DATA --held

The judge's scores define the probability of every alignment of a document (see `tithi.aligner.search`); the weights are
those under which the known alignments are the most probable. The gradient is the expected count of each bead minus
the true one, so that probabilities come out calibrated. Needs torch.

DATA is as for `benchmarks.worlds`. What is learnt from are documents of the part `learn`, each under some of the noises
of `MIX`, and of the worlds that the encoder has not learnt from (`ALL`) those of the other parts as well, so that the
figures of `benchmarks.align` and those of these worlds are of documents known under other noise; with `--held` they are
left out. What is printed is measured on documents of the part `read`. What a moved run pays is learnt anew thereafter.
"""

import argparse
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.beads import find_beads
from tithi.aligner.corridor import find_corridor
from tithi.aligner.features import BEAD_FEATURES, NULL_FEATURES, bead_features, null_features
from tithi.aligner.habits import KINDS, Habits, kinds_of
from tithi.aligner.judge import Judge
from tithi.aligner.lattice import Lattice, build_lattice
from tithi.aligner.nodes import MAX_GROUP
from tithi.aligner.search import NONE, look
from tithi.aligner.sides import make_sides
from tithi.encoder import load
from tithi.encoder.protocol import SumEncoder
from tithi.eval.alignment import score_documents
from tithi.eval.beads import BeadIndex, run_of
from training.needed import packages, run
from training.noise import EASY, HARD, PLAIN, NoisyDocument, Rates
from training.noisy_documents import cut, noisy_documents
from training.worlds import NOISES, Documents, Part, read_worlds

with packages():
    import torch

    from training.judge_net import GIVEN, JudgeNet, plain

LIGHT = Rates(merge=0.05, move=0.01, delete=0.02, insert=0.01, block=0.003, mismatch=0.01, head=0.3, tail=0.6)
MOVES = Rates(merge=0.12, move=0.12, delete=0.03, insert=0.03, head=0.3, tail=0.6)
LOOSE_END = replace(PLAIN, mismatch=0.04, head=0.3, tail=1.0)
EASY_END, HARD_END = replace(EASY, head=0.3, tail=0.6), replace(HARD, head=0.3, tail=0.6)
#: Worlds that the encoder has not learnt from: all of their documents are taken under every noise.
ALL = ("health", "news and guides")
#: What the learning sees: rates of noise, the greatest length of the documents in lines (0 for as they are), and the
#: share of the documents of the other worlds. Articles that have little in common are the hardest: there are more.
MIX: Sequence[tuple[Rates, int, float]] = (
    (PLAIN, 0, 0.2),
    *((LOOSE_END, size, 0.3) for size in (0, 30)),
    (replace(PLAIN, tail=1.0), 20, 0.2),
    (LIGHT, 40, 0.2),
    *((EASY_END, size, 0.2) for size in (0, 20)),
    *((HARD_END, size, 0.2) for size in (0, 30)),
    (replace(EASY, mismatch=0.03, tail=0.6), 0, 0.2),
    *((NOISES[name], 0, 0.2) for name in ("60 % foreign", "half foreign", "summary", "free")),
    (NOISES["80 % foreign"], 0, 0.9),
    (replace(NOISES["60 % foreign"], free=0.6), 0, 0.2),
    *((EASY_END, size, 0.0) for size in (0, 40)),
    (HARD_END, 0, 0.0),
    *((MOVES, size, 0.0) for size in (0, 30)),
)
OTHER_PARTS: tuple[Part, ...] = ("read", "unread")
BATCH = 8
#: The share of the epochs in which documents are looked at twice.
LOOKS = 0.4


@dataclass(slots=True)
class Example:
    """A noisy document in the shape the learning needs; `fits` are flat indexes of beads into the lattice."""

    lattice: Lattice
    fits: NDArray[np.int64]
    features: torch.Tensor
    null_hi: torch.Tensor
    null_en: torch.Tensor
    gold: tuple[BeadIndex, ...]
    gold_beads: NDArray[np.float32]
    gold_null_hi: NDArray[np.float32]
    gold_null_en: NDArray[np.float32]
    openings: int


def make_example(document: NoisyDocument, encoder: SumEncoder) -> Example | None:
    """Return the example of a document, None when the corridor or the greatest group leaves its gold out."""
    hi, en, _ = make_sides(document.hi, document.en, encoder)
    lattice = build_lattice(hi, en, find_corridor(hi.sums, en.sums))
    places, features = bead_features(lattice)
    fits, valid = places[:, 4], np.zeros(lattice.cosines.shape, np.bool_)
    valid.reshape(-1)[fits] = True
    corridor = lattice.corridor
    truth = np.zeros(valid.shape, np.float32)
    nulls = np.zeros(len(document.hi), np.float32), np.zeros(len(document.en), np.float32)
    i = j = openings = 0
    before = ""
    gold = tuple(BeadIndex(run_of(a), run_of(b)) for a, b in document.gold)
    for bead in gold:
        i, j = i + len(bead.hi), j + len(bead.en)
        if not corridor.low[i] <= j < corridor.high[i]:
            return None
        if bead.is_null:
            kind = "hi" if bead.hi else "en"
            nulls[kind == "en"][list(bead.hi or bead.en)] = 1
            openings += kind != before
        else:
            kind = "bead"
            node = corridor.offset[i] + j - corridor.low[i]
            if max(len(bead.hi), len(bead.en)) > MAX_GROUP or not valid[node, len(bead.hi) - 1, len(bead.en) - 1]:
                return None
            truth[node, len(bead.hi) - 1, len(bead.en) - 1] = 1
        before = kind
    kept = torch.from_numpy(features)
    null_hi, null_en = (torch.from_numpy(null_features(table, lattice.levels)) for table in (lattice.hi, lattice.en))
    return Example(lattice, fits, kept, null_hi, null_en, gold, truth.reshape(-1)[fits], *nulls, openings)


def _arrays(net: JudgeNet, example: Example) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the scores as the search takes them: beads (nodes, 4, 4), nulls of both sides."""
    with torch.no_grad():
        beads, null_hi, null_en = net.scores(example.features, example.null_hi, example.null_en)
    grid = np.full(example.lattice.cosines.size, NONE)
    grid[example.fits] = beads.numpy()
    return grid.reshape(example.lattice.cosines.shape), null_hi.numpy().astype(float), null_en.numpy().astype(float)


def _surrogate(net: JudgeNet, example: Example, habits: Habits | None) -> torch.Tensor:
    """Return a term whose gradient is that of the negative log-likelihood of the gold, at the second look by `habits`.

    What the first look tells is taken as given.
    """
    arrays, opening = _arrays(net, example), float(net.opening.detach())
    corridor = example.lattice.corridor
    kinds = torch.from_numpy(np.tile(kinds_of().reshape(-1), len(example.lattice.cosines))[example.fits])
    shift = torch.zeros(len(KINDS), dtype=torch.float64)
    if habits is not None:
        evidence = habits.evidence(look(corridor, *arrays, opening), example.lattice.levels)
        shift = (net.shift.double() * torch.from_numpy(evidence)).sum(dim=1)
        given = shift.detach().numpy()
        grid = np.where(arrays[0] > NONE / 2, arrays[0] + given[kinds_of()], NONE)
        arrays, opening = (grid, arrays[1] + given[3], arrays[2] + given[3]), opening + float(given[4])
    told = look(corridor, *arrays, opening)
    null_hi, null_en = (
        np.asarray(alone - gold, np.float32)
        for alone, gold in ((told.hi, example.gold_null_hi), (told.en, example.gold_null_en))
    )
    of_beads, of_hi, of_en = net.scores(example.features, example.null_hi, example.null_en)
    excess = torch.from_numpy(told.beads.reshape(-1)[example.fits] - example.gold_beads)
    total = ((of_beads + shift[kinds].float()) * excess).sum()
    total = total + ((of_hi + shift[3].float()) * torch.from_numpy(null_hi)).sum()
    total = total + ((of_en + shift[3].float()) * torch.from_numpy(null_en)).sum()
    return total + (net.opening + shift[4].float()) * (told.starts - example.openings)


def usual_kinds(examples: Sequence[Example]) -> NDArray[np.float64]:
    """Return how often each kind of bead, and last a null, is met in the gold alignments, (4,)."""
    counts = np.zeros(4)
    for bead in (bead for example in examples for bead in example.gold):
        counts[3 if bead.is_null else kinds_of()[len(bead.hi) - 1, len(bead.en) - 1]] += 1
    return np.asarray(np.round(counts / counts.sum(), 3), np.float64)


def learn(examples: Sequence[Example], usual: NDArray[np.float64], *, epochs: int, seed: int) -> JudgeNet:
    """Return the judge under which the gold alignments are the most probable.

    The last `LOOKS` of the epochs take two looks at each document, as the search does.
    """
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng, order = random.Random(seed), list(examples)
    net = JudgeNet()
    optimiser = torch.optim.AdamW(net.parameters(), lr=0.02, weight_decay=1e-3)
    steps = epochs * (len(order) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: max(0.01, 1 - step / steps))
    habits = net.judge(usual).habits
    for epoch in range(epochs):
        rng.shuffle(order)
        for first in range(0, len(order) - BATCH + 1, BATCH):
            optimiser.zero_grad()
            for example in order[first : first + BATCH]:
                (_surrogate(net, example, habits if epoch >= (1 - LOOKS) * epochs else None) / 200).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return net


def examples(worlds: Mapping[str, Documents], encoder: SumEncoder, *, seed: int) -> Iterator[Example]:
    """Yield examples of every document of every world; one whose alignment the search cannot reach is left out."""
    lost = 0
    for world, documents in worlds.items():
        for number, (rates, size, share) in enumerate(MIX):
            pieces = noisy_documents(cut(documents, size), rates, seed=seed + number)
            for name, document in pieces.items():
                if world in ALL or random.Random(f"{seed} {number} {name}").random() < share:
                    example = make_example(document, encoder)
                    lost += example is None
                    if example is not None:
                        yield example
    print(f"{lost} documents are left out: the search cannot reach their alignment", flush=True)


def measure(judge: Judge, worlds: Mapping[str, Documents], encoder: SumEncoder) -> Iterator[str]:
    """Yield a line for each noise: strict, lax and null F1 of all worlds together."""
    for name in ("plain", "easy", "hard", "60 % foreign", "80 % foreign", "half foreign", "summary", "free"):
        gold, system = [], []
        for documents in worlds.values():
            for document in noisy_documents(documents, NOISES[name], seed=1000).values():
                hi, en, _ = make_sides(document.hi, document.en, encoder)
                found = find_beads(hi, en, judge)
                gold.append(tuple(BeadIndex(run_of(a), run_of(b)) for a, b in document.gold))
                system.append(tuple(BeadIndex(range(*bead.hi), range(*bead.en)) for bead in found))
        scores = score_documents(gold, system, samples=2)
        yield (f"{name:16} strict {scores.strict.f1:.4f} lax {scores.lax.f1:.4f} null {scores.null.f1 or 0:.4f}")


def main() -> None:
    """Learn, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with dev/ and train/")
    parser.add_argument("-o", "--out", type=Path, help="the JSON file to write")
    parser.add_argument("--encoder", help="the encoder (default: the one that comes with the package)")
    parser.add_argument("--held", action="store_true", help="learn from no document that is measured")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    known = read_worlds(args.data, "learn")
    if not args.held:
        for world, more in ((world, read_worlds(args.data, part)[world]) for part in OTHER_PARTS for world in ALL):
            known[world] |= more
    encoder = load(args.encoder)
    assert isinstance(encoder, SumEncoder)
    of = list(examples(known, encoder, seed=args.seed))
    usual = usual_kinds(of)
    net = learn(of, usual, epochs=args.epochs, seed=args.seed)
    if args.out:
        _write(args.out, net, usual, encoder)
    for line in measure(net.judge(usual), read_worlds(args.data, "read"), encoder):
        print(line, flush=True)


def _write(out: Path, net: JudgeNet, usual: NDArray[np.float64], encoder: SumEncoder) -> None:
    shipped = json.loads(files("tithi.aligner").joinpath("judge.json").read_text(encoding="utf-8"))
    told = {
        "about": "weights of tithi.aligner.judge, learnt by training/judge.py from documents of the worlds of "
        "training/worlds.py under made noise: TICO-19 (CC0), FLORES-200 dev (CC BY-SA 4.0), and verse, speeches and "
        "encyclopaedia of the encoder's sources; of the habits `usual` and `shift` are learnt, the others are GIVEN",
        "encoder": encoder.name,
        "features": {"bead": list(BEAD_FEATURES), "null": list(NULL_FEATURES)},
        "bead": net.bead.weights(),
        "null": net.null.weights(),
        "opening": round(float(net.opening.detach()), 5),
        "habits": {"usual": usual.tolist(), "shift": [plain(row) for row in net.shift], **GIVEN},
        "moving": shipped["moving"],
    }
    out.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    run(main)
