"""Builds the sample again and again, killed at some moment: `python killing.py FOLDER SEED COUNT JOBS WHAT`.

WHAT is `pairs`, or `heaps`: the same articles as two tables, to be read and matched first. Every build is a process of
its own, forked from this one before it has threads. Prints one JSON object a moment: how it ended, how much was
finished by then, what the next run tells of using it again, and whether the result is the one of an unbroken run.
"""

import json
import logging
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import datasets  # noqa: F401 - read before the processes part

from tithi.aligner import align
from tithi.corpus import assembly
from tithi.corpus.folder import file_digests
from tithi.corpus.staged import StagedFolder
from tithi.pipeline.build import Settings, build
from tithi.pipeline.checked import models_for
from tithi.pipeline.heaps import build_heaps
from tithi.pipeline.recipe import reading_digest
from tithi.pipeline.store import Store, read_line
from tithi.sample import manifest
from tithi.sources.manifest import ManifestEntry, read_manifest


def die(*_given: object, **_named: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def after(count: int, owner: object, name: str, *, first: bool) -> None:
    """Let the process die at the call number `count` of a function, before it begins or when it has ended."""
    real: Callable[..., object] = getattr(owner, name)
    calls = iter(range(1, 1_000))

    def dying(*given: object, **named: object) -> object:
        ends = next(calls) == count
        if ends and first:
            die()
        result = real(*given, **named)
        if ends:
            die()
        return result

    setattr(owner, name, dying)


def half_a_line(count: int) -> None:
    """Let the process die when it has written half of a line of the manifest."""
    real = Store.finish
    calls = iter(range(1, 1_000))

    def finish(self: Store, name: str, keys: list[bytes]) -> None:
        if next(calls) == count:
            self._manifest.write(b'{"file": "' + name.encode())
            self._manifest.flush()
            die()
        real(self, name, keys)

    Store.finish = finish  # type: ignore[method-assign, assignment]


MOMENTS: dict[str, Callable[[], None]] = {
    "a file has no line yet": lambda: after(4, Store, "finish", first=True),
    "a file has its line": lambda: after(5, Store, "finish", first=False),
    "half a line": lambda: half_a_line(3),
    "rows are written": lambda: after(1, assembly.Assembly, "add", first=False),
    "the folder is whole": lambda: after(1, StagedFolder, "move_into_place", first=True),
    "the folder is in place": lambda: after(1, StagedFolder, "move_into_place", first=False),
}


#: Nine rows a side, read in two runs; six pairs of articles.
HEAP_MOMENTS: dict[str, Callable[[], None]] = {
    "readings have no line": lambda: after(2, Store, "finish", first=True),
    "one side is read": lambda: after(2, Store, "finish", first=False),
    "matched, not kept": lambda: after(5, Store, "finish", first=True),
    "matched": lambda: after(5, Store, "finish", first=False),
    "half is built": lambda: after(8, Store, "finish", first=False),
}
OTHERS = (
    "हे गाव खूप सुंदर आहे आणि येथे लोक राहतात.",
    "La pluie a fait des torts aux paysans, qui sont dans la peine depuis hier soir.",
    "Der Regen hat den Bauern geschadet, die seit gestern Abend in Not sind.",
)


def pairs_of(out: Path, settings: Settings) -> None:
    build(islice(read_manifest(manifest()), 6), out, settings)


def heaps_of(folder: Path) -> Callable[[Path, Settings], object]:
    """Write two tables, and return what builds a dataset of them."""
    hi, en = folder / "hi.jsonl", folder / "en.jsonl"
    rows: list[list[dict[str, object]]] = [[], []]
    for entry in islice(read_manifest(manifest()), 6):
        assert isinstance(entry, ManifestEntry)
        for side, source in enumerate((entry.hi, entry.en)):
            text = Path(source.path).read_text(encoding="utf-8")
            rows[side].append({"id": f"{entry.id}-{side}", "text": text, "published": source.published})
    for heap, listed in zip((hi, en), rows, strict=True):
        listed += [{"text": text} for text in OTHERS]
        text = "".join(json.dumps(row) + "\n" for row in sorted(listed, key=lambda row: str(row["text"])))
        heap.write_text(text, encoding="utf-8")
    return lambda out, settings: build_heaps(hi, en, out, settings)


def run(
    make: Callable[[Path, Settings], object],
    out: Path,
    prepare: Callable[[], None],
    *,
    told: Path,
    jobs: int,
    kill_after: float | None = None,
) -> int:
    """Build in a process of its own and return how it ended, as `os.waitstatus_to_exitcode` tells."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            prepare()
            logger = logging.getLogger("tithi")
            logger.addHandler(logging.FileHandler(told, "w", encoding="utf-8"))
            logger.setLevel(logging.INFO)
            make(out, Settings(shard=1, jobs=jobs))
            code = 0
        finally:
            os._exit(code)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def finished(out: Path) -> int:
    """Return how many keys the whole lines of the manifest in a work folder have."""
    lines = [line for path in out.parent.glob(".out.work/manifest.jsonl") for line in path.read_bytes().split(b"\n")]
    told = [read_line(line.decode()) for line in lines]
    return sum(len(one.keys) for one in told if one is not None)


def main() -> None:
    """Run all moments, then `COUNT` random ones."""
    folder, seed, count, jobs = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    make, moments = (heaps_of(folder), HEAP_MOMENTS) if sys.argv[5] == "heaps" else (pairs_of, MOMENTS)
    reading_digest()
    _, checker = models_for(None)
    align("पुल बना। मेला लगा।", "The bridge was built. The fair was held.")
    checker.check("पुल बना।", "The bridge was built.")
    began = time.monotonic()
    (folder / "whole").mkdir()
    told = folder / "log"
    assert run(make, folder / "whole/out", lambda: None, told=told, jobs=jobs) == 0
    took = time.monotonic() - began
    wanted = file_digests(folder / "whole/out")
    rng = random.Random(seed)
    planned: list[tuple[str, Callable[[], None], float | None]] = [(name, do, None) for name, do in moments.items()]
    planned += [("some moment", lambda: None, rng.random() * took) for _ in range(count)]
    for number, (name, prepare, kill_after) in enumerate(planned):
        out = folder / f"{number}" / "out"
        out.parent.mkdir()
        ended = run(make, out, prepare, told=told, jobs=jobs, kill_after=kill_after)
        there = finished(out)
        again = run(make, out, lambda: None, told=told, jobs=1)
        print(
            json.dumps(
                {
                    "moment": name,
                    "ended": ended,
                    "finished": there,
                    "again": again,
                    "log": [line for line in told.read_text(encoding="utf-8").splitlines() if "used again" in line],
                    "same": out.exists() and file_digests(out) == wanted,
                    "beside": sorted(path.name for path in out.parent.iterdir()),
                }
            )
        )


if __name__ == "__main__":
    main()
