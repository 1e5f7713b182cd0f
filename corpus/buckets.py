"""Rows of numbers on disk, spread over files by their keys, so that equal keys come together with little memory."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Buckets"]

_FILES: Final = 64
_HELD: Final = 1 << 17
_MIX: Final = 0x9E3779B97F4A7C15


class Buckets:
    """Rows of a numpy `dtype` with a field `key` (uint64); a few megabytes are in memory, the others in `folder`."""

    def __init__(self, folder: Path, dtype: Any) -> None:
        self._folder = folder
        self._dtype = dtype
        self._held: list[NDArray[Any]] = []
        self._count = 0
        self._spilt = False

    def add(self, rows: "NDArray[Any]") -> None:
        """Add rows.

        Raises:
            OSError: The disk is full.
        """
        self._held.append(rows)
        self._count += len(rows)
        if self._count > _HELD:
            self._spill()

    def __iter__(self) -> "Iterator[NDArray[Any]]":
        """Yield all rows in some fixed order, those of one key in one array, in the order added."""
        import numpy as np

        if not self._spilt:
            yield np.concatenate([*self._held, np.empty(0, self._dtype)])
            return
        self._spill()
        for number in range(_FILES):
            path = self._path(number)
            if path.exists():
                yield np.fromfile(path, self._dtype)

    def _spill(self) -> None:
        import numpy as np

        if not self._held:
            return
        rows = np.concatenate(self._held)
        self._held.clear()
        self._count = 0
        if not self._spilt:
            self._folder.mkdir(parents=True)
            self._spilt = True
        number = (rows["key"] * np.uint64(_MIX)) >> np.uint64(64 - _FILES.bit_length() + 1)
        order = np.argsort(number, kind="stable")
        bounds = np.searchsorted(number[order], np.arange(_FILES + 1, dtype=np.uint64))
        for bucket in range(_FILES):
            mine = rows[order[bounds[bucket] : bounds[bucket + 1]]]
            if len(mine):
                with self._path(bucket).open("ab") as file:
                    file.write(mine.tobytes())

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:02d}"
