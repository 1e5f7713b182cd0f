"""Finished work, kept until a dataset is whole, and then in it for the next one.

    .OUT.work/lock              held by the build that writes OUT
    .OUT.work/manifest.jsonl    a line for each file of parts that is finished, with the keys of what it holds
    .OUT.work/….arrow           the files of parts, each named by the digest of its keys
    .OUT.work/pages/            the texts of a heap while they wait
    OUT/.parts/                 the same for the parts that OUT is made of, and for what heaps were read as

Only what a manifest names is read: a file without its line was not finished, or comes from a worker that was given up.
At an address it is otherwise, see `pipeline.remote`.
"""

import json
import logging
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tithi.corpus.folder import PARTS, file_digest, resolved, writing
from tithi.pipeline.held import hold

__all__ = ["Finished", "Place", "Store", "read_line"]

_LOGGER: Final = logging.getLogger("tithi")
_MANIFEST: Final = "manifest.jsonl"

Place = tuple[Path, int]
"""A file of parts and the row in it."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A file of parts that is finished: its name, the SHA-256 of its bytes, the keys of the parts in it, in order."""

    name: str
    sha256: str
    keys: tuple[bytes, ...]

    def line(self) -> str:
        """Return its line in a manifest."""
        return json.dumps({"file": self.name, "sha256": self.sha256, "keys": [key.hex() for key in self.keys]})


def read_line(line: str) -> Finished | None:
    """Return what a line of a manifest tells, None for one that is damaged."""
    try:
        told = json.loads(line)
        name, keys = str(told["file"]), tuple(bytes.fromhex(key) for key in told["keys"])
        return Finished(name, str(told["sha256"]), keys) if Path(name).name == name else None
    except (ValueError, KeyError, TypeError):
        return None


class Store:
    """The finished work of builds into `out`, held by one at a time.

    Parts are written into `folder`; `pages` is a folder for what waits meanwhile; `address` is for other stores.

    Raises:
        UsageError: `out` is a link that leads back to itself.
        DataError: Another build holds it, or it cannot be written.
    """

    def __init__(self, out: str | Path) -> None:
        self.out = out
        self.address: str | None = None
        self._out = resolved(out)
        self.folder = self._out.parent / f".{self._out.name}.work"
        self.pages = self.folder / "pages"
        self._files: list[Path] = []
        self._known: dict[bytes, tuple[int, int]] = {}
        self._lines: dict[Path, str] = {}
        with writing(self._out):
            self._lock = hold(self.folder, str(out))
            shutil.rmtree(self.pages, ignore_errors=True)
            self.pages.mkdir()
            for folder in (self._out / PARTS, self.folder):
                for line in _finished(folder):
                    self._learn(folder, line)
            self._manifest = (self.folder / _MANIFEST).open("ab")
            self._manifest.write(b"\n")  # a line that was cut off by a crash ends here
        self._whole = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let another build have it; what is finished stays for the next run, unless the dataset is whole."""
        self._manifest.close()
        shutil.rmtree(self.pages, ignore_errors=True)
        kept = sum(path.parent == self.folder for path in self._files)
        if self._whole or not kept:
            shutil.rmtree(self.folder, ignore_errors=True)
        else:
            _LOGGER.warning("%s: %d finished shards are kept; the same command goes on from them", self._out, kept)
        os.close(self._lock)

    def seen(self, path: Path) -> str | Path:
        """Return where those who make parts see a file that was found."""
        return path

    def find(self, key: bytes) -> Place | None:
        """Return where the part with this key is, None when it is not finished."""
        found = self._known.get(key)
        return None if found is None else (self._files[found[0]], found[1])

    def finish(self, name: str, keys: Sequence[bytes]) -> None:
        """Take a file in `folder` as finished; it holds the parts with these keys, in order.

        Raises:
            DataError: The disk is full.
        """
        with writing(self._out):
            sha256 = file_digest(self.folder / name)
            line = Finished(name, sha256, tuple(keys)).line()
            self._manifest.write(f"{line}\n".encode())
            self._manifest.flush()
            os.fsync(self._manifest.fileno())
        self._learn(self.folder, line)

    def keep(self, folder: Path, used: Iterable[Path]) -> None:
        """Put the files that a dataset was made of into its `folder`, for the next build."""
        kept = folder / PARTS
        kept.mkdir()
        with (kept / _MANIFEST).open("w", encoding="utf-8") as manifest:
            for path in dict.fromkeys(used):
                try:
                    os.link(path, kept / path.name)
                except OSError:  # a file system without links
                    shutil.copyfile(path, kept / path.name)
                manifest.write(self._lines[path] + "\n")

    def end(self) -> None:
        """Say that the dataset is whole: what it was made of is in it, and nothing else is needed."""
        self._whole = True

    def _learn(self, folder: Path, line: str) -> None:
        """Take up a line of a manifest; one that is damaged, or whose file is, is passed over."""
        if (told := read_line(line)) is None:
            return
        path = folder / told.name
        try:
            if file_digest(path) != told.sha256:
                return
        except OSError:
            return
        self._lines[path] = line
        self._files.append(path)
        self._known.update({key: (len(self._files) - 1, row) for row, key in enumerate(told.keys)})


def _finished(folder: Path) -> list[str]:
    try:
        return (folder / _MANIFEST).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
