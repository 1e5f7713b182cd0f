"""A dataset filtered: built again from its own rows, with what is dropped in `unaligned` and in `rejects`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tithi.corpus.built import Built
from tithi.corpus.folder import read_marker, refuse_input
from tithi.corpus.stored import stored_rows
from tithi.filters.judge import Thresholds
from tithi.filters.recurring import boilerplate
from tithi.filters.verdict import Row, Verdict
from tithi.pipeline.checked import Checked
from tithi.pipeline.fetched import Fetched
from tithi.pipeline.jobs import each
from tithi.pipeline.output import Output, without_excluded
from tithi.pipeline.remote import RemoteStore, store_at
from tithi.pipeline.settings import About, Settings
from tithi.pipeline.sieve import judged
from tithi.pipeline.store import Store
from tithi.pipeline.stored import checked_story
from tithi.records import Reject, TextPair
from tithi.report.stories import Story
from tithi.review.dismissals import standing_stories
from tithi.sources.counted import Counted

__all__ = ["filter_dataset"]


@dataclass(frozen=True, slots=True)
class _Task:
    """An article pair to judge."""

    where: str
    id: str
    story: Story


def filter_dataset(
    folder: str | Path, out: str | Path, thresholds: Thresholds, settings: Settings | None = None
) -> Built:
    """Write what is kept of a dataset as a dataset, every config of it counted anew.

    Alarms that people called false on it count for nothing: those pairs are judged again without them.

    Args:
        folder: The dataset, which may be at an address.
        out: The folder to make, another one, or its address.
        thresholds: Which filters run, see `tithi.filters.config`.
        settings: `exclude`, `jobs`, `force` and `progress` are heeded; however many jobs, the bytes are the same.

    Raises:
        DataError: `folder` is no dataset built by tithi or has changed since, no pair is left, or a process died.
        UsageError: `out` must not be replaced, or holds `folder`.
    """
    refuse_input(out, folder)
    settings = settings or Settings()
    with store_at(out, force=settings.force) as store, Fetched(store.pages) as fetched:
        built = _filtered(fetched.here(folder), store, thresholds, settings)
        store.end()
        return replace(built, address=store.address)


def _filtered(folder: str | Path, store: Store | RemoteStore, thresholds: Thresholds, settings: Settings) -> Built:
    marker = read_marker(folder)
    recurring = boilerplate(_rows(folder), thresholds)
    given = marker.settings.get("alignment") == "as given"
    about = About({**marker.settings, "filtered": marker.version}, given, None, thresholds, recurring)
    work = partial(_judged, dict(thresholds), settings.exclude)
    articles = sum(1 for _ in stored_rows(folder, "articles", columns=["id"]))
    with Output(store.out, settings, about) as output:
        tasks = (_Task(f"{folder}: {story.id}", story.id, story) for story in standing_stories(folder))
        for told in settings.progress(Counted(each(tasks, work, jobs=settings.jobs), articles)):
            if isinstance(told, Reject):
                output.reject(told)
            else:
                output.add(*told)
        return output.close()


def _judged(
    thresholds: Thresholds, exclude: tuple[str, ...], task: _Task
) -> tuple[Checked, int, Sequence[Verdict | None]]:
    checked, left_out = without_excluded(checked_story(task.story), exclude)
    return checked, left_out, judged(checked, thresholds)


def _rows(folder: str | Path) -> Iterator[Row]:
    """Yield the pairs; they come in the order of their articles."""
    for row in stored_rows(folder, columns=["id", "article_id", "translation"]):
        yield Row(TextPair(row["id"], **row["translation"]), row["article_id"], row["article_id"])
