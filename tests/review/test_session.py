"""What the server knows of an article pair as it stands: dates and numbers of a part, checks of what people changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import lake, plain
from tithi.checks.checker import Checker
from tithi.records import Issue, Quality
from tithi.report.stories import aligned_story
from tithi.review.library import Library
from tithi.review.session import Review
from tithi.review.store import Store

STORY = aligned_story(lake(), [Quality(0.95), Quality(0.2, (Issue("number", "error", (0, 3), (0, 5), "others"),))])
LONG = aligned_story(plain("long", "नदी गहरी है। " * 2_000, "The river is deep. " * 2_000))


def span(lang: str, text: str) -> list[int]:
    start = STORY.article[lang].index(text)
    return [start, start + len(text)]


DEEPER, MONTHS = span("hi", "गाँव ने तालाब को गहरा किया।"), span("hi", "काम पाँच महीने चला।")
ADVERT, FISH = span("hi", "यह विज्ञापन है।"), span("hi", "मछलियाँ लौट आईं।")
DUG, SCHOOL = (
    span("en", "The village dug the pond deeper, and the work took five months."),
    span("en", "A school was opened."),
)
BEAD = f"{DEEPER[0]}-{MONTHS[1]}|{DUG[0]}-{DUG[1]}"
SPLIT = {"remove": [BEAD], "add": [{"hi": [DEEPER], "en": [DUG]}, {"hi": [MONTHS], "en": []}]}
FIRST, ALONE = f"{DEEPER[0]}-{DEEPER[1]}|{DUG[0]}-{DUG[1]}", f"{MONTHS[0]}-{MONTHS[1]}|-"
WITH_MONTHS = "गाँव ने तालाब को गहरा किया, और काम पाँच महीने चला।"


@pytest.fixture
def review(tmp_path: Path) -> Iterator[Review]:
    with Store(tmp_path / "review.sqlite") as store:
        yield Review(Library([STORY, LONG]), store)


def decide(review: Review, kind: str, **data: Any) -> None:
    review.decide("asha", "tab", {"lake": 10**6}, [{"article": "lake", "kind": kind, "data": data}])


def checked(review: Review, *beads: str) -> list[dict[str, Any]]:
    review.checks.run(review.unchecked("lake", beads))
    return [one["item"] for one in review.checked("lake", beads)]


def kinds(item: dict[str, Any]) -> list[str]:
    return [issue["kind"] for issue in item["issues"]]


def line(review: Review, bead: str) -> list[Any]:
    return next(line[2:6] for line in review.queue() if line[1] == bead)


@pytest.mark.parametrize(
    "wanted", [("काम पाँच महीने चला।", "the work took five months."), ("2021", "2023"), ("", "May 2019")]
)
def test_what_is_read_in_a_part_stands_where_the_whole_has_it(review: Review, wanted: tuple[str, str]) -> None:
    texts = {"hi": STORY.article["hi"], "en": STORY.article["en"]}
    starts = [texts[lang].index(part) for lang, part in zip(texts, wanted, strict=True)]
    spans = [(start, start + len(part)) for start, part in zip(starts, wanted, strict=True)]
    part, whole = review.library.marks_within("lake", *spans), review.library.marks("lake")
    for side, (start, stop) in enumerate(spans):
        inside = [mark for mark in whole["marks"][side] if start <= mark[0] and mark[1] <= stop]
        assert part["marks"][side] == inside
    assert any(part["marks"])
    assert part["facts"] == {}


def test_a_part_ends_with_the_text(review: Review) -> None:
    assert review.library.marks_within("lake", (10**8, 10**9 - 1), (0, 0)) == {"marks": [[], []], "facts": {}}


def test_a_bead_made_by_hand_has_its_own_issues_and_the_queue_tells_them(review: Review) -> None:
    decide(review, "replace", **SPLIT)
    item, _ = review.desk("lake").item(FIRST)
    assert (item["unchecked"], item["issues"], item["quality"]) == (True, [], None)
    assert line(review, FIRST) == [0.0, (), "", "made"]
    first, alone = checked(review, FIRST, ALONE)
    assert "unchecked" not in first
    (number,) = (issue for issue in first["issues"] if issue["kind"] == "number")
    assert STORY.article["en"][DUG[0] :][slice(*number["spans"][1])] == "five"
    assert (kinds(alone), alone["doubt"]) == ([], 0.4)
    assert line(review, FIRST) == [first["doubt"], tuple(kinds(first)), "गाँव ने तालाब को गहरा किया।", "made"]
    assert first["doubt"] > 0.5
    assert line(review, ALONE)[:2] == [0.4, ("no counterpart",)]
    decide(review, "alarm", bead=FIRST, issue="number: *", verdict="false")
    assert {issue["kind"]: issue["said"] for issue in checked(review, FIRST)[0]["issues"]}["number"] == {
        "asha": "false"
    }


def test_beads_that_were_joined_are_checked_as_one(review: Review) -> None:
    both = f"{DEEPER[0]}-{ADVERT[1]}|{DUG[0]}-{DUG[1]}"
    decide(
        review,
        "replace",
        remove=[BEAD, f"{ADVERT[0]}-{ADVERT[1]}|-"],
        add=[{"hi": [DEEPER, MONTHS, ADVERT], "en": [DUG]}],
    )
    (item,) = checked(review, both)
    quality = Checker().check(STORY.article["hi"][DEEPER[0] : ADVERT[1]], STORY.article["en"][slice(*DUG)])
    assert quality.quality is not None
    assert item["quality"] == round(quality.quality, 3)
    assert kinds(item) == [issue.kind for issue in quality.issues]


def test_a_corrected_sentence_is_checked_as_it_reads_now(review: Review) -> None:
    decide(review, "replace", **SPLIT)
    decide(review, "text", lang="hi", span=DEEPER, text=f" {WITH_MONTHS} ")
    (item,) = checked(review, FIRST)
    assert "number" not in kinds(item)
    assert line(review, FIRST)[1] == tuple(kinds(item))
    review.turn(review.store.undo("asha"))
    assert "number" in kinds(checked(review, FIRST)[0])
    assert "number" in line(review, FIRST)[1]


def test_an_issue_behind_a_correction_stands_where_the_text_is_now(review: Review) -> None:
    decide(review, "text", lang="hi", span=DEEPER, text="गाँव के लोगों ने मिलकर अपने पुराने तालाब को गहरा किया।")
    decide(review, "text", lang="hi", span=MONTHS, text="काम सात महीने चला।")
    (item,) = checked(review, BEAD)
    (issue,) = [issue for issue in item["issues"] if issue["kind"] == "number"]
    second, (start, stop) = item["sides"][0][1], issue["spans"][0]
    assert "काम सात महीने चला।"[start - second["from"] : stop - second["from"]] == "सात"


def test_a_correction_taken_back_brings_the_build_s_issues_back(review: Review) -> None:
    decide(review, "text", lang="hi", span=MONTHS, text="काम सात महीने चला।")
    checked(review, BEAD)
    assert line(review, BEAD)[0] != 0.8
    decide(review, "text", lang="hi", span=MONTHS, text=None)
    (item,) = checked(review, BEAD)
    assert [issue["message"] for issue in item["issues"]] == ["others"]
    assert line(review, BEAD)[:2] == [0.8, ("number",)]


def test_what_was_changed_before_the_server_began_is_known(review: Review) -> None:
    decide(review, "replace", **SPLIT)
    decide(review, "text", lang="en", span=SCHOOL, text="A school opened.")
    again = Review(review.library, review.store)
    assert {article: set(beads) for article, beads in again.changed().items()} == {
        "lake": {FIRST, ALONE, f"-|{SCHOOL[0]}-{SCHOOL[1]}"}
    }


def test_what_is_too_long_to_check_has_no_quality(review: Review) -> None:
    texts = LONG.article["hi"], LONG.article["en"]
    review.checks.run([texts])
    assert review.checks.found(*texts) == Quality(None)
