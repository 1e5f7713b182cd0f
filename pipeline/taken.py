"""What was made, taken file by file: parts that follow one another in one file are read together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tithi.filters.verdict import Verdict
from tithi.pipeline.shards import Result
from tithi.records import Reject

__all__ = ["Taken", "together_in_files"]


@dataclass(frozen=True, slots=True)
class Taken:
    """Parts that follow one another in one file, and what filters say of each."""

    path: Path
    rows: list[int]
    verdicts: list[list[Verdict | None] | None]


def together_in_files(results: Iterable[Result]) -> Iterator[Reject | Taken]:
    """Yield the results in order, those that follow one another in one file as one; rejects as they are."""
    taken: Taken | None = None
    for result in results:
        if (
            isinstance(result, Reject)
            or taken is None
            or result.place[0] != taken.path
            or result.place[1] <= taken.rows[-1]
        ):
            if taken is not None:
                yield taken
            taken = None
        if isinstance(result, Reject):
            yield result
            continue
        path, row = result.place
        taken = taken or Taken(path, [], [])
        taken.rows.append(row)
        taken.verdicts.append(result.verdicts)
    if taken is not None:
        yield taken
