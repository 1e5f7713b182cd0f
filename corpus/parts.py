"""An article pair as one record: its rows of every config, and what its split is chosen by.

Records wait in files of parts (Arrow IPC), which any process can make and any can read: a part depends on its own
articles alone, so that a dataset is the same whoever made its parts, in whatever order.
"""

import io
import os
import secrets
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any, Final

from tithi.addresses import is_address, opened, put
from tithi.corpus.bounds import BATCH
from tithi.corpus.columns import COLUMNS, Kind, arrow_type
from tithi.corpus.leaks import sentence_keys
from tithi.corpus.recorded import text_key
from tithi.corpus.rows import rows
from tithi.corpus.splits import signature
from tithi.errors import DataError
from tithi.records import Alignment, Quality

__all__ = ["FACTS", "Opened", "in_order", "part", "part_schema", "read_parts", "rows_of", "write_parts"]

FACTS: Final = (
    "id", "told", "hi_source", "en_source", "texts", "hi_signature", "en_signature", "pairs", "keys", "of", "joins",
)  # fmt: skip
"""The columns that are read before the splits are known; the others are the rows, and the bytes of each config."""
_SIGNATURE_BYTES: Final = 384
_HELD_BYTES: Final = 16 << 20


def part(
    alignment: Alignment,
    quality: Sequence[Quality | None] | None = None,
    told: str = "",
    signatures: tuple[bytes, bytes] | None = None,
) -> Any:
    """Return the record of an article pair, a `pyarrow.Table` of one row.

    Args:
        alignment: The aligned pair.
        quality: For each of `alignment.pairs()` its quality, None where it was not checked; None: none was checked.
        told: What the caller wants back when the part is read, as text.
        signatures: Those of the Hindi and the English text, when they are known.

    Raises:
        DataError: `quality` has another length.
    """
    import pyarrow as pa

    made = rows(alignment, quality)
    (article,) = made["articles"]
    if signatures is None:
        signatures = _signatures(alignment)
    keys, of, joins = sentence_keys(alignment)
    record = {
        "id": alignment.id,
        "told": told,
        "hi_source": article["hi_source"],
        "en_source": article["en_source"],
        "texts": [text_key(article["hi"]), text_key(article["en"])],
        "hi_signature": signatures[0],
        "en_signature": signatures[1],
        "pairs": article["pairs"],
        "keys": keys,
        "of": of,
        "joins": joins,
        "sizes": [],
        **made,
    }
    table = pa.Table.from_struct_array(pa.array([record], pa.struct(list(part_schema()))))
    sizes = pa.array([[rows_of(table, config).nbytes for config in COLUMNS]], part_schema().field("sizes").type)
    return table.set_column(table.schema.get_field_index("sizes"), "sizes", sizes)


def _signatures(alignment: Alignment) -> tuple[bytes, bytes]:
    return signature(alignment.hi.article.text).tobytes(), signature(alignment.en.article.text).tobytes()


@cache
def part_schema() -> Any:
    """Return the `pyarrow.Schema` of parts: the facts, then a list of rows for each config."""
    import pyarrow as pa

    types = {
        **dict.fromkeys(("id", "told"), pa.string()),
        **dict.fromkeys(("hi_source", "en_source"), arrow_type(_kinds("articles")["hi_source"])),
        "texts": pa.list_(pa.uint64(), 2),
        **dict.fromkeys(("hi_signature", "en_signature"), pa.binary(_SIGNATURE_BYTES)),
        "pairs": pa.int32(),
        "keys": pa.list_(pa.uint64()),
        "of": pa.list_(pa.int32()),
        "joins": pa.list_(pa.bool_()),
        "sizes": pa.list_(pa.int64()),
    }
    return pa.schema({**types, **{config: pa.list_(arrow_type(_kinds(config))) for config in COLUMNS}})


def write_parts(place: str | Path, parts: Sequence[Any]) -> None:
    """Write parts (tables of `part_schema`) to a file, perhaps at an address, that appears whole or not at all.

    Raises:
        OSError: The disk is full or read-only, or the address cannot be written.
    """
    if is_address(place):
        held = io.BytesIO()
        _write_to(held, parts)
        put(str(place), held.getvalue())
        return
    path = Path(place)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        with beside.open("wb") as file:
            _write_to(file, parts)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _write_to(file: IO[bytes], parts: Sequence[Any]) -> None:
    import pyarrow as pa

    table = pa.concat_tables(parts)
    options = pa.ipc.IpcWriteOptions(compression="zstd", use_threads=False)
    with pa.ipc.new_file(file, table.schema, options=options) as writer:
        writer.write_table(table.combine_chunks())


def read_parts(path: str | Path, columns: Sequence[str] | None = None) -> Any:
    """Return the parts of a file as a `pyarrow.Table`, all columns or some.

    Raises:
        DataError: The file is missing or damaged.
    """
    import pyarrow as pa

    schema = part_schema()
    fields = None if columns is None else [schema.get_field_index(name) for name in columns]
    try:
        with _source(path) as file:
            options = pa.ipc.IpcReadOptions(included_fields=fields, use_threads=False)
            return pa.ipc.open_file(file, options=options).read_all()
    except (OSError, pa.ArrowException) as error:
        reason = " ".join(str(error).split())[:200]
        raise DataError(f"{path}: must be a file of parts; got {reason}; remove it and build again") from None


def _source(path: str | Path) -> Any:
    import pyarrow as pa

    if not is_address(path):
        return pa.OSFile(os.fspath(path))
    with opened(path) as file:
        return pa.BufferReader(file.read())


class Opened:
    """Files of parts (all columns or some), read when they are asked for; those asked for last are held.

    They may have so many bytes, and the last one is held anyway. A corpus that has grown often takes its parts by turns
    from files of every time that it grew, which are the smaller the more they are.
    """

    def __init__(self, columns: Sequence[str] | None = None, held: int = _HELD_BYTES) -> None:
        self._columns = columns
        self._held = held
        self._tables: OrderedDict[str | Path, Any] = OrderedDict()
        self._bytes = 0

    def __call__(self, path: str | Path) -> Any:
        """Return the parts of a file, see `read_parts`."""
        if path not in self._tables:
            self._tables[path] = read_parts(path, self._columns)
            self._bytes += self._tables[path].nbytes
            while self._bytes > self._held and len(self._tables) > 1:
                self._bytes -= self._tables.popitem(last=False)[1].nbytes
        self._tables.move_to_end(path)
        return self._tables[path]

    def forget(self, path: str | Path) -> None:
        """Let go of a file that nobody will ask for again."""
        self._bytes -= self._tables.pop(path).nbytes


def in_order(places: Collection[tuple[Path, Sequence[int]]]) -> Iterator[Any]:
    """Yield the parts at these places (files and rows) as tables of some parts, see `tithi.corpus.bounds.BATCH`.

    However the parts are spread over files, the tables are the same. Memory holds a few files, none after its last row.

    Raises:
        DataError: A file is missing or damaged.
    """
    import pyarrow as pa

    opened = Opened()
    left = Counter(path for path, _ in places)
    waiting: list[Any] = []
    held = 0
    for path, chosen in places:
        table, first, start = opened(path), chosen[0], 0
        left[path] -= 1
        if not left[path]:
            opened.forget(path)
        together = chosen[-1] - first + 1 == len(chosen)
        some = table.slice(first, len(chosen)) if together else table.take(pa.array(chosen, pa.int32()))
        for stop, name in enumerate(some["id"].to_pylist(), start=1):
            held += 1
            if BATCH.ends(held, 1, name):
                yield pa.concat_tables([*waiting, some.slice(start, stop - start)]).combine_chunks()
                waiting, held, start = [], 0, stop
        waiting.append(some.slice(start))
    if held:
        yield pa.concat_tables(waiting).combine_chunks()


def rows_of(parts: Any, config: str) -> Any:
    """Return the rows of a config in a table of parts, as a `pyarrow.Table`, in order."""
    import pyarrow as pa

    return pa.Table.from_struct_array(pa.concat_arrays([chunk.flatten() for chunk in parts[config].chunks]))


def _kinds(config: str) -> Mapping[str, Kind]:
    return {column.name: column.kind for column in COLUMNS[config]}
