"""Manifests: files that list article pairs. Good lines become entries, bad ones rejects with a reason.

A JSONL manifest has one object a line: `id`, `hi`, `en` (paths, relative to the manifest's folder) and any of `title`,
`url`, `publisher`, `published` (`YYYY-MM-DD`) and `licence`, each a string for both sides or `{"hi": ..., "en": ...}`;
null or an empty string means unknown:

    {"id": "monsoon", "hi": "monsoon.hi.txt", "en": "monsoon.en.txt", "title": {"hi": "मानसून", "en": "The monsoon"}}

`score`, `evidence` and `signs`, which `tithi pair` writes, are for people. A path may name one article of a JSONL file
by the byte at which its line begins: `articles.jsonl#byte=1024`.

A TSV manifest has three columns: id, Hindi path, English path. Which of the two a line is, it says itself. Empty lines
are skipped.
"""

import json
import os.path
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from tithi.addresses import is_address
from tithi.documents.decoding import shown
from tithi.errors import DataError
from tithi.records import Lang, Reject, Source
from tithi.sources.folders import folder_of, refuse_gone
from tithi.sources.lines import read_lines_of

__all__ = ["ManifestEntry", "read_manifest"]

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_PUBLISHED: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_META: Final = ("title", "url", "publisher", "published", "licence")
_REQUIRED: Final = ("id", "hi", "en")
_FOR_PEOPLE: Final = ("score", "evidence", "signs")
_PART: Final = re.compile(r"#byte=\d{1,15}$")
_SIDES: Final[tuple[Lang, Lang]] = ("hi", "en")


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """A pair to build: where it was listed (`pairs.jsonl:17`), its id, and both sources with `path` ready to open."""

    where: str
    id: str
    hi: Source
    en: Source


class _LineError(Exception):
    """A line breaks a rule."""


class _MissingFileError(_LineError):
    """A line names a file that is not there."""

    def __init__(self, side: Lang, path: str) -> None:
        super().__init__(f"{side} must name a file; got {_show(path)}, which does not exist; check the path")
        self.path = path


def read_manifest(path: str | Path, *, without_missing: bool = False) -> Iterator[ManifestEntry | Reject]:
    """Yield what each line of a manifest, JSONL or TSV, lists, in order; bad lines as `Reject`.

    A line is bad when it is not UTF-8, neither a JSON object nor three columns, lacks a key, has an unknown one,
    repeats an id, names a missing file, or when `published` is no date. The articles themselves are not read here.
    Memory holds the ids alone.

    Raises:
        DataError: While iterating: the manifest itself is missing, a folder, UTF-16, or lists nothing; or the folder of
            a file is gone or empty, unless `without_missing`.
    """
    name = shown(path)
    folder = os.path.dirname(path) or "."  # noqa: PTH120 - a Path would turn "./-" into "-", which means stdin
    seen: dict[str, int] = {}
    listed = 0
    for number, line in enumerate(read_lines_of(path), start=1):
        if isinstance(line, Reject):
            listed += 1
            yield line
            continue
        if not line.strip():
            continue
        listed += 1
        entry_id = None
        try:
            fields = _fields(line)
            entry_id = _id(fields)
            if entry_id in seen:
                raise _LineError(f"id must be unique; got {entry_id} again, first on line {seen[entry_id]}; rename one")
            sources = {side: _source(fields, side, folder) for side in _SIDES}
        except _LineError as bad:
            if isinstance(bad, _MissingFileError) and not without_missing:
                refuse_gone(folder_of(bad.path), f"the file of {name}:{number}, {_show(bad.path)}")
            yield Reject(f"{name}:{number}", entry_id, str(bad))
        else:
            seen[entry_id] = number
            yield ManifestEntry(f"{name}:{number}", entry_id, sources["hi"], sources["en"])
    if not listed:
        raise DataError(f"{name}:1: must list article pairs; got an empty file; write one pair a line")


def _parse_json(line: str) -> dict[str, object]:
    def unique(items: list[tuple[str, object]]) -> dict[str, object]:
        fields = dict(items)
        if len(fields) < len(items):
            raise _LineError("keys must be unique; got one twice; keep one of them")
        return fields

    try:
        value = json.loads(line, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        raise _LineError(f"must be JSON; got {error.msg} at column {error.colno}; write one object a line") from None
    except (ValueError, RecursionError):
        raise _LineError("must be JSON; got numbers or nesting beyond reason; write one object a line") from None
    if not isinstance(value, dict):
        raise _LineError(f"must be a JSON object; got {_kind(value)}; write one object a line")
    unknown = sorted(set(value) - {*_REQUIRED, *_META, *_FOR_PEOPLE})
    if unknown:
        raise _LineError(f"keys must be of {', '.join((*_REQUIRED, *_META))}; got {_show(unknown[0])}; rename it")
    return value


def _fields(line: str) -> dict[str, object]:
    """Return what a line says; its first character tells JSON, a tab the three columns."""
    is_table = "\t" in line.strip() and not line.lstrip().startswith(("{", "[", '"'))
    return _parse_tsv(line) if is_table else _parse_json(line)


def _parse_tsv(line: str) -> dict[str, object]:
    cells = line.split("\t")
    if len(cells) != 3:
        raise _LineError(f"must have three columns (id, hi path, en path); got {len(cells)}; separate them by tabs")
    return dict(zip(_REQUIRED, cells, strict=True))


def _id(fields: dict[str, object]) -> str:
    entry_id = _text(fields, "id")
    if not _ID.fullmatch(entry_id):
        raise _LineError(
            f"id must be up to 128 of A-Z a-z 0-9 . _ - (the first no mark); got {_show(entry_id)}; rename it"
        )
    return entry_id


def _source(fields: dict[str, object], side: Lang, folder: str) -> Source:
    path = _text(fields, side)
    if not is_address(path):
        path = os.path.join(folder, path)  # noqa: PTH118
    if is_address(path):  # what is there is told when it is read; to ask for each would take days
        return _with_meta(path, fields, side)
    if "\x00" in path or not (os.path.exists(path) or os.path.isfile(_PART.sub("", path))):  # noqa: PTH110, PTH113
        raise _MissingFileError(side, path)
    if os.path.isdir(path):  # noqa: PTH112
        raise _LineError(f"{side} must name a file; got the folder {_show(path)}; name the text file itself")
    return _with_meta(path, fields, side)


def _with_meta(path: str, fields: dict[str, object], side: Lang) -> Source:
    meta = {key: _side(fields.get(key), key, side) for key in _META}
    published = meta["published"]
    if published is not None and not _is_date(published):
        raise _LineError(f"published must be a date YYYY-MM-DD; got {_show(published)}; correct or drop it")
    return Source(path, **meta)


def _text(fields: dict[str, object], key: str) -> str:
    """Return a required string."""
    if key not in fields:
        raise _LineError(f"{key} is missing; give id, hi and en on every line")
    value = fields[key]
    if not isinstance(value, str):
        raise _LineError(f"{key} must be a string; got {_kind(value)}; put it in quotes")
    if not value.strip():
        raise _LineError(f"{key} is empty; give id, hi and en on every line")
    return _valid(value, key)


def _side(value: object, key: str, side: Lang) -> str | None:
    """Return one side's value of a field that may be given once for both."""
    if isinstance(value, dict):
        if not set(value) <= set(_SIDES):
            raise _LineError(f'{key} must be a string or {{"hi": ..., "en": ...}}; got other keys; keep these two')
        value = value.get(side)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _LineError(f"{key} must be a string; got {_kind(value)}; put it in quotes or drop it")
    return _valid(value, key) if value.strip() else None


def _valid(value: str, key: str) -> str:
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise _LineError(f"{key} must be Unicode text; got half of a surrogate pair; correct the escape")
    return value


def _is_date(value: str) -> bool:
    try:
        return bool(_PUBLISHED.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _show(value: str) -> str:
    """Return a value for a message: quoted, on one line, cut to a readable length."""
    return json.dumps(value if len(value) <= 80 else value[:77] + "...", ensure_ascii=False)
