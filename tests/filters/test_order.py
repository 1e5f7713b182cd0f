"""The signs of a text that was taken apart."""

import pytest

from tithi.filters.order import ended, out_of_place

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


def test_ends() -> None:
    assert [ended(text) for text in ("गया।", "गया।”", "gone.)", "gone", "")] == [True, True, True, False, False]
