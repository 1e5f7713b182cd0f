"""Scores put right by what stands around a bead: what they hang on, and what they must not change."""

from dataclasses import replace

import numpy as np
import pytest

from tithi.aligner.calibration import EVIDENCE, Calibration, evidence
from tithi.aligner.found import Found
from tithi.aligner.judge import load_judge

ONE, NULL = Found((0, 1), (0, 1), 0.8), Found((1, 2), (1, 1), 0.6)
MERGED, LARGER = Found((2, 4), (1, 2), 0.5), Found((4, 6), (2, 4), 1.0)
AS_FOUND = Calibration(np.array([float(name == "odds") for name in EVIDENCE]))


def test_what_a_score_hangs_on() -> None:
    rows = evidence([ONE, NULL, MERGED, LARGER], [False, False, True, False])
    shown = [dict(zip(EVIDENCE, row.tolist(), strict=True)) for row in rows]
    assert [row["odds"] for row in shown] == pytest.approx([np.log(4), 0.0, 7.0])
    assert [row["alone"] for row in shown] == [0.1] * 3
    assert [row["beside"] for row in shown] == [0.5, 0.5, 0.0]
    assert [row["beside in doubt"] for row in shown] == pytest.approx([0.2, 0.2, 0.0])
    assert [(row["merged"], row["larger"]) for row in shown] == [(0, 0), (1, 0), (1, 1)]
    assert [(row["moved"], row["moved by alone"]) for row in shown] == [(0, 0), (1, 0.1), (0, 0)]
    many = evidence([ONE, NULL, MERGED, LARGER], [True, False, True, False])[:, EVIDENCE.index("moved by many")]
    assert many.tolist() == pytest.approx([np.log(2), np.log(2), 0])


@pytest.mark.parametrize("calibration", [AS_FOUND, load_judge().calibration])
def test_nulls_keep_their_score_and_every_score_is_a_probability(calibration: Calibration) -> None:
    found = [ONE, NULL, MERGED, replace(LARGER, score=0.0)]
    scores = calibration.scores(found, [False] * 4)
    assert scores[1] == NULL.score
    assert all(0 < score < 1 for score in scores)
    assert calibration.scores([], []) == []


def test_without_more_evidence_scores_are_those_of_the_search() -> None:
    assert AS_FOUND.scores([ONE, MERGED], [False, True]) == pytest.approx([0.8, 0.5])


def test_what_ships_trusts_a_likelier_bead_more_and_one_among_strangers_less() -> None:
    calibration = load_judge().calibration
    rising = [calibration.scores([replace(ONE, score=score)], [False])[0] for score in (0.1, 0.5, 0.9, 0.99)]
    assert rising == sorted(rising)
    strangers = [replace(NULL, hi=(k, k + 1)) for k in range(1, 9)]
    assert calibration.scores([ONE, *strangers], [False] * 9)[0] < calibration.scores([ONE, MERGED], [False] * 2)[0]


def test_what_ships_trusts_what_alone_has_moved_less_than_one_of_many() -> None:
    calibration = load_judge().calibration
    row = [replace(ONE, hi=(k, k + 1), en=(k, k + 1)) for k in range(20)]
    single = calibration.scores(row, [k == 5 for k in range(20)])[5]
    assert single < calibration.scores(row, [5 <= k < 10 for k in range(20)])[5]
    assert single < calibration.scores(row, [False] * 20)[5]
