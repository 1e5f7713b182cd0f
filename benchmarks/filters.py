"""What filters drop: `python -m benchmarks.filters DATA [--pairs N] [--bad SHARE] [--preset NAME|FILE] [--half 0|1]`.

Bad pairs of sixteen kinds are put into good ones (see `benchmarks.mixed_pairs`). Printed are the share dropped of each
kind, by which filter most, and the share of good pairs lost by domain and class of length, then pairs a second and
memory. A bad pair counts as dropped only by its own fault: where nothing but a filter of what recurs drops it, which
would have dropped a good pair as well, it is told as `again`. What repeats a pair that was dropped does not count. Good
pairs whose gold is faulty, by reading, are told apart. `--half 1` uses the half of the documents that no threshold was
chosen on.
"""

import argparse
import csv
import hashlib
import random
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final

from benchmarks.bad_pairs import KINDS
from benchmarks.memory import peak, start
from benchmarks.mixed_pairs import BEFORE, SEA, Labelled, mixed, rows, spare_parts, spoilt
from tithi.corpus.leaks import normal
from tithi.filters.config import chosen
from tithi.filters.filters import CORPUS
from tithi.filters.judge import Thresholds
from tithi.filters.recurring import Corpus, boilerplate
from tithi.filters.verdict import Verdict
from tithi.pipeline.filtering import filtered
from training.gold_faults import faults
from training.needed import folder, run

__all__: list[str] = []

_OWN: Final = {"boilerplate": {"boilerplate"}, "near-duplicate": {"duplicate", "near-duplicate"}}
"""The filters of what recurs, by the kind whose own fault it is that it does."""
_CLASSES: Final = ((3, "1-3"), (9, "4-9"), (29, "10-29"), (10**9, "30+"))
_FAULTY: Final = Path(__file__).with_name("faulty_pairs.tsv")


@dataclass
class Told:
    """What became of the pairs of a kind: `by` counts what each filter dropped, `faulty` what the gold has wrong."""

    by: Counter[str] = field(default_factory=Counter)
    kept: int = 0
    again: int = 0
    faulty: int = 0

    def add(self, label: str, pair: tuple[str, str], verdict: Verdict | None) -> None:
        """Count a pair."""
        if verdict is None:
            self.kept += 1
        elif label in KINDS and verdict.filter in CORPUS and verdict.filter not in _OWN.get(label, ()):
            self.again += 1
        else:
            self.by[verdict.filter] += 1
            self.faulty += label not in KINDS and _faulty(*pair)

    def line(self, kind: str) -> str:
        """Return a line of the table; a kind without pairs says so."""
        dropped = self.by.total()
        if not (total := dropped + self.kept + self.again):
            return f"{kind:26} {'none made':>9}"
        by = ", ".join(f"{name} {count / total:.1%}" for name, count in self.by.most_common(6))
        rest = self.again if kind in KINDS else self.faulty
        return f"{kind:26} {total:9,} {dropped:8,} {dropped / total:8.2%} {rest:7,}   {by}"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("data", type=Path, help="the folder that holds dev and train")
    parser.add_argument("--pairs", type=int, default=100_000, help="how many pairs in all (default 100,000)")
    parser.add_argument("--bad", type=float, default=0.1, help="the share of bad ones (default .1)")
    parser.add_argument("--preset", default="standard", help="a preset or a file of thresholds (default standard)")
    parser.add_argument("--half", type=int, choices=(0, 1), default=0, help="which half of the documents (default 0)")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default 1)")
    parser.add_argument("--show", type=int, default=0, help="show so many good pairs lost and bad ones kept of each")
    args = parser.parse_args()
    folder(args.data / "dev", "tico19", "flores200", "faithful")
    folder(args.data, "train")
    thresholds = chosen(args.preset)
    _measure(mixed(args.data, args.pairs, args.bad, args.half), thresholds, args)
    print("\nthe same kinds made of TICO-19 and FLORES-200 alone, one kind at a time")
    spare = spare_parts(args.data, args.half)
    for kind in KINDS:
        every = sum(len(part.pairs) for part in spare)
        pairs = list(chain.from_iterable(spoilt(kind, spare, every, random.Random(2))))
        print(_answers(pairs, thresholds, args)[kind].line(kind))


def _measure(pairs: Sequence[Labelled], thresholds: Thresholds, args: argparse.Namespace) -> None:
    before = start()
    began, cpu = time.monotonic(), time.process_time()
    told = _answers(pairs, thresholds, args)
    spent, clock = time.process_time() - cpu, time.monotonic() - began
    print(f"\n{'bad pairs':26} {'pairs':>9} {'dropped':>8} {'share':>8} {'again':>7}   by")
    for kind in KINDS:
        print(told[kind].line(kind))
    print(f"\n{'good pairs':26} {'pairs':>9} {'lost':>8} {'share':>8} {'faulty':>7}   by")
    for kind in sorted(set(told) - set(KINDS)):
        print(told[kind].line(kind))
    print(
        f"{len(pairs):,} pairs, {args.preset}: {len(pairs) / spent:,.0f} a second of this process's CPU, "
        f"{len(pairs) / clock:,.0f} by the clock; peak memory {(peak() - before) >> 20:,} MB above that of the pairs, "
        "models and caches among it"
    )


def _answers(pairs: Sequence[Labelled], thresholds: Thresholds, args: argparse.Namespace) -> dict[str, Told]:
    """Return by label, good ones with their class of length, what became of pairs."""
    corpus = Corpus(thresholds, boilerplate(rows(pairs), thresholds))
    found: dict[str, Told] = defaultdict(Told)
    gone: set[str] = set()
    shown: Counter[str] = Counter()
    answers = filtered(rows(pairs), thresholds, corpus, jobs=args.jobs)
    for (label, _, hi, en), (_, verdict) in zip(pairs, answers, strict=True):
        if label == BEFORE and verdict:
            gone.add(normal(en))
        if label == "near-duplicate" and normal(en).removeprefix("and ") in gone:
            continue  # what it repeats was dropped, so that it is the first
        kind = label if label in KINDS else f"{label} {_class(en)}"
        found[kind].add(label, (hi, en), verdict)
        if (verdict is None) == (label in KINDS) and label not in (SEA, BEFORE) and shown[kind] < args.show:
            shown[kind] += 1
            name = f"{verdict.filter} {verdict.score:.3g}, {verdict.reason}" if verdict else "kept"
            print(f"{kind}: {name} | {_digest(hi, en)}{' faulty' * _faulty(hi, en)} | {hi} | {en}")
    return found


def _class(text: str) -> str:
    return next(name for most, name in _CLASSES if len(text.split()) <= most)


def _faulty(hi: str, en: str) -> bool:
    """Whether the sides of a pair of the gold are known to differ."""
    return bool(faults(hi, en)) or _digest(hi, en) in _read_faulty()


def _digest(hi: str, en: str) -> str:
    return hashlib.sha256(f"{hi}\t{en}".encode()).hexdigest()[:8]


@cache
def _read_faulty() -> frozenset[str]:
    with _FAULTY.open(encoding="utf-8", newline="") as lines:
        return frozenset(row["pair"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


if __name__ == "__main__":
    run(main)
