"""Builds the sample again and again, killed at some moment, and goes on: `python killing.py FOLDER SEED COUNT JOBS`.

Every build is a process of its own, forked from this one before it has threads. Prints one JSON object a moment: how it
ended, how many parts were finished by then and used again, and whether the result is the one of an unbroken run.
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
from tithi.pipeline.recipe import code_digest
from tithi.pipeline.store import Store
from tithi.sample import manifest
from tithi.sources.manifest import read_manifest


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


def run(out: Path, prepare: Callable[[], None], *, told: Path, jobs: int, kill_after: float | None = None) -> int:
    """Build in a process of its own and return how it ended, as `os.waitstatus_to_exitcode` tells."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            prepare()
            logger = logging.getLogger("tithi")
            logger.addHandler(logging.FileHandler(told, "w", encoding="utf-8"))
            logger.setLevel(logging.INFO)
            build(islice(read_manifest(manifest()), 6), out, Settings(shard=1, jobs=jobs))
            code = 0
        finally:
            os._exit(code)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main() -> None:
    """Run all moments, then `COUNT` random ones."""
    folder, seed, count, jobs = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    code_digest()
    _, checker = models_for(None)
    align("पुल बना। मेला लगा।", "The bridge was built. The fair was held.")
    checker.check("पुल बना।", "The bridge was built.")
    began = time.monotonic()
    (folder / "whole").mkdir()
    told = folder / "log"
    assert run(folder / "whole/out", lambda: None, told=told, jobs=jobs) == 0
    took = time.monotonic() - began
    wanted = file_digests(folder / "whole/out")
    rng = random.Random(seed)
    planned: list[tuple[str, Callable[[], None], float | None]] = [(name, do, None) for name, do in MOMENTS.items()]
    planned += [("some moment", lambda: None, rng.random() * took) for _ in range(count)]
    for number, (name, prepare, kill_after) in enumerate(planned):
        out = folder / f"{number}" / "out"
        out.parent.mkdir()
        ended = run(out, prepare, told=told, jobs=jobs, kill_after=kill_after)
        lines = [path.read_bytes().count(b"}\n") for path in out.parent.glob(".out.work/manifest.jsonl")]
        again = run(out, lambda: None, told=told, jobs=1)
        log = told.read_text(encoding="utf-8")
        reused = next(line for line in log.splitlines() if "used again" in line)
        print(
            json.dumps(
                {
                    "moment": name,
                    "ended": ended,
                    "finished": sum(lines),
                    "again": again,
                    "log": reused,
                    "same": out.exists() and file_digests(out) == wanted,
                    "beside": sorted(path.name for path in out.parent.iterdir()),
                }
            )
        )


if __name__ == "__main__":
    main()
