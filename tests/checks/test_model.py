"""What the ranking is told of the meaning of a pair, and that it ranks."""

import numpy as np
import pytest

from tithi.checks.checker import check_pairs
from tithi.checks.model import models
from tithi.checks.ranking import NODES, Ranking, compared, read_ranking
from tithi.errors import DataError

RANKED = [
    ("बैठक सन दो हज़ार उन्नीस में हुई।", "The meeting was held in 2019.", "The house met some time."),
    ("मुनाफ़ा 50 लाख डॉलर रहा।", "The profit was 5 million dollars.", "They had some dollars."),
    (
        "बाढ़ के कारण सड़क तीन दिन बंद रही।",
        "The road was closed for three days because of the flood.",
        "Water came on a road.",
    ),
]


def test_sides_that_say_the_same_have_no_distance_and_a_product_of_one() -> None:
    side = np.array([3.0, 4.0, 0.0], np.float32)
    (told,) = compared(np.stack((side, 2 * side))[None])
    assert told.tolist() == pytest.approx([0.6, 0.8, 0, 0.6, 0.8, 0, 0, 0, 0, 0.36, 0.64, 0], abs=1e-6)


def test_a_side_without_a_vector_is_no_error() -> None:
    assert np.isfinite(compared(np.zeros((1, 2, 3), np.float32))).all()


def test_a_tree_asks_three_questions() -> None:
    """The eight corners of a cube: numbers 0 to 2 are features, 3 is a projection, which the second tree asks for."""
    numbers = np.array([[0, 1, 1, 2, 2, 2, 2], [3] * NODES], np.int16)
    bounds = np.array([[0.5] * NODES, [10.0, *[np.inf] * (NODES - 1)]], np.float32)
    values = np.array([range(8), [0.25] * 4 + [0.5] * 4], np.float32)
    ranking = Ranking(
        ("a", "b", "c"),
        np.array([[1.0, 0, 0, 20]], np.float32),
        numbers,
        bounds,
        values,
        np.array([0, 0, 0, 0.1], np.float32),
    )
    for corner in range(8):
        features = [float(bit) for bit in f"{corner:03b}"]
        ranks = ranking.rank([features] * 2, np.array([[0, 9, 9, 0.4], [0, 9, 9, 0.6]], np.float32))
        assert ranks.tolist() == pytest.approx([corner + 0.25 + 0.8, corner + 0.5 + 1.2])


def test_the_shipped_ranking_is_whole_and_of_these_features() -> None:
    ranking = models().ranking
    assert ranking.numbers.shape == ranking.bounds.shape == (len(ranking.values), NODES)
    assert np.isfinite(ranking.values).all()
    assert np.isfinite(ranking.parts).all()
    with pytest.raises(DataError, match="must have the features of the code"):
        read_ranking(ranking.features[1:])


@pytest.mark.parametrize(("hi", "better", "worse"), RANKED)
def test_the_better_translation_comes_first(hi: str, better: str, worse: str) -> None:
    first, second = (quality.quality or 0 for quality in check_pairs([(hi, better), (hi, worse)]))
    assert first > second
