"""Tables in: JSON lines, Parquet files and Hugging Face datasets on disk; each row is an article.

Which column is the text is found by its name, or told: `{"text": "body", "title": "headline"}`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Final

from tithi.documents.decoding import mended
from tithi.documents.extract import Extract
from tithi.errors import DataError, UsageError
from tithi.records import Reject, Span

__all__ = ["FIELDS", "read_dataset", "read_json_line", "read_parquet"]

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text", "body", "content", "article", "article_text", "articleBody", "document"),
    "id": ("id", "doc_id", "article_id", "uid", "_id"),
    "title": ("title", "headline", "heading"),
    "published": ("published", "date", "published_at", "publish_date", "date_published", "datePublished", "pubdate"),
    "url": ("url", "link", "source_url", "canonical_url"),
    "publisher": ("publisher", "site", "site_name", "source", "domain"),
    "licence": ("licence", "license"),
    "lang": ("lang", "language"),
}
"""What is taken from a row, and the columns it is looked for in, in order."""


def read_json_line(line: str, where: str, columns: Mapping[str, str]) -> Extract:
    """Read one line of JSON as an article; `where` names the file and the line.

    Raises:
        DataError: It is no JSON object, or its text is missing or no string.
    """
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nesting beyond reason"
        raise DataError(f"{where}: must be JSON; got {reason}; write one object a line") from None
    if not isinstance(row, dict):
        raise DataError(f"{where}: must be a JSON object; got {type(row).__name__}; write one object a line")
    return _extract(row, where, columns)


def read_parquet(path: Path | IO[bytes], where: str, columns: Mapping[str, str]) -> Iterator[Extract | Reject]:
    """Yield the rows of a Parquet file, a thousand in memory at a time; bad ones as rejects.

    Raises:
        DataError: The file is damaged or has no column of text.
    """
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            names = file.schema_arrow.names
            wanted = [name for field in FIELDS if (name := _column(field, names, columns, where)) is not None]
            batches = file.iter_batches(batch_size=1000, columns=[*wanted, *(["code"] if "code" in names else [])])
            yield from _rows((row for batch in batches for row in batch.to_pylist()), where, columns)
    except (pyarrow.ArrowException, OSError) as error:
        reason = " ".join(str(error).split())[:80]
        raise DataError(f"{where}: must be a whole Parquet file; got {reason}; write it again") from None


def read_dataset(folder: Path, columns: Mapping[str, str]) -> Iterator[Extract | Reject]:
    """Yield the rows of a dataset that `datasets` saved to disk, of all its splits.

    Raises:
        DataError: It is damaged or has no column of text.
    """
    from datasets import DatasetDict, load_from_disk

    where = str(folder)
    try:
        loaded = load_from_disk(where)
    except Exception as error:  # whatever the library meets
        raise DataError(f"{where}: must be a dataset on disk; got {type(error).__name__}; save it again") from None
    splits = loaded.values() if isinstance(loaded, DatasetDict) else [loaded]
    for split in splits:
        for field in FIELDS:
            _column(field, split.column_names, columns, where)
    yield from _rows((row for split in splits for row in split), where, columns)


def _rows(rows: Iterable[dict[str, Any]], where: str, columns: Mapping[str, str]) -> Iterator[Extract | Reject]:
    for number, row in enumerate(rows, start=1):
        try:
            yield _extract(row, f"{where}:{number}", columns)
        except DataError as error:
            yield Reject(f"{where}:{number}", None, str(error))


def _column(field: str, names: Iterable[str], columns: Mapping[str, str], where: str) -> str | None:
    """Return the column that holds a field, None where there is none."""
    names = list(names)
    told = columns.get(field)
    if told is not None and told not in names:
        raise UsageError(f"--column {field}={told}: must be a column of {where}; got {', '.join(names[:12])}; name one")
    found = told or next((name for name in FIELDS[field] if name in names), None)
    if found is None and field == "text":
        raise DataError(
            f"{where}: must have a column of text; got {', '.join(map(str, names[:12]))}; name it: --column text=NAME"
        )
    return found


def _extract(row: Mapping[str, Any], where: str, columns: Mapping[str, str]) -> Extract:
    names = {field: _column(field, row, columns, where) for field in FIELDS}
    values = {field: None if name is None else row[name] for field, name in names.items()}
    text = values["text"]
    if not isinstance(text, str):
        raise DataError(
            f"{where}: {names['text']} must be a string; got {type(text).__name__}; give the article's text"
        )
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise DataError(f"{where}: text must be Unicode; got half of a surrogate pair; correct the escape")
    text = mended(text)
    said = {field: _said(value) for field, value in values.items()}
    return Extract(
        text,
        _code(row.get("code"), text),
        title=said["title"],
        published=_day(values["published"]),
        url=said["url"],
        publisher=said["publisher"],
        licence=said["licence"],
        lang=said["lang"],
        part=said["id"],
    )


def _said(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).strip() or None


def _day(value: object) -> str | None:
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    try:
        return date.fromisoformat(value[:10]).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None


def _code(value: object, text: str) -> tuple[Span, ...]:
    """Return the spans of code that `tithi read` wrote; what is no list of spans within the text is none."""
    spans: list[Span] = []
    for item in value if isinstance(value, list) else ():
        if isinstance(item, list) and len(item) == 2 and all(type(offset) is int for offset in item):
            start, stop = item
            if (spans[-1][1] if spans else 0) <= start < stop <= len(text):
                spans.append((start, stop))
    return tuple(spans)
