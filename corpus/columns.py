"""The columns of each config, declared once: name, type and what a column holds.

`COLUMNS` is the only declaration: the Parquet schema and the `datasets` features are made from it, and the card has
its words. `features` loads `datasets`; a build does without.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    import datasets

__all__ = ["ARTICLE_KEY", "COLUMNS", "Column", "Kind", "arrow_type", "features", "listed", "schema"]

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
    """Return the `datasets` features of a config; their `arrow_schema` is `schema(config)`."""
    import datasets

    def feature(kind: Kind) -> Any:
        if isinstance(kind, list):
            return datasets.List(feature(kind[0]))
        if isinstance(kind, dict):
            return {name: feature(member) for name, member in kind.items()}
        return datasets.Translation(languages=["hi", "en"]) if kind == "translation" else datasets.Value(kind)

    return datasets.Features({column.name: feature(column.kind) for column in COLUMNS[config]})


def schema(config: str) -> Any:
    """Return the `pyarrow.Schema` of a config's files, with what tells `datasets` its features."""
    import pyarrow as pa

    told = {"info": {"features": {column.name: _told(column.kind) for column in COLUMNS[config]}}}
    fields = {column.name: arrow_type(column.kind) for column in COLUMNS[config]}
    return pa.schema(fields, {"huggingface": json.dumps(told)})


def arrow_type(kind: "Kind | Mapping[str, Kind]") -> Any:
    """Return the `pyarrow.DataType` of a kind."""
    import pyarrow as pa

    if isinstance(kind, list):
        return pa.list_(arrow_type(kind[0]))
    if isinstance(kind, Mapping):
        return pa.struct({name: arrow_type(member) for name, member in kind.items()})
    if kind == "translation":
        return pa.struct({"en": pa.string(), "hi": pa.string()})
    return pa.type_for_alias(kind)


def listed(config: str) -> list[dict[str, Any]]:
    """Return the columns of a config as a card lists them for `datasets` and the Hub."""
    return _members({column.name: column.kind for column in COLUMNS[config]})


def _members(kinds: Mapping[str, Kind]) -> list[dict[str, Any]]:
    return [{"name": name, **_listed(kind)} for name, kind in kinds.items()]


def _listed(kind: Kind) -> dict[str, Any]:
    """Return a kind as a card says it: that a list is one, and of what."""
    if isinstance(kind, list):
        member = _listed(kind[0])
        return {"list": member.get("dtype") or member.get("struct") or member}
    if isinstance(kind, dict):
        return {"struct": _members(kind)}
    return {"dtype": {"translation": {"languages": ["hi", "en"]}} if kind == "translation" else kind}


def _told(kind: Kind) -> dict[str, Any]:
    """Return a kind as `datasets` writes it into the schema."""
    if isinstance(kind, list):
        return {"feature": _told(kind[0]), "_type": "List"}
    if isinstance(kind, dict):
        return {name: _told(member) for name, member in kind.items()}
    if kind == "translation":
        return {"languages": ["hi", "en"], "_type": "Translation"}
    return {"dtype": kind, "_type": "Value"}
