"""What was read and matched as rows of a file, and back: an article with what matching asks of it, a pair, a reject."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

import numpy as np

from tithi.matching.heap import Look
from tithi.matching.match import Candidate, Matched
from tithi.records import Article, Reject, Source, Traces

__all__ = ["Reading", "Row", "matched_again", "matching_rows", "read_again", "reading_row"]

Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a thing in a source: an article has its look, unless it is new; only what has a key is kept."""

    key: bytes
    item: Article | Reject
    look: Look | None = None
    known: bool = False


def reading_row(item: Article | Reject, look: Look | None) -> Row:
    """Return a reading as a row of its file."""
    arrays = (look.letters, look.vectors, look.numbers, look.names) if look is not None else ()
    return {"item": json.dumps(asdict(item)), "look": [array.tobytes() for array in arrays]}


def read_again(key: bytes, row: Row, dim: int) -> Reading:
    """Return what a row of a file was, by its key; vectors are of `dim` numbers."""
    told = json.loads(row["item"])
    if not row["look"]:
        return Reading(key, Reject(**told), known=True)
    letters, vectors, numbers, names = row["look"]
    look = Look(
        np.frombuffer(letters, np.int32),
        np.frombuffer(vectors, np.float16).reshape(-1, dim),
        np.frombuffer(numbers, np.uint32),
        np.frombuffer(names, np.uint32),
    )
    traces = told["traces"] and Traces(**{name: tuple(links) for name, links in told["traces"].items()})
    code = tuple((start, stop) for start, stop in told["code"])
    return Reading(key, Article(told["lang"], told["text"], Source(**told["source"]), code, traces), look, known=True)


def matching_rows(matched: Matched) -> Iterator[Row]:
    """Yield the rows of a file that keeps a matching."""
    for pair in matched.pairs:
        yield {"of": "pairs", "article": pair.hi, "best": json.dumps(asdict(pair))}
    for of, left in (("hi", matched.hi), ("en", matched.en)):
        for article, best in left.items():
            yield {"of": of, "article": article, "best": json.dumps(best and asdict(best))}


def matched_again(rows: Sequence[Row]) -> Matched:
    """Return the matching that the rows of a file keep."""
    found: dict[str, dict[int, Candidate | None]] = {"pairs": {}, "hi": {}, "en": {}}
    pairs = []
    for row in rows:
        told = json.loads(row["best"])
        best = told and Candidate(**{**told, "signs": tuple(told["signs"])})
        if row["of"] == "pairs":
            pairs.append(best)
        else:
            found[row["of"]][row["article"]] = best
    return Matched(tuple(pairs), found["hi"], found["en"])
