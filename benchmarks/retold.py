"""Align pages of a story told again: how many beads are found exactly, and how many sentences are left alone?

    python -m benchmarks.retold DATA
    python -m benchmarks.retold DATA --part unread
    python -m benchmarks.retold DATA --verses 60

DATA is as for `benchmarks.worlds`. A page is five verses, or lines of a speech, in two free translations; of sixty it
is a chapter, told in one go, which stands in for a novel's: nothing shows where a verse begins. Either side
is cut into sentences where its own translator ends them. A verse is now and then left out on one side, or the teller of
one side goes on from it to the next without a stop. What belongs together is a `unit`: a verse, or verses told in one
breath. Columns: units that must be one bead (one sentence on some side) and the share of them found so; units of
several sentences on both sides and the share that is aligned within itself, none of its sentences alone and no bead
across its ends; the share of sentences with a counterpart that are left alone; the share of all pairs found that are
right; of pairs of score .9 or more those that are right; the expected calibration error. A pair is right that is a unit
or lies within one of several by several.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np

from tithi.aligner.alignment import align_cuts
from tithi.aligner.nodes import MAX_GROUP
from tithi.aligner.segments import cut_lines
from tithi.encoder import load
from tithi.encoder.protocol import Encoder
from tithi.records import Article, Lang, Range, Source
from training.calibration import calibration_error
from training.needed import run
from training.noisy_documents import cut
from training.pages import Page, page
from training.worlds import Part, read_worlds

WORLDS = ("gita", "bible", "quran", "speech")
SEED = 2028


@dataclass(frozen=True, slots=True)
class Told:
    """Of a page: whether each unit that is one bead was found, and each other kept; sentences alone and all; pairs."""

    exact: tuple[bool, ...]
    within: tuple[bool, ...]
    alone: int
    sentences: int
    pairs: tuple[tuple[float, bool], ...]


def told(of: Page, encoder: Encoder) -> Told:
    """Align a page and return what is measured."""
    hi, en = (
        cut_lines(Article(lang, "".join(f"{line}\n" for line in lines), Source("")))
        for lang, lines in zip(get_args(Lang), of.sides, strict=True)
    )
    beads = align_cuts(hi, en, id="page", encoder=encoder).beads
    found = {(bead.hi, bead.en) for bead in beads if not bead.is_null}
    exact, within, pairs = [], [], []
    for unit in of.units:
        sizes = [last - first for first, last in unit]
        if min(sizes) > 1:
            inner = [(bead.hi, bead.en) for bead in beads if not bead.is_null and inside((bead.hi, bead.en), unit)]
            held = [sum(bead[side][1] - bead[side][0] for bead in inner) for side in (0, 1)]
            within.append(held == sizes)
        elif min(sizes) and max(sizes) <= MAX_GROUP:
            exact.append(unit in found)
    for bead in beads:
        if not bead.is_null:
            ranges = bead.hi, bead.en
            several = [unit for unit in of.units if min(last - first for first, last in unit) > 1]
            pairs.append((bead.score, ranges in of.units or any(inside(ranges, unit) for unit in several)))
    apart = [unit for unit in of.units if any(first == last for first, last in unit)]
    alone = [bead for bead in beads if bead.is_null and not any(inside((bead.hi, bead.en), unit) for unit in apart)]
    paired = sum(map(len, of.sides)) - sum(last - first for unit in apart for first, last in unit)
    return Told(tuple(exact), tuple(within), len(alone), paired, tuple(pairs))


def inside(bead: tuple[Range, Range], unit: tuple[Range, Range]) -> bool:
    """Return whether a bead lies within a unit; an empty side lies anywhere."""
    return all((a <= first and last <= b) or first == last for (first, last), (a, b) in zip(bead, unit, strict=True))


def row(name: str, of: Sequence[Told]) -> str:
    """Return a line of the table."""
    exact, within = ([right for one in of for right in getattr(one, what)] for what in ("exact", "within"))
    scores = np.array([score for one in of for score, _ in one.pairs])
    right = np.array([is_right for one in of for _, is_right in one.pairs], bool)
    sure = scores >= 0.9
    alone = sum(one.alone for one in of) / sum(one.sentences for one in of)
    shares = f"{len(exact):6} {np.mean(exact):6.3f} {len(within):7} {np.mean(within):6.3f} {alone:6.3f}"
    trust = f"{right.mean():6.3f} {right[sure].mean():10.4f} {calibration_error(scores, right):7.4f}"
    return f"{name:18} {len(of):5} {shares} {trust}"


def pages(data: Path, part: Part, verses: int) -> Iterator[tuple[str, list[Page]]]:
    """Yield the pages of each world."""
    for world, documents in read_worlds(data, part).items():
        if world.startswith(WORLDS):
            pieces = cut(documents, verses)
            yield world, [page(pairs, random.Random(f"{SEED} {name}")) for name, pairs in pieces.items()]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with dev/ and train/")
    parser.add_argument("--part", choices=get_args(Part), default="read", help="which documents (default: read)")
    parser.add_argument("--verses", type=int, default=5, help="how many verses a page has (default: 5)")
    args = parser.parse_args()
    encoder, every = load(), list[Told]()
    print("world              pages   ones  exact several within  alone  right sure right     ECE")
    for world, of in pages(args.data, args.part, args.verses):
        found = [told(one, encoder) for one in of]
        every += found
        print(row(world, found), flush=True)
    print(row("all", every))


if __name__ == "__main__":
    run(main)
