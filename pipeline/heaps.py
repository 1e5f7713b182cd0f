"""From two heaps of pages to article pairs, and to a dataset: read, match, build.

Every article ends in a pair, among the unmatched with its best candidate, or among the rejects with a reason. Texts
wait on disk, one JSON line each, so that memory holds vectors and not texts.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Final

from tithi.corpus.built import Built
from tithi.corpus.built import Matching as Counts
from tithi.corpus.folder import UNMATCHED
from tithi.encoder import load
from tithi.encoder.protocol import Encoder
from tithi.errors import DataError
from tithi.matching.heap import Heap, HeapBuilder
from tithi.matching.match import Candidate, Matched, Matching, match
from tithi.pipeline.build import Settings, build_into
from tithi.pipeline.remote import store_at
from tithi.pipeline.stage import stage
from tithi.records import Article, Lang, Reject, Source
from tithi.sources.counted import Counted, articles_in
from tithi.sources.manifest import ManifestEntry
from tithi.sources.reading import read_articles

__all__ = ["Paired", "article_row", "build_heaps", "pair_heaps", "write_pairs"]

Progress = Callable[[Iterable[Article | Reject]], Iterable[Article | Reject]]
_NAME: Final = re.compile(r"[^A-Za-z0-9._-]+")
_LANGS: Final[tuple[Lang, Lang]] = ("hi", "en")


@dataclass(frozen=True, slots=True)
class Paired:
    """What became of two heaps: the pairs, the unmatched, and what could not be read.

    `places[side][k]` says where the text of article k waits.
    """

    hi: Heap
    en: Heap
    places: tuple[tuple[str, ...], tuple[str, ...]]
    matched: Matched
    rejects: tuple[Reject, ...]
    settings: Matching

    def entries(self) -> Iterator[ManifestEntry]:
        """Yield the pairs as a manifest lists them; ids come from the Hindi article's name."""
        taken: set[str] = set()
        for one in self.matched.pairs:
            hi, en = self.hi.sources[one.hi], self.en.sources[one.en]
            name = _unused(_name(hi) or _name(en) or "pair", taken)
            sides = replace(hi, path=self.places[0][one.hi]), replace(en, path=self.places[1][one.en])
            yield ManifestEntry(hi.path, name, *sides)

    def unmatched(self) -> Iterator[dict[str, object]]:
        """Yield what is listed of each article without partner: where it is, its best candidate and why it is none."""
        for lang, heap, left in zip(_LANGS, (self.hi, self.en), (self.matched.hi, self.matched.en), strict=True):
            other = self.en if lang == "hi" else self.hi
            for k, best in left.items():
                source = heap.sources[k]
                row: dict[str, object] = {"lang": lang, "id": source.url or source.path, "title": source.title}
                row["reason"] = self._reason(best)
                if best is not None:
                    partner = other.sources[best.en if lang == "hi" else best.hi]
                    row["best"] = {"id": partner.url or partner.path, "title": partner.title, **_why(best)}
                yield row

    def counts(self) -> Counts:
        """Return how many were read, matched, and left alone."""
        read: dict[Lang, int] = {"hi": len(self.hi.sources), "en": len(self.en.sources)}
        alone: dict[Lang, int] = {"hi": len(self.matched.hi), "en": len(self.matched.en)}
        return Counts(read, len(self.rejects), len(self.matched.pairs), alone)

    def _reason(self, best: Candidate | None) -> str:
        if best is None:
            return "no candidate: nothing in the other heap lies within the window"
        if best.score < self.settings.threshold:
            return f"its best candidate has {best.score:.2f}, less than {self.settings.threshold:g}"
        return "its best candidate has a partner that fits better"


@dataclass(slots=True)
class _Side:
    """One heap while it is read."""

    builder: HeapBuilder
    store: IO[bytes]
    name: str
    places: list[str] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    def take(self, article: Article, *, keep_files: bool) -> None:
        """Take an article; its text goes into the store, unless it is a file that can be read again by itself."""
        self.builder.add(article)
        path = article.source.path
        if keep_files and Path(path).is_file():
            self.places.append(path)
            return
        self.places.append(f"{self.name}#byte={self.store.tell()}")
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
    encoder: Encoder | None = None,
    columns: Mapping[str, str] | None = None,
    keep_files: bool = False,
    jobs: int = 1,
    progress: Progress = iter,
) -> Paired:
    """Read two sources and match their articles.

    Args:
        hi: Where the Hindi articles are (see `tithi.sources.reading`); pages in other languages are rejects.
        en: Where the English ones are; it may be the same source.
        stores: The JSONL files in which their texts wait.
        settings: How pairs are chosen.
        encoder: The encoder; the shipped one by default, which the matching model was made with.
        columns: Which columns of tables hold what.
        keep_files: Leave articles that are files of their own where they are, instead of in the stores.
        jobs: How many processes read documents, which changes nothing in what is found.
        progress: Wraps the stream of articles, for a progress bar.

    Raises:
        DataError: A source is missing, or not one pair was found; the message says why.
    """
    settings = settings or Matching()
    encoder = encoder or load()
    sides = []
    for source, lang, store in zip((hi, en), _LANGS, stores, strict=True):
        with store.open("wb") as file:
            side = _Side(HeapBuilder(lang, encoder), file, str(store))
            for item in progress(Counted(read_articles(source, lang, columns=columns, jobs=jobs), articles_in(source))):
                if isinstance(item, Reject):
                    side.rejects.append(item)
                else:
                    side.take(item, keep_files=keep_files)
        if not side.places:
            first = f"the first: {side.rejects[0].reason}" if side.rejects else "it is empty"
            raise DataError(f"{source}: must hold {'Hindi' if lang == 'hi' else 'English'} articles; got none; {first}")
        sides.append(side)
    heaps = sides[0].builder.heap(), sides[1].builder.heap()
    with stage(f"matching {len(heaps[0]):,} Hindi and {len(heaps[1]):,} English articles"):
        matched = match(*heaps, settings)
    paired = Paired(
        *heaps,
        (tuple(sides[0].places), tuple(sides[1].places)),
        matched,
        (*sides[0].rejects, *sides[1].rejects),
        settings,
    )
    if not matched.pairs:
        raise DataError(f"{hi}, {en}: must share at least one article; got no pair; {_why_none(paired)}")
    return paired


def write_pairs(paired: Paired, out: Path) -> Path:
    """Write the manifest that `tithi build --manifest` takes, and the unmatched beside it, whose path is returned."""
    unmatched = out.with_name(f"{out.stem}.unmatched.jsonl")
    folder = out.parent.resolve()
    with out.open("w", encoding="utf-8") as file:
        for entry, one in zip(paired.entries(), paired.matched.pairs, strict=True):
            row: dict[str, object] = {
                "id": entry.id,
                "hi": _from(entry.hi.path, folder),
                "en": _from(entry.en.path, folder),
            }
            for name in ("title", "url", "publisher", "published", "licence"):
                both = {"hi": getattr(entry.hi, name), "en": getattr(entry.en, name)}
                if any(both.values()):
                    row[name] = both
            file.write(json.dumps(row | _why(one), ensure_ascii=False) + "\n")
    _write_rows(unmatched, paired.unmatched())
    return unmatched


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
        paired = pair_heaps(hi, en, stores, matching, columns=columns, jobs=settings.jobs, progress=progress)
        entries: list[ManifestEntry | Reject] = [*paired.rejects, *paired.entries()]
        built = build_into(
            store,
            Counted(entries, len(entries)),
            replace(settings, strict=False),
            add=lambda folder: _write_rows(folder / UNMATCHED, paired.unmatched()),
        )
    return replace(built, matching=paired.counts())


def _write_rows(path: Path, rows: Iterable[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _why(one: Candidate) -> dict[str, object]:
    return {"score": one.score, "evidence": one.evidence} | ({"signs": list(one.signs)} if one.signs else {})


def _from(path: str, folder: Path) -> str:
    """Return a path as the manifest in `folder` writes it."""
    whole = Path(path).resolve()
    return str(whole.relative_to(folder)) if whole.is_relative_to(folder) else str(whole)


def _name(source: Source) -> str | None:
    """Return a name for a pair from an article's address or file, None where it has no letters for one."""
    last = (source.url or source.path).rstrip("/").rpartition("/")[2].partition("?")[0]
    stem = last if "#" in last else last.rpartition(".")[0] or last
    name = _NAME.sub("-", stem).strip("-._")[:100]
    return name if re.search("[A-Za-z0-9]", name) else None


def _unused(name: str, taken: set[str]) -> str:
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    taken.add(found)
    return found


def _why_none(paired: Paired) -> str:
    best = [one for side in (paired.matched.hi, paired.matched.en) for one in side.values() if one is not None]
    if not best:
        return "no two lie within the window; widen it, or check the dates of publication"
    top = max(one.score for one in best)
    return f"the best candidate has {top:.2f}, less than {paired.settings.threshold:g}; are these the same stories?"
