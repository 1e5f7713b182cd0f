"""A web page in: its article, with headings, list items and table cells as lines, and what it says of itself.

The article is found by its structure (`tithi.documents.body`). resiliparse, which is fast, confirms what was found;
where it does not, trafilatura is asked too, and two of the three decide.

Nothing is remembered from page to page, and nothing is fetched.
"""

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from tithi.documents.blocks import Block, blocks_of, ends_sentence
from tithi.documents.body import article_blocks, find_article
from tithi.documents.decoding import mended, wide_encoding
from tithi.documents.extract import Extract, Line, joined
from tithi.documents.faces import page_in_unicode
from tithi.documents.metadata import Metadata, page_metadata, traces
from tithi.documents.pruning import prune
from tithi.errors import DataError, MissingExtraError
from tithi.records import Lang

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["decode_page", "read_page"]

_MAX_BYTES: Final = 16 << 20
_MAX_ELEMENTS: Final = 60_000
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,40})", re.IGNORECASE)
_WORD: Final = re.compile(r"\w[\w\u0900-\u0963]*")
_AGREE: Final = 0.8
_CONFIRMED: Final = 0.9
_SHORT: Final = 600
_HEAD_LINES: Final = 12
_HEAD_LINE: Final = 90
_FEW_WORDS: Final = 3


def read_page(data: bytes, where: str, lang: Lang, *, url: str | None = None, charset: str | None = None) -> Extract:
    """Read the article on a web page.

    Args:
        data: The page, at most 16 MiB.
        where: What messages call it.
        lang: The language that a date on the page is read in.
        url: Where it was fetched.
        charset: What the server said of its encoding.

    Raises:
        DataError: It is too large, holds no article, is written in a legacy font, or is no text.
        MissingExtraError: The extra `read` is not installed.
    """
    try:
        from lxml import html as parser
        from lxml.etree import LxmlError
    except ImportError:
        raise MissingExtraError("reading web pages", "read") from None
    if len(data) > _MAX_BYTES:
        raise DataError(f"{where}: a page must be at most {_MAX_BYTES >> 20} MiB; got more; is it an article?")
    text = decode_page(data, where, charset)
    try:
        tree = parser.document_fromstring(
            text.encode(), parser=parser.HTMLParser(encoding="utf-8", remove_comments=True)
        )
    except (LxmlError, ValueError, AssertionError):
        raise DataError(f"{where}: must be a web page; got nothing that can be read as one; check the file") from None
    page_in_unicode(tree, where)
    metadata = page_metadata(tree, url)
    blocks, place = _article(tree, metadata)
    if not blocks:
        raise DataError(f"{where}: must hold an article; got a page without prose; leave it out")
    every = blocks_of(tree) if metadata.title is None or metadata.published is None else []
    title, blocks = _headline(metadata, blocks, _above(every, blocks[0]))
    published, blocks = _day(metadata.published, blocks, _above(every, blocks[0]), lang)
    body, code = joined(Line(block.text, block.kind == "code") for block in blocks)
    return Extract(
        body,
        code,
        title=title,
        published=published,
        url=metadata.url,
        publisher=metadata.publisher,
        lang=metadata.lang,
        traces=traces(tree, place, metadata),
    )


def decode_page(data: bytes, where: str, charset: str | None = None) -> str:
    """Decode a page: as UTF-8 where it is that, else as the server, the page itself or its bytes say; mend mojibake.

    Raises:
        DataError: It is binary.
    """
    wide = wide_encoding(data)
    declared = [match[1].decode("ascii") for match in _CHARSET.finditer(data[:4096])][:1]
    tried = [wide] if wide else ["utf-8-sig", *([charset] if charset else []), *declared]
    text = next((found for name in tried if (found := _decoded(data, name)) is not None), None)
    if text is None:
        from resiliparse.parse.encoding import bytes_to_str, detect_encoding

        text = bytes_to_str(data, detect_encoding(data) or "utf-8")
    text = text.replace("\x00", " ") if text.count("\x00") < 20 else ""
    if not text.strip():
        raise DataError(f"{where}: must be a web page; got no text; check the file")
    return mended(text)


def _decoded(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        pass
    if name == "utf-8-sig":  # one bad byte among thousands does not make it another encoding
        loose = data.decode("utf-8", "replace")
        good = sum("\u0900" <= char <= "\u097f" for char in loose)
        return loose if good > 20 * loose.count("\ufffd") else None
    return None


def _article(tree: "HtmlElement", metadata: Metadata) -> "tuple[list[Block], HtmlElement]":
    """Return the blocks of the page's article and the element they are in."""
    from copy import deepcopy

    body = deepcopy(tree)
    prune(body)
    all_blocks = blocks_of(body)
    place = find_article(body, all_blocks)
    blocks = article_blocks(all_blocks, place, metadata.title)
    text = "\n".join(block.text for block in blocks)
    if metadata.body and _overlap(text, metadata.body) >= _AGREE:
        return blocks, place
    other = _second_opinion(tree, text)
    return (blocks if other is None else [Block("p", line, 0, place) for line in other.split("\n")]), place


def _second_opinion(tree: "HtmlElement", text: str) -> str | None:
    """Return the text that others find on the page where they find another one and agree on it, else None.

    resiliparse is fast and misses little; what it does not confirm trafilatura is asked about, and where the two of us
    differ, the one that resiliparse is nearer to is believed. Short articles are left alone: there both take in what
    stands around.
    """
    try:
        from resiliparse.extract.html2text import extract_plain_text
        from trafilatura import extract
    except ImportError:
        raise MissingExtraError("reading web pages", "read") from None
    from lxml.html import tostring

    page = tostring(tree, encoding="unicode")
    third = extract_plain_text(page, main_content=True, alt_texts=False, list_bullets=False)
    near = _overlap(text, third)
    if near >= _CONFIRMED or sum(1 for _ in tree.iter()) > _MAX_ELEMENTS:
        return None
    other = extract(tree, include_comments=False, include_tables=True) or ""
    if len(other) < _SHORT or _overlap(text, other) >= _AGREE or _overlap(other, third) <= near:
        return None
    return "\n".join(line.strip("|- ") for line in other.split("\n") if line.strip("|- "))


def _overlap(one: str, other: str) -> float:
    """Return the F1 in [0, 1] of the words of two texts."""
    a, b = Counter(_WORD.findall(one)), Counter(_WORD.findall(other))
    return 2 * (a & b).total() / max(a.total() + b.total(), 1)


def _above(blocks: list[Block], first: Block) -> list[Block]:
    """Return the blocks that stand right above the article's first line, the nearest first."""
    start = next((number for number, block in enumerate(blocks) if block.text == first.text), 0)
    return blocks[max(0, start - _HEAD_LINES) : start][::-1]


def _headline(metadata: Metadata, blocks: list[Block], above: list[Block]) -> tuple[str | None, list[Block]]:
    """Return the headline, by its place where the page does not tell it, and the blocks without it."""
    if metadata.title is not None:
        return metadata.title, blocks
    if len(blocks) > 1 and blocks[0].kind == "heading":
        return blocks[0].text, blocks[1:]
    return next((block.text for block in above if block.kind == "heading"), metadata.name), blocks


def _day(published: str | None, blocks: list[Block], above: list[Block], lang: Lang) -> tuple[str | None, list[Block]]:
    """Return the day of publication, from a short line at the article's head where the page does not tell it."""
    first = _day_of(blocks[0], lang) if len(blocks) > 1 and blocks[0].kind != "heading" else None
    if first is not None and published in (None, first):
        return first, blocks[1:]
    return published or next((day for block in above if (day := _day_of(block, lang))), None), blocks


def _day_of(block: Block, lang: Lang) -> str | None:
    """Return the one day that a line is about: little else stands on it, and it is no sentence."""
    from tithi.dates.find import dates_in
    from tithi.numerals.tokens import reading

    hits = dates_in(reading(block.text), lang) if len(block.text) <= _HEAD_LINE else []
    if len(hits) != 1 or hits[0].span.precision != "day" or len(block.text) - len(hits[0].text) > _HEAD_LINE // 2:
        return None
    hit = hits[0]
    others = _WORD.findall(block.text[: hit.start]) + _WORD.findall(block.text[hit.stop :])
    if ends_sentence(block.text) and len(others) >= _FEW_WORDS:
        return None
    start = hit.span.start
    return start.isoformat() if start is not None and start == hit.span.end else None
