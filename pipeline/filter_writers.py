"""What is kept of a file of pairs, written in a file of the same name and kind.

Lines of text are kept byte by byte, with all their columns, and a header and a byte order mark before them; rows of
Parquet with all theirs; TMX and XLIFF byte by byte, without the units that were dropped. What was packed is written
unpacked.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, TypeAlias

from tithi.filters.verdict import Row
from tithi.pipeline.kept_units import write_units
from tithi.records import TextPair
from tithi.sources.lines import BOM, opened, plain_path, raw_lines
from tithi.sources.pairs import PairFile, is_header

__all__ = ["write_kept"]

Kept: TypeAlias = Iterator[Row]


def write_kept(bitext: PairFile, folder: Path, numbered: Iterator[tuple[int, Row]]) -> None:
    """Write the rows that are kept of a file, masked or as they were, to a folder.

    Each comes with its number among the rows of the file, from 0.
    """
    kept = (row for _, row in numbered)
    path = plain_path(bitext.files[0])
    if len(bitext.files) == 2:
        _write_moses(bitext.files, [folder / plain_path(side).name for side in bitext.files], kept)
    elif path.suffix == ".parquet":
        _write_parquet(bitext.files[0], folder / path.name, kept)
    elif path.suffix in (".tmx", ".xlf", ".xliff"):
        write_units(bitext.files[0], folder / path.name, numbered)
    else:
        _write_lines(bitext.files[0], folder / path.name, kept)


class _Copy:
    """Copies lines from a file to another, in order, with their ends, and the byte order mark before them."""

    def __init__(self, source: IO[bytes], target: IO[bytes], *, header: bool = False) -> None:
        self._lines = enumerate(raw_lines(source), start=1)
        self._target = target
        self._header = header

    def copy(self, pair: TextPair, renewed: Callable[[str, TextPair], str]) -> None:
        """Copy the line of a pair, as `renewed` returns it; lines before it are left out, a header is not."""
        number = _number(pair)
        for at, whole in self._lines:
            raw = whole.removeprefix(BOM) if at == 1 else whole
            self._target.write(whole[: len(whole) - len(raw)])
            if at == number:
                text = raw.removesuffix(b"\n").removesuffix(b"\r")
                self._target.write(renewed(text.decode("utf-8"), pair).encode("utf-8") + raw[len(text) :])
                return
            if at == 1 and self._header and is_header(raw.decode("utf-8", "replace")):
                self._target.write(raw)


def _write_moses(files: Sequence[Path], targets: Sequence[Path], kept: Kept) -> None:
    with ExitStack() as stack:
        hi, en = (
            _Copy(stack.enter_context(opened(path)), stack.enter_context(target.open("wb")))
            for path, target in zip(files, targets, strict=True)
        )
        for row in kept:
            hi.copy(row.pair, lambda _, pair: pair.hi)
            en.copy(row.pair, lambda _, pair: pair.en)


def _write_lines(path: Path, target: Path, kept: Kept) -> None:
    """Copy the lines of the rows that are kept; one that was masked is written with its new texts."""
    with opened(path) as source, target.open("wb") as file:
        lines = _Copy(source, file, header=True)
        for row in kept:
            lines.copy(row.pair, _with_texts)


def _with_texts(line: str, pair: TextPair) -> str:
    cells = line.split("\t")
    if cells[:2] == [pair.hi, pair.en]:
        return line
    if line.lstrip().startswith("{"):
        try:
            told: dict[str, Any] = json.loads(line)
        except ValueError:
            told = {}
        texts = told.get("translation", told)
        if isinstance(texts, dict) and "hi" in texts:
            if (texts["hi"], texts["en"]) == (pair.hi, pair.en):
                return line
            texts |= {"hi": pair.hi, "en": pair.en}
            return json.dumps(told, ensure_ascii=False)
    return "\t".join([pair.hi, pair.en, *cells[2:]])


def _write_parquet(path: Path, target: Path, kept: Kept) -> None:
    """Copy the rows that are kept, a thousand in memory at a time, with the file's own schema."""
    import pyarrow as pa
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file, parquet.ParquetWriter(target, file.schema_arrow) as writer:
        start, waiting = 1, next(kept, None)
        for batch in file.iter_batches(batch_size=1000):
            taken, texts = [], {}
            while waiting is not None and _number(waiting.pair) < start + batch.num_rows:
                at = _number(waiting.pair) - start
                taken.append(at)
                texts[at] = waiting.pair
                waiting = next(kept, None)
            rows = batch.take(pa.array(taken, pa.int64()))
            writer.write_batch(_masked_batch(rows, [texts[at] for at in taken]))
            start += batch.num_rows


def _masked_batch(batch: Any, pairs: Sequence[TextPair]) -> Any:
    """Return a batch with the texts of the pairs, itself where they are the same."""
    import pyarrow as pa

    names = batch.schema.names
    column = "translation" if "translation" in names else None
    told = batch.column(column).to_pylist() if column else batch.select(["hi", "en"]).to_pylist()
    if all((old["hi"], old["en"]) == (pair.hi, pair.en) for old, pair in zip(told, pairs, strict=True)):
        return batch
    new = [old | {"hi": pair.hi, "en": pair.en} for old, pair in zip(told, pairs, strict=True)]
    columns = {name: batch.column(name) for name in names}
    if column:
        columns[column] = pa.array(new, batch.schema.field(column).type)
    else:
        for lang in ("hi", "en"):
            columns[lang] = pa.array([row[lang] for row in new], batch.schema.field(lang).type)
    return pa.RecordBatch.from_arrays(list(columns.values()), schema=batch.schema)


def _number(pair: TextPair) -> int:
    return int(pair.where.rpartition(":")[2])
