"""What an earlier version of a dataset says to the next one: its number, and which articles were in which split.

An article is known again by its Hindi or its English text, whatever it is called now (ids are made from what pages are
called, and a page that comes in may take the name of another), and where both are edited by its id.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tithi.corpus.folder import read_marker
from tithi.corpus.splits import SPLITS, Split
from tithi.corpus.stored import stored_rows, stored_splits
from tithi.errors import DataError

__all__ = ["Recorded", "next_version", "recorded", "text_key"]

_VERSION: Final = re.compile(r"1\.(\d+)\.(\d+)")


@dataclass(frozen=True, slots=True)
class Recorded:
    """The version of the dataset that is there, None if there is none, and the splits of its articles.

    These are by id and by the keys of both texts; of equal texts the one that is held out counts.
    """

    version: str | None = None
    splits: Mapping[str, Split] = field(default_factory=dict)
    texts: Mapping[int, Split] = field(default_factory=dict)

    def of(self, articles: Iterable[tuple[str, Iterable[int]]]) -> dict[str, Split]:
        """Return the splits that articles had, by their ids now; those that are new are left out.

        Args:
            articles: The id of each and the keys of its texts.
        """
        found: dict[str, Split] = {}
        for name, keys in articles:
            if known := [self.texts[key] for key in keys if key in self.texts]:
                found[name] = max(known, key=SPLITS.index)
            elif name in self.splits:
                found[name] = self.splits[name]
        return found


def recorded(out: Path) -> Recorded:
    """Return what the dataset at `out` says; a folder that is no whole dataset of tithi's says nothing."""
    try:
        there = stored_splits(out, "articles")
        splits: dict[str, Split] = {}
        texts: dict[int, Split] = {}
        for split in SPLITS:
            for row in stored_rows(out, "articles", split=split, columns=("id", "hi", "en")) if split in there else ():
                splits[row["id"]] = split
                texts |= dict.fromkeys((text_key(row["hi"]), text_key(row["en"])), split)
        return Recorded(read_marker(out).version, splits, texts)
    except DataError:
        return Recorded()


def text_key(text: str) -> int:
    """Return 64 bits that tell a text from others."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


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
