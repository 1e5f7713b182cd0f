"""Filters run over a stream of rows: every row answered, in order, the same in one process and in many."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

from tithi.filters.judge import Thresholds, judge
from tithi.filters.recurring import Corpus
from tithi.filters.verdict import Row, Verdict
from tithi.pipeline.jobs import each
from tithi.records import Reject

__all__ = ["Answer", "filtered"]

Answer: TypeAlias = tuple[Row | Reject, Verdict | None]
"""A row and why it is dropped, None where it is kept; what is no pair is never kept."""

_BATCH: Final = 256


@dataclass(frozen=True, slots=True)
class _Batch:
    """Rows that follow one another; `where` and `id` are those of the first."""

    where: str
    id: str
    items: tuple[Row | Reject, ...]


def filtered(
    rows: Iterable[Row | Reject], thresholds: Thresholds, corpus: Corpus, *, jobs: int = 1
) -> Iterator[Answer]:
    """Yield every row with its verdict, in order.

    Args:
        rows: What to judge.
        thresholds: Which filters run, see `tithi.filters.config`.
        corpus: What is known of the corpus and was kept so far; it goes on from there.
        jobs: Processes to judge in; the answers are the same.

    Memory holds four batches of 256 rows a process, and some 100 bytes a row that is kept.

    Raises:
        DataError: As `rows` does, or a process died.
    """
    work = partial(_judged, dict(thresholds))
    for answers in each(_batches(rows), work, jobs=jobs):
        if isinstance(answers, Reject):  # a process's fault; rows of their own never end here
            yield answers, None
            continue
        for item, verdict in answers:
            yield item, (corpus.verdict(item) if verdict is None and isinstance(item, Row) else verdict)


def _batches(items: Iterable[Row | Reject]) -> Iterator[_Batch]:
    batch: list[Row | Reject] = []
    for item in items:
        batch.append(item)
        if len(batch) == _BATCH:
            yield _Batch(batch[0].where, batch[0].where, tuple(batch))
            batch = []
    if batch:
        yield _Batch(batch[0].where, batch[0].where, tuple(batch))


def _judged(thresholds: Thresholds, batch: _Batch) -> list[Answer]:
    """Judge a batch; a row at which a filter itself fails becomes a reject, the others are judged."""
    rows = [item for item in batch.items if isinstance(item, Row)]
    try:
        told = iter(judge(rows, thresholds))
    except Exception:  # whatever it is, it is the fault of one row
        return [_alone(item, thresholds) if isinstance(item, Row) else (item, None) for item in batch.items]
    return [(item, next(told) if isinstance(item, Row) else None) for item in batch.items]


def _alone(row: Row, thresholds: Thresholds) -> Answer:
    try:
        return row, judge([row], thresholds)[0]
    except Exception as error:
        reason = f"a fault of tithi's, please report it: {type(error).__name__}: {error}"
        return Reject(row.where, row.pair.id, " ".join(reason.split()), fault=True), None
