"""What every reader makes of a document: lines of text, which of them are no prose, and what is known of their origin.

A block (a heading, a paragraph, a list item, the cell of a table) is one line. Lines of code are kept, as spans that
nothing aligns.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from tithi.records import Span, Traces

__all__ = ["Extract", "Line", "joined"]


class Line(NamedTuple):
    """One line of a document, without its line end."""

    text: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class Extract:
    """A document as read; what it does not say is None. `lang` is the language it claims, `part` its id in its file."""

    text: str
    code: tuple[Span, ...] = ()
    title: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    licence: str | None = None
    lang: str | None = None
    part: str | None = None
    traces: Traces | None = None


def joined(lines: Iterable[Line]) -> tuple[str, tuple[Span, ...]]:
    r"""Return the text of the lines, each ended by `\n`, and the spans of its code, neighbours as one.

    >>> joined([Line("पहला"), Line("x = 1", True), Line("y = 2", True)])
    ('पहला\nx = 1\ny = 2\n', ((5, 16),))
    """
    parts: list[str] = []
    code: list[Span] = []
    offset = 0
    for line in lines:
        stop = offset + len(line.text)
        if line.code:
            first = code.pop()[0] if code and code[-1][1] == offset - 1 else offset
            code.append((first, stop))
        parts.append(line.text + "\n")
        offset = stop + 1
    return "".join(parts), tuple(code)
