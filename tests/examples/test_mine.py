"""The example that mines pairs: what it finds is what looking at every pair finds."""

import runpy
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("usearch", reason="the example searches with usearch")
Floats = NDArray[np.float32]
mine: Callable[..., list[tuple[float, int, int]]] = runpy.run_path(str(Path(__file__).parents[2] / "examples/mine.py"))[
    "mine"
]


def unit_rows(rows: Floats) -> Floats:
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    units: Floats = np.divide(rows, norms, out=np.zeros_like(rows), where=norms > 0).astype(np.float32)
    return units


def by_hand(hi: Floats, en: Floats, neighbours: int = 4) -> set[tuple[int, int]]:
    """Return the pairs that choose each other by margin among each one's nearest, every cosine computed."""
    cosines = hi @ en.T

    def near(rows: Floats) -> Floats:
        means: Floats = np.sort(rows, axis=1)[:, -neighbours:].sum(axis=1) / neighbours
        return means

    margins = cosines / ((near(cosines)[:, None] + near(cosines.T)[None, :]) / 2)
    ranks = [np.argsort(np.argsort(-side, axis=1), axis=1) < neighbours for side in (cosines, cosines.T)]
    best_en = np.where(ranks[0], margins, -np.inf).argmax(axis=1)
    best_hi = np.where(ranks[1], margins.T, -np.inf).argmax(axis=1)
    return {(row, int(en_row)) for row, en_row in enumerate(best_en) if best_hi[en_row] == row}


@pytest.mark.parametrize("seed", range(3))
def test_it_finds_what_a_look_at_every_pair_finds(seed: int) -> None:
    chance = np.random.default_rng(seed)
    meanings = chance.normal(size=(120, 32)) + 1.0  # a common part, so that cosines are positive as those of texts
    hi = unit_rows((meanings[:90] + 0.4 * chance.normal(size=(90, 32))).astype(np.float32))
    en = unit_rows((meanings[30:] + 0.4 * chance.normal(size=(90, 32))).astype(np.float32))
    found = {(hi_row, en_row) for _, hi_row, en_row in mine(hi, en, 1)}
    expected = by_hand(hi, en)
    assert len(found & expected) >= 0.97 * len(found | expected)  # half precision decides a near tie otherwise
    assert sum(hi_row == en_row + 30 for hi_row, en_row in found) >= 55


def test_few_and_blank_texts() -> None:
    rows = np.eye(4, dtype=np.float32)
    rows[2] = 0
    assert {pair[1:] for pair in mine(rows, rows, 1)} == {(0, 0), (1, 1), (3, 3)}
    assert mine(rows[2:3], rows, 1) == []
    assert mine(rows, rows[2:3], 1) == []
    ((margin, hi, en),) = mine(rows[:1], rows[:1], 1)
    assert (hi, en) == (0, 0)
    assert margin == pytest.approx(4.0, rel=1e-2)


def test_the_best_come_first() -> None:
    chance = np.random.default_rng(5)
    rows = unit_rows(chance.normal(size=(30, 8)).astype(np.float32) + 1)
    margins = [pair[0] for pair in mine(rows, rows[::-1].copy(), 1)]
    assert margins == sorted(margins, reverse=True)
    assert len(margins) >= 25
