"""A dataset's rows put together again by article pair: what a report draws and what is corrected.

The configs of a dataset list their articles in one order, so that all four are read side by side, one article pair in
memory at a time.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final, TypeVar

from tithi.aligner.sentences import split_sentences
from tithi.corpus.columns import ARTICLE_KEY, COLUMNS
from tithi.corpus.rows import Row
from tithi.corpus.rows import rows as published
from tithi.corpus.stored import stored_rows, stored_splits
from tithi.errors import DataError
from tithi.records import (
    Alignment,
    Article,
    Bead,
    Document,
    Lang,
    Quality,
    Range,
    Segment,
    SegmentLink,
    Sentence,
    Source,
    Span,
)

__all__ = ["Story", "aligned_story", "ordered", "reading_order", "stored_stories", "story_alignment"]

T = TypeVar("T")
_SIDES: Final[tuple[Lang, Lang]] = ("hi", "en")


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


def story_alignment(story: Story) -> Alignment:
    """Return the alignment that the rows tell of, with the sentences of each side cut again from its text.

    It is the one that was published: rows left out by a threshold are null beads with the reason.
    """
    article = story.article
    documents, at = {}, {}
    for lang in _SIDES:
        stretches = (*story.sentences, *story.unaligned)
        places = sorted(place for row in stretches for place in _sentences(row, lang, article[lang]))
        at[lang] = [start for start, _ in places]
        told = {name: value for name, value in (article[f"{lang}_source"] or {}).items() if value is not None}
        text = Article(lang, article[lang], Source("", **told))
        sentences = tuple(Sentence(start, stop, article[lang][start:stop]) for start, stop in places)
        documents[lang] = Document(text, _segments(story, lang, at[lang]), sentences)
    order = {lang: {segment.start: k for k, segment in enumerate(documents[lang].segments)} for lang in _SIDES}
    links, beads = [], []
    for number, (segment, rows) in enumerate(ordered(story)):
        hi, en = (tuple(order[lang][start] for start, _ in segment[f"{lang}_spans"]) for lang in _SIDES)
        links.append(SegmentLink(hi, en, segment["basis"], segment["conflict"]))
        for row in rows:
            left, right = (_sentence_range(at[lang], _place(row, lang)) for lang in _SIDES)
            why = row.get("reason"), bool(row.get("moved")), _rival(row, at)
            beads.append(Bead(left, right, row["score"], row["date"], number, *why))
    return Alignment(story.id, documents["hi"], documents["en"], tuple(links), tuple(beads))


def _segments(story: Story, lang: Lang, starts: Sequence[int]) -> tuple[Segment, ...]:
    found = []
    for row in story.segments:
        parts = zip(row[f"{lang}_spans"], row[f"{lang}_dates"], row[f"{lang}_headings"], strict=True)
        for (start, stop), date, heading in parts:
            inside = story.article[lang].find(heading, start, stop) if heading else -1
            span = (inside, inside + len(heading)) if heading and inside >= 0 else None
            found.append(Segment(start, stop, span, date, _sentence_range(starts, (start, stop))))
    return tuple(sorted(found, key=lambda segment: segment.start))


def _sentence_range(starts: Sequence[int], span: Span | None) -> Range:
    return (0, 0) if span is None else (bisect_left(starts, span[0]), bisect_left(starts, span[1]))


def _rival(row: Row, starts: Mapping[Lang, Sequence[int]]) -> tuple[Range, float] | None:
    if (span := row.get("rival_span")) is None:
        return None
    return _sentence_range(starts["en" if row["lang"] == "hi" else "hi"], (span[0], span[1])), row["rival_score"]


def _sentences(row: Row, lang: Lang, text: str) -> Sequence[Span]:
    """Return the places of a row's sentences; a text that was published as one, as those of bitexts are, stays one."""
    span = _place(row, lang)
    if span is None:
        return []
    count = row["sentences"] if "sentences" in row else int(row["bead"].split("-")[_SIDES.index(lang)])
    return [span] if count == 1 else list(split_sentences(text, lang, *span))


def _place(row: Row, lang: Lang) -> Span | None:
    span = row["span"] if row.get("lang") == lang else row.get(f"{lang}_span")
    return None if span is None else (span[0], span[1])


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
    return [(segment, reading_order(rows[segment["id"]], _starts)) for segment in story.segments]


def reading_order(items: Sequence[T], starts: Callable[[T], tuple[int | None, int | None]]) -> list[T]:
    """Return items as a reader meets them; `starts` tells where each begins in Hindi and in English, None: nowhere."""
    places = [(*starts(item), item) for item in items]
    placed = sorted(((hi, en, item) for hi, en, item in places if hi is not None), key=lambda place: place[0])
    behind = sorted(((en or 0, item) for hi, en, item in places if hi is None), key=lambda place: place[0])
    begun = sorted((en, index) for index, (_, en, _) in enumerate(placed) if en is not None)
    # One walk along the English: each stretch goes behind the last item that began before it.
    after: dict[int, list[T]] = {}
    seen = 0
    for start, item in behind:
        while seen < len(begun) and begun[seen][0] < start:
            seen += 1
        at = begun[seen - 1][1] if seen else -1
        # Behind what only the Hindi tells there: a pair that was taken apart stays in its order.
        while at + 1 < len(placed) and placed[at + 1][1] is None:
            at += 1
        after.setdefault(at, []).append(item)
    found = after.get(-1, [])
    for index, (_, _, item) in enumerate(placed):
        found += [item, *after.get(index, [])]
    return found


def _starts(row: Row) -> tuple[int | None, int | None]:
    spans = [row["span"] if row.get("lang") == lang else row.get(f"{lang}_span") for lang in ("hi", "en")]
    hi, en = (span[0] if span else None for span in spans)
    return hi, en
