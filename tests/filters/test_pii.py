"""Personal data is masked on both sides alike, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tithi.filters.pii import is_aadhaar, mask

MASKED = [
    ("लिखें: asha@example.org", "Write to asha@example.org.", "लिखें: <EMAIL>", "Write to <EMAIL>."),
    ("फ़ोन ९८१०० १२३४५ पर", "Call 98100 12345", "फ़ोन <PHONE> पर", "Call <PHONE>"),
    ("फ़ोन 9810012345", "Call +91 98100-12345 now", "फ़ोन <PHONE>", "Call <PHONE> now"),
    ("दिल्ली 011-23456789", "Delhi 011 23456789", "दिल्ली <PHONE>", "Delhi <PHONE>"),
    ("आधार 2341 2341 2346", "Aadhaar 234123412346", "आधार <AADHAAR>", "Aadhaar <AADHAAR>"),
    ("आधार २३४१ २३४१ २३४६", "no number", "आधार <AADHAAR>", "no number"),
    ("पैन ABCPE1234F है", "PAN: ABCPE1234F", "पैन <PAN> है", "PAN: <PAN>"),
]
KEPT = [
    ("2014-2015 में", "In 2014-2015"),
    ("1,00,00,000 रुपये", "Rs 10,000,000"),
    ("आधार 2341 2341 2347", "not by its check digit 234123412347"),
    ("पृष्ठ 1234567", "page 1234567"),
    ("विक्रम संवत् २०८०", "the year 2080"),
    ("@asha ने कहा", "@asha said"),
    ("", ""),
]


@pytest.mark.parametrize(("hi", "en", "hi_masked", "en_masked"), MASKED)
def test_personal_data_is_masked(hi: str, en: str, hi_masked: str, en_masked: str) -> None:
    assert mask(hi, en) == (hi_masked, en_masked)
    assert mask(hi_masked, en_masked) == (hi_masked, en_masked)


@pytest.mark.parametrize(("hi", "en"), KEPT)
def test_other_figures_stay(hi: str, en: str) -> None:
    assert mask(hi, en) == (hi, en)


def test_a_check_digit_is_one_of_ten_and_finds_slips() -> None:
    for head in ("23412341234", "99994105705", "50000000000"):
        right = [digit for digit in "0123456789" if is_aadhaar(head + digit)]
        assert len(right) == 1
        number = head + right[0]
        for i in range(11):
            swapped = number[:i] + number[i + 1] + number[i] + number[i + 2 :]
            assert swapped == number or not is_aadhaar(swapped)
            changed = number[:i] + str((int(number[i]) + 1) % 10) + number[i + 1 :]
            assert not is_aadhaar(changed)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_masked_without_loss_of_what_is_none(hi: str, en: str) -> None:
    masked = mask(hi, en)
    assert mask(*masked) == masked or "@" in hi + en or any(char.isdigit() for char in hi + en)
    if not any(char.isdigit() or char == "@" for char in hi + en):
        assert masked == (hi, en)
