"""What the server knows of an article pair as it stands: dates and numbers of a part of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import lake
from tithi.report.stories import aligned_story
from tithi.review.library import Library
from tithi.review.session import Review
from tithi.review.store import Store

STORY = aligned_story(lake())


@pytest.fixture
def review(tmp_path: Path) -> Iterator[Review]:
    with Store(tmp_path / "review.sqlite") as store:
        yield Review(Library([STORY]), store)


@pytest.mark.parametrize(
    "wanted", [("काम पाँच महीने चला।", "the work took five months."), ("2021", "2023"), ("", "May 2019")]
)
def test_what_is_read_in_a_part_stands_where_the_whole_has_it(review: Review, wanted: tuple[str, str]) -> None:
    texts = {"hi": STORY.article["hi"], "en": STORY.article["en"]}
    starts = [texts[lang].index(part) for lang, part in zip(texts, wanted, strict=True)]
    spans = [(start, start + len(part)) for start, part in zip(starts, wanted, strict=True)]
    part, whole = review.marks_within("lake", *spans), review.marks("lake")
    for side, (start, stop) in enumerate(spans):
        inside = [mark for mark in whole["marks"][side] if start <= mark[0] and mark[1] <= stop]
        assert part["marks"][side] == inside
    assert any(part["marks"])
    assert part["facts"] == {}


def test_a_part_ends_with_the_text(review: Review) -> None:
    assert review.marks_within("lake", (10**8, 10**9 - 1), (0, 0)) == {"marks": [[], []], "facts": {}}
