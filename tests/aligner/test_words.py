"""Which words of a bead have a counterpart: compared with what the definitions say, word by word."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from tithi.aligner.beads import find_beads, scored
from tithi.aligner.covered import WORD_FEATURES, word_features
from tithi.aligner.doubts import in_doubt, no_doubts, places_of, possible
from tithi.aligner.judge import load_judge
from tithi.aligner.search import look
from tithi.aligner.sides import make_sides
from tithi.aligner.words import Words, words_of
from tithi.encoder import load
from tithi.encoder.model import PieceEncoder

HI = ["सेना ने बाढ़ में फँसे किसानों को बचाया।", "मंत्री ने अस्पताल देखा और", "डॉक्टरों से बात की।", "", "स्कूल सोमवार तक बंद रहेंगे।"]
EN = [
    "The army rescued farmers stranded by the flood.",
    "The minister saw the hospital.",
    "He talked to the doctors.",
    "…",
]
BEADS = [(1, 1, 1, 1), (2, 2, 1, 1), (3, 3, 1, 1), (3, 3, 2, 2), (3, 2, 2, 1), (2, 3, 1, 2), (5, 4, 2, 1), (5, 4, 4, 4)]


def _encoder() -> PieceEncoder:
    encoder = load()
    assert isinstance(encoder, PieceEncoder)
    return encoder


def _words(texts: Sequence[str]) -> Words:
    return words_of(_encoder().pieces(texts), _encoder())


def _alike(hi: Words, en: Words) -> NDArray[np.float64]:
    one, other = (of.pieces.rows[of.bags.ids].astype(float) for of in (hi, en))
    one, other = (rows / np.linalg.norm(rows, axis=1, keepdims=True) for rows in (one, other))
    return np.asarray(np.maximum(one @ other.T, 0), np.float64)


def _sentence(words: Words) -> NDArray[np.int64]:
    return np.repeat(np.arange(len(words.bags.sizes)), words.bags.sizes)


def _covered(hi: Words, en: Words, own: range, other: range, side: int) -> tuple[float, float]:
    """Return the weight of a range of sentences and what of it another range covers."""
    alike, of = _alike(hi, en), (_sentence(hi), _sentence(en))
    if side:
        alike, of = alike.T, of[::-1]
    words = (hi, en)[side]
    mine, theirs = np.isin(of[0], list(own)), np.isin(of[1], list(other))
    weights = words.pieces.weights[words.bags.ids][mine]
    best = alike[mine][:, theirs].max(axis=1, initial=0.0)
    return max(float(weights.sum()), 1e-6), float((weights * best).sum())


@pytest.mark.parametrize("bead", BEADS)
def test_coverage_is_what_each_word_finds_across(bead: tuple[int, int, int, int]) -> None:
    hi, en = _words(HI), _words(EN)
    i, j, p, q = bead
    rows, columns = range(i - p, i), range(j - q, j)
    told = dict(zip(WORD_FEATURES, word_features(np.array(BEADS), hi, en)[BEADS.index(bead)].tolist(), strict=True))
    shares = [
        covered / weight for weight, covered in (_covered(hi, en, rows, columns, 0), _covered(hi, en, columns, rows, 1))
    ]
    assert told["covered"] == pytest.approx(sum(shares) / 2, abs=1e-5)
    assert told["covered less"] == pytest.approx(min(shares), abs=1e-5)
    lost = []
    for side, own, other in ((0, rows, columns), (1, columns, rows)):
        weight, covered = _covered(hi, en, own, other, side)
        if len(other) > 1:
            lost += [(covered - _covered(hi, en, own, part, side)[1]) / weight for part in (other[1:], other[:-1])]
    assert told["lost without one"] == pytest.approx(min(lost, default=0.0), abs=1e-5)
    apart = [
        sum(
            _covered(hi, en, own, other, side)[1] / _covered(hi, en, whole, other, side)[0]
            for first, second in (((rows[:x], columns[:y])), ((rows[x:], columns[y:])))
            for side, own, other, whole in ((0, first, second, rows), (1, second, first, columns))
        )
        for x in range(1, p)
        for y in range(1, q)
    ]
    assert told["lost apart"] == pytest.approx(min(sum(shares) - max(apart), 0.4) if apart else 0.0, abs=1e-5)
    edges = [
        _beyond(hi, en, side, own, other, sign)
        for side, own, other in ((0, rows, columns), (1, columns, rows))
        for sign in (1, -1)
    ]
    assert told["beyond most"] == pytest.approx(min(max(edges), 3), abs=1e-5)
    assert told["beyond"] == pytest.approx(min(sum(edges), 6) / 2, abs=1e-5)


def _beyond(hi: Words, en: Words, side: int, own: range, other: range, sign: int) -> float:
    """Return the most that words from the start of a range (1), or from its end (-1), gain by a neighbour across."""
    sentence, neighbour = (own[0], other[0] - 1) if sign > 0 else (own[-1], other[-1] + 1)
    pairs = {(x, y) for i, j, p, q in BEADS for x in range(i - p, i) for y in range(j - q, j)}
    if ((sentence, neighbour) if side == 0 else (neighbour, sentence)) not in pairs:
        return 0.0
    alike, of = _alike(hi, en), (_sentence(hi), _sentence(en))
    if side:
        alike, of = alike.T, of[::-1]
    words = (hi, en)[side]
    mine = of[0] == sentence
    best, there = (alike[mine][:, np.isin(of[1], list(some))].max(axis=1, initial=0.0) for some in (other, [neighbour]))
    gains = words.pieces.weights[words.bags.ids][mine] * (there - best - 0.05)
    return float(np.cumsum([0.0, *gains[::sign]]).max())


@pytest.mark.parametrize("bead", BEADS)
def test_the_course_is_told_by_where_counterparts_stand(bead: tuple[int, int, int, int]) -> None:
    hi, en = _words(HI), _words(EN)
    i, j, p, q = bead
    told = dict(zip(WORD_FEATURES, word_features(np.array(BEADS), hi, en)[BEADS.index(bead)].tolist(), strict=True))
    alike = _alike(hi, en)[np.isin(_sentence(hi), range(i - p, i))][:, np.isin(_sentence(en), range(j - q, j))]
    orders, spreads = [], []
    for words, own, across in ((hi, range(i - p, i), alike), (en, range(j - q, j), alike.T)):
        weights = words.pieces.weights[words.bags.ids][np.isin(_sentence(words), own)]
        weights = weights * (weights >= 0.4) * np.maximum(across.max(axis=1, initial=0.0) - 0.4, 0)
        few = (weights > 0).sum() < 3
        here = np.arange(len(weights)) / max(len(weights) - 1, 1)
        there = across.argmax(axis=1) / max(across.shape[1] - 1, 1) if across.shape[1] else here
        covariance = np.zeros((2, 2)) if few else np.cov(here, there, aweights=weights, ddof=0)
        spreads.append(np.sqrt(covariance[1, 1]))
        orders.append(covariance[0, 1] / max(np.sqrt(covariance[0, 0] * covariance[1, 1]), 1e-3))
    assert (told["order"], told["order less"]) == pytest.approx((sum(orders) / 2, min(orders)), abs=1e-4)
    assert (told["spread less"], told["spread more"]) == pytest.approx((min(spreads), max(spreads)), abs=1e-4)


def test_a_translation_keeps_its_course_and_a_line_with_the_same_words_does_not() -> None:
    hi = _words(["सोमवार को दिल्ली में बारिश हुई और मंगलवार को मुंबई में तूफ़ान आया।"])
    en = _words(
        [
            "On Monday it rained in Delhi and on Tuesday a storm came to Mumbai.",
            "A storm came to Mumbai on Tuesday after the rain in Delhi on Monday.",
        ]
    )
    order = word_features(np.array([(1, 1, 1, 1), (1, 2, 1, 1)]), hi, en)[:, WORD_FEATURES.index("order")]
    assert order[0] > 0.7
    assert order[1] < 0


def test_a_clause_that_has_gone_over_the_border_belongs_beyond_the_edge() -> None:
    hi = _words(["मंत्री ने अस्पताल देखा और", "डॉक्टरों से बात की।"])
    beads = np.array([(1, 1, 1, 1), (2, 2, 1, 1), (2, 2, 2, 2)])
    beyond = [
        word_features(beads, hi, _words(en))[0, WORD_FEATURES.index("beyond most")]
        for en in (
            ["The minister saw the hospital and", "talked to the doctors."],
            ["The minister saw the hospital and talked to the doctors", "in the evening."],
            ["The minister saw", "the hospital and talked to the doctors."],
        )
    ]
    assert beyond[0] < 0.1
    assert min(beyond[1:]) > 0.3


def test_the_sides_may_be_exchanged() -> None:
    hi, en = _words(HI), _words(EN)
    beads = np.array(BEADS)
    assert word_features(beads, hi, en) == pytest.approx(word_features(beads[:, [1, 0, 3, 2]], en, hi), abs=1e-5)


def test_a_translation_is_covered_and_a_line_on_the_same_subject_is_not() -> None:
    hi = _words(["सेना ने बाढ़ में फँसे किसानों को बचाया।"])
    en = _words(
        ["The army rescued farmers stranded by the flood.", "The flood destroyed the houses of three villages."]
    )
    covered = word_features(np.array([(1, 1, 1, 1), (1, 2, 1, 1)]), hi, en)[:, WORD_FEATURES.index("covered less")]
    assert covered[0] > covered[1] + 0.2


def test_words_go_with_their_sentences() -> None:
    words = _words(EN)
    order = np.array([2, 0, 3, 1])
    beads, there = np.array([(1, 1, 1, 1), (2, 3, 1, 1)]), np.array([(1, 2, 1, 1), (2, 1, 1, 1)])
    hi = _words(HI[:2])
    same = [k for k, name in enumerate(WORD_FEATURES) if not name.startswith(("gained", "better"))]
    moved = word_features(there, hi, words.reordered(order))
    assert moved[:, same] == pytest.approx(word_features(beads, hi, words)[:, same], abs=1e-6)
    joined = words.joined(np.array([0, 2, 4]))
    assert joined.bags.sizes.tolist() == [int(words.bags.sizes[:2].sum()), int(words.bags.sizes[2:].sum())]


def test_no_words_and_no_beads_tell_nothing() -> None:
    none = _words(["", "।"])
    assert np.isfinite(word_features(np.array([(1, 1, 1, 1), (2, 2, 2, 2)]), none, none)).all()
    assert word_features(np.zeros((0, 4), np.int64), none, none).shape == (0, len(WORD_FEATURES))


def test_what_is_possible_is_told_by_the_first_look() -> None:
    hi, en, _ = make_sides(HI, EN, load())
    judge = load_judge()
    lattice, fits, null_hi, null_en = scored(hi, en, judge, None, None)
    first = look(lattice.corridor, fits, null_hi, null_en, judge.opening)
    kept, probable = possible(fits, first)
    beads = places_of(lattice, kept.cells)
    assert [
        first.beads[lattice.corridor.offset[i] + j - lattice.corridor.low[i], p - 1, q - 1] for i, j, p, q in beads
    ] == (pytest.approx(probable))
    assert np.diff(kept.first).sum() == len(kept.cells) == int((first.beads > 5e-4).sum())
    assert in_doubt(np.array([0.0001, 0.3, 0.9999])).tolist() == [False, True, False]


def test_without_words_and_without_what_was_learnt_nothing_is_added() -> None:
    hi, en, _ = make_sides(HI, EN, load())
    judge = replace(load_judge(), doubts=no_doubts())
    wordless = replace(hi, words=None), replace(en, words=None)
    one, other = find_beads(hi, en, judge), find_beads(*wordless, judge)
    assert [(bead.hi, bead.en) for bead in one] == [(bead.hi, bead.en) for bead in other]
