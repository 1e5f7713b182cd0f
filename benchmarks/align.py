"""Align noisy documents with known beads, by tithi and by its peers, and print one table.

    python -m benchmarks.align DATA/dev
    python -m benchmarks.align DATA/dev --peers galechurch sentweave-low --sets tico19_s1 --documents 11

Rows are the sets: the given noisy sets, noise made here (of seeds that the learning of the judge does not use), the
untouched documents, documents with blocks told elsewhere or all told backwards, with most of the lines foreign, the
given easy set as one document, and dated documents with their segments shuffled. Columns are strict and lax F1 (null
beads left out), F1 of null beads and of 2-2 beads, pairs of score .9 or more that are right, the expected calibration
error of all pairs and of those told elsewhere alone, pairs that are wrong, Hindi lines a second of CPU time from text
to beads, and the peak memory of the process so far.

The judge learnt from these very documents under other noise; `benchmarks.worlds --part unread` has documents, and
worlds, that it has not seen.
"""

import argparse
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers import PEERS, present
from tithi.aligner.alignment import align_cuts
from tithi.aligner.segments import Cut, cut_lines
from tithi.dates.find import DateSpan
from tithi.encoder import load
from tithi.encoder.protocol import Encoder
from tithi.eval.alignment import AlignmentScores, score_documents
from tithi.eval.beads import BeadIndex, read_beads, run_of
from tithi.records import Article, Lang, Source
from training.calibration import calibration_error
from training.needed import folder
from training.needed import run as run_program
from training.noise import NoisyDocument, dated_starts
from training.noisy_documents import documents, join, noisy_documents, read_documents
from training.rates import EASY, HARD, PLAIN, SHUFFLED
from training.worlds import NOISES

Beads = tuple[BeadIndex, ...]
#: Beads and, where the aligner gives them, of each pair among them its score and whether it is told elsewhere.
Aligner = Callable[[Sequence[str], Sequence[str]], tuple[Beads, list[tuple[float, bool]]]]
SEED = 2026
SURE = 0.9
HEADS = "strict     lax    null     2-2    sure     ECE   moved      wrong  hi lines/s   peak"


@dataclass(frozen=True, slots=True)
class Result:
    """What one aligner reached on one set."""

    scores: AlignmentScores
    sure: float | None
    calibration: float | None
    calibration_moved: float | None
    wrong: int
    pairs: int
    speed: float


def given(folder: Path) -> list[NoisyDocument]:
    """Return the documents of a folder with gold files, as they are."""
    found = []
    for gold in sorted(folder.glob("*.gold.json")):
        name = gold.name.removesuffix(".gold.json")
        hi, en = ((folder / f"{name}.{lang}").read_text(encoding="utf-8").splitlines() for lang in ("hi", "en"))
        found.append(
            NoisyDocument(tuple(hi), tuple(en), tuple((tuple(bead.hi), tuple(bead.en)) for bead in read_beads(gold)))
        )
    return found


def sets(data: Path) -> Iterator[tuple[str, list[NoisyDocument]]]:
    """Yield the name and the documents of each set."""
    tico = read_documents(data / "tico19")
    flores = {name: pairs for name, pairs in documents(data).items() if name.startswith("flores")}
    easy = given(data / "noisy" / "tico19_s1")
    yield "tico19_s1", easy
    yield "flores200_s1", given(data / "noisy" / "flores200_s1")
    for name, rates in (("easy", EASY), ("hard", HARD)):
        yield f"tico19 {name}", list(noisy_documents(tico, rates, seed=SEED).values())
        yield f"flores200 {name}", list(noisy_documents(flores, rates, seed=SEED).values())
    yield "tico19 plain", list(noisy_documents(tico, PLAIN, seed=SEED).values())
    yield "flores200 plain", list(noisy_documents(read_documents(data / "flores200"), PLAIN, seed=SEED).values())
    yield "tico19 moved", list(noisy_documents(tico, NOISES["moved"], seed=SEED).values())
    yield "flores200 moved", list(noisy_documents(flores, NOISES["moved"], seed=SEED).values())
    for noise in ("60 % foreign", "80 % foreign", "moved, 60 % foreign", "backwards"):
        yield f"tico19 {noise}", list(noisy_documents(tico, NOISES[noise], seed=SEED).values())
    yield "tico19_s1 as one", [join(easy)]
    dated = {name: pairs for name, pairs in tico.items() if len(dated_starts(pairs)) >= 3}
    yield "dated", list(noisy_documents(dated, EASY, seed=SEED).values())
    yield "dated, shuffled", list(noisy_documents(dated, SHUFFLED, seed=SEED).values())


#: Aligners that are measured on some of the sets alone, by how the names of those begin or end.
ONLY: dict[str, tuple[str, ...]] = {
    "tithi, no dates": ("dated",),
    "tithi, in order": ("moved", "moved, 60 % foreign", "backwards"),
}


def tithi(encoder: Encoder, *, dates: bool = True, monotone: bool = False) -> Aligner:
    """Return this project's aligner; without `dates` it sees one undated text on either side."""

    def align(hi: Sequence[str], en: Sequence[str]) -> tuple[Beads, list[tuple[float, bool]]]:
        sides = _cut(hi, "hi", dates), _cut(en, "en", dates)
        alignment = align_cuts(*sides, id="document", encoder=encoder, monotone=monotone)
        beads = tuple(BeadIndex(range(*bead.hi), range(*bead.en)) for bead in alignment.beads)
        return beads, [(bead.score, bead.moved) for bead in alignment.beads if not bead.is_null]

    return align


def _cut(lines: Sequence[str], lang: Lang, dates: bool) -> Cut:
    article = Article(lang, "".join(f"{line}\n" for line in lines), Source(""))
    cut = cut_lines(article)
    if dates:
        return cut
    first, last = cut.document.segments[0], cut.document.segments[-1]
    whole = type(first)(0, last.stop, None, None, (0, len(cut.document.sentences)))
    undated: tuple[DateSpan | None, ...] = (None,)
    return Cut(type(cut.document)(article, (whole,), cut.document.sentences), undated, cut.texts)


def peer(name: str) -> Aligner:
    """Return a peer of `benchmarks.peers`."""

    def align(hi: Sequence[str], en: Sequence[str]) -> tuple[Beads, list[tuple[float, bool]]]:
        return tuple(BeadIndex(run_of(a), run_of(b)) for a, b in PEERS[name](hi, en)), []

    return align


def run(align: Aligner, of: Sequence[NoisyDocument]) -> Result:
    """Align documents and measure."""
    start = time.process_time()
    found = [align(document.hi, document.en) for document in of]
    seconds = time.process_time() - start
    gold = [tuple(BeadIndex(run_of(a), run_of(b)) for a, b in document.gold) for document in of]
    right: list[bool] = []
    for truth, (beads, _) in zip(gold, found, strict=True):
        known = set(truth)
        right += [bead in known for bead in beads if not bead.is_null]
    told = [one for _, scores in found for one in scores]
    figures: tuple[float | None, float | None, float | None] = (None, None, None)
    if told:
        figures = _stated(
            np.array([score for score, _ in told]), np.array([moved for _, moved in told]), np.array(right)
        )
    scores = score_documents(gold, [beads for beads, _ in found], samples=2)
    speed = sum(len(d.hi) for d in of) / max(seconds, 1e-9)
    return Result(scores, *figures, right.count(False), len(right), speed)


def _stated(
    scores: NDArray[np.float64], moved: NDArray[np.bool_], right: NDArray[np.bool_]
) -> tuple[float | None, float | None, float | None]:
    """Return how many of the sure pairs are right, and the calibration error of all and of those told elsewhere."""
    sure = scores >= SURE
    return (
        float(right[sure].mean()) if sure.any() else None,
        calibration_error(scores, right),
        calibration_error(scores[moved], right[moved]) if moved.any() else None,
    )


def row(aligner: str, name: str, result: Result) -> str:
    """Return a line of the table."""
    two = next((kind for kind in result.scores.types if kind.kind == "2-2"), None)
    f22 = 2 * two.right / (two.gold + two.system) if two and two.gold else None
    of = result.scores
    told = result.sure, result.calibration, result.calibration_moved
    shown = [
        f"{value:6.4f}" if value is not None else "     -"
        for value in (of.strict.f1, of.lax.f1, of.null.f1, f22, *told)
    ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    wrong = f"{result.wrong}/{result.pairs}"
    return f"{aligner:16} {name:26} {'  '.join(shown)}  {wrong:>9} {result.speed:9.0f} {peak:6} MB"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with tico19/, flores200/ and noisy/")
    parser.add_argument("--encoder", help="the encoder (default: the one that comes with the package)")
    parser.add_argument("--peers", nargs="*", default=[], choices=sorted(PEERS), help="peers to measure")
    parser.add_argument("--documents", type=int, help="only so many documents of each set, the shortest first")
    parser.add_argument("--sets", nargs="*", help="only these sets")
    args = parser.parse_args()
    folder(args.data, "tico19", "flores200", "noisy/tico19_s1", "noisy/flores200_s1")
    for name in args.peers:
        present(name)
    encoder = load(args.encoder)
    aligners = {"tithi": tithi(encoder), "tithi, no dates": tithi(encoder, dates=False)}
    aligners["tithi, in order"] = tithi(encoder, monotone=True)
    aligners |= {name: peer(name) for name in args.peers}
    aligners["tithi"](["वर्षा हुई।"], ["It rained."])  # compiled and loaded before anything is timed
    print(f"{'aligner':16} {'set':26} {HEADS}")
    for name, of in sets(args.data):
        if args.sets and name not in args.sets:
            continue
        some = sorted(of, key=lambda document: len(document.hi))[: args.documents]
        for aligner, align in aligners.items():
            of_some = ONLY.get(aligner, ("",))
            if name.startswith(of_some) or name.endswith(of_some):
                print(row(aligner, name, run(align, some)), flush=True)


if __name__ == "__main__":
    run_program(main)
