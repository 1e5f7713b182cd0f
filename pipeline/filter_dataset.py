"""A dataset filtered: built again from its own rows, with what is dropped in `unaligned` and in `rejects`."""

from collections.abc import Iterator
from pathlib import Path

from tithi.corpus.built import Built
from tithi.corpus.folder import read_marker, refuse_input
from tithi.filters.judge import Thresholds
from tithi.filters.recurring import boilerplate
from tithi.filters.verdict import Row
from tithi.pipeline.output import Output, without_excluded
from tithi.pipeline.settings import About, Progress, Settings
from tithi.pipeline.stored import checked_story
from tithi.records import TextPair
from tithi.report.stories import stored_stories

__all__ = ["filter_dataset"]


def filter_dataset(
    folder: str | Path,
    out: str | Path,
    thresholds: Thresholds,
    settings: Settings | None = None,
    *,
    progress: Progress = iter,
) -> Built:
    """Write what is kept of a dataset as a dataset, every config of it counted anew.

    Args:
        folder: The dataset.
        out: The folder to make, another one.
        thresholds: Which filters run, see `tithi.filters.config`.
        settings: `exclude` and `force` are heeded.
        progress: Wraps the stream of article pairs, for a progress bar.

    Raises:
        DataError: `folder` is no dataset built by tithi or has changed since, or no pair is left.
        UsageError: `out` must not be replaced, or holds `folder`.
    """
    refuse_input(out, folder)
    marker = read_marker(folder)
    recurring = boilerplate(_rows(folder), thresholds)
    settings = settings or Settings()
    given = marker.settings.get("alignment") == "as given"
    about = About({**marker.settings, "filtered": marker.version}, given, None, thresholds, recurring)
    with Output(out, settings, about) as output:
        for checked in progress(checked_story(story) for story in stored_stories(folder)):
            output.add(*without_excluded(checked, settings.exclude))
        return output.close()


def _rows(folder: str | Path) -> Iterator[Row]:
    for story in stored_stories(folder):
        for row in story.sentences:
            yield Row(TextPair(row["id"], **row["translation"]), story.id, story.id)
