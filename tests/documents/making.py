"""Small documents of every kind that articles are read from, made in memory."""

import gzip
import io
import json
import zipfile
from collections.abc import Mapping, Sequence

import docx
import zstandard

ODF = "urn:oasis:names:tc:opendocument:xmlns"


def word(*paragraphs: str, font: str | None = None, table: Sequence[str] = (), code: str | None = None) -> bytes:
    """Return a Word document: paragraphs, then a table of one row, then lines of code."""
    document = docx.Document()
    for paragraph in paragraphs:
        run = document.add_paragraph().add_run(paragraph)
        if font:
            run.font.name = font
    if table:
        row = document.add_table(1, len(table)).rows[0]
        for cell, text in zip(row.cells, table, strict=True):
            cell.text = text
    if code:
        document.styles.add_style("Source Code", 1)
        document.add_paragraph(code, style="Source Code")
    return saved(document)


def saved(document: "docx.document.Document") -> bytes:
    """Return a Word document as a file."""
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def open_document(body: str, title: str = "", font: str = "Noto Sans") -> bytes:
    """Return an OpenDocument text whose `office:text` is `body`; the style `P1` is written in `font`."""
    names = " ".join(
        f'xmlns:{prefix}="{ODF}:{name}:1.0"'
        for prefix, name in [("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")]
    )
    style = f'<style:style style:name="P1"><style:text-properties style:font-name="{font}"/></style:style>'
    content = (
        f"<office:document-content {names}><office:automatic-styles>{style}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    meta = f'<m {names} xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></m>'
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": content.encode(),
            "meta.xml": meta.encode(),
        }
    )


def packed(members: Mapping[str, bytes]) -> bytes:
    """Return a zip archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            kept = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, compress_type=kept)
    return data.getvalue()


def rows(*objects: object) -> bytes:
    """Return JSON lines."""
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in objects).encode()


def crawl(pages: Mapping[str, bytes], *, status: int = 200, kind: str = "text/html") -> bytes:
    """Return a packed WARC file with one response a page."""
    records = []
    for url, page in pages.items():
        http = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(page)}\r\n\r\n".encode() + page
        head = (
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-01-02T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:12345678-1234-5678-1234-{abs(hash(url)) % 10**12:012d}>\r\n"
            f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    return b"".join(records)


def zstd(data: bytes) -> bytes:
    """Return data packed by zstd."""
    return zstandard.compress(data)
