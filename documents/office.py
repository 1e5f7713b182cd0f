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
from tithi.documents.fonts import in_unicode, legacy_font
from tithi.errors import DataError, MissingExtraError

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

__all__ = ["check_expansion", "read_docx", "read_odt"]

_MAX_EXPANDED: Final = 256 << 20
_MAX_RATIO: Final = 200
_MAX_PARTS: Final = 10_000
_MAX_DEPTH: Final = 8
_MAX_STYLES: Final = 20
_CODE_STYLE: Final = re.compile(r"code|source|preformatted|macro|verbatim", re.IGNORECASE)
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO: Final = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_SVG: Final = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_LEFT_OUT: Final = frozenset([f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_OFFICE}annotation"])
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
        code = bool(_CODE_STYLE.search(style or ""))
        text = "".join(in_unicode(_docx_runs(item), where))
        yield from (Line(line.strip("\t "), code) for line in text.split("\n") if line.strip())


def _docx_runs(paragraph: "Paragraph") -> Iterator[tuple[str, str | None]]:
    """Yield the runs of a paragraph, those of its links too, each with the legacy font it is written in."""
    for part in paragraph.iter_inner_content():
        for run in getattr(part, "runs", [part]):
            fonts = (run.font.name, _docx_font(run.style), _docx_font(paragraph.style), _docx_default(paragraph))
            yield run.text, legacy_font(next((name for name in fonts if name), ""))


def _docx_font(style: Any) -> str | None:
    """Return the font that a style names, or one that it is based on."""
    for _ in range(_MAX_STYLES):
        if style is None or style.font.name:
            break
        style = style.base_style
    return None if style is None else style.font.name


def _docx_default(paragraph: "Paragraph") -> str | None:
    """Return the font of the document for what names none."""
    from docx.oxml.ns import qn

    fonts = paragraph.part.document.styles.element.find(
        "/".join(map(qn, ("w:docDefaults", "w:rPrDefault", "w:rPr", "w:rFonts")))
    )
    return None if fonts is None else fonts.get(qn("w:ascii"))


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
    names = {"content.xml", *archive.namelist()}
    try:
        content, styles, meta = (
            etree.fromstring(archive.read(name), parser) if name in names else None
            for name in ("content.xml", "styles.xml", "meta.xml")
        )
    except (KeyError, etree.XMLSyntaxError, zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError):
        raise DataError(f"{where}: must be a whole OpenDocument text; got a damaged one; save it again") from None
    text, code = joined(_odt_lines(content, _odt_fonts([content, styles]), where))
    said = {} if meta is None else {element.tag: (element.text or "").strip() for element in meta.iter(etree.Element)}
    title, lang = said.get(f"{_DC}title"), said.get(f"{_DC}language", "")[:2]
    return Extract(text, code, title=title or None, lang=lang or None)


def _odt_fonts(parts: list[Any]) -> dict[str | None, str | None]:
    """Return the legacy font of each style that names a font, None for the others; the style None is the default."""
    faces, told, parents = dict[str, str](), dict[str | None, str](), dict[str | None, str | None]()
    for part in (part for part in parts if part is not None):
        faces |= {face.get(f"{_STYLE}name"): face.get(f"{_SVG}font-family") for face in part.iter(f"{_STYLE}font-face")}
        for style in part.iter(f"{_STYLE}style", f"{_STYLE}default-style"):
            name = style.get(f"{_STYLE}name")
            if name is None and style.get(f"{_STYLE}family") != "paragraph":
                continue
            parents[name] = style.get(f"{_STYLE}parent-style-name")
            for properties in style.iter(f"{_STYLE}text-properties"):
                font = properties.get(f"{_STYLE}font-name") or properties.get(f"{_FO}font-family")
                if font:
                    told[name] = font
    found = {}
    for name in parents:
        place = name
        for _ in range(_MAX_STYLES):
            if place in told or place is None:
                break
            place = parents.get(place)
        if place in told and (place is not None or name is None):
            found[name] = legacy_font(faces.get(told[place]) or "") or legacy_font(told[place])
    return found


def _odt_lines(content: Any, fonts: dict[str | None, str | None], where: str) -> Iterator[Line]:
    """Yield paragraphs and headings, those in lists and tables too; notes and deletions are left out."""
    body = content.find(f"{_OFFICE}body")
    for paragraph in () if body is None else body.iter(f"{_TEXT}p", f"{_TEXT}h"):
        if any(parent.tag in _LEFT_OUT for parent in paragraph.iterancestors()):
            continue
        name = paragraph.get(f"{_TEXT}style-name")
        code = bool(_CODE_STYLE.search(name or ""))
        text = "".join(in_unicode(_odt_runs(paragraph, fonts.get(name, fonts.get(None)), fonts), where))
        yield from (Line(line.strip(), code) for line in text.split("\n") if line.strip())


def _odt_runs(element: Any, font: str | None, fonts: dict[str | None, str | None]) -> Iterator[tuple[str, str | None]]:
    """Yield the text of an element in runs, each with the legacy font it is written in."""
    yield element.text or "", font
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield " " * min(int(child.get(f"{_TEXT}c", "1") or 1), 100), font
        elif child.tag == f"{_TEXT}tab":
            yield "\t", font
        elif child.tag == f"{_TEXT}line-break":
            yield "\n", font
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            yield from _odt_runs(child, fonts.get(child.get(f"{_TEXT}style-name"), font), fonts)
        yield child.tail or "", font
