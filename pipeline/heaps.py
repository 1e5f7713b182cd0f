"""From two heaps of pages to article pairs, and to a dataset: read, match, build.

Every article ends in a pair, among the unmatched with its best candidate, or among the rejects with a reason. Texts
wait on disk, one JSON line each, so that memory holds vectors and not texts. A build that died goes on: documents that
were read are not read again, and heaps that were matched not matched; one of more pages than last time reads what is
new or changed (see `pipeline.readings`), and matches all, for a new page may be the better partner of an old one.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Final

from tithi.corpus.built import Built
from tithi.corpus.folder import UNMATCHED, writing
from tithi.encoder import load
from tithi.errors import DataError
from tithi.matching.heap import HeapBuilder, Look
from tithi.matching.match import Matching
from tithi.pipeline.build import Settings, build_into
from tithi.pipeline.paired import Paired, write_rows
from tithi.pipeline.readings import Readings
from tithi.pipeline.remote import store_at
from tithi.records import Article, Lang, Reject
from tithi.sources.counted import Counted, articles_in
from tithi.sources.manifest import ManifestEntry

__all__ = ["article_row", "build_heaps", "pair_heaps"]

Progress = Callable[[Iterable[Any]], Iterable[Any]]
_LANGS: Final[tuple[Lang, Lang]] = ("hi", "en")
_RUNS: Final = 8
"""Documents that are read together, to the pairs of a shard: reading one takes an eighth of the time."""


@dataclass(slots=True)
class _Side:
    """One heap while it is read."""

    builder: HeapBuilder
    store: IO[bytes]
    name: str
    places: list[str] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    def take(self, article: Article, look: Look, *, keep_files: bool) -> None:
        """Take an article; its text goes into the store, unless it is a file that can be read again by itself."""
        self.builder.add(article, look)
        path = article.source.path
        if keep_files and Path(path).is_file():
            self.places.append(path)
            return
        self.places.append(f"{self.name}#byte={self.store.tell()}")
        with writing(self.name):
            self.store.write(json.dumps(article_row(article), ensure_ascii=False).encode() + b"\n")


def article_row(article: Article) -> dict[str, object]:
    """Return an article as one JSON object, as `tithi read` prints it; `code` is left out where there is none."""
    source = article.source
    row: dict[str, object] = {
        "id": source.url or source.path,
        "lang": article.lang,
        "title": source.title,
        "published": source.published,
        "url": source.url,
        "publisher": source.publisher,
        "text": article.text,
    }
    if source.licence:
        row["licence"] = source.licence
    if article.code:
        row["code"] = [list(span) for span in article.code]
    return row


def pair_heaps(  # noqa: PLR0913
    hi: str | Path,
    en: str | Path,
    stores: tuple[Path, Path],
    settings: Matching | None = None,
    *,
    readings: Readings | None = None,
    keep_files: bool = False,
    progress: Progress = iter,
) -> Paired:
    """Read two sources and match their articles.

    Args:
        hi: Where the Hindi articles are (see `tithi.sources.reading`); pages in other languages are rejects.
        en: Where the English ones are; it may be the same source.
        stores: The JSONL files in which their texts wait.
        settings: How pairs are chosen.
        readings: What reads and matches them; by default with the shipped encoder, which the matching model was made
            with, and nothing kept.
        keep_files: Leave articles that are files of their own where they are, instead of in the stores.
        progress: Wraps the stream of articles, for a progress bar.

    Raises:
        DataError: A source is missing, a store cannot be written, or not one pair was found; the message says why.
    """
    settings = settings or Matching()
    readings = readings or Readings(load())
    sides = [
        _read(source, lang, store, readings, keep_files=keep_files, progress=progress)
        for source, lang, store in zip((hi, en), _LANGS, stores, strict=True)
    ]
    heaps = sides[0].builder.heap(), sides[1].builder.heap()
    places = tuple(sides[0].places), tuple(sides[1].places)
    rejects = (*sides[0].rejects, *sides[1].rejects)
    paired = Paired(*heaps, places, readings.match(*heaps, settings), rejects, settings)
    if not paired.matched.pairs:
        raise DataError(f"{hi}, {en}: must share at least one article; got no pair; {paired.why_none()}")
    return paired


def _read(  # noqa: PLR0913
    source: str | Path, lang: Lang, store: Path, readings: Readings, *, keep_files: bool, progress: Progress
) -> _Side:
    with store.open("wb") as file:
        side = _Side(HeapBuilder(lang, readings.encoder.dim), file, str(store))
        for item in progress(Counted(readings.read(source, lang), articles_in(source))):
            if isinstance(item, Reject):
                side.rejects.append(item)
            else:
                side.take(*item, keep_files=keep_files)
        with writing(store):
            file.flush()
    if not side.places:
        first = f"the first: {side.rejects[0].reason}" if side.rejects else "it is empty"
        raise DataError(f"{source}: must hold {'Hindi' if lang == 'hi' else 'English'} articles; got none; {first}")
    return side


def build_heaps(  # noqa: PLR0913
    hi: str | Path,
    en: str | Path,
    out: str | Path,
    settings: Settings | None = None,
    matching: Matching | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    progress: Progress = iter,
) -> Built:
    """Read two heaps, match them, and build a dataset of the pairs.

    Every article is in the dataset, in `OUT/rejects.jsonl` or in `OUT/unmatched.jsonl`. For the arguments see
    `pair_heaps` and `tithi.pipeline.build.build`.

    Raises:
        DataError: As those do.
        UsageError: `out` must not be replaced.
    """
    settings = settings or Settings()
    with store_at(out, force=settings.force) as store:
        stores = store.pages / "hi.jsonl", store.pages / "en.jsonl"
        readings = Readings(
            load(),
            store,
            columns=columns,
            jobs=settings.jobs,
            size=_RUNS * settings.shard,
            without_missing=settings.without_missing,
        )
        paired = pair_heaps(hi, en, stores, matching, readings=readings, progress=progress)
        entries: list[ManifestEntry | Reject] = [*paired.rejects, *paired.entries()]
        built = build_into(
            store,
            Counted(entries, len(entries)),
            replace(settings, strict=False),
            add=lambda folder: write_rows(folder / UNMATCHED, paired.unmatched()),
            kept=readings.used,
        )
    return replace(built, matching=paired.counts())
