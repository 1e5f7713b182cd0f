r"""Files of sentence pairs in, as a stream of pairs and rejects: the one reader for build, check, mt-eval and training.

| files | what is read |
| --- | --- |
| `NAME.hi` and `NAME.en`, or `NAME.hi.txt` and `NAME.en.txt` | Moses: one text a line, line by line a pair |
| `NAME.tmx` | TMX: the first Hindi and the first English `tuv` of each `tu` |
| `NAME.xlf`, `NAME.xliff` | XLIFF 1.2 and 2.x: source and target, either way round |
| `NAME.parquet` | Parquet: columns `hi` and `en`, or `translation` |
| a folder | a dataset that `tithi build` wrote |
| any other, `-` | a pair a line: `hi TAB en`, further columns being left out, or an object `{"hi": …, "en": …}` or `{"translation": {…}}` |

Files may be packed (`.gz`, `.bz2`, `.xz`). A first line `hi TAB en` is a header and passed over. A line that begins with `{` and is no JSON, but has a tab, is a text like any
other. Texts are as they stand in the file. A caller chooses: `usable` makes rejects of pairs without text, `strict`
raises the first reject. Memory holds a line or a unit at a time.
"""  # noqa: E501 - a table

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Final

from tithi.documents.decoding import shown
from tithi.errors import DataError, UsageError
from tithi.records import Reject, TextPair
from tithi.sources.lines import opened, plain_path, read_lines_of
from tithi.sources.tmx import read_tmx
from tithi.sources.xliff import read_xliff

__all__ = ["PairFile", "is_header", "pair_file", "pair_files", "read_pairs", "strict", "usable"]

_XML: Final = {".tmx": read_tmx, ".xlf": read_xliff, ".xliff": read_xliff}
_MAX_TEXT: Final = 20_000
_HEADERS: Final = (["hi", "en"], ["hindi", "english"])
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class PairFile:
    """What holds pairs: its files (Moses: the Hindi one, then the English one; else one) and its name, no endings."""

    files: tuple[Path, ...]
    name: str


def pair_files(files: Iterable[str | Path]) -> list[PairFile]:
    """Tell from their names what files are, and put Moses files in pairs; in the order given.

    Raises:
        UsageError: A file is given twice, or a Moses file lacks its other side.
    """
    found: list[PairFile] = []
    moses: dict[Path, dict[str, Path]] = {}
    seen: set[Path] = set()
    for path in map(Path, files):
        if path in seen:
            raise UsageError(f"{path}: must be given once; got it twice; leave one out")
        seen.add(path)
        plain = plain_path(path)
        side = plain.with_suffix("") if plain.suffix == ".txt" else plain
        if side.suffix in (".hi", ".en") and not path.is_dir():
            sides = moses.setdefault(side.with_suffix(""), {})
            if side.suffix in sides:
                raise UsageError(f"{path}: must be given once; got {sides[side.suffix]} too; leave one out")
            sides[side.suffix] = path
            if len(sides) == 2:
                found.append(PairFile((sides[".hi"], sides[".en"]), side.stem))
        else:
            found.append(PairFile((path,), plain.stem))
    for base, sides in moses.items():
        if len(sides) == 1:
            (there,) = sides.values()
            other = ".en" if ".hi" in sides else ".hi"
            other += ".txt" * (plain_path(there).suffix == ".txt")
            raise UsageError(f"{there}: a Moses file needs its other side; got none; give {base}{other} too")
    return found


def pair_file(path: str | Path) -> PairFile:
    """Return what one path holds; see `pair_files`."""
    (found,) = pair_files([path])
    return found


def read_pairs(source: PairFile) -> Iterator[TextPair | Reject]:
    """Yield the pairs in order, a side perhaps empty, and what is no pair as `Reject`.

    Raises:
        DataError: While iterating: a file is missing, unreadable, damaged or not what its name says, Moses files differ
            in length, or there is no pair at all.
    """
    empty = True
    for item in _items(source):
        empty = False
        yield item
    if empty:
        raise DataError(f"{shown(source.files[0])}: sentence pairs are needed; got none; check the file")


def usable(items: Iterable[TextPair | Reject]) -> Iterator[TextPair | Reject]:
    """Make a `Reject` of each pair that has an empty side, a NUL, or a text of more than 20,000 characters."""
    for item in items:
        reason = None if isinstance(item, Reject) else _unusable(item)
        yield item if reason is None else Reject(item.where, item.id, reason)


def strict(items: Iterable[TextPair | Reject]) -> Iterator[TextPair]:
    """Yield the pairs.

    Raises:
        DataError: An item is a `Reject`.
    """
    for item in items:
        if isinstance(item, Reject):
            raise DataError(f"{item.where}: {item.reason}")
        yield item


def _unusable(pair: TextPair) -> str | None:
    for lang, text in (("hi", pair.hi), ("en", pair.en)):
        if not text.strip():
            return f"{lang} is empty; give both sides or drop the pair"
        if len(text.strip()) > _MAX_TEXT:
            return f"{lang} must have at most {_MAX_TEXT} characters; got {len(text.strip())}; split it into sentences"
        if "\0" in text:
            return f"{lang} must be text; got a NUL character; remove it"
    return None


def _items(source: PairFile) -> Iterator[TextPair | Reject]:
    if len(source.files) == 2:
        yield from _moses(*source.files)
        return
    (path,) = source.files
    reader = _XML.get(plain_path(path).suffix)
    if path.is_dir():
        yield from _stored(path)
    elif path.suffix == ".parquet":
        yield from _parquet(path)
    elif reader is not None:
        with opened(path) as file:
            yield from reader(file, shown(path))
    else:
        name = shown(path)
        for number, line in enumerate(read_lines_of(path, long=True), start=1):
            if isinstance(line, Reject):
                yield line
            elif number == 1 and is_header(line):
                continue
            elif number == 1 and is_header("\t".join(line.split("\t")[1::-1])):
                raise DataError(f"{name}:1: the columns must be hi, en; got en, hi by its header; exchange them")
            elif line.strip() or "\t" in line:
                yield _of_line(f"{name}:{number}", line)


def is_header(line: str) -> bool:
    """Return whether a first line names the columns and holds no pair: `hi TAB en`, and perhaps more."""
    return [cell.strip().lower() for cell in line.split("\t")[:2]] in _HEADERS


def _of_line(where: str, line: str) -> TextPair | Reject:
    cells = line.split("\t")
    if line.lstrip().startswith("{"):
        try:
            return _of_object(where, json.loads(line))
        except (ValueError, RecursionError) as error:
            if len(cells) == 1:
                reason = error.msg if isinstance(error, json.JSONDecodeError) else "numbers or nesting beyond reason"
                return Reject(where, None, f"must be hi TAB en or JSON; got {reason}; give one object a line")
    if len(cells) == 1:
        return Reject(where, None, "must be hi TAB en; got one column; separate the texts by a tab")
    return TextPair(where, cells[0], cells[1])


def _of_object(where: str, row: object) -> TextPair | Reject:
    """Read a parsed line or a stored row."""
    pair = row.get("translation", row) if isinstance(row, dict) else None
    if not isinstance(row, dict) or not isinstance(pair, dict):
        return Reject(where, None, "a pair has the texts hi and en; got something else; give both sides")
    hi, en, row_id = pair.get("hi"), pair.get("en"), row.get("id")
    row_id = row_id if isinstance(row_id, str) and not _SURROGATE.search(row_id) else None
    if not (isinstance(hi, str) and isinstance(en, str)):
        got = ", ".join(sorted(map(ascii, pair)))[:80]
        got = f"{_kind(hi)} and {_kind(en)}" if {"hi", "en"} <= set(pair) else f"the keys {got}"
        return Reject(where, row_id, f"a pair has the texts hi and en; got {got}; give both sides")
    if _SURROGATE.search(hi) or _SURROGATE.search(en):
        return Reject(where, row_id, "must be Unicode text; got half of a surrogate pair; correct the escape")
    return TextPair(where, hi, en, row_id)


def _kind(value: object) -> str:
    """Return what a value of JSON is called."""
    named = {str: "a text", dict: "an object", list: "a list", bool: "a truth value", type(None): "null"}
    return named.get(type(value), "a number")


def _moses(hi_path: Path, en_path: Path) -> Iterator[TextPair | Reject]:
    counts = [0, 0]
    name = shown(hi_path)
    for number, lines in enumerate(
        zip_longest(*(read_lines_of(path, long=True) for path in (hi_path, en_path))), start=1
    ):
        counts = [count + (line is not None) for count, line in zip(counts, lines, strict=True)]
        if len(set(counts)) == 2:
            continue
        bad = [line for line in lines if isinstance(line, Reject)]
        yield bad[0] if bad else TextPair(f"{name}:{number}", str(lines[0]), str(lines[1]))
    if counts[0] != counts[1]:
        raise DataError(
            f"{name}: must have as many lines as {shown(en_path)}; got {counts[0]} and {counts[1]}; one of them is cut"
            " or shifted"
        )


def _parquet(path: Path) -> Iterator[TextPair | Reject]:
    """Yield the rows of a Parquet file, a thousand in memory at a time."""
    import pyarrow
    from pyarrow import parquet

    name = shown(path)
    try:
        with parquet.ParquetFile(path) as file:
            names = set(file.schema_arrow.names)
            wanted = [column for column in ("id", "translation", "hi", "en") if column in names]
            if "translation" not in names and not {"hi", "en"} <= names:
                got = ", ".join(sorted(map(ascii, names)))[:80] or "none"
                raise DataError(f"{name}: must have the columns hi and en, or translation; got {got}; rename them")
            rows = (row for batch in file.iter_batches(batch_size=1000, columns=wanted) for row in batch.to_pylist())
            for number, row in enumerate(rows, start=1):
                yield _of_object(f"{name}:{number}", row)
    except FileNotFoundError:
        raise DataError(f"{name}: no such file; check the path") from None
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:80]
        raise DataError(f"{name}: must be a whole Parquet file; got {reason}; write it again") from None


def _stored(folder: Path) -> Iterator[TextPair | Reject]:
    from tithi.corpus.stored import stored_rows

    name = shown(folder)
    for number, row in enumerate(stored_rows(folder, columns=("id", "translation")), start=1):
        yield _of_object(f"{name}:{number}", row)
