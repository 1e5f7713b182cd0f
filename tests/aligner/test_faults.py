"""What one line can switch off unseen: the document's own habits, the rarity of numbers, walls between segments."""

from dataclasses import replace

import numpy as np
import pytest

from tithi.aligner.beads import decode, find_beads
from tithi.aligner.corridor import find_corridor, whole
from tithi.aligner.fits import fits_in
from tithi.aligner.judge import load_judge
from tithi.aligner.lattice import Side, build_lattice
from tithi.aligner.nodes import NONE
from tithi.aligner.search import look
from tithi.aligner.sides import make_sides
from tithi.aligner.ties import Ties, walls
from tithi.encoder import load

JUDGE = load_judge()


def test_a_document_told_one_to_one_makes_its_merges_less_likely() -> None:
    lattice = build_lattice(*(_plain(40), _plain(40)), whole(40, 40))
    scores = np.full(lattice.cosines.shape, NONE)
    corridor = lattice.corridor
    for k in range(1, 41):
        scores[corridor.offset[k] + k, 0, 0] = 3.0
    scores[corridor.offset[20] + 20, 1, 1] = 5.5  # against two beads of 3.0
    nulls = np.full(40, -4.0), np.full(40, -4.0)
    fits = fits_in(corridor, scores)
    first = look(corridor, fits, *nulls, -1.0).beads[corridor.offset[20] + 20, 1, 1]
    fixed = replace(JUDGE.habits, shift=np.zeros_like(JUDGE.habits.shift))
    seen: list[float] = []
    for habits in (JUDGE.habits, fixed):
        decode(
            lattice,
            fits,
            *nulls,
            -1.0,
            habits,
            observer=lambda _lattice, beads, _found: seen.append(float(beads[corridor.offset[20] + 20, 1, 1])),
        )
    assert seen[1] == pytest.approx(first, abs=1e-4)
    assert seen[0] < 0.7 * first


def test_a_number_of_half_the_sentences_tells_less_than_one_of_a_single_sentence() -> None:
    texts = ["5 लोग आए।", "5 घर बने।", "5 गाय 731 बार चरी।", "5 दिन"]
    hi, _en, _ = make_sides(texts, ["5 people", "5 houses", "731 times", "5 days"], load())
    rare, common = hi.weights[2, 0], hi.weights[2, 1]
    assert rare > 2 * common > 0
    assert hi.weights[0, 0] == common


@pytest.mark.parametrize("hard", [True, False])
def test_a_wall_is_paid_for(hard: bool) -> None:
    wall = walls([0, 2], [False, hard], 4, JUDGE.habits.crossing)
    assert wall.tolist() == [0, 0, NONE if hard else JUDGE.habits.crossing, 0, 0]


def test_no_bead_reaches_over_a_hard_wall_and_fewer_over_a_low_one() -> None:
    rows = np.eye(4, 8, dtype=np.float32)
    hi = _side(rows)
    en = _side(np.stack([rows[0], rows[1] + rows[2], rows[3]]))
    corridor = find_corridor(hi.sums, en.sums)
    assert corridor.offset[-1] == 20
    score = {}
    for name, price in (("none", 0.0), ("low", JUDGE.habits.crossing), ("hard", NONE)):
        wall = np.array([0, 0, price, 0, 0])
        undated = np.zeros(4, np.int64), np.zeros(3, np.int64), np.zeros((1, 1), np.int8)
        found = find_beads(hi, en, JUDGE, Ties(*undated, wall, np.zeros(4), np.zeros(3)))
        score[name] = sum(bead.score for bead in found if bead.hi == (1, 3) and bead.en == (1, 2))
    assert score["none"] > score["low"] > score["hard"] == 0


def _plain(count: int) -> Side:
    return _side(np.eye(count, dtype=np.float32))


def _side(rows: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Side:
    count = len(rows)
    return Side(
        rows,
        np.full(count, 60, np.float32),
        np.full((count, 1), -1),
        np.zeros((count, 1), np.float32),
        np.zeros(count, np.float32),
    )
