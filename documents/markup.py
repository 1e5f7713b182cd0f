r"""Markdown in: headings, paragraphs, list items and table cells as lines, without their marks; code is kept as code.

Code blocks, HTML, the front matter and shell lines are code. Links become their text, images their description is left
out, emphasis and inline code keep their words.

>>> read_markdown("# शीर्षक\n\nयह **नया** [पन्ना](a.md) है।\n\n```\nls\n```\n").text
'शीर्षक\nयह नया पन्ना है।\nls\n'
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tithi.documents.extract import Extract, Line, joined
from tithi.errors import MissingExtraError

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["read_markdown"]

_FRONT: Final = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD: Final = re.compile(r"^(title|date|lang|language)[ \t]*:[ \t]*[\"']?(.{1,300}?)[\"']?[ \t]*$", re.MULTILINE)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_SHELL: Final = re.compile(
    r"\s*(?:[$#%>]\s|sudo\s|(?:pip3?|npm|apt(?:-get)?|git|docker|curl|cd|brew|conda)\s+[\w./-]+)"
)
_DEVANAGARI: Final = re.compile("[\u0900-\u097f]")
# CommonMark closes no emphasis between a danda and a letter.
_MARKS: Final = re.compile(r"\*\*|__")
_BLOCKS: Final = {"code_block", "fence", "html_block"}


def read_markdown(text: str) -> Extract:
    """Read a Markdown document (CommonMark with tables).

    Raises:
        MissingExtraError: The extra `read` is not installed.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    fields = {} if front is None else {name: value.strip() for name, value in _FIELD.findall(front[1])}
    head = [] if front is None else [Line(line, True) for line in front[0].splitlines() if line.strip()]
    tokens = _parser().parse(text[front.end() if front else 0 :])
    body, code = joined((*head, *_lines(tokens)))
    first = next((after.content for token, after in pairwise(tokens) if token.tag == "h1"), None)
    return Extract(
        body,
        code,
        title=fields.get("title") or first,
        published=day[0] if (day := _DAY.match(fields.get("date", ""))) else None,
        lang=fields.get("lang") or fields.get("language"),
    )


@cache
def _parser() -> "MarkdownIt":
    try:
        from markdown_it import MarkdownIt
    except ImportError:
        raise MissingExtraError("reading Markdown", "read") from None
    return MarkdownIt("commonmark", {"maxNesting": 40}).enable("table")


def _lines(tokens: "Sequence[Token]") -> Iterator[Line]:
    for token in tokens:
        if token.type in _BLOCKS:
            yield from (Line(line, True) for line in token.content.splitlines() if line.strip())
        elif token.type == "inline":
            said = "".join(_words(token.children or []))
            for line in said.split("\n"):
                if line.strip():
                    yield Line(
                        line.strip(), bool(_SHELL.match(line)) and not _DEVANAGARI.search(line) and _is_command(line)
                    )


def _is_command(line: str) -> bool:
    """Whether a line that begins like a command is one: prose ends in a mark and has no options or paths."""
    return not line.rstrip().endswith((".", "?", "!", ":")) and bool(re.search(r"(?:^\s*[$#%]\s)|\s--?\w|[/\\=]", line))


def _words(children: "Sequence[Token]") -> Iterator[str]:
    for child in children:
        if child.type == "text":
            yield _MARKS.sub("", child.content)
        elif child.type == "code_inline":
            yield child.content
        elif child.type == "softbreak":
            yield " "
        elif child.type == "hardbreak":
            yield "\n"
