"""What an earlier version of a dataset says to the next one: its number, and which articles were in which split."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tithi.corpus.folder import read_marker
from tithi.corpus.splits import SPLITS, Split
from tithi.corpus.stored import stored_rows, stored_splits
from tithi.errors import DataError

__all__ = ["Recorded", "next_version", "recorded"]

_VERSION: Final = re.compile(r"1\.(\d+)\.(\d+)")


@dataclass(frozen=True, slots=True)
class Recorded:
    """The version of the dataset that is there, None if there is none, and the splits of its articles by id."""

    version: str | None = None
    splits: Mapping[str, Split] = field(default_factory=dict)


def recorded(out: Path) -> Recorded:
    """Return what the dataset at `out` says; a folder that is no whole dataset of tithi's says nothing."""
    try:
        there = stored_splits(out, "articles")
        splits: dict[str, Split] = {
            row["id"]: split
            for split in SPLITS
            if split in there
            for row in stored_rows(out, "articles", split=split, columns=("id",))
        }
        return Recorded(read_marker(out).version, splits)
    except DataError:
        return Recorded()


def next_version(digests: Mapping[str, str], previous: str | None) -> str:
    """Return a dataset version that changes with the data files: `datasets` caches by version, not by content.

    Args:
        digests: The SHA-256 of the files by name.
        previous: The version of the dataset that was there. The same data have the same version; other data the next.

    Example: `1.3.140737488355328` is the third change; the last number is made from the digests.
    """
    data = {name.removeprefix("data/"): digest for name, digest in digests.items() if name.startswith("data/")}
    content = "\n".join(f"{digest} {name}" for name, digest in sorted(data.items()))
    patch = int(hashlib.sha256(content.encode("utf-8")).hexdigest()[:12], 16)
    found = _VERSION.fullmatch(previous or "")
    if found is None:
        return f"1.0.{patch}"
    return f"1.{int(found[1]) + (int(found[2]) != patch)}.{patch}"
