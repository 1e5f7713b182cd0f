"""Articles from anywhere: a file of any kind, an archive, a crawl, a table, or a folder of these.

    for item in read_articles("site.warc.gz", "hi"):
        ...  # an Article, or a Reject that says where and why

What cannot be read becomes a reject and the rest goes on. A few documents are in memory at a time. Nothing is fetched,
and nothing is remembered: an article's text depends on its own bytes alone. Documents are limited in size and in the
time that they take, archives in how far they expand and how deep they nest.
"""

import io
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeAlias

from tithi.addresses import is_address, is_folder, opened
from tithi.documents.apart import SECONDS, read_apart
from tithi.documents.decoding import decode, shown
from tithi.documents.extract import Extract
from tithi.documents.kinds import HEAD, kind_of
from tithi.documents.reader import KINDS, Document
from tithi.errors import DataError
from tithi.records import Article, Lang, Reject, Source
from tithi.sources.article import check_text
from tithi.sources.contents import MAX_LINE, Found, HeapReader
from tithi.sources.rows import read_json_line

__all__ = ["article_of_row", "is_heap", "read_articles", "read_document", "read_found", "read_row", "row_at"]

_MAX_TEXT: Final = MAX_LINE // 2
"""So that an article fits into a line of JSON, in which it waits to be aligned."""

_Read: TypeAlias = tuple[str, Extract] | Article | Reject


def read_articles(
    source: str | Path,
    lang: Lang,
    *,
    columns: Mapping[str, str] | None = None,
    jobs: int = 1,
    seconds: float = SECONDS,
) -> Iterator[Article | Reject]:
    """Yield the articles of a source, in order; what is none, or not in `lang`, as rejects.

    Args:
        source: A file (text, Markdown, HTML, Word, OpenDocument, PDF, subtitles, JSON lines, Parquet, WARC; packed by
            gzip or zstd, or many in a zip), a folder of such files, a dataset on disk, or `-` for standard input.
        lang: The language the articles must be in; it is detected from their text.
        columns: Which columns of tables hold what, for those not called as usual: `{"text": "body"}`.
        jobs: How many processes read documents; their number does not change what is read, nor its order.
        seconds: How long a document may take; one that takes longer is a reject.

    Raises:
        DataError: While iterating: the source itself does not exist or cannot be opened.
        MissingExtraError: A kind of document needs an extra that is not installed.
        UsageError: `columns` names a field or a column that does not exist.
    """
    yield from read_found(HeapReader(lang, dict(columns or {})).source(source), lang, jobs=jobs, seconds=seconds)


def read_found(
    found: Iterable[Found | Article], lang: Lang, *, jobs: int = 1, seconds: float = SECONDS
) -> Iterator[Article | Reject]:
    """Yield what becomes of each thing that a source holds, in order; articles and rejects among them are passed on."""
    for item in _read(found, jobs, seconds):
        yield item if isinstance(item, Article | Reject) else _article(item, lang)


def is_heap(source: str | Path) -> bool:
    """Return whether a source is made to hold many articles: a folder, an archive, a table or a crawl."""
    if is_folder(source):
        return True
    if not is_address(source) and not Path(source).is_file():  # opening a pipe would wait
        return False
    try:
        with opened(source) as file:
            return kind_of(file.read(HEAD), Path(source).name, shown(source)) not in KINDS
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
    found = list(read_found(HeapReader(lang, {}).stream(io.BytesIO(data), str(path), where, 0), lang))
    if len(found) != 1:
        raise DataError(f"{where}: must hold one article; got {len(found)}; use tithi pair or tithi read")
    if isinstance(found[0], Reject):
        raise DataError(found[0].reason)
    return found[0]


def read_row(path: str | Path, offset: int, lang: Lang) -> Article:
    """Return the article in the line of a JSONL file that begins at byte `offset`.

    Raises:
        DataError: There is no such line, or it holds no article in `lang`.
    """
    where = f"{shown(path)}#byte={offset}"
    try:
        line = row_at(path, offset)
    except OSError as error:
        raise DataError(f"{where}: cannot be read; got {error.strerror}; check the path") from None
    return article_of_row(line, where, lang)


def row_at(path: str | Path, offset: int) -> bytes:
    """Return the line of a file that begins at byte `offset`.

    Raises:
        OSError: The file cannot be read.
    """
    with opened(path) as file:
        file.seek(offset)
        return file.readline(MAX_LINE + 1)


def article_of_row(line: bytes, where: str, lang: Lang) -> Article:
    """Return the article in a line of JSON.

    Raises:
        DataError: It holds no article in `lang`.
    """
    if len(line) > MAX_LINE:
        raise DataError(f"{where}: a line must be at most {MAX_LINE >> 20} MiB; got more; split the article")
    article = _article((where, read_json_line(decode(line, where), where, {})), lang)
    if isinstance(article, Reject):
        raise DataError(article.reason)
    return article


def _read(found: Iterable[Found | Article], jobs: int, seconds: float) -> Iterator[_Read]:
    """Yield what was found, in order, documents read in as many processes at once; few wait for their turn."""
    waiting: deque[Future[_Read] | _Read] = deque()
    threads = ThreadPoolExecutor(jobs)
    try:
        for item in found:
            waiting.append(threads.submit(_extract, item, seconds) if isinstance(item, Document) else item)
            while len(waiting) > 2 * jobs:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())
    finally:
        threads.shutdown(cancel_futures=True)


def _result(item: Future[_Read] | _Read) -> _Read:
    return item.result() if isinstance(item, Future) else item


def _extract(document: Document, seconds: float) -> _Read:
    try:
        extract = read_apart(document, seconds)
    except DataError as error:
        return Reject(document.where, document.url, str(error))
    return document.where, replace(extract, url=extract.url or document.url)


def _article(found: tuple[str, Extract], lang: Lang) -> Article | Reject:
    where, extract = found
    try:
        if len(extract.text.encode("utf-8", "surrogatepass")) > _MAX_TEXT:
            most = f"an article's text must be at most {_MAX_TEXT >> 20} MiB"
            raise DataError(f"{where}: {most}; got more; split it into articles")
        check_text(extract.text, lang, where, code=extract.code)
    except DataError as error:
        return Reject(where, extract.url or extract.part, str(error))
    source = Source(where, extract.title, extract.url, extract.publisher, extract.published, extract.licence)
    return Article(lang, extract.text, source, extract.code, extract.traces)
