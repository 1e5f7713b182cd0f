"""Find the sentences of two files that translate each other, when neither file says which.

    tithi encode hi.txt --lang hi -o hi.npy
    tithi encode en.txt --lang en -o en.npy
    python mine.py hi.txt en.txt hi.npy en.npy -o pairs.tsv

Needs usearch (`python -m pip install usearch`). A pair is scored by its margin: its cosine over the mean cosine of both
sentences with their nearest neighbours of the other language. It is kept when each side is the other's best by margin.

Source: Artetxe and Schwenk, "Margin-based Parallel Corpus Mining with Multilingual Sentence Embeddings", ACL 2019.
"""

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from usearch.index import Index

NEIGHBOURS = 4
Floats = NDArray[np.float32]
Whole = NDArray[np.int64]


def nearest(queries: Floats, vectors: Floats, threads: int) -> tuple[Whole, Floats]:
    """Return the rows of `vectors` nearest to each query and their cosines, both `(n, k)`; -1 and 0 where is none.

    The search is approximate (HNSW over half-precision vectors), so time grows with n log n. Blank texts are zero rows
    and are near to nothing.
    """
    index = Index(ndim=vectors.shape[1], metric="ip", dtype="f16")
    filled = np.flatnonzero(np.any(vectors, axis=1))
    index.add(filled.astype(np.uint64), vectors[filled], threads=threads)
    rows = np.full((len(queries), NEIGHBOURS), -1, np.int64)
    cosines = np.zeros(rows.shape, np.float32)
    asking = np.flatnonzero(np.any(queries, axis=1))
    if len(filled) and len(asking):
        # Few vectors may have fewer neighbours to offer.
        count = min(NEIGHBOURS, len(filled))
        found = index.search(queries[asking], count, threads=threads)
        rows[asking, :count] = np.asarray(found.keys, np.int64).reshape(-1, count)
        cosines[asking, :count] = 1 - np.asarray(found.distances, np.float32).reshape(-1, count)
    return rows, cosines


def mine(hi: Floats, en: Floats, threads: int = 0) -> list[tuple[float, int, int]]:
    """Return `(margin, Hindi row, English row)` of the pairs that choose each other, best first."""
    to_en, hi_cosines = nearest(hi, en, threads)
    to_hi, en_cosines = nearest(en, hi, threads)
    hi_mean, en_mean = hi_cosines.mean(axis=1), en_cosines.mean(axis=1)

    def margins(cosines: Floats, own: Floats, others: Floats, rows: Whole) -> Floats:
        scored = cosines / np.maximum((own[:, None] + others[rows]) / 2, 1e-6)
        return np.where(rows < 0, -np.inf, scored).astype(np.float32)

    forward = margins(hi_cosines, hi_mean, en_mean, to_en)
    backward = margins(en_cosines, en_mean, hi_mean, to_hi)
    best_en = to_en[np.arange(len(hi)), forward.argmax(axis=1)]
    best_hi = to_hi[np.arange(len(en)), backward.argmax(axis=1)]
    pairs = [
        (float(forward[row].max()), row, int(best_en[row]))
        for row in range(len(hi))
        if best_en[row] >= 0 and best_hi[best_en[row]] == row
    ]
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1]))


def main(arguments: list[str] | None = None) -> None:
    """Read two files and their vectors, write the pairs as TSV: Hindi, English, margin."""
    command = argparse.ArgumentParser(description="Mine sentence pairs from two files and their vectors.")
    command.add_argument("hi", type=Path)
    command.add_argument("en", type=Path)
    command.add_argument("hi_vectors", type=Path)
    command.add_argument("en_vectors", type=Path)
    command.add_argument("-o", "--out", type=Path, required=True)
    command.add_argument("--least", type=float, default=1.1, help="the least margin of a pair (default 1.1)")
    command.add_argument("--threads", type=int, default=0, help="threads to search with (default: all)")
    args = command.parse_args(arguments)
    texts = [path.read_text(encoding="utf-8").split("\n") for path in (args.hi, args.en)]
    pairs = mine(np.load(args.hi_vectors), np.load(args.en_vectors), args.threads)
    with args.out.open("w", encoding="utf-8", newline="\n") as file:
        kept = [pair for pair in pairs if pair[0] >= args.least]
        for margin, hi, en in kept:
            file.write(f"{texts[0][hi]}\t{texts[1][en]}\t{margin:.3f}\n")
    print(f"{args.out}: {len(kept)} pairs of {len(pairs)} that chose each other")


if __name__ == "__main__":
    main()
