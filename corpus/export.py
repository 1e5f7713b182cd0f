"""Sentence pairs in the formats that others read: Moses, TSV, JSONL, TMX 1.4b, XLIFF 2.0 and 1.2, written as a stream.

| format | what it holds | line breaks in a text |
| --- | --- | --- |
| `moses` | `NAME.hi` and `NAME.en`, one text a line, line by line a pair | become a blank |
| `tsv` | hi, en, id, date, score, quality; no header, unknown is empty | become a blank, tabs too |
| `jsonl` | one object a pair, `hi` and `en` first, then every other column | stay |
| `tmx` | a `tu` a pair, id as `tuid`; date, score, quality, bead as `prop`; quality, issues as `note` | stay |
| `xliff` | a `file` an article, a `unit` a pair; date, score, quality, bead and issues as `note` | stay |
| `xliff12` | the same in XLIFF 1.2: a `trans-unit` a pair | stay |

XML 1.0 cannot hold most control characters: TMX and XLIFF have U+FFFD in their place, the others keep them. Files are
written beside their target and renamed when whole.
"""

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import IO, Any, Final
from xml.sax.saxutils import escape, quoteattr

from tithi.corpus.rows import Row
from tithi.corpus.stored import stored_rows
from tithi.corpus.whole import whole_files
from tithi.errors import DataError, UsageError

__all__ = ["FORMATS", "export"]

_BREAKS: Final = re.compile("[\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]+")
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_ID: Final = re.compile(r"[^A-Za-z0-9._-]")
_FACTS: Final = ("date", "score", "quality", "bead")


def export(
    out: str | Path,
    target: str | Path,
    kind: str,
    *,
    split: str | None = None,
    min_quality: float | None = None,
) -> int:
    """Write the sentence pairs of a dataset to a file (Moses: to two) and return how many there were.

    Args:
        out: The dataset folder.
        target: The file to write; for `moses` the name before `.hi` and `.en`. An existing file is replaced.
        kind: One of `FORMATS`.
        split: `train`, `validation` or `test`; None: all.
        min_quality: Leave out pairs below this quality and those whose quality is unknown; None: keep all.

    Raises:
        UsageError: No such format or split; `target` is a folder.
        DataError: `out` is no dataset built by tithi or has changed since, no pair is left, or the disk is full.
            Nothing is left half-written.
    """
    if kind not in FORMATS:
        raise UsageError(f"{kind}: the format must be one of {', '.join(FORMATS)}")
    rows = _wanted(stored_rows(out, split=split), min_quality)
    first = next(rows, None)
    if first is None:
        why = "" if min_quality is None else f" with a quality of at least {min_quality}"
        raise DataError(f"{out}: must have sentence pairs{why}; got none; nothing written")
    suffixes, pieces = FORMATS[kind]
    counted = _Counted(first, rows)
    _write([Path(f"{target}{suffix}") for suffix in suffixes], pieces(counted))
    logging.getLogger("tithi").info("%s: %d pairs written", target, counted.count)
    return counted.count


def _wanted(rows: Iterator[Row], min_quality: float | None) -> Iterator[Row]:
    for row in rows:
        if min_quality is None or (row["quality"] is not None and row["quality"] >= min_quality):
            yield row


class _Counted:
    """The rows, counted as they pass."""

    def __init__(self, first: Row, rest: Iterator[Row]) -> None:
        self._first = first
        self._rest = rest
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        self.count = 1
        yield self._first
        for row in self._rest:
            self.count += 1
            yield row


def _write(targets: list[Path], pieces: Iterable[tuple[str, ...]]) -> None:
    """Write one piece of each tuple to each target; rename them into place when all are whole."""
    for target in targets:
        if target.is_dir():
            raise UsageError(f"{target}: must be a file; got a folder; choose another name")
    with whole_files(targets) as parts, ExitStack() as stack:
        files: list[IO[str]] = [stack.enter_context(part.open("w", encoding="utf-8", newline="\n")) for part in parts]
        for texts in pieces:
            for file, text in zip(files, texts, strict=True):
                file.write(text)
        stack.close()


def _moses(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    for row in rows:
        yield _line(row["translation"]["hi"]) + "\n", _line(row["translation"]["en"]) + "\n"


def _tsv(rows: Iterable[Row]) -> Iterator[tuple[str]]:
    for row in rows:
        cells = [row["translation"]["hi"], row["translation"]["en"], row["id"], *(row[key] for key in _FACTS[:3])]
        yield ("\t".join(_line(_shown(cell)) for cell in cells) + "\n",)


def _jsonl(rows: Iterable[Row]) -> Iterator[tuple[str]]:
    for row in rows:
        pair = {"hi": row["translation"]["hi"], "en": row["translation"]["en"]}
        rest = {key: _exact(value) for key, value in row.items() if key != "translation"}
        yield (json.dumps(pair | rest, ensure_ascii=False) + "\n",)


def _tmx(rows: Iterable[Row]) -> Iterator[tuple[str]]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
        f'<header creationtool="tithi" creationtoolversion={_quoted(version("tithi"))} segtype="block" o-tmf="tithi"'
        ' adminlang="en" srclang="hi" datatype="plaintext"/>\n<body>\n',
    )
    for row in rows:
        facts = "".join(f"<note>{_xml(told)}</note>" for told in _told(row))
        facts += "".join(f'<prop type="x-{key}">{_xml(value)}</prop>' for key, value in _facts(row))
        texts = "".join(
            f'<tuv xml:lang="{lang}"><seg>{_xml(row["translation"][lang])}</seg></tuv>' for lang in ("hi", "en")
        )
        yield (f"<tu tuid={_quoted(row['id'])}>{facts}{texts}</tu>\n",)
    yield ("</body>\n</tmx>\n",)


def _xliff(rows: Iterable[Row]) -> Iterator[tuple[str]]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="hi" trgLang="en">\n',
    )
    for article_id, of_article in groupby(rows, key=lambda row: str(row["article_id"])):
        yield (f'<file id="{_token(article_id)}" original={_quoted(article_id)} xml:space="preserve">\n',)
        for row in of_article:
            notes = "".join(f'<note category="{key}">{_xml(value)}</note>' for key, value in _facts(row))
            notes += "".join(f'<note category="issue">{_xml(told)}</note>' for told in _issues(row))
            hi, en = (_xml(row["translation"][lang]) for lang in ("hi", "en"))
            yield (
                f'<unit id="{_token(row["id"])}" name={_quoted(row["id"])}><notes>{notes}</notes>'
                f'<segment state="translated"><source>{hi}</source><target>{en}</target></segment></unit>\n',
            )
        yield ("</file>\n",)
    yield ("</xliff>\n",)


def _xliff12(rows: Iterable[Row]) -> Iterator[tuple[str]]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">\n',
    )
    for article_id, of_article in groupby(rows, key=lambda row: str(row["article_id"])):
        yield (
            f'<file original={_quoted(article_id)} source-language="hi" target-language="en" datatype="plaintext">'
            "<body>\n",
        )
        for row in of_article:
            notes = "".join(f'<note from="{key}">{_xml(value)}</note>' for key, value in _facts(row))
            notes += "".join(f'<note from="issue">{_xml(told)}</note>' for told in _issues(row))
            hi, en = (_xml(row["translation"][lang]) for lang in ("hi", "en"))
            yield (
                f'<trans-unit id={_quoted(row["id"])} xml:space="preserve"><source>{hi}</source>'
                f'<target state="translated">{en}</target>{notes}</trans-unit>\n',
            )
        yield ("</body></file>\n",)
    yield ("</xliff>\n",)


FORMATS: Final[Mapping[str, tuple[tuple[str, ...], Callable[[Iterable[Row]], Iterator[tuple[str, ...]]]]]] = {
    "moses": ((".hi", ".en"), _moses),
    "tsv": (("",), _tsv),
    "jsonl": (("",), _jsonl),
    "tmx": (("",), _tmx),
    "xliff": (("",), _xliff),
    "xliff12": (("",), _xliff12),
}
"""Each format: what is appended to the target's name, and how rows become text for each file."""


def _facts(row: Row) -> Iterator[tuple[str, str]]:
    """Yield what is known of a pair besides its texts."""
    for key in _FACTS:
        if row[key] is not None:
            yield key, _shown(row[key])


def _issues(row: Row) -> Iterator[str]:
    """Yield what the checks found, for people to read."""
    for issue in row["issues"] or ():
        yield f"{issue['kind']} ({issue['severity']}): {issue['message']}"


def _told(row: Row) -> Iterator[str]:
    """Yield the quality and the issues, for people to read."""
    if row["quality"] is not None:
        yield f"quality: {_shown(row['quality'])}"
    yield from _issues(row)


def _shown(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def _exact(value: Any) -> Any:
    """Return a float32 with the digits it has, not those of its double (0.8, not 0.800000011920929)."""
    return float(f"{value:.7g}") if isinstance(value, float) else value


def _line(text: str) -> str:
    return _BREAKS.sub(" ", text)


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})


def _quoted(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))


def _token(text: str) -> str:
    """Return an id as an XML name token, the same for the same id."""
    return _NOT_ID.sub(lambda match: f"_{ord(match[0]):x}_", text)
