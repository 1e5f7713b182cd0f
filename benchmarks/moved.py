"""List pairs that the aligner says are told elsewhere, to be read.

    python -m benchmarks.moved DATA
    python -m benchmarks.moved DATA --beads 20 --documents 12

DATA holds `train`. A document is a stretch of a speech as it was given, or a heap of mined news sentences on one
matter, the hardest to tell apart. Each side lacks a third of what the other tells, some lines are merged, and on the
English side blocks of two to five stand elsewhere (see `training.noise`). Of all pairs found to be told elsewhere so
many are listed, evenly from all documents: number, score, `=` where the data pairs these very lines and `?` where not,
both texts. Whether they are right is for a reader to say: the speeches and the news were paired by a machine.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tithi.aligner.alignment import align
from tithi.encoder import load
from tithi.encoder.protocol import Encoder
from training.foreign import Pair
from training.needed import folder, run
from training.noise import NoisyDocument, make_noisy
from training.rates import Rates
from training.worlds import pairs_of

SPEECH, NEWS = "mkb_mann_ki_baat", "samanantar_sample10k"
LINES = 50
COMPARABLE = Rates(merge=0.1, delete=0.33, relocate=0.1)
SEED = 2027


def stretches(pairs: list[Pair], count: int) -> Iterator[list[Pair]]:
    """Yield so many stretches of lines, evenly from all of them."""
    step = (len(pairs) - LINES) // count
    yield from (pairs[start : start + LINES] for start in range(0, step * count, step))


def heaps(pairs: list[Pair], count: int, encoder: Encoder) -> Iterator[list[Pair]]:
    """Yield so many heaps of lines that are like one of them in both languages, in the order of the file."""
    vectors = encoder.encode([hi for hi, _ in pairs], "hi") + encoder.encode([en for _, en in pairs], "en")
    step = len(pairs) // count
    for seed in range(step // 2, step * count, step):
        nearest = np.argsort(-np.einsum("nd,d->n", vectors, vectors[seed]), kind="stable")[:LINES]
        yield [pairs[k] for k in np.sort(nearest).tolist()]


def comparable(lines: list[Pair], rng: random.Random) -> NoisyDocument:
    """Return the lines as two reporters tell them."""
    return make_noisy([hi for hi, _ in lines], [en for _, en in lines], COMPARABLE, rng)


def told_elsewhere(document: NoisyDocument, encoder: Encoder) -> Iterator[tuple[float, bool, str, str]]:
    """Yield of each pair told elsewhere its score, whether the data has it, and its texts."""
    known = set(document.gold)
    for bead in align("\n".join(document.hi), "\n".join(document.en), encoder=encoder, lines=True).pairs():
        if bead.moved:
            hi, en = tuple(range(*bead.hi)), tuple(range(*bead.en))
            texts = " / ".join(document.hi[k] for k in hi), " / ".join(document.en[k] for k in en)
            yield bead.score, (hi, en) in known, *texts


def main() -> None:
    """Print the list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with train/")
    parser.add_argument("--documents", type=int, default=24, help="how many documents, half of them speeches")
    parser.add_argument("--beads", type=int, default=50, help="how many pairs to list")
    args = parser.parse_args()
    folder(args.data, "train")
    encoder, half = load(), max(1, args.documents // 2)
    speech, news = (pairs_of(args.data / "train" / f"{name}.tsv.xz") for name in (SPEECH, NEWS))
    rng = random.Random(SEED)
    found = [
        told
        for lines in (*stretches(speech, half), *heaps(news, half, encoder))
        for told in told_elsewhere(comparable(lines, rng), encoder)
    ]
    known = sum(is_known for _, is_known, _, _ in found)
    print(f"{2 * half} documents, {len(found)} pairs told elsewhere, {known} of them as in the data")
    for k in np.unique(np.linspace(0, max(len(found) - 1, 0), min(args.beads, len(found))).astype(int)).tolist():
        score, is_known, hi, en = found[k]
        print(f"\n{k + 1} {score:.3f} {'=' if is_known else '?'}\n  {hi}\n  {en}")


if __name__ == "__main__":
    run(main)
