"""Vectors for other tools: one text a line in, a `.npy` matrix out."""

import logging
from itertools import islice
from pathlib import Path

import numpy as np

from tithi.encoder.protocol import Encoder
from tithi.errors import DataError
from tithi.records import Lang

__all__ = ["encode_file"]

_BATCH = 8192


def encode_file(path: Path, target: Path, lang: Lang, encoder: Encoder) -> int:
    """Write the vectors of a file of one text a line to `target`, `(n, d)` float32 unit rows, and return n.

    Row i is line i; a blank line is the zero row. A line ends at a line feed alone, as `wc -l` counts. Memory is
    that of 8,192 lines. The target appears when it is whole; `np.load(target, mmap_mode="r")` reads it piece by piece.

    Raises:
        DataError: The file cannot be read or is not UTF-8, or the target cannot be written.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        with path.open("rb") as content:
            count = sum(1 for _ in content)
        with path.open(encoding="utf-8", newline="\n") as lines, part.open("wb") as out:
            header = {"descr": "<f4", "fortran_order": False, "shape": (count, encoder.dim)}
            np.lib.format.write_array_header_1_0(out, header)
            while texts := [line.rstrip("\r\n") for line in islice(lines, _BATCH)]:
                out.write(encoder.encode(texts, lang).astype("<f4", copy=False).tobytes())
        part.replace(target)
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: a file of texts must be UTF-8; got {error}; convert it") from error
    except OSError as error:
        raise DataError(
            f"{path}: vectors go from a readable file to {target}; got {error.strerror or error}; check both"
        ) from error
    finally:
        part.unlink(missing_ok=True)
    logging.getLogger("tithi").info("%s: %d vectors written", target, count)
    return count
