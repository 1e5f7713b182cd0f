r"""Files opened and read line by line: packed or plain, every line bounded, what is no text refused by what it is.

Only `\n` and `\r\n` end a line: U+2028 and a lone `\r` are characters of theirs. A byte order mark of UTF-8 is dropped.
Memory holds one line.
"""

import bz2
import contextlib
import gzip
import logging
import lzma
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

from tithi import addresses
from tithi.addresses import is_address, reached
from tithi.documents.decoding import decode, read_whole, shown, wide_encoding
from tithi.documents.kinds import HEAD, kind_of
from tithi.errors import DataError
from tithi.records import Reject

__all__ = ["BOM", "lines", "opened", "plain_path", "raw_lines", "read_lines_of", "refuse_binary", "whole_lines"]

_LOGGER: Final = logging.getLogger("tithi")
_PACKED: Final[dict[str, Any]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
_MAX_LINE: Final = 1 << 20
BOM: Final = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8, which may stand before the first line."""
#: What is read as an article, but not line by line.
_NO_LINES: Final = {
    "html": "an HTML page", "docx": "a Word document", "odt": "an OpenDocument text", "pdf": "a PDF document",
    "subtitles": "subtitles", "parquet": "a Parquet file", "warc": "a crawl", "zip": "a zip archive",
    "gzip": "a gzip archive that its name does not tell", "zstd": "a zstd archive",
}  # fmt: skip
_BINARY: Final = (
    (b"PK\x03\x04", "a Word, Excel or OpenDocument file, or another zip archive", "export its text"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls)", "export its text"),
    (b"{\\rtf", "an RTF document", "save its text"),
    (b"%PDF-", "a PDF document", "extract its text"),
    (b"PAR1", "a Parquet file", "give it a name that ends in .parquet, or the dataset's folder"),
    (b"ARROW1", "an Arrow file", "export it as JSON lines"),
    (b"SQLite format 3", "an SQLite database", "export it as JSON lines"),
    (b"\x1f\x8b", "a gzip archive", "give it a name that ends in .gz"),
    (b"BZh91AY&SY", "a bzip2 archive", "give it a name that ends in .bz2"),
    (b"\xfd7zXZ\x00", "an xz archive", "give it a name that ends in .xz"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it"),
)


@contextlib.contextmanager
def opened(path: str | Path) -> Iterator[IO[bytes]]:
    """Open a file for reading bytes, unpacked by the ending of its name; `-` is standard input.

    Raises:
        DataError: It is missing, a folder, unreadable, or, also while it is read, a damaged archive.
    """
    where = shown(path)
    try:
        with reached() if is_address(path) else contextlib.nullcontext(), _open(path) as file:
            _LOGGER.info("%s: opened", where)
            yield file
    except FileNotFoundError:
        raise DataError(f"{where}: no such file; check the path") from None
    except IsADirectoryError:
        raise DataError(f"{where}: must be a file; got a folder; give the file itself") from None
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise DataError(f"{where}: cannot be read; got {reason}; check the file") from None


def _open(path: str | Path) -> contextlib.AbstractContextManager[IO[bytes]]:
    if str(path) == "-":
        return contextlib.nullcontext(sys.stdin.buffer)
    try:
        packed = _PACKED.get(Path(path).suffix)
        file: IO[bytes] = addresses.opened(path) if packed is None else packed(_name(path), "rb")
    except ValueError as error:  # a NUL in the name
        raise OSError(str(error)) from None
    return file


def _name(path: str | Path) -> Any:
    """Return what a packed file is opened by: its path, or the open file of an address."""
    return addresses.opened(path) if is_address(path) else path


def plain_path(path: Path) -> Path:
    """Return a path without the ending of its compression: `a.tsv` for `a.tsv.gz`."""
    return path.with_suffix("") if path.suffix in _PACKED else path


def read_lines_of(path: str | Path, *, long: bool = False) -> Iterator[str | Reject]:
    """Yield the lines of a file as `lines` does.

    Raises:
        DataError: As `opened` and `lines` do.
    """
    with opened(path) as file:
        yield from lines(file, shown(path), long=long)


def whole_lines(path: str | Path) -> list[str]:
    r"""Return the lines of a file without their ends; a last line end adds no empty line.

    Raises:
        DataError: As `opened` does; it is larger than 64 MiB, not UTF-8, holds a NUL, or is a document of another kind.
    """
    where = shown(path)
    with opened(path) as file:
        data = read_whole(file, where)
    # Its name does not count: Moses files end in .hi and .en, some lists in .tsv or .json.
    if what := _NO_LINES.get(kind_of(data[:HEAD], "", where)):
        raise DataError(f"{where}:1: must hold one sentence a line; got {what}; save its sentences as text")
    lines = decode(data, where).split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


def lines(file: IO[bytes], where: str, *, long: bool = False) -> Iterator[str | Reject]:
    """Yield the lines of an open file without their ends; those that are not UTF-8 as `Reject`.

    `long`: a line of more than 1 MiB behind the first is a `Reject` too.

    Raises:
        DataError: A line is longer than 1 MiB, or the file is UTF-16, UTF-32 or no text; `where` names it.
    """
    for number, whole in enumerate(raw_lines(file), start=1):
        raw = whole.removeprefix(BOM) if number == 1 else whole
        if number == 1:
            refuse_binary(whole, where)
            if wide := wide_encoding(whole):
                raise DataError(f"{where}:1: must be UTF-8; got {wide}; save it again as UTF-8")
        if len(raw) > _MAX_LINE:
            reason = "a line must be at most 1 MiB; got more"
            if number == 1 or not long:
                raise DataError(f"{where}:{number}: {reason}; is this a file of lines?")
            yield Reject(f"{where}:{number}", None, f"{reason}; split it")
            continue
        try:
            yield raw.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8")
        except UnicodeDecodeError as error:
            reason = f"must be UTF-8; got byte 0x{raw[error.start]:02X} at byte {error.start} of the line"
            yield Reject(f"{where}:{number}", None, reason)


def raw_lines(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of an open file as they are, with their ends; of those of more than 1 MiB the beginning."""
    while raw := file.readline(_MAX_LINE + 1):
        yield raw
        while len(raw) > _MAX_LINE and not raw.endswith(b"\n"):
            raw = file.readline(_MAX_LINE + 1)


def refuse_binary(head: bytes, where: str) -> None:
    """Raise `DataError` when a file begins as documents, archives and databases do."""
    for mark, what, advice in _BINARY:
        if head.startswith(mark):
            raise DataError(f"{where}: must be text; got {what}; {advice}")
