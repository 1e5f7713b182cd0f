"""Word links, Pharaoh lines and their error rate."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tithi.encoder import load
from tithi.encoder.protocol import Encoder
from tithi.encoder.words import WordLink, alignment_error_rate, parse_links, pharaoh, word_links
from tithi.errors import DataError


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load()


def linked(encoder: Encoder, hi: str, en: str) -> set[tuple[int, int]]:
    return {(link.hi, link.en) for link in word_links([hi.split()], [en.split()], encoder)[0]}


@pytest.mark.parametrize(
    ("hi", "en", "want"),
    [
        ("पानी और आग", "water and fire", {(0, 0), (1, 1), (2, 2)}),
        ("राम ने सेब खाया", "Ram ate apple", {(0, 0), (2, 2), (3, 1)}),
        ("दिल्ली में स्कूल बंद", "schools closed in Delhi", {(0, 3), (1, 2), (2, 0), (3, 1)}),
        ("२०१९ में चुनाव", "election in 2019", {(0, 2), (1, 1), (2, 0)}),
    ],
)
def test_links_what_translates(encoder: Encoder, hi: str, en: str, want: set[tuple[int, int]]) -> None:
    assert linked(encoder, hi, en) >= want


@pytest.mark.parametrize(
    ("hi", "en", "want"),
    [
        ("पुल बनाया जा सकता है", "bridge can be built", "1-3 2-3 3-3 4-3"),
        ("नियम निर्धारित किया गया है", "rule has been set", "1-3 2-3 3-3 4-3"),
        ("बच्चों के लिए किताब", "book for children", "0-2 1-1 2-1 3-0"),
        ("पढ\u093cना पड\u093cता है", "must read", "0-1 1-1 2-1"),
        ("प\u095dना प\u095cता है", "must read", "0-1 1-1 2-1"),
        ("राजा ने किताब दी", "the king gave book", "0-1 2-3 3-2"),
        ("रानी एक", "a queen", "0-1 1-0"),
    ],
)
def test_what_has_no_meaning_of_its_own_leans_on_the_word_before(encoder: Encoder, hi: str, en: str, want: str) -> None:
    assert linked(encoder, hi, en) >= parse_links(want, "x")


def test_a_light_verb_with_a_counterpart_of_its_own_does_not_lean(encoder: Encoder) -> None:
    found = linked(encoder, "राजा ने किताब दी", "the king gave book")
    assert (2, 2) not in found, "the book is not given's"
    assert not {(i, j) for i, j in found if i == 1 or j == 0}, "ने and the have no counterpart"


def test_strangers_stay_unlinked(encoder: Encoder) -> None:
    assert linked(encoder, "पानी लाओ", "quarterly shareholder dividend") == set()


def test_empty_sides_blank_words_and_giants_have_no_links(encoder: Encoder) -> None:
    assert word_links([], [], encoder) == []
    assert word_links([[], ["पानी"], []], [["water"], [], []], encoder) == [[], [], []]
    assert word_links([["\u200d", "पानी"]], [["\u200b"]], encoder) == [[]]
    assert word_links([["पानी"] * 1001], [["water"]], encoder) == [[]]


def test_unequal_counts_are_an_error(encoder: Encoder) -> None:
    with pytest.raises(DataError, match="as many sentences; got 1 and 2"):
        word_links([["a"]], [["a"], ["b"]], encoder)


@settings(deadline=None)
@given(st.data())
def test_sides_can_be_exchanged(encoder: Encoder, data: st.DataObject) -> None:
    hi = data.draw(st.lists(st.sampled_from(["पानी", "आग", "राजा", "ने", "है", "।"]), max_size=8))
    en = data.draw(st.lists(st.sampled_from(["water", "fire", "king", "the", "is", "."]), max_size=8))
    there, back = word_links([hi], [en], encoder)[0], word_links([en], [hi], encoder)[0]
    assert {(link.hi, link.en) for link in there} == {(link.en, link.hi) for link in back}
    assert all(0 <= link.score <= 1 for link in there)
    assert [(link.hi, link.en) for link in there] == sorted((link.hi, link.en) for link in there)


def test_pharaoh_lines_go_there_and_back() -> None:
    line = pharaoh([WordLink(0, 1, 0.5), WordLink(12, 0, 0.25)])
    assert line == "0-1 12-0"
    assert parse_links(line, "x") == {(0, 1), (12, 0)}
    assert parse_links("5--1 -1-0 3-4", "x") == {(3, 4)}
    assert parse_links("", "x") == set()


@pytest.mark.parametrize("line", ["0:1", "a-b", "1-", "-", "1-2-x"])
def test_bad_links_have_clear_errors(line: str) -> None:
    with pytest.raises(DataError, match=r"gold\.wa:3: links must look like"):
        parse_links(line, "gold.wa:3")


def test_alignment_error_rate() -> None:
    assert alignment_error_rate([{(0, 0)}], [{(0, 0)}]) == 0
    assert alignment_error_rate([{(0, 1)}], [{(0, 0)}]) == 1
    assert alignment_error_rate([{(0, 0), (1, 1)}, set()], [{(0, 0)}, {(2, 2)}]) == pytest.approx(0.5)
    assert alignment_error_rate([set()], [set()]) == 0


DEV = Path(__file__).parents[2].parent / "shared" / "data" / "dev" / "wordalign"


@pytest.mark.skipif(not DEV.exists(), reason="the development data is not beside the repository")
def test_error_rate_on_hand_linked_pairs(encoder: Encoder) -> None:
    hi, en, gold = ((DEV / f"trial.{side}").read_text(encoding="utf-8").splitlines() for side in ("hi", "en", "wa"))
    found = word_links([line.split() for line in hi], [line.split() for line in en], encoder)
    wanted = [parse_links(line, f"trial.wa:{number}") for number, line in enumerate(gold, 1)]
    rate = alignment_error_rate([{(link.hi, link.en) for link in links} for links in found], wanted)
    assert rate <= 0.27
    assert np.isfinite(rate)
