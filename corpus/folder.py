"""The output folder: written beside, moved into place, and known again later by its marker file.

A new dataset grows in a hidden folder beside OUT (`.OUT.tmp-…`) and takes OUT's place by renaming when it is whole. A
run that dies leaves the old OUT as it was; the next run to the same OUT clears what it left. The marker, `tithi.json`,
holds the SHA-256 of every file, so that later commands can tell whether tithi built a folder and what changed since.
"""

import contextlib
import errno
import hashlib
import json
import logging
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tithi.errors import DataError, UsageError

if sys.platform != "win32":
    import fcntl

__all__ = [
    "KEPT",
    "MARKER",
    "PARTS",
    "REJECTS",
    "UNMATCHED",
    "Marker",
    "StagedFolder",
    "changes",
    "file_digest",
    "file_digests",
    "read_marker",
    "refuse_address",
    "refuse_input",
    "resolved",
    "write_marker",
    "writing",
]

_LOGGER: Final = logging.getLogger("tithi")
MARKER: Final = "tithi.json"
REJECTS: Final = "rejects.jsonl"
"""The list of pairs that were not built: it names files of the machine it was built on, and is never published."""
UNMATCHED: Final = "unmatched.jsonl"
"""The list of articles without partner, which names such files too."""
KEPT: Final = ("review.sqlite", "review.sqlite-wal", "review.sqlite-shm")
"""What people decided on a dataset: no part of a build, so it stays when the dataset is built again."""
PARTS: Final = ".parts"
"""The folder of the finished work that a dataset was made of, for the next build: no part of the dataset either."""
_FORMAT: Final = 1
_ADDRESS: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/(?:/|[^/\\])")


@dataclass(frozen=True, slots=True)
class Marker:
    """What a dataset folder says of itself.

    `files` maps the name of every file but the marker to its SHA-256; `version` is made from the data files' digests;
    `signature` names the versions and settings that made the alignment.
    """

    version: str
    signature: str
    settings: Mapping[str, object]
    files: Mapping[str, str]


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


@contextlib.contextmanager
def writing(out: Path) -> Iterator[None]:
    """Turn a failing disk (full, read-only, too large a file) into a `DataError` that names `out`."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(f"{out}: cannot be written; got {reason}; free some space or choose another folder") from error


def refuse_input(out: str | Path, path: str | Path) -> None:
    """Make sure that replacing the folder `out` does not delete the file at `path`, followed through all links.

    Raises:
        UsageError: `out` is the file or a link to it, or holds it or a link to it.
    """
    place = resolved(out)
    given = Path(path)
    for found in (Path(os.path.realpath(given)), Path(os.path.realpath(given.parent), given.name)):
        if found.is_relative_to(place):
            raise UsageError(
                f"{out}: the output must not hold what is read; got {path} in it, which replacing it would delete;"
                " choose another name"
            )


def refuse_address(place: str | Path) -> None:
    """Make sure that a place is a path: `s3://bucket/news` would make a folder called `s3:`.

    Raises:
        UsageError: It is an address.
    """
    if found := _ADDRESS.match(str(place)):
        raise UsageError(
            f"{place}: must be a path on this machine; got an address of {found[1]}; mount it as a folder, or copy it"
            " from there first"
        )


def resolved(out: str | Path) -> Path:
    """Return where an output is, all links followed.

    Raises:
        UsageError: It is an address, or a link that leads back to itself.
    """
    refuse_address(out)
    place = Path(os.path.realpath(out))
    if any(part.is_symlink() for part in (place, *place.parents)):
        raise UsageError(f"{out}: the output must be a folder; got a link that leads back to itself; remove it")
    return place


def file_digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file in `folder` that is the dataset's, by its name relative to it, sorted."""
    return {name: file_digest(folder / name) for name in _names(folder)}


def _names(folder: Path) -> list[str]:
    """Return the names of the files in a folder that are neither the marker nor kept beside the dataset."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    return sorted(name for name in names if name not in (MARKER, *KEPT) and not name.startswith(f"{PARTS}/"))


def write_marker(folder: Path, marker: Marker) -> None:
    """Write the marker file into `folder`."""
    fields = {
        "format": _FORMAT,
        "version": marker.version,
        "signature": marker.signature,
        "settings": dict(marker.settings),
        "files": dict(marker.files),
    }
    text = json.dumps(fields, ensure_ascii=False, indent=2) + "\n"
    (folder / MARKER).write_text(text, encoding="utf-8", newline="\n")


def read_marker(out: str | Path) -> Marker:
    """Return the marker of a dataset folder.

    Raises:
        DataError: `out` is missing, or is no folder that tithi built.
    """
    path = Path(out, MARKER)
    try:
        fields: Any = json.loads(path.read_text(encoding="utf-8"))
        if fields["format"] != _FORMAT:
            raise DataError(f"{path}: must have format {_FORMAT}; got {fields['format']!r}; build the dataset again")
        files = {str(name): str(digest) for name, digest in fields["files"].items()}
        return Marker(str(fields["version"]), str(fields["signature"]), dict(fields["settings"]), files)
    except OSError:
        raise DataError(f"{out}: must be a dataset built by tithi; got no {MARKER} in it; check the path") from None
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        raise DataError(
            f"{path}: must be the marker of a dataset; got something else; build the dataset again"
        ) from None


def changes(out: str | Path) -> list[str]:
    """Return how a dataset folder differs from what was built, one `name: reason` a file; empty when it is untouched.

    Raises:
        DataError: `out` is no dataset built by tithi.
    """
    built = read_marker(out).files
    found = file_digests(Path(out))
    lines = []
    for name in sorted({*built, *found}):
        if name not in found:
            lines.append(f"{name}: missing")
        elif name not in built:
            lines.append(f"{name}: added")
        elif built[name] != found[name]:
            lines.append(f"{name}: changed")
    return lines


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
    for inside in _names(out):
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
