"""Folders that articles are read from: one that is gone or empty is most often a share that is not mounted."""

import os
from pathlib import Path

from tithi.documents.decoding import shown
from tithi.errors import DataError

__all__ = ["folder_of", "is_gone", "refuse_gone"]


def folder_of(path: str) -> str:
    """Return the folder of a file, or of the file that a part such as `pages.zip#a.html` is in."""
    return str(Path(path.partition("#")[0]).parent)


def is_gone(folder: str) -> bool:
    """Whether a folder does not exist, or holds nothing at all."""
    try:
        with os.scandir(folder) as found:
            return next(found, None) is None
    except (OSError, ValueError):
        return True


def refuse_gone(folder: str, what: str) -> None:
    """Raise `DataError` if a folder is gone; `what` it must hold goes into the message.

    Without it a dataset would be smaller, and one that grew would lose what it had.
    """
    if is_gone(folder):
        got = "an empty folder" if Path(folder).is_dir() else "no such folder"
        raise DataError(
            f"{shown(folder)}: must hold {what}; got {got}; mount it or correct the path, or give --without-missing to"
            " go on without"
        )
