"""How well article pairs are found among articles without partner: `python -m benchmarks.matching DATA [--scale N]`.

The heaps are cut (`training.heaps`) from the halves of TICO-19 and FLORES that the matching model has not learnt from,
with `--unread` from radio news and XQuAD, kept for the end; the encoder has seen none of them. Our shipped threshold
stands beside mean pooling with margin, BiMax and DAC, each with the best threshold there is for the very heap. ECE is
that of the probability of every article's best candidate, ten bins. `--scale` takes N synthetic articles a side, cut
from the training prose: time and memory alone, on one core and on two.
"""

import argparse
import os
import resource
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.sentences import split_sentences
from tithi.encoder import load
from tithi.encoder.protocol import Encoder
from tithi.matching.candidates import Window, candidates
from tithi.matching.evidence import FEATURES, evidence
from tithi.matching.heap import Heap, heap_of
from tithi.matching.match import THRESHOLD, Matched, match
from tithi.records import Article, Lang, Source
from training.calibration import calibration_error
from training.heaps import Cutting, Documents, Heaps, dev_documents, make_heaps, train_documents
from training.matching import left_documents
from training.needed import folder, run

__all__ = ["figures", "main"]

CUTTINGS = {
    "reference": Cutting(),
    "runs of 30 %": Cutting(run=0.3),
    "one to three lines": Cutting(lines=(1, 3), run=1.0, thinned=0.0),
    "short": Cutting(lines=(2, 6)),
    "long": Cutting(lines=(30, 80)),
    "few partners": Cutting(alone=0.9),
    "no partners": Cutting(alone=1.0),
    "parts of a series": Cutting(common=4),
    "ten distractors": Cutting(distractors=10, copied=0.15),
    "newest first": Cutting(turned=1.0),
    "copies": Cutting(copies=0.5),
}


def unread_documents(data: Path) -> Documents:
    """Return radio news, and the paragraphs of XQuAD that have as many sentences on either side, by sentences."""
    found = dev_documents("faithful", data, "himangy_radio_news")
    for document in dev_documents("faithful", data, "xquad_paragraphs"):
        rows = []
        for hi, en in document:
            first = [hi[a:b] for a, b in split_sentences(hi, "hi")]
            second = [en[a:b] for a, b in split_sentences(en, "en")]
            if len(first) == len(second):
                rows += list(zip(first, second, strict=True))
        found.append(rows)
    return found


def figures(found: set[tuple[int, int]], heaps: Heaps) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the pairs found; a copy of a partner is as good as the partner."""
    right, wanted = sum(heaps.partners(*pair) for pair in found), len(heaps.gold)
    return right / max(len(found), 1), right / max(wanted, 1), 2 * right / max(len(found) + wanted, 1)


def ours(matched: Matched, heaps: Heaps) -> tuple[tuple[float, float, float], float]:
    """Return the figures of the matching and its calibration error."""
    best = [*matched.pairs, *(one for side in (matched.hi, matched.en) for one in side.values() if one is not None)]
    told = {(one.hi, one.en): one.score for one in best}
    right = np.array([heaps.partners(*pair) for pair in told])
    return figures({(p.hi, p.en) for p in matched.pairs}, heaps), calibration_error(
        np.array(list(told.values())), right
    )


def peers(hi: Heap, en: Heap, heaps: Heaps) -> Iterator[tuple[str, float]]:
    """Yield the F1 of other measures with the best threshold for this heap, one partner each."""
    pairs = candidates(hi, en, count=10, window=Window())
    rows = evidence(hi, en, pairs)
    cosine = np.einsum("ij,ij->i", hi.articles[pairs[:, 0]], en.articles[pairs[:, 1]])
    around = [np.sort(a.articles @ b.articles.T, axis=1)[:, -4:].mean(axis=1) for a, b in ((hi, en), (en, hi))]
    margin = cosine - (around[0][pairs[:, 0]] + around[1][pairs[:, 1]]) / 2
    bimax = (rows[:, FEATURES.index("best_less")] + rows[:, FEATURES.index("best_more")]) / 2
    named = {"mean pooling": cosine, "its margin": margin, "BiMax": bimax, "DAC": rows[:, FEATURES.index("mutual")]}
    for name, score in named.items():
        yield name, _best_f1(pairs, np.asarray(score, np.float64), heaps)


def _best_f1(pairs: NDArray[np.int64], score: NDArray[np.float64], heaps: Heaps) -> float:
    taken: tuple[set[int], set[int]] = set(), set()
    best = right = found = 0.0
    for k in np.argsort(-score).tolist():
        i, j = pairs[k].tolist()
        if i in taken[0] or j in taken[1]:
            continue
        taken[0].add(i)
        taken[1].add(j)
        found += 1
        right += heaps.partners(i, j)
        best = max(best, 2 * right / (found + len(heaps.gold)))
    return best


def quality(documents: Documents, encoder: Encoder, seeds: range) -> None:
    """Print the table, each row the mean of several cuts."""
    print(f"threshold {THRESHOLD}; the others with the best one for the heap\n")
    print("heap                   articles  pairs  precision  recall  F1     ECE    mean   margin BiMax  DAC")
    for name, cutting in CUTTINGS.items():
        rows = []
        for seed in seeds:
            heaps = make_heaps(documents, cutting, seed)
            rows.append(_row(heaps, encoder))
        mean = np.mean(rows, axis=0)
        told = "  ".join(f"{value:.3f}" for value in mean[5:])
        print(f"{name:<20} {mean[0]:5.0f}+{mean[1]:<4.0f}  {mean[2]:4.0f}  {mean[3]:9.3f}  {mean[4]:6.3f}  {told}")


def _row(heaps: Heaps, encoder: Encoder) -> list[float]:
    hi, en = heap_of(heaps.hi, "hi", encoder), heap_of(heaps.en, "en", encoder)
    (precision, recall, f1), error = ours(match(hi, en), heaps)
    others = [value for _, value in peers(hi, en, heaps)]
    return [len(hi), len(en), len(heaps.gold), precision, recall, f1, error, *others]


def scale(data: Path, count: int, cores: int) -> None:
    """Print the seconds of each step, the processor's seconds and the peak memory for `count` articles a side."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    encoder = load()
    documents = train_documents(["samanantar_sample10k", "mkb_mann_ki_baat", "openclaw_docs_mt"], data)
    lines = [pair for document in documents for pair in document]
    starts = np.random.default_rng(0).integers(0, len(lines) - 16, 2 * count).tolist()
    times = [time.perf_counter()]
    hi = heap_of(_articles(lines, starts[:count], "hi"), "hi", encoder)
    en = heap_of(_articles(lines, starts[count // 2 :][:count], "en"), "en", encoder)
    times.append(time.perf_counter())
    match(hi, en)
    times.append(time.perf_counter())
    used = resource.getrusage(resource.RUSAGE_SELF)
    reading, matching = times[1] - times[0], times[2] - times[1]
    told = f"{reading:12.1f}  {matching:10.1f}  {used.ru_utime + used.ru_stime:9.1f}  {used.ru_maxrss / 1e6:7.2f}"
    print(f"{count:>15}  {cores:5}  {told}", flush=True)


def _articles(lines: list[tuple[str, str]], starts: list[int], lang: Lang) -> Iterator[Article]:
    side = 0 if lang == "hi" else 1
    for number, start in enumerate(starts):
        text = "\n".join(pair[side] for pair in lines[start : start + 12])
        yield Article(lang, text, Source(str(number)))


def scales(data: Path, counts: list[int]) -> None:
    """Print the table of time and memory, each row measured in a process of its own."""
    print("articles a side  cores  reading in s  matching s  processor s  peak GB")
    for count in counts:
        for cores in (1, 2):
            process = get_context("spawn").Process(target=scale, args=(data, count, cores))
            process.start()
            process.join()


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--scale", type=int, nargs="*", metavar="N", help="measure time and memory")
    parser.add_argument("--unread", action="store_true", help="measure on what is kept for the end")
    args = parser.parse_args()
    if args.scale is not None:
        scales(folder(args.data, "train") / "train", args.scale or [1000, 10_000, 100_000])
        return
    folder(args.data / "dev", *(["faithful"] if args.unread else ["tico19", "flores200"]))
    encoder = load()
    dev = args.data / "dev"
    documents = unread_documents(dev) if args.unread else left_documents(dev)
    quality(documents, encoder, range(args.seeds))


if __name__ == "__main__":
    run(main)
