"""Which words may sound like a Latin one at all, against asking each of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tithi.evidence.sounds import likeness, sounding
from tithi.evidence.words import words

TEXT = "व्लादिमीर पुतिन, आशा और कर्मयोग: ऐ ए हूँ NATO 12 सत्येंद्रनाथ बोस हांगकांग गए, मास्को नहीं।"


@pytest.mark.parametrize(
    "key", ["vladimir", "putin", "asha", "yoga", "nato", "bose", "hong", "moscow", "a", "12", "ﬀ", ""]
)
def test_all_others_have_no_likeness(key: str) -> None:
    keys = words(TEXT).keys
    alike = [word for word in keys if likeness(word, key) > 0 and not word.isascii()]
    near = sounding(keys, key)
    assert [word for word in near if likeness(word, key) > 0] == alike
    assert len(near) < 12, "it leaves most of them out"


@given(st.lists(st.text("कखगघनमपसहयािीुूो्ंa1", max_size=6), max_size=6), st.text("abhiknmostuy", max_size=8))
def test_it_leaves_out_nothing_that_sounds_alike(found: list[str], key: str) -> None:
    near = sounding(found, key)
    assert all(word in near for word in found if word[:1] > "\u0900" and likeness(word, key) > 0)


def test_no_hindi_word_is_none() -> None:
    assert sounding([], "delhi") == sounding(["delhi", "5"], "delhi") == []
