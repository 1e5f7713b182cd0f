"""Existing bitexts in, one dataset folder out: the pairs are kept as they are, checked, and left out when they are bad.

Fifty pairs that follow one another are an article, so that neighbours share a split. Nothing is aligned: `score` is the
quality that the checks give a pair, the probability that it is a faithful translation.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from tithi.checks.checker import Checker
from tithi.corpus.write import Built
from tithi.errors import DataError
from tithi.pipeline.build import Checked, MTSource, write_results
from tithi.records import Reject, Source, TextPair
from tithi.sources.bitext import bitext_alignment, read_bitext
from tithi.sources.pairs import PairFile, pair_files

__all__ = ["build_bitexts", "check_bitexts"]

_ARTICLE: Final = 50


def build_bitexts(  # noqa: PLR0913
    files: Iterable[str | Path],
    out: str | Path,
    source: Source | None = None,
    *,
    name: str | None = None,
    min_quality: float = 0.0,
    force: bool = False,
    translations: MTSource | None = None,
    progress: Callable[[Iterable[Checked | Reject]], Iterable[Checked | Reject]] = iter,
) -> Built:
    """Make a dataset of bitexts that `datasets.load_dataset(out)` opens.

    Args:
        files: Files of pairs in any format of `tithi.sources.pairs`.
        out: The folder to make; replaced as a whole, at the very end.
        source: What is known of their origin and rights.
        name: What the ids of articles begin with; by default the name of their file.
        min_quality: Pairs below go to `unaligned`.
        force: Replace `out` even if tithi did not make it.
        translations: As in `pipeline.build.build`.
        progress: Wraps the stream of articles, for a progress bar.

    Raises:
        DataError: A file is not what its name says (see `read_bitext`), or holds no pair that can be used.
        UsageError: A Moses file lacks its other side, or `out` must not be replaced.
    """
    told = {"alignment": "as given", "score": "quality of the checks", "min_quality": min_quality}
    results = check_bitexts(pair_files(files), source, name=name, min_quality=min_quality)
    return write_results(progress(results), out, told, force=force, translations=translations)


def check_bitexts(
    found: Sequence[PairFile], source: Source | None = None, *, name: str | None = None, min_quality: float = 0.0
) -> Iterator[Checked | Reject]:
    """Yield the pairs of bitexts as checked articles of fifty, and what cannot be used, in order."""
    checker = Checker()
    seen: set[bytes] = set()
    numbers: dict[str, int] = {}
    first: Reject | None = None
    for bitext in found:
        prefix = re.sub(r"[^A-Za-z0-9._-]+", "-", name or bitext.name).strip("-._") or "bitext"
        origin = replace(source or Source(""), path=str(bitext.files[0]))
        for batch in _batches(read_bitext(bitext, seen)):
            if isinstance(batch, Reject):
                first = first or batch
                yield batch
                continue
            numbers[prefix] = numbers.get(prefix, 0) + 1
            article_id = f"{prefix[:120]}-{numbers[prefix]:06d}"
            yield _checked(article_id, batch, origin, checker, min_quality)
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


def _checked(
    article_id: str, pairs: Sequence[TextPair], source: Source, checker: Checker, min_quality: float
) -> Checked:
    quality = list(checker.check_all((pair.hi, pair.en) for pair in pairs))
    scores = [told.quality or 0.0 for told in quality]
    alignment = bitext_alignment(article_id, pairs, scores, source)
    bad = {bead for bead in alignment.pairs() if bead.score < min_quality}
    kept = tuple(told for told, score in zip(quality, scores, strict=True) if score >= min_quality)
    return Checked(alignment.without(bad, f"quality below {min_quality:g}") if bad else alignment, kept)
