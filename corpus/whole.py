"""Files that appear whole or not at all: written beside their names, renamed when all are complete."""

import contextlib
import os
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

from tithi.corpus.folder import writing

__all__ = ["whole_files"]


@contextlib.contextmanager
def whole_files(targets: Sequence[Path]) -> Iterator[list[Path]]:
    """Give a path to write for each target; rename them into place at the end, remove them after an error.

    Raises:
        DataError: The disk is full or read-only; the targets are as they were.
    """
    parts = [target.with_name(f".{target.name}.{secrets.token_hex(6)}") for target in targets]
    with writing(targets[0]):
        try:
            yield parts
            for part, target in zip(parts, targets, strict=True):
                os.replace(part, target)  # noqa: PTH105 - Path.replace is the same
        finally:
            for part in parts:
                with contextlib.suppress(OSError):
                    part.unlink()
