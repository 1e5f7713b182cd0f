"""Public test sets whose sentences are kept out of a dataset: files of sentences, or of their hashes."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tithi.corpus.leaks import sentence_key
from tithi.documents.decoding import shown
from tithi.errors import DataError
from tithi.records import Reject
from tithi.sources.lines import read_lines_of

__all__ = ["read_excluded"]

_HASH: Final = re.compile("[0-9a-f]{16,64}")


def read_excluded(files: Iterable[str | Path]) -> frozenset[int]:
    """Return the keys of the lines of files: text, or the SHA-256 of a normal form in hexadecimal (16 digits or more).

    Raises:
        DataError: A file cannot be read, is not UTF-8 or no text, has a line of more than 1 MiB, or holds
            nothing.
    """
    found: set[int] = set()
    for path in files:
        empty = True
        for read in read_lines_of(path):
            if isinstance(read, Reject):
                raise DataError(f"{read.where}: {read.reason}; save the file again as UTF-8")
            if line := read.strip():
                empty = False
                found.add(int(line[:16], 16) if _HASH.fullmatch(line) else sentence_key(line))
        if empty:
            raise DataError(f"{shown(path)}: must hold the texts to keep out, one a line; got none; check the path")
    return frozenset(found)
