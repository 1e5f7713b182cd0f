"""Article pairs on their way to whoever aligns them: named by where they are, or carried along."""

from dataclasses import dataclass
from typing import Final

from tithi.pipeline.recipe import about_source, digest, file_content
from tithi.pipeline.reviewed import Decided, decisions_on
from tithi.records import Article, Lang, Source
from tithi.sources.article import article_at, read_article, row_named
from tithi.sources.manifest import ManifestEntry

__all__ = ["Pair", "content", "pair_of"]

_LANGS: Final[tuple[Lang, Lang]] = ("hi", "en")


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair to align: where it was listed, its id, its Hindi and its English source.

    A side that is a line of a file may be carried along in `rows`, None for a side that is read where it is.
    """

    where: str
    id: str
    sources: tuple[Source, Source]
    rows: tuple[bytes | None, bytes | None] = (None, None)

    def articles(self) -> tuple[Article, Article]:
        """Read both sides, Hindi first.

        Raises:
            DataError: See `read_article`.
        """
        hi, en = (
            read_article(source.path, lang, source) if row is None else article_at(row, source, lang)
            for source, row, lang in zip(self.sources, self.rows, _LANGS, strict=True)
        )
        return hi, en


def pair_of(entry: ManifestEntry, *, carry: bool) -> Pair:
    """Return a pair; `carry` says that workers may not see what lies on this machine, and so lines are carried."""
    rows = (row_named(entry.hi.path), row_named(entry.en.path)) if carry else (None, None)
    return Pair(entry.where, entry.id, (entry.hi, entry.en), rows)


def content(decisions: Decided | None, pair: Pair) -> bytes:
    """Return a digest of both articles, what is known of them, and what people decided on them.

    Raises:
        OSError: An article cannot be read.
    """
    both = zip(pair.sources, pair.rows, strict=True)
    digests = [next(file_content([source.path])) if row is None else digest(row) for source, row in both]
    files = [told.hex() for told in digests]
    return digest(*map(about_source, pair.sources), files, decisions_on(decisions, pair.id))
