"""The article pairs of a dataset in memory, packed, with the queue of what to look at."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tithi.corpus.rows import Row
from tithi.errors import DataError
from tithi.report.index import opening
from tithi.report.reading import Reading, read
from tithi.report.stories import Story, ordered
from tithi.report.view import doubt, view
from tithi.review.dismissals import origin

__all__ = ["Library", "Waiting", "row_key", "text_digest"]


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
        self.reading = lru_cache(maxsize=8)(self._reading)

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


def _waiting(story: Story) -> Iterator[Waiting]:
    for segment, rows in ordered(story):
        for number, row in enumerate(rows):
            kinds = dict.fromkeys(issue["kind"] for issue in row.get("issues") or ())
            names = ("no counterpart",) if "lang" in row else tuple(kinds)
            doubtful = round(doubt(row, conflict=segment["conflict"] and number == 0), 3)
            text = row["text"] if "lang" in row else row["translation"]["hi"]
            yield Waiting(story.id, row_key(row), doubtful, names, opening(text))
