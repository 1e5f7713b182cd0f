"""Vectors for other tools: one text a line in, a `.npy` matrix out."""

from itertools import islice
from pathlib import Path

import numpy as np

from tithi.corpus.errors import DataError
from tithi.corpus.records import Lang
from tithi.encoder.protocol import Encoder

__all__ = ["encode_file"]

_BATCH = 8192


def encode_file(path: Path, target: Path, lang: Lang, encoder: Encoder) -> int:
    """Write the vectors of a file of one text a line to `target`, `(n, d)` float32 unit rows, and return n.

    Row i is line i; a blank line is the zero row. A line ends at a line feed alone, as `wc -l` counts. The matrix is
    written in place, so memory stays small; `np.load(target, mmap_mode="r")` reads it the same way.

    Raises:
        DataError: The file cannot be read or is not UTF-8, or the target cannot be written.
    """
    try:
        with path.open("rb") as content:
            count = sum(1 for _ in content)
        if not count:
            np.save(target, np.zeros((0, encoder.dim), np.float32))
            return 0
        rows = np.lib.format.open_memmap(target, "w+", np.float32, (count, encoder.dim))
        with path.open(encoding="utf-8", newline="\n") as lines:
            for first in range(0, count, _BATCH):
                texts = [line.rstrip("\r\n") for line in islice(lines, _BATCH)]
                rows[first : first + len(texts)] = encoder.encode(texts, lang)
        rows.flush()
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: a file of texts must be UTF-8; got {error}; convert it") from error
    except OSError as error:
        raise DataError(f"{path}: vectors go from a readable file to {target}; got {error}; check both") from error
    return count
