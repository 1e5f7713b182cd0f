"""Learn the weights of the aligner's judge from noisy documents with known alignment.

    python -m training.judge DATA/dev -o aligner/judge.json
    python -m training.judge DATA/dev --cross-validate

The judge's scores define the probability of every alignment of a document (see `tithi.aligner.search`); the weights are
those under which the known alignments are the most probable. The gradient is the expected count of each bead minus
the true one, so that probabilities come out calibrated. Needs torch.

`--cross-validate` learns from every second document and measures on the others, under noise of another seed; it prints
strict F1 and the rest for each half. What is written with `-o` is learnt from all documents.
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

from tithi.aligner.beads import decode
from tithi.aligner.corridor import find_corridor
from tithi.aligner.features import BEAD_FEATURES, NULL_FEATURES, bead_features, null_features
from tithi.aligner.judge import load_judge
from tithi.aligner.lattice import Lattice, build_lattice
from tithi.aligner.nodes import MAX_GROUP
from tithi.aligner.search import NONE, backward, forward, posteriors
from tithi.aligner.sides import make_sides
from tithi.encoder import load
from tithi.encoder.protocol import SumEncoder
from tithi.eval.alignment import AlignmentScores, score_documents
from tithi.eval.beads import BeadIndex, run_of
from training.calibration import calibration_error
from training.needed import folder, packages, run
from training.noise import EASY, HARD, PLAIN, NoisyDocument, Pair, Rates
from training.noisy_documents import cut, documents, noisy_documents

with packages():
    import torch

LIGHT = Rates(merge=0.05, move=0.01, delete=0.02, insert=0.01, block=0.003, mismatch=0.01, tail=0.6)
LOOSE = replace(EASY, mismatch=0.03, tail=0.6)
#: What the learning sees: rates of noise, and the length of the documents in lines.
MIX = (
    *((PLAIN, size) for size in (400, 80, 20)),
    (LIGHT, 40),
    *((replace(EASY, tail=0.6), size) for size in (400, 80, 20)),
    *((replace(HARD, tail=0.6), size) for size in (80, 30)),
    *((LOOSE, size) for size in (60, 15)),
)
BATCH = 8


class Net(torch.nn.Module):
    """A linear term plus rectified units, as `tithi.aligner.judge.Layers` computes it."""

    def __init__(self, features: int, units: int, first: float, bias: float) -> None:
        super().__init__()
        self.linear = torch.nn.Linear(features, 1)
        self.hidden = torch.nn.Linear(features, units)
        self.output = torch.nn.Linear(units, 1, bias=False)
        with torch.no_grad():
            self.linear.weight.zero_()
            self.linear.weight[0, 0] = first
            self.linear.bias.fill_(bias)
            self.output.weight.mul_(0.1)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Return (n,) scores of (n, k) features."""
        score: torch.Tensor = self.linear(features) + self.output(torch.relu(self.hidden(features)))
        return score.squeeze(1)

    def weights(self) -> dict[str, object]:
        """Return the weights as plain lists."""
        return {
            "linear": _plain(self.linear.weight[0]),
            "bias": _plain(self.linear.bias)[0],
            "hidden": [_plain(row) for row in self.hidden.weight],
            "hidden_bias": _plain(self.hidden.bias),
            "output": _plain(self.output.weight[0]),
        }


def _plain(row: torch.Tensor) -> list[float]:
    return [round(float(value), 5) for value in row.detach()]


class JudgeNet(torch.nn.Module):
    """The whole judge: beads, nulls, the opening of a run of nulls."""

    def __init__(self) -> None:
        super().__init__()
        self.bead = Net(len(BEAD_FEATURES), 16, 8.0, -4.0)
        self.null = Net(len(NULL_FEATURES), 8, 0.0, -1.0)
        self.opening = torch.nn.Parameter(torch.tensor(-1.0))

    def scores(self, example: "Example") -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return the scores of the beads that fit and of the nulls of both sides."""
        return self.bead(example.features), self.null(example.null_hi), self.null(example.null_en)


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
    features, valid = bead_features(lattice)
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
    fits = np.flatnonzero(valid)
    kept = torch.from_numpy(features.reshape(-1, features.shape[-1])[fits])
    null_hi, null_en = (torch.from_numpy(null_features(table)) for table in (lattice.hi, lattice.en))
    return Example(lattice, fits, kept, null_hi, null_en, gold, truth.reshape(-1)[fits], *nulls, openings)


def _arrays(net: JudgeNet, example: Example) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the scores as the search takes them: beads (nodes, 4, 4), nulls of both sides."""
    with torch.no_grad():
        beads, null_hi, null_en = net.scores(example)
    grid = np.full(example.lattice.cosines.size, NONE)
    grid[example.fits] = beads.numpy()
    return grid.reshape(example.lattice.cosines.shape), null_hi.numpy().astype(float), null_en.numpy().astype(float)


def _surrogate(net: JudgeNet, example: Example) -> torch.Tensor:
    """Return a term whose gradient is that of the negative log-likelihood of the gold alignment."""
    arrays, opening = _arrays(net, example), float(net.opening.detach())
    alpha = forward(example.lattice.corridor, *arrays, opening)
    beta = backward(example.lattice.corridor, *arrays, opening)
    beads, nulls, starts = posteriors(example.lattice.corridor, *arrays, opening, alpha, beta)
    corridor = example.lattice.corridor
    low, high, offset = corridor.low, corridor.high, corridor.offset
    rows = np.repeat(np.arange(len(low)), high - low)
    columns = np.arange(len(rows)) - offset[rows] + low[rows]
    null_hi, null_en = -example.gold_null_hi, -example.gold_null_en
    np.add.at(null_hi, rows[rows > 0] - 1, nulls[rows > 0, 0])
    np.add.at(null_en, columns[columns > 0] - 1, nulls[columns > 0, 1])
    of_beads, of_hi, of_en = net.scores(example)
    total = (of_beads * torch.from_numpy(beads.reshape(-1)[example.fits] - example.gold_beads)).sum()
    total = total + (of_hi * torch.from_numpy(null_hi)).sum() + (of_en * torch.from_numpy(null_en)).sum()
    return total + net.opening * (float(starts.sum()) - example.openings)


def learn(examples: Sequence[Example], *, epochs: int, seed: int) -> JudgeNet:
    """Return the judge under which the gold alignments are the most probable."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng, order = random.Random(seed), list(examples)
    net = JudgeNet()
    optimiser = torch.optim.AdamW(net.parameters(), lr=0.02, weight_decay=1e-3)
    steps = epochs * (len(order) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: max(0.01, 1 - step / steps))
    for _ in range(epochs):
        rng.shuffle(order)
        for first in range(0, len(order) - BATCH + 1, BATCH):
            optimiser.zero_grad()
            for example in order[first : first + BATCH]:
                (_surrogate(net, example) / 200).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return net


def measure(net: JudgeNet, examples: Sequence[Example]) -> tuple[AlignmentScores, float, int]:
    """Return the scores of the examples, the expected calibration error of pairs, and how many pairs are wrong."""
    system, sure, right = [], [], []
    for example in examples:
        found = decode(example.lattice, *_arrays(net, example), float(net.opening.detach()), load_judge().habits)
        beads = tuple(BeadIndex(range(*bead.hi), range(*bead.en)) for bead in found)
        truth = set(example.gold)
        system.append(beads)
        for bead, index in zip(found, beads, strict=True):
            if not index.is_null:
                sure.append(bead.score)
                right.append(index in truth)
    scores = score_documents([example.gold for example in examples], system, samples=2)
    return scores, calibration_error(np.array(sure), np.array(right)), right.count(False)


def examples(
    of: Mapping[str, list[Pair]], mix: Sequence[tuple[Rates, int]], encoder: SumEncoder, *, seed: int
) -> Iterator[Example]:
    """Yield an example of every piece of every document under every noise of `mix`."""
    for number, (rates, size) in enumerate(mix):
        pieces = cut(dict(of), size)
        for document in noisy_documents(pieces, rates, seed=seed + number).values():
            example = make_example(document, encoder)
            if example is not None:
                yield example


def main() -> None:
    """Learn and write, or learn on halves and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with tico19/ and flores200/")
    parser.add_argument("-o", "--out", type=Path, help="the JSON file to write")
    parser.add_argument("--cross-validate", action="store_true", help="learn on halves, measure on the others")
    parser.add_argument("--encoder", help="the encoder (default: the one that comes with the package)")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    folder(args.data, "tico19", "flores200")
    encoder = load(args.encoder)
    assert isinstance(encoder, SumEncoder)
    every = documents(args.data)
    if args.cross_validate:
        for half in (0, 1):
            known = {name: pairs for k, (name, pairs) in enumerate(sorted(every.items())) if k % 2 == half}
            held = {name: pairs for name, pairs in every.items() if name not in known}
            net = learn(list(examples(known, MIX, encoder, seed=args.seed)), epochs=args.epochs, seed=args.seed)
            for name, rates in (("plain", PLAIN), ("easy", EASY), ("hard", HARD)):
                scores, error, wrong = measure(net, list(examples(held, [(rates, 10**6)], encoder, seed=1000)))
                print(
                    f"half {half} {name:6} strict {scores.strict.f1:.4f} lax {scores.lax.f1:.4f} "
                    f"null {scores.null.f1 or 0:.4f} ECE {error:.4f} wrong pairs {wrong}",
                    flush=True,
                )
    if args.out:
        net = learn(list(examples(every, MIX, encoder, seed=args.seed)), epochs=args.epochs, seed=args.seed)
        names = {"bead": list(BEAD_FEATURES), "null": list(NULL_FEATURES)}
        shipped = json.loads(files("tithi.aligner").joinpath("judge.json").read_text(encoding="utf-8"))
        told = {
            "about": "weights of tithi.aligner.judge, learnt by training/judge.py from TICO-19 (CC0) and "
            "FLORES-200 dev (CC BY-SA 4.0) documents under made noise",
            "encoder": encoder.name,
            "features": names,
            "bead": net.bead.weights(),
            "null": net.null.weights(),
            "opening": round(float(net.opening.detach()), 5),
            **{key: shipped[key] for key in ("habits", "moving")},
        }
        args.out.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    run(main)
