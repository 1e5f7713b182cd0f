"""What the ranking is told of the meaning of a pair, and that it ranks."""

import numpy as np
import pytest

from tithi.checks.checker import check_pairs
from tithi.checks.model import compared, models

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
    told = compared(np.stack((side, 2 * side)))
    assert told.tolist() == pytest.approx([0.6, 0.8, 0, 0.6, 0.8, 0, 0, 0, 0, 0.36, 0.64, 0], abs=1e-6)


def test_a_side_without_a_vector_is_no_error() -> None:
    assert np.isfinite(compared(np.zeros((2, 3), np.float32))).all()


def test_every_weight_of_meaning_is_a_number() -> None:
    assert len(models().meaning) % 4 == 0
    assert np.isfinite(models().meaning).all()


@pytest.mark.parametrize(("hi", "better", "worse"), RANKED)
def test_the_better_translation_comes_first(hi: str, better: str, worse: str) -> None:
    first, second = (quality.quality or 0 for quality in check_pairs([(hi, better), (hi, worse)]))
    assert first > second
