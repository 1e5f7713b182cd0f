"""Which segments belong together: by date, in any order, and by content where dates are wrong, missing or shared."""

import pytest

from tests.village import BARE, EVENTS, HEADED, OPENED, ORDER, english, hindi
from tithi.aligner import align
from tithi.aligner.found import Found
from tithi.aligner.links import link_segments
from tithi.aligner.segments import Cut, cut_article
from tithi.records import Alignment, Article, Lang, SegmentLink, Source

DATES = dict(zip(ORDER, ["2018-03-05", "2019-07-12", "2021-02-01", "2022-11-09", "2023-04-22"], strict=True))
Told = list[tuple[list[str | None], list[str | None], str]]


def told(alignment: Alignment) -> Told:
    """Return the dates on both sides of each link and its basis, `!` added where dates contradict."""
    return [
        (
            [alignment.hi.segments[k].date for k in link.hi],
            [alignment.en.segments[k].date for k in link.en],
            link.basis + "!" * link.conflict,
        )
        for link in alignment.links
    ]


def is_right(alignment: Alignment, events: list[str] = ORDER) -> bool:
    """Whether the second sentences of the events have found each other (the first may hold the date)."""
    texts = {alignment.hi.text(bead.hi): alignment.en.text(bead.en) for bead in alignment.pairs()}
    second = [(EVENTS[event][1].split("। ")[1], EVENTS[event][2].split(". ")[1]) for event in events]
    return all(texts.get(hi) == en for hi, en in second)


SAME: Told = [([None], [None], "position")]
SAME.extend(([date], [date], "date") for date in DATES.values())


@pytest.mark.parametrize("form", [HEADED, OPENED])
def test_the_same_order(form: str) -> None:
    alignment = align(hindi(form=form), english(form=form))
    assert told(alignment) == SAME
    assert [bead.kind for bead in alignment.beads] == ["1-1"] * 11
    assert [bead.date for bead in alignment.beads] == [None, *(date for date in DATES.values() for _ in range(2))]


def test_headings_on_one_side_and_openers_on_the_other() -> None:
    alignment = align(hindi(form=OPENED), english(form=HEADED))
    assert told(alignment) == SAME
    assert [bead.kind for bead in alignment.beads] == ["1-1"] * 11


@pytest.mark.parametrize(
    ("hi", "en"),
    [(ORDER, ORDER[::-1]), (ORDER[::-1], ORDER), (ORDER[2:] + ORDER[:2], ORDER), (ORDER[::-1], ORDER[::-1])],
)
@pytest.mark.parametrize("form", [HEADED, OPENED])
def test_any_order(hi: list[str], en: list[str], form: str) -> None:
    alignment = align(hindi(hi, form=form), english(en, form=HEADED))
    assert told(alignment) == [SAME[0], *(([DATES[event]], [DATES[event]], "date") for event in hi)]
    assert [bead.kind for bead in alignment.beads] == ["1-1"] * 11
    assert is_right(alignment)


@pytest.mark.parametrize("event", ORDER)
def test_a_segment_without_counterpart(event: str) -> None:
    rest = [other for other in ORDER if other != event]
    missing = align(hindi(), english(rest))
    assert told(missing) == [(date, [], "none") if date == [DATES[event]] else row for row in SAME for date in row[:1]]
    assert [bead.kind for bead in missing.nulls()] == ["1-0", "1-0"]
    assert is_right(missing, rest)
    added = align(hindi(rest), english())
    assert told(added) == [*(row for row in SAME if row[0] != [DATES[event]]), ([], [DATES[event]], "none")]
    assert [bead.kind for bead in added.nulls()] == ["0-1", "0-1"]
    assert {bead.date for bead in added.nulls()} == {DATES[event]}


@pytest.mark.parametrize("swapped", [False, True])
def test_two_segments_of_the_same_date_are_told_apart_by_content(swapped: bool) -> None:
    order = ["bridge", "school", *ORDER[2:]] if swapped else ORDER
    alignment = align(hindi(dates={"bridge": "5 मार्च 2018"}), english(order, dates={"bridge": "March 5, 2018"}))
    assert told(alignment)[1:3] == [(["2018-03-05"], ["2018-03-05"], "date")] * 2
    assert is_right(alignment)


def test_a_range_on_one_side_and_two_days_on_the_other() -> None:
    hi = "16-17 मई, 2020\nपहले दिन मेले में पचास दुकानें लगीं। दूसरे दिन राज्यपाल ने मेला देखा।\n"
    en = "May 16, 2020\nOn the first day fifty stalls were set up at the fair.\nMay 17, 2020\n"
    en += "On the second day the governor visited the fair.\n"
    alignment = align(hindi(ORDER[:2]) + hi, english(ORDER[:2]) + en)
    assert told(alignment)[-1] == (["2020-05-16/2020-05-17"], ["2020-05-16", "2020-05-17"], "date")
    assert [bead.kind for bead in alignment.beads][-2:] == ["1-1", "1-1"]
    assert [bead.date for bead in alignment.beads][-2:] == ["2020-05-16/2020-05-17"] * 2


@pytest.mark.parametrize("event", ORDER[1:])
def test_a_wrong_date_on_one_side_is_overruled_by_content_and_marked(event: str) -> None:
    alignment = align(hindi(), english(dates={event: "August 30, 1999"}))
    assert told(alignment) == [
        (date, ["1999-08-30"], "content!") if date == [DATES[event]] else (date, same, basis)
        for date, same, basis in SAME
    ]
    assert is_right(alignment)


def test_two_dates_exchanged_on_one_side() -> None:
    exchanged = {"bridge": EVENTS["hospital"][0][1], "hospital": EVENTS["bridge"][0][1]}
    alignment = align(hindi(), english(dates=exchanged))
    assert told(alignment)[2:4] == [
        ([DATES["bridge"]], [DATES["hospital"]], "content!"),
        ([DATES["hospital"]], [DATES["bridge"]], "content!"),
    ]
    assert is_right(alignment)


def test_a_missing_date_leaves_its_text_to_the_segment_before_and_content_decides() -> None:
    alignment = align(hindi(), english(dates={"bridge": ""}))
    assert told(alignment)[1] == ([DATES["school"], DATES["bridge"]], [DATES["school"]], "date")
    assert is_right(alignment)
    assert [bead.date for bead in alignment.pairs()][3:5] == [DATES["bridge"]] * 2


@pytest.mark.parametrize("bare", ["hi", "en"])
def test_no_dates_at_all_on_one_side(bare: Lang) -> None:
    hi, en = hindi(form=BARE if bare == "hi" else HEADED), english(form=BARE if bare == "en" else HEADED)
    alignment = align(hi, en)
    assert [row[2] for row in told(alignment)] == ["content"]
    assert is_right(alignment)
    assert [bead.date for bead in alignment.beads] == [None, *(date for date in DATES.values() for _ in range(2))]


def test_no_dates_on_either_side() -> None:
    alignment = align(hindi(form=BARE), english(form=BARE))
    assert told(alignment) == [([None], [None], "position")]
    assert is_right(alignment)


def test_no_preamble_on_one_side() -> None:
    alignment = align(hindi().partition("\n")[2], english())
    assert told(alignment) == [*SAME[1:], ([], [None], "none")]
    assert is_right(alignment)


# --- links alone -----------------------------------------------------------------------------------------------------


def cut(lang: Lang, *dated: str) -> Cut:
    return cut_article(Article(lang, "\n".join(dated), Source("memory")))


def test_headings_without_text_are_linked_by_a_date_that_stands_once_on_each_side() -> None:
    hi, en = cut("hi", "2019", "2020", "2020", "2021"), cut("en", "2021", "2020", "2019")
    assert link_segments(hi, en, []) == [
        SegmentLink((0,), (2,), "date"),
        SegmentLink((1,), (), "none"),
        SegmentLink((2,), (), "none"),
        SegmentLink((3,), (0,), "date"),
        SegmentLink((), (1,), "none"),
    ]


def test_beads_overrule_dates() -> None:
    hi, en = cut("hi", "2019", "एक।", "2020", "दो।"), cut("en", "2019", "One.", "2020", "Two.")
    crossed = [Found((0, 1), (1, 2), 1.0), Found((1, 2), (0, 1), 1.0)]
    assert link_segments(hi, en, crossed) == [
        SegmentLink((0,), (1,), "content", conflict=True),
        SegmentLink((1,), (0,), "content", conflict=True),
    ]


def test_overlapping_dates_agree() -> None:
    hi, en = cut("hi", "मई 2019", "एक।"), cut("en", "May 5, 2019", "One.")
    assert link_segments(hi, en, [Found((0, 1), (0, 1), 1.0)]) == [SegmentLink((0,), (0,), "date")]
