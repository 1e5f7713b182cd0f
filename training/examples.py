"""What the judge learns from: documents of many worlds under many noises, in the shape the learning needs."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray

from tithi.aligner.corridor import find_corridor
from tithi.aligner.features import bead_features, null_features
from tithi.aligner.lattice import Lattice, build_lattice
from tithi.aligner.nodes import MAX_GROUP
from tithi.aligner.sides import make_sides
from tithi.encoder.protocol import SumEncoder
from tithi.eval.beads import BeadIndex, run_of
from training.noise import NoisyDocument
from training.noisy_documents import cut, noisy_documents
from training.pages import told_pages
from training.rates import EASY, HARD, PLAIN, Rates
from training.worlds import NOISES, Documents

__all__ = ["ALL", "Example", "examples"]

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
#: Worlds of verses that translators cut into sentences each in their own way: so real articles merge and split. Of
#: pages of so many verses the share that is taken.
TOLD = ("bible", "gita")
PAGES = ((5, 0.3), (20, 0.6))


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
    null_hi, null_en = (torch.from_numpy(null_features(lattice.levels, table)) for table in (lattice.hi, lattice.en))
    return Example(lattice, fits, kept, null_hi, null_en, gold, truth.reshape(-1)[fits], *nulls, openings)


def examples(worlds: Mapping[str, Documents], encoder: SumEncoder, *, seed: int) -> Iterator[Example]:
    """Yield examples of every document of every world; one whose alignment the search cannot reach is left out."""
    lost = 0
    for document in _documents(worlds, seed):
        example = make_example(document, encoder)
        lost += example is None
        if example is not None:
            yield example
    print(f"{lost} documents are left out: the search cannot reach their alignment", flush=True)


def _documents(worlds: Mapping[str, Documents], seed: int) -> Iterator[NoisyDocument]:
    for world, documents in worlds.items():
        for number, (rates, size, share) in enumerate(MIX):
            pieces = noisy_documents(cut(documents, size), rates, seed=seed + number)
            for name, document in pieces.items():
                if world in ALL or random.Random(f"{seed} {number} {name}").random() < share:
                    yield document
        if world.startswith(TOLD):
            for size, share in PAGES:
                for name, document in told_pages(documents, size, seed).items():
                    if random.Random(f"{seed} {size} {name}").random() < share:
                        yield document
