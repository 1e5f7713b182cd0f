"""Learns the matching model: `python -m training.matching DATA/train matching/model.json`.

Heaps are cut from the prose of the training sources (`training.heaps`): as the reference heaps are, of short runs, of
short and of long articles, with words lost, since the encoder has seen these lines and would find them too easily.
Sources are heaps of their own and one together: neighbours on one subject, and strangers. No development set is read.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tithi.encoder import load
from tithi.encoder.protocol import Encoder
from tithi.matching.candidates import Window, candidates
from tithi.matching.evidence import FEATURES, evidence
from tithi.matching.heap import heap_of
from tithi.matching.model import expanded
from training.heaps import Cutting, Documents, Heaps, make_heaps, train_documents
from training.needed import needed, run

__all__ = ["CUTTINGS", "SOURCES", "examples", "main"]

SOURCES = (
    "mkb_mann_ki_baat",
    "samanantar_sample10k",
    "hindencorp_sample4k",
    "mt_geneval",
    "react_docs",
    "ethereum_org",
    "ms_beginners_docs_mt",
    "openclaw_docs_mt",
    "tatoeba_minus_laser",
)
CUTTINGS = (
    Cutting(words=0.3),
    Cutting(words=0.15),
    Cutting(run=0.3, words=0.3),
    Cutting(run=0.3, thinned=0.2, words=0.15),
    Cutting(lines=(1, 3), words=0.2),
    Cutting(lines=(2, 6), words=0.35),
    Cutting(lines=(20, 80), words=0.2),
    Cutting(alone=0.8, words=0.2),
    Cutting(alone=1.0, words=0.2),
    Cutting(lines=(2, 6), alone=0.9, words=0.25),
)
_COUNT = 10
_STRENGTH = 0.05


def examples(heaps: Heaps, encoder: Encoder) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the evidence of the heaps' candidates, and which of them are partners that share a sentence."""
    hi, en = heap_of(heaps.hi, "hi", encoder), heap_of(heaps.en, "en", encoder)
    pairs = candidates(hi, en, count=_COUNT, window=Window())
    return evidence(hi, en, pairs), np.array([heaps.gold.get(i) == j for i, j in pairs.tolist()])


def _all(documents: Documents) -> Iterator[Heaps]:
    for number, cutting in enumerate(CUTTINGS):
        parts = [[document] for document in documents] if number % 2 == 0 else []
        for part, docs in enumerate([documents, *parts]):
            yield make_heaps([document[:2000] for document in docs], cutting, 100 * number + part)


def main() -> None:
    """Learn and write the model."""
    from sklearn.linear_model import LogisticRegression

    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("train", type=Path, help="the folder of the training sources")
    parser.add_argument("model", type=Path, help="the file to write")
    args = parser.parse_args()
    encoder = load()
    documents = train_documents(SOURCES, needed(args.train, "train"))
    found = [examples(heaps, encoder) for heaps in _all(documents)]
    rows, right = np.concatenate([a for a, _ in found]), np.concatenate([b for _, b in found])
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    model = LogisticRegression(C=_STRENGTH, max_iter=2000).fit(expanded(rows, mean, scale), right)
    print(f"{len(rows)} candidates, {right.sum()} partners")
    told = {
        "features": list(FEATURES),
        "mean": [round(float(value), 5) for value in mean],
        "scale": [round(float(value), 5) for value in scale],
        "weights": [round(float(value), 4) for value in model.coef_[0]],
        "bias": round(float(model.intercept_[0]), 4),
    }
    args.model.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    run(main)
