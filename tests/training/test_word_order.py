"""What the network of word order learns from: texts, and after each the same words in another order."""

import numpy as np
import pytest

from tithi.evidence.order import CASES, FIRST, MARKS

torch = pytest.importorskip("torch")
net = pytest.importorskip("training.word_order_net")

_END, _OPEN, _CLOSE, _COMMA = (1 + list(MARKS).index(mark) for mark in ("end", "open", "close", "comma"))


def _text(*told: tuple[int, int]) -> np.ndarray:
    return np.array([row * CASES + case for row, case in told], np.int32)


#: A sentence with a capital at its start, brackets and an end; one without marks; a title.
TEXTS = [
    _text((20, 2), (21, 1), (_COMMA, 0), (22, 1), (_OPEN, 0), (23, 1), (24, 1), (_CLOSE, 0), (25, 1), (_END, 0)),
    _text((30, 0), (31, 0), (32, 0), (33, 0)),
    _text((40, 2), (41, 2), (42, 1)),
]


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_RARER", "_NO_CASE", "_NO_MARKS"):
        monkeypatch.setattr(net, name, 0.0)


def _pairs(seed: int) -> list[tuple[list[tuple[int, int]], list[tuple[int, int]]]]:
    texts = net.Texts(TEXTS, np.arange(60, dtype=np.int32))
    chosen = np.arange(len(TEXTS))
    rows, cases, owners, places = texts.pairs(chosen, np.random.default_rng(seed))
    told = [list(zip(rows[owners == i].tolist(), cases[owners == i].tolist(), strict=True)) for i in range(6)]
    assert all(places[owners == i].tolist() == list(range(len(told[i]))) for i in range(6))
    return list(zip(told[:3], told[3:], strict=True))


@pytest.mark.parametrize("stay", [0.0, 1.0])
@pytest.mark.parametrize("seed", range(8))
@pytest.mark.usefixtures("plain")
def test_a_text_comes_as_it_is_then_shuffled(stay: float, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(net, "_MARKS_STAY", stay)
    for text, (usual, shuffled) in zip(TEXTS, _pairs(seed), strict=True):
        assert [row for row, _ in usual] == (text // CASES).tolist()
        assert sorted(row for row, _ in usual) == sorted(row for row, _ in shuffled)
    (usual, shuffled), _, (title, _) = _pairs(seed)
    assert [case for _, case in title] == [0, 0, 0]
    marks = [[(i, row) for i, (row, _) in enumerate(told) if row < FIRST] for told in (usual, shuffled)]
    if stay:
        assert marks[0] == marks[1]
        assert [case for row, case in shuffled if row >= FIRST] == [2, 1, 1, 1, 1, 1]
    else:
        rows = [row for row, _ in shuffled]
        assert rows[rows.index(21) + 1] == _COMMA
        assert rows[rows.index(25) + 1] == _END
        assert rows[rows.index(_OPEN) + 1] == 23
        assert dict(shuffled)[20] == 2


def test_rare_words_are_read_by_their_last_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(net, "_RARER", 1.0)
    rarer = np.where(np.arange(60) < FIRST, np.arange(60), FIRST)
    texts = net.Texts(TEXTS, rarer.astype(np.int32))
    rows, *_ = texts.pairs(np.arange(3), np.random.default_rng(1))
    assert set(rows.tolist()) <= set(range(FIRST + 1))


def test_what_is_learnt_tells_a_text_from_its_words_in_another_order() -> None:
    rng = np.random.default_rng(3)
    # Odd and even rows in turn: an order that pairs of words tell.
    streams = [_text(*((FIRST + 2 * int(rng.integers(8)) + i % 2, 0) for i in range(10))) for _ in range(512)]
    learnt = net.learn(net.Texts(streams, np.arange(40, dtype=np.int32)), 40, 20)
    rows, cases, owners, places = net.Texts(streams, np.arange(40, dtype=np.int32)).pairs(np.arange(64), rng)
    odds = learnt(rows, cases, owners, places).detach().numpy()
    assert (odds[:64] > odds[64:]).mean() > 0.9
