"""A dataset while it is written: its rows and figures, what filters dropped, what was refused."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tithi.corpus.built import Built
from tithi.corpus.folder import refuse_input
from tithi.corpus.leaks import EXCLUDED, pair_keys
from tithi.corpus.parts import part, read_parts
from tithi.corpus.write import DatasetWriter
from tithi.errors import DataError
from tithi.filters.config import chosen, named
from tithi.filters.judge import Thresholds
from tithi.filters.verdict import Verdict
from tithi.pipeline.account import Account, told
from tithi.pipeline.checked import Checked
from tithi.pipeline.settings import About, Settings
from tithi.pipeline.sieve import Sieve, part_rows, without
from tithi.pipeline.stage import stage
from tithi.pipeline.stored import checked_parts
from tithi.records import Reject
from tithi.sources.excluded import read_excluded

__all__ = ["Output", "thresholds_of", "without_excluded"]


class Output:
    """Write a dataset to `out`; leave what is there as it was unless `close` succeeds.

    Raises:
        UsageError: `out` must not be replaced, or holds a file of `settings.exclude`; the filter is none.
        DataError: `out` cannot be written, or an excluded file cannot be read.
    """

    def __init__(self, out: str | Path, settings: Settings, about: About) -> None:
        for path in settings.exclude:
            refuse_input(out, path)
        thresholds = thresholds_of(settings, about)
        self._out = out
        self._settings = settings
        self._account = Account(about.decisions)
        self._first: Reject | None = None
        said = about.told() if thresholds is None else {**about.told(), "filter": named(thresholds)}
        self._writer = DatasetWriter(out, force=settings.force, settings=said, given=about.given)
        self._sieve = None if thresholds is None else Sieve(thresholds, self._writer.folder, about.recurring)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop what was written, unless `close` moved it into place."""
        self._writer.__exit__(kind, error, trace)

    @property
    def folder(self) -> Path:
        """Where the dataset grows; what is put there becomes part of it."""
        return self._writer.folder

    def reject(self, reject: Reject) -> None:
        """List a pair that was not made.

        Raises:
            DataError: `settings.strict`, or the disk is full.
        """
        if self._settings.strict:
            raise DataError(reject.reason)
        self._first = self._first or reject
        self._writer.reject(reject)

    def take(self, path: Path, rows: Sequence[int], verdicts: Sequence[Sequence[Verdict | None] | None]) -> None:
        """Add the article pairs of some rows of a file of parts, with what filters say of the pairs of each.

        Those of which nothing is dropped stay as they are; see `DatasetWriter.take`.
        """
        if self._sieve is None:
            for article, said in self._writer.take(path, rows):
                self._account.add(article, said)
            return
        import pyarrow as pa

        parts = read_parts(path).take(pa.array(rows, pa.int32()))
        for number, judged in enumerate(verdicts):
            assert judged is not None
            one = parts.slice(number, 1)
            (said,) = one["told"].to_pylist()
            final = self._sieve.verdicts(part_rows(one), judged)
            if any(final):
                one = self._without(one, final, json.loads(said))
                (said,) = one["told"].to_pylist()
            self._writer.put(one)
            self._account.add(one["id"][0].as_py(), said)

    def _without(self, one: Any, verdicts: Sequence[Verdict | None], said: Mapping[str, Any]) -> Any:
        """Return a part made again without what filters drop."""
        (checked,) = checked_parts(one)
        decided = replace(checked, met=tuple(said["met"]), unfit=tuple(said["unfit"]))
        kept = without(decided, verdicts)
        signatures = one["hi_signature"][0].as_py(), one["en_signature"][0].as_py()
        return part(kept.alignment, kept.quality, told(kept, said["sums"]["excluded"]), signatures)

    def add(self, checked: Checked, left_out: int = 0, verdicts: Sequence[Verdict | None] | None = None) -> None:
        """Add a checked article pair; see `DatasetWriter.add`.

        Args:
            checked: The pair.
            left_out: How many of its sentence pairs were left out as excluded.
            verdicts: What `pipeline.sieve.judged` says of the others, if that is known.
        """
        kept = checked if self._sieve is None else self._sieve.kept(checked, verdicts)
        self._writer.add(kept.alignment, kept.quality)
        self._account.add(kept.alignment.id, told(kept, left_out))

    def close(self, beside: Callable[[Path], None] | None = None) -> Built:
        """Write what describes the dataset and move it into place; see `DatasetWriter.close`.

        Raises:
            DataError: There is no article pair, or the disk is full.
        """
        if self._account.articles == 0:
            why = f"the first: {self._first.where}: {self._first.reason}" if self._first else "nothing is listed"
            raise DataError(f"{self._out}: a dataset needs at least one good pair; got none; {why}")
        metrics = self._account.metrics()
        if files := self._settings.exclude:
            counts = {"files": len(files), "lines": len(_excluded(files)), "pairs": self._account.excluded}
            metrics["excluded"] = counts
        if self._sieve is not None:
            metrics |= self._sieve.figures()
        return self._writer.close(metrics, beside=beside, progress=self._settings.progress, choosing=stage)


def thresholds_of(settings: Settings, about: About) -> Thresholds | None:
    """Return which filters run, None for none.

    Raises:
        UsageError: The filter of the settings is none.
    """
    return chosen(settings.filter) if about.thresholds is None and settings.filter is not None else about.thresholds


def without_excluded(checked: Checked, files: tuple[str, ...]) -> tuple[Checked, int]:
    """Return an article pair without the pairs that files exclude, and how many those are."""
    unwanted = _excluded(files)
    if not unwanted:
        return checked, 0
    kept = checked.without(lambda bead: not unwanted.isdisjoint(pair_keys(checked.alignment, bead)), EXCLUDED)
    return kept, len(checked.quality) - len(kept.quality)


@cache
def _excluded(files: tuple[str, ...]) -> frozenset[int]:
    """Return the keys of the lines of files, read once a process."""
    return read_excluded(files)
