"""How many of some thousand hidden pairs mining finds among many sentences without counterpart.

    python -m benchmarks.mine DATA/dev DATA/train --lines 200000

The development sets' pairs are put among lines of the training sources in two files, shuffled each on its own. A
source's pair gives its Hindi or its English line, never both, so those lines have no counterpart of their own; sources
that translate a text several times are left out. `examples/mine.py` mines the files. The encoder has seen the sources'
lines in training, the development sets never.
"""

import argparse
import lzma
import random
import runpy
import time
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from tithi.encoder import load
from tithi.records import Lang
from training.needed import folder, needed, package, run
from training.pairs import dev_pairs

_SEVERAL = ("bible_hhbd_asv", "bible_hhbd_kjv", "quran", "gita", "joshua", "lex_", "translit_", "names_", "iso_codes")


def fillers(train: Path) -> tuple[list[str], list[str]]:
    """Return the lines of the sources: each pair gives its Hindi or its English one, by the hash of the other."""
    sides: tuple[dict[str, None], dict[str, None]] = {}, {}
    for path in sorted(train.glob("*.tsv.xz")):
        if path.name.startswith(_SEVERAL):
            continue
        with lzma.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                hi, en = line.rstrip("\n").split("\t")[:2]
                side = zlib.crc32(hi.encode()) & 1
                sides[side][(hi, en)[side]] = None
    return list(sides[0]), list(sides[1])


def main(arguments: list[str] | None = None) -> None:
    """Make the files, mine them, print what was found by margin."""
    command = argparse.ArgumentParser(description="Mine hidden pairs among lines without counterpart.")
    command.add_argument("dev", type=Path)
    command.add_argument("train", type=Path)
    command.add_argument("--lines", type=int, default=200_000, help="lines a side, the hidden pairs included")
    command.add_argument("--seed", type=int, default=1)
    args = command.parse_args(arguments)
    folder(args.dev, "tico19", "flores200")
    needed(args.train, "train")
    package("usearch", "usearch")
    chance = random.Random(args.seed)
    hidden = list(dict.fromkeys((pair.hi, pair.en) for pair in dev_pairs(args.dev)))
    files = []
    for side, more in enumerate(fillers(args.train)):
        own = dict.fromkeys(pair[side] for pair in hidden)
        others = [line for line in more if line not in own]
        lines = [*own, *chance.sample(others, min(len(others), args.lines - len(own)))]
        chance.shuffle(lines)
        files.append(lines)
    encoder, langs = load(), list[Lang](("hi", "en"))
    began = time.process_time()
    vectors = [encoder.encode(lines, lang) for lines, lang in zip(files, langs, strict=True)]
    encoded = time.process_time()
    script: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[1] / "examples/mine.py"))
    pairs = script["mine"](*vectors, 1)
    mined = time.process_time()
    gold = set(hidden)
    known = {text for pair in hidden for text in pair}
    print(f"{encoder.name}: {len(files[0]):,} Hindi and {len(files[1]):,} English lines, {len(gold):,} hidden pairs")
    print(f"{encoded - began:.0f} s to encode, {mined - encoded:.0f} s to mine, of one core")
    print("margin   pairs  hidden found  of pairs with a hidden line, right")
    for least in np.arange(1.0, 1.45, 0.05):
        found = [(files[0][hi], files[1][en]) for margin, hi, en in pairs if margin >= least]
        right = sum(pair in gold for pair in found)
        touching = sum(pair[0] in known or pair[1] in known for pair in found)
        share = f"{right / touching:.1%}" if touching else "-"
        print(f"{least:6.2f} {len(found):7,} {right / len(gold):13.1%} {share:>20}")


if __name__ == "__main__":
    run(main)
