r"""Articles in: a UTF-8 text file becomes an `Article`, or one clear `DataError` that names the file and the line.

Nothing is repaired and nothing is lost: the text keeps its line ends (`\r\n` too), control characters, joiners and the
nukta as it was typed. Only a byte order mark at the start of a UTF-8 file is dropped: it marks the encoding and is no
text; offsets count from the character after it. What was saved in a wrong encoding (`à¤—à¤¾`) is what it was before.
`-` reads standard input.

Documents of other kinds (HTML, Word, PDF and so on) are read by `tithi.sources.reading`.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from tithi import arguments
from tithi.documents.decoding import decode, mended, read_bytes, shown
from tithi.errors import DataError
from tithi.records import Article, Lang, Source, Span
from tithi.script import count_letters
from tithi.sources.language import NAMES, detect, is_plainly
from tithi.sources.lines import whole_lines

__all__ = ["article_at", "check_text", "read_article", "read_lines", "row_named"]

_MIN_LETTERS: Final = 6
_MIN_HINDI_SHARE: Final = 0.2
_MAX_HINDI_SHARE: Final = 0.5
_DEVANAGARI: Final = re.compile("[\u0900-\u0963\u0970-\u097f\ua8e0-\ua8ff]")
_LETTER: Final = re.compile(r"[^\W\d_]")
_BLANK: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u00ad]*")
_HTML_TAG: Final = re.compile(
    r"</?(?:html|head|body|meta|link|title|script|style|div|section|article|main|p|br|span|a|img|h[1-6]|ul|ol|li|table|tr|td)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_HTML_MIN_TAGS: Final = 4
_HTML_MAX_GAP: Final = 500
_ROW: Final = re.compile(r"#byte=(\d{1,15})$")
_SAID: Final = ("title", "url", "publisher", "published", "licence")


def read_article(path: str | Path, lang: Lang, source: Source | None = None) -> Article:
    """Read one side of a pair.

    Args:
        path: A text file in UTF-8, or a document of another kind that holds one article (see
            `tithi.sources.reading`), at most 64 MiB; `FILE.jsonl#byte=N` is the article in the line that begins there;
            `-` is standard input.
        lang: The language it must be in. A text of fewer than six letters passes in either; code-mixed text passes
            from a fifth of Devanagari letters on as Hindi (`मैंने Facebook पर post किया`) and up to a half as English.
        source: What is known of its origin; by default what the document says.

    Returns:
        The article; the text of a text file exactly as decoded (see the module for the byte order mark).

    Raises:
        DataError: It is missing, a folder, unreadable, empty, blank, too large, not UTF-8, holds a NUL, holds no
            article or many, or is in another language.
        MissingExtraError: Its kind needs an extra that is not installed.
    """
    article = _read(arguments.path(path, "read_article"), arguments.lang(lang, "read_article"))
    return article if source is None else replace(article, source=_known(source, article.source))


def article_at(row: bytes, source: Source, lang: Lang) -> Article:
    """Return the article in a line of JSON, which stood at `source.path`, as `read_article` does.

    Raises:
        DataError: It holds no article in `lang`.
    """
    from tithi.sources.reading import article_of_row

    article = article_of_row(row, shown(source.path), lang)
    return replace(article, source=_known(source, article.source))


def row_named(path: str) -> bytes | None:
    """Return the line that `FILE#byte=N` names, None for another path, or where it cannot be read."""
    from tithi.sources.reading import row_at

    row = _ROW.search(path)
    if row is None or Path(path).exists():
        return None
    try:
        return row_at(path[: row.start()], int(row[1]))
    except OSError:
        return None


def _read(path: str | Path, lang: Lang) -> Article:
    from tithi.sources.reading import read_document, read_row

    row = _ROW.search(str(path))
    if row and not Path(path).exists():
        return read_row(str(path)[: row.start()], int(row[1]), lang)
    data, where = read_bytes(path), shown(path)
    article = read_document(path, data, lang)
    if article is not None:
        return article
    text = mended(decode(data, where))
    _check_no_markup(text, where)
    check_text(text, lang, where)
    return Article(lang, text, Source(where))


def _known(source: Source, found: Source) -> Source:
    """Return the source with what the document says of itself where nothing else is told."""
    told = {name: getattr(source, name) or getattr(found, name) for name in _SAID}
    return replace(source, **told) if any(told[name] != getattr(source, name) for name in _SAID) else source


def read_lines(path: str | Path, lang: Lang) -> list[str]:
    """Read a file of one sentence a line, keeping every line as it is; empty lines stay as empty strings.

    The same checks as in `read_article` hold, but markup within lines is allowed (`<b>नया</b>`).

    Raises:
        DataError: As `whole_lines` does; it is blank or in another language.
    """
    lines = whole_lines(path)
    check_text("\n".join(lines), lang, shown(path))
    return lines


def check_text(text: str, lang: Lang, where: str, *, code: Iterable[Span] = ()) -> None:
    """Raise `DataError` unless `text`, its `code` aside, has visible characters and is written in `lang`.

    The message tells what language it is in, where that can be told (`tithi.sources.language`).
    """
    if _BLANK.fullmatch(text):
        got = "blanks only" if text else "an empty file"
        raise DataError(f"{where}:1: must hold text; got {got}; give the article's text")
    for start, stop in code:
        text = text[:start] + _LETTER.sub("\n", text[start:stop]) + text[stop:]
    if lang == "en" and text.isascii() and is_plainly(text, lang):
        return  # whose letters need no count
    hindi, others = count_letters([text])
    letters = hindi + others
    if letters < _MIN_LETTERS:
        return
    share = hindi / letters
    is_strange = share < _MIN_HINDI_SHARE if lang == "hi" else share > _MAX_HINDI_SHARE
    if not is_strange and is_plainly(text, lang):
        return
    found = detect(text)
    if is_strange:
        wrong = _LETTER.search(text) if lang == "hi" else _DEVANAGARI.search(text)
        line = 1 + (text.count("\n", 0, wrong.start()) if wrong else 0)
        other = NAMES.get(found, found) if found and found != lang else "text"
        advice = "check that the two are not swapped" if found in ("hi", "en", None) else "leave it out"
        raise DataError(
            f"{where}:{line}: must be {NAMES[lang]}; got {other} with {share:.0%} Devanagari letters; {advice}"
        )
    if found not in (None, lang) and not (lang == "hi" and found in ("en", "hi-Latn")):
        raise DataError(f"{where}:1: must be {NAMES[lang]}; got {NAMES.get(found, found)}; leave it out")


def _check_no_markup(text: str, where: str) -> None:
    """Raise `DataError` when the text is dense with HTML tags although it does not begin as a page does."""
    tags = [match.start() for match in _HTML_TAG.finditer(text)]
    if len(tags) >= _HTML_MIN_TAGS and len(text) <= len(tags) * _HTML_MAX_GAP:
        line = text.count("\n", 0, tags[0]) + 1
        raise DataError(f"{where}:{line}: must be plain text; got HTML; save the article's text without markup")
