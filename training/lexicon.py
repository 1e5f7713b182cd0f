"""Learn evidence/lexicon.npz: which words translate which (IBM model 1, both directions).

    python -m training.lexicon DATA/train

Learns from the training sources, at most `CAP` pairs of each and only one English to a Hindi text; takes some minutes
of one core and two gigabytes. Words are cut to their first letters (see `tithi.evidence.lexicon`), rare ones left out,
and of each word's translations only the likely ones kept. Only counts are kept.

Source: Brown et al. 1993, J93-2003, model 1.
"""

import argparse
import lzma
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tithi.evidence.lexicon import stem
from tithi.evidence.words import words
from tithi.records import Lang
from training.needed import needed, run

TARGET = Path(__file__).parents[1] / "evidence" / "lexicon.npz"
CAP = 40_000
LEFT_OUT = ("names_", "translit_", "bible_hhbd_kjv", "bible_hhbd_asv", "iitb")
SHORTEST, LONGEST = 1, 32
LEAST_COUNT = 4
ROUNDS = 5
KEPT = 8
LEAST_CHANCE = 0.03

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


def main() -> None:
    """Read, learn, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("train", type=Path, help="the folder of the training sources")
    pairs = list(read(needed(parser.parse_args().train, "train")))
    print(f"{len(pairs)} pairs", flush=True)
    vocabularies = [_vocabulary(side) for side in zip(*pairs, strict=True)]
    ids = [
        [np.array([vocabulary[key] for key in text if key in vocabulary], np.int64) for text in side]
        for vocabulary, side in zip(vocabularies, zip(*pairs, strict=True), strict=True)
    ]
    stored: dict[str, NDArray[np.generic]] = {}
    for lang, vocabulary in zip(("hi", "en"), vocabularies, strict=True):
        stored[f"{lang}_words"] = np.frombuffer("\n".join(vocabulary).encode(), np.uint8)
    for name, given, told in (("hi_en", 0, 1), ("en_hi", 1, 0)):
        table = _learn(ids[given], ids[told], len(vocabularies[given]), len(vocabularies[told]))
        stored |= {f"{name}_{part}": array for part, array in table.items()}
        print(f"{name}: {len(table['words'])} entries", flush=True)
    np.savez_compressed(TARGET, **stored)  # type: ignore[arg-type]
    print(f"wrote {TARGET}, {TARGET.stat().st_size / 1e6:.2f} MB")


def read(train: Path) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the stems of both sides of the pairs to learn from."""
    langs: tuple[Lang, Lang] = ("hi", "en")
    for path in sorted(train.glob("*.tsv.xz")):
        if path.name.startswith(LEFT_OUT):
            continue
        seen: set[str] = set()
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                columns = line.rstrip("\n").split("\t")
                if len(columns) < 2 or columns[0] in seen:
                    continue
                seen.add(columns[0])
                hi, en = (
                    tuple(stem(key, lang) for key in words(text).keys)
                    for text, lang in zip(columns[:2], langs, strict=True)
                )
                if SHORTEST <= len(hi) <= LONGEST and SHORTEST <= len(en) <= LONGEST:
                    yield hi, en
                if len(seen) >= CAP:
                    break


def _vocabulary(side: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    """Number the words of a side, the most frequent first."""
    counts = Counter(key for text in side for key in text if not key.isdecimal())
    return {key: i for i, (key, count) in enumerate(counts.most_common()) if count >= LEAST_COUNT}


def _learn(given: list[Ints], told: list[Ints], rows: int, columns: int) -> dict[str, NDArray[np.generic]]:
    """Return the likely words of `told` for each word of `given`: CSR `starts`, `words` and chances of 255."""
    empty = np.array([rows], np.int64)
    sides = [(np.concatenate((ours, empty)), theirs) for ours, theirs in zip(given, told, strict=True) if len(theirs)]
    cells = np.concatenate([(ours[None, :] * columns + theirs[:, None]).ravel() for ours, theirs in sides])
    sizes = np.concatenate([np.full(len(theirs), len(ours)) for ours, theirs in sides])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    unique, at = np.unique(cells, return_inverse=True)
    at = at.astype(np.int32)
    del cells
    row = unique // columns
    chance = np.full(len(unique), 1.0 / columns, np.float32)
    for _ in range(ROUNDS):
        part = chance[at]
        part /= np.repeat(np.add.reduceat(part, starts), sizes)
        counts = np.bincount(at, weights=part, minlength=len(unique))
        totals = np.bincount(row, weights=counts, minlength=rows + 1)
        chance = (counts / totals[row]).astype(np.float32)
    keep = (chance >= LEAST_CHANCE) & (row < rows)
    row, column, chance = row[keep], (unique % columns)[keep], chance[keep]
    order = np.lexsort((-chance, row))
    row, column, chance = row[order], column[order], chance[order]
    rank = np.arange(len(row)) - np.searchsorted(row, row)
    row, column, chance = row[rank < KEPT], column[rank < KEPT], chance[rank < KEPT]
    return {
        "starts": np.searchsorted(row, np.arange(rows + 1)).astype(np.int32),
        "words": column.astype(np.int32),
        "chances": np.clip(np.rint(255 * chance), 1, 255).astype(np.uint8),
    }


if __name__ == "__main__":
    run(main)
