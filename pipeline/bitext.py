"""Existing bitexts in, one dataset folder out: the pairs are kept as they are, checked, and left out when they are bad.

Some fifty pairs that follow one another are an article (see `pipeline.stretches`), so that neighbours share a split.
Nothing is aligned: `score` is the quality that the checks give a pair, the probability that it is faithful.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from tithi.corpus.built import Built
from tithi.corpus.folder import refuse_input
from tithi.pipeline.build import decisions_at, make_parts, write_results
from tithi.pipeline.fetched import Fetched
from tithi.pipeline.jobs import attempt
from tithi.pipeline.recipe import about_source, digest
from tithi.pipeline.remote import RemoteStore, store_at
from tithi.pipeline.reviewed import Decided, decisions_on, decisions_within
from tithi.pipeline.settings import About, Settings, settings_or_default
from tithi.pipeline.shards import Recipe
from tithi.pipeline.store import Store
from tithi.pipeline.stretches import PAIRS, Stretch, stretches
from tithi.records import Alignment, Reject, Source
from tithi.review.dismissals import EVERYWHERE
from tithi.sources.bitext import bitext_alignment
from tithi.sources.counted import Counted, pairs_in
from tithi.sources.pairs import PairFile, pair_files

__all__ = ["build_bitexts"]


def build_bitexts(
    files: Iterable[str | Path],
    out: str | Path,
    source: Source | None = None,
    settings: Settings | None = None,
    *,
    name: str | None = None,
) -> Built:
    """Make a dataset of bitexts that `datasets.load_dataset(out)` opens.

    Args:
        files: Files of pairs in any format of `tithi.sources.pairs`.
        out: The folder to make; replaced as a whole, at the very end.
        source: What is known of their origin and rights.
        settings: As for articles; `encoder`, `min_score` and `strict` have no meaning here.
        name: What the ids of articles begin with; by default the name of their file.

    Raises:
        DataError: A file is not what its name says (see `read_bitext`), holds no pair that can be used, or a process
            died.
        UsageError: A Moses file lacks its other side, or `out` must not be replaced or holds one of the files.
    """
    settings = replace(settings_or_default(settings), encoder=None, strict=False)
    files = list(files)
    for path in files:
        refuse_input(out, path)
    with store_at(out, force=settings.force) as store, Fetched(store.pages) as fetched:
        found = pair_files(fetched.take(files))
        return _build(found, fetched, store, source or Source(""), settings, name)


def _build(  # noqa: PLR0913, PLR0917
    found: Sequence[PairFile],
    fetched: Fetched,
    store: Store | RemoteStore,
    source: Source,
    settings: Settings,
    name: str | None,
) -> Built:
    decisions = decisions_at(store, settings)
    about = {"alignment": "as given", "score": "quality of the checks", "min_quality": settings.min_quality}
    recipe = Recipe(
        partial(_check_stretches, replace(settings, progress=iter), decisions),
        partial(_content, decisions),
        settings.basis("bitext", decisions_on(decisions, EVERYWHERE)),
    )
    articles = sum(map(pairs_in, found)) // PAIRS
    named = (fetched.renamed(one) if isinstance(one, Reject) else one for one in stretches(found, source, name))
    known = About(about, given=True, decisions=decisions)
    return write_results(Counted(named, articles), recipe, known, store, settings)


def _content(decisions: Decided | None, stretch: Stretch) -> bytes:
    """Return a digest of the pairs of a stretch, what is known of them, and what people decided on them."""
    own = about_source(stretch.source), [[pair.hi, pair.en] for pair in stretch.pairs]
    return digest(*own, decisions_within(decisions, _alignment(stretch)) if decisions else [])


def _alignment(stretch: Stretch) -> Alignment:
    return bitext_alignment(stretch.id, stretch.pairs, [0.0] * len(stretch.pairs), stretch.source)


def _check_stretches(settings: Settings, decisions: Decided | None, cut: Sequence[Stretch]) -> list[Any | Reject]:
    """Check the pairs of stretches, and return the part of each."""
    alignments = [attempt(_alignment, stretch) for stretch in cut]
    return make_parts(settings, decisions, cut, alignments, given=True)
