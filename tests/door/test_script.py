"""The two scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tithi.script import ascii_digits, count_letters, devanagari_share, is_devanagari


@pytest.mark.parametrize(
    ("text", "hindi", "other"),
    [
        ("", 0, 0),
        ("।॥ १२ ॰ - 12", 0, 0),
        ("नदी", 3, 0),
        ("फ़रवरी", 6, 0),
        ("\u095e", 1, 0),
        ("\u092b\u093c", 2, 0),
        ("क्‍ष", 3, 0),
        ("मैंने Facebook पर", 7, 8),
        ("é ñ", 0, 2),
        ("नदी\u0000\u200b", 3, 0),
    ],
)
def test_letters_are_counted_by_script(text: str, hindi: int, other: int) -> None:
    assert count_letters([text]) == (hindi, other)
    assert devanagari_share(text) == (hindi / (hindi + other) if hindi + other else None)


@given(st.text(max_size=30))
def test_a_long_text_is_counted_as_its_pieces(text: str) -> None:
    hindi, other = count_letters([text])
    assert count_letters([text * 200]) == (200 * hindi, 200 * other)
    assert count_letters(["नदी a1½०।" * 50 + text]) == (150 + hindi, 100 + other)


@pytest.mark.parametrize(
    ("text", "says"), [("नदी", True), ("", False), ("१", False), ("।", False), ("a", False), ("ि", True), ("॰", False)]
)
def test_the_first_character_says_the_script(text: str, *, says: bool) -> None:
    assert is_devanagari(text) is says


def test_digits_of_both_scripts_are_one() -> None:
    assert ascii_digits("१,००,०००.५ और 12") == "1,00,000.5 और 12"
