"""Learn how far the scores of beads can be trusted.

    python -m training.scores DATA -o aligner/judge.json

DATA is as for `benchmarks.worlds`. Some documents of the part `learn` are aligned under every noise; the weights of
`tithi.aligner.calibration` are those under which what is right and what is wrong there is the most probable, each noise
counting alike. Beads that have moved among foreign lines are few: of these noises all documents are taken, some times
over. Documents told backwards are left out: what moves there is nearly all, and tells nothing of a run that has moved.
The weights are learnt last, after the judge and what a moved run pays.
"""

import argparse
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.alignment import moved_beads, search_cuts
from tithi.aligner.calibration import EVIDENCE, evidence
from tithi.aligner.segments import Cut, cut_lines
from tithi.encoder import load
from tithi.encoder.protocol import Encoder
from tithi.records import Article, Lang, Source
from training.needed import packages, run
from training.noise import NoisyDocument
from training.noisy_documents import noisy_documents
from training.worlds import LEARNT, read_worlds

with packages():
    from scipy import optimize

#: The share of the documents that are taken under each noise; the noises under which all are, so many times.
SHARE = 0.35
RARE = ("moved, 60 % foreign", "moved, half foreign", "moved, 80 % foreign")
TIMES = 3
#: What keeps the weights small, as if so many beads spoke for the score's being right as it is.
RIDGE = 3.0


def measured(document: NoisyDocument, encoder: Encoder) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the evidence of each pair that is found (n, 12), and whether it is right (n,)."""
    hi, en = _cut(document.hi, "hi"), _cut(document.en, "en")
    found, _ = search_cuts(hi, en, encoder)
    known = set(document.gold)
    right = [(tuple(range(*bead.hi)), tuple(range(*bead.en))) in known for bead in found if not bead.is_null]
    return evidence(found, moved_beads(found), (hi.texts, en.texts)), np.array(right, np.float64)


def _cut(lines: Iterable[str], lang: Lang) -> Cut:
    return cut_lines(Article(lang, "".join(f"{line}\n" for line in lines), Source("")))


def taken(data: Path, seed: int) -> Iterator[tuple[str, NoisyDocument]]:
    """Yield the documents that are learnt from, each with its noise."""
    for world in read_worlds(data, "learn").values():
        for noise, rates in LEARNT.items():
            share, times = (1.0, TIMES) if noise in RARE else (0.0 if rates.backwards else SHARE, 1)
            some = {name: of for name, of in world.items() if random.Random(f"{seed} {noise} {name}").random() < share}
            for time in range(seed, seed + times if len(some) > 1 else seed):
                yield from ((noise, document) for document in noisy_documents(some, rates, seed=time).values())


def learn(rows: NDArray[np.float64], right: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weights under which what is right is the most probable; the problem is convex."""
    as_found = np.array([float(name == "odds") for name in EVIDENCE])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = (rows * weights).sum(axis=1)
        excess = weight * (1 / (1 + np.exp(-odds)) - right)
        change = weights - as_found
        value = (weight * (np.logaddexp(0, odds) - right * odds)).sum() + RIDGE * (change * change).sum()
        return float(value), (rows * excess[:, None]).sum(axis=0) + 2 * RIDGE * change

    return np.asarray(optimize.minimize(loss, as_found, jac=True, method="L-BFGS-B").x, np.float64)


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with dev/ and train/")
    parser.add_argument(
        "-o",
        "--out",
        type=Path,
        default=Path("aligner/judge.json"),
        help="the judge's file, whose weights are replaced",
    )
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    encoder = load()
    of = [(noise, *measured(document, encoder)) for noise, document in taken(args.data, args.seed)]
    pairs = {noise: sum(len(right) for name, _, right in of if name == noise) for noise in LEARNT}
    weight = np.concatenate([np.full(len(right), 1 / pairs[noise]) for noise, _, right in of])
    rows, right = np.concatenate([rows for _, rows, _ in of]), np.concatenate([right for _, _, right in of])
    weights = learn(rows, right, weight * len(weight) / weight.sum())
    told = {name: round(value, 4) for name, value in zip(EVIDENCE, weights.tolist(), strict=True)}
    print(f"{len(of)} documents, {len(right)} pairs, {int(right.sum())} of them right\n{told}")
    data = json.loads(args.out.read_text(encoding="utf-8"))
    data["calibration"] = told
    args.out.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    run(main)
