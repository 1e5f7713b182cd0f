"""Articles cut into dated segments and sentences.

A line that is a date and nothing else is a date heading: it starts a segment and is no sentence. A date that opens a
paragraph starts a segment too, and stays part of its sentence. What comes before the first is the undated preamble; a
dateline on a line of its own there (`सियोल:`, see `datelines`) is its heading.

A year alone opens a segment only as a heading or before a colon or dash (`2019: …`): in `2019 में …` it is part of the
story. Weekdays and other relative dates open none.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from operator import attrgetter

from tithi.aligner.datelines import is_dateline
from tithi.aligner.sentences import split_paragraph, split_paragraphs
from tithi.dates.find import DateHit, DateSpan, covers_line, opening_date
from tithi.records import Article, Document, Lang, Segment, Sentence, Span

__all__ = ["Cut", "cut_article", "cut_lines", "date_line"]

_PREPOSITION = re.compile(r"(?:on|in|by|from|since|as of|late on|early on)\s+", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LABEL = re.compile(r"\s*[:–—-]")
_START = attrgetter("start")
#: A date that opens a line, and what tells that it does, stand within so many characters.
_HEAD = 60
#: A dateline is one of so many first lines.
_TOP = 3


@dataclass(frozen=True, slots=True)
class Cut:
    """A document, what its segments' dates mean, and what is compared of its sentences.

    `spans[k]` is the date of segment k, None where it is undated. `texts[k]` is the text of sentence k without a date
    that stands before it as a label (`5 मार्च 2018: …`), which the other side may have as a heading.
    """

    document: Document
    spans: tuple[DateSpan | None, ...]
    texts: tuple[str, ...]

    @property
    def owners(self) -> list[int]:
        """The segment of every sentence."""
        return [k for k, segment in enumerate(self.document.segments) for _ in range(*segment.sentences)]


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a segment starts: the offset, its heading line if it has one, its date, and where a label ends."""

    offset: int
    heading: Span | None
    span: DateSpan | None
    label: int | None = None


def _label(hit: DateHit, line: str, offset: int) -> int | None:
    """Return where the text behind a date that stands as a label begins, None where the date is part of the story."""
    match = _LABEL.match(line, hit.stop)
    return offset + match.end() if match else None


def cut_article(article: Article, *, keep_lines: bool = False) -> Cut:
    """Cut an article into segments and sentences; with `keep_lines` hard-wrapped lines are not joined.

    Every character that is not blank lies in exactly one sentence or heading, unless it is code.
    """
    text, lang = article.text, article.lang
    paragraphs = _prose(split_paragraphs(text, wrapped=not keep_lines), article.code)
    starts = list(_starts(text, lang, paragraphs))
    headings = {start.heading for start in starts if start.heading is not None}
    if headings:
        paragraphs = [paragraph for paragraph in paragraphs if paragraph not in headings]
    spans = [span for paragraph in paragraphs for span in split_paragraph(text, lang, *paragraph)]
    sentences = [Sentence(start, stop, text[start:stop]) for start, stop in spans]
    return _assemble(article, starts, tuple(sentences))


def _prose(paragraphs: list[Span], code: Sequence[Span]) -> list[Span]:
    """Return the lines that are no code; both are in order."""
    if not code:
        return paragraphs
    kept: list[Span] = []
    spans = iter(code)
    span = next(spans, None)
    for line in paragraphs:
        while span is not None and span[1] <= line[0]:
            span = next(spans, None)
        if span is None or line[1] <= span[0]:
            kept.append(line)
    return kept


def cut_lines(article: Article) -> Cut:
    r"""Take every line of the article as one sentence, empty lines too; a line that opens with a date starts a segment.

    Lines end at LF or CRLF. There are no headings, so that sentence k is line k.
    """
    sentences, starts, offset = [], [_Start(0, None, None)], 0
    lines = article.text.split("\n")
    for line in lines if lines[-1] else lines[:-1]:
        body = line.removesuffix("\r")
        sentences.append(Sentence(offset, offset + len(body), body))
        hit = _opening(body, article.lang) if _may_open(body, 0, len(body)) else None
        if hit is not None:
            starts.append(_Start(offset, None, hit.span, _label(hit, body, offset)))
        offset += len(line) + 1
    return _assemble(article, starts, tuple(sentences))


def _starts(text: str, lang: Lang, paragraphs: list[Span]) -> Iterator[_Start]:
    """Yield where the segments start, the preamble first."""
    preamble: Span | None = None
    dated: list[_Start] = []
    for number, (start, stop) in enumerate(paragraphs):
        may_open = _may_open(text, start, stop)
        if number >= _TOP and not may_open:
            continue
        line = text[start:stop]
        hit = _opening(line, lang) if may_open else None
        if hit is not None:
            heading = (start, stop) if covers_line(hit, line) else None
            dated.append(_Start(start, heading, hit.span, None if heading else _label(hit, line, start)))
        elif number < _TOP and not dated and preamble is None and is_dateline(line, lang):
            preamble = (start, stop)
    yield _Start(0, preamble, None)
    yield from dated


def _may_open(text: str, start: int, stop: int) -> bool:
    """Whether a date may open a line: without a digit near its start only a short one can be one (a heading `July`)."""
    return stop - start <= _HEAD or _DIGIT.search(text, start, start + _HEAD // 2) is not None


def _opening(line: str, lang: Lang) -> DateHit | None:
    """Return the date that opens a line that one may open, if it is one that starts a segment."""
    prefix = _PREPOSITION.match(line) if lang == "en" else None
    skipped = prefix.end() if prefix else 0
    hit = opening_date(line[skipped : skipped + _HEAD + _HEAD // 3], lang)
    if hit is None or hit.span.edtf is None:
        return None
    if skipped:
        hit = replace(hit, start=hit.start + skipped, stop=hit.stop + skipped)
    if hit.span.precision in ("day", "month") or covers_line(hit, line):
        return hit
    return hit if not skipped and _LABEL.match(line, hit.stop) else None


def _assemble(article: Article, starts: list[_Start], sentences: tuple[Sentence, ...]) -> Cut:
    """Lay the sentences into the segments; a preamble without a character in it is left out."""
    if len(starts) > 1 and not article.text[: starts[1].offset].strip():
        starts = [_Start(0, starts[1].heading, starts[1].span), *starts[2:]]
    segments, first = [], 0
    stops = [start.offset for start in starts[1:]] + [len(article.text)]
    for start, stop in zip(starts, stops, strict=True):
        last = bisect_left(sentences, stop, first, key=_START) if stop < len(article.text) else len(sentences)
        edtf = start.span.edtf if start.span else None
        segments.append(Segment(start.offset, stop, start.heading, edtf, (first, last)))
        first = last
    assert all(a.stop == b.start for a, b in pairwise(segments))
    texts = [sentence.text for sentence in sentences]
    for start, segment in zip(starts, segments, strict=True):
        first, last = segment.sentences
        if start.label is not None and first < last:
            texts[first] = article.text[start.label : sentences[first].stop].strip() or texts[first]
    return Cut(Document(article, tuple(segments), sentences), tuple(start.span for start in starts), tuple(texts))


def date_line(lines: Sequence[str], lang: Lang) -> date | None:
    """Return the day of the article's date line: a line near the top that is one day's date and nothing else."""
    top = [line for line in lines if line.strip()][:5]
    for line in top:
        hit = opening_date(line, lang)
        if hit is not None and covers_line(hit, line) and hit.span.start is not None and hit.span.start == hit.span.end:
            return hit.span.start
    return None
