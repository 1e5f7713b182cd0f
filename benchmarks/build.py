"""How fast a build is and how much memory it takes: `python -m benchmarks.build DATA/dev [--times 1 10 30]`.

The lines of TICO-19 make articles of thirty, and one bitext. `--times` repeats them with a number in each line, so
that every pair is new. Each build is a process of its own, by default with one job and then with two; `resumed` builds
again what is there. `copy` reads the inputs and the rows and writes the rows, and nothing else. Memory is the largest
resident set of the process that writes, without those that align for it. CPU is that of all of them (on Linux).
"""

import argparse
import ctypes
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter

from training.needed import folder, run

__all__ = ["Cost", "main"]

_LINES = 30
_PR_SET_CHILD_SUBREAPER = 36
_BUILD = """
import sys
from tithi.cli.main import main
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""
_COPY = """
import sys
from pathlib import Path
import pyarrow.parquet as pq
*inputs, out, copy = sys.argv[1:]
for name in inputs:
    if Path(name).is_file():
        for path in [Path(name), *Path(name).parent.glob("*.hi"), *Path(name).parent.glob("*.en")]:
            path.read_bytes()
for path in Path(out).glob("data/*/*.parquet"):
    (Path(copy) / path.parent.name).mkdir(parents=True, exist_ok=True)
    with pq.ParquetFile(path) as file:
        with pq.ParquetWriter(Path(copy) / path.parent.name / path.name, file.schema_arrow, compression="zstd") as new:
            for batch in file.iter_batches():
                new.write_batch(batch)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of CPU, and MB of memory."""

    wall: float
    cpu: float
    memory: float


def pairs(data: Path, count: int, times: int) -> Iterator[tuple[str, str]]:
    """Yield so many pairs of lines, so many times, each time with another number at the end."""
    own = []
    for hi in sorted(data.glob("*.hi")):
        sides = (path.read_text(encoding="utf-8").splitlines() for path in (hi, hi.with_suffix(".en")))
        own += list(zip(*sides, strict=True))
    for time in range(times):
        for hi_line, en_line in own[:count]:
            yield f"{hi_line[:-1]} {time}{hi_line[-1:]}", f"{en_line[:-1]} {time}{en_line[-1:]}"


def write_articles(folder: Path, given: Iterator[tuple[str, str]]) -> list[str]:
    """Write articles and their manifest, and return the arguments of a build."""
    with (folder / "pairs.tsv").open("w", encoding="utf-8") as manifest:
        for number in range(sys.maxsize):
            lines = list(islice(given, _LINES))
            if not lines:
                return ["--manifest", str(folder / "pairs.tsv")]
            for lang, side in zip(("hi", "en"), zip(*lines, strict=True), strict=True):
                (folder / f"{number}.{lang}").write_text("\n".join(side), encoding="utf-8")
            manifest.write(f"a{number}\t{number}.hi\t{number}.en\n")
    raise AssertionError


def write_bitext(folder: Path, given: Iterator[tuple[str, str]]) -> list[str]:
    """Write one file of pairs, and return the arguments of a build."""
    with (folder / "lines.tsv").open("w", encoding="utf-8") as file:
        file.writelines(f"{hi}\t{en}\n" for hi, en in given)
    return ["--from-bitext", str(folder / "lines.tsv")]


def cost(code: str, arguments: Sequence[str]) -> Cost:
    """Run Python code in a process of its own and return what it took, its children's CPU included."""
    with tempfile.TemporaryDirectory() as place:
        script = Path(place) / "run.py"
        script.write_text(code, encoding="utf-8")
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        began = perf_counter()
        process = subprocess.Popen(
            [sys.executable, str(script), *arguments], env=environment, stdout=subprocess.DEVNULL
        )
        _, status, used = os.wait4(process.pid, 0)
        wall, children = perf_counter() - began, sum(_children())
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"a build ended with {process.returncode}")
    return Cost(wall, used.ru_utime + used.ru_stime + children, used.ru_maxrss / 1024)


def _children() -> Iterator[float]:
    """Yield the seconds of CPU of the processes that a build left behind to end by themselves."""
    with suppress(ChildProcessError):
        while True:
            _, _, used = os.wait4(-1, 0)
            yield used.ru_utime + used.ru_stime


def measure(name: str, arguments: Sequence[str], count: int, jobs: Sequence[int], out: Path) -> None:
    """Print the rows of one input."""
    first = None
    for number in jobs:
        target = out / f"{name}-{number}"
        command = ["build", *arguments, "-o", str(target), "--jobs", str(number), "--quiet"]
        took = cost(_BUILD, command)
        first = first or took
        _told(f"{name}, {number} job{'s' * (number > 1)}", count, took, f"{first.wall / took.wall:.2f}")
    again = cost(_BUILD, command)
    _told(f"{name}, resumed", count, again, f"{first.wall / again.wall:.2f}" if first else "")
    _told(f"{name}, copy", count, cost(_COPY, [*arguments, str(target), str(out / f"{name}-copy")]), "")


def _told(name: str, count: int, took: Cost, ratio: str) -> None:
    rate = count / took.cpu
    print(
        f"{name:<28} {count:9,} {took.wall:8.1f} {took.cpu:8.1f} {rate:9,.0f} {took.memory:7.0f} {ratio:>6}", flush=True
    )


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.build", description=__doc__)
    parser.add_argument("data", type=Path, metavar="DATA/dev")
    parser.add_argument("--pairs", type=int, default=900, metavar="N", help="pairs of the first size (default 900)")
    parser.add_argument("--times", type=int, nargs="+", default=[1, 10, 30], metavar="K", help="sizes (1 10 30)")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2], metavar="J", help="processes (default 1 2)")
    parser.add_argument("--only", choices=("articles", "bitext"), help="one kind of input alone")
    args = parser.parse_args()
    data = folder(args.data, "tico19") / "tico19"
    if sys.platform == "linux":  # what outlives its parent comes here to be counted
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    print(f"{'build':<28} {'pairs':>9} {'wall s':>8} {'CPU s':>8} {'pairs/s':>9} {'MB':>7} {'ratio':>6}")
    for times in args.times:
        for name, write in (("articles", write_articles), ("bitext", write_bitext)):
            if args.only in (None, name):
                with tempfile.TemporaryDirectory() as place:
                    arguments = write(Path(place), pairs(data, args.pairs, times))
                    measure(f"{name} x{times}", arguments, args.pairs * times, args.jobs, Path(place))
    return 0


if __name__ == "__main__":
    run(main)
