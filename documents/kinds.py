"""What a file is, by its first bytes and its name; what is no article is refused by what it is."""

import re
from os.path import splitext
from typing import Final, Literal

from tithi.documents.decoding import wide_encoding
from tithi.errors import DataError

__all__ = ["HEAD", "Kind", "kind_of"]

Kind = Literal[
    "text", "markdown", "html", "docx", "odt", "pdf", "subtitles", "jsonl", "parquet", "warc", "zip", "gzip", "zstd"
]

HEAD: Final = 4096
"""How many of a file's first bytes tell what it is."""

_HTML: Final = re.compile(
    rb"\s*(?:<\?xml[^<>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_SUBTITLES: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:WEBVTT|\s*\d{1,6}\r?\n\d{1,3}:\d\d:\d\d[,.]\d{3} --> )")
_MAGIC: Final[tuple[tuple[bytes, Kind], ...]] = (
    (b"%PDF-", "pdf"),
    (b"PAR1", "parquet"),
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"WARC/1.", "warc"),
)
_OTHERS: Final = (
    (b"{\\rtf", "an RTF document", "save it as .docx, .odt or plain text"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls, .ppt)", "save it as .docx"),
    (b"<?xml", "an XML file", "give HTML, plain text, or JSON lines"),
    (b"\x89PNG", "a picture (PNG)", "leave it out"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "leave it out"),
    (b"GIF8", "a picture (GIF)", "leave it out"),
    (b"RIFF", "a picture or sound (RIFF)", "leave it out"),
    (b"BZh", "a bzip2 archive", "pack it as .gz or .zst, or unpack it"),
    (b"\xfd7zXZ", "an xz archive", "pack it as .gz or .zst, or unpack it"),
    (b"Rar!", "a RAR archive", "unpack it, or make a .zip"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it, or make a .zip"),
    (b"\x7fELF", "a program", "leave it out"),
    (b"MZ", "a program", "leave it out"),
    (b"SQLite format 3", "an SQLite database", "export it as JSON lines"),
    (b"ARROW1", "an Arrow file", "save it as Parquet, or give the dataset's folder"),
)
_MARKS: Final = tuple(mark for mark, _, _ in _OTHERS)
_SUFFIXES: Final[dict[str, Kind]] = {
    ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html", ".srt": "subtitles",
    ".vtt": "subtitles", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
_NO_ARTICLES: Final = {
    ".css": "a style sheet", ".js": "a script", ".json": "one JSON document", ".xml": "an XML file",
    ".csv": "a CSV table", ".tsv": "a TSV table", ".svg": "a picture (SVG)", ".ico": "a picture",
    ".woff2": "a font", ".py": "a program",
}  # fmt: skip
_TEXT_CONTROLS: Final = b"\t\n\r\x0b\x0c\x1b\x07\x08"
_CONTROLS: Final = bytes(byte for byte in range(32) if byte not in _TEXT_CONTROLS)


def kind_of(head: bytes, name: str, where: str) -> Kind:
    """Return what the file is that begins with `head` and is called `name`.

    Raises:
        DataError: It is nothing that articles are read from; the message says what it is.
    """
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(head)
    suffix = splitext(name.lower())[1]  # noqa: PTH122 - a fifth of the time of a path
    # No text begins so; the marks of two letters need a binary file behind them.
    for mark, kind in _MAGIC:
        if head.startswith(mark):
            return kind
    binary = _is_binary(head)
    if _HTML.match(head) or (suffix in (".html", ".htm", ".xhtml") and not binary):
        return "html"
    for mark, what, advice in _OTHERS if head.startswith(_MARKS) else ():
        if head.startswith(mark) and (binary or len(mark) > 3):
            raise DataError(f"{where}: must be a document with text; got {what}; {advice}")
    if suffix in _NO_ARTICLES:
        raise DataError(f"{where}: must be a document with text; got {_NO_ARTICLES[suffix]}; leave it out")
    if _SUBTITLES.match(head):
        return "subtitles"
    if binary and wide_encoding(head) is None:
        raise DataError(f"{where}: must be a document with text; got a binary file of an unknown kind; leave it out")
    return _SUFFIXES.get(suffix, "text")


def _zip_kind(head: bytes) -> Kind:
    """Tell documents from archives: OpenDocument stores its type first, Word begins with its parts' names."""
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in head[:200]:
        return "odt"
    if b"[Content_Types].xml" in head or b"word/" in head or b"_rels/.rels" in head:
        return "docx"
    return "zip"


def _is_binary(head: bytes) -> bool:
    """Whether control characters that no text has are among the first bytes, more than a slip."""
    first = head[:1024]
    return len(first) - len(first.translate(None, _CONTROLS)) > 3
