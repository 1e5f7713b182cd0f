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
