"""Put one foreign line on either side across from each other: is it left alone, or paired?

    python -m benchmarks.facing DATA
    python -m benchmarks.facing DATA --part unread

DATA is as for `benchmarks.worlds`. In a faithful document one line of each side, both at the same place, gives way to a
line of another document, two that do not translate each other. Columns: how many such places; how many are paired, and
how many of these with a score of .9 or more; how many stick to a neighbour; the mean score of those paired.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from benchmarks.worlds import aligned
from tithi.encoder import load
from tithi.encoder.protocol import Encoder
from training.foreign import Foreign, Pair
from training.needed import run
from training.noise import NoisyDocument
from training.worlds import Documents, Part, read_worlds

SEED = 2029
SURE = 0.9
LINES, PLACES = 40, 4


@dataclass(frozen=True, slots=True)
class Faced:
    """What became of a place: the score of its pair, None where it has none, and whether it sticks to a neighbour."""

    score: float | None
    sticks: bool


def facing(pairs: Sequence[Pair], others: Sequence[Pair], rng: random.Random) -> tuple[NoisyDocument, int] | None:
    """Return the lines with a foreign one on either side at one place inside, and the place; None where none fits."""
    foreign = Foreign(others, pairs)
    taken = [*foreign.run(1, rng), *foreign.run(1, rng)]
    if len(taken) < 2 or len(pairs) < 3:
        return None
    place = rng.randrange(1, len(pairs) - 1)
    hi, en = [hi for hi, _ in pairs], [en for _, en in pairs]
    hi[place], en[place] = taken[0][0], taken[1][1]
    gold = [((k,), (k,)) for k in range(len(pairs)) if k != place]
    return NoisyDocument(tuple(hi), tuple(en), (*gold, ((place,), ()), ((), (place,)))), place


def documents(found: Documents) -> Iterator[tuple[NoisyDocument, int]]:
    """Yield the documents of a world with such places."""
    for name, pairs in found.items():
        others = [pair for other, theirs in found.items() if other != name for pair in theirs]
        for place in range(PLACES):
            if made := facing(pairs[:LINES], others, random.Random(f"{SEED} {name} {place}")):
                yield made


def faced(document: NoisyDocument, place: int, encoder: Encoder) -> Faced:
    """Align a document and return what became of the place."""
    told = aligned(document, encoder)
    pairs = [bead for bead in told.beads if not bead.is_null]
    at = [k for k, bead in enumerate(pairs) if place in bead.hi or place in bead.en]
    both = [told.scores[k] for k in at if list(pairs[k].hi) == list(pairs[k].en) == [place]]
    return Faced(both[0] if both else None, len(at) > len(both))


def row(name: str, of: Sequence[Faced]) -> str:
    """Return a line of the table."""
    scores = [one.score for one in of if one.score is not None]
    sure = sum(score >= SURE for score in scores)
    mean = f"{sum(scores) / len(scores):.2f}" if scores else "-"
    return f"{name:18} {len(of):6} {len(scores):6} {sure:6} {sum(one.sticks for one in of):6} {mean:>6}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with dev/ and train/")
    parser.add_argument("--part", choices=get_args(Part), default="read", help="which documents (default: read)")
    args = parser.parse_args()
    encoder, every = load(), list[Faced]()
    print("world              places paired   sure sticks  score")
    for world, found in read_worlds(args.data, args.part).items():
        of = [faced(document, place, encoder) for document, place in documents(found)]
        every += of
        print(row(world, of), flush=True)
    print(row("all", every))


if __name__ == "__main__":
    run(main)
