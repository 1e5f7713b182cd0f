"""The one writer of Parquet: files of one schema, filled one after the other from a stream of tables."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

__all__ = ["ShardWriter", "SplitSize"]

_GROUP_BYTES: Final = 2 << 20
_SHARD_BYTES: Final = 128 << 20


@dataclass(frozen=True, slots=True)
class SplitSize:
    """How large a split is: rows, bytes in memory, bytes on disk."""

    rows: int
    bytes: int
    file_bytes: int


class ShardWriter:
    """Write tables to `folder/stem-*.parquet`: row groups of about 2 MiB in memory, files of about 128 MiB on disk.

    Every group and page has the least and the greatest value of each column, so that a filter reads what it needs.
    Where a file ends depends on what stands before alone, and its name on its place: more rows at the end leave all
    files but the last as they were. `schema` is a `pyarrow.Schema`. Nothing is made before a table is written, which
    may be empty.
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
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, table: Any, size: int) -> None:
        """Add the rows of a table, in its order; `size` in bytes says where a group ends (`nbytes` has a history).

        Raises:
            OSError: The disk is full.
        """
        self._waiting.append(table)
        self._waiting_bytes += size
        self._rows += table.num_rows
        self._bytes += size
        if self._waiting_bytes > _GROUP_BYTES:
            self._write_group()

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
        if self._paths[-1].stat().st_size > _SHARD_BYTES:
            self._end_file()

    def _end_file(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()
