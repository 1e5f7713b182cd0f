"""What a source holds, in order: documents to be read, rows that are read, and what is neither."""

import gzip
import io
import os
import sys
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Final, TypeAlias, cast

from tithi.addresses import files_below, is_address, opened
from tithi.documents.decoding import decode, shown
from tithi.documents.extract import Extract
from tithi.documents.kinds import HEAD, Kind, kind_of
from tithi.documents.office import check_expansion
from tithi.documents.reader import KINDS, Document
from tithi.errors import DataError, MissingExtraError, UsageError
from tithi.records import Lang, Reject
from tithi.sources.crawl import read_crawl
from tithi.sources.rows import FIELDS, read_dataset, read_json_line, read_parquet

__all__ = ["MAX_LINE", "Found", "HeapReader"]

_MAX_BYTES: Final = 64 << 20
MAX_LINE: Final = 16 << 20
"""The longest line of JSON that is read, in bytes."""
_MAX_DEPTH: Final = 3
_MAX_MEMBERS: Final = 1_000_000
Found: TypeAlias = tuple[str, Extract] | Document | Reject
"""A row with its place, a document, or a reject."""
_DAMAGED: Final = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError)


class HeapReader:
    """Finds the documents of a source and reads each by its kind."""

    def __init__(self, lang: Lang, columns: Mapping[str, str]) -> None:
        unknown = sorted(set(columns) - set(FIELDS))
        if unknown:
            raise UsageError(f"--column: must name one of {', '.join(FIELDS)}; got {unknown[0]}; correct it")
        self.lang = lang
        self.columns = columns

    def source(self, source: str | Path) -> Iterator[Found]:
        """Yield what a file, a folder or standard input holds."""
        if str(source) == "-":
            yield from self.stream(io.BytesIO(_limited(sys.stdin.buffer, "<stdin>")), "", "<stdin>", 0)
            return
        if is_address(source):
            yield from self.address(str(source))
            return
        path = Path(source)
        if path.is_dir():
            yield from self.folder(path)
        elif not path.exists():
            raise DataError(f"{shown(path)}: no such file or folder; check the path")
        else:
            yield from self.file(path)

    def address(self, address: str) -> Iterator[Found]:
        """Yield what the files below an address hold, in the same order, or what the file there holds."""
        try:
            files = files_below(address)
        except OSError as error:
            reason = "no such file or folder" if isinstance(error, FileNotFoundError) else error.strerror
            raise DataError(f"{shown(address)}: cannot be read; got {reason}; check the address") from None
        for name, place in files.items():
            if any(part.startswith(".") for part in name.split("/")):
                continue
            try:
                with opened(place) as stream:
                    yield from self.stream(stream, place.rpartition("/")[2], shown(place), 0)
            except OSError as error:
                yield Reject(shown(place), None, f"{shown(place)}: cannot be read; got {error.strerror}")

    def folder(self, folder: Path) -> Iterator[Found]:
        """Yield what the files below a folder hold, in the order of their names; no hidden ones, no linked folders.

        A device, and a link to nothing, is a reject: an article may be meant.
        """
        if (folder / "dataset_dict.json").is_file() or (folder / "state.json").is_file():
            yield from self.rows(read_dataset(folder, self.columns), shown(folder))
            return
        files = [path for path in sorted(folder.rglob("*")) if not path.is_dir()]
        for path in files:
            if not os.path.lexists(path):  # a share that went away would look like an end
                raise DataError(
                    f"{shown(path)}: must stay where it is while it is read; got no such file any more; bring it back"
                    " and give the same command again"
                )
            if not any(part.startswith(".") for part in path.relative_to(folder).parts):
                yield from self.file(path)

    def file(self, path: Path) -> Iterator[Found]:
        """Yield what a file holds; one that cannot be opened is a reject."""
        where = shown(path)
        try:
            if not path.is_file():
                got = "a device" if path.exists() else "a link to nothing"
                raise DataError(f"{where}: must be a file or folder; got {got}; give the articles' files")
            with path.open("rb") as stream:
                yield from self.stream(stream, path.name, where, 0)
        except (DataError, OSError) as error:
            reason = f"{where}: cannot be read; got {error.strerror}" if isinstance(error, OSError) else str(error)
            yield Reject(where, None, reason)

    def stream(self, stream: IO[bytes], name: str, where: str, depth: int) -> Iterator[Found]:
        """Yield what one file, or one member of an archive, holds; `stream` is at its start and can be wound back."""
        try:
            head = stream.read(HEAD)
            stream.seek(0)
            kind = kind_of(head, name, where)
            if depth > _MAX_DEPTH:
                raise DataError(f"{where}: archives must nest at most {_MAX_DEPTH} deep; got more; unpack them")
            if kind in KINDS:
                yield Document(kind, _limited(stream, where), where, self.lang)
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

    def lines(self, stream: IO[bytes], where: str, unit: str) -> Iterator[Found]:
        """Yield the rows of JSON lines, named by their place in the file."""
        offset = number = 0
        while line := stream.readline(MAX_LINE + 1):
            number += 1
            place = f"{where}#{unit}={offset if unit == 'byte' else number}"
            offset += len(line)
            if len(line) > MAX_LINE:
                raise DataError(f"{where}:{number}: a line must be at most {MAX_LINE >> 20} MiB; got more; split it")
            if not line.strip():
                continue
            try:
                yield place, read_json_line(decode(line, f"{where}:{number}"), f"{where}:{number}", self.columns)
            except DataError as error:
                yield Reject(f"{where}:{number}", None, str(error))

    def rows(self, rows: Iterator[Extract | Reject], where: str) -> Iterator[Found]:
        """Yield the rows of a table, named by their number."""
        for number, row in enumerate(rows, start=1):
            yield row if isinstance(row, Reject) else (f"{where}#row={number}", row)

    def crawl(self, stream: IO[bytes], where: str) -> Iterator[Found]:
        """Yield the pages of a WARC file."""
        for page in read_crawl(stream, where):
            if isinstance(page, Reject):
                yield page
                continue
            try:
                kind = "html" if "html" in page.kind else kind_of(page.data[:HEAD], page.url, page.where)
                if kind not in KINDS:
                    raise DataError(f"{page.where}: must be a page or a document; got {kind}; leave it out")
                yield Document(kind, page.data, page.where, self.lang, page.url, page.charset)
            except DataError as error:
                yield Reject(page.where, page.url, str(error))

    def archive(self, stream: IO[bytes], where: str, depth: int) -> Iterator[Found]:
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

    def packed(self, kind: Kind, stream: IO[bytes], name: str, where: str, depth: int) -> Iterator[Found]:
        """Yield what a file packed by gzip or zstd holds."""
        inner = name.rsplit(".", 1)[0] if name.lower().endswith((".gz", ".zst", ".gzip")) else name
        with _unpacked(kind, stream) as unpacked:
            if inner.lower().endswith((".jsonl", ".ndjson")):
                yield from self.lines(unpacked, where, "line")
                return
            data = _limited(unpacked, where)
        yield from self.stream(io.BytesIO(data), inner, where, depth + 1)


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
