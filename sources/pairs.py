"""Files of pairs for `tithi check`.

TSV (`hi<TAB>en`), JSONL (`{"hi": ..., "en": ...}` or `{"translation": {...}}`), and datasets that `tithi build` wrote.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from tithi.corpus.stored import stored_rows
from tithi.errors import DataError

__all__ = ["LinePair", "read_pairs"]


@dataclass(frozen=True, slots=True)
class LinePair:
    """A pair and where it stands: the line of its file, or the row of its dataset, from 1."""

    line: int
    hi: str
    en: str


def read_pairs(source: Path | TextIO) -> Iterator[LinePair]:
    """Yield the pairs of a file, of a dataset folder (the Parquet files of its `sentences`), or of an open text stream.

    A line that begins with `{` is JSON, any other is TSV; blank lines are left out.

    Raises:
        DataError: the source cannot be read, or a line is not a pair.
    """
    if isinstance(source, Path) and source.is_dir():
        yield from _from_dataset(source)
        return
    name = str(source) if isinstance(source, Path) else "-"
    try:
        if isinstance(source, Path):
            with source.open(encoding="utf-8-sig", newline="\n") as lines:
                yield from _from_lines(name, lines)
        else:
            yield from _from_lines(name, source)
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{name}: cannot read pairs; got {error}; give UTF-8 TSV or JSONL") from error


def _from_lines(name: str, lines: Iterable[str]) -> Iterator[LinePair]:
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip("\r\n")
        if not line.strip():
            continue
        where = f"{name}:{number}"
        if line.lstrip().startswith("{"):
            yield LinePair(number, *_from_json(where, line))
            continue
        columns = line.split("\t")
        if len(columns) != 2 or not all(column.strip() for column in columns):
            filled = sum(bool(column.strip()) for column in columns)
            raise DataError(f"{where}: a line is hi<TAB>en; got {filled} of 2 columns; give both sides")
        yield LinePair(number, columns[0], columns[1])


def _from_json(where: str, line: str) -> tuple[str, str]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DataError(f"{where}: not JSON; got {error}; give one object a line") from error
    pair = row.get("translation", row)
    texts = (pair.get("hi"), pair.get("en")) if isinstance(pair, dict) else (None, None)
    if not (isinstance(texts[0], str) and isinstance(texts[1], str)):
        raise DataError(f"{where}: a pair has the texts hi and en; got keys {sorted(row)}; give both sides")
    return texts[0], texts[1]


def _from_dataset(folder: Path) -> Iterator[LinePair]:
    for row, pair in enumerate(stored_rows(folder, columns=["translation"]), 1):
        yield LinePair(row, pair["translation"]["hi"], pair["translation"]["en"])
