"""Parts in, Parquet out: every row to the files of its split, but for pairs that would leak."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tithi.corpus.columns import COLUMNS
from tithi.corpus.leaks import Leaks
from tithi.corpus.left_out import LeftOut
from tithi.corpus.parts import rows_of
from tithi.corpus.shards import ShardWriter, SplitSize
from tithi.corpus.splits import SPLITS, Split, Splits
from tithi.corpus.tally import Chart, Tally

__all__ = ["Assembled", "Assembly"]


@dataclass(frozen=True, slots=True)
class Assembled:
    """What was written: the sizes by config and split, charts, what was left out by reason, pairs that moved."""

    sizes: Mapping[str, Mapping[Split, SplitSize]]
    charts: tuple[Chart, ...]
    left_out: Mapping[str, int]
    moved: int


class Assembly:
    """Writes parts, in order, to `folder/data`.

    Args:
        folder: The dataset's folder.
        schemas: The `pyarrow.Schema` of each config.
        splits: Where each article goes.
        leaks: The pairs that go to `unaligned` instead.
    """

    def __init__(self, folder: Path, schemas: dict[str, Any], splits: Splits, leaks: Leaks) -> None:
        self._folder = folder
        self._schemas = schemas
        self._splits = splits
        self._leaks = leaks
        self._pairs = 0
        self._last = ""
        self._tally = Tally()
        self._writers: dict[tuple[str, Split], ShardWriter] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of unfinished files."""
        self._open.close()

    def add(self, parts: Any) -> None:
        """Write the rows of some parts, a `pyarrow.Table`.

        Raises:
            OSError: The disk is full.
        """
        import pyarrow as pa
        import pyarrow.compute as pc

        self._last = parts["id"][-1].as_py()
        homes = [self._splits.by_article[name] for name in parts["id"].to_pylist()]
        leaking = self._leaking(parts["pairs"].to_pylist())
        for split in self._splits.names:
            mine = [k for k, home in enumerate(homes) if home == split]
            if mine:
                chosen = parts if len(mine) == len(homes) else parts.filter(pc.equal(pa.array(homes), split))
                self._put(split, chosen, [leaking[k] for k in mine])

    def close(self) -> Assembled:
        """Finish all files and return what was written.

        A split without rows has no files, but `unaligned` has one in `train` when it has none at all: the config is
        there, and `datasets` streams it as empty (otherwise it refuses an empty split).
        """
        if not any(config == "unaligned" for config, _ in self._writers):
            self._writer("unaligned", "train").write(self._schemas["unaligned"].empty_table(), 0, self._last)
        sizes = {
            config: {
                split: self._writers[config, split].close() for split in SPLITS if (config, split) in self._writers
            }
            for config in COLUMNS
        }
        return Assembled(sizes, tuple(self._tally.charts()), dict(self._tally.reasons.most_common()), self._tally.moved)

    def _leaking(self, counts: Sequence[int]) -> list[list[int]]:
        """Return for each of the next articles, which have so many pairs, which of its pairs leak."""
        import numpy as np

        found: list[list[int]] = []
        for count in counts:
            low, high = np.searchsorted(self._leaks.pairs, [self._pairs, self._pairs + count])
            found.append([int(pair) - self._pairs for pair in self._leaks.pairs[low:high]])
            self._pairs += count
        return found

    def _put(self, split: Split, parts: Any, leaking: Sequence[Sequence[int]]) -> None:
        """Write the rows of parts of one split."""
        import pyarrow as pa

        starts = accumulate(parts["pairs"].to_pylist(), initial=0)
        left_out = LeftOut({start + pair for start, pairs in zip(starts, leaking, strict=False) for pair in pairs})
        sizes = [sum(of_config) for of_config in zip(*parts["sizes"].to_pylist(), strict=True)]
        for config, size in zip(COLUMNS, sizes, strict=True):
            rows = left_out.amended(config, rows_of(parts, config))
            if rows.num_rows:
                self._write(config, split, rows.cast(self._schemas[config]), size)
        if left_out.rows:
            rows = pa.Table.from_pylist(left_out.rows, schema=self._schemas["unaligned"])
            self._write("unaligned", split, rows, rows.nbytes)

    def _write(self, config: str, split: Split, rows: Any, size: int) -> None:
        self._writer(config, split).write(rows, size, self._last)
        self._tally.add(config, rows)

    def _writer(self, config: str, split: Split) -> ShardWriter:
        key = config, split
        if key not in self._writers:
            self._writers[key] = ShardWriter(self._folder / "data" / config, split, self._schemas[config])
            self._open.callback(self._writers[key].abandon)
        return self._writers[key]
