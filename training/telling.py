"""How another tells a document: freely, in part, and in another order."""

import random
from collections.abc import Iterable, Iterator, Sequence

from training.events import TextBead, null
from training.foreign import Pair

__all__ = ["freely", "in_part", "relocated", "reshuffled"]

MOVED = (2, 5)  # beads in a block that is told elsewhere
TOLD, RUN = 0.35, 2  # the share of beads that a summary tells, and how many before chance decides again


def freely(pairs: Sequence[Pair], most: float, rng: random.Random) -> list[Pair]:
    """Return the pairs without a share of their words, up to `most` of a side's; the last and another stay."""
    shares = rng.uniform(0, most), rng.uniform(0, most)
    return [(_thinned(hi, shares[0], rng), _thinned(en, shares[1], rng)) for hi, en in pairs]


def _thinned(line: str, share: float, rng: random.Random) -> str:
    words = line.split()
    left = [word for k, word in enumerate(words, 1) if rng.random() >= share or k == len(words)]
    return " ".join(left) if len(left) >= 2 else line


def in_part(beads: Iterable[TextBead], side: int, rng: random.Random) -> Iterator[TextBead]:
    """Yield beads of which one side tells a third or so, in runs of three beads or so; nulls stay as they are."""
    told = rng.random() < TOLD
    for bead in beads:
        if rng.random() < 1 / RUN:
            told = rng.random() < TOLD
        if told or not (bead[0] and bead[1]):
            yield bead
        else:
            yield from (null(line, 1 - side) for line in bead[1 - side])


def reshuffled(count: int, rng: random.Random) -> list[int]:
    """Return another order of `count` segments, three or more, in which the first keeps its place."""
    order = list(range(1, count))
    while order == sorted(order):
        rng.shuffle(order)
    return [0, *order]


def relocated(
    beads: Sequence[TextBead], chance: float, rng: random.Random
) -> tuple[list[Sequence[TextBead]], list[int]]:
    """Return the beads in parts, blocks to move among them, and the order of the parts with each block elsewhere."""
    parts: list[Sequence[TextBead]] = []
    blocks: list[int] = []
    at = 0
    while at < len(beads):
        size = rng.randint(*MOVED)
        if at + size <= len(beads) and rng.random() < chance:
            blocks.append(len(parts))
        else:
            size = 1
        parts.append(beads[at : at + size])
        at += size
    order = [part for part in range(len(parts)) if part not in blocks]
    for block in blocks:
        own = sum(part < block for part in order)
        places = [place for place in range(len(order) + 1) if abs(place - own) > 1]
        order.insert(rng.choice(places) if places else own, block)
    return parts, order
