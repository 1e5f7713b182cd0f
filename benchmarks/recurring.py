"""The memory that filters of the whole corpus take: `python -m benchmarks.recurring DATA [--pairs N] [--preset NAME]`.

Asks only what needs the whole corpus, of the pairs of `benchmarks.mixed_pairs`. Printed are bytes a pair: at the peak
while boilerplate is looked for, at the peak while pairs are asked for, and those held at the end. Linux only.
"""

import argparse
import hashlib
import time
from collections import Counter
from pathlib import Path

from benchmarks.memory import peak, start
from benchmarks.mixed_pairs import mixed, rows
from tithi.filters.config import chosen
from tithi.filters.recurring import Corpus, boilerplate
from training.needed import folder, run

__all__: list[str] = []


def main() -> None:
    """Print bytes a pair, and what was dropped by a digest of all verdicts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("data", type=Path, help="the folder that holds dev and train")
    parser.add_argument("--pairs", type=int, default=100_000, help="how many pairs (default 100,000)")
    parser.add_argument("--preset", default="standard", help="a preset or a file of thresholds (default standard)")
    args = parser.parse_args()
    folder(args.data / "dev", "tico19", "flores200", "faithful")
    folder(args.data, "train")
    thresholds = chosen(args.preset)
    pairs = mixed(args.data, args.pairs, 0.1, 0)
    warm = Corpus(thresholds, boilerplate(rows(pairs[:100]), thresholds))
    for row in rows(pairs[:100]):
        warm.verdict(row)  # what is loaded once is no part of a pair
    before, cpu = start(), time.process_time()
    corpus = Corpus(thresholds, boilerplate(rows(pairs), thresholds))
    first, held = peak() - before, start()
    digest, told = hashlib.sha256(), Counter[str]()
    for row in rows(pairs):
        verdict = corpus.verdict(row)
        told[verdict.filter if verdict else "kept"] += 1
        digest.update(repr(verdict).encode())
    spent = time.process_time() - cpu
    print(
        f"{len(pairs):,} pairs, bytes a pair: {first / len(pairs):.0f} at the peak while boilerplate is looked for, "
        f"{(peak() - before) / len(pairs):.0f} at the peak afterwards, {(start() - held) / len(pairs):.0f} held at the "
        f"end; {len(pairs) / spent:,.0f} pairs a second of CPU; {dict(told.most_common())}; {digest.hexdigest()[:16]}"
    )


if __name__ == "__main__":
    run(main)
