"""Which short sides are told to be in no order: whole sentences alone."""

import pytest

from tithi.evidence.pair import read_pair
from tithi.rules.order import check_order

SHUFFLED = [
    ("गया घर राम कल अपने शाम को।", "Ram went to his home yesterday evening."),
    ("राम कल शाम को अपने घर गया।", "evening home to Ram his went yesterday."),
    ("में हैं रहे बच्चे खेल बाग।", "The children are playing in the garden."),
    ("हो जा क्या रहे कल दिल्ली?", "Are you going to Delhi tomorrow?"),
    ("बच्चे बाग में खेल रहे हैं।", "playing the in are garden children The."),
]
LEFT_ALONE = [
    ("राम कल शाम को अपने घर गया।", "Ram went to his home yesterday evening."),
    ("राम अपने घर गया कल शाम को।", "Ram went home, yesterday evening."),
    ("गया घर राम कल अपने शाम को", "Ram went to his home yesterday evening."),
    ("को शाम गया राम।", "Ram went in the evening."),
    ("धुंध के चलते 14 उड़ानें लेट", "14 flights late owing to fog"),
    ("मत जाओ वहाँ अकेले तुम!", "Don't you go there alone!"),
]
"""Sentences as people say them, a heap of words without an end, fewer than six words, and headings."""


@pytest.mark.parametrize(("hi", "en"), SHUFFLED)
def test_a_short_sentence_in_no_order_is_told(hi: str, en: str) -> None:
    (issue,) = check_order(read_pair(hi, en))
    assert issue.kind == "order"


@pytest.mark.parametrize(("hi", "en"), LEFT_ALONE)
def test_other_short_sides_are_left_alone(hi: str, en: str) -> None:
    assert check_order(read_pair(hi, en)) == []
