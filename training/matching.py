"""Learns the matching models: `python -m training.matching DATA matching/model.json [--worlds]`.

Heaps are cut from several worlds (`training.heaps`): as the reference heaps are, of short runs, of short and of long
articles, parts of a series, with distractors; some tell their lines in another order, or stand twice. What the encoder
has seen in its own training loses words, for it would be found too easily. Of TICO-19 every second document and of
FLORES the first half are learnt from; the other halves, radio news and XQuAD are left for measuring
(`benchmarks.matching`). With `--worlds` each world is also measured by models learnt from the others.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.sentences import split_sentences
from tithi.encoder import load
from tithi.encoder.protocol import Encoder
from tithi.matching.candidates import Window, candidates
from tithi.matching.evidence import FEATURES, evidence
from tithi.matching.heap import LONGEST, Heap, heap_of
from tithi.matching.model import Logistic, expanded
from tithi.matching.partners import partners
from tithi.matching.ties import TIE, ties
from tithi.records import Article
from training.calibration import calibration_error
from training.heaps import Cutting, Documents, Heaps, dev_documents, make_heaps, train_documents
from training.needed import folder, run

__all__ = ["CUTTINGS", "SEEN", "examples", "learnt", "left_documents", "main"]

SEEN = (
    "mkb_mann_ki_baat",
    "samanantar_sample10k",
    "hindencorp_sample4k",
    "mt_geneval",
    "react_docs",
    "ethereum_org",
    "ms_beginners_docs_mt",
    "tatoeba_minus_laser",
)
"""Speech, news, stories, lives, and handbooks; the encoder has learnt from these."""
CUTTINGS = (
    Cutting(),
    Cutting(run=0.3),
    Cutting(run=0.3, thinned=0.2),
    Cutting(lines=(1, 3), run=1.0, thinned=0.0),
    Cutting(lines=(2, 6)),
    Cutting(lines=(20, 80)),
    Cutting(alone=0.9),
    Cutting(alone=1.0),
    Cutting(lines=(2, 6), alone=0.9),
    Cutting(common=4),
    Cutting(distractors=10, copied=0.15),
)
_WORDS = (0.3, 0.15, 0.2)
_TURNED = 0.15
_COPIES = 0.2
_LINES = 1500
_COUNT = 10
_STRENGTH = 0.05
_STRANGERS = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Two heaps with their candidates, which of these are partners, and the ties with which of them translate."""

    hi: Heap
    en: Heap
    pairs: NDArray[np.int64]
    right: NDArray[np.bool_]
    rows: NDArray[np.float64]
    true: NDArray[np.bool_]


def left_documents(data: Path) -> Documents:
    """Return the halves of TICO-19 and FLORES that are not learnt from."""
    flores = dev_documents("flores200", data)
    return [*dev_documents("tico19", data)[1::2], *(document[len(document) // 2 :] for document in flores)]


def worlds(data: Path) -> dict[str, Documents]:
    """Return what is learnt from."""
    flores = dev_documents("flores200", data / "dev")
    found = {
        "tico19": dev_documents("tico19", data / "dev")[::2],
        "flores200": [document[: len(document) // 2] for document in flores],
        "government": dev_documents("faithful", data / "dev", "ilgov_government"),
    }
    seen = {name: train_documents([name], data / "train", _LINES) for name in SEEN}
    return found | seen | {"seen": [document for documents in seen.values() for document in documents]}


def examples(heaps: Heaps, encoder: Encoder) -> Examples:
    """Return what is learnt from two heaps."""
    hi, en = heap_of(heaps.hi, "hi", encoder), heap_of(heaps.en, "en", encoder)
    pairs = candidates(hi, en, count=_COUNT, window=Window())
    right = np.array([heaps.partners(i, j) for i, j in pairs.tolist()])
    places, rows = ties(partners(hi, en, pairs), hi, en, pairs, slice(None))
    lines = [_lines(side, told) for side, told in zip((heaps.hi, heaps.en), heaps.lines, strict=True)]
    tied = pairs[places[:, 0]]
    one, other = hi.offsets[tied[:, 0]] + places[:, 1], en.offsets[tied[:, 1]] + places[:, 2]
    return Examples(hi, en, pairs, right, rows, lines[0][one] == lines[1][other])


def _lines(articles: Sequence[Article], told: list[list[int]]) -> NDArray[np.int64]:
    """Return the number of the line in which each sentence begins."""
    return np.array(
        [
            numbers[article.text.count("\n", 0, start)]
            for article, numbers in zip(articles, told, strict=True)
            for start, _ in split_sentences(article.text, article.lang)[:LONGEST]
        ],
        np.int64,
    )


def _heaps(name: str, documents: Documents) -> Iterator[Heaps]:
    for number, cutting in enumerate(CUTTINGS):
        if name in SEEN and number % 2:
            continue  # alone a source is of one subject; together they are strangers too
        lost = _WORDS[number % 3] if name in (*SEEN, "seen") else 0.0
        for seed in range(1 if lost else 3):
            yield make_heaps(
                documents, replace(cutting, words=lost, turned=_TURNED, copies=_COPIES), 100 * number + seed
            )


def _fitted(
    features: tuple[str, ...], rows: NDArray[np.float64], right: NDArray[np.bool_], weight: NDArray[np.float64]
) -> Logistic:
    from sklearn.linear_model import LogisticRegression

    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    mean, scale = mean.round(5), scale.round(5)
    model = LogisticRegression(C=_STRENGTH, max_iter=3000).fit(expanded(rows, mean, scale), right, weight)
    return Logistic(features, mean, scale, model.coef_[0].round(4), round(float(model.intercept_[0]), 4))


def _thinned(right: NDArray[np.bool_], seed: int) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Return all that is right and a share of the rest, with weights that make up for it."""
    kept = right | (np.random.default_rng(seed).random(len(right)) < _STRANGERS)
    return kept, np.where(right[kept], 1.0, 1 / _STRANGERS)


def learnt(found: Sequence[Examples]) -> tuple[Logistic, Logistic]:
    """Return the models of sentences and of articles."""
    rows, true = np.concatenate([one.rows for one in found]), np.concatenate([one.true for one in found])
    kept, weight = _thinned(true, 0)
    sentences = _fitted(TIE, rows[kept], true[kept], weight)
    rows = np.concatenate([evidence(one.hi, one.en, one.pairs, sentences) for one in found])
    right = np.concatenate([one.right for one in found])
    kept, weight = _thinned(right, 1)
    return sentences, _fitted(FEATURES, rows[kept], right[kept], weight)


def _told(model: Logistic) -> dict[str, Any]:
    arrays = {"mean": model.mean.tolist(), "scale": model.scale.tolist(), "weights": model.weights.tolist()}
    return {"features": list(model.features)} | arrays | {"bias": model.bias}


def _by_world(found: dict[str, list[Examples]]) -> None:
    """Print how the models of all other worlds do on the candidates of each."""
    for name, held in found.items():
        if name == "seen":
            continue  # the sources once more
        others = [one for other, made in found.items() if other not in (name, "seen") for one in made]
        sentences, articles = learnt(others)
        right = np.concatenate([one.right for one in held])
        stated = articles.probability(np.concatenate([evidence(o.hi, o.en, o.pairs, sentences) for o in held]))
        hits = ((stated >= 0.5) & right).sum()
        precision, recall = hits / max((stated >= 0.5).sum(), 1), hits / max(right.sum(), 1)
        print(f"{name:<22} P {precision:.3f}  R {recall:.3f}  ECE {calibration_error(stated, right):.4f}", flush=True)


def main() -> None:
    """Learn and write the models."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("data", type=Path, help="the folder of the sets")
    parser.add_argument("model", type=Path, help="the file to write")
    parser.add_argument("--worlds", action="store_true", help="measure each world by models of the others, too")
    args = parser.parse_args()
    folder(args.data, "train")
    folder(args.data / "dev", "tico19", "flores200", "faithful")
    encoder = load()
    found = {
        name: [examples(heaps, encoder) for heaps in _heaps(name, documents)]
        for name, documents in worlds(args.data).items()
    }
    if args.worlds:
        _by_world(found)
    sentences, articles = learnt([one for made in found.values() for one in made])
    told = {"sentences": _told(sentences), "articles": _told(articles)}
    args.model.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(f"{sum(len(one.pairs) for made in found.values() for one in made)} candidates learnt from")


if __name__ == "__main__":
    run(main)
