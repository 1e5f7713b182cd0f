"""The whole way on a laptop: two heaps of pages in, a filtered corpus and a translation memory out.

    python examples/laptop.py PAGES_HI PAGES_EN OUT [--jobs 2]

PAGES are whatever `tithi read` takes: a folder of pages, a zip, a crawl, a table. OUT becomes the dataset, and OUT.tmx
its good pairs. Given again after a crash the same command goes on; with more pages it aligns only what is new.
"""

import argparse
import os
from pathlib import Path

from tithi.corpus.export import export
from tithi.corpus.stats import stats
from tithi.corpus.stored import stored_rows
from tithi.errors import TithiError
from tithi.pipeline.build import Settings
from tithi.pipeline.heaps import build_heaps


def main() -> None:
    """Pair, align, check and filter the pages; tell what came of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hi", type=Path, metavar="PAGES_HI")
    parser.add_argument("en", type=Path, metavar="PAGES_EN")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes (all cores)")
    args = parser.parse_args()
    try:
        built = build_heaps(args.hi, args.en, args.out, Settings(filter="standard", jobs=args.jobs))
    except TithiError as error:
        raise SystemExit(str(error)) from None
    pages = built.matching
    assert pages is not None
    print(f"{pages.read['hi']} Hindi and {pages.read['en']} English pages, {pages.pairs} pairs of them")
    for reason, count in built.left_out.items():
        print(f"left out: {count} {reason}")

    told = stats(args.out)
    print(f"{told['quality']['checked']} sentence pairs, mean quality {told['quality']['mean']:.3f}")
    if told["dates"]["dated"]:
        print(f"{told['dates']['dated']} of them dated, {told['dates']['first']} to {told['dates']['last']}")
    for row in list(stored_rows(args.out))[:3]:
        print(row["date"], row["translation"]["hi"], "|", row["translation"]["en"])

    memory = args.out.with_suffix(".tmx")
    print(f"{memory}: {export(args.out, memory, 'tmx', min_quality=0.5)} pairs of quality .5 and above")


if __name__ == "__main__":
    main()
