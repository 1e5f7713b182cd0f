"""Many article pairs in, one dataset folder out.

Pairs are aligned one after the other, or in `jobs` processes; either way they are written in the order in which they
are listed, at most a few per process are in memory at a time, and the same input gives the same dataset.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from tithi.aligner.alignment import align
from tithi.checks.checker import Checker
from tithi.checks.summary import Summary
from tithi.corpus.write import Built, DatasetWriter
from tithi.encoder import load
from tithi.encoder.protocol import Encoder
from tithi.errors import DataError
from tithi.eval.figures import Figures
from tithi.eval.scores import mt_figures, run_command
from tithi.records import Alignment, Quality, Reject
from tithi.sources.article import read_article
from tithi.sources.manifest import ManifestEntry

__all__ = ["Checked", "MTSource", "Settings", "align_entries", "build", "read_translations", "write_results"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides the content of a dataset: the encoder's name or path, the least score and quality of a row."""

    encoder: str | None = None
    min_score: float = 0.0
    min_quality: float = 0.0


@dataclass(frozen=True, slots=True)
class MTSource:
    """Where machine translations of the Hindi sides come from: a file of lines, or a command. Exactly one is given."""

    file: Path | None = None
    command: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """An alignment and the quality of each of its pairs, in order."""

    alignment: Alignment
    quality: tuple[Quality, ...]


def build(  # noqa: PLR0913
    entries: Iterable[ManifestEntry | Reject],
    out: str | Path,
    settings: Settings | None = None,
    *,
    jobs: int = 1,
    force: bool = False,
    strict: bool = False,
    translations: MTSource | None = None,
    progress: Callable[[Iterable[Checked | Reject]], Iterable[Checked | Reject]] = iter,
) -> Built:
    """Align article pairs and write them as a dataset that `datasets.load_dataset(out)` opens.

    Args:
        entries: What to align; rejects among them are listed in `OUT/rejects.jsonl`.
        out: The folder to make; replaced as a whole, at the very end.
        settings: What decides the content.
        jobs: Processes to align in; 1 uses this one.
        force: Replace `out` even if tithi did not make it.
        strict: Raise the first error of a pair instead of listing it.
        translations: A system's translations of the Hindi side of each row, in order, to score by BLEU, chrF++ and TER.
        progress: Wraps the stream of results, for a progress bar.

    Raises:
        DataError: No pair could be built, `strict` and a pair is bad, or the translations do not fit.
        UsageError: `out` must not be replaced.
    """
    settings = settings or Settings()
    encoder = load(settings.encoder)
    told = {"encoder": encoder.name, "min_score": settings.min_score, "min_quality": settings.min_quality}
    results = progress(align_entries(entries, settings, encoder, jobs=jobs))
    return write_results(results, out, told, force=force, strict=strict, translations=translations)


def write_results(  # noqa: PLR0913
    results: Iterable[Checked | Reject],
    out: str | Path,
    told: Mapping[str, object],
    *,
    force: bool = False,
    strict: bool = False,
    translations: MTSource | None = None,
) -> Built:
    """Write alignments as a dataset, with their figures; for the arguments and errors see `build`.

    Args:
        results: What was aligned and what was not.
        out: The folder to make.
        told: What made the alignments, for the card.
        force: Replace `out` even if tithi did not make it.
        strict: Raise the first reject.
        translations: Translations to score.
    """
    figures, summary, sources, references = Figures(), Summary(), list[str](), list[str]()
    first: Reject | None = None
    with DatasetWriter(out, force=force, settings=told) as writer:
        for result in results:
            if isinstance(result, Reject):
                if strict:
                    raise DataError(result.reason)
                first = first or result
                writer.reject(result)
                continue
            writer.add(result.alignment, result.quality)
            figures.add(result.alignment)
            for quality in result.quality:
                summary.add(quality)
            if translations is not None:
                for bead in result.alignment.pairs():
                    sources.append(result.alignment.hi.text(bead.hi))
                    references.append(result.alignment.en.text(bead.en))
        if figures.articles == 0:
            why = f"the first: {first.where}: {first.reason}" if first else "nothing is listed"
            raise DataError(f"{out}: a dataset needs at least one good pair; got none; {why}")
        metrics: dict[str, object] = {"alignment": figures.to_dict(), "quality": summary.to_dict()}
        if translations is not None:
            system = read_translations(translations, sources)
            metrics["mt"] = {"hi-en": mt_figures(system, references, "en").to_dict()}
        return writer.close(metrics)


def read_translations(source: MTSource, lines: Sequence[str]) -> list[str]:
    """Return the translations of `lines` from a file or a command.

    Raises:
        DataError: They cannot be read, or there are not as many as lines.
    """
    from tithi.sources.article import read_lines

    if source.command is not None:
        return run_command(source.command, lines)
    assert source.file is not None
    system = read_lines(source.file, "en")
    if len(system) != len(lines):
        raise DataError(
            f"{source.file}: must hold one line for each row of the dataset, {len(lines)}; got {len(system)}; "
            "translate the Hindi side of `sentences` in order"
        )
    return system


def align_entries(
    entries: Iterable[ManifestEntry | Reject], settings: Settings, encoder: Encoder, *, jobs: int = 1
) -> Iterator[Checked | Reject]:
    """Yield the result of each entry, in order, holding at most four per process."""
    if jobs <= 1:
        for entry in entries:
            yield entry if isinstance(entry, Reject) else _align_entry(entry, settings, encoder)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start, initargs=(settings,)) as pool:
        waiting: deque[Reject | Future[Checked | Reject]] = deque()
        for entry in entries:
            waiting.append(entry if isinstance(entry, Reject) else pool.submit(_work, entry))
            if len(waiting) >= 4 * jobs:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())


def _result(item: "Reject | Future[Checked | Reject]") -> Checked | Reject:
    return item if isinstance(item, Reject) else item.result()


def _align_entry(entry: ManifestEntry, settings: Settings, encoder: Encoder) -> Checked | Reject:
    """Align one pair; what is wrong with its files makes a reject."""
    try:
        hi = read_article(entry.hi.path, "hi", entry.hi)
        en = read_article(entry.en.path, "en", entry.en)
        alignment = align(hi, en, id=entry.id, encoder=encoder)
    except DataError as error:
        return Reject(entry.where, entry.id, str(error))
    return _checked(alignment.above(settings.min_score), settings.min_quality)


def _checked(alignment: Alignment, least: float) -> Checked:
    """Check every pair, and take those apart whose quality is less than the least."""
    pairs = list(alignment.pairs())
    texts = ((alignment.hi.text(bead.hi), alignment.en.text(bead.en)) for bead in pairs)
    found = list(zip(pairs, _checker().check_all(texts), strict=True))
    bad = {bead for bead, told in found if told.quality is not None and told.quality < least}
    kept = tuple(told for bead, told in found if bead not in bad)
    return Checked(alignment.without(bad, f"quality below {least:g}") if bad else alignment, kept)


@cache
def _checker() -> Checker:
    """Return the checker of this process; its models are made for the encoder that comes with the package."""
    return Checker()


_worker: tuple[Settings, Encoder] | None = None


def _start(settings: Settings) -> None:
    """Load the encoder once a process; one thread each, or the processes would tread on one another."""
    global _worker  # noqa: PLW0603
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    _worker = settings, load(settings.encoder)


def _work(entry: ManifestEntry) -> Checked | Reject:
    assert _worker is not None
    return _align_entry(entry, *_worker)
