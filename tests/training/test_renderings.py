"""How phrases are learnt: words of toy texts are linked, links of both ways joined, phrases cut out of them."""

from itertools import pairwise

import numpy as np
import pytest

from training.renderings import KEPT, Phrases, _table, _weighed
from training.word_alignment import Texts, join, links

#: Hindi words of each English one, English words of each Hindi one (-1: none), and the links that both come to.
JOINED = [
    ([0, 1], [0, 1], {(0, 0), (1, 1)}),
    ([0, 0], [0], {(0, 0), (0, 1)}),
    ([0, -1], [0, 0], {(0, 0), (1, 0)}),
    ([-1, 1], [0, -1], {(0, 0), (1, 1)}),
    ([-1], [-1], set()),
    ([2, 0, 0], [1, 2, 0], {(2, 0), (0, 1), (0, 2), (1, 2)}),
]


@pytest.mark.parametrize(("hi_of", "en_of", "expected"), JOINED)
def test_links_are_joined(hi_of: list[int], en_of: list[int], expected: set[tuple[int, int]]) -> None:
    linked = np.ones((len(en_of), len(hi_of)), np.int8)
    hi_taken, en_taken = np.ones(len(en_of), np.int8), np.ones(len(hi_of), np.int8)
    join(np.array(hi_of), np.array(en_of), linked, hi_taken, en_taken)
    assert set(zip(*map(np.ndarray.tolist, np.nonzero(linked)), strict=True)) == expected
    assert np.array_equal(hi_taken, linked.max(axis=1))
    assert np.array_equal(en_taken, linked.max(axis=0))


def test_words_of_toy_texts_are_linked() -> None:
    # Each word i has the one translation i; texts of the other side are in reverse order.
    rng = np.random.default_rng(3)
    given = [rng.permutation(12)[: rng.integers(2, 7)] for _ in range(300)]
    starts = np.cumsum([0, *map(len, given)])
    hi = Texts(starts, np.concatenate(given), 12)
    en = Texts(starts, np.concatenate([text[::-1] for text in given]), 12)
    found = links(hi, en, np.ones(len(given)))
    right = np.concatenate([np.arange(len(text))[::-1] for text in given])
    assert (found == right).mean() > 0.97


def test_only_what_meets_oftener_than_by_chance_is_kept() -> None:
    key = np.arange(3, dtype=np.uint64)
    found = Phrases(key, key, np.array([50, 2, 2]), np.array([60, 2, 900]), np.array([55, 2, 900]))
    chances, ratios = _weighed(found, 1000)
    assert ratios[0] > ratios[1] > 0 == ratios[2]
    assert chances[0] > chances[2] > 0
    assert chances.max() <= 1


def test_the_table_has_what_it_was_given() -> None:
    rng = np.random.default_rng(4)
    hi = np.repeat(np.arange(1, 9, dtype=np.uint64) << np.uint64(32), 3)
    en = np.tile(np.arange(1, 4, dtype=np.uint64) << np.uint64(33), 8)
    order = rng.permutation(24)
    chances = np.linspace(0.05, 1.0, 24)
    table = _table(hi[order], en[order], chances[order])
    assert table["counts"].tolist() == [3] * 8
    assert max(table["counts"]) <= KEPT
    halves = table["chances"].astype(np.int64)
    levels = np.stack((halves >> 4, halves & 15), axis=1).ravel()
    starts = np.cumsum([0, *table["counts"]])
    for p, (start, stop) in enumerate(pairwise(starts.tolist())):
        assert table["hi_keys"][p] == p + 1
        assert table["en_keys"][table["entries"][start:stop]].tolist() == [2, 4, 6]
        assert levels[start:stop].tolist() == np.rint(15 * np.sqrt(chances[3 * p : 3 * p + 3])).tolist()
