"""The search against brute force on small lattices, and what must hold of the beads it finds."""

from collections.abc import Iterator
from itertools import pairwise
from math import exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tithi.aligner.alignment import align
from tithi.aligner.beads import find_beads
from tithi.aligner.corridor import find_corridor, heaviest_chain, whole
from tithi.aligner.fits import fits_in
from tithi.aligner.found import Found
from tithi.aligner.judge import load_judge
from tithi.aligner.lattice import Side, build_lattice
from tithi.aligner.nodes import NONE, Corridor
from tithi.aligner.path import best_path
from tithi.aligner.search import look
from tithi.aligner.sides import make_sides
from tithi.encoder import load
from tithi.encoder.protocol import FloatArray
from tithi.errors import DataError
from tithi.records import Lang

Floats = NDArray[np.float64]
Path = list[tuple[int, int]]
JUDGE = load_judge()


# --- against brute force ---------------------------------------------------------------------------------------------


class Small:
    """A lattice with random scores: a corridor, bead scores (some missing), null scores."""

    def __init__(self, n: int, m: int, seed: int, corridor: Corridor | None = None) -> None:
        random = np.random.default_rng(seed)
        self.n, self.m = n, m
        self.corridor = corridor or whole(n, m)
        self.low, self.high, self.offset = self.corridor.low, self.corridor.high, self.corridor.offset
        self.beads = random.normal(0, 2, (int(self.offset[-1]), 4, 4))
        self.beads[random.random(self.beads.shape) < 0.2] = NONE
        self.null_hi, self.null_en = random.normal(-1, 1, n), random.normal(-1, 1, m)
        self.opening = float(random.normal(-1, 0.5))

    def node(self, i: int, j: int) -> int | None:
        if 0 <= i <= self.n and self.low[i] <= j < self.high[i]:
            return int(self.offset[i] + j - self.low[i])
        return None

    def steps(self, i: int, j: int) -> Iterator[tuple[int, int]]:
        """Yield the steps that lead on from (i, j)."""
        for p in range(5):
            for q in range(5):
                node = self.node(i + p, j + q)
                is_null = p + q == 1
                if node is not None and (is_null or (p and q and self.beads[node, p - 1, q - 1] > NONE / 2)):
                    yield p, q

    def paths(self, i: int = 0, j: int = 0) -> Iterator[Path]:
        """Yield every way from (i, j) to the end."""
        if (i, j) == (self.n, self.m):
            yield []
            return
        for p, q in self.steps(i, j):
            for rest in self.paths(i + p, j + q):
                yield [(p, q), *rest]

    def weight(self, path: Path) -> float:
        """Return the log weight of a way: beads, nulls, and `opening` for each run of nulls of one side."""
        total, i, j, before = 0.0, 0, 0, (1, 1)
        for step in path:
            i, j = i + step[0], j + step[1]
            if 0 in step:
                total += float(self.null_hi[i - 1] if step[0] else self.null_en[j - 1])
                total += self.opening if step != before else 0.0
            else:
                total += float(self.beads[self.node(i, j), step[0] - 1, step[1] - 1])
            before = step
        return total


def check(small: Small) -> None:
    """Compare partition function, probabilities and best path with the sums over all ways."""
    corridor = Corridor(small.low, small.high)
    fits = fits_in(corridor, small.beads)
    scored = (fits, small.null_hi, small.null_en, small.opening)
    told = look(corridor, *scored)
    paths = [(path, exp(small.weight(path))) for path in small.paths()]
    total = sum(weight for _path, weight in paths)
    assert told.total == pytest.approx(log(total))
    expected = np.zeros(told.beads.shape)
    expected_nulls, expected_starts = (np.zeros(small.n), np.zeros(small.m)), 0.0
    for path, weight in paths:
        i, j, before = 0, 0, (1, 1)
        for p, q in path:
            i, j = i + p, j + q
            node = small.node(i, j)
            if p and q:
                expected[node, p - 1, q - 1] += weight / total
            else:
                expected_nulls[q][(i, j)[q] - 1] += weight / total
                expected_starts += weight / total if (p, q) != before else 0.0
            before = (p, q)
    np.testing.assert_allclose(told.beads, expected, atol=1e-6)
    np.testing.assert_allclose(told.shapes, expected.sum(axis=0), atol=1e-6)
    np.testing.assert_allclose(told.hi, expected_nulls[0], atol=1e-6)
    np.testing.assert_allclose(told.en, expected_nulls[1], atol=1e-6)
    assert told.starts == pytest.approx(expected_starts)

    found = [tuple(step) for step in best_path(corridor, fits, expected, *expected_nulls).tolist()]

    def value(path: Path) -> float:
        sums, i, j = 0.0, 0, 0
        for p, q in path:
            i, j = i + p, j + q
            node = small.node(i, j)
            sums += float((p + q) * expected[node, p - 1, q - 1] if p and q else expected_nulls[q][(i, j)[q] - 1])
        return sums

    assert found in [path for path, _weight in paths]
    assert value(found) == pytest.approx(max(value(path) for path, _weight in paths))


@pytest.mark.parametrize(("n", "m"), [(0, 0), (1, 0), (0, 3), (1, 1), (2, 1), (1, 5), (3, 3), (4, 2), (4, 4), (5, 4)])
def test_probabilities_and_best_path_equal_brute_force(n: int, m: int) -> None:
    for seed in range(3 if n * m < 16 else 1):
        check(Small(n, m, 100 * n + 10 * m + seed))


def test_the_same_on_five_by_five() -> None:
    small = Small(5, 5, 55)
    small.beads[np.random.default_rng(0).random(small.beads.shape) < 0.4] = NONE  # fewer ways to write down
    check(small)


@pytest.mark.parametrize("seed", range(6))
def test_the_same_within_a_corridor(seed: int) -> None:
    low = np.array([0, 0, 0, 1, 2], np.int64)
    high = np.array([2 + seed % 2, 3, 3 + seed % 3, 5, 5], np.int64)
    check(Small(4, 4, seed, Corridor(low, np.maximum.accumulate(high))))


def test_beads_outside_of_the_corridor_do_not_fit() -> None:
    corridor = Corridor(np.array([0, 0, 2], np.int64), np.array([2, 3, 4], np.int64))
    small = Small(2, 3, 1, corridor)
    fits = fits_in(corridor, small.beads)
    inside = np.full(small.beads.shape, NONE)
    for i, j, p, q in np.ndindex(3, 4, 4, 4):
        node = small.node(i, j)
        if node is not None and small.node(i - p - 1, j - q - 1) is not None and small.beads[node, p, q] > NONE / 2:
            inside[node, p, q] = small.beads[node, p, q]
    assert np.array_equal(fits.grid(), inside)
    assert len(fits.scores) == np.count_nonzero(inside > NONE / 2) > 3


@pytest.mark.parametrize("size", [3, 70])
def test_the_judge_lists_the_beads_that_its_grid_holds(size: int) -> None:
    texts = [f"{['नदी', 'गाँव', 'वर्षा'][k % 3]} {k} लोग आए और {k * k} घर बने।" for k in range(size)]
    hi, en, _ = make_sides(texts, [f"{k} people came and {k * k} houses were built." for k in range(size)], load())
    lattice = build_lattice(hi, en, find_corridor(hi.sums, en.sums))
    fits = JUDGE.beads(lattice)
    again = fits_in(lattice.corridor, fits.grid())
    for name in ("first", "starts", "cells", "scores"):
        assert np.array_equal(getattr(fits, name), getattr(again, name)), name


@pytest.mark.parametrize("steep", [1.0, 20.0])
def test_weights_beyond_any_float_are_summed(steep: float) -> None:
    """Of forty sentences with scores of such size the weights of ways lie thousands of powers of ten apart."""
    small = Small(40, 40, 7)
    small.beads = np.where(small.beads > NONE / 2, steep * small.beads, NONE)
    small.null_hi, small.null_en = steep * small.null_hi, steep * small.null_en
    sums = np.full((len(small.beads), 3), -np.inf)
    sums[0, 0] = 0.0
    for i, j in np.ndindex(41, 41):
        for node, (p, q) in ((small.node(i - p, j - q), (p, q)) for p, q in np.ndindex(5, 5)):
            if node is None or (0 in (p, q) and p + q != 1):
                continue
            here, layer = small.node(i, j), 2 if q == 1 and not p else int(not q)
            pays = small.opening * (np.arange(3) != layer)
            value = (
                small.beads[here, p - 1, q - 1] if p and q else (small.null_hi[i - 1] if p else small.null_en[j - 1])
            )
            ways = np.append(sums[node] + (pays if layer else 0.0) + value, sums[here, layer])
            sums[here, layer] = np.logaddexp.reduce(ways)
    told = look(small.corridor, fits_in(small.corridor, small.beads), small.null_hi, small.null_en, small.opening)
    assert told.total == pytest.approx(float(np.logaddexp.reduce(sums[-1])))
    of_hi, of_en = told.hi.copy(), told.en.copy()
    for node, p, q in np.argwhere(told.beads > 0).tolist():
        i, j = divmod(node, 41)
        of_hi[i - p - 1 : i] += told.beads[node, p, q]
        of_en[j - q - 1 : j] += told.beads[node, p, q]
    np.testing.assert_allclose(np.append(of_hi, of_en), 1, atol=1e-4)  # every sentence is somewhere


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(1, 9)), max_size=9))
@settings(deadline=None, max_examples=50)
def test_the_heaviest_chain_equals_brute_force(items: list[tuple[int, int]]) -> None:
    columns = np.array([column for column, _weight in items], np.int64)
    weights = np.array([weight for _column, weight in items], np.float64)
    chain = heaviest_chain(columns, weights).tolist()
    best = 0.0
    for bits in range(1 << len(items)):
        kept = [k for k in range(len(items)) if bits >> k & 1]
        if all(columns[a] < columns[b] for a, b in pairwise(kept)):
            best = max(best, sum(weights[k] for k in kept))
    assert all(a < b and columns[a] < columns[b] for a, b in pairwise(chain))
    assert sum(weights[k] for k in chain) == best


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 9))
@settings(max_examples=30, deadline=None)
def test_a_corridor_has_a_way_through(n: int, m: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    if n == 0 or m == 0:
        return
    corridor = find_corridor(_unit(random.normal(size=(n, 8))), _unit(random.normal(size=(m, 8))))
    low, high = corridor.low, corridor.high
    assert (len(low), len(high)) == (n + 1, n + 1)
    assert (low[0], high[-1]) == (0, m + 1)
    assert (low >= 0).all()
    assert (high <= m + 1).all()
    assert (np.diff(low) >= 0).all()
    assert (np.diff(high) >= 0).all()
    assert (low[1:] < high[:-1]).all()  # neighbouring rows share a column


# --- what must hold of beads -----------------------------------------------------------------------------------------


def _unit(rows: NDArray[np.float64]) -> FloatArray:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def side(sums: FloatArray, lengths: Floats | None = None) -> Side:
    n = len(sums)
    lengths = np.full(n, 60.0) if lengths is None else lengths
    return Side(
        np.asarray(sums, np.float32),
        np.asarray(lengths, np.float32),
        np.full((n, 8), -1, np.int64),
        np.zeros((n, 8), np.float32),
        np.zeros(n, np.float32),
    )


def planted(kinds: str, seed: int, noise: float = 0.6) -> tuple[Side, Side, list[tuple[int, int]]]:
    """Return two sides made of beads of the named kinds (1: 1-1, m: 1-2, w: 2-1, h: 1-0, e: 0-1), and the beads."""
    random = np.random.default_rng(seed)
    shapes = {"1": (1, 1), "m": (1, 2), "w": (2, 1), "h": (1, 0), "e": (0, 1)}
    hi: list[FloatArray] = []
    en: list[FloatArray] = []
    beads = []
    for kind in kinds:
        p, q = shapes[kind]
        parts = _unit(random.normal(size=(max(p, q), 64)))
        other = parts + noise * _unit(random.normal(size=parts.shape))
        hi.extend(parts if p >= q else [parts.sum(axis=0)] * p)
        en.extend(other if q >= p else [other.sum(axis=0)] * q)
        beads.append((p, q))
    return _planted_side(hi), _planted_side(en), beads


def _planted_side(rows: list[FloatArray]) -> Side:
    sums = np.array(rows, np.float32).reshape(len(rows), 64)
    return side(sums, 60.0 * np.maximum(np.linalg.norm(sums, axis=1).round() ** 2, 1))


def shapes(found: list[Found]) -> list[tuple[int, int]]:
    return [(bead.hi[1] - bead.hi[0], bead.en[1] - bead.en[0]) for bead in found]


def is_complete(found: list[Found], n: int, m: int) -> bool:
    """Whether the beads hold every sentence once, in order, with nulls of single sentences and scores in [0, 1]."""
    i = j = 0
    for bead in found:
        p, q = bead.hi[1] - bead.hi[0], bead.en[1] - bead.en[0]
        if (bead.hi[0], bead.en[0]) != (i, j) or not 0 <= bead.score <= 1:
            return False
        if max(p, q) > 12 or p + q < 1 or (min(p, q) == 0 and p + q != 1):
            return False
        i, j = bead.hi[1], bead.en[1]
    return (i, j) == (n, m)


def content(found: list[Found]) -> dict[tuple[tuple[int, ...], tuple[int, ...]], float]:
    """Map the sentences of each bead to its score, whatever stands where."""
    return {(tuple(range(*bead.hi)), tuple(range(*bead.en))): bead.score for bead in found}


KINDS = st.text("11111mwhe", min_size=1, max_size=20)


@given(KINDS, st.integers(0, 1000))
@settings(max_examples=30, deadline=None)
def test_planted_beads_leave_nothing_out(kinds: str, seed: int) -> None:
    hi, en, _beads = planted(kinds, seed)
    assert is_complete(find_beads(hi, en, JUDGE), len(hi.sums), len(en.sums))


def test_clear_beads_are_found() -> None:
    hi, en, beads = planted("11m1w1h11e1", 3, noise=0.3)
    assert shapes(find_beads(hi, en, JUDGE)) == beads


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 1000))
@settings(max_examples=30, deadline=None)
def test_random_vectors_leave_nothing_out(n: int, m: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    hi = side(np.asarray(random.normal(size=(n, 16)), np.float32), random.integers(0, 200, n).astype(np.float64))
    en = side(np.asarray(random.normal(size=(m, 16)), np.float32), random.integers(0, 200, m).astype(np.float64))
    assert is_complete(find_beads(hi, en, JUDGE), n, m)


@given(KINDS, st.integers(0, 1000))
@settings(max_examples=30, deadline=None)
def test_swapping_the_sides_mirrors_the_beads(kinds: str, seed: int) -> None:
    hi, en, _beads = planted(kinds, seed, noise=0.3)
    there, back = content(find_beads(hi, en, JUDGE)), content(find_beads(en, hi, JUDGE))
    mirrored = {(right, left): score for (left, right), score in back.items()}
    # The length term measures Hindi against English: the one thing that does not mirror to the last digit. Where the
    # search is of two minds that may tip the scale, nowhere else.
    for bead in there.keys() | mirrored.keys():
        if max(there.get(bead, 0), mirrored.get(bead, 0)) > 0.8:
            assert there.get(bead) == pytest.approx(mirrored.get(bead), abs=0.25)


def test_clear_beads_mirror_exactly() -> None:
    hi, en, beads = planted("11m1w1h11e1", 3, noise=0.3)
    assert shapes(find_beads(en, hi, JUDGE)) == [(q, p) for p, q in beads]


@given(KINDS, st.integers(0, 1000), st.sampled_from(["hi", "en"]))
@settings(max_examples=30, deadline=None)
def test_a_foreign_sentence_at_the_end_changes_the_beads_next_to_it_alone(kinds: str, seed: int, where: Lang) -> None:
    hi, en, _beads = planted(kinds + "1", seed, noise=0.3)
    before = find_beads(hi, en, JUDGE)
    stranger = _unit(np.random.default_rng(seed + 5000).normal(size=(1, 64)))
    longer = {"hi": hi, "en": en}
    longer[where] = side(
        np.concatenate([longer[where].sums, stranger]), np.append(longer[where].lengths, 60.0).astype(np.float64)
    )
    after = find_beads(longer["hi"], longer["en"], JUDGE)
    sure = [bead for bead in before[:-1] if bead.score > 0.8]
    assert content(sure).keys() <= content(after).keys()


# --- bad and large input ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("n", "m"), [(0, 0), (3, 0), (0, 3)])
def test_one_side_empty(n: int, m: int) -> None:
    found = find_beads(side(np.ones((n, 4), np.float32)), side(np.ones((m, 4), np.float32)), JUDGE)
    assert is_complete(found, n, m)
    assert all(bead.score == 1.0 for bead in found)


@pytest.mark.parametrize(("n", "m"), [(1, 10_000), (10_000, 1), (2_000, 3_000)])
def test_lopsided_and_long_documents(n: int, m: int) -> None:
    random = np.random.default_rng(1)
    hi, en = (side(np.asarray(random.normal(size=(k, 16)), np.float32)) for k in (n, m))
    assert is_complete(find_beads(hi, en, JUDGE), n, m)


def test_a_long_document_is_searched_near_its_diagonal() -> None:
    hi, en, beads = planted("1" * 700 + "h" * 60 + "1m" * 300 + "e" * 60 + "w1" * 300, 7, noise=0.3)
    corridor = find_corridor(hi.sums, en.sums)
    assert corridor.offset[-1] < 0.2 * len(hi.sums) * len(en.sums)
    ends = np.cumsum([(0, 0), *beads], axis=0).tolist()
    assert all(corridor.low[i] <= j < corridor.high[i] for i, j in ends)  # the right way is inside
    assert is_complete(find_beads(hi, en, JUDGE), len(hi.sums), len(en.sums))


def test_thousands_of_identical_sentences() -> None:
    count = 5_000
    one = side(np.tile(np.ones((1, 16), np.float32), (count, 1)))
    corridor = find_corridor(one.sums, one.sums)
    assert corridor.offset[-1] < 400 * count  # linear, where all nodes would be 2.5e7
    found = find_beads(one, one, JUDGE)
    assert is_complete(found, count, count)


def test_zero_vectors() -> None:
    zero = side(np.zeros((5, 4), np.float32), np.zeros(5))
    assert is_complete(find_beads(zero, zero, JUDGE), 5, 5)


class Broken:
    """An encoder whose vectors are not numbers."""

    name, dim = "broken", 4

    def __init__(self, value: float) -> None:
        self.value = value

    def sums(self, texts: list[str], lang: Lang) -> FloatArray:
        del lang
        rows = np.ones((len(texts), 4), np.float32)
        rows[-1:, 2] = self.value
        return rows

    encode = sums


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_vectors_that_are_no_numbers_are_refused(value: float) -> None:
    with pytest.raises(DataError, match=r"encoder broken: .*finite.*sentence 2"):
        align("एक। दो।", "One. Two.", encoder=Broken(value))  # type: ignore[arg-type]


def test_numbers_of_both_scripts_are_the_same_number() -> None:
    hi, en, _vectors = make_sides(["१,००,००० और 2.50 और ५", "कुछ नहीं"], ["100000 and 2.50 and 7", ""], Broken(1.0))  # type: ignore[arg-type]
    shared = set(hi.numbers[0]) & set(en.numbers[0]) - {-1}
    assert len(shared) == 2
    assert (hi.numbers[1] == -1).all()
