"""Alignments out: a folder that `datasets.load_dataset` opens, written as a stream.

    with DatasetWriter("out", settings={"encoder": "…"}) as writer:
        for alignment in alignments:
            writer.add(alignment)
        built = writer.close(metrics)

Article pairs wait as parts on disk (see `corpus.parts`), those that are added here or files of parts that others made.
When all are known, `close` chooses the splits, puts the rows into them and writes `metrics.json`, the card and the
marker; then the folder takes its place (see `corpus.staged`). Memory holds a few megabytes of rows and the ids of the
articles. The same alignments in the same order give the same files, byte for byte; nothing is dated.
"""

import json
import logging
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from tithi.corpus.assembly import Assembled, Assembly
from tithi.corpus.built import Built
from tithi.corpus.card import CardFacts
from tithi.corpus.columns import COLUMNS, schema
from tithi.corpus.described import describe
from tithi.corpus.folder import REJECTS, file_digests, refuse_unloadable, signature_line, writing
from tithi.corpus.origins import Sources
from tithi.corpus.parts import FACTS, Opened, in_order, part, write_parts
from tithi.corpus.recorded import next_version, recorded
from tithi.corpus.splits import Splits
from tithi.corpus.staged import StagedFolder
from tithi.corpus.survey import Survey
from tithi.errors import DataError
from tithi.records import Alignment, Quality, Reject, Source

__all__ = ["DatasetWriter"]

_LOGGER: Final = logging.getLogger("tithi")
_PENDING: Final = 64
_PENDING_BYTES: Final = 4 << 20
_FACT_BYTES: Final = 2 << 20


class DatasetWriter:
    """Write a dataset folder from a stream of alignments; leave `out` as it was unless `close` succeeds.

    Args:
        out: The folder to make or to replace. Articles that are there already keep their splits.
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
        refuse_unloadable(out)
        self._settings = dict(settings or {})
        self._given = given
        self._sources = Sources()
        self._rejects = self._faults = 0
        self._pending: list[Any] = []
        self._pending_bytes = 0
        self._added: dict[str, None] = {}
        self._places: list[tuple[Path, Sequence[int]]] = []
        self._facts_of = Opened(FACTS, _FACT_BYTES)
        self._staged = StagedFolder(out, force=force)
        self._folder = self._staged.folder
        self._work = self._folder / ".work"
        with writing(self._staged.out):
            self._survey = Survey(self._work)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop what was written, unless `close` moved it into place."""
        self._survey.close()
        self._staged.discard()

    @property
    def folder(self) -> Path:
        """Where the dataset grows; what is put there becomes part of it."""
        return self._folder

    def add(self, alignment: Alignment, quality: Sequence[Quality | None] | None = None) -> None:
        """Add an article pair; one that is refused leaves no trace.

        Args:
            alignment: The aligned pair; its id must be new.
            quality: For each of `alignment.pairs()` its quality, None where it was not checked; None: none was checked.

        Raises:
            DataError: The id was added before, `quality` has another length, or the disk is full.
        """
        self.put(part(alignment, quality))

    def put(self, made: Any) -> None:
        """Add the record of an article pair, see `corpus.parts.part`.

        Raises:
            DataError: Its id was added before, or the disk is full.
        """
        (name,) = made["id"].to_pylist()
        self._check_new([name], self._added)
        self._added[name] = None
        self._pending.append(made)
        self._pending_bytes += made.nbytes
        if self._pending_bytes > _PENDING_BYTES or len(self._pending) >= _PENDING:
            self._flush()

    def take(self, path: Path, rows: Sequence[int]) -> list[tuple[str, str]]:
        """Add the article pairs of some rows, in ascending order, of a file of parts, which stays until `close`.

        Returns:
            Of each part the article's id and what it was told to give back.

        Raises:
            DataError: An id was added before, the file is damaged, or the disk is full.
        """
        import pyarrow as pa

        self._flush()
        facts = self._facts_of(path).take(pa.array(rows, pa.int32()))
        self._check_new(facts["id"].to_pylist(), self._survey.ids)
        with writing(self._staged.out):
            self._survey.add(facts)
        for row in facts.select(["id", "hi_source", "en_source"]).to_pylist():
            self._sources.add(row["id"], Source("", **row["hi_source"]), Source("", **row["en_source"]))
        self._places.append((path, rows))
        return list(zip(facts["id"].to_pylist(), facts["told"].to_pylist(), strict=True))

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

    def close(
        self,
        metrics: Mapping[str, object] | None = None,
        *,
        beside: Callable[[Path], None] | None = None,
        progress: Callable[[Iterable[str]], Iterable[str]] = iter,
        choosing: Callable[[str], AbstractContextManager[Any]] = nullcontext,
    ) -> Built:
        """Choose the splits, write everything that describes the rows, and move the folder into place.

        Args:
            metrics: Figures for `metrics.json` and the card: numbers, strings, lists and mappings of them; NaN and
                infinities become null.
            beside: Is called with the folder before it is moved, to put there what is no part of the dataset.
            progress: Wraps the ids of the articles while their rows are written.
            choosing: Is given what is done while the splits are chosen, and held meanwhile.

        Raises:
            DataError: No article was added, or the disk is full; `out` is as it was.
        """
        self._flush()
        if not self._survey.ids:
            raise DataError(
                f"{self._name}: needs at least one article pair; got none that could be built; nothing written"
            )
        figures = json.loads(json.dumps(dict(metrics or {}), ensure_ascii=False), parse_constant=lambda _: None)
        schemas = {config: schema(config) for config in COLUMNS}
        with writing(self._staged.out):
            before = recorded(self._staged.out)
            with choosing(f"choosing the splits of {len(self._survey.ids):,} articles"):
                splits, leaks = self._survey.choose(before)
            figures["splits"] = {
                "articles_joined": splits.near_duplicates,
                "pairs_left_out_of_train": leaks.train,
                "pairs_left_out_of_validation": leaks.validation,
            }
            with Assembly(self._folder, schemas, splits, leaks) as rows:
                written = iter(progress(self._survey.ids))
                for parts in in_order(self._places):
                    rows.add(parts)
                    deque(islice(written, parts.num_rows), maxlen=0)
                next(written, None)
                made = rows.close()
            shutil.rmtree(self._work)
            digests = file_digests(self._folder)
            version = next_version(digests, before.version)
            describe(self._folder, self._facts(version, splits, figures, made), digests)
            if beside is not None:
                beside(self._folder)
        self._staged.move_into_place()
        counts = {
            config: {name: of[name].rows if name in of else 0 for name in splits.names}
            for config, of in made.sizes.items()
        }
        told = self._rejects, self._faults, made.left_out, made.moved
        return Built(self._staged.out, version, counts, splits, *told)

    def _facts(self, version: str, splits: Splits, figures: Mapping[str, Any], made: Assembled) -> CardFacts:
        """Return what the card tells."""
        return CardFacts(
            load_name=self._staged.out.name,
            given=self._given,
            version=version,
            sizes=made.sizes,
            splits=splits,
            settings=self._settings,
            signature=signature_line(self._settings),
            metrics=figures,
            sources=self._sources,
            charts=made.charts,
            rejects=self._rejects,
            left_out=sum(figures["splits"][f"pairs_left_out_of_{name}"] for name in ("train", "validation")),
        )

    def _check_new(self, ids: Sequence[str], known: Mapping[str, None]) -> None:
        for name in ids:
            if name in known:
                raise DataError(f"{self._name}: article ids must be unique; got {name} again; rename one")

    def _flush(self) -> None:
        """Write what was added to a file of parts, and take it from there."""
        if self._pending:
            pending, self._pending, self._pending_bytes = self._pending, [], 0
            path = self._work / f"{len(self._places):06d}.arrow"
            with writing(self._staged.out):
                write_parts(path, pending)
            self.take(path, range(len(pending)))
