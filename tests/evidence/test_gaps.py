"""What a word's answer is worth: dates and numbers of both sides answer each other, however they are told."""

import pytest

from tithi.evidence.gaps import answered
from tithi.evidence.lexicon import SURE
from tithi.evidence.pair import read_pair

TOLD = [
    ("बैठक सन दो हज़ार उन्नीस में हुई।", "The meeting was held in 2019.", "दो हज़ार उन्नीस", "2019"),
    ("वह 1947 में पैदा हुआ।", "He was born in nineteen forty-seven.", "1947", "nineteen forty"),
    ("मुनाफ़ा 50 लाख डॉलर रहा।", "The profit was $5m.", "50 लाख", "5m"),
    ("यह 90 के दशक की बात है।", "This was in the 1990s.", "90", "1990s"),
]


@pytest.mark.parametrize(("hi", "en", "hi_told", "en_told"), TOLD)
def test_what_both_sides_tell_is_answered(hi: str, en: str, hi_told: str, en_told: str) -> None:
    pair = read_pair(hi, en)
    for found, levels, told in zip(
        (pair.hi_words, pair.en_words), answered([pair])[0], (hi_told, en_told), strict=True
    ):
        start = found.source.index(told)
        inside = [
            level for span, level in zip(found.spans, levels, strict=True) if start <= span[0] < start + len(told)
        ]
        assert inside
        assert set(inside) == {SURE}, inside


def test_what_the_sides_tell_otherwise_is_not() -> None:
    pair = read_pair("बैठक सन दो हज़ार उन्नीस में हुई।", "The meeting was held in 2017.")
    assert answered([pair])[0][1][pair.en_words.keys.index("2017")] < SURE
