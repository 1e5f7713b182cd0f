"""The order of words: usual in prose, unusual in heaps; the signs of a text that was taken apart."""

import random

import pytest

from tests.filters.test_rows import LINES
from tithi.evidence.words import words
from tithi.filters.order import edges, ended, out_of_place, usual
from tithi.records import Lang

SIGNS = [
    ("resembled picture respiratory The syndrome lung.", "फेफड़े का चित्र सिंड्रोम के समान दिखाई दिया।", 1),
    ("the several workplace. effects have", "कार्यस्थल पर कई प्रभाव हो सकते हैं।", 1),
    ("गया। मेला लग गाँव में", "A fair was held in the village.", 1),
    ("syndrome) acute (ARDS", "तीव्र सिंड्रोम (ARDS)", 1),
    ("The fair was held in the village.", "गाँव में मेला लगा।", 0),
    ("ice cream", "आइसक्रीम", 0),
    ("read more", "और पढ़ें।", 0),
    ("the fair was held in the village.", "गाँव में मेला लगा।", 0),
    ("Dr. Rao came, and Mr. Das too", "डॉ. राव आए, और श्री दास भी।", 0),
    ("e-mail from the Ministry", "मंत्रालय का ई-मेल", 0),
]


@pytest.mark.parametrize(("text", "other", "signs"), SIGNS)
def test_signs_of_a_text_that_was_taken_apart(text: str, other: str, signs: int) -> None:
    assert out_of_place(text, other) == signs


@pytest.mark.parametrize("lang", ["hi", "en"])
def test_shuffled_words_follow_one_another_less_usually(lang: Lang) -> None:
    rng = random.Random(4)
    texts = [line[2 if lang == "hi" else 3] for line in LINES if line[1] == "kept"]
    keys = [found.keys for text in texts if len(found := words(text)) >= 8]
    assert len(keys) >= 8
    lower = [usual(rng.sample(text, len(text)), lang) < usual(text, lang) for text in keys]
    assert sum(lower) >= 0.9 * len(keys)


def test_edges_and_ends() -> None:
    assert edges(["वह", "घर", "गया", "है"], "hi")[1] > 0 > -1 > edges(["वह", "घर", "के"], "hi")[1]
    assert edges(["this", "is"], "en")[0] > 0 > -1 > edges(["of", "it"], "en")[0]
    assert edges(["about", "it"], "en")[1] > -1 > -3 > edges(["about", "the"], "en")[1]
    assert edges([], "hi") == (0.0, 0.0)
    assert [ended(text) for text in ("गया।", "गया।”", "gone.)", "gone", "")] == [True, True, True, False, False]
