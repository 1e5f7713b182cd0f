"""What one article pair of a page or two costs once everything is loaded: `python -m benchmarks.seed_pair [HI EN]`.

Without files it takes the first sample pair. Prints the CPU time in milliseconds, the least and the middle of 20 runs.
"""

import sys
import time
from pathlib import Path
from statistics import median

from tithi.aligner import align
from tithi.encoder import load
from tithi.sample import pairs
from training.needed import run


def main() -> None:
    """Time the alignment."""
    first = pairs()[0]
    hi, en = (Path(path).read_text(encoding="utf-8") for path in (sys.argv[1:3] or (first.hi, first.en)))
    encoder = load()
    result = align(hi, en, encoder=encoder)
    times = []
    for _ in range(20):
        start = time.process_time()
        align(hi, en, encoder=encoder)
        times.append(1000 * (time.process_time() - start))
    sentences = len(result.hi.sentences), len(result.en.sentences)
    print(f"{sentences[0]} and {sentences[1]} sentences: {min(times):.1f} ms least, {median(times):.1f} ms middle")


if __name__ == "__main__":
    run(main)
