"""The article pairs of a dataset in memory, packed, with the queue of what to look at."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any, Final

from tithi.corpus.rows import Row
from tithi.errors import DataError
from tithi.records import Span
from tithi.report.index import opening
from tithi.report.reading import Hit, Reading, read
from tithi.report.stories import Story, ordered
from tithi.report.view import doubt, view
from tithi.review.decisions import key_spans
from tithi.review.dismissals import origin

__all__ = ["Library", "Waiting", "row_key", "text_digest"]

_PART: Final = 20_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """A bead in the queue: its article, its name, its doubt in [0, 1], the kinds of its issues and its first words."""

    article: str
    bead: str
    doubt: float
    kinds: tuple[str, ...]
    opening: str


class Library:
    """Stories by id. Memory holds them compressed, and a line for each bead."""

    def __init__(self, stories: Iterable[Story]) -> None:
        """Read all stories.

        Raises:
            DataError: There is none.
        """
        self._packed: dict[str, bytes] = {}
        self.queue: list[Waiting] = []
        self.titles: dict[str, str] = {}
        self.digests: dict[str, str] = {}
        self.origins: dict[str, frozenset[str]] = {}
        for story in stories:
            fields = [story.article, story.segments, story.sentences, story.unaligned]
            self._packed[story.id] = zlib.compress(json.dumps(fields, ensure_ascii=False).encode("utf-8"), 3)
            self.digests[story.id] = text_digest(story.article["hi"], story.article["en"])
            self.origins[story.id] = origin(story.article)
            self.titles[story.id] = (story.article["hi_source"] or {}).get("title") or story.id
            self.queue.extend(_waiting(story))
        if not self._packed:
            raise DataError("review: a dataset needs at least one article pair; got none; build it first")
        self.queue.sort(key=lambda item: -item.doubt)
        self.view = lru_cache(maxsize=32)(self._view)
        self._readings = lru_cache(maxsize=8)(self._reading)
        self._one_reads = Lock()

    def __contains__(self, article: str) -> bool:
        return article in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def story(self, article: str) -> Story:
        """Return an article pair."""
        fields = json.loads(zlib.decompress(self._packed[article]))
        return Story(fields[0], *map(tuple, fields[1:]))

    def _view(self, article: str) -> tuple[Story, dict[str, Any]]:
        """Return an article pair and what is drawn of it, see `report.view`."""
        story = self.story(article)
        return story, view(story, marked=False)

    def _reading(self, article: str) -> Reading:
        """Return what is read in an article pair: its dates and numbers."""
        texts = self.story(article).article
        return read(texts["hi"], texts["en"])

    def marks(self, article: str) -> dict[str, Any]:
        """Return the dates and numbers of an article pair by their places in it, and what only one side tells.

        It takes long where the articles are, and may be called from any thread.
        """
        hits = self._read(article).hits
        rows = self.view(article)[0].unaligned
        return {"marks": [_marks(hits["hi"]), _marks(hits["en"])], "facts": self.facts(article, map(row_key, rows))}

    def marks_within(self, article: str, hi: Span, en: Span) -> dict[str, Any]:
        """Return the dates and numbers read in a part of each side alone, of 20,000 characters at most: it is quick."""
        texts = self.view(article)[0].article
        parts = [texts[lang][start : min(stop, start + _PART)] for lang, (start, stop) in (("hi", hi), ("en", en))]
        hits = read(*parts).hits
        return {"marks": [_marks(hits["hi"], hi[0]), _marks(hits["en"], en[0])], "facts": {}}

    def facts(self, article: str, beads: Iterable[str]) -> dict[str, list[str]]:
        """Return what beads of one side tell that the other side tells nowhere, if anything; see `marks`."""
        reading, found = self._read(article), dict[str, list[str]]()
        for bead in beads:
            hi, en = key_spans(bead)
            facts = reading.facts("hi", hi) if hi else reading.facts("en", en) if en else []
            if facts:
                found[bead] = facts
        return found

    def _read(self, article: str) -> Reading:
        with self._one_reads:
            return self._readings(article)


def row_key(row: Row) -> str:
    """Return the name of a row's bead."""
    if "lang" in row:
        span = f"{row['span'][0]}-{row['span'][1]}"
        return f"{span}|-" if row["lang"] == "hi" else f"-|{span}"
    return "|".join(f"{row[side][0]}-{row[side][1]}" for side in ("hi_span", "en_span"))


def text_digest(hi: str, en: str) -> str:
    """Return the digest of the two texts of an article pair, in hexadecimal."""
    whole = hashlib.blake2b(digest_size=16)
    for text in (hi, en):
        data = text.encode("utf-8", "surrogatepass")
        whole.update(len(data).to_bytes(8) + data)
    return whole.hexdigest()


def _marks(hits: Iterable[Hit], start: int = 0) -> list[tuple[int, int, str, str]]:
    return [(hit.start + start, hit.stop + start, hit.kind, hit.value) for hit in hits]


def _waiting(story: Story) -> Iterator[Waiting]:
    for segment, rows in ordered(story):
        for number, row in enumerate(rows):
            kinds = dict.fromkeys(issue["kind"] for issue in row.get("issues") or ())
            names = ("no counterpart",) if "lang" in row else tuple(kinds)
            doubtful = round(doubt(row, conflict=segment["conflict"] and number == 0), 3)
            text = row["text"] if "lang" in row else row["translation"]["hi"]
            yield Waiting(story.id, row_key(row), doubtful, names, opening(text))
