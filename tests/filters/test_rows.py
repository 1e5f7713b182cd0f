"""Each filter by rows of real life: what it must drop and what it must keep at `standard`."""

from pathlib import Path

import pytest

from tithi.filters.config import preset
from tithi.filters.filters import BY_NAME
from tithi.filters.judge import judge, scores
from tithi.filters.verdict import Row
from tithi.records import TextPair

LINES = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("rows.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
STANDARD = preset("standard")


def row(hi: str, en: str) -> Row:
    return Row(TextPair("table:1", hi, en), "table", "table")


@pytest.mark.parametrize(("name", "wanted", "hi", "en"), LINES)
def test_a_filter_drops_what_it_must_and_no_more(name: str, wanted: str, hi: str, en: str) -> None:
    told = scores([row(hi, en)], [name])[0].get(name)
    dropped = told is not None and BY_NAME[name].passes(told[0], STANDARD[name])
    assert dropped == (wanted == "dropped"), told


@pytest.mark.parametrize(("hi", "en"), [line[2:] for line in LINES if line[1] == "kept"])
def test_good_pairs_pass_all_filters(hi: str, en: str) -> None:
    assert judge([row(hi, en)], STANDARD) == [None]


@pytest.mark.parametrize(("hi", "en"), [line[2:] for line in LINES if line[1] == "dropped"])
def test_bad_pairs_are_dropped_with_filter_score_and_threshold(hi: str, en: str) -> None:
    (verdict,) = judge([row(hi, en)], STANDARD)
    assert verdict is not None
    assert BY_NAME[verdict.filter].passes(verdict.score, verdict.threshold)
    assert verdict.threshold == STANDARD[verdict.filter]


def test_what_both_sides_say_again_is_no_repeat_though_one_takes_fewer_words() -> None:
    both = row("पंखे की ऊँचाई कम करें, फिर पंखे की ऊँचाई कम करें।", "Lower the fan, then lower the fan.")
    alone = row("पंखे की ऊँचाई कम करें, फिर पंखे की ऊँचाई कम करें।", "Lower the height of the fan.")
    assert [told["repeats"][0] > STANDARD["repeats"] for told in scores([both, alone], ["repeats"])] == [False, True]


def test_shifted_lines_are_told_by_their_neighbours() -> None:
    pairs = [line[2:] for line in LINES if line[1] == "kept" and len(line[2].split()) > 4 < len(line[3].split())]
    pairs = list(dict.fromkeys(pairs))
    shifted = [(hi, en) for (hi, _), (_, en) in zip(pairs, pairs[1:] + pairs[:1], strict=True)]
    assert judge([row(hi, en) for hi, en in pairs], {"margin": 0.0}) == [None] * len(pairs)
    dropped = judge([row(hi, en) for hi, en in shifted], {"margin": 0.0})
    assert sum(verdict is not None for verdict in dropped) >= 0.9 * len(pairs)


def test_neighbours_of_another_article_are_not_compared() -> None:
    pairs = [line[2:] for line in LINES if line[:2] == ("quality", "kept")]
    rows = [Row(TextPair("table:1", hi, en), "table", str(i)) for i, (hi, en) in enumerate(pairs)]
    assert all("margin" not in told for told in scores(rows, ["margin"]))


def test_short_lines_that_are_alike_are_no_shift() -> None:
    menu = [("कॉपी", "Copy"), ("चिपकाएँ", "Paste"), ("पाठ चिपकाएँ", "Paste text"), ("पाठ कॉपी", "Copy text")]
    assert all("margin" not in told for told in scores([row(hi, en) for hi, en in menu], ["margin"]))


def test_a_blank_within_a_figure_makes_no_other_figure() -> None:
    (told,) = scores([row("कुल 1,65,827 लोग आए।", "In all 1, 65,827 people came.")], ["figures"])
    assert told["figures"][0] == 0
