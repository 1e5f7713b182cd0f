"""Many article pairs in, one dataset folder out.

Pairs are cut into shards, which are made one after the other, in `jobs` processes, or on a cluster (see
`pipeline.shards`). What is finished is kept, so that a run that died goes on where it was, and the next build aligns
only what is new. Whoever does the work, and in whatever pieces, the same input gives the same dataset.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from itertools import chain
from operator import length_hint
from pathlib import Path
from typing import Any, TypeVar

from tithi import arguments
from tithi.aligner.alignment import align_cuts, cut_sides
from tithi.aligner.segments import Cut
from tithi.corpus.built import Built
from tithi.corpus.folder import refuse_input
from tithi.corpus.parts import part
from tithi.encoder.protocol import Encoder
from tithi.errors import UsageError
from tithi.pipeline.account import told
from tithi.pipeline.checked import Least, checked_ahead, models_for
from tithi.pipeline.cluster import Cluster
from tithi.pipeline.jobs import Item, attempt, pool
from tithi.pipeline.output import Output, thresholds_of, without_excluded
from tithi.pipeline.pairs import Pair, content, pair_of
from tithi.pipeline.remote import RemoteStore, store_at
from tithi.pipeline.reviewed import Decided, check_reviewed, decided, decisions_on
from tithi.pipeline.settings import About, Progress, Settings, settings_or_default
from tithi.pipeline.shards import Recipe, Result, finished
from tithi.pipeline.sieve import judged_part
from tithi.pipeline.store import Store
from tithi.pipeline.taken import together_in_files
from tithi.pipeline.together import worked_together
from tithi.records import Alignment, Reject
from tithi.review.dismissals import EVERYWHERE
from tithi.sources.counted import Counted
from tithi.sources.manifest import ManifestEntry

__all__ = ["Progress", "Settings", "align_pairs", "build", "build_into", "decisions_at", "make_parts", "write_results"]

T = TypeVar("T", bound=Item)


def build(
    entries: Iterable[ManifestEntry | Reject],
    out: str | Path,
    settings: Settings | None = None,
    *,
    add: Callable[[Path], object] | None = None,
) -> Built:
    """Align article pairs and write them as a dataset that `datasets.load_dataset(out)` opens.

    A run that died goes on when it is called again; a dataset that is there already is built again of what has not
    changed, and its articles keep their splits.

    Args:
        entries: What to align; rejects among them are listed in `OUT/rejects.jsonl`, and so is a pair that meets a
            fault of tithi's (`Built.faults` counts them): the others are built.
        out: The folder to make; replaced as a whole, at the very end.
        settings: What decides the content, and how the work is done.
        add: Is called with the growing folder, to put more files there that become part of the dataset.

    Raises:
        DataError: No pair could be built, a process died, another build writes `out`, or `strict` and a pair is bad.
        UsageError: `entries` or `settings` are none; `out` must not be replaced, or holds one of the articles.
    """
    expected = length_hint(entries)
    entries = arguments.entries(entries, ManifestEntry, "build")
    out = arguments.path(out, "build")
    settings = settings_or_default(settings)
    with store_at(out, force=settings.force) as store:
        return build_into(store, Counted(_apart(entries, out), expected), settings, add=add)


def build_into(
    store: Store | RemoteStore,
    entries: Iterable[ManifestEntry | Reject],
    settings: Settings,
    *,
    add: Callable[[Path], object] | None = None,
    kept: Iterable[Path] = (),
) -> Built:
    """Build as `build` does, where a store is held already; `kept` are files in it that the next build can use too."""
    expected = length_hint(entries)
    encoder, _ = models_for(settings.encoder)
    decisions = decisions_at(store, settings)
    about = {"encoder": encoder.name, "min_score": settings.min_score, "min_quality": settings.min_quality}
    recipe = Recipe(
        partial(align_pairs, replace(settings, progress=iter), decisions),
        partial(content, decisions),
        settings.basis("articles", decisions_on(decisions, EVERYWHERE)),
    )
    carry = settings.engine != "local"
    pairs = Counted((one if isinstance(one, Reject) else pair_of(one, carry=carry) for one in entries), expected)
    return write_results(pairs, recipe, About(about, decisions=decisions), store, settings, add=add, kept=kept)


def decisions_at(store: Store | RemoteStore, settings: Settings) -> Decided | None:
    """Return the decisions on the dataset that is there.

    Raises:
        DataError: Their file is damaged.
        UsageError: They are at an address, and the workers on other machines.
    """
    decisions = decided(store.out)
    if decisions is not None and store.address is not None and settings.engine != "local":
        raise UsageError(
            f"{store.address}: decisions of people are obeyed where workers see them; got {decisions.count} at an"
            " address; build into a folder that all nodes see"
        )
    return decisions


def write_results(  # noqa: PLR0913
    items: Iterable[T | Reject],
    recipe: Recipe[T],
    about: About,
    store: Store | RemoteStore,
    settings: Settings,
    *,
    add: Callable[[Path], object] | None = None,
    kept: Iterable[Path] = (),
) -> Built:
    """Make the parts of items and write them as a dataset, with their figures; for errors see `build`.

    Args:
        items: What to make parts of; rejects are listed.
        recipe: How parts are made.
        about: What is known of them.
        store: Where the dataset is made, and what is finished.
        settings: How the work is done.
        add: Puts more files into the dataset's folder, see `build`.
        kept: Files of the store that the next build can use beside the parts.
    """
    used = dict.fromkeys(kept)
    counts: Counter[str] = Counter()
    expected = length_hint(items)
    if (thresholds := thresholds_of(settings, about)) is not None:
        recipe = replace(recipe, judge=partial(judged_part, dict(thresholds)))
    with Output(store.out, settings, about) as output:
        executor, jobs = _workers(settings, None if store.address else str(Path.cwd()))
        with executor:
            runs = finished(items, recipe, store, executor, jobs=jobs, size=settings.shard, counts=counts)
            results: Iterable[Result] = chain.from_iterable(runs)
            if about.given:  # what is refused is a line of a bitext, no article that progress counts
                results = _but_rejects(results, output)
            for result in together_in_files(settings.progress(Counted(results, expected))):
                if isinstance(result, Reject):
                    output.reject(result)
                else:
                    used[result.path] = None
                    output.take(result.path, result.rows, result.verdicts)
        if add is not None:
            add(output.folder)
        built = output.close(beside=lambda folder: store.keep(folder, used))
        store.end()
        return replace(built, reused=counts["reused"], address=store.address)


def _but_rejects(results: Iterable[Result], output: Output) -> Iterator[Result]:
    for result in results:
        if isinstance(result, Reject):
            output.reject(result)
        else:
            yield result


def make_parts(
    settings: Settings,
    decisions: Decided | None,
    items: Sequence[Item],
    alignments: Sequence[Alignment | Reject],
    *,
    given: bool = False,
) -> list[Any | Reject]:
    """Check the alignments of items, as `check_reviewed` does, and return the part of each, or why there is none."""
    _, checker = models_for(settings.encoder)
    least = Least(settings.min_score, settings.min_quality)
    good = (one for one in alignments if not isinstance(one, Reject))
    known = checked_ahead(checker, good) if decisions is None else checker

    def make(alignment: Alignment, _: Item) -> Any:
        checked = check_reviewed(alignment, decisions, known, least, given=given)
        kept, left_out = without_excluded(checked, settings.exclude)
        return part(kept.alignment, kept.quality, told(kept, left_out))

    both = zip(alignments, items, strict=True)
    return [one if isinstance(one, Reject) else attempt(partial(make, one), item) for one, item in both]


def _workers(settings: Settings, folder: str | None) -> tuple[Executor, int]:
    """Return who makes the parts, and how many at once; `folder` is where workers of a cluster begin."""
    if settings.engine == "local":
        return pool(settings.jobs), settings.jobs
    cluster = Cluster(settings.ray_address, folder)
    return cluster, cluster.jobs


def _apart(entries: Iterable[ManifestEntry | Reject], out: str | Path) -> Iterator[ManifestEntry | Reject]:
    """Pass entries on, unless replacing `out` would delete one of their files."""
    for entry in entries:
        if not isinstance(entry, Reject):
            refuse_input(out, entry.hi.path)
            refuse_input(out, entry.en.path)
        yield entry


def align_pairs(settings: Settings, decisions: Decided | None, pairs: Sequence[Pair]) -> list[Any | Reject]:
    """Align and check pairs, and return the part of each, or why there is none."""
    encoder, _ = models_for(settings.encoder)

    def cut(pair: Pair) -> tuple[Cut, Cut]:
        hi, en = pair.articles()
        arguments.sides(hi.text, en.text, "align")
        return cut_sides(hi, en, keep_lines=settings.keep_lines)

    def aligned(pair: Pair, cuts: tuple[Cut, Cut], known: Encoder) -> Alignment:
        return align_cuts(*cuts, id=pair.id, encoder=known, monotone=settings.monotone)

    return make_parts(settings, decisions, pairs, worked_together(pairs, cut, aligned, encoder))
