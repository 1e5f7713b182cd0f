"""The paragraphs of a text: its lines, hard-wrapped ones joined, without the blanks around them."""

import re
from collections.abc import Iterator
from typing import Final

from tithi.records import Span

__all__ = ["BLANK", "split_paragraphs", "trim"]

_LINE: Final = re.compile(r"[^\r\n\u2028\u2029]+")
#: What a sentence neither begins nor ends with: blanks, and characters without a width and a meaning of their own.
BLANK: Final = frozenset(
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u00ad\u200b\u2060\ufeff"
)
#: A line of these alone is blank.
_NO_TEXT: Final = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*")
_STRAY: Final = re.compile(r"[।॥]++['’\"”]?+(?=\s|$)(?![।॥])")
_ENDED: Final = re.compile(r"[।॥|.!?…:;][\"'”’»)\]*_`]*$")
_ITEM: Final = re.compile(r"[-*•·●▪>#|]|\(?[\w]{1,4}[.)]\s|\d")
# Hard-wrapped text: so many lines in a row of nearly one width (in characters), most of which end within a sentence.
_WRAPPED_LINES: Final = 4
_NARROWEST: Final = 50
_WIDEST: Final = 100
_EVEN: Final = 0.82
_UNENDED: Final = 0.6
#: What a line has at least that another may go on with.
_FULL: Final = _EVEN * _NARROWEST


def trim(text: str, start: int, stop: int) -> Span:
    """Shrink the span over the blanks and unseen characters at both its ends."""
    while start < stop and text[start] in BLANK:
        start += 1
    while start < stop and text[stop - 1] in BLANK:
        stop -= 1
    return start, stop


def split_paragraphs(text: str, *, wrapped: bool = True) -> list[Span]:
    r"""Return the spans of the lines of `text` that are not blank, without the blanks around them.

    Lines end at CR, LF, U+2028 and U+2029. A danda that begins a line closes the line before. With `wrapped`, the lines
    of hard-wrapped text (four or more of even width, most without a stop) are one span.

    >>> split_paragraphs("पहला।\r\n\r\n  दूसरा।")
    [(0, 5), (11, 17)]
    """
    lines = [trim(text, *line) for line in _lines(text)]
    lines = [span for span in lines if span[0] < span[1] and not _NO_TEXT.fullmatch(text, *span)]
    if any(text[start] in "।॥" for start, _ in lines):
        lines = _with_stray_dandas(text, lines)
    return _joined(text, lines) if wrapped else lines


def _lines(text: str) -> Iterator[Span]:
    """Yield the spans of the lines that hold a character; most texts end them by LF alone."""
    if "\r" in text or "\u2028" in text or "\u2029" in text:
        yield from (match.span() for match in _LINE.finditer(text))
        return
    start = 0
    for line in text.split("\n"):
        stop = start + len(line)
        if line:
            yield start, stop
        start = stop + 1


def _with_stray_dandas(text: str, lines: list[Span]) -> list[Span]:
    """Give a danda that begins a line to the line before."""
    kept: list[Span] = []
    for start, stop in lines:
        stray = _STRAY.match(text, start, stop) if kept and text[start] in "।॥" else None
        if stray is not None and not re.match(r"\s*\d", text[stray.end() : stray.end() + 4]):
            kept[-1] = (kept[-1][0], stray.end())
            kept.append(trim(text, stray.end(), stop))
        else:
            kept.append((start, stop))
    return [span for span in kept if span[0] < span[1]]


def _joined(text: str, lines: list[Span]) -> list[Span]:
    """Join the lines of each hard-wrapped run."""
    # Three lines at least have to be full for the fourth to go on with them.
    if sum(_FULL <= stop - start <= _WIDEST for start, stop in lines) < _WRAPPED_LINES - 1:
        return lines
    joined: list[Span] = []
    run: list[Span] = []
    for line in [*lines, (len(text), len(text))]:
        if run and not _follows(text, run, line):
            joined += _paragraphs(text, run)
            run = []
        run.append(line)
    return joined


def _follows(text: str, run: list[Span], line: Span) -> bool:
    """Whether a line may go on with the run: the last one was full, no blank line between, no item begins."""
    start, stop = run[-1]
    if not _FULL <= stop - start <= _WIDEST:
        return False  # as most
    width = max(stop - start for start, stop in run[-8:])
    between = text[stop : line[0]]
    return (
        line[0] < line[1]
        and _NARROWEST <= width <= _WIDEST
        and stop - start >= _EVEN * width
        and line[1] - line[0] <= width / _EVEN
        and between.count("\n") + between.count("\r") - between.count("\r\n") == 1
        and _ITEM.match(text, *line) is None
    )


def _paragraphs(text: str, run: list[Span]) -> list[Span]:
    """The run as one span if it is hard-wrapped, else its lines."""
    if len(run) < _WRAPPED_LINES:
        return run
    ended = sum(_ENDED.search(text[max(start, stop - 12) : stop]) is not None for start, stop in run[:-1])
    return [(run[0][0], run[-1][1])] if ended <= (1 - _UNENDED) * (len(run) - 1) else run
