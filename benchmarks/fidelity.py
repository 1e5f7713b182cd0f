"""How many known errors the fidelity checks find, and how many faithful pairs they wrongly flag.

    python -m benchmarks.fidelity DATA/dev
    python -m benchmarks.fidelity DATA/dev --list alarms --seed 2
    python -m benchmarks.fidelity --speed DATA/train/samanantar_sample10k.tsv.xz

Reports on the halves of the dev documents and of the short pairs that no model learnt from, and on the sample articles.
Each line of a first table makes one error of its kind in every pair that has a place for it, in the Hindi or in the
English: `found` counts pairs with an issue, more than a hint, that the faithful pair has not, or for a neighbour's
sentence with quality below .5; `named` those of the right kind; `q < .5` those that a filter by quality drops.
`--list` prints, for reading, alarms of every domain or made errors of every kind that passed, drawn by lot.
"""

import argparse
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.domains import tables
from benchmarks.listing import alarms, passes
from tithi.checks.checker import KINDS as ISSUES
from tithi.checks.checker import check_pairs
from tithi.encoder.pairs import texts_of
from tithi.records import Issue, Quality
from tithi.sources.pairs import pair_files
from training.found_names import found_names
from training.made_errors import KINDS, spoil
from training.needed import run
from training.pairs import DevPair, dev_pairs, faithful_pairs, sample_pairs, short_pairs

SAMPLED = 16_000
RUNS = 5
"""How often speed is measured: on a shared machine one run says little."""


def main(argv: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", help="the folder with tico19/, flores200/, faithful/ and qe/")
    parser.add_argument("--half", type=int, default=1, choices=(0, 1), help="0 is the half that was tuned on")
    parser.add_argument("--limit", type=int, default=None, help="use the first pairs only")
    parser.add_argument("--show", default="", help="print the wrongly flagged pairs of this kind")
    parser.add_argument("--list", choices=("alarms", "passes"), help="print only such pairs, to be read")
    parser.add_argument("--seed", type=int, default=1, help="of the lot that chooses the pairs to be listed")
    parser.add_argument("--each", type=int, default=20, help="list so many of each domain or kind (default: 20)")
    parser.add_argument("--speed", type=Path, nargs="*", metavar="FILE", help="print only the speed, on these bitexts")
    options = parser.parse_args(argv)
    if options.speed:
        print(*_speeds(_sample_of(options.speed)))
        return
    if options.data is None:
        parser.error("give the folder with tico19/ and flores200/, or --speed and bitexts")
    long, short = (
        [(p.hi, p.en) for p in pairs if p.half == options.half][: options.limit]
        for pairs in (dev_pairs(options.data), short_pairs())
    )
    if options.speed is not None:
        print(*_speeds(long))
        return
    everywhere = (*faithful_pairs(options.data), *dev_pairs(options.data))
    everywhere = tuple(pair for pair in everywhere if pair.half == options.half)[: options.limit]
    if options.list:
        for line in _listed(options.list, everywhere, options.seed, options.each):
            print(line)
        return
    sample = [(p.hi, p.en) for p in sample_pairs()]
    for name, pairs in (
        ("TICO-19 and FLORES-200 dev", long),
        ("short pairs", short),
        ("the sample's articles", sample),
    ):
        print(f"--- {name}")
        _tables(pairs, options.show)
    for line in tables(everywhere, options.data):
        print(line)
    command = [sys.executable, "-m", "benchmarks.fidelity", str(options.data), "--speed", f"--half={options.half}"]
    runs = [list(map(float, subprocess.check_output(command, text=True).split())) for _ in range(RUNS)]
    print(f"\npairs a second by the process time of one core, of the {len(long)} long ones, in {RUNS} fresh processes:")
    for told, speeds in zip(("most words being new", "all words met before"), zip(*runs, strict=True), strict=True):
        print(f"{told}: {' '.join(f'{speed:.0f}' for speed in speeds)}; best {max(speeds):.0f}")


def _listed(what: str, pairs: Sequence[DevPair], seed: int, each: int) -> Iterator[str]:
    if what == "alarms":
        return alarms(pairs, seed, each)
    texts = [(pair.hi, pair.en) for pair in pairs]
    return passes(texts, [name for hi, en in texts for name in found_names(hi, en)], seed, each)


def _sample_of(files: list[Path]) -> list[tuple[str, str]]:
    """Return some pairs of all files, the same in every run."""
    pairs = [pair for file in pair_files(files) for pair in texts_of(file)]
    random.Random(1).shuffle(pairs)
    return pairs[:SAMPLED]


def _speeds(pairs: list[tuple[str, str]]) -> list[float]:
    """Return how many pairs are checked a second, first with most words new, then again."""
    list(check_pairs(pairs[:64]))
    speeds = []
    for _ in ("new", "met"):
        started = time.process_time()
        for _ in check_pairs(pairs):
            pass
        speeds.append(len(pairs) / (time.process_time() - started))
    return speeds


def _tables(pairs: list[tuple[str, str]], show: str) -> None:
    faithful = list(check_pairs(pairs))
    names = [name for hi, en in pairs for name in found_names(hi, en)]
    print(f"{'made error':18} {'side':4} {'pairs':>6} {'found':>7} {'named':>7} {'q < .5':>7}")
    for kind in KINDS:
        _report(pairs, faithful, kind, names)
    print(f"\n{'on faithful pairs':18} {'flagged':>12}  of {len(pairs)}")
    for kind in ISSUES:
        _line(kind, [any(_counts(issue, kind) for issue in q.issues) for q in faithful])
    _line("omission/addition", [any(_counts(i, "omission", "addition") for i in q.issues) for q in faithful])
    _line("any issue", [any(_counts(issue) for issue in q.issues) for q in faithful])
    _line("quality < .5", [(q.quality or 0) < 0.5 for q in faithful])
    for (hi, en), quality in zip(pairs, faithful, strict=True):
        for issue in quality.issues:
            if issue.kind == show:
                print(f"\n{issue.message}\n  {hi}\n  {en}")


def _report(pairs: list[tuple[str, str]], faithful: list[Quality], kind: str, names: list[tuple[str, str]]) -> None:
    made = spoil(pairs, kind, names)
    found: Counter[str] = Counter()
    named: Counter[str] = Counter()
    low: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for (at, error), quality in zip(made, check_pairs((e.hi, e.en) for _, e in made), strict=True):
        new = Counter(issue.kind for issue in quality.issues if _counts(issue))
        new -= Counter(issue.kind for issue in faithful[at].issues if _counts(issue))
        for side in (error.side, "both"):
            total[side] += 1
            found[side] += (quality.quality or 0) < 0.5 if kind == "neighbour" else bool(new)
            named[side] += bool(error.expected & new.keys())
            low[side] += (quality.quality or 0) < 0.5
    for side in ("hi", "en", "both"):
        if total[side]:
            shares = [f"{count[side] / total[side]:7.1%}" for count in (found, named, low)]
            shares[1] = shares[1] if KINDS[kind][1] else f"{'-':>7}"
            print(f"{kind:18} {side:4} {total[side]:6}", *shares)


def _counts(issue: Issue, *kinds: str) -> bool:
    """Whether an issue is more than a hint, and of one of the kinds if any are given."""
    return issue.severity != "hint" and (not kinds or issue.kind in kinds)


def _line(name: str, flags: Sequence[bool]) -> None:
    print(f"{name:18} {sum(flags) / len(flags):12.2%}")


if __name__ == "__main__":
    run(main)
