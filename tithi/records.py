"""The records every part of tithi speaks. They hold data and small derived views; they decide nothing.

Offsets are half-open `[start, stop)` ranges. A `Span` counts code points in an article's text as read; a `Range` counts
sentences. Dates at this border are EDTF strings (ISO 8601-2), for example `2000-07` or `2006-10-14/2017-12-22`.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

__all__ = [
    "Alignment",
    "Article",
    "Bead",
    "Document",
    "Issue",
    "Lang",
    "Quality",
    "Range",
    "Reject",
    "Segment",
    "SegmentLink",
    "Sentence",
    "Source",
    "Span",
    "TextPair",
    "Traces",
]

Lang = Literal["hi", "en"]
Span = tuple[int, int]
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article comes from. Every field but `path` may be unknown (None); unknown rights stay unknown.

    `path` is a file, or `FILE#PART` for one article of many: a row's number, a file in an archive, a record's offset.
    """

    path: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Traces:
    """What a web page says of its counterpart: addresses of other languages' versions, images, outgoing links."""

    alternates: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One side of a pair: its text as read, every character of it kept.

    `code` are the spans of whole lines that are no prose (code blocks, markup, keys and values): they are part of the
    text and never aligned.
    """

    lang: Lang
    text: str
    source: Source
    code: tuple[Span, ...] = ()
    traces: Traces | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, `text == article.text[start:stop]`, without the blanks around it."""

    start: int
    stop: int
    text: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A dated stretch of an article, or (date None) its undated preamble.

    `start:stop` spans characters from the heading to the end; segments follow one another in the article.
    `heading` is the span of a heading line of its own (a date heading or a dateline), else None; a heading is no
    sentence. `sentences` is the range of its sentences, which may be empty. `date` is an EDTF string.
    """

    start: int
    stop: int
    heading: Span | None
    date: str | None
    sentences: Range


@dataclass(frozen=True, slots=True)
class Document:
    """An article cut into segments and sentences; every sentence lies in exactly one segment, in order."""

    article: Article
    segments: tuple[Segment, ...]
    sentences: tuple[Sentence, ...]

    def text(self, sentences: Range) -> str:
        """Return the article's own characters from the first to the last of `sentences`, blank when empty.

        What stands between the sentences (blanks, a line break) is part of it, as published.
        """
        first, last = sentences
        if first == last:
            return ""
        return self.article.text[self.sentences[first].start : self.sentences[last - 1].stop]

    def span(self, sentences: Range) -> Span | None:
        """Return the characters that `sentences` cover, None when the range is empty."""
        first, last = sentences
        return None if first == last else (self.sentences[first].start, self.sentences[last - 1].stop)


@dataclass(frozen=True, slots=True)
class SegmentLink:
    """Segments of both sides that tell of the same dates: indexes into `Document.segments`, one side may be empty.

    `basis` says what tied them: `date` (equal or overlapping dates), `content` (the text alone, dates absent or
    contradicting), `position` (both preambles) or `none` (no counterpart). `conflict` is true when the dates of the two
    sides contradict each other although the content agrees.
    """

    hi: tuple[int, ...]
    en: tuple[int, ...]
    basis: Literal["date", "content", "position", "none"]
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Bead:
    """An m-n group of sentences that say the same; m or n is 0 in a null bead.

    `score` is the confidence in [0, 1] that the bead is right; of a null bead, that its sentences have no counterpart.
    `date` is the EDTF date of its segment (of the Hindi side where both have one), None in undated text.
    `link` is the index of the `SegmentLink` it lies in. `reason` tells why a pair was taken apart, of its two parts.
    `moved` tells that it does not stand in the order in which both sides tell most. `rival` is, of a null bead that may
    have a counterpart, the sentences of the other side that most likely are it, and the probability that they are.
    """

    hi: Range
    en: Range
    score: float
    date: str | None
    link: int
    reason: str | None = None
    moved: bool = False
    rival: tuple[Range, float] | None = None

    @property
    def kind(self) -> str:
        """The bead type, Hindi side first, for example `2-1`."""
        return f"{self.hi[1] - self.hi[0]}-{self.en[1] - self.en[0]}"

    @property
    def is_null(self) -> bool:
        """Whether one side is empty."""
        return self.hi[0] == self.hi[1] or self.en[0] == self.en[1]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two documents and what ties them. Every segment lies in one link and every sentence in one bead."""

    id: str
    hi: Document
    en: Document
    links: tuple[SegmentLink, ...]
    beads: tuple[Bead, ...]

    def pairs(self) -> Iterator[Bead]:
        """Yield the beads with text on both sides."""
        return (bead for bead in self.beads if not bead.is_null)

    def nulls(self) -> Iterator[Bead]:
        """Yield the beads with text on one side only."""
        return (bead for bead in self.beads if bead.is_null)

    def rival(self, bead: Bead) -> str | None:
        """Return the text of the other side that a null bead would most likely belong to, None where none is known."""
        return bead.rival and (self.hi if bead.hi[0] == bead.hi[1] else self.en).text(bead.rival[0])

    def without(self, pairs: Collection[Bead], reason: str) -> "Alignment":
        """Return the alignment with each of `pairs` taken apart into two null beads that give the `reason`.

        Their scores are what is left to 1: the chance that the two do not belong together.
        """
        beads: list[Bead] = []
        for bead in self.beads:
            if bead in pairs:
                (hi, _), (en, _) = bead.hi, bead.en
                apart = replace(bead, score=1 - bead.score, reason=reason)
                beads.append(replace(apart, en=(en, en), rival=(bead.en, bead.score)))
                beads.append(replace(apart, hi=(hi, hi), rival=(bead.hi, bead.score)))
            else:
                beads.append(bead)
        return replace(self, beads=tuple(beads))

    def above(self, score: float) -> "Alignment":
        """Return the alignment with every pair that scores less than `score` taken apart."""
        return self.without({bead for bead in self.pairs() if bead.score < score}, f"score below {score:g}")

    def to_rows(self) -> list[dict[str, Any]]:
        """Return a dict of plain values for each bead, in order, as `json` and `pandas` take it.

        `hi`, `en` are the texts, empty without counterpart; `kind`, `score`, `date`, `reason` the bead's; `hi_span`,
        `en_span` its characters `[start, stop]` in the articles, None without counterpart; `hi_sentences`,
        `en_sentences` its sentences `[first, stop]`; `basis` what tied its segments; `moved` the bead's; `rival` the
        text that a null bead would most likely belong to.
        """
        from tithi.render import as_rows

        return as_rows(self)

    def __repr__(self) -> str:
        """Return one line; the texts are too long to be of use there."""
        from tithi.render import as_line

        return as_line(self)

    def __str__(self) -> str:
        """Return the beads side by side, as wide as the terminal."""
        from tithi.render import side_by_side

        return side_by_side(self)

    def _repr_html_(self) -> str:
        from tithi.report.static import alignment_html

        return alignment_html(self)


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that may be wrong in a pair, with the characters it concerns and a sentence a person understands.

    `hi` and `en` are spans in the pair's own texts (not in the articles), None where a side has nothing to show.
    `confidence` is the probability in [0, 1] that it is a true fault; `severity` follows: `error`, `doubt`, `hint`.

    Example: `Issue("number", "error", (0, 6), (0, 9), "दस लाख is 1 million; the English has 2 million")`.
    """

    kind: str
    severity: str
    hi: Span | None
    en: Span | None
    message: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Quality:
    """How far a pair can be trusted: `quality` is the probability in [0, 1] of a faithful translation, None unknown.

    `adequacy` says in [0, 1] how well the sides mean the same, `fluency` how well both read, None unknown.
    """

    quality: float | None
    issues: tuple[Issue, ...] = ()
    adequacy: float | None = None
    fluency: float | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """A pair that is not built: where it was listed, its id as far as known, and the reason on one line.

    `fault`: tithi itself failed at it, and the data may be right.
    """

    where: str
    id: str | None
    reason: str
    fault: bool = False


@dataclass(frozen=True, slots=True)
class TextPair:
    """A sentence pair that was read, where it stands (`corpus.tsv:17`; in a dataset its row), and its id, if any."""

    where: str
    hi: str
    en: str
    id: str | None = None
