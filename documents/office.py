"""Word and OpenDocument texts in: every paragraph, list item, heading and table cell is a line, in order.

Both are zip archives of XML. An archive that would expand beyond reason is refused before anything is read from it, and
the XML is read without entities and without the net.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from tithi.documents.extract import Extract, Line, joined
from tithi.documents.fonts import legacy_font, refuse_legacy_font
from tithi.errors import DataError, MissingExtraError

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

__all__ = ["check_expansion", "read_docx", "read_odt"]

_MAX_EXPANDED: Final = 256 << 20
_MAX_RATIO: Final = 200
_MAX_PARTS: Final = 10_000
_MAX_DEPTH: Final = 8
_CODE_STYLE: Final = re.compile(r"code|source|preformatted|macro|verbatim", re.IGNORECASE)
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO: Final = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"


def check_expansion(archive: zipfile.ZipFile, where: str) -> None:
    """Raise `DataError` for an archive that holds too many files or expands beyond reason (a zip bomb)."""
    parts = archive.infolist()
    expanded, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > _MAX_PARTS * 100 or (expanded > 1 << 20 and expanded > _MAX_RATIO * max(packed, 1)):
        raise DataError(f"{where}: must expand to at most {_MAX_RATIO} times its size; got a zip bomb; leave it out")


def _open(data: bytes, where: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise DataError(f"{where}: must be a whole document; got a damaged archive; save it again") from None
    check_expansion(archive, where)
    if sum(part.file_size for part in archive.infolist()) > _MAX_EXPANDED:
        raise DataError(f"{where}: must expand to at most {_MAX_EXPANDED >> 20} MiB; got more; split it into articles")
    return archive


def read_docx(data: bytes, where: str) -> Extract:
    """Read a Word document.

    Raises:
        DataError: It is damaged, expands beyond reason, or is written in a legacy font.
        MissingExtraError: The extra `read` is not installed.
    """
    try:
        import docx
    except ImportError:
        raise MissingExtraError("reading Word documents", "read") from None
    _open(data, where).close()
    try:
        document = docx.Document(io.BytesIO(data))
        lines = list(_docx_lines(document, where, 0))
    except DataError:
        raise
    except Exception as error:  # the library raises whatever it meets in a damaged file
        raise DataError(f"{where}: must be a whole Word document; got {type(error).__name__}; save it again") from None
    text, code = joined(lines)
    core = document.core_properties
    return Extract(text, code, title=core.title or None, lang=(core.language or "")[:2].lower() or None)


def _docx_lines(container: "Document | _Cell", where: str, depth: int) -> Iterator[Line]:
    """Yield the lines of a document or a cell; a cell that spans several places is read once."""
    from docx.table import Table

    seen: set[Any] = set()
    for item in container.iter_inner_content():
        if isinstance(item, Table):
            if depth >= _MAX_DEPTH:
                raise DataError(f"{where}: tables must be at most {_MAX_DEPTH} deep; got more; flatten them")
            for row in item.rows:
                for cell in row.cells:
                    if cell._tc not in seen:
                        seen.add(cell._tc)
                        yield from _docx_lines(cell, where, depth + 1)
            continue
        style = item.style.name if item.style is not None else ""
        for run in item.runs:
            font = legacy_font(run.font.name or (run.style.font.name if run.style else None) or "")
            font = font or legacy_font((item.style.font.name if item.style is not None else None) or "")
            if font and run.text.strip():
                raise refuse_legacy_font(where, font)
        code = bool(_CODE_STYLE.search(style or ""))
        yield from (Line(line.strip("\t "), code) for line in item.text.split("\n") if line.strip())


def read_odt(data: bytes, where: str) -> Extract:
    """Read an OpenDocument text.

    Raises:
        DataError: It is damaged, expands beyond reason, or is written in a legacy font.
        MissingExtraError: The extra `read` is not installed.
    """
    try:
        from lxml import etree
    except ImportError:
        raise MissingExtraError("reading OpenDocument texts", "read") from None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    archive = _open(data, where)
    try:
        content = etree.fromstring(archive.read("content.xml"), parser)
        meta = etree.fromstring(archive.read("meta.xml"), parser) if "meta.xml" in archive.namelist() else None
    except (KeyError, etree.XMLSyntaxError, zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError):
        raise DataError(f"{where}: must be a whole OpenDocument text; got a damaged one; save it again") from None
    text, code = joined(_odt_lines(content, where))
    said = {} if meta is None else {element.tag: (element.text or "").strip() for element in meta.iter(etree.Element)}
    title, lang = said.get(f"{_DC}title"), said.get(f"{_DC}language", "")[:2]
    return Extract(text, code, title=title or None, lang=lang or None)


def _odt_lines(content: Any, where: str) -> Iterator[Line]:
    """Yield paragraphs and headings, those in lists and tables too; notes and deletions are left out."""
    fonts = {
        style.get(f"{_STYLE}name"): properties.get(f"{_STYLE}font-name") or properties.get(f"{_FO}font-family")
        for style in content.iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}text-properties")
    }
    body = content.find(f"{_OFFICE}body")
    left_out = {f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_OFFICE}annotation"}
    for paragraph in () if body is None else body.iter(f"{_TEXT}p", f"{_TEXT}h"):
        if any(parent.tag in left_out for parent in paragraph.iterancestors()):
            continue
        names = [
            paragraph.get(f"{_TEXT}style-name"),
            *(span.get(f"{_TEXT}style-name") for span in paragraph.iter(f"{_TEXT}span")),
        ]
        font = next((found for name in names if (found := legacy_font(fonts.get(name) or ""))), None)
        if font:
            raise refuse_legacy_font(where, font)
        code = bool(_CODE_STYLE.search(names[0] or ""))
        text = "".join(_odt_text(paragraph, left_out))
        yield from (Line(line.strip(), code) for line in text.split("\n") if line.strip())


def _odt_text(element: Any, left_out: set[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield " " * min(int(child.get(f"{_TEXT}c", "1") or 1), 100)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif isinstance(child.tag, str) and child.tag not in left_out:
            yield from _odt_text(child, left_out)
        yield child.tail or ""
