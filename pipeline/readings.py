"""Heaps read and matched, each document once: what is finished waits in a store, as the parts of pairs do.

A file of readings holds what became of things that follow one another in a source: the articles, with what matching
asks of them, and the rejects. Each is known by its place, its bytes, and by all that decides how it is read. They are
for the run that goes on after one that died, and, kept with the dataset, for the next build of more pages.
"""

import json
import logging
import time
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from tithi.addresses import at, is_address
from tithi.corpus.folder import writing
from tithi.corpus.parts import Opened, write_parts
from tithi.documents.reader import Document
from tithi.encoder.protocol import Encoder
from tithi.matching.heap import Heap, Look, looks
from tithi.matching.match import Matched, Matching, match
from tithi.pipeline.noted import Reading, Row, matched_again, matching_rows, read_again, reading_row
from tithi.pipeline.recipe import digest, reading_digest
from tithi.pipeline.remote import RemoteStore
from tithi.pipeline.stage import stage
from tithi.pipeline.store import Store
from tithi.records import Article, Lang, Reject
from tithi.sources.contents import Found, HeapReader
from tithi.sources.folders import folder_of, refuse_gone
from tithi.sources.reading import read_found

__all__ = ["Readings"]

_LOGGER: Final = logging.getLogger("tithi")
_SECONDS: Final = 10.0
"""A run is finished after so long, however few it holds: no more is lost."""
_CHARACTERS: Final = 1 << 25
"""Or when its texts have so many: memory holds them, and a column at most 2 GiB."""


class Readings:
    """Reads a Hindi and an English heap, and then matches them; `used` are the files that hold what came of it.

    Args:
        encoder: Gives the vectors of sentences.
        store: Where what is finished waits; None keeps nothing.
        columns: Which columns of tables hold what.
        jobs: How many processes read documents, which changes nothing in what is read.
        size: How many things a file holds.
        without_missing: Go on where a folder that held articles when a heap was read last is gone, or empty.
    """

    def __init__(  # noqa: PLR0913
        self,
        encoder: Encoder,
        store: Store | RemoteStore | None = None,
        *,
        columns: Mapping[str, str] | None = None,
        jobs: int = 1,
        size: int = 256,
        without_missing: bool = False,
    ) -> None:
        self.encoder = encoder
        self._store = store
        self._columns = dict(columns or {})
        self._jobs = jobs
        self._size = size
        self._without_missing = without_missing
        self._basis = digest(reading_digest(), encoder.name) if store is not None else b""
        self._articles: list[bytes] = []
        self.used: dict[Path, None] = {}
        self._opened = Opened()

    def read(self, source: str | Path, lang: Lang) -> Iterator[tuple[Article, Look] | Reject]:
        """Yield the articles of a source with what a heap keeps of them, in order; what is none as rejects.

        Raises:
            DataError: See `tithi.sources.reading.read_articles`; or what is finished cannot be written; or a folder
                that held articles is gone.
        """
        folders = self._folders(source, lang)
        run: list[Reading] = []
        told: deque[Reading | bytes] = deque()
        counts: Counter[bool] = Counter()
        began, held = time.monotonic(), 0

        def unread() -> Iterator[Found | Article]:
            for found in HeapReader(lang, self._columns).source(source):
                key = self._key(found, lang)
                known = self._known(key)
                told.append(known or key)
                yield known.item if known else found

        for item in read_found(unread(), lang, jobs=self._jobs):
            first = told.popleft()
            run.append(first if isinstance(first, Reading) else Reading(first, item))
            counts[run[-1].known] += 1
            held += len(item.text) if isinstance(item, Article) else 0
            if len(run) >= self._size or held > _CHARACTERS or time.monotonic() - began > _SECONDS:
                yield from _noted(folders, self._finished(run, lang))
                run, began, held = [], time.monotonic(), 0
        yield from _noted(folders, self._finished(run, lang))
        if folders:
            row = {"item": json.dumps(sorted(folders)), "look": []}
            self._keep([_folders_key(source, lang)], [row])
        if self._store is not None:
            _LOGGER.info(
                "%s: %d documents read, %d that were read before used again", source, counts[False], counts[True]
            )

    def _folders(self, source: str | Path, lang: Lang) -> set[str] | None:
        """Return a set for the folders that articles are in, None where nothing is kept or the source is no folder.

        Raises:
            DataError: A folder that they were in before is gone.
        """
        if self._store is None or is_address(source) or not Path(source).is_dir():
            return None
        if (place := self._store.find(_folders_key(source, lang))) is not None and not self._without_missing:
            (row,) = Opened()(place[0]).slice(place[1], 1).to_pylist()
            for folder in json.loads(row["item"]):
                refuse_gone(folder, f"the articles that {self._store.out} has from it")
        return set()

    def match(self, hi: Heap, en: Heap, settings: Matching) -> Matched:
        """Match the two heaps of all that was read here.

        Raises:
            DataError: What is finished cannot be written.
        """
        key = digest(self._basis, asdict(settings), *self._articles)
        if self._store is not None and (place := self._store.find(key)) is not None:
            _LOGGER.info("the matching that was finished before is used again")
            self.used[place[0]] = None
            return matched_again(Opened()(place[0]).to_pylist())
        with stage(f"matching {len(hi):,} Hindi and {len(en):,} English articles"):
            matched = match(hi, en, settings)
        self._keep([key], list(matching_rows(matched)))
        return matched

    def _key(self, found: Found, lang: Lang) -> bytes:
        """Return the key of a thing, none for one that is no work or is not kept."""
        if self._store is None or isinstance(found, Reject):
            return b""
        if isinstance(found, Document):
            return digest(self._basis, lang, found.data, found.kind, found.where, found.url, found.charset)
        where, extract = found
        return digest(self._basis, lang, where, asdict(extract))

    def _known(self, key: bytes) -> Reading | None:
        """Return what was read before."""
        if self._store is None or not key or (place := self._store.find(key)) is None:
            return None
        self.used[place[0]] = None
        (row,) = self._opened(place[0]).slice(place[1], 1).to_pylist()
        return read_again(key, row, self.encoder.dim)

    def _finished(self, run: Sequence[Reading], lang: Lang) -> Iterator[tuple[Article, Look] | Reject]:
        """Look at the articles that are new, keep what is, and yield all."""
        new = [one.item for one in run if not one.known and isinstance(one.item, Article)]
        looked = iter(looks(new, lang, self.encoder) if new else ())
        whole = [(one, next(looked) if one.look is None and isinstance(one.item, Article) else one.look) for one in run]
        kept = [(one, look) for one, look in whole if one.key and not one.known]
        self._keep([one.key for one, _ in kept], [reading_row(one.item, look) for one, look in kept])
        for one, look in whole:
            if isinstance(one.item, Reject):
                yield one.item
            elif look is not None:
                self._articles.append(one.key)
                yield one.item, look

    def _keep(self, keys: Sequence[bytes], rows: Sequence[Row]) -> None:
        if self._store is None or not keys:
            return
        import pyarrow as pa

        name = f"{digest(*keys).hex()}.arrow"
        with writing(self._store.out):
            write_parts(at(self._store.folder, name), [pa.Table.from_pylist(list(rows))])
        self._store.finish(name, keys)
        if (place := self._store.find(keys[0])) is not None:
            self.used[place[0]] = None


def _folders_key(source: str | Path, lang: Lang) -> bytes:
    return digest("folders", lang, str(source))


def _noted(
    folders: set[str] | None, found: Iterator[tuple[Article, Look] | Reject]
) -> Iterator[tuple[Article, Look] | Reject]:
    """Pass on what was found, and note the folders of articles."""
    for one in found:
        if folders is not None and not isinstance(one, Reject):
            folders.add(folder_of(one[0].source.path))
        yield one
