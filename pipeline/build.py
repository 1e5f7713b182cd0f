"""Many article pairs in, one dataset folder out.

Pairs are aligned one after the other, or in `jobs` processes; either way they are written in the order in which they
are listed, at most a few per process are in memory at a time, and the same input gives the same dataset.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

from tithi import arguments
from tithi.aligner.alignment import align
from tithi.checks.summary import Summary
from tithi.corpus.folder import refuse_input
from tithi.corpus.leaks import EXCLUDED, pair_keys, read_excluded
from tithi.corpus.write import Built, DatasetWriter
from tithi.errors import DataError
from tithi.eval.figures import Figures
from tithi.filters.config import chosen
from tithi.filters.judge import Thresholds
from tithi.pipeline.checked import Checked, Least, models_for
from tithi.pipeline.jobs import each
from tithi.pipeline.reviewed import Decided, Obeyed, check_reviewed, decided
from tithi.pipeline.sieve import Sieve
from tithi.records import Reject
from tithi.sources.article import read_article
from tithi.sources.manifest import ManifestEntry

__all__ = ["Progress", "Settings", "align_entries", "build", "write_results"]

Progress: TypeAlias = Callable[[Iterable[Checked | Reject]], Iterable[Checked | Reject]]
"""Wraps the stream of results, for a progress bar."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides the content of a dataset, and how the work is done.

    `encoder` is a name or path, None the shipped one; rows of less than `min_score` or `min_quality` are left out, and
    so are those with a sentence of a file of `exclude` (lines of text or hashes, see `corpus.leaks.read_excluded`) and
    those that `filter` drops, a preset or a file of thresholds (see `filters.config`).
    `jobs` processes do the work, `force` replaces an output that tithi did not make, `strict` raises the first error
    of a pair instead of listing it.
    """

    encoder: str | None = None
    min_score: float = 0.0
    min_quality: float = 0.0
    exclude: tuple[str, ...] = ()
    filter: str | None = None
    jobs: int = 1
    force: bool = False
    strict: bool = False


def build(
    entries: Iterable[ManifestEntry | Reject],
    out: str | Path,
    settings: Settings | None = None,
    *,
    progress: Progress = iter,
) -> Built:
    """Align article pairs and write them as a dataset that `datasets.load_dataset(out)` opens.

    Args:
        entries: What to align; rejects among them are listed in `OUT/rejects.jsonl`, and so is a pair that meets a
            fault of tithi's (`Built.faults` counts them): the others are built.
        out: The folder to make; replaced as a whole, at the very end.
        settings: What decides the content, and how the work is done.
        progress: Wraps the stream of results, for a progress bar.

    Raises:
        DataError: No pair could be built, a process died, or `strict` and a pair is bad.
        UsageError: `entries` are none; `out` must not be replaced, or holds one of the articles.
    """
    entries = arguments.entries(entries, ManifestEntry, "build")
    out = arguments.path(out, "build")
    settings = settings or Settings()
    encoder, _ = models_for(settings.encoder)
    decisions = decided(out)
    about = {"encoder": encoder.name, "min_score": settings.min_score, "min_quality": settings.min_quality}
    results = progress(align_entries(_apart(entries, out), settings, decisions))
    return write_results(results, out, settings, about, decisions=decisions)


def write_results(  # noqa: PLR0913
    results: Iterable[Checked | Reject],
    out: str | Path,
    settings: Settings,
    about: Mapping[str, object],
    *,
    given: bool = False,
    decisions: Decided | None = None,
    thresholds: Thresholds | None = None,
    recurring: Mapping[int, int] | None = None,
) -> Built:
    """Write alignments as a dataset, with their figures; for errors see `build`.

    Args:
        results: What was aligned and what was not.
        out: The folder to make.
        settings: `exclude`, `force` and `strict` are heeded.
        about: What made the alignments, for the card.
        given: Whether the pairs came aligned, as a bitext.
        decisions: Those of people that were obeyed.
        thresholds: Which filters run; None: those of `settings.filter`.
        recurring: What is known to recur across articles, see `tithi.filters.recurring.boilerplate`.
    """
    if thresholds is None and settings.filter is not None:
        thresholds = chosen(settings.filter)
    for path in settings.exclude:
        refuse_input(out, path)
    excluded = read_excluded(settings.exclude)
    figures, summary, obeyed = Figures(), Summary(), Obeyed(decisions)
    left_out = 0
    first: Reject | None = None
    told = dict(about) if decisions is None else {**about, "decisions": decisions.count}
    with DatasetWriter(out, force=settings.force, settings=told, given=given) as writer:
        sieve = None if thresholds is None else Sieve(thresholds, writer.folder, recurring)
        for result in results:
            if isinstance(result, Reject):
                if settings.strict:
                    raise DataError(result.reason)
                first = first or result
                writer.reject(result)
                continue
            kept = _without_excluded(result, excluded)
            left_out += len(result.quality) - len(kept.quality)
            kept = kept if sieve is None else sieve.kept(kept)
            writer.add(kept.alignment, kept.quality)
            figures.add(kept.alignment)
            obeyed.add(kept)
            for quality in kept.quality:
                summary.add(quality)
        if figures.articles == 0:
            why = f"the first: {first.where}: {first.reason}" if first else "nothing is listed"
            raise DataError(f"{out}: a dataset needs at least one good pair; got none; {why}")
        metrics: dict[str, object] = {"alignment": figures.to_dict(), "quality": summary.to_dict()}
        if settings.exclude:
            metrics["excluded"] = {"files": len(settings.exclude), "lines": len(excluded), "pairs": left_out}
        if decisions is not None:
            metrics["decisions"] = obeyed.metrics()
        if sieve is not None:
            metrics |= sieve.close()
        return writer.close(metrics)


def align_entries(
    entries: Iterable[ManifestEntry | Reject], settings: Settings, decisions: Decided | None = None
) -> Iterator[Checked | Reject]:
    """Yield the result of each entry, in order, holding at most four per process; `decisions` are obeyed."""
    return each(entries, partial(_align_entry, settings, decisions), jobs=settings.jobs)


def _apart(entries: Iterable[ManifestEntry | Reject], out: str | Path) -> Iterator[ManifestEntry | Reject]:
    """Pass entries on, unless replacing `out` would delete one of their files."""
    for entry in entries:
        if not isinstance(entry, Reject):
            refuse_input(out, entry.hi.path)
            refuse_input(out, entry.en.path)
        yield entry


def _align_entry(settings: Settings, decisions: Decided | None, entry: ManifestEntry) -> Checked:
    """Align and check one pair."""
    encoder, checker = models_for(settings.encoder)
    hi = read_article(entry.hi.path, "hi", entry.hi)
    en = read_article(entry.en.path, "en", entry.en)
    alignment = align(hi, en, id=entry.id, encoder=encoder)
    return check_reviewed(alignment, decisions, checker, Least(settings.min_score, settings.min_quality))


def _without_excluded(result: Checked, excluded: frozenset[int]) -> Checked:
    if not excluded:
        return result
    return result.without(lambda bead: not excluded.isdisjoint(pair_keys(result.alignment, bead)), EXCLUDED)
