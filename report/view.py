"""One article pair as the plain data that the page draws: rows in reading order with their marks, links and doubt.

Offsets in the data count UTF-16 code units, as JavaScript strings do; the rows' own count code points.

`doubt` in [0, 1] orders rows for a reader, worst first: of a pair, what its quality and score leave to 1; of the row
that opens a segment whose dates contradict, at least 0.9; of a stretch that one side lacks, 0.4, and 0.1 more for each
fact lost with it.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from tithi.corpus.rows import Row
from tithi.records import Lang, Span
from tithi.report.links import linked_words
from tithi.report.reading import Reading, read
from tithi.report.stories import Story, ordered

__all__ = ["Plain", "doubt", "issue_view", "links_view", "row_view", "utf16", "view"]

Plain: TypeAlias = dict[str, Any]
Links: TypeAlias = list[tuple[Span, Span]]
_SIDES: tuple[Lang, Lang] = ("hi", "en")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def view(story: Story, *, linked: bool = False, marked: bool = True) -> Plain:
    """Return what the page needs of an article pair, its words linked if asked for.

    Reading dates and numbers is most of the work: without `marked` there are neither marks nor facts told once.
    """
    article = story.article
    reading = read(article["hi"], article["en"]) if marked else None
    links = _links(story) if linked else {}
    segments = []
    for segment, rows in ordered(story):
        drawn = [
            _row(row, reading, links.get(row["id"]), story.id, conflict=segment["conflict"] and number == 0)
            for number, row in enumerate(rows)
        ]
        segments.append(_segment(segment, drawn, story.id))
    return {
        "id": story.id,
        "title": [_source(article, lang).get("title") for lang in _SIDES],
        "sources": [_source(article, lang) for lang in _SIDES],
        "lengths": [len(article["hi"]), len(article["en"])],
        "segments": segments,
    }


def _links(story: Story) -> dict[str, Links]:
    """Return the linked words of each pair of an article by the row's id, all at once because it is faster so."""
    texts = [(row["translation"]["hi"], row["translation"]["en"]) for row in story.sentences]
    return {row["id"]: links for row, links in zip(story.sentences, linked_words(texts), strict=True)}


def row_view(row: Row) -> Plain:
    """Return what is drawn of one row of `sentences` on its own, its dates and numbers read in its two texts alone."""
    hi, en = (row["translation"][lang] for lang in _SIDES)
    alone = row | {"id": row.get("id") or "", "hi_span": (0, len(hi)), "en_span": (0, len(en))}
    known = {"score": row.get("score") or 0.0, "quality": row.get("quality"), "bead": row.get("bead") or "1-1"}
    return _row(alone | known | {"issues": row.get("issues")}, read(hi, en), None, "", conflict=False)


def links_view(hi: str, en: str) -> list[list[int]]:
    """Return the linked words of a pair as they are drawn: `[start, stop, start, stop]`, in Hindi and in English."""
    (links,) = linked_words([(hi, en)])
    return _placed(links, hi, en)


def _placed(links: Links, hi: str, en: str) -> list[list[int]]:
    left, right = utf16(hi), utf16(en)
    return [[left(a), left(b), right(c), right(d)] for (a, b), (c, d) in links]


def utf16(text: str) -> Callable[[int], int]:
    """Return what turns an offset in code points of a text into one in UTF-16 code units.

    >>> list(map(utf16("a😀b"), range(4)))
    [0, 1, 3, 4]
    """
    pairs = [match.start() for match in _ASTRAL.finditer(text)]
    return lambda offset: offset + bisect_left(pairs, offset)


def doubt(row: Row, *, conflict: bool, facts: Sequence[str] = ()) -> float:
    """Return how much a row asks for a reader's eye, in [0, 1]; see the module."""
    if "lang" in row:
        return min(0.4 + 0.1 * len(facts), 0.85)
    sure: float = min(row["score"], 1.0 if row["quality"] is None else row["quality"])
    return max(1 - sure, 0.9 if conflict else 0.0)


def _source(article: Row, lang: Lang) -> Row:
    return {name: value for name, value in (article[f"{lang}_source"] or {}).items() if value}


def _segment(segment: Row, rows: list[Plain], article: str) -> Plain:
    return {
        "id": segment["id"].removeprefix(f"{article}-"),
        "date": segment["date"],
        "basis": segment["basis"],
        "conflict": segment["conflict"],
        "dates": [segment["hi_dates"], segment["en_dates"]],
        "headings": [[line.strip() for line in segment[f"{lang}_headings"] if line] for lang in _SIDES],
        "rows": rows,
    }


def _row(row: Row, reading: Reading | None, links: Links | None, article: str, *, conflict: bool) -> Plain:
    spans: list[Span | None]
    texts: list[str | None]
    if "lang" in row:
        texts = [row["text"] if row["lang"] == lang else None for lang in _SIDES]
        spans = [tuple(row["span"]) if row["lang"] == lang else None for lang in _SIDES]
    else:
        texts = [row["translation"][lang] for lang in _SIDES]
        spans = [tuple(row[f"{lang}_span"]) for lang in _SIDES]
    sides = list(zip(_SIDES, texts, spans, strict=True))
    alone = [(lang, span) for lang, _, span in sides if span and reading and "lang" in row]
    facts = [fact for lang, span in alone for fact in reading.facts(lang, span)] if reading else []
    item: Plain = {
        "id": row["id"].removeprefix(f"{article}-"),
        "texts": texts,
        "at": [span and span[0] for span in spans],
        "score": round(row["score"], 3),
        "doubt": round(doubt(row, conflict=conflict, facts=facts), 3),
        "marks": [_marks(text, lang, span, reading) for lang, text, span in sides],
    }
    if "lang" in row:
        rival = row["rival"] and [row["rival"], round(row["rival_score"], 3)]
        return item | {"facts": facts, "reason": row["reason"], "rival": rival, "sentences": row["sentences"]}
    hi, en = (str(text) for text in texts)
    item["bead"] = row["bead"]
    item["moved"] = bool(row.get("moved"))
    item["quality"] = None if row["quality"] is None else round(row["quality"], 3)
    item["issues"] = [issue_view(issue, hi, en) for issue in row["issues"] or ()]
    if links is not None:
        item["links"] = _placed(links, hi, en)
    return item


def _marks(text: str | None, lang: Lang, span: Span | None, reading: Reading | None) -> list[list[Any]]:
    if text is None or span is None or reading is None:
        return []
    units = utf16(text)
    return [[units(hit.start), units(hit.stop), hit.kind, hit.value] for hit in reading.within(lang, span)]


def issue_view(issue: Row, hi: str, en: str) -> Plain:
    """Return what is drawn of an issue of a pair with these texts."""
    spans = [
        list(map(utf16(text), issue[lang])) if issue[lang] else None
        for lang, text in zip(_SIDES, (hi, en), strict=True)
    ]
    return {
        "kind": issue["kind"],
        "severity": issue["severity"],
        "spans": spans,
        "message": issue["message"],
    }
