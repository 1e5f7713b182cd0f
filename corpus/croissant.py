"""`croissant.json`: the dataset described for machines, as MLCommons Croissant 1.0 (JSON-LD) has it.

Every Parquet file is listed with its size and SHA-256, every config is a record set whose fields are made from the one
declared schema. A list of spans is told as repeated numbers, for the format has no lists of lists.

Source: https://docs.mlcommons.org/croissant/docs/croissant-spec-1.0.html
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from tithi.corpus.columns import COLUMNS, Column, Kind
from tithi.corpus.markdown import one_line
from tithi.corpus.origins import Sources

__all__ = ["CROISSANT", "croissant", "published_at"]

CROISSANT: Final = "croissant.json"
"""What the file is called."""
_CONTEXT: Final[Mapping[str, Any]] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    **{
        name: f"cr:{name}"
        for name in (
            "citeAs", "column", "equivalentProperty", "extract", "field", "fileObject", "fileProperty", "fileSet",
            "format", "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet",
            "references", "regex", "repeated", "replace", "samplingRate", "separator", "source", "subField",
            "transform",
        )
    },
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
}  # fmt: skip
_TYPES: Final = {"string": "sc:Text", "int32": "sc:Integer", "float32": "sc:Float", "bool": "sc:Boolean"}
_ABOUT: Final = {
    "sentences": "Pairs of sentences that belong together.",
    "segments": "What both articles tell of one date, or one article alone.",
    "articles": "Whole article pairs as read, with their sources and rights.",
    "unaligned": "Stretches without counterpart, and why.",
}


def croissant(
    name: str, about: str, version: str, sources: Sources, files: Mapping[str, tuple[int, str]]
) -> dict[str, Any]:
    """Return the description.

    Args:
        name: What the dataset is called.
        about: What it is, in a sentence.
        version: Its version.
        sources: Where it comes from, and the licences.
        files: The size in bytes and the SHA-256 of each Parquet file, by its place in the folder.
    """
    licences = sorted({origin.licence for origin in sources.origins if origin.licence})
    return {
        "@context": dict(_CONTEXT),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": one_line(name),
        "description": about,
        "inLanguage": ["hi", "en"],
        "keywords": ["parallel corpus", "sentence alignment", "Hindi", "English"],
        "license": [one_line(licence) for licence in licences] or ["unknown"],
        "version": version,
        "isBasedOn": list(_works(sources)),
        "distribution": [*_files(files), *_sets()],
        "recordSet": [_records(config) for config in COLUMNS],
    }


def published_at(text: str, url: str) -> str:
    """Return a description, as text, that says where the dataset is published."""
    told = json.loads(text)
    return json.dumps({**told, "url": url}, ensure_ascii=False, indent=2) + "\n"


def _works(sources: Sources) -> Iterator[dict[str, Any]]:
    """Yield each origin with the licence it states."""
    for origin in sorted(sources.origins, key=lambda one: (one.publisher or "", one.licence or "")):
        work = {"@type": "sc:CreativeWork", "name": one_line(origin.publisher or "unknown")}
        yield work | ({"license": one_line(origin.licence)} if origin.licence else {})


def _files(files: Mapping[str, tuple[int, str]]) -> Iterator[dict[str, Any]]:
    for place, (size, sha256) in sorted(files.items()):
        yield {
            "@type": "cr:FileObject",
            "@id": place,
            "name": Path(place).name,
            "contentUrl": place,
            "contentSize": f"{size} B",
            "encodingFormat": "application/x-parquet",
            "sha256": sha256,
        }


def _sets() -> Iterator[dict[str, Any]]:
    for config in COLUMNS:
        yield {
            "@type": "cr:FileSet",
            "@id": f"files-of-{config}",
            "name": f"files of {config}",
            "encodingFormat": "application/x-parquet",
            "includes": f"data/{config}/*.parquet",
        }


def _records(config: str) -> dict[str, Any]:
    files = {"fileSet": {"@id": f"files-of-{config}"}}
    split = {
        "@type": "cr:Field",
        "@id": f"{config}/split",
        "name": "split",
        "description": "The split it stands in: train, validation or test.",
        "dataType": "sc:Text",
        "source": {
            **files,
            "extract": {"fileProperty": "filename"},
            "transform": {"regex": "(train|validation|test)-.*"},
        },
    }
    return {
        "@type": "cr:RecordSet",
        "@id": config,
        "name": config,
        "description": _ABOUT[config],
        "key": {"@id": f"{config}/id"},
        "field": [split, *(_column(config, column, files) for column in COLUMNS[config])],
    }


def _column(config: str, column: Column, files: Mapping[str, Any]) -> dict[str, Any]:
    source = {**files, "extract": {"column": column.name}}
    return _field(f"{config}/{column.name}", column.kind, source, "") | {"description": column.about}


def _field(name: str, kind: Kind, source: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Return a field of any kind; `path` is where it stands within its column."""
    repeated = isinstance(kind, list)
    while isinstance(kind, list):
        kind = kind[0]
    if kind == "translation":
        kind = dict.fromkeys(("hi", "en"), "string")
    field = {"@type": "cr:Field", "@id": name, "name": name.rpartition("/")[2]} | (
        {"repeated": True} if repeated else {}
    )
    if isinstance(kind, dict):
        within = {member: f"{path}.{member}" if path else member for member in kind}
        members = [_field(f"{name}/{member}", of, source, within[member]) for member, of in kind.items()]
        return field | {"subField": members}
    step = {"transform": {"jsonPath": path}} if path else {}
    return field | {"dataType": _TYPES[kind], "source": {**source, **step}}
