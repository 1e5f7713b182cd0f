"""Files of pairs filtered: OUT holds what is kept, in files of the same names and kinds, what was dropped, and why."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tithi.corpus.folder import Marker, file_digests, refuse_input, signature_line, write_marker, writing
from tithi.corpus.staged import StagedFolder
from tithi.errors import DataError, UsageError
from tithi.filters.drops import Drops, RejectFiles
from tithi.filters.judge import Thresholds
from tithi.filters.pii import mask
from tithi.filters.recurring import Corpus, boilerplate
from tithi.filters.verdict import Row
from tithi.pipeline.fetched import Fetched
from tithi.pipeline.filter_writers import write_kept
from tithi.pipeline.filtering import Answer, filtered
from tithi.pipeline.remote import store_at
from tithi.records import Reject
from tithi.sources.excluded import read_excluded
from tithi.sources.pairs import PairFile, pair_files, read_pairs, usable

__all__ = ["FilterSettings", "filter_files", "rows_of"]

_ARTICLE: Final = 50
"""So many lines of a bitext are an article, as in a build."""


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
        files: Moses files (both sides), TSV, JSON lines, Parquet, TMX, XLIFF, which may be at addresses.
        out: The folder to make, or its address; replaced as a whole, at the very end.
        thresholds: Which filters run, see `tithi.filters.config`.
        settings: How it is done.
        progress: Wraps the answers, for a progress bar.

    Raises:
        DataError: A file is not what its name says, or the disk is full; `out` is as it was.
        UsageError: A file is standard input or a folder, two have one name, or `out` must not be replaced.
    """
    settings = settings or FilterSettings()
    files = list(files)
    for path in (*files, *settings.exclude):
        refuse_input(out, path)
    with store_at(out, force=settings.force) as store, Fetched(store.pages) as fetched:
        found = pair_files(fetched.take(files))
        _check(found)
        drops = _filtered(found, fetched, store.out, thresholds, settings, progress)
        store.end()
    return drops


def _filtered(  # noqa: PLR0913, PLR0917
    found: Sequence[PairFile],
    fetched: Fetched,
    out: str | Path,
    thresholds: Thresholds,
    settings: FilterSettings,
    progress: Callable[[Iterable[Answer]], Iterable[Answer]],
) -> Drops:
    excluded = read_excluded(settings.exclude)
    everything = (row for bitext in found for row in rows_of(bitext) if isinstance(row, Row))
    corpus = Corpus(thresholds, boilerplate(everything, thresholds), excluded)
    drops = Drops()
    staged = StagedFolder(out, force=settings.force)
    try:
        rejects = RejectFiles(staged.folder)
        with writing(staged.out):
            for bitext in found:
                rows = rows_of(bitext, masked=settings.mask_pii, named=fetched.named)
                answers = progress(filtered(rows, thresholds, corpus, jobs=settings.jobs))
                write_kept(bitext, staged.folder, _kept(answers, bitext.name, drops, rejects))
        if drops.kept == 0:
            raise DataError(f"{out}: needs at least one pair that is kept; got none: {drops.commonest()}")
        with writing(staged.out):
            _describe(staged.folder, drops, thresholds, settings)
        staged.move_into_place()
    finally:
        staged.discard()
    return drops


def rows_of(
    bitext: PairFile, *, masked: bool = False, named: Callable[[str], str] | None = None
) -> Iterator[Row | Reject]:
    """Yield the pairs of a file as rows of articles of fifty lines, and what is no pair as `Reject`.

    `masked` hides personal data; `named` returns what the place of a pair is told as.
    """
    count = 0
    for read in usable(read_pairs(bitext)):
        pair = read if named is None else replace(read, where=named(read.where))
        count += 1
        if isinstance(pair, Reject):
            yield pair
            continue
        if masked:
            hi, en = mask(pair.hi, pair.en)
            pair = replace(pair, hi=hi, en=en)
        yield Row(pair, bitext.name, f"{bitext.name}-{count // _ARTICLE}")


def _check(found: Sequence[PairFile]) -> None:
    names: set[str] = set()
    for bitext in found:
        for path in bitext.files:
            if str(path) == "-" or path.is_dir():
                raise UsageError(f"{path}: files are read twice; got no file; write the pairs to a file first")
        if bitext.name in names:
            raise UsageError(f"{bitext.files[0]}: files must differ in name; got another {bitext.name}; rename one")
        names.add(bitext.name)


def _kept(answers: Iterable[Answer], source: str, drops: Drops, rejects: RejectFiles) -> Iterator[tuple[int, Row]]:
    """Yield what is kept with its number among all that was read, from 0."""
    for number, (item, verdict) in enumerate(answers):
        drops.add(item, verdict, source)
        if verdict is None and isinstance(item, Row):
            yield number, item
        else:
            rejects.add(item, verdict, source)


def _describe(folder: Path, drops: Drops, thresholds: Thresholds, settings: FilterSettings) -> None:
    figures = {"filters": drops.figures(thresholds)}
    text = json.dumps(figures, ensure_ascii=False, indent=2) + "\n"
    (folder / "metrics.json").write_text(text, encoding="utf-8", newline="\n")
    told = {"filters": len(thresholds), "mask_pii": settings.mask_pii, "exclude": len(settings.exclude)}
    write_marker(folder, Marker("filtered", signature_line(told), told, file_digests(folder)))
