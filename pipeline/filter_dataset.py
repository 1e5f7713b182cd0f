"""A dataset filtered: built again from its own rows, with what is dropped in `unaligned` and in `rejects`."""

from collections.abc import Iterator
from pathlib import Path

from tithi.corpus.folder import read_marker, refuse_input
from tithi.corpus.rows import Row as StoredRow
from tithi.corpus.write import Built
from tithi.filters.judge import Thresholds
from tithi.filters.recurring import boilerplate
from tithi.filters.verdict import Row
from tithi.pipeline.build import Progress, Settings, write_results
from tithi.pipeline.checked import Checked, models_for
from tithi.records import Issue, Quality, TextPair
from tithi.report.stories import Story, stored_stories, story_alignment

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
    results = progress(_checked(story) for story in stored_stories(folder))
    given = marker.settings.get("alignment") == "as given"
    about = {**marker.settings, "filtered": marker.version}
    return write_results(
        results, out, settings or Settings(), about, given=given, thresholds=thresholds, recurring=recurring
    )


def _rows(folder: str | Path) -> Iterator[Row]:
    for story in stored_stories(folder):
        for row in story.sentences:
            yield Row(TextPair(row["id"], **row["translation"]), story.id, story.id)


def _checked(story: Story) -> Checked:
    """Return an article pair with the quality that was published; the checks are asked where there is none."""
    alignment = story_alignment(story)
    told = {(tuple(row["hi_span"]), tuple(row["en_span"])): row for row in story.sentences}
    rows = [told[alignment.hi.span(bead.hi), alignment.en.span(bead.en)] for bead in alignment.pairs()]  # type: ignore[index]
    return Checked(alignment, tuple(map(_quality, rows)))


def _quality(row: StoredRow) -> Quality:
    if row["issues"] is None:
        _, checker = models_for(None)
        return checker.check(row["translation"]["hi"], row["translation"]["en"])
    issues = tuple(
        Issue(
            issue["kind"],
            issue["severity"],
            tuple(issue["hi"]) if issue["hi"] else None,
            tuple(issue["en"]) if issue["en"] else None,
            issue["message"],
            issue["confidence"],
        )
        for issue in row["issues"]
    )
    return Quality(row["quality"], issues, row["adequacy"], row["fluency"])
