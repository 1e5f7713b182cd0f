"""What long documents cost: `python -m benchmarks.long_documents FOLDER [--identical N]`, FOLDER like TICO-19's.

Prints lines, CPU seconds from text to beads, peak memory and strict F1 of all documents seven times over under easy
noise as one (every sentence stands seven times), and of one line against 10,000; with --identical, of N equal lines.
"""

import argparse
import resource
import time
from pathlib import Path

from benchmarks.align import run, tithi
from tithi.encoder import load
from training.needed import needed
from training.needed import run as run_program
from training.noisy_documents import join, noisy_documents, read_documents
from training.rates import EASY


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--identical", type=int, metavar="N", help="also N equal lines on both sides")
    args = parser.parse_args()
    needed(args.folder, "tico19")
    align = tithi(load())
    align(["वर्षा हुई।"], ["It rained."])
    joined = join(noisy_documents(read_documents(args.folder), EASY, seed=2003, copies=7).values())
    result = run(align, [joined])
    seconds = len(joined.hi) / result.speed  # the alignment alone, not the scoring
    _tell(f"joined, strict F1 {result.scores.strict.f1:.4f}", len(joined.hi), len(joined.en), seconds)
    equal = [(1, 10_000)] + ([(args.identical, args.identical)] if args.identical else [])
    for n, m in equal:
        start = time.process_time()
        align(["एक वाक्य।"] * n, ["A sentence."] * m)
        _tell("equal lines", n, m, time.process_time() - start)


def _tell(name: str, n: int, m: int, seconds: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name}: {n} x {m} lines, {seconds:.1f} s CPU, peak {peak} MB", flush=True)


if __name__ == "__main__":
    run_program(main)
