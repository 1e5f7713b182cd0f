"""Dates and numbers are read from any text without an error: what looks like one and is none is left alone."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tithi.dates.find import dates_in, find_dates, opening_date
from tithi.dates.reader import Reader
from tithi.numerals.find import find_numbers
from tithi.numerals.tokens import reading, word_list
from tithi.numerals.view import view
from tithi.records import Lang

LANGS: tuple[Lang, ...] = ("hi", "en")

#: A busy machine makes texts slowly: nothing is timed.
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = [
    form
    for room in ("tithi.dates", "tithi.numerals")
    for kind in word_list(room, "words.tsv").kinds.values()
    for form in kind
]
PIECES = st.one_of(
    st.text("0123456789", min_size=1, max_size=8),
    st.text("०१२३४५६७८९", min_size=1, max_size=5),
    st.text("/-.:,'’–% ()।²½٣Ⅳ𝟛\u200d\u093c\n", min_size=1, max_size=3),
    st.sampled_from(WORDS),
    st.sampled_from(["st", "वीं", "s", "'s", "K", " "]),
)


@pytest.mark.parametrize(
    "text",
    ["45/3/12", "5/00/24", "2019/2O", "0/0/0", "1234/15/6", "99/99", "2:²²", "१:٣٣", "12:60:99", "/", "31/4/2019"],
)
def test_what_looks_like_a_date_is_left_alone(text: str) -> None:
    for sentence in (text, f"{text} को बैठक हुई।", f"On {text} they met."):
        for lang in ("hi", "en"):
            find_numbers(sentence, lang)
            assert not find_dates(sentence, lang)


@UNTIMED
@given(pieces=st.lists(PIECES, max_size=12), joined=st.booleans())
def test_no_text_is_an_error(pieces: list[str], joined: bool) -> None:
    text = ("" if joined else " ").join(pieces)
    for lang in ("hi", "en"):
        for reference in (None, date(2024, 2, 29)):
            hits = find_dates(text, lang, reference=reference)
            assert all(text[hit.start : hit.stop] == hit.text for hit in hits)
        opening_date(text, lang)
        assert all(text[hit.start : hit.stop] for hit in find_numbers(text, lang))


def _passes_over_no_date(text: str) -> bool:
    """Whether the same dates are read where every token is looked at."""
    read = reading(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reader, "_may_open", lambda *_: True)
        everywhere = [dates_in(read, lang) for lang in LANGS]
    return [dates_in(read, lang) for lang in LANGS] == everywhere


@UNTIMED
@given(pieces=st.lists(PIECES, max_size=12), joined=st.booleans())
def test_tokens_that_are_passed_over_tell_no_date(pieces: list[str], joined: bool) -> None:
    assert _passes_over_no_date(("" if joined else " ").join(pieces))


def test_tokens_that_are_passed_over_tell_no_date_in_the_tables() -> None:
    rows = [line for table in Path(__file__).parent.glob("*.tsv") for line in table.read_text("utf-8").splitlines()]
    assert [row for row in rows for cell in row.split("\t") if not _passes_over_no_date(cell)] == []


@UNTIMED
@given(pieces=st.lists(PIECES, max_size=12))
def test_what_is_read_is_told_in_characters_of_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    seen = view(text)
    signs = re.sub("(?<=[0-9०-९])\u0903", ":", text)
    signs = re.sub("(?<=[\u0900-\u0963\u0971-\u097f])०", "॰", signs)
    assert seen.text == "".join(view(character).text for character in signs)
    kept = [index for index, character in enumerate(text) if view(character).text]
    for place, index in enumerate(kept):
        start, stop = seen.span(place, place + 1)
        assert start == index
        assert not text[start + 1 : stop].strip("\u093c")
    assert seen.span(len(kept), len(kept)) == (len(text), len(text))
