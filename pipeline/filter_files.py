"""Files of pairs filtered: OUT holds what is kept, in files of the same names and kinds, and what was dropped and why.

Lines of text are kept character by character, with all their columns; rows of Parquet with all theirs. TMX and XLIFF
are written anew, with the texts and ids of their units. A packed file is written unpacked.
"""

import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeAlias

from tithi.corpus.export import FORMATS
from tithi.corpus.folder import Marker, file_digests, refuse_input, write_marker, writing
from tithi.corpus.staged import StagedFolder
from tithi.corpus.write import signature_line
from tithi.errors import DataError, UsageError
from tithi.filters.drops import Drops, RejectFiles
from tithi.filters.judge import Thresholds
from tithi.filters.pii import mask
from tithi.filters.recurring import Corpus, boilerplate
from tithi.filters.verdict import Row
from tithi.pipeline.filtering import Answer, filtered
from tithi.records import Reject, TextPair
from tithi.sources.excluded import read_excluded
from tithi.sources.lines import plain_path, read_lines_of
from tithi.sources.pairs import PairFile, pair_files, read_pairs, usable

__all__ = ["FilterSettings", "filter_files", "rows_of"]

_ARTICLE: Final = 50
"""So many lines of a bitext are an article, as in a build."""
Kept: TypeAlias = Iterator[Row]


@dataclass(frozen=True, slots=True)
class FilterSettings:
    """How files are filtered: test sets to keep out, masking, processes, whether OUT may be replaced whatever it is."""

    exclude: tuple[str, ...] = ()
    mask_pii: bool = False
    jobs: int = 1
    force: bool = False


def filter_files(
    files: Iterable[str | Path],
    out: str | Path,
    thresholds: Thresholds,
    settings: FilterSettings | None = None,
    *,
    progress: Callable[[Iterable[Answer]], Iterable[Answer]] = iter,
) -> Drops:
    """Write what is kept of files of pairs to the folder `out`, what is dropped to `out/rejects`, and the figures.

    Args:
        files: Moses files (both sides), TSV, JSON lines, Parquet, TMX, XLIFF.
        out: The folder to make; replaced as a whole, at the very end.
        thresholds: Which filters run, see `tithi.filters.config`.
        settings: How it is done.
        progress: Wraps the answers, for a progress bar.

    Raises:
        DataError: A file is not what its name says, or the disk is full; `out` is as it was.
        UsageError: A file is standard input or a folder, two have one name, or `out` must not be replaced.
    """
    settings = settings or FilterSettings()
    found = pair_files(files)
    _check(found, out)
    for path in settings.exclude:
        refuse_input(out, path)
    excluded = read_excluded(settings.exclude)
    everything = (row for bitext in found for row in rows_of(bitext) if isinstance(row, Row))
    corpus = Corpus(thresholds, boilerplate(everything, thresholds), excluded)
    drops = Drops()
    staged = StagedFolder(out, force=settings.force)
    try:
        rejects = RejectFiles(staged.folder)
        with writing(staged.out):
            for bitext in found:
                rows = rows_of(bitext, masked=settings.mask_pii)
                answers = progress(filtered(rows, thresholds, corpus, jobs=settings.jobs))
                _write(bitext, staged.folder, _kept(answers, bitext.name, drops, rejects))
        if drops.kept == 0:
            raise DataError(f"{out}: needs at least one pair that is kept; got none; see tithi filters --try")
        with writing(staged.out):
            _describe(staged.folder, drops, thresholds, settings)
        staged.move_into_place()
    finally:
        staged.discard()
    return drops


def rows_of(bitext: PairFile, *, masked: bool = False) -> Iterator[Row | Reject]:
    """Yield the pairs of a file as rows of articles of fifty lines, and what is no pair as `Reject`."""
    count = 0
    for pair in usable(read_pairs(bitext)):
        count += 1
        if isinstance(pair, Reject):
            yield pair
            continue
        if masked:
            hi, en = mask(pair.hi, pair.en)
            pair = replace(pair, hi=hi, en=en)  # noqa: PLW2901 - the same pair
        yield Row(pair, bitext.name, f"{bitext.name}-{count // _ARTICLE}")


def _check(found: Sequence[PairFile], out: str | Path) -> None:
    names: set[str] = set()
    for bitext in found:
        for path in bitext.files:
            if str(path) == "-" or path.is_dir():
                raise UsageError(f"{path}: files are read twice; got no file; write the pairs to a file first")
            refuse_input(out, path)
        if bitext.name in names:
            raise UsageError(f"{bitext.files[0]}: files must differ in name; got another {bitext.name}; rename one")
        names.add(bitext.name)


def _kept(answers: Iterable[Answer], source: str, drops: Drops, rejects: RejectFiles) -> Kept:
    for item, verdict in answers:
        drops.add(item, verdict, source)
        if verdict is None and isinstance(item, Row):
            yield item
        else:
            rejects.add(item, verdict, source)


def _write(bitext: PairFile, folder: Path, kept: Kept) -> None:
    path = plain_path(bitext.files[0])
    if len(bitext.files) == 2:
        _write_moses([folder / plain_path(side).name for side in bitext.files], kept)
    elif path.suffix == ".parquet":
        _write_parquet(bitext.files[0], folder / path.name, kept)
    elif path.suffix in (".tmx", ".xlf", ".xliff"):
        _write_xml("tmx" if path.suffix == ".tmx" else "xliff", folder / path.name, kept)
    else:
        _write_lines(bitext.files[0], folder / path.name, kept)


def _write_moses(targets: Sequence[Path], kept: Kept) -> None:
    with (
        targets[0].open("w", encoding="utf-8", newline="\n") as hi,
        targets[1].open("w", encoding="utf-8", newline="\n") as en,
    ):
        for row in kept:
            hi.write(row.pair.hi + "\n")
            en.write(row.pair.en + "\n")


def _write_lines(path: Path, target: Path, kept: Kept) -> None:
    """Copy the lines of the rows that are kept; one that was masked is written with its new texts."""
    lines = enumerate(read_lines_of(path), start=1)
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for row in kept:
            number = _number(row.pair)
            line = next(line for at, line in lines if at == number)
            if isinstance(line, str):
                file.write(_with_texts(line, row.pair) + "\n")


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


def _write_xml(kind: str, target: Path, kept: Kept) -> None:
    _, pieces = FORMATS[kind]
    facts = dict.fromkeys(("date", "score", "quality", "bead", "issues"))
    rows = (
        {
            "id": row.pair.id or str(_number(row.pair)),
            "article_id": target.stem,
            "translation": {"hi": row.pair.hi, "en": row.pair.en},
            **facts,
        }
        for row in kept
    )
    with target.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(itertools.chain.from_iterable(pieces(rows)))


def _number(pair: TextPair) -> int:
    return int(pair.where.rpartition(":")[2])


def _describe(folder: Path, drops: Drops, thresholds: Thresholds, settings: FilterSettings) -> None:
    figures = {"filters": drops.figures(thresholds)}
    text = json.dumps(figures, ensure_ascii=False, indent=2) + "\n"
    (folder / "metrics.json").write_text(text, encoding="utf-8", newline="\n")
    told = {"filters": len(thresholds), "mask_pii": settings.mask_pii, "exclude": len(settings.exclude)}
    write_marker(folder, Marker("filtered", signature_line(told), told, file_digests(folder)))
