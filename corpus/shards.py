"""The one writer of Parquet: files of one schema, filled one after the other from a stream of tables."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tithi.corpus.bounds import Bound

__all__ = ["ShardWriter", "SplitSize"]

_GROUP: Final = Bound("group", 1 << 20, 1 << 20, 4 << 20)
"""Bytes in memory."""
_FILE: Final = Bound("file", 192 << 20, 192 << 20, 768 << 20)
"""Bytes in memory; on disk they are about a third."""


@dataclass(frozen=True, slots=True)
class SplitSize:
    """How large a split is: rows, bytes in memory, bytes on disk."""

    rows: int
    bytes: int
    file_bytes: int


class ShardWriter:
    """Write tables to `folder/stem-*.parquet`: row groups of about 2 MiB in memory, files of about 128 MiB on disk.

    Every group and page has the least and the greatest value of each column, so that a filter reads what it needs.
    Where they end the ids of articles say (see `corpus.bounds`), and a file's name its place: more rows leave all files
    as they were but those that they come into, and at most give those behind another name. `schema` is a
    `pyarrow.Schema`. Nothing is made before a table is written, which may be empty.
    """

    def __init__(self, folder: Path, stem: str, schema: Any) -> None:
        self._folder = folder
        self._stem = stem
        self._schema = schema
        self._waiting: list[Any] = []
        self._waiting_bytes = 0
        self._writer: Any = None
        self._paths: list[Path] = []
        self._rows = 0
        self._bytes = 0
        self._file_bytes = 0
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, table: Any, size: int, last: str) -> None:
        """Add the rows of a table, in its order.

        Args:
            table: A `pyarrow.Table` of the schema.
            size: How many bytes it counts for, which says where groups and files end (`nbytes` has a history).
            last: The id of the last article of those that are written together.

        Raises:
            OSError: The disk is full.
        """
        self._waiting.append(table)
        self._waiting_bytes += size
        self._rows += table.num_rows
        self._bytes += size
        self._file_bytes += size
        whole = _FILE.ends(self._file_bytes, size, last)
        if whole or _GROUP.ends(self._waiting_bytes, size, last):
            self._write_group()
        if whole:
            self._end_file()

    def close(self) -> SplitSize:
        """Finish the last file and return how much was written.

        Raises:
            OSError: The disk is full.
        """
        if self._waiting:
            self._write_group()
        self._end_file()
        return SplitSize(self._rows, self._bytes, sum(path.stat().st_size for path in self._paths))

    def abandon(self) -> None:
        """Let go of an unfinished file."""
        with suppress(OSError):
            self._end_file()

    def _write_group(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if self._writer is None:
            self._paths.append(self._folder / f"{self._stem}-{len(self._paths):05d}.parquet")
            self._writer = pq.ParquetWriter(self._paths[-1], self._schema, compression="zstd", write_page_index=True)
        table = pa.concat_tables(self._waiting).combine_chunks()
        if table.num_rows:  # `datasets` opens a file without row groups, but not an empty group
            self._writer.write_table(table)
        self._waiting.clear()
        self._waiting_bytes = 0
        pa.default_memory_pool().release_unused()

    def _end_file(self) -> None:
        writer, self._writer, self._file_bytes = self._writer, None, 0
        if writer is not None:
            writer.close()
