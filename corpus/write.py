"""Alignments out: a folder that `datasets.load_dataset` opens, written as a stream.

    with DatasetWriter("out", settings={"encoder": "…"}) as writer:
        for alignment in alignments:
            writer.add(alignment)
        built = writer.close(metrics)

Rows go to temporary Parquet files as they come. When all articles are known, `close` chooses the splits, sorts the rows
into them and writes `metrics.json`, the card and the marker; then the folder takes its place (see `corpus.folder`).
Memory holds a few megabytes of rows and, for each article, its id and 768 bytes of signatures. The same alignments in
the same order give the same files, byte for byte; nothing is dated.
"""

import hashlib
import json
import logging
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from tithi.corpus.card import CardFacts, SplitSize, render_card
from tithi.corpus.folder import REJECTS, Marker, StagedFolder, file_digest, file_digests, write_marker, writing
from tithi.corpus.leaks import SentenceIndex
from tithi.corpus.left_out import LeftOut
from tithi.corpus.origins import Sources
from tithi.corpus.rows import ARTICLE_KEY, COLUMNS, Row, features, rows
from tithi.corpus.shards import ShardWriter
from tithi.corpus.splits import Split, Splits, assign, near_duplicates, signature
from tithi.errors import DataError, UsageError
from tithi.records import Alignment, Quality, Reject

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Built", "DatasetWriter", "signature_line"]

_LOGGER: Final = logging.getLogger("tithi")
_PENDING_ROWS: Final = 2_000
_PENDING_CHARACTERS: Final = 4_000_000
_UNLOADABLE: Final = re.compile(r"[*?\[\]]|::")


@dataclass(frozen=True, slots=True)
class Built:
    """What was written: the folder, its version, the rows by config and split, the splits, the rejected pairs.

    `faults` counts those among the rejects that tithi itself failed at.
    """

    out: Path
    version: str
    rows: Mapping[str, Mapping[Split, int]]
    splits: Splits
    rejects: int
    faults: int = 0


class DatasetWriter:
    """Write a dataset folder from a stream of alignments; leave `out` as it was unless `close` succeeds.

    Args:
        out: The folder to make or to replace.
        force: Replace what is at `out` even if tithi did not build it.
        settings: What made the alignments (encoder, options), for the card, the marker and the signature; plain values.
        given: Whether the pairs came aligned, as a bitext; the card says so.

    Raises:
        UsageError: `out` must not be replaced, or its path holds `*`, `?`, `[`, `]` or `::`, which `datasets` expands.
        DataError: It cannot be written.
    """

    def __init__(
        self,
        out: str | Path,
        *,
        force: bool = False,
        settings: Mapping[str, object] | None = None,
        given: bool = False,
    ) -> None:
        self._name = str(out)
        if odd := _UNLOADABLE.search(os.path.realpath(out)):
            raise UsageError(f"{out}: the output's path must not hold {odd[0]}, load_dataset cannot open it; rename it")
        self._settings = dict(settings or {})
        self._ids: dict[str, None] = {}
        self._signatures: tuple[list[NDArray[np.uint32]], ...] = ([], [])
        self._sources = Sources()
        self._given = given
        self._sentences = SentenceIndex()
        self._rejects = self._faults = 0
        self._pending: dict[str, list[Row]] = {config: [] for config in COLUMNS}
        self._characters = 0
        self._staged = StagedFolder(out, force=force)
        self._folder = self._staged.folder
        self._rows = self._folder / ".rows"
        self._features = {config: features(config) for config in COLUMNS}
        with writing(self._staged.out):
            self._streams = {
                config: ShardWriter(self._rows / config, "rows", self._features[config].arrow_schema)
                for config in COLUMNS
            }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop what was written, unless `close` moved it into place."""
        for stream in self._streams.values():
            stream.abandon()
        self._staged.discard()

    @property
    def folder(self) -> Path:
        """Where the dataset grows; what is put there becomes part of it."""
        return self._folder

    def add(self, alignment: Alignment, quality: Sequence[Quality | None] | None = None) -> None:
        """Add an article pair.

        Args:
            alignment: The aligned pair; its id must be new.
            quality: For each of `alignment.pairs()` its quality, None where it was not checked; None: none was checked.

        Raises:
            DataError: The id was added before, `quality` has another length, or the disk is full.
        """
        if alignment.id in self._ids:
            raise DataError(f"{self._name}: article ids must be unique; got {alignment.id} again; rename one")
        made = rows(alignment, quality)
        self._ids[alignment.id] = None
        for document, signatures in zip((alignment.hi, alignment.en), self._signatures, strict=True):
            signatures.append(signature(document.article.text))
            self._characters += len(document.article.text)
        self._sources.add(alignment)
        self._sentences.add(alignment)
        for config, new in made.items():
            self._pending[config].extend(new)
        if self._characters > _PENDING_CHARACTERS or len(self._pending["sentences"]) > _PENDING_ROWS:
            self._flush()

    def reject(self, reject: Reject) -> None:
        """List a pair that was not built in `rejects.jsonl`.

        Raises:
            DataError: The disk is full.
        """
        self._rejects += 1
        self._faults += reject.fault
        _LOGGER.info("%s: rejected: %s", reject.where, reject.reason)
        line = json.dumps(asdict(reject), ensure_ascii=False).encode("utf-8", "backslashreplace")
        with writing(self._staged.out), (self._folder / REJECTS).open("ab") as file:
            file.write(line + b"\n")

    def close(self, metrics: Mapping[str, object] | None = None) -> Built:
        """Choose the splits, write everything that describes the rows, and move the folder into place.

        Args:
            metrics: Figures for `metrics.json` and the card: numbers, strings, lists and mappings of them; NaN and
                infinities become null.

        Raises:
            DataError: No article was added, or the disk is full; `out` is as it was.
        """
        if not self._ids:
            raise DataError(
                f"{self._name}: needs at least one article pair; got none that could be built; nothing written"
            )
        figures = json.loads(json.dumps(dict(metrics or {}), ensure_ascii=False), parse_constant=lambda _: None)
        with writing(self._staged.out):
            self._flush()
            splits = self._split()
            leaks = self._sentences.leaks([splits.by_article[article_id] for article_id in self._ids])
            figures["splits"] = {
                "articles_joined": splits.near_duplicates,
                "pairs_left_out_of_train": leaks.train,
                "pairs_left_out_of_validation": leaks.validation,
            }
            left_out = LeftOut(leaks.pairs)
            sizes = {config: self._sort_into(config, splits, left_out) for config in COLUMNS}
            shutil.rmtree(self._rows)
            digests = file_digests(self._folder)
            version = _version(digests)
            (self._folder / "metrics.json").write_text(
                json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n"
            )
            self._describe(version, digests, sizes, splits, figures)
        self._staged.move_into_place()
        counts = {
            config: {name: of[name].rows if name in of else 0 for name in splits.names} for config, of in sizes.items()
        }
        return Built(self._staged.out, version, counts, splits, self._rejects, self._faults)

    def _flush(self) -> None:
        import pyarrow as pa

        with writing(self._staged.out):
            for config, pending in self._pending.items():
                if pending:
                    schema = self._features[config].arrow_schema
                    self._streams[config].write(pa.Table.from_pylist(pending, schema=schema))
                    pending.clear()
        self._characters = 0

    def _split(self) -> Splits:
        import numpy as np

        groups = near_duplicates(*(np.stack(side) for side in self._signatures))
        for one, other in self._sentences.joined():
            groups.join(one, other)
        return assign(list(self._ids), groups.firsts())

    def _sort_into(self, config: str, splits: Splits, left_out: LeftOut) -> dict[Split, SplitSize]:
        """Read the rows of a config again and write each to the shards of its split, but for what would leak.

        A split without rows has no files, but `unaligned` one in `train` when it has none at all: the config is
        there, and `datasets` streams it as empty (otherwise it refuses an empty split).
        """
        import pyarrow as pa
        import pyarrow.compute as pc

        folder = self._folder / "data" / config
        schema = self._features[config].arrow_schema
        shards: dict[Split, ShardWriter] = {}

        def put(table: Any) -> None:
            names = pa.array([splits.by_article[name] for name in table[ARTICLE_KEY[config]].to_pylist()], pa.string())
            for name in splits.names:
                mine = table.filter(pc.equal(names, name)).cast(schema)
                if mine.num_rows:
                    if name not in shards:
                        shards[name] = ShardWriter(folder, name, schema)
                    shards[name].write(mine)

        try:
            for table in self._read_again(config):
                put(left_out.amended(config, table))
            if config == "unaligned":
                if left_out.rows:
                    put(pa.Table.from_pylist(left_out.rows, schema=schema))
                if not shards:
                    shards["train"] = ShardWriter(folder, "train", schema)
                    shards["train"].write(schema.empty_table())
            paths = {name: shard.close() for name, shard in shards.items()}
        finally:
            for shard in shards.values():
                shard.abandon()
        return {
            name: SplitSize(shards[name].rows, shards[name].bytes, sum(path.stat().st_size for path in paths[name]))
            for name in splits.names
            if name in shards
        }

    def _read_again(self, config: str) -> Iterator[Any]:
        """Yield the rows of a config in the order in which they came, as tables."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        for path in self._streams[config].close():
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(batch_size=_PENDING_ROWS):
                    yield pa.Table.from_batches([batch], schema=batch.schema)

    def _describe(
        self,
        version: str,
        digests: Mapping[str, str],
        sizes: Mapping[str, Mapping[Split, SplitSize]],
        splits: Splits,
        figures: Mapping[str, Any],
    ) -> None:
        """Write the card and the marker."""
        facts = CardFacts(
            load_name=self._staged.out.name,
            given=self._given,
            version=version,
            features=self._features,
            sizes=sizes,
            splits=splits,
            settings=self._settings,
            signature=signature_line(self._settings),
            metrics=figures,
            sources=self._sources,
            rejects=self._rejects,
            left_out=sum(figures["splits"][f"pairs_left_out_of_{name}"] for name in ("train", "validation")),
        )
        card = render_card(facts).encode("utf-8", "backslashreplace")
        (self._folder / "README.md").write_bytes(card)
        described = {name: file_digest(self._folder / name) for name in ("README.md", "metrics.json")}
        files = dict(sorted({**digests, **described}.items()))
        write_marker(self._folder, Marker(version, facts.signature, self._settings, files))


def signature_line(settings: Mapping[str, object]) -> str:
    """Return the versions and settings that made an alignment on one line: `tithi:0.1.0|encoder:lexical`."""
    from importlib.metadata import version

    return "|".join(f"{key}:{value}" for key, value in {"tithi": version("tithi"), **settings}.items())


def _version(digests: Mapping[str, str]) -> str:
    """Return a dataset version that changes with the data files: `datasets` caches by version, not by content."""
    data = {name.removeprefix("data/"): digest for name, digest in digests.items() if name.startswith("data/")}
    content = "\n".join(f"{digest} {name}" for name, digest in sorted(data.items()))
    return f"1.0.{int(hashlib.sha256(content.encode('utf-8')).hexdigest()[:12], 16)}"
