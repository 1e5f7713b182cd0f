"""The report's view in a notebook: static, escaped, the same bands and marks, syllables whole."""

import re
from dataclasses import asdict
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

import tithi
from tests.builders import lake, plain
from tithi.errors import UsageError
from tithi.records import Issue, Quality
from tithi.report.static import alignment_html, edges, static_html
from tithi.report.stories import aligned_story
from tithi.report.view import view

GOODS = ("वस्तु की ज़रूरत थी, स्थिति 12 मई 2019 को बदली।", "The goods were needed; the situation changed on May 12, 2019.")


def marked(html: str) -> list[tuple[str, str]]:
    """Return what is marked with what is told of it."""
    root = ET.fromstring(html)
    return [("".join(mark.itertext()), mark.get("title", "")) for mark in root.iter("mark")]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("अ", ["अ"]),
        ("स्ति है", ["स्ति", " ", "है"]),
        ("स्थिति", ["स्थि", "ति"]),
        ("ज\u093cरूरत", ["ज\u093c", "रू", "र", "त"]),
        ("क्\u200dष", ["क्\u200dष"]),
        ("क्\u200cष", ["क्\u200cष"]),
        ("राष्ट्र", ["रा", "ष्ट्र"]),
        ("cafe\u0301 १२", ["c", "a", "f", "e\u0301", " ", "१", "२"]),
        ("हिन्दी।", ["हि", "न्दी", "।"]),
    ],
)
def test_a_text_is_cut_between_syllables_only(text: str, pieces: list[str]) -> None:
    places = edges(text)
    assert [text[a:b] for a, b in pairwise(places)] == pieces


def test_marks_keep_syllables_whole_and_say_what_they_mean() -> None:
    quality = Quality(0.2, (Issue("name", "error", (2, 4), (4, 9), "the goods are <others>"),))
    html = alignment_html(plain("goods", *GOODS), [quality])
    assert ("स्तु", "name (error): the goods are <others>") in marked(html)
    assert ("goods", "name (error): the goods are <others>") in marked(html)
    assert ("12 मई 2019", "date read: 2019-05-12") in marked(html)
    assert "#e58a55" in html, "the band of a quality of .2 is orange"
    assert not re.search("<script|javascript:|https?:|<link|<img", html)
    root = ET.fromstring(html)
    assert [cell.get("lang") for cell in root.iter("td") if cell.get("lang")] == ["hi", "en"]
    assert ["".join(cell.itertext()) for cell in root.iter("td") if cell.get("lang")] == list(GOODS)


def test_places_count_code_points_beyond_the_basic_plane() -> None:
    hi, en = "😀😀 नदी 2019 में।", "😀😀 The river in 2019."
    assert [text for text, _ in marked(alignment_html(plain("face", hi, en)))] == ["2019", "2019"]


def test_segments_and_what_stands_alone_are_seen() -> None:
    html = lake()._repr_html_()
    text = "".join(ET.fromstring(html).itertext())
    assert "2019-05" in text
    assert text.count("(no English)") == 2
    assert text.count("(no Hindi)") == 1
    short = static_html(view(aligned_story(lake())), most=2)
    assert "… 3 more" in short


def test_a_row_of_a_dataset_is_drawn() -> None:
    issue = Issue("number", "doubt", (0, 3), None, "दस")
    row = aligned_story(plain("p", "दस नदी।", "Two rivers."), [Quality(0.6, (issue,))]).sentences[0]
    html = tithi.draw(row)._repr_html_()
    assert ("दस", "number read: 10 · number (doubt): दस") in marked(html)
    assert tithi.draw({"translation": {"hi": "नदी", "en": "river"}}).html.count("<td") == 3
    assert asdict(issue)
    with pytest.raises(UsageError, match="a row of the config sentences"):
        tithi.draw({"hi": "नदी"})


def test_a_chart_is_drawn() -> None:
    root = ET.fromstring(tithi.chart("Beads & more", {"1-1": 3, "2-1": 1})._repr_html_())
    assert [child.tag.rpartition("}")[2] for child in root] == ["figcaption", "svg"]
