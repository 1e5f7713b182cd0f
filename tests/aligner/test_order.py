"""The order of the English segments: any permutation is undone, and nothing moves without evidence."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tithi.aligner.order import english_order
from tithi.encoder.protocol import FloatArray

DIM = 64


def sentences(count: int, seed: int) -> FloatArray:
    rows = np.random.default_rng(seed).normal(size=(count, DIM))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def starts(sizes: list[int]) -> list[int]:
    return [int(start) for start in np.cumsum([0, *sizes])[:-1]]


def order_of(
    sizes: list[int], order: list[int], seed: int, agreement: NDArray[np.int8] | None = None, noise: float = 0.5
) -> tuple[list[int], list[int]]:
    """Tell segments of `sizes` sentences in another order in English; return the order found and the right one."""
    hi = sentences(sum(sizes), seed)
    firsts = starts(sizes)
    rows = [k for segment in order for k in range(firsts[segment], firsts[segment] + sizes[segment])]
    en = np.asarray(hi[rows] + noise * sentences(len(rows), seed + 1), np.float32)
    if agreement is None:
        agreement = np.zeros((len(sizes), len(sizes)), np.int8)
    ranges = english_order(hi, en, firsts, starts([sizes[segment] for segment in order]), agreement)
    read = [k for first, last in ranges for k in range(first, last)]
    return read, np.argsort(rows).tolist()


@pytest.mark.parametrize("sizes", [[3, 3, 3], [1, 4, 2, 5], [2] * 9])
@pytest.mark.parametrize("seed", range(4))
def test_reversed_segments_are_read_backwards(sizes: list[int], seed: int) -> None:
    read, right = order_of(sizes, list(range(len(sizes)))[::-1], seed)
    assert read == right


@given(st.permutations(range(6)), st.integers(0, 100))
@settings(max_examples=25, deadline=None)
def test_any_permutation_is_undone(order: list[int], seed: int) -> None:
    read, right = order_of([3] * 6, order, seed)
    assert read == right


@given(st.lists(st.integers(1, 5), min_size=2, max_size=8), st.integers(0, 100))
@settings(max_examples=25, deadline=None)
def test_what_is_in_order_stays(sizes: list[int], seed: int) -> None:
    read, _right = order_of(sizes, list(range(len(sizes))), seed)
    assert read == list(range(sum(sizes)))


@given(st.integers(0, 12), st.integers(0, 12), st.lists(st.integers(0, 12), max_size=5), st.integers(0, 50))
@settings(max_examples=60, deadline=None)
def test_unrelated_text_is_read_once_whatever_happens(n: int, m: int, cuts: list[int], seed: int) -> None:
    starts_hi = sorted({0, *(cut for cut in cuts if cut < n)})
    starts_en = sorted({0, *(cut for cut in cuts if cut < m)})
    agreement = np.asarray(np.random.default_rng(seed).integers(-1, 2, (len(starts_hi), len(starts_en))), np.int8)
    ranges = english_order(sentences(n, seed), sentences(m, seed + 1), starts_hi, starts_en, agreement)
    assert sorted(k for first, last in ranges for k in range(first, last)) == list(range(m))
    assert all(first < last for first, last in ranges) or m == 0


def test_one_segment_on_either_side_keeps_the_order() -> None:
    hi, en = sentences(6, 0), sentences(6, 0)[::-1].copy()
    assert english_order(hi, en, [0], [0, 3], np.zeros((1, 2), np.int8)) == [(0, 6)]
    assert english_order(hi, en, [0, 3], [0], np.zeros((2, 1), np.int8)) == [(0, 6)]


def test_content_wins_over_dates_that_contradict_it() -> None:
    wrong = np.full((4, 4), -1, np.int8)
    for k in range(4):
        wrong[k, (k + 1) % 4] = 1  # every date names the neighbour
    read, _right = order_of([3] * 4, [0, 1, 2, 3], 5, wrong, noise=0.3)
    assert read == list(range(12))
