"""The report in a real browser: opened as a file without network, read, searched, filtered, printed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.browser import browser, serious, until, watched
from tests.builders import lake, plain
from tithi.records import Issue, Quality, Source
from tithi.report.page import write_report
from tithi.report.stories import aligned_story

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)"> \u202eelif\u202c & </style>'
#: A mark from inside स्त to inside स्थ: the borders fall into syllables and must be widened to whole ones.
HINDI = "वस्तु की ज़रूरत थी, स्थिति 12 मई 2019 को बदली।"
ENGLISH = "The goods were needed; the situation changed on May 12, 2019."


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    goods = Quality(0.2, (Issue("name", "error", (2, 4), (4, 9), f"the goods are others {HOSTILE}"),))
    long = "लंबी 12 🙂 पंक्ति " * 65_000
    stories = [
        aligned_story(lake(), [Quality(0.95), Quality(0.6)]),
        aligned_story(plain("goods", HINDI, ENGLISH, Source("x", title="वस्तुएँ", publisher="A & B")), [goods]),
        aligned_story(plain("hostile", f"यह {HOSTILE} है।", f"It is {HOSTILE}.", Source("x", title=HOSTILE))),
        aligned_story(plain("long", long, "A line of a million characters.")),
        aligned_story(plain("pile", "क" + "\u0301" * 200_000, "A pile of accents that no browser shapes in its time.")),
    ]
    write_report({"corpus": stories}, path, title=f"Test {HOSTILE}")
    return path


@pytest.fixture
def page(chromium: Any, report: Path) -> Iterator[Any]:
    with watched(chromium, offline=True) as opened:
        go(opened, report)
        yield opened


def go(page: Any, report: Path, place: str = "") -> None:
    page.goto(f"{report.as_uri()}{place}")
    page.wait_for_selector("html[data-ready]")


def rows(page: Any) -> int:
    return int(page.locator("#rows .row").count())


def test_it_lists_the_worst_first_and_opens_a_pair(page: Any) -> None:
    assert page.locator("#list .name").first.inner_text() == "वस्तुएँ"
    assert page.locator(".chart svg").count() == page.locator(".chart table").count() >= 5
    page.locator("#list a").first.click()
    page.wait_for_selector("#rows .row")
    assert page.locator("#rows .text.hi").inner_text() == HINDI
    assert page.locator("#rows .text.hi").get_attribute("lang") == "hi"


def test_marks_keep_syllables_whole_and_explain_themselves(page: Any, report: Path) -> None:
    go(page, report, "#/goods")
    mark = page.locator("mark.issue").first
    assert mark.inner_text() == "स्तु"
    mark.hover()
    assert "the goods are others" in page.locator("#tip").inner_text()
    page.mouse.move(0, 0)
    assert page.locator("#tip").is_hidden()
    mark.focus()
    assert page.locator("#tip").is_visible()
    assert mark.get_attribute("aria-describedby") == "tip"
    assert page.locator(".mark.date").first.get_attribute("data-tip") == "date read: 2019-05-12"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("जरूरत", ["goods"]),
        ("ज\u093cरूरत", ["goods"]),
        ("SITUATION", ["goods"]),
        ("१२ मई", ["goods"]),
        ("मछलियां", ["lake"]),
        ("<script>", ["hostile"]),
        ("xyz", []),
    ],
)
def test_search_knows_no_nukta_and_no_case(page: Any, query: str, found: list[str]) -> None:
    page.fill("#search", query)
    until(page, f"document.querySelectorAll('#list a').length === {len(found)}")
    assert [link.split("/")[1] for link in page.eval_on_selector_all("#list a", "all => all.map(a => a.hash)")] == found


def test_filters_by_issue_quality_and_date(page: Any) -> None:
    page.select_option("#kind", "name")
    assert page.locator("#count").inner_text() == "1 of 5 article pairs"
    page.select_option("#kind", "")
    page.fill("#quality", "70")
    assert page.locator("#count").inner_text() == "2 of 5 article pairs"
    page.click("#filter button[type=reset]")
    page.fill("#from", "2022")
    until(page, "document.querySelectorAll('#list a').length === 1")
    page.click("#list a")
    page.wait_for_selector("#rows .row")
    page.select_option("#kind", "no counterpart")
    assert rows(page) == 3


def test_hostile_text_is_shown_as_text(page: Any, report: Path) -> None:
    go(page, report, "#/hostile")
    assert HOSTILE in page.locator("#rows .text.en").text_content()
    assert page.locator("main img, main script").count() == 0
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert "unsafe" not in policy


def test_a_line_of_a_million_characters_is_cut_until_asked_for(page: Any, report: Path) -> None:
    go(page, report, "#/long")
    assert len(page.locator("#rows .text.hi").text_content()) < 5_000
    page.click(".more")
    assert len(page.locator("#rows .text.hi").text_content()) > 900_000
    assert page.locator("#rows .text.hi .mark.number").count() == 65_000
    assert page.locator("#rows .text.hi .mark.number").last.inner_text() == "12"


def test_a_pile_of_marks_is_drawn_in_parts(page: Any, report: Path) -> None:
    go(page, report, "#/pile")
    page.click(".more")
    assert page.locator("#rows .text.hi").text_content() == "क" + "\u0301" * 200_000
    assert page.locator("#rows .pile").count() > 1_000


def test_keys_and_permanent_links(page: Any, report: Path) -> None:
    go(page, report, "#/lake/s0002")
    page.wait_for_selector(".row.current")
    assert page.locator(".row.current").get_attribute("data-row") == "s0002"
    page.keyboard.press("k")
    assert page.evaluate("location.hash") == "#/lake/s0001"
    page.keyboard.press("n")
    assert page.locator(".row.current").get_attribute("data-row") == "u0001"
    page.keyboard.press("f")
    assert rows(page) == 3
    page.keyboard.press("f")
    page.keyboard.press("w")
    assert page.locator("#rows .segment").count() == 0
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    page.wait_for_selector("#overview", state="visible")


def test_what_is_found_is_counted_and_what_was_left_out_is_no_loss(page: Any, report: Path, tmp_path: Path) -> None:
    go(page, report, "#/lake")
    assert page.locator(".tally").inner_text() == "2 only in the Hindi · 1 only in the English"
    write_report({"": [aligned_story(lake().above(0.85))]}, tmp_path / "above.html", title="Above")
    go(page, tmp_path / "above.html", "#/lake")
    assert page.locator(".tally").inner_text() == "2 only in the Hindi · 1 only in the English · 2 left out"
    assert page.locator("#row-u0001 .notes").inner_text().startswith("left out score below 0.85")
    beads = lake().beads
    doubt = replace(beads[2], reason="several compete", rival=((1, 2), 0.25))
    in_doubt = replace(lake(), beads=(*beads[:2], doubt, *beads[3:]))
    write_report({"": [aligned_story(in_doubt)]}, tmp_path / "doubt.html", title="In doubt")
    go(page, tmp_path / "doubt.html", "#/lake")
    assert page.locator(".tally").inner_text() == "1 only in the Hindi · 1 only in the English · 1 in doubt"
    told = page.locator("#row-u0001 .notes").inner_text()
    assert told.startswith("in doubt several compete; most likely it belongs to ")
    assert told.endswith("(.25)")
    go(page, tmp_path / "above.html", "#/lake")
    assert page.locator("#list .name").first.inner_text() == "झील की कहानी नीचे दी गई है।"


def test_dates_that_contradict_stand_out(page: Any, report: Path) -> None:
    go(page, report, "#/lake")
    assert page.locator("#rows .segment .date").all_inner_texts() == ["undated", "2019-05", "2021", "2023"]
    assert page.locator("#rows .row.alone").count() == 3
    assert page.locator(".dots rect").count() == 6


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("place", ["", "#/goods", "#/lake"])
def test_axe_finds_nothing_serious_and_nothing_sticks_out(
    chromium: Any, report: Path, scheme: str, width: int, place: str
) -> None:
    with watched(chromium, viewport={"width": width, "height": 844}, color_scheme=scheme, offline=True) as page:
        go(page, report, place)
        page.wait_for_timeout(200)
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_word_lights_up_with_its_counterpart(page: Any, report: Path) -> None:
    go(page, report, "#/lake/s0002")
    lit = "[...(CSS.highlights.get('linked') ?? [])].map(range => range.toString())"
    box = page.locator(".row.current .text.hi").bounding_box()
    found = set()
    for across in range(4, int(box["width"]), 8):
        page.mouse.move(box["x"] + across, box["y"] + 14)
        found.add(tuple(page.evaluate(lit)))
    assert ("तालाब", "pond") in found


def test_two_builds_stand_on_one_page(chromium: Any, tmp_path: Path) -> None:
    builds = {"all": [aligned_story(lake())], "strict <b>": [aligned_story(lake().above(0.85))]}
    write_report(builds, tmp_path / "two.html", title="Two")
    with watched(chromium, offline=True) as page:
        go(page, tmp_path / "two.html", "#/lake")
        page.select_option("#kind", "changed")
        assert sorted(page.locator("#rows .row .change").all_inner_texts()) == ["after", "after", "before"]
        page.keyboard.press("u")
        assert page.locator(".chart .key.second").first.inner_text() == "strict <b>"
        assert serious(page) == []


def test_it_prints_every_row(page: Any, report: Path, tmp_path: Path) -> None:
    go(page, report, "#/lake")
    page.pdf(path=str(tmp_path / "lake.pdf"))
    assert (tmp_path / "lake.pdf").read_bytes().startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.locator(".side").is_hidden()
    assert page.locator("#rows .row").last.is_visible()


def test_beyond_its_limit_the_report_is_a_folder_that_opens_the_same(chromium: Any, tmp_path: Path) -> None:
    written = write_report({"": [aligned_story(lake())]}, tmp_path / "big.html", title="Big", largest=10)
    assert written.folder
    with watched(chromium, offline=True) as page:
        go(page, written.path)
        page.wait_for_selector("#rows .row")
        assert rows(page) == 5
