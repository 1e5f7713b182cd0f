"""Parquet files of one schema, filled one after the other from a stream of tables, with little memory."""

from contextlib import suppress
from pathlib import Path
from typing import Any, Final

__all__ = ["ShardWriter"]

_GROUP_BYTES: Final = 16 << 20
_SHARD_BYTES: Final = 256 << 20


class ShardWriter:
    """Write tables to `folder/stem-*.parquet`, row groups of about 16 MiB in memory, files of about 256 MiB on disk.

    `rows` and `bytes` (in memory) count what was written; `schema` is a `pyarrow.Schema`. Nothing is made before
    a table is written, which may be empty.
    """

    def __init__(self, folder: Path, stem: str, schema: Any) -> None:
        self._folder = folder
        self._stem = stem
        self._schema = schema
        self._waiting: list[Any] = []
        self._waiting_bytes = 0
        self._writer: Any = None
        self._paths: list[Path] = []
        self.rows = 0
        self.bytes = 0
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, table: Any) -> None:
        """Add the rows of a table, in its order."""
        self._waiting.append(table)
        self._waiting_bytes += table.nbytes
        self.rows += table.num_rows
        self.bytes += table.nbytes
        if self._waiting_bytes > _GROUP_BYTES:
            self._write_group()

    def close(self) -> list[Path]:
        """Finish the last file and return all, named `stem-00000-of-00001.parquet`; without rows there is none."""
        if self._waiting:
            self._write_group()
        self._end_file()
        total = len(self._paths)
        names = [self._folder / f"{self._stem}-{number:05d}-of-{total:05d}.parquet" for number in range(total)]
        return [path.rename(name) for path, name in zip(self._paths, names, strict=True)]

    def abandon(self) -> None:
        """Let go of an unfinished file."""
        with suppress(OSError):
            self._end_file()

    def _write_group(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if self._writer is None:
            self._paths.append(self._folder / f"{self._stem}-{len(self._paths):05d}.parquet")
            self._writer = pq.ParquetWriter(self._paths[-1], self._schema, compression="zstd")
        if self._waiting_bytes:  # `datasets` opens a file without row groups, but not an empty group
            self._writer.write_table(pa.concat_tables(self._waiting).combine_chunks())
        self._waiting.clear()
        self._waiting_bytes = 0
        if self._paths[-1].stat().st_size > _SHARD_BYTES:
            self._end_file()

    def _end_file(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()
