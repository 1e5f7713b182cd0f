"""A built dataset read back row by row, straight from its Parquet files: no cache, no network, little memory."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tithi.corpus.columns import COLUMNS
from tithi.corpus.folder import file_digest, read_marker
from tithi.corpus.rows import Row
from tithi.errors import DataError, UsageError

__all__ = ["stored_rows", "stored_splits"]

_BATCH_ROWS = 1_000


def stored_splits(out: str | Path, config: str = "sentences") -> list[str]:
    """Return the splits of a config that have files, in the order train, validation, test (`unaligned` may be empty).

    Raises:
        DataError: `out` is no dataset built by tithi.
    """
    return list(_shards(out, config))


def stored_rows(
    out: str | Path, config: str = "sentences", *, split: str | None = None, columns: Sequence[str] | None = None
) -> Iterator[Row]:
    """Yield the rows of a config in order, of one split or of all, as `corpus.rows` made them (spans as lists).

    The files are compared with their digests first, so rows that were changed by hand are not taken for ours.

    Args:
        out: The dataset folder.
        config: `sentences`, `segments`, `articles` or `unaligned`.
        split: `train`, `validation` or `test`; None: all that have rows, in this order.
        columns: The columns to read; None: all.

    Raises:
        UsageError: There is no such split.
        DataError: `out` is no dataset built by tithi, or its files are missing or have changed since.
    """
    shards = _shards(out, config)
    if split is not None and split not in shards:
        there = ", ".join(shards) if shards else "none"
        raise UsageError(f"{out}: {config} has no split {split}; got splits {there}; choose one of them")
    names = [name for of, paths in shards.items() if split in (None, of) for name in paths]
    return _rows(Path(out), names, columns)


def _shards(out: str | Path, config: str) -> dict[str, list[str]]:
    """Return the names of a config's files by split."""
    if config not in COLUMNS:
        raise UsageError(f"{config}: must be one of {', '.join(COLUMNS)}")
    shards: dict[str, list[str]] = {"train": [], "validation": [], "test": []}
    for name in sorted(read_marker(out).files):
        parts = name.split("/")
        if parts[:2] == ["data", config]:
            split = parts[-1].split("-")[0]
            if len(parts) != 3 or split not in shards:
                raise DataError(f"{out}: its marker must list files of known splits; got {name!r}; build it again")
            shards[split].append(name)
    return {split: names for split, names in shards.items() if names}


def _rows(out: Path, names: Sequence[str], columns: Sequence[str] | None) -> Iterator[Row]:
    import pyarrow
    import pyarrow.parquet as pq

    digests = read_marker(out).files
    for name in names:
        if not (out / name).is_file() or file_digest(out / name) != digests[name]:
            raise DataError(
                f"{out / name}: must be as it was built; got a changed or missing file; build the dataset again"
            )
    for name in names:
        try:
            with pq.ParquetFile(out / name) as file:
                wanted = list(file.schema_arrow.names if columns is None else columns)
                if missing := sorted({*wanted} - {*file.schema_arrow.names}):
                    raise DataError(
                        f"{out / name}: must have the column {missing[0]}; got none; build the dataset again"
                    )
                for batch in file.iter_batches(batch_size=_BATCH_ROWS, columns=wanted):
                    yield from batch.to_pylist()
        except (OSError, pyarrow.ArrowException, ValueError) as error:
            reason = " ".join(str(error).split())[:200]
            raise DataError(f"{out / name}: must be a Parquet file; got {reason}; build the dataset again") from None
