"""How long a whole run over many article pairs takes, as a multiple of what cutting the same text into pieces takes.

    python -m benchmarks.speed DATA [--documents 300] [--profile]

DATA is as for `benchmarks.worlds`. Documents of its worlds under easy noise are written as articles with a manifest,
and `tithi align --manifest` runs over them in this process: reading, cutting, encoding, aligning, writing. Then
SentencePiece alone cuts all sentences of the same articles, in one call. Both are CPU times, the least of some runs;
each run begins without the words that those before have met, as a new process does.
Set OPENBLAS_NUM_THREADS=1, as the command does on its own: numpy is loaded here before it could.
"""

import argparse
import cProfile
import pstats
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from tithi.cli.main import main as tithi
from tithi.encoder import load
from training.needed import run
from training.noisy_documents import NoisyDocument, cut, noisy_documents
from training.rates import EASY
from training.worlds import read_worlds

#: Sentences of a paragraph, and lines of a document at most.
PARAGRAPH = 3
LINES = 40


def made(data: Path, count: int) -> list[NoisyDocument]:
    """Return so many documents, of all worlds by turns."""
    worlds = [noisy_documents(cut(found, LINES), EASY, seed=5) for found in read_worlds(data, "learn").values()]
    longest = max(map(len, worlds))
    turns = ([*world.values()][k] for k in range(longest) for world in worlds if k < len(world))
    return list(islice(turns, count))


def write(documents: list[NoisyDocument], folder: Path) -> Path:
    """Write the articles and return their manifest."""
    rows = []
    for number, document in enumerate(documents):
        names = []
        for lang, lines in (("hi", document.hi), ("en", document.en)):
            paragraphs = [" ".join(lines[k : k + PARAGRAPH]) for k in range(0, len(lines), PARAGRAPH)]
            names.append(f"{number:04d}.{lang}.txt")
            (folder / names[-1]).write_text("\n".join(paragraphs) + "\n", encoding="utf-8")
        rows.append("\t".join((f"{number:04d}", *names)))
    manifest = folder / "pairs.tsv"
    manifest.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return manifest


def least(of: Callable[[], Any], runs: int) -> float:
    """Return the least CPU seconds of some runs."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        of()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with dev/ and train/")
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--profile", action="store_true", help="also print where the time goes")
    args = parser.parse_args()
    documents = made(args.data, args.documents)
    lines = [line for document in documents for line in (*document.hi, *document.en)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = ["align", "--manifest", str(write(documents, folder)), "-o", str(folder / "out")]
        tithi(command)  # compiled and loaded before anything is timed
        model: Any = load()  # which ships, and so is a `PieceEncoder`

        def once() -> None:
            model.known.forget()
            tithi(command)

        whole = least(once, args.runs)
        pieces = least(lambda: model.processor.encode(lines, out_type=int, num_threads=1), args.runs)
        if args.profile:
            profile = cProfile.Profile(time.process_time)
            profile.runcall(once)
            pstats.Stats(profile).sort_stats("tottime").print_stats(45)
    print(f"{len(documents)} article pairs, {len(lines)} sentences, {sum(map(len, lines))} characters")
    print(f"whole run {whole:.2f} s, SentencePiece alone {pieces:.2f} s: {whole / pieces:.1f} times, ", end="")
    print(f"{len(lines) / whole:.0f} sentences a second")


if __name__ == "__main__":
    run(main)
