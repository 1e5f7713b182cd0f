"""How many sentences of validation and test stand in train: `python -m benchmarks.leaks PAIRS.tsv[.xz] [JOBS]`.

Builds a dataset of the pairs in a temporary folder and counts, for each side, the different normalised sentences of
validation and test that train holds: with articles split by their ids alone, and as they are published.
"""

import argparse
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from tithi.corpus.leaks import LEAKS, normal
from tithi.corpus.splits import hashed_split
from tithi.corpus.stored import stored_rows, stored_splits
from tithi.pipeline.bitext import build_bitexts
from tithi.pipeline.build import Settings
from training.needed import run


def main(path: str, jobs: int = 1) -> None:
    """Print the counts, and what was left out for them."""
    with TemporaryDirectory() as folder:
        out = Path(folder, "out")
        built = build_bitexts([path], out, settings=Settings(jobs=jobs))
        by_id: dict[tuple[str, str], set[str]] = defaultdict(set)
        published: dict[tuple[str, str], set[str]] = defaultdict(set)
        for split in stored_splits(out):
            for row in stored_rows(out, split=split, columns=("article_id", "translation")):
                for lang, text in row["translation"].items():
                    published[split, lang].add(normal(text))
                    by_id[hashed_split(row["article_id"]), lang].add(normal(text))
        left: dict[str, dict[str, str]] = defaultdict(dict)
        for row in stored_rows(out, "unaligned"):
            if row["reason"] == LEAKS:
                left[row["id"].rpartition("-")[0]][row["lang"]] = row["text"]
                by_id[hashed_split(row["article_id"]), row["lang"]].add(normal(row["text"]))
        for name, found in (("split by ids alone", by_id), ("as published", published)):
            for split in ("validation", "test"):
                for lang in ("hi", "en"):
                    held, train = found[split, lang], found["train", lang]
                    print(f"{name}: {len(held & train)} of {len(held)} {lang} sentences of {split} stand in train")
        rows = {split: built.rows["sentences"][split] for split in built.splits.names}
        print(f"rows {rows}; {built.splits.near_duplicates} articles joined; {len(left)} pairs left out")
        print(f"one split: {built.splits.reason}" if built.splits.reason else "three splits")


def _command() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("path", help="sentence pairs, as tithi build --from-bitext takes them")
    parser.add_argument("jobs", type=int, nargs="?", default=1, help="processes (default 1)")
    args = parser.parse_args()
    main(args.path, args.jobs)


if __name__ == "__main__":
    run(_command)
