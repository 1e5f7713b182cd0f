"""Existing bitexts in, one dataset folder out: the pairs are kept as they are, checked, and left out when they are bad.

Fifty pairs that follow one another are an article, so that neighbours share a split. Nothing is aligned: `score` is the
quality that the checks give a pair, the probability that it is a faithful translation.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from tithi.corpus.folder import refuse_input
from tithi.corpus.write import Built
from tithi.errors import DataError
from tithi.pipeline.build import Progress, Settings, write_results
from tithi.pipeline.checked import Checked, Least, models_for
from tithi.pipeline.jobs import each
from tithi.pipeline.reviewed import Decided, check_reviewed, decided
from tithi.records import Reject, Source, TextPair
from tithi.sources.bitext import bitext_alignment, read_bitext
from tithi.sources.pairs import PairFile, pair_files

__all__ = ["build_bitexts", "check_bitexts"]

_ARTICLE: Final = 50


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Pairs that follow one another, to be an article."""

    where: str
    id: str
    pairs: tuple[TextPair, ...]
    source: Source


def build_bitexts(  # noqa: PLR0913
    files: Iterable[str | Path],
    out: str | Path,
    source: Source | None = None,
    settings: Settings | None = None,
    *,
    name: str | None = None,
    progress: Progress = iter,
) -> Built:
    """Make a dataset of bitexts that `datasets.load_dataset(out)` opens.

    Args:
        files: Files of pairs in any format of `tithi.sources.pairs`.
        out: The folder to make; replaced as a whole, at the very end.
        source: What is known of their origin and rights.
        settings: As for articles; `encoder`, `min_score` and `strict` have no meaning here.
        name: What the ids of articles begin with; by default the name of their file.
        progress: Wraps the stream of articles, for a progress bar.

    Raises:
        DataError: A file is not what its name says (see `read_bitext`), holds no pair that can be used, or a process
            died.
        UsageError: A Moses file lacks its other side, or `out` must not be replaced or holds one of the files.
    """
    settings = replace(settings or Settings(), encoder=None, strict=False)
    found = pair_files(files)
    for bitext in found:
        for path in bitext.files:
            refuse_input(out, path)
    about = {"alignment": "as given", "score": "quality of the checks", "min_quality": settings.min_quality}
    decisions = decided(out)
    results = check_bitexts(found, source, settings, name=name, decisions=decisions)
    return write_results(progress(results), out, settings, about, given=True, decisions=decisions)


def check_bitexts(
    found: Sequence[PairFile],
    source: Source | None = None,
    settings: Settings | None = None,
    *,
    name: str | None = None,
    decisions: Decided | None = None,
) -> Iterator[Checked | Reject]:
    """Yield the pairs of bitexts as checked articles of fifty, `decisions` obeyed, and what cannot be used."""
    settings = settings or Settings()
    stretches = _stretches(found, source or Source(""), name)
    return each(stretches, partial(_check_stretch, settings.min_quality, decisions), jobs=settings.jobs)


def _stretches(found: Sequence[PairFile], source: Source, name: str | None) -> Iterator[_Stretch | Reject]:
    seen: set[bytes] = set()
    numbers: dict[str, int] = {}
    first: Reject | None = None
    for bitext in found:
        prefix = re.sub(r"[^A-Za-z0-9._-]+", "-", name or bitext.name).strip("-._") or "bitext"
        origin = replace(source, path=str(bitext.files[0]))
        for batch in _batches(read_bitext(bitext, seen)):
            if isinstance(batch, Reject):
                first = first or batch
                yield batch
                continue
            numbers[prefix] = numbers.get(prefix, 0) + 1
            yield _Stretch(batch[0].where, f"{prefix[:120]}-{numbers[prefix]:06d}", tuple(batch), origin)
    if first is not None and not numbers:
        raise DataError(f"{first.where}: {first.reason} (as with every other pair)")


def _batches(pairs: Iterable[TextPair | Reject]) -> Iterator[list[TextPair] | Reject]:
    """Yield pairs by fifty; rejects as they come."""
    batch: list[TextPair] = []
    for pair in pairs:
        if isinstance(pair, Reject):
            yield pair
            continue
        batch.append(pair)
        if len(batch) == _ARTICLE:
            yield batch
            batch = []
    if batch:
        yield batch


def _check_stretch(least: float, decisions: Decided | None, stretch: _Stretch) -> Checked:
    _, checker = models_for(None)
    alignment = bitext_alignment(stretch.id, stretch.pairs, [0.0] * len(stretch.pairs), stretch.source)
    return check_reviewed(alignment, decisions, checker, Least(quality=least), given=True)
