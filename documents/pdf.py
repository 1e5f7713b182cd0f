"""PDF in: the text of its pages, if it is sound.

A PDF says where glyphs stand, not what they mean, and many Hindi ones say it wrongly. A text with marks that no Hindi
has (NULs, replacement characters, a vowel sign that stands on nothing, letters of the private area) is refused, for it
would look like Hindi and be none. Scans have no text and are refused as such.
"""

import re
from time import monotonic
from typing import Any, Final

from tithi.documents.extract import Extract, Line, joined
from tithi.documents.fonts import legacy_font, refuse_legacy_font
from tithi.documents.soundness import MAX_UNSOUND, unsound_share
from tithi.errors import DataError, MissingExtraError

__all__ = ["read_pdf"]

_MAX_PAGES: Final = 2000
_MAX_SECONDS: Final = 60.0
_LETTER: Final = re.compile(r"[^\W\d_]")
# A gap within a word: behind a half letter that ends no word of Hindi, as `सन्` or `अर्थात्` do.
_GAP: Final = re.compile("(?<=[खगघचछजझञठढणथधपफबभयरलवशसह]\u094d) (?=[क-ह])")
_ENDS: Final = re.compile(r"[।॥.!?:;|…][\"'”’»)\]]*$")
_FONT: Final = re.compile(rb"/(?:BaseFont|FontName)\s*/([A-Za-z0-9+_#-]{3,80})")


def read_pdf(data: bytes, where: str) -> Extract:
    """Read the text of a PDF, at most 2,000 pages; lines of one paragraph are joined.

    Raises:
        DataError: It is damaged, encrypted, a scan, in a legacy font, takes more than a minute, or its text is unsound.
        MissingExtraError: The extra `read` is not installed.
    """
    try:
        import pdf_oxide
    except ImportError:
        raise MissingExtraError("reading PDF", "read") from None
    for name in _FONT.findall(data):
        font = legacy_font(name.decode("ascii").replace("#20", " "))
        if font:
            raise refuse_legacy_font(where, font)
    pdf_oxide.disable_logging()
    try:
        document = pdf_oxide.PdfDocument.from_bytes(data)
        pages = _pages(document, where)
    except DataError:
        raise
    except Exception as error:  # the library raises its own errors and Python's for what it meets
        reason = " ".join(str(error).split())[:80]
        raise DataError(
            f"{where}: must be a readable PDF; got {reason or type(error).__name__}; save it again"
        ) from None
    text = "\n\n".join(pages)
    if not _LETTER.search(text):
        raise DataError(f"{where}: must hold text; got a scan or pictures alone; recognise its text first")
    share = unsound_share(text)
    if share > MAX_UNSOUND:
        raise DataError(
            f"{where}: text must be sound; got impossible marks at {share:.0%} of the letters, as from a font without "
            "a proper character table; take the text from its source"
        )
    body, code = joined(Line(line) for line in _paragraphs(text))
    return Extract(body, code)


def _pages(document: Any, where: str) -> list[str]:
    count = document.page_count() if callable(document.page_count) else document.page_count
    if count > _MAX_PAGES:
        raise DataError(f"{where}: must have at most {_MAX_PAGES} pages; got {count}; split it into articles")
    pages = []
    start = monotonic()
    for number in range(count):
        pages.append(document.extract_text(number))
        if monotonic() - start > _MAX_SECONDS:
            raise DataError(f"{where}: must be read within a minute; got to page {number + 1} of {count}; split it")
    return pages


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs: lines that fill the column and do not end a sentence go on in the next."""
    lines = [_GAP.sub("", " ".join(line.split())) for line in text.split("\n")]
    width = max((len(line) for line in lines), default=0)
    paragraphs: list[str] = []
    goes_on = False
    for line in lines:
        if not line:
            goes_on = (
                goes_on and bool(paragraphs) and not _ENDS.search(paragraphs[-1]) and len(paragraphs[-1]) > 0.6 * width
            )
            continue
        if goes_on:
            paragraphs[-1] += " " + line
        else:
            paragraphs.append(line)
        goes_on = len(line) > 0.6 * width and not _ENDS.search(line)
    return paragraphs
