"""How much a source will give, as far as that can be told at once: for a progress bar, not for a decision."""

import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final, Generic, TypeVar

from tithi.addresses import is_address
from tithi.errors import TithiError
from tithi.sources.lines import opened, plain_path
from tithi.sources.pairs import PairFile

__all__ = ["Counted", "articles_in", "lines_in", "pairs_in"]

T = TypeVar("T")
_LINE: Final = b"\n"
_UNITS: Final = {".tmx": b"</tu>", ".xlf": b"</target>", ".xliff": b"</target>"}
_TABLES: Final = (".jsonl", ".ndjson")
_CHUNK: Final = 1 << 20


class Counted(Iterator[T], Generic[T]):
    """A stream that says about how many items it gives; `operator.length_hint` asks. 0: nobody knows."""

    def __init__(self, items: Iterable[T], count: int) -> None:
        self._items = iter(items)
        self._count = count

    def __next__(self) -> T:
        return next(self._items)

    def __length_hint__(self) -> int:
        """Return how many items were expected at the beginning."""
        return self._count


def lines_in(path: str | Path) -> int:
    """Return how many line ends a file has, packed or not; 0 for standard input, or where it cannot be read."""
    return _found(path, _LINE)


def pairs_in(source: PairFile) -> int:
    """Return about how many pairs a file holds; 0 where nobody knows."""
    path = source.files[0]
    kind = plain_path(path).suffix
    return _rows(path) if kind == ".parquet" else _found(path, _UNITS.get(kind, _LINE))


def articles_in(source: str | Path) -> int:
    """Return about how many articles a heap holds: files of a folder, rows of a table; 0 for archives and addresses."""
    if is_address(source):
        return 0
    path = Path(source)
    if path.is_dir():
        return sum(len(files) for _, _, files in os.walk(path))
    if path.suffix == ".parquet":
        return _rows(path)
    return lines_in(path) if plain_path(path).suffix in _TABLES else 0


def _rows(path: Path) -> int:
    import pyarrow
    from pyarrow import parquet

    try:
        return int(parquet.read_metadata(path).num_rows)
    except (OSError, pyarrow.ArrowException):
        return 0


def _found(path: str | Path, mark: bytes) -> int:
    """Return about how often a mark stands in a file; one on the border of what is read at a time is not seen."""
    if str(path) == "-":
        return 0
    try:
        with opened(path) as file:
            return sum(chunk.count(mark) for chunk in iter(partial(file.read, _CHUNK), b""))
    except TithiError:
        return 0
