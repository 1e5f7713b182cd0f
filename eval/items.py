"""What `tithi mt-eval` reads: pairs of a dataset or a file, in order, and a system's translations line by line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tithi.corpus.stored import stored_rows, stored_splits
from tithi.errors import DataError
from tithi.records import Lang
from tithi.script import count_letters
from tithi.sources.lines import whole_lines
from tithi.sources.pairs import pair_file, read_pairs, strict, usable

__all__ = ["MTItem", "MTSystem", "read_items", "read_system", "script_lang"]

_LATIN: Final = re.compile("[A-Za-z]")


@dataclass(frozen=True, slots=True)
class MTItem:
    """A pair to be translated: its row's id or its line's number, its texts, the EDTF date of its segment if known."""

    id: str
    hi: str
    en: str
    date: str | None = None

    def text(self, lang: Lang) -> str:
        """Return one side."""
        return self.hi if lang == "hi" else self.en

    def source(self, target: Lang) -> str:
        """Return the side that is translated into `target`."""
        return self.en if target == "hi" else self.hi


@dataclass(frozen=True, slots=True)
class MTSystem:
    """A system's translations, line i of item i; `name` tells where they come from."""

    name: str
    lines: tuple[str, ...]


def read_items(dataset: Path, split: str = "test") -> list[MTItem]:
    """Return the pairs of one split of a built dataset, or all pairs of a file (see `tithi.sources.pairs`).

    Raises:
        DataError: it cannot be read, has no such split, or holds no pairs.
    """
    if not dataset.is_dir():
        pairs = strict(usable(read_pairs(pair_file(dataset))))
        return [MTItem(pair.where.rpartition(":")[2], pair.hi, pair.en) for pair in pairs]
    splits = stored_splits(dataset)
    if split not in splits:
        there = ", ".join(splits) if splits else "none"
        raise DataError(f"{dataset}: has no split {split}; got {there}; choose one with --split")
    rows = stored_rows(dataset, split=split, columns=("id", "translation", "date"))
    return [MTItem(row["id"], row["translation"]["hi"], row["translation"]["en"], row["date"]) for row in rows]


def read_system(path: Path, items: int) -> MTSystem:
    """Read translations, one a line; an empty line is an empty translation.

    Raises:
        DataError: it cannot be read, is no UTF-8, is empty, or has another number of lines than there are `items`.
    """
    lines = whole_lines(path)
    if not lines:
        raise DataError(f"{path}: must hold translations; got an empty file; give the system's output")
    if len(lines) != items:
        raise DataError(
            f"{path}: must hold one line for each pair, {items}; got {len(lines)}; translate the pairs in their order"
        )
    return MTSystem(str(path), tuple(lines))


def script_lang(lines: Sequence[str]) -> Lang | None:
    """Return the language that most letters are of, None when there are none: `["नदियाँ", "GPS"]` are Hindi."""
    hindi, _ = count_letters(lines)
    latin = sum(len(_LATIN.findall(line)) for line in lines)
    if hindi == latin == 0:
        return None
    return "hi" if hindi > latin else "en"
