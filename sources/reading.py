"""Articles from anywhere: a file of any kind, an archive, a crawl, a table, or a folder of these.

    for item in read_articles("site.warc.gz", "hi"):
        ...  # an Article, or a Reject that says where and why

What cannot be read becomes a reject and the rest goes on. One document is in memory at a time. Nothing is fetched, and
nothing is remembered: an article's text depends on its own bytes alone. Documents are limited in size, archives in how
far they expand and how deep they nest.
"""

import gzip
import io
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, Final, TypeAlias, cast

from tithi.documents.decoding import decode, shown
from tithi.documents.extract import Extract
from tithi.documents.kinds import HEAD, Kind, kind_of
from tithi.documents.markup import read_markdown
from tithi.documents.office import check_expansion, read_docx, read_odt
from tithi.documents.page import read_page
from tithi.documents.pdf import read_pdf
from tithi.documents.subtitles import read_subtitles
from tithi.errors import DataError, MissingExtraError, UsageError
from tithi.records import Article, Lang, Reject, Source
from tithi.sources.article import check_text
from tithi.sources.crawl import read_crawl
from tithi.sources.rows import FIELDS, read_dataset, read_json_line, read_parquet

__all__ = ["is_heap", "read_articles", "read_document", "read_row"]

_MAX_BYTES: Final = 64 << 20
_MAX_LINE: Final = 16 << 20
_MAX_DEPTH: Final = 3
_MAX_MEMBERS: Final = 1_000_000
_Found: TypeAlias = tuple[str, Extract] | Reject
_DAMAGED: Final = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError)


def read_articles(
    source: str | Path, lang: Lang, *, columns: Mapping[str, str] | None = None
) -> Iterator[Article | Reject]:
    """Yield the articles of a source, in order; what is none, or not in `lang`, as rejects.

    Args:
        source: A file (text, Markdown, HTML, Word, OpenDocument, PDF, subtitles, JSON lines, Parquet, WARC; packed by
            gzip or zstd, or many in a zip), a folder of such files, a dataset on disk, or `-` for standard input.
        lang: The language the articles must be in; it is detected from their text.
        columns: Which columns of tables hold what, for those not called as usual: `{"text": "body"}`.

    Raises:
        DataError: While iterating: the source itself does not exist or cannot be opened.
        MissingExtraError: A kind of document needs an extra that is not installed.
        UsageError: `columns` names a field or a column that does not exist.
    """
    reader = _Reader(lang, dict(columns or {}))
    for found in reader.source(source):
        yield found if isinstance(found, Reject) else _article(found, lang)


def is_heap(source: str | Path) -> bool:
    """Return whether a source is made to hold many articles: a folder, an archive, a table or a crawl."""
    path = Path(source)
    if not path.is_file():
        return path.is_dir()
    try:
        with path.open("rb") as file:
            return kind_of(file.read(HEAD), path.name, shown(path)) not in _DOCUMENTS
    except (DataError, OSError):
        return False


def read_document(path: str | Path, data: bytes, lang: Lang) -> Article | None:
    """Return the article of one document that is no plain text, None where it is plain text.

    Raises:
        DataError: It holds none, or many, or is not in `lang`.
        MissingExtraError: Its kind needs an extra that is not installed.
    """
    where = shown(path)
    kind = kind_of(data[:HEAD], str(path), where)
    if kind == "text":
        return None
    found = list(_Reader(lang, {}).stream(io.BytesIO(data), str(path), where, 0))
    if len(found) != 1:
        raise DataError(f"{where}: must hold one article; got {len(found)}; use tithi pair or tithi read")
    article = found[0] if isinstance(found[0], Reject) else _article(found[0], lang)
    if isinstance(article, Reject):
        raise DataError(article.reason)
    return article


def read_row(path: str | Path, offset: int, lang: Lang) -> Article:
    """Return the article in the line of a JSONL file that begins at byte `offset`.

    Raises:
        DataError: There is no such line, or it holds no article in `lang`.
    """
    where = f"{shown(path)}#byte={offset}"
    try:
        with Path(path).open("rb") as file:
            file.seek(offset)
            line = file.readline(_MAX_LINE)
    except OSError as error:
        raise DataError(f"{where}: cannot be read; got {error.strerror}; check the path") from None
    article = _article((where, read_json_line(decode(line, where), where, {})), lang)
    if isinstance(article, Reject):
        raise DataError(article.reason)
    return article


def _article(found: tuple[str, Extract], lang: Lang) -> Article | Reject:
    where, extract = found
    try:
        check_text(extract.text, lang, where, code=extract.code)
    except DataError as error:
        return Reject(where, extract.url or extract.part, str(error))
    source = Source(where, extract.title, extract.url, extract.publisher, extract.published, extract.licence)
    return Article(lang, extract.text, source, extract.code, extract.traces)


class _Reader:
    """Finds the documents of a source and reads each by its kind."""

    def __init__(self, lang: Lang, columns: Mapping[str, str]) -> None:
        unknown = sorted(set(columns) - set(FIELDS))
        if unknown:
            raise UsageError(f"--column: must name one of {', '.join(FIELDS)}; got {unknown[0]}; correct it")
        self.lang = lang
        self.columns = columns

    def source(self, source: str | Path) -> Iterator[_Found]:
        """Yield what a file, a folder or standard input holds."""
        if str(source) == "-":
            yield from self.stream(io.BytesIO(_limited(sys.stdin.buffer, "<stdin>")), "", "<stdin>", 0)
            return
        path = Path(source)
        if path.is_dir():
            yield from self.folder(path)
        elif not path.exists():
            raise DataError(f"{shown(path)}: no such file or folder; check the path")
        else:
            yield from self.file(path)

    def folder(self, folder: Path) -> Iterator[_Found]:
        """Yield what the files below a folder hold, in the order of their names; hidden ones and links out are left."""
        if (folder / "dataset_dict.json").is_file() or (folder / "state.json").is_file():
            yield from self.rows(read_dataset(folder, self.columns), shown(folder))
            return
        for path in sorted(folder.rglob("*")):
            hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
            if not hidden and path.is_file():
                yield from self.file(path)

    def file(self, path: Path) -> Iterator[_Found]:
        where = shown(path)
        try:
            if not path.is_file():
                raise DataError(f"{where}: must be a file or folder; got a device; give the articles' files")
            with path.open("rb") as stream:
                yield from self.stream(stream, path.name, where, 0)
        except (DataError, OSError) as error:
            reason = f"{where}: cannot be read; got {error.strerror}" if isinstance(error, OSError) else str(error)
            yield Reject(where, None, reason)

    def stream(self, stream: IO[bytes], name: str, where: str, depth: int) -> Iterator[_Found]:
        """Yield what one file, or one member of an archive, holds; `stream` is at its start and can be wound back."""
        try:
            head = stream.read(HEAD)
            stream.seek(0)
            kind = kind_of(head, name, where)
            if depth > _MAX_DEPTH:
                raise DataError(f"{where}: archives must nest at most {_MAX_DEPTH} deep; got more; unpack them")
            if kind in _DOCUMENTS:
                yield where, self.document(kind, _limited(stream, where), where)
            elif kind == "jsonl":
                yield from self.lines(stream, where, "byte" if depth == 0 else "line")
            elif kind == "parquet":
                yield from self.rows(read_parquet(stream, where, self.columns), where)
            elif kind == "warc" or (kind == "gzip" and ".warc" in name.lower()):
                yield from self.crawl(stream, where)
            elif kind == "zip":
                yield from self.archive(stream, where, depth)
            else:
                yield from self.packed(kind, stream, name, where, depth)
        except DataError as error:
            yield Reject(where, None, str(error))
        except _DAMAGED as error:
            reason = " ".join(str(error).split())[:80] or type(error).__name__
            yield Reject(where, None, f"{where}: must be undamaged; got {reason}; fetch it again")

    def document(self, kind: Kind, data: bytes, where: str) -> Extract:
        """Read one document."""
        if kind == "html":
            return read_page(data, where, self.lang)
        if kind in _BINARY:
            return _BINARY[kind](data, where)
        text = decode(data, where)
        if kind == "markdown":
            return read_markdown(text)
        return read_subtitles(text, where) if kind == "subtitles" else Extract(text)

    def lines(self, stream: IO[bytes], where: str, unit: str) -> Iterator[_Found]:
        """Yield the rows of JSON lines, named by their place in the file."""
        offset = number = 0
        while line := stream.readline(_MAX_LINE + 1):
            number += 1
            place = f"{where}#{unit}={offset if unit == 'byte' else number}"
            offset += len(line)
            if len(line) > _MAX_LINE:
                raise DataError(f"{where}:{number}: a line must be at most {_MAX_LINE >> 20} MiB; got more; split it")
            if not line.strip():
                continue
            try:
                yield place, read_json_line(decode(line, f"{where}:{number}"), f"{where}:{number}", self.columns)
            except DataError as error:
                yield Reject(f"{where}:{number}", None, str(error))

    def rows(self, rows: Iterator[Extract | Reject], where: str) -> Iterator[_Found]:
        for number, row in enumerate(rows, start=1):
            yield row if isinstance(row, Reject) else (f"{where}#row={number}", row)

    def crawl(self, stream: IO[bytes], where: str) -> Iterator[_Found]:
        """Yield the pages of a WARC file."""
        for page in read_crawl(stream, where):
            if isinstance(page, Reject):
                yield page
                continue
            try:
                kind = "html" if "html" in page.kind else kind_of(page.data[:HEAD], page.url, page.where)
                if kind not in _DOCUMENTS:
                    raise DataError(f"{page.where}: must be a page or a document; got {kind}; leave it out")
                if kind == "html":
                    extract = read_page(page.data, page.where, self.lang, url=page.url, charset=page.charset)
                else:
                    extract = self.document(kind, page.data, page.where)
                yield page.where, replace(extract, url=extract.url or page.url)
            except DataError as error:
                yield Reject(page.where, page.url, str(error))

    def archive(self, stream: IO[bytes], where: str, depth: int) -> Iterator[_Found]:
        """Yield what the members of a zip hold, in the order of their names."""
        with zipfile.ZipFile(stream) as archive:
            check_expansion(archive, where)
            members = sorted(member.filename for member in archive.infolist() if not member.is_dir())
            for name in members[:_MAX_MEMBERS]:
                if name.rpartition("/")[2].startswith((".", "~$")) or name.startswith("__MACOSX/"):
                    continue
                place = f"{where}#{shown(name)}"
                try:
                    with archive.open(name) as member:
                        data = _limited(member, place)
                except (DataError, *_DAMAGED) as error:
                    yield Reject(place, None, f"{place}: cannot be read; got {error}")
                    continue
                yield from self.stream(io.BytesIO(data), name, place, depth + 1)

    def packed(self, kind: Kind, stream: IO[bytes], name: str, where: str, depth: int) -> Iterator[_Found]:
        """Yield what a file packed by gzip or zstd holds."""
        inner = name.rsplit(".", 1)[0] if name.lower().endswith((".gz", ".zst", ".gzip")) else name
        with _unpacked(kind, stream) as unpacked:
            if inner.lower().endswith((".jsonl", ".ndjson")):
                yield from self.lines(unpacked, where, "line")
                return
            data = _limited(unpacked, where)
        yield from self.stream(io.BytesIO(data), inner, where, depth + 1)


_BINARY: Final[Mapping[str, Callable[[bytes, str], Extract]]] = {"docx": read_docx, "odt": read_odt, "pdf": read_pdf}
_DOCUMENTS: Final = frozenset({"text", "markdown", "html", "subtitles", *_BINARY})


def _limited(stream: IO[bytes], where: str) -> bytes:
    data = stream.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise DataError(f"{where}: must be at most {_MAX_BYTES >> 20} MiB; got more; split it into articles")
    return data


def _unpacked(kind: Kind, stream: IO[bytes]) -> IO[bytes]:
    if kind == "gzip":
        return cast(IO[bytes], gzip.GzipFile(fileobj=stream))
    try:
        import zstandard
    except ImportError:
        raise MissingExtraError("reading .zst", "read") from None
    reader = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(stream, read_across_frames=True)
    return io.BufferedReader(reader)
