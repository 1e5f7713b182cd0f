"""A dataset's rows put together again by article pair: what a report draws and what is corrected.

The configs of a dataset list their articles in one order, so that all four are read side by side, one article pair in
memory at a time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from tithi.corpus.rows import ARTICLE_KEY, COLUMNS, Row
from tithi.corpus.rows import rows as published
from tithi.corpus.stored import stored_rows, stored_splits
from tithi.errors import DataError
from tithi.records import Alignment, Quality

__all__ = ["Story", "aligned_story", "ordered", "stored_stories"]


@dataclass(frozen=True, slots=True)
class Story:
    """The rows of one article pair, as `tithi.corpus.rows` declares them; each config in article order."""

    article: Row
    segments: tuple[Row, ...]
    sentences: tuple[Row, ...]
    unaligned: tuple[Row, ...]

    @property
    def id(self) -> str:
        """The id of the article pair."""
        return str(self.article["id"])


def aligned_story(alignment: Alignment, quality: Sequence[Quality | None] | None = None) -> Story:
    """Return the rows that an alignment would be published as."""
    made = published(alignment, quality)
    return Story(made["articles"][0], *(tuple(made[config]) for config in ("segments", "sentences", "unaligned")))


def stored_stories(out: str | Path) -> Iterator[Story]:
    """Yield the article pairs of a dataset in its own order.

    Raises:
        DataError: `out` is no dataset built by tithi, or its files have changed since.
    """
    for split in stored_splits(out, "articles"):
        streams = {config: _Stream(out, config, split) for config in COLUMNS if config != "articles"}
        for article in stored_rows(out, "articles", split=split):
            taken = {config: stream.take(article["id"]) for config, stream in streams.items()}
            yield Story(article, taken["segments"], taken["sentences"], taken["unaligned"])
        if left := next((stream.waiting for stream in streams.values() if stream.waiting), None):
            raise DataError(f"{out}: every row must belong to an article; got {left}; build the dataset again")


class _Stream:
    """The rows of a config and split by article; an article may have none."""

    def __init__(self, out: str | Path, config: str, split: str) -> None:
        there = split in stored_splits(out, config)
        found = stored_rows(out, config, split=split) if there else iter(())
        self._groups = groupby(found, key=lambda row: row[ARTICLE_KEY[config]])
        self._next: tuple[str, tuple[Row, ...]] | None = None
        self._advance()

    @property
    def waiting(self) -> str | None:
        """The article whose rows come next, None at the end."""
        return self._next[0] if self._next else None

    def take(self, article: str) -> tuple[Row, ...]:
        if self._next is None or self._next[0] != article:
            return ()
        rows = self._next[1]
        self._advance()
        return rows

    def _advance(self) -> None:
        group = next(self._groups, None)
        self._next = None if group is None else (group[0], tuple(group[1]))


def ordered(story: Story) -> list[tuple[Row, list[Row]]]:
    """Return each segment with the rows of `sentences` and `unaligned` in it, as a reader meets them.

    Rows follow the Hindi article; what only the English tells stands behind the English that comes before it.
    """
    rows: dict[str, list[Row]] = {segment["id"]: [] for segment in story.segments}
    for row in (*story.sentences, *story.unaligned):
        rows[row["segment_id"]].append(row)
    return [(segment, _reading_order(rows[segment["id"]])) for segment in story.segments]


def _reading_order(rows: Sequence[Row]) -> list[Row]:
    placed = sorted((row for row in rows if _start(row, "hi") is not None), key=lambda row: _start(row, "hi") or 0)
    behind = sorted((row for row in rows if _start(row, "hi") is None), key=lambda row: _start(row, "en") or 0)
    starts = sorted((start, index) for index, row in enumerate(placed) if (start := _start(row, "en")) is not None)
    # One walk along the English: each stretch goes behind the last row that began before it.
    after: dict[int, list[Row]] = {}
    seen = 0
    for row in behind:
        while seen < len(starts) and starts[seen][0] < (_start(row, "en") or 0):
            seen += 1
        after.setdefault(starts[seen - 1][1] if seen else -1, []).append(row)
    found = after.get(-1, [])
    for index, row in enumerate(placed):
        found += [row, *after.get(index, [])]
    return found


def _start(row: Row, lang: str) -> int | None:
    span: Sequence[int] | None = row["span"] if row.get("lang") == lang else row.get(f"{lang}_span")
    return span[0] if span else None
