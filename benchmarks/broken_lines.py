"""Align documents in which a line is broken into five to ten at its commas: are they one bead again?

    python -m benchmarks.broken_lines DATA
    python -m benchmarks.broken_lines DATA --part unread

DATA is as for `benchmarks.worlds`. Documents are pieces of twenty lines; every other line that can be is broken on one
side, as verse, lists and subtitles are. Printed are how many such beads there are, how many of more than four sentences
are told and how many of those are right, and the same of the last bead of a document.
"""

import argparse
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

from benchmarks.worlds import aligned
from tithi.encoder import load
from tithi.eval.beads import BeadIndex
from training.foreign import Pair
from training.needed import run
from training.noise import GoldBead, NoisyDocument
from training.noisy_documents import cut
from training.worlds import Documents, Part, read_worlds

LINES = 20
#: So many parts of two words at least a line is broken into, with this chance.
PARTS, WORDS, CHANCE = range(5, 11), 2, 0.5
_COMMA = re.compile(r"(?<=[,;:—])\s+")


def broken(pairs: Sequence[Pair], rng: random.Random) -> NoisyDocument:
    """Return the lines, some of them broken on one side."""
    hi: list[str] = []
    en: list[str] = []
    gold: list[GoldBead] = []
    for pair in pairs:
        side = rng.randrange(2)
        parts = _COMMA.split(pair[side])
        may = len(parts) in PARTS and min(len(part.split()) for part in parts) >= WORDS
        is_broken = may and rng.random() < CHANCE
        own = [parts if is_broken and k == side else [text] for k, text in enumerate(pair)]
        gold.append((tuple(range(len(hi), len(hi) + len(own[0]))), tuple(range(len(en), len(en) + len(own[1])))))
        hi += own[0]
        en += own[1]
    return NoisyDocument(tuple(hi), tuple(en), tuple(gold))


def documents(worlds: dict[str, Documents]) -> Iterator[NoisyDocument]:
    """Yield the documents that have a broken line."""
    for found in worlds.values():
        for name, pairs in cut(found, LINES).items():
            document = broken(pairs, random.Random(name))
            if any(max(map(len, bead)) >= PARTS.start for bead in document.gold):
                yield document


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with dev/ and train/")
    parser.add_argument("--part", choices=get_args(Part), default="read", help="which documents (default: read)")
    args = parser.parse_args()
    encoder = load()
    of = [aligned(document, encoder) for document in documents(read_worlds(args.data, args.part))]
    there, told, last = set[tuple[int, BeadIndex]](), set[tuple[int, BeadIndex]](), set[tuple[int, BeadIndex]]()
    for number, one in enumerate(of):
        there |= {(number, bead) for bead in one.gold if _is_larger(bead)}
        told |= {(number, bead) for bead in one.beads if _is_larger(bead)}
        last.add((number, one.gold[-1]))
    for name, some in (("anywhere", there), ("at the end", there & last)):
        print(f"{name:12} {len(some):5} there, {len(some & told):5} of them found")
    print(f"{len(told)} told, {len(told & there)} of them right; {len(of)} documents")


def _is_larger(bead: BeadIndex) -> bool:
    return bool(bead.hi and bead.en) and max(len(bead.hi), len(bead.en)) >= PARTS.start


if __name__ == "__main__":
    run(main)
