"""One document of any kind becomes its text: the front door of the readers of single formats."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from tithi.documents.decoding import decode, mended
from tithi.documents.extract import Extract
from tithi.documents.kinds import Kind
from tithi.documents.markup import read_markdown
from tithi.documents.office import read_docx, read_odt
from tithi.documents.page import read_page
from tithi.documents.pdf import read_pdf
from tithi.documents.subtitles import read_subtitles
from tithi.records import Lang

__all__ = ["KINDS", "Document", "read_document"]

_BINARY: Final[Mapping[str, Callable[[bytes, str], Extract]]] = {"docx": read_docx, "odt": read_odt, "pdf": read_pdf}
KINDS: Final = frozenset({"text", "markdown", "html", "subtitles", *_BINARY})
"""What is one document; other kinds hold many."""


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of a document, what it is, what messages call it, the language of its dates, and what a server said."""

    kind: Kind
    data: bytes
    where: str
    lang: Lang
    url: str | None = None
    charset: str | None = None


def read_document(document: Document) -> Extract:
    """Read a document, here and without a limit of time (see `tithi.documents.apart`).

    Raises:
        DataError: It is damaged, hostile, or holds no article.
        MissingExtraError: Its kind needs an extra that is not installed.
    """
    kind, data, where = document.kind, document.data, document.where
    if kind == "html":
        return read_page(data, where, document.lang, url=document.url, charset=document.charset)
    if kind in _BINARY:
        return _BINARY[kind](data, where)
    text = mended(decode(data, where))
    if kind == "markdown":
        return read_markdown(text)
    return read_subtitles(text, where) if kind == "subtitles" else Extract(text)
