"""Learn the weights of the aligner's judge from noisy documents with known alignment.

    python -m training.judge DATA -o aligner/judge.json
    python -m training.doubts DATA -o aligner/judge.json
    python -m training.moving DATA -o aligner/judge.json
    python -m training.judge DATA --held

The judge's scores define the probability of every alignment of a document (see `tithi.aligner.search`); the weights are
those under which the known alignments are the most probable. The gradient is the expected count of each bead minus
the true one, so that probabilities come out calibrated. Needs torch.

DATA is as for `benchmarks.worlds`. What is learnt from are documents of the part `learn`, each under some of the noises
of `training.examples.MIX` or as two tell them (`training.pages`), and of the worlds that the encoder has not learnt
from (`ALL`) those of the other parts as well, so that the figures of `benchmarks.align` and those of these worlds are
of documents known under other noise; with `--held` they are left out. What is printed is measured on documents of the
part `read`, without what `training.doubts` learns. That, what a moved run pays, and the scores, are learnt anew
thereafter.
"""

import argparse
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.beads import find_beads
from tithi.aligner.doubts import DOUBT_FEATURES
from tithi.aligner.features import BEAD_FEATURES, NULL_FEATURES
from tithi.aligner.fits import fits_in
from tithi.aligner.habits import KINDS, Habits, kinds_of
from tithi.aligner.judge import Judge
from tithi.aligner.nodes import NONE
from tithi.aligner.search import look
from tithi.aligner.sides import make_sides
from tithi.encoder import load
from tithi.encoder.protocol import SumEncoder
from tithi.eval.alignment import score_documents
from tithi.eval.beads import BeadIndex, run_of
from training.needed import packages, run
from training.noisy_documents import noisy_documents
from training.worlds import NOISES, Documents, Part, read_worlds

with packages():
    import torch

    from training.examples import ALL, Example, examples
    from training.judge_net import GIVEN, JudgeNet, plain

OTHER_PARTS: tuple[Part, ...] = ("read", "unread")
BATCH = 8
#: The share of the epochs in which documents are looked at twice.
LOOKS = 0.4
#: What a run of nulls pays at its start beyond what is the most probable: more sentences stand in their right bead so,
#: under every noise of the part `read`.
DEARER = 0.3


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
        first = look(corridor, fits_in(corridor, arrays[0]), *arrays[1:], opening)
        evidence = habits.evidence(first, example.lattice.levels)
        shift = (net.shift.double() * torch.from_numpy(evidence)).sum(dim=1)
        given = shift.detach().numpy()
        grid = np.where(arrays[0] > NONE / 2, arrays[0] + given[kinds_of()], NONE)
        arrays, opening = (grid, arrays[1] + given[3], arrays[2] + given[3]), opening + float(given[4])
    told = look(corridor, fits_in(corridor, arrays[0]), *arrays[1:], opening)
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
        "features": {"bead": list(BEAD_FEATURES), "null": list(NULL_FEATURES), "doubt": list(DOUBT_FEATURES)},
        "bead": net.bead.weights(),
        "null": net.null.weights(),
        "doubt": shipped["doubt"],
        "opening": round(float(net.opening.detach()) - DEARER, 5),
        "habits": {"usual": usual.tolist(), "shift": [plain(row) for row in net.shift], **GIVEN},
        "moving": shipped["moving"],
        "calibration": shipped["calibration"],
    }
    out.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    run(main)
