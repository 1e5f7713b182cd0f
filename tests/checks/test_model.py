"""What the ranking is told of the meaning of a pair, and that it ranks."""

import numpy as np
import pytest

from tithi.checks.checker import check_pairs
from tithi.checks.model import models
from tithi.checks.ranking import Ranking, Trees, compared, read_ranking
from tithi.checks.trees import LEAF
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


def test_trees_are_gone_through_from_question_to_value() -> None:
    """One tree asks for the number 0 and, where it is above its bound, for 1; the other for 3, a projection."""
    trees = Trees(
        roots=np.array([0, 5], np.int32),
        numbers=np.array([0, LEAF, 1, LEAF, LEAF, 3, LEAF, LEAF], np.int16),
        bounds=np.array([0.5, 0, 0.5, 0, 0, 10, 0, 0], np.float32),
        lower=np.array([1, 0, 3, 0, 0, 6, 0, 0], np.int32),
        values=np.array([0, 1, 0, 2, 3, 0, 0.25, 0.5], np.float32),
    )
    parts, slopes = np.array([[1.0, 0, 0, 20]], np.float32), np.array([0, 0, 0, 0.1], np.float32)
    ranking = Ranking(("a", "b", "c"), parts, trees, slopes, middle=2.0, spread=0.5, agreement=(0.0, 0.0))
    for told, value in (((0, 0, 9), 1), ((0, 1, 9), 1), ((1, 0, 9), 2), ((1, 0.5, 9), 2), ((1, 1, 9), 3)):
        ranks = ranking.rank([told] * 2, np.array([[0, 9, 9, 0.4], [0, 9, 9, 0.6]], np.float32))
        assert ranks.tolist() == pytest.approx([value + 0.25 + 0.8, value + 0.5 + 1.2])
        # Of sides that say the same, in one component, the projection is 1 + 20.
        (of,) = ranking.of([told], [np.ones((2, 1), np.float32)]).tolist()
        assert of == pytest.approx((value + 0.5 + 2.1 - 2.0) / 0.5)


def test_the_shipped_ranking_is_whole_and_of_these_features() -> None:
    ranking = models().ranking
    roots, numbers, bounds, lower, values = ranking.trees
    assert len(numbers) == len(bounds) == len(lower) == len(values) > len(roots) > 0
    asking = np.flatnonzero(numbers != LEAF)
    assert (lower[asking] > asking).all(), "no tree goes round in a ring"
    assert lower[asking].max() + 1 < len(numbers)
    assert numbers[asking].min() >= 0
    assert all(0 < agreed < 1 for agreed in ranking.agreement)
    assert numbers.max() < len(ranking.features) + len(ranking.parts) == len(ranking.slopes)
    assert all(np.isfinite(array).all() for array in (bounds, values, ranking.parts, ranking.slopes))
    with pytest.raises(DataError, match="must have the features of the code"):
        read_ranking(ranking.features[1:])


@pytest.mark.parametrize(("hi", "better", "worse"), RANKED)
def test_the_better_translation_comes_first(hi: str, better: str, worse: str) -> None:
    first, second = (quality.quality or 0 for quality in check_pairs([(hi, better), (hi, worse)]))
    assert first > second
