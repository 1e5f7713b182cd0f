"""Scores put right by what stands around a bead: what they hang on, and what they must not change."""

from dataclasses import replace

import numpy as np
import pytest

from tithi.aligner.calibration import EVIDENCE, Calibration, Texts, evidence
from tithi.aligner.found import Found
from tithi.aligner.judge import load_judge
from tithi.records import Range

ONE, NULL = Found((0, 1), (0, 1), 0.8), Found((1, 2), (1, 1), 0.6)
MERGED, LARGER = Found((2, 4), (1, 2), 0.5), Found((4, 6), (2, 4), 1.0)
#: What a line twice as long as its neighbour tells.
TWICE = np.log(21 / 11)
#: Lines of equal lengths.
TEXTS: Texts = (["पंक्ति"] * 20, ["lines."] * 20)
AS_FOUND = Calibration(np.array([float(name == "odds") for name in EVIDENCE]))


def test_what_a_score_hangs_on() -> None:
    rows = evidence([ONE, NULL, MERGED, LARGER], [False, False, True, False], TEXTS)
    shown = [dict(zip(EVIDENCE, row.tolist(), strict=True)) for row in rows]
    assert [row["odds"] for row in shown] == pytest.approx([np.log(4), 0.0, 7.0])
    assert [row["alone"] for row in shown] == [0.1] * 3
    assert [row["beside"] for row in shown] == [0.5, 0.5, 0.0]
    assert [row["beside in doubt"] for row in shown] == pytest.approx([0.2, 0.2, 0.0])
    assert [(row["merged"], row["larger"]) for row in shown] == [(0, 0), (1, 0), (1, 1)]
    assert [row["moved"] for row in shown] == [0, 1, 0]
    assert [row["moved by odds"] for row in shown] == [0] * 3  # the one that moved is as likely as not
    assert evidence([ONE], [True], TEXTS)[0, EVIDENCE.index("moved by odds")] == pytest.approx(np.log(4))


def test_the_more_was_left_over_the_more_choices_each_moved_bead_had() -> None:
    beads, at = [ONE, NULL, MERGED, LARGER, Found((6, 6), (4, 5), 0.9)], EVIDENCE.index("moved by choices")
    choices = evidence(beads, [False, False, True, False, False], TEXTS)[:, at]
    assert choices.tolist() == pytest.approx([0, np.log(1 + (1 + 2) * (1 + 1)), 0])
    choices = evidence(beads, [True, False, True, False, False], TEXTS)[:, at]
    assert choices.tolist() == pytest.approx([np.log(1 + (1 + 3) * (1 + 2) / 4)] * 2 + [0])


@pytest.mark.parametrize(
    ("beads", "uneven"),
    [
        ([((0, 1), (0, 1)), ((1, 2), (1, 2)), ((2, 3), (2, 3))], [1, 1, 1]),
        ([((0, 1), (0, 1)), ((2, 3), (1, 2))], [0, 0]),  # one is left out
        ([((0, 1), (2, 3)), ((1, 2), (1, 2)), ((2, 3), (0, 1))], [1, 1, 1]),  # told backwards
        ([((0, 1), (0, 1)), ((1, 1), (1, 2)), ((1, 2), (2, 3)), ((2, 3), (3, 4))], [0, 1, 1]),
        ([((0, 1), (0, 1)), ((1, 2), (2, 3)), ((2, 3), (1, 2))], [0, 1, 1]),
        ([((0, 1), (0, 1)), ((1, 3), (1, 2))], [np.log(31 / 11) / TWICE] * 2),
        ([((0, 1), (0, 1))], [0]),
        ([], []),
    ],
)
def test_lengths_are_uneven_against_the_bead_that_follows_on_both_sides(
    beads: list[tuple[Range, Range]], uneven: list[float]
) -> None:
    hi, en = ["क" * 10, "क" * 20, "क" * 10, "क" * 10], ["x" * 10] * 4
    rows = evidence([Found(*bead, 0.9) for bead in beads], [False] * len(beads), (hi, en))
    assert rows[:, EVIDENCE.index("uneven")].tolist() == pytest.approx([times * TWICE for times in uneven])


@pytest.mark.parametrize("calibration", [AS_FOUND, load_judge().calibration])
def test_nulls_keep_their_score_and_every_score_is_a_probability(calibration: Calibration) -> None:
    found = [ONE, NULL, MERGED, replace(LARGER, score=0.0)]
    scores = calibration.scores(found, [False] * 4, TEXTS)
    assert scores[1] == NULL.score
    assert all(0 < score < 1 for score in scores)
    assert calibration.scores([], [], TEXTS) == []


def test_without_more_evidence_scores_are_those_of_the_search() -> None:
    assert AS_FOUND.scores([ONE, MERGED], [False, True], TEXTS) == pytest.approx([0.8, 0.5])


def test_what_ships_trusts_a_moved_bead_in_doubt_more_than_its_odds_say_and_a_likelier_one_more_still() -> None:
    calibration = load_judge().calibration
    scores = [
        [calibration.scores([replace(ONE, score=score), MERGED], [moved, False], TEXTS)[0] for score in (0.3, 0.6, 0.9)]
        for moved in (False, True)
    ]
    assert scores[1] == sorted(scores[1])
    assert scores[1][0] > scores[0][0]


def test_what_ships_trusts_a_likelier_bead_more_and_one_among_strangers_less() -> None:
    calibration = load_judge().calibration
    rising = [calibration.scores([replace(ONE, score=score)], [False], TEXTS)[0] for score in (0.1, 0.5, 0.9, 0.99)]
    assert rising == sorted(rising)
    strangers = [replace(NULL, hi=(k, k + 1)) for k in range(1, 9)]
    among = calibration.scores([ONE, *strangers], [False] * 9, TEXTS)[0]
    assert among < calibration.scores([ONE, MERGED], [False] * 2, TEXTS)[0]


def test_what_ships_trusts_a_bead_less_whose_neighbour_seems_to_have_a_part_of_it() -> None:
    calibration = load_judge().calibration
    row = [replace(ONE, hi=(k, k + 1), en=(k, k + 1), score=0.95) for k in range(3)]
    hi = ["नदी में पानी है"] * 3
    even = calibration.scores(row, [False] * 3, (hi, ["The river is full"] * 3))
    apart = calibration.scores(row, [False] * 3, (hi, ["The river", "is full. The river is full", "The river is full"]))
    assert [a < b for a, b in zip(apart, even, strict=True)] == [True] * 3


def test_what_ships_trusts_what_alone_has_moved_less_than_one_of_many() -> None:
    calibration = load_judge().calibration
    beads = [replace(ONE, hi=(k, k + 1), en=(k, k + 1)) for k in range(20)]
    beads += [replace(ONE, hi=(k, k + 1), en=(20, 20)) for k in range(20, 30)]
    beads += [replace(ONE, hi=(30, 30), en=(k, k + 1)) for k in range(20, 30)]
    texts = ["पंक्ति"] * 30, ["lines."] * 30

    def score(*moved: int) -> float:
        return calibration.scores(beads, [k in moved for k in range(40)], texts)[5]

    assert score(5) < score(*range(5, 10)) < score()
