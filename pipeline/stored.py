"""Article pairs as they were published, or as parts hold them, back as checked alignments."""

from collections.abc import Iterator
from typing import Any

from tithi.corpus.columns import COLUMNS
from tithi.corpus.rows import Row as StoredRow
from tithi.pipeline.checked import Checked, models_for
from tithi.records import Issue, Quality
from tithi.report.stories import Story, story_alignment

__all__ = ["checked_parts", "checked_story"]


def checked_story(story: Story) -> Checked:
    """Return an article pair with the quality that was published; the checks are asked where there is none."""
    alignment = story_alignment(story)
    told = {(tuple(row["hi_span"]), tuple(row["en_span"])): row for row in story.sentences}
    rows = [told[alignment.hi.span(bead.hi), alignment.en.span(bead.en)] for bead in alignment.pairs()]  # type: ignore[index]
    return Checked(alignment, tuple(map(_quality, rows)))


def checked_parts(parts: Any) -> Iterator[Checked]:
    """Yield the article pairs of a `pyarrow.Table` of parts, scores as precise as they are published."""
    for row in range(parts.num_rows):
        of = {config: parts[config][row].as_py() for config in COLUMNS}
        yield checked_story(Story(of["articles"][0], *map(tuple, (of["segments"], of["sentences"], of["unaligned"]))))


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
