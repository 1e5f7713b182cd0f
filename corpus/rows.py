"""The published rows: what the columns of each config are, declared once, and how an alignment becomes rows.

`COLUMNS` is the only declaration: the Parquet schema and the `datasets` features are made from it, and the card has
its words. Ids are made from the article's id, so that the same articles give the same ids:
`monsoon-s0001` a sentence pair, `monsoon-g0001` a pair of segments, `monsoon-u0001` a stretch without counterpart.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from tithi.errors import DataError
from tithi.records import Alignment, Article, Bead, Document, Lang, Quality, Range, Segment, SegmentLink

if TYPE_CHECKING:
    import datasets

__all__ = ["ARTICLE_KEY", "COLUMNS", "Column", "Row", "features", "rows"]

Row: TypeAlias = dict[str, Any]
Kind: TypeAlias = "str | list[Kind] | dict[str, Kind]"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its type and what it holds.

    `kind` is a type name of `datasets.Value`, `translation`, a list of one kind, or a struct of kinds by name.
    """

    name: str
    kind: Kind
    about: str


_SPAN: Final[Kind] = ["int32"]
_SOURCE: Final[Kind] = dict.fromkeys(("title", "url", "publisher", "published", "licence"), "string")
_ISSUE: Final[Kind] = {
    "kind": "string",
    "severity": "string",
    "hi": _SPAN,
    "en": _SPAN,
    "message": "string",
    "confidence": "float32",
}

COLUMNS: Final[Mapping[str, tuple[Column, ...]]] = {
    "sentences": (
        Column("id", "string", "Id of the pair: the article's id, `-s` and its number in the article."),
        Column("translation", "translation", "The two texts, `hi` and `en`, as published."),
        Column("date", "string", "Date of the segment it stands in, EDTF (ISO 8601-2); null in undated text."),
        Column("segment_id", "string", "The row of `segments` it belongs to."),
        Column("article_id", "string", "The row of `articles` it belongs to."),
        Column("bead", "string", "How many Hindi and English sentences it joins, for example `2-1`."),
        Column("score", "float32", "Confidence in [0, 1] that the two texts belong together."),
        Column("hi_span", _SPAN, "Where `hi` stands in the Hindi article: [start, stop) in code points."),
        Column("en_span", _SPAN, "Where `en` stands in the English article: [start, stop) in code points."),
        Column("moved", "bool", "Whether the pair is told in another order than most of its article."),
        Column("quality", "float32", "Probability in [0, 1] of a faithful translation; null when not checked."),
        Column("adequacy", "float32", "How well the two mean the same, in [0, 1]; null when not known."),
        Column("fluency", "float32", "How well both read, in [0, 1]; null when not known."),
        Column(
            "issues",
            [_ISSUE],
            "What may be wrong in the translation: kind, severity, the characters of `hi` and `en` it concerns"
            " ([start, stop) in the pair's own texts, null where there are none), a message, and the confidence in"
            " [0, 1] that it is a true fault; null when not checked.",
        ),
    ),
    "segments": (
        Column("id", "string", "Id of the paired segments: the article's id, `-g` and their number."),
        Column("article_id", "string", "The row of `articles` they belong to."),
        Column(
            "date", "string", "Their date, EDTF (ISO 8601-2), the Hindi side's where both have one; null if undated."
        ),
        Column(
            "basis",
            "string",
            "What tied the sides: `date`, `content`, `position` (preambles), `none` (no counterpart).",
        ),
        Column("conflict", "bool", "Whether the dates of the two sides contradict each other."),
        Column("hi", "string", "The Hindi text, headings included; null when there is no counterpart."),
        Column("en", "string", "The English text, headings included; null when there is no counterpart."),
        Column("hi_dates", ["string"], "Date of each Hindi segment that was joined here, EDTF; null if undated."),
        Column("en_dates", ["string"], "Date of each English segment that was joined here, EDTF; null if undated."),
        Column("hi_headings", ["string"], "Heading line of each Hindi segment; null if it has none."),
        Column("en_headings", ["string"], "Heading line of each English segment; null if it has none."),
        Column("hi_spans", [_SPAN], "Where each Hindi segment stands in its article: [start, stop) in code points."),
        Column("en_spans", [_SPAN], "Where each English segment stands in its article: [start, stop) in code points."),
        Column("hi_sentences", "int32", "Number of Hindi sentences."),
        Column("en_sentences", "int32", "Number of English sentences."),
        Column("pairs", "int32", "Number of rows of `sentences` made from them."),
    ),
    "articles": (
        Column("id", "string", "Id of the article pair."),
        Column("hi", "string", "The whole Hindi article, as read."),
        Column("en", "string", "The whole English article, as read."),
        Column("hi_source", _SOURCE, "Origin and rights of the Hindi article, as stated; null where unknown."),
        Column("en_source", _SOURCE, "Origin and rights of the English article, as stated; null where unknown."),
        Column("hi_segments", "int32", "Number of Hindi segments."),
        Column("en_segments", "int32", "Number of English segments."),
        Column("hi_sentences", "int32", "Number of Hindi sentences."),
        Column("en_sentences", "int32", "Number of English sentences."),
        Column("pairs", "int32", "Number of rows of `sentences` made from it."),
        Column("hi_coverage", "float32", "Share of the Hindi sentences that are in a pair; null without sentences."),
        Column("en_coverage", "float32", "Share of the English sentences that are in a pair; null without sentences."),
    ),
    "unaligned": (
        Column("id", "string", "Id of the stretch: the article's id, `-u` and its number."),
        Column("article_id", "string", "The row of `articles` it belongs to."),
        Column("segment_id", "string", "The row of `segments` it belongs to."),
        Column("lang", "string", "Its side, `hi` or `en`."),
        Column("text", "string", "The sentences that have no counterpart, as published."),
        Column("span", _SPAN, "Where it stands in its article: [start, stop) in code points."),
        Column("sentences", "int32", "Number of sentences."),
        Column("date", "string", "Date of its segment, EDTF (ISO 8601-2); null in undated text."),
        Column("score", "float32", "Confidence in [0, 1] that it has no counterpart."),
        Column(
            "reason",
            "string",
            "`no such segment` or `no such sentence` on the other side; `several compete` for it and none wins; "
            "perhaps `freely told` in what stands across from it; `beyond the shape limit` of the bead beside it; or "
            "the threshold that its pair missed.",
        ),
        Column("rival", "string", "What of the other side would most likely belong to it; null where nothing would."),
        Column("rival_span", _SPAN, "Where that stands in its article: [start, stop) in code points."),
        Column("rival_score", "float32", "Probability in [0, 1] that it does."),
    ),
}
"""The configs, the default one first, and their columns in order."""

ARTICLE_KEY: Final[Mapping[str, str]] = {
    "sentences": "article_id",
    "segments": "article_id",
    "articles": "id",
    "unaligned": "article_id",
}
"""The column of each config that holds the article's id."""


def features(config: str) -> "datasets.Features":
    """Return the `datasets` features of a config; its `arrow_schema` is the Parquet schema."""
    import datasets

    def feature(kind: Kind) -> Any:
        if isinstance(kind, list):
            return datasets.List(feature(kind[0]))
        if isinstance(kind, dict):
            return {name: feature(member) for name, member in kind.items()}
        return datasets.Translation(languages=["hi", "en"]) if kind == "translation" else datasets.Value(kind)

    return datasets.Features({column.name: feature(column.kind) for column in COLUMNS[config]})


def rows(alignment: Alignment, quality: Sequence[Quality | None] | None = None) -> dict[str, list[Row]]:
    """Return the rows of every config that an alignment makes, in article order.

    Args:
        alignment: The aligned article pair.
        quality: The quality of each of `alignment.pairs()`, None where a pair was not checked; None: none was.

    Raises:
        DataError: `quality` does not hold one entry for each pair.
    """
    pairs = list(alignment.pairs())
    if quality is not None and len(quality) != len(pairs):
        raise DataError(
            f"{alignment.id}: quality must have one entry a pair; got {len(quality)} for {len(pairs)} pairs"
        )
    counts = Counter(bead.link for bead in pairs)
    checked = quality if quality is not None else [None] * len(pairs)
    return {
        "sentences": [
            _sentence(alignment, bead, number, known)
            for number, (bead, known) in enumerate(zip(pairs, checked, strict=True), start=1)
        ],
        "segments": [_segment(alignment, index, counts[index]) for index in range(len(alignment.links))],
        "articles": [_article(alignment, pairs)],
        "unaligned": [_null(alignment, bead, number) for number, bead in enumerate(alignment.nulls(), start=1)],
    }


def _sentence(alignment: Alignment, bead: Bead, number: int, known: Quality | None) -> Row:
    return {
        "id": f"{alignment.id}-s{number:04d}",
        "translation": {"hi": alignment.hi.text(bead.hi), "en": alignment.en.text(bead.en)},
        "date": bead.date,
        "segment_id": _segment_id(alignment, bead.link),
        "article_id": alignment.id,
        "bead": bead.kind,
        "score": bead.score,
        "hi_span": alignment.hi.span(bead.hi),
        "en_span": alignment.en.span(bead.en),
        "moved": bead.moved,
        "quality": None if known is None else known.quality,
        "adequacy": None if known is None else known.adequacy,
        "fluency": None if known is None else known.fluency,
        "issues": None if known is None else [asdict(issue) for issue in known.issues],
    }


def _segment(alignment: Alignment, index: int, pairs: int) -> Row:
    link = alignment.links[index]
    hi = [alignment.hi.segments[i] for i in link.hi]
    en = [alignment.en.segments[i] for i in link.en]
    return {
        "id": _segment_id(alignment, index),
        "article_id": alignment.id,
        "date": next((segment.date for segment in (*hi, *en) if segment.date is not None), None),
        "basis": link.basis,
        "conflict": link.conflict,
        "hi": _joined(alignment.hi, hi),
        "en": _joined(alignment.en, en),
        "hi_dates": [segment.date for segment in hi],
        "en_dates": [segment.date for segment in en],
        "hi_headings": list(_headings(alignment.hi, hi)),
        "en_headings": list(_headings(alignment.en, en)),
        "hi_spans": [(segment.start, segment.stop) for segment in hi],
        "en_spans": [(segment.start, segment.stop) for segment in en],
        "hi_sentences": sum(_length(segment.sentences) for segment in hi),
        "en_sentences": sum(_length(segment.sentences) for segment in en),
        "pairs": pairs,
    }


def _article(alignment: Alignment, pairs: Sequence[Bead]) -> Row:
    return {
        "id": alignment.id,
        "hi": alignment.hi.article.text,
        "en": alignment.en.article.text,
        "hi_source": _source(alignment.hi.article),
        "en_source": _source(alignment.en.article),
        "hi_segments": len(alignment.hi.segments),
        "en_segments": len(alignment.en.segments),
        "hi_sentences": len(alignment.hi.sentences),
        "en_sentences": len(alignment.en.sentences),
        "pairs": len(pairs),
        "hi_coverage": _coverage([bead.hi for bead in pairs], alignment.hi),
        "en_coverage": _coverage([bead.en for bead in pairs], alignment.en),
    }


def _null(alignment: Alignment, bead: Bead, number: int) -> Row:
    lang: Lang = "hi" if _length(bead.hi) else "en"
    document, other = (alignment.hi, alignment.en) if lang == "hi" else (alignment.en, alignment.hi)
    sentences = bead.hi if lang == "hi" else bead.en
    rival, likely = bead.rival or (None, None)
    link = alignment.links[bead.link]
    return {
        "id": f"{alignment.id}-u{number:04d}",
        "article_id": alignment.id,
        "segment_id": _segment_id(alignment, bead.link),
        "lang": lang,
        "text": document.text(sentences),
        "span": document.span(sentences),
        "sentences": _length(sentences),
        "date": bead.date,
        "score": bead.score,
        "reason": bead.reason or ("no such sentence" if _is_paired(link) else "no such segment"),
        "rival": None if rival is None else other.text(rival),
        "rival_span": None if rival is None else other.span(rival),
        "rival_score": likely,
    }


def _segment_id(alignment: Alignment, link: int) -> str:
    return f"{alignment.id}-g{link + 1:04d}"


def _joined(document: Document, segments: Sequence[Segment]) -> str | None:
    """Return the characters of the segments, in order; None without segments."""
    texts = [document.article.text[segment.start : segment.stop] for segment in segments]
    return "".join(texts) if texts else None


def _headings(document: Document, segments: Sequence[Segment]) -> Iterator[str | None]:
    for segment in segments:
        yield None if segment.heading is None else document.article.text[slice(*segment.heading)]


def _source(article: Article) -> Row:
    """Return what is published of a source: all but the local path."""
    source = asdict(article.source)
    del source["path"]
    return source


def _coverage(paired: Sequence[Range], document: Document) -> float | None:
    total = len(document.sentences)
    return sum(map(_length, paired)) / total if total else None


def _length(bounds: Range) -> int:
    return bounds[1] - bounds[0]


def _is_paired(link: SegmentLink) -> bool:
    return bool(link.hi and link.en)
