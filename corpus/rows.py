"""An alignment as published rows, by config; `corpus.columns` declares what they hold.

Ids are made from the article's id, so that the same articles give the same ids: `monsoon-s0001` a sentence pair,
`monsoon-g0001` a pair of segments, `monsoon-u0001` a stretch without counterpart.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, TypeAlias

from tithi.errors import DataError
from tithi.records import Alignment, Article, Bead, Document, Lang, Quality, Range, Segment, SegmentLink

__all__ = ["Row", "rows"]

Row: TypeAlias = dict[str, Any]


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
