"""Folders of this machine held by one process for as long as it lives, by a lock that the system takes back."""

import contextlib
import os
import shutil
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from tithi.errors import DataError

__all__ = ["hold", "leave", "scratch"]

_LOCK: Final = "lock"
_FAR: Final = 1 << 30
_PREFIX: Final = "tithi-"
_YOUNG: Final = 60.0
"""A lock of so many seconds may not be taken yet by who made it."""


def scratch() -> tuple[Path, int]:
    """Return a new folder for what is made meanwhile, held, and its descriptor; those that died have left theirs: gone.

    Raises:
        OSError: The disk is full or read-only.
    """
    for lock in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{_LOCK}"):
        with contextlib.suppress(OSError):
            _remove_dead(lock)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    return folder, hold(folder, str(folder))


def leave(folder: Path, descriptor: int) -> None:
    """Remove a folder that `scratch` gave."""
    os.close(descriptor)
    shutil.rmtree(folder, ignore_errors=True)


def _remove_dead(lock: Path) -> None:
    if time.time() - lock.stat().st_mtime < _YOUNG:
        return
    descriptor = os.open(lock, os.O_RDWR)
    dead = _locked(descriptor)
    os.close(descriptor)
    if dead:
        shutil.rmtree(lock.parent, ignore_errors=True)


def hold(folder: Path, out: str) -> int:
    """Return a descriptor that holds the folder for as long as this process lives.

    Raises:
        DataError: Another process holds it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    while True:
        folder.mkdir(exist_ok=True)
        path = folder / _LOCK
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except FileNotFoundError:  # the one who held it has removed the folder in this instant
            continue
        if not _locked(descriptor):
            holder = os.read(descriptor, 200).decode("utf-8", "replace").strip() or "another process"
            os.close(descriptor)
            raise DataError(f"{out}: is built by one run at a time; got {holder} at it; wait for it, or stop it")
        try:
            same = os.path.samestat(os.fstat(descriptor), path.stat())
        except OSError:
            same = False
        if same:
            os.truncate(descriptor, 0)
            os.write(descriptor, f"process {os.getpid()} on {socket.gethostname()}\n".encode())
            return descriptor
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    """Lock an open file; False when another process holds it. The system lets go when a process ends in any way."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
