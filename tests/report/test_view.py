"""What a report is made of: rows in reading order, readings, doubt, comparison, charts."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.builders import lake, plain
from tithi.cli.main import main
from tithi.corpus.charts import bars
from tithi.corpus.write import DatasetWriter
from tithi.errors import DataError, UsageError
from tithi.records import Issue, Quality
from tithi.report.compare import merged
from tithi.report.page import write_report
from tithi.report.reading import figure, read
from tithi.report.stories import aligned_story, stored_stories, story_alignment
from tithi.report.view import utf16, view


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(250000), "250,000"),
        (Fraction(5, 2), "2.5"),
        (Fraction(2, 3), "2/3"),
        (Fraction(10) ** 5000, "a very large number"),
        (1 / Fraction(10) ** 5000, "a very small number"),
        (Fraction(-7), "-7"),
    ],
)
def test_figures_read_as_people_write_them(value: Fraction, shown: str) -> None:
    assert figure(value) == shown


def test_offsets_count_utf16_units() -> None:
    assert list(map(utf16("a😀b"), range(4))) == [0, 1, 3, 4]


def test_rows_stand_in_reading_order_and_lose_nothing() -> None:
    drawn = view(aligned_story(lake(), [Quality(0.9), Quality(0.3)]))
    ids = [[row["id"] for row in segment["rows"]] for segment in drawn["segments"]]
    assert ids == [["s0001"], ["s0002", "u0001"], ["u0002"], ["u0003"]]
    doubts = [row["doubt"] for segment in drawn["segments"] for row in segment["rows"]]
    assert doubts == [0.1, 0.7, 0.4, 0.4, 0.4]


def test_what_is_moved_is_what_the_alignment_says() -> None:
    lake_beads = lake().beads
    told = replace(lake(), beads=(replace(lake_beads[0], moved=True), *lake_beads[1:]))
    rows = [row for segment in view(aligned_story(told))["segments"] for row in segment["rows"]]
    assert [row.get("moved") for row in rows] == [True, False, None, None, None]


@pytest.mark.parametrize(
    ("hi", "en", "lang", "facts"),
    [
        ("2019 में 350 लोग आए।", "People came.", "hi", ["2019", "350"]),
        ("ढाई लाख लोग आए।", "250,000 people came.", "hi", []),
        ("१२ मई २०१९ को।", "On May 12, 2019.", "hi", []),
        ("लोग आए।", "Rajendra came with 40 men.", "en", ["40", "Rajendra"]),
        ("राजेंद्र आए।", "Rajendra came.", "en", []),
    ],
)
def test_facts_are_what_the_other_side_tells_nowhere(hi: str, en: str, lang: str, facts: list[str]) -> None:
    text = hi if lang == "hi" else en
    assert read(hi, en).facts("hi" if lang == "hi" else "en", (0, len(text))) == facts


def test_a_dataset_is_read_back_as_it_was_aligned(tmp_path: Path) -> None:
    with DatasetWriter(tmp_path / "set") as writer:
        for number in range(30):
            writer.add(lake(f"lake{number}", suffix=f" {number} " * 9))
        writer.add(plain("plain", "नदी बहती है।", "The river flows."))
        writer.close()
    stories = {story.id: story for story in stored_stories(tmp_path / "set")}
    assert len(stories) == 31
    assert view(stories["lake7"])["segments"] == view(aligned_story(lake("lake7", suffix=f" {7} " * 9)))["segments"]


def test_rows_are_the_alignment_again() -> None:
    given = lake()
    again = story_alignment(aligned_story(given))
    assert (again.hi, again.en, again.links) == (
        replace(given.hi, article=again.hi.article),
        replace(given.en, article=again.en.article),
        given.links,
    )
    shown = [(bead.kind, bead.score, given.hi.text(bead.hi), given.en.text(bead.en)) for bead in given.beads]
    assert [(bead.kind, bead.score, again.hi.text(bead.hi), again.en.text(bead.en)) for bead in again.beads] == shown


def test_the_terminal_shows_an_article_pair_or_one_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = Quality(0.2, (Issue("number", "error", (0, 3), None, "five \x1b[31m is not in the English"),))
    with DatasetWriter(tmp_path / "set") as writer:
        writer.add(lake(), [Quality(0.95), wrong])
        writer.close()
    assert main(["show", str(tmp_path / "set"), "lake"]) == 0
    told = capsys.readouterr().out
    assert "झील की कहानी नीचे दी गई है।" in told
    assert "number (error): five \\x1b[31m is not in the English" in told
    assert "\x1b" not in told
    assert main(["show", str(tmp_path / "set"), "lake-s0002", "--colour", "always"]) == 0
    told = capsys.readouterr().out
    assert "झील की कहानी" not in told
    assert "\x1b[" in told
    assert main(["show", str(tmp_path / "set"), "pond"]) == 2
    assert "lake" in capsys.readouterr().err


def test_two_builds_mark_what_came_and_went() -> None:
    before, after = view(aligned_story(lake())), view(aligned_story(lake().above(0.85)))
    rows = [row for segment in merged(before, after)["segments"] for row in segment["rows"]]
    changes = [(row["id"], row.get("change")) for row in rows]
    assert changes[0] == ("s0001", None)
    assert {("s0002", "-"), ("u0001", "+"), ("u0002", "+"), ("u0003", None)} <= set(changes)
    assert [name for name, _ in changes][1:3] == ["s0002", "u0001"], "what went stands before what came"
    alone = merged(None, view(aligned_story(lake())))
    assert [row["change"] for segment in alone["segments"] for row in segment["rows"]] == ["+"] * 5


@pytest.mark.parametrize("series", [{"pairs": [180, 0]}, {"a<b": [1, 2], "after": [3, 0]}])
def test_charts_are_svg_that_says_what_it_shows(series: dict[str, list[int]]) -> None:
    root = ET.fromstring(bars("Types & <kinds>", ["1-1", "<script>"], series))
    assert root.get("role") == "img"
    assert "Types & <kinds>. 1-1: " in str(root.get("aria-label"))
    assert len(list(root.iter("{http://www.w3.org/2000/svg}rect"))) == 2 * len(series)


def test_no_article_pair_is_an_error_and_a_folder_is_no_report(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="at least one article pair"):
        write_report({"": []}, tmp_path / "r.html", title="none")
    with pytest.raises(UsageError, match="must be a file"):
        write_report({"": []}, tmp_path, title="none")


def test_the_same_articles_make_the_same_page(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        write_report({"": [aligned_story(lake())]}, tmp_path / name, title="same")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert page == (tmp_path / "b.html").read_text(encoding="utf-8")
    assert not re.search(r"%%|https?://(?!www\.w3\.org/2000/svg)", page.split("</style>")[1].split("<script")[0])


def test_the_command_writes_a_report_of_two_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("नदी बहती है। पुल 2019 में बना।\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("The river flows. The bridge was built in 2018.\n", encoding="utf-8")
    out = tmp_path / "r.html"
    assert main(["report", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "-o", str(out)]) == 0
    assert "1 article pairs" in capsys.readouterr().out
    assert main(["report", str(tmp_path), str(tmp_path / "b.txt"), "-o", str(out)]) == 2
    assert main(["report", *[str(tmp_path)] * 3, "-o", str(out)]) == 2


def test_words_are_linked_and_a_verb_as_a_whole() -> None:
    story = aligned_story(plain("pond", "तालाब भर गया है।", "The pond has filled."))
    (row,) = view(story, linked=True)["segments"][0]["rows"]
    hi, en = row["texts"]
    linked = {(hi[a:b], en[c:d]) for a, b, c, d in row["links"]}
    assert ("तालाब", "pond") in linked
    assert {("भर", "filled"), ("गया", "filled"), ("है", "filled")} <= linked
    assert "links" not in view(story)["segments"][0]["rows"][0]
