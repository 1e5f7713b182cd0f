"""What a build made, for those who called it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tithi.corpus.splits import Split, Splits
from tithi.records import Lang

__all__ = ["Built", "Matching"]


@dataclass(frozen=True, slots=True)
class Matching:
    """What became of two heaps.

    How many articles were `read` of each, how many things were `refused` because they are none, how many `pairs` were
    found, and how many articles of each stayed `alone`.
    """

    read: Mapping[Lang, int]
    refused: int
    pairs: int
    alone: Mapping[Lang, int]


@dataclass(frozen=True, slots=True)
class Built:
    """What was written: the folder, its version, the rows by config and split, the splits, the rejected pairs.

    `faults` counts those among the rejects that tithi itself failed at; `left_out` the stretches of `unaligned` by
    reason; `moved` the sentence pairs told elsewhere on the English side; `reused` the article pairs that an earlier
    run had finished. `matching` tells of the heaps, if any. A dataset that went to an `address` is no longer at `out`.
    """

    out: Path
    version: str
    rows: Mapping[str, Mapping[Split, int]]
    splits: Splits
    rejects: int
    faults: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    moved: int = 0
    reused: int = 0
    matching: Matching | None = None
    address: str | None = None
