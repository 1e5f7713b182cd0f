"""Align documents of many worlds under the noise of comparable articles: what holds, and where is it worst?

    python -m benchmarks.worlds DATA
    python -m benchmarks.worlds DATA --part unread --worlds quran radio --noises easy free

DATA holds `dev` and `train`; `training.worlds` tells the worlds, their parts and the noises. One table goes by noise
over all worlds, one by world over all noises, and last come the worst documents' world and noise. Columns: strict and
lax F1 (null beads left out), F1 of null beads, pairs of score .9 or more that are right, the expected calibration error
of all pairs and of those told elsewhere alone, wrong pairs, Hindi lines a second of CPU time from text to beads.
"""

import argparse
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np

from tithi.aligner.alignment import align_cuts
from tithi.aligner.segments import cut_lines
from tithi.encoder import load
from tithi.encoder.protocol import Encoder
from tithi.eval.alignment import score_documents
from tithi.eval.beads import BeadIndex, run_of
from tithi.records import Article, Lang, Source
from training.calibration import calibration_error
from training.needed import run
from training.noise import NoisyDocument
from training.noisy_documents import noisy_documents
from training.worlds import NOISES, Documents, Part, read_worlds

__all__ = ["Aligned", "aligned", "figures"]

SEED = 2027
HEADS = "strict     lax    null  sure right   ECE  ECE moved       wrong  hi lines/s"


@dataclass(frozen=True, slots=True)
class Aligned:
    """A document's known beads, those found, of each pair found its score and whether it is told elsewhere."""

    gold: tuple[BeadIndex, ...]
    beads: tuple[BeadIndex, ...]
    scores: tuple[float, ...]
    moved: tuple[bool, ...]
    lines: int
    seconds: float


def aligned(document: NoisyDocument, encoder: Encoder, *, monotone: bool = False) -> Aligned:
    """Align a document and keep what is measured."""
    start = time.process_time()
    found = align_cuts(
        cut_lines(_article(document.hi, "hi")),
        cut_lines(_article(document.en, "en")),
        id="document",
        encoder=encoder,
        monotone=monotone,
    )
    pairs = [bead for bead in found.beads if not bead.is_null]
    return Aligned(
        tuple(BeadIndex(run_of(a), run_of(b)) for a, b in document.gold),
        tuple(BeadIndex(range(*bead.hi), range(*bead.en)) for bead in found.beads),
        tuple(bead.score for bead in pairs),
        tuple(bead.moved for bead in pairs),
        len(document.hi),
        time.process_time() - start,
    )


def _article(lines: Iterable[str], lang: Lang) -> Article:
    return Article(lang, "".join(f"{line}\n" for line in lines), Source(""))


def figures(of: Sequence[Aligned]) -> str:
    """Return the row of the table for some documents."""
    scores = score_documents([one.gold for one in of], [one.beads for one in of], samples=2)
    right = np.array([bead in set(one.gold) for one in of for bead in one.beads if not bead.is_null], bool)
    stated = np.array([score for one in of for score in one.scores])
    moved = np.array([is_moved for one in of for is_moved in one.moved], bool)
    sure = stated >= 0.9
    shown = [scores.strict.f1, scores.lax.f1, scores.null.f1, right[sure].mean() if sure.any() else None]
    shown += [calibration_error(stated, right) if len(stated) else None]
    shown += [calibration_error(stated[moved], right[moved]) if moved.any() else None]
    cells = "  ".join(f"{value:6.4f}" if value is not None else "     -" for value in shown)
    speed = sum(one.lines for one in of) / max(sum(one.seconds for one in of), 1e-9)
    return f"{cells}  {int((~right).sum()):6}/{len(right):<6} {speed:8.0f}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with dev/ and train/")
    parser.add_argument("--part", choices=get_args(Part), default="read", help="which documents (default: read)")
    parser.add_argument("--worlds", nargs="*", help="only these worlds")
    parser.add_argument("--noises", nargs="*", choices=NOISES, help="only these noises")
    parser.add_argument("--documents", type=int, help="only so many documents of each world")
    parser.add_argument("--monotone", action="store_true", help="keep the order of both sides")
    parser.add_argument("--encoder", help="the encoder (default: the one that comes with the package)")
    args = parser.parse_args()
    encoder = load(args.encoder)
    worlds = read_worlds(args.data, args.part)
    chosen = {world: found for world, found in worlds.items() if not args.worlds or world in args.worlds}
    cells: dict[tuple[str, str], list[Aligned]] = {}
    print(f"{'noise':22} {HEADS}", flush=True)
    for noise in args.noises or NOISES:
        for world, found in chosen.items():
            made = _noisy(found, noise, args.documents)
            cells[noise, world] = [aligned(one, encoder, monotone=args.monotone) for one in made]
        print(f"{noise:22} {figures([one for world in chosen for one in cells[noise, world]])}", flush=True)
    print(f"\n{'world':22} {HEADS}")
    for world in chosen:
        print(f"{world:22} {figures([one for key, of in cells.items() if key[1] == world for one in of])}")
    print(f"\n{'worst':38} {HEADS}")
    for (noise, world), of in sorted(cells.items(), key=lambda cell: _strict(cell[1]))[:8]:
        print(f"{noise + ', ' + world:38} {figures(of)}")


def _noisy(found: Documents, noise: str, most: int | None) -> list[NoisyDocument]:
    made = noisy_documents(found, NOISES[noise], seed=SEED)
    return list(made.values())[:most]


def _strict(of: Sequence[Aligned]) -> float:
    return score_documents([one.gold for one in of], [one.beads for one in of], samples=2).strict.f1 or 0.0


if __name__ == "__main__":
    run(main)
