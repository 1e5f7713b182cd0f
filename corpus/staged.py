"""The output folder while it grows: written beside, moved into place when it is whole.

A new dataset grows in a hidden folder beside OUT (`.OUT.tmp-…`) and takes OUT's place by renaming when it is whole. A
run that dies leaves the old OUT as it was; the next run to the same OUT clears what it left.
"""

import contextlib
import errno
import logging
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tithi.corpus.folder import KEPT, dataset_files, read_marker, resolved, writing
from tithi.errors import DataError, UsageError

if sys.platform != "win32":
    import fcntl

__all__ = ["StagedFolder"]

_LOGGER: Final = logging.getLogger("tithi")


class StagedFolder:
    """A folder that grows beside `out` and takes its place when it is whole.

    Args:
        out: Where the folder goes; a link is followed. Missing parents are made.
        force: Replace what is at `out` even if tithi did not build it, with everything in it.

    Raises:
        UsageError: `out` is a file, holds the current folder, or exists and is not ours (and no `force`).
        DataError: It cannot be made there.
    """

    def __init__(self, out: str | Path, *, force: bool = False) -> None:
        self.out = resolved(out)
        _check_replaceable(self.out, str(out), force=force)
        with writing(self.out):
            self.out.parent.mkdir(parents=True, exist_ok=True)
            _clear_leftovers(self.out)
            self.folder = self._beside("tmp")
            self.folder.mkdir()
            self._lock = _lock(self.folder)

    def move_into_place(self) -> None:
        """Put the folder where `out` is; the old one goes only after the new one stands.

        Raises:
            DataError: It cannot be moved; the old folder is where it was.
        """
        old = self._beside("old")
        with writing(self.out), self._alone():
            _keep(self.out, self.folder)
            if self.out.exists():
                self.out.rename(old)
            try:
                self.folder.rename(self.out)
            except BaseException:
                if old.exists() and not self.out.exists():
                    old.rename(self.out)
                shutil.rmtree(old, ignore_errors=True)
                raise
            self._release()
            shutil.rmtree(old, ignore_errors=True)
        _LOGGER.info("%s: written", self.out)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Tell of another build that moves to the same place in the same instant."""
        try:
            yield
        except OSError as error:
            if error.errno not in {errno.ENOENT, errno.ENOTEMPTY, errno.EEXIST}:
                raise
            raise DataError(
                f"{self.out}: must be written by one build at a time; got another one that took its place in the same"
                " instant; that dataset stands, build this one again"
            ) from None

    def discard(self) -> None:
        """Remove the folder, leaving `out` as it was."""
        self._release()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _release(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _beside(self, role: str) -> Path:
        return self.out.parent / f".{self.out.name}.{role}-{secrets.token_hex(6)}"


def _check_replaceable(out: Path, name: str, *, force: bool) -> None:
    """Raise `UsageError` unless `out` may be replaced: it is missing, empty, ours alone, or `force` is given."""
    if not out.exists():
        return
    if not out.is_dir():
        raise UsageError(f"{name}: the output must be a folder; got a file; choose another name")
    if Path.cwd().resolve().is_relative_to(out) or out == Path.home().resolve():
        raise UsageError(f"{name}: the output must not hold the current or the home folder; choose another name")
    if force or not any(out.iterdir()):
        return
    try:
        built = read_marker(out).files
    except DataError:
        raise UsageError(
            f"{name}: the output exists and was not built by tithi; choose another name or replace it with --force"
        ) from None
    for inside in dataset_files(out):
        if inside not in built:
            raise UsageError(
                f"{name}: the output holds {inside}, which is not ours; move it or replace all with --force"
            )


def _keep(out: Path, staged: Path) -> None:
    """Take decisions along as the same files, so that a page which is open goes on writing to them."""
    for name in KEPT:
        if (out / name).is_file():
            try:
                os.link(out / name, staged / name)
            except OSError:  # a file system without links
                shutil.copy2(out / name, staged / name)


def _clear_leftovers(out: Path) -> None:
    """Remove what dead runs to `out` left beside it; bring `out` back if one died between its two renames."""
    alive = False
    for folder in _siblings(out, "tmp"):
        lock = _lock(folder)
        if lock is None:
            alive = True
            continue
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)
    if alive:
        return
    for folder in _siblings(out, "old"):
        if out.exists():
            shutil.rmtree(folder, ignore_errors=True)
        else:
            folder.rename(out)


def _siblings(out: Path, role: str) -> list[Path]:
    prefix = f".{out.name}.{role}-"
    return sorted(path for path in out.parent.iterdir() if path.name.startswith(prefix) and path.is_dir())


def _lock(folder: Path) -> int | None:
    """Hold a folder for as long as this process lives; None if another holds it or the system cannot say."""
    if sys.platform == "win32":
        return None
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
