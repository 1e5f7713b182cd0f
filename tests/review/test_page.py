"""A review in a real browser: by keyboard, over a crash, in two windows, on a phone; and who is let in."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import browser, serious, until, watched
from tests.builders import lake, plain
from tithi.corpus.write import DatasetWriter
from tithi.records import Issue, Quality
from tithi.review.fold import fold
from tithi.review.store import Store

pytest.importorskip("uvicorn")
pytest.importorskip("starlette")
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)"> \u202e'


class Server:
    """A server of its own process, to be killed and started again on the same port."""

    def __init__(self, dataset: Path, *options: str) -> None:
        self.dataset, self.options = dataset, options
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "tithi", "review", str(self.dataset), "--port", str(self.port), *self.options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()

    def kill(self) -> None:
        self.process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def store(self) -> Store:
        return Store(self.dataset / "review.sqlite", read_only=True)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as running:
        yield running


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    wrong = Quality(0.2, (Issue("number", "error", (0, 3), (0, 5), "the numbers are others"),))
    with DatasetWriter(tmp_path / "set") as writer:
        writer.add(lake(), [Quality(0.95), wrong])
        writer.add(plain("hostile", f"यह {HOSTILE} है।", f"It is {HOSTILE}."))
        writer.close()
    return tmp_path / "set"


@pytest.fixture
def server(dataset: Path) -> Iterator[Server]:
    running = Server(dataset)
    yield running
    running.kill()


def enter(page: Any, server: Server, who: str = "asha", place: str = "") -> None:
    page.add_init_script(f"localStorage.setItem('tithi-name', '{who}')")
    page.goto(server.url)
    page.goto(f"http://127.0.0.1:{server.port}/{place}")
    page.wait_for_selector("html[data-ready]")


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
    until(page, "document.getElementById('saved').textContent.startsWith('saved')")
    until(page, "!document.querySelector('.row.saving')")


def beads(page: Any) -> list[list[int]]:
    return page.eval_on_selector_all("#rows .row", "all => all.map(n => n.item.sides.map(s => s.length))")  # type: ignore[no-any-return]


def test_a_whole_review_by_keyboard(chromium: Any, server: Server) -> None:
    with watched(chromium) as page:
        enter(page, server)
        assert page.locator(".row.current").inner_text().startswith("गाँव ने तालाब को गहरा किया।")
        assert page.locator(".row.current .status").inner_text() == "auto"
        press(page, "x")
        assert page.locator(".row.current mark.issue").count() == 0
        press(page, "v", "x")
        press(page, "l", "s")
        assert beads(page)[1:3] == [[1, 1], [1, 0]]
        press(page, "J")
        assert beads(page)[1:3] == [[1, 1], [2, 0]]
        press(page, "z", "z")
        assert beads(page)[1:3] == [[2, 1], [1, 0]]
        press(page, "y")
        assert beads(page)[1:3] == [[1, 1], [1, 0]]
        press(page, "m")
        assert beads(page)[1:3] == [[2, 1], [1, 0]]
        press(page, "b", "a")
        press(page, "Space")
        press(page, "r")
        page.reload()
        page.wait_for_selector("html[data-ready]")
    with server.store() as store:
        state = fold(store.decisions("lake"))
    assert sorted(verdict for said in state.verdicts.values() for verdict in said.values()) == ["accepted", "rejected"]
    assert state.bookmarks
    assert state.seen


def test_what_is_undone_stands_where_it_stood(chromium: Any, server: Server) -> None:
    with watched(chromium) as page:
        enter(page, server)
        order = "[...document.querySelectorAll('#rows > :not(.end)')].map(n => n.dataset.key ?? n.id)"
        queue = "[...document.querySelectorAll('#list .name')].map(n => n.textContent)"
        before, waiting = page.evaluate(order), page.evaluate(queue)
        press(page, "k", "m")
        assert page.evaluate(order) != before
        press(page, "z")
        assert page.evaluate(order) == before
        assert sorted(page.evaluate(queue)) == sorted(waiting)


def test_a_verdict_goes_on_to_the_next_in_the_queue(chromium: Any, server: Server) -> None:
    with watched(chromium) as page:
        enter(page, server)
        page.select_option("#then", "queue")
        page.locator("#list button").nth(1).click()
        wanted = page.locator("#list button").nth(2).locator(".name").inner_text()
        press(page, "a")
        until(page, f"document.querySelector('#list [aria-current] .name').textContent === {wanted!r}")


def test_one_command_leaves_what_was_decided_since(chromium: Any, server: Server) -> None:
    with watched(chromium) as page:
        enter(page, server)
        press(page, "r")
        page.select_option("#all", "accepted")
        page.wait_for_selector("#ask[open]")
        page.click("#ask-ok")
        until(page, "document.getElementById('left').textContent.startsWith('0 left')")
    with server.store() as store:
        assert [said for said in fold(store.decisions("lake")).verdicts.values() if "rejected" in said.values()]


def test_a_kind_of_alarm_is_dismissed_everywhere_and_taken_back(chromium: Any, server: Server) -> None:
    with watched(chromium) as page:
        enter(page, server)
        assert page.locator(".row.current mark.issue").count() > 0
        page.keyboard.press("X")
        page.wait_for_selector("#ask[open]")
        assert page.locator("#ask option").all_inner_texts() == ["in the whole dataset", "in this article pair"]
        page.keyboard.press("Enter")
        until(page, "!document.querySelector('.row.current mark.issue')")
        assert page.locator("#kind option").all_inner_texts() == ["anything", "no counterpart"]
        press(page, "z")
        until(page, "document.querySelector('.row.current mark.issue')")
    with server.store() as store:
        (decision,) = store.decisions(history=True)
    assert (decision.article, decision.kind, dict(decision.data)) == (
        "",
        "dismiss",
        {"issue": "number", "domain": None, "on": True},
    )


def test_a_bead_made_by_hand_has_its_dates_and_numbers(chromium: Any, server: Server) -> None:
    with watched(chromium) as page:
        enter(page, server)
        until(page, "document.querySelector('.row.current .mark.number')")
        press(page, "x", "l", "s")
        assert page.locator("#rows .row.made .mark.number").all_inner_texts() == ["five", "पाँच"]
        page.reload()
        until(page, "document.querySelectorAll('#rows .row.made .mark.number').length === 2")


def test_what_people_change_is_checked_at_once(chromium: Any, server: Server) -> None:
    rows, count = "[...document.querySelectorAll('#rows .row.made')]", "i => i.kind === 'number'"
    numbers = f"{rows}.map(n => n.item.issues.filter({count}).length).join()"
    with watched(chromium) as page:
        enter(page, server)
        press(page, "x", "l", "s")
        until(page, f"{numbers} === '1,0'")
        row = page.locator("#rows .row.made").first
        assert "five" in row.locator("mark.issue").all_inner_texts()
        assert row.locator(".band.step-1").count() == 1
        page.reload()
        until(page, f"{numbers} === '1,0'")
        page.select_option("#status", "decided")
        assert "number" in page.locator("#list").inner_text()
        page.locator("#list button", has_text="number").click()
        press(page, "x")
        assert row.locator(".notes .false").count() == 1
        press(page, "e")
        page.locator("#ask textarea").fill("गाँव ने तालाब को गहरा किया, और काम पाँच महीने चला।")
        page.keyboard.press("Enter")
        until(page, f"{numbers} === '0,0'")
        press(page, "z")
        until(page, f"{numbers} === '1,0'")


def test_a_word_lights_up_with_its_counterpart(chromium: Any, server: Server) -> None:
    lit = "[...(CSS.highlights.get('linked') ?? [])].map(range => range.toString())"
    with watched(chromium) as page:
        enter(page, server)
        for keys, word in ((("b",), ("महीने", "months")), (("g",), ("तालाब", "pond"))):
            press(page, *keys)
            box = page.locator(".row.current .text.hi").last
            until(page, "!document.querySelector('.row.current').item.unchecked")
            box.hover()
            until(page, "document.querySelector('.row.current').item.links?.length")
            place, found = box.bounding_box(), set()
            for across in range(4, int(place["width"]), 8):
                page.mouse.move(place["x"] + across, place["y"] + 14)
                found.add(tuple(page.evaluate(lit)))
            assert word in found


def test_words_are_found_in_all_article_pairs(chromium: Any, server: Server) -> None:
    with watched(chromium) as page:
        enter(page, server)
        page.fill("#find", "SCRIPT")
        page.keyboard.press("Enter")
        until(page, "document.querySelector('#rows .text.hi')?.textContent.startsWith('यह')")
        assert page.locator("#list li").count() == 1
        page.fill("#find", "मछलियां")
        page.keyboard.press("Enter")
        until(page, "document.querySelector('.row.current')?.textContent.startsWith('मछलियाँ')")
        page.fill("#find", "xyz")
        page.keyboard.press("Enter")
        page.wait_for_selector("#alert:not([hidden])")


def test_sentences_are_cut_joined_and_corrected(chromium: Any, server: Server) -> None:
    with watched(chromium) as page:
        enter(page, server)
        page.keyboard.press("g")
        until(page, "document.querySelector('.row.current').item.sides[0].length === 1")
        press(page, "c")
        page.wait_for_selector("#ask[open]")
        page.keyboard.press("Enter")
        until(page, "document.querySelector('.row.current').item.sides[0].length === 2")
        press(page, "e")
        page.locator("#ask textarea").fill("गाँव ने तालाब को और गहरा किया।")
        page.keyboard.press("Enter")
        page.wait_for_selector(".sentence.corrected")
        press(page, "d")
        page.locator("#ask input").fill("2019-06")
        page.keyboard.press("Enter")
        until(page, "[...document.querySelectorAll('.date')].some(n => n.textContent.startsWith('2019-06'))")
        press(page, "i")
        page.locator("#ask select").select_option("number")
        page.locator("#ask input").fill("the pond is a lake")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=missed: number")
        press(page)
    with server.store() as store:
        state = fold(store.decisions("lake"))
    assert [history[-1][2] for history in state.texts.values()] == ["गाँव ने तालाब को और गहरा किया।"]
    assert [date for date, _ in state.dates.values()] == ["2019-06"]
    assert [item["note"] for missed in state.missed.values() for item in missed] == ["the pond is a lake"]


def test_a_sentence_is_dragged_to_another_bead(chromium: Any, server: Server) -> None:
    with watched(chromium) as page:
        enter(page, server)
        page.locator(".row.current .sentence").nth(1).drag_to(page.locator("#rows .row").nth(2))
        press(page)
        assert beads(page)[1:3] == [[1, 1], [2, 0]]


def test_a_crash_of_the_server_loses_nothing(chromium: Any, server: Server) -> None:
    context = chromium.new_context()
    page = context.new_page()
    enter(page, server)
    press(page, "a")
    server.kill()
    page.keyboard.press("a")
    page.wait_for_selector("#saved.bad")
    assert "NOT SAVED" in page.locator("#saved").inner_text()
    server.start()
    context.new_page().goto(server.url)
    until(page, "document.getElementById('saved').textContent.startsWith('saved')")
    with server.store() as store:
        assert len(fold(store.decisions()).verdicts) == 2
    context.close()


def test_the_later_of_two_windows_is_told(chromium: Any, server: Server) -> None:
    context = chromium.new_context()
    one, two = context.new_page(), context.new_page()
    enter(one, server)
    enter(two, server)
    press(one, "l", "s")
    two.keyboard.press("m")
    two.wait_for_selector("#alert:not([hidden])")
    assert "in another window" in two.locator("#alert").inner_text()
    until(two, "document.querySelectorAll('#rows .row').length === 6")
    assert beads(two)[1:3] == [[1, 1], [1, 0]]
    two.keyboard.press("a")
    until(two, "document.getElementById('saved').textContent.startsWith('saved')")
    context.close()


def test_one_command_decides_for_all_that_is_shown(chromium: Any, server: Server) -> None:
    with watched(chromium) as page:
        enter(page, server)
        page.select_option("#kind", "no counterpart")
        page.select_option("#all", "accepted")
        page.wait_for_selector("#ask[open]")
        page.click("#ask-ok")
        until(page, "document.getElementById('left').textContent.startsWith('3 left')")
        press(page, "z")
        until(page, "document.getElementById('left').textContent.startsWith('6 left')")


@pytest.mark.parametrize("place", ["#/%E0%A4%A", "#/no such pair", "#/lake/no bead", "#///"])
def test_an_address_that_names_nothing_opens_the_first_of_the_queue(chromium: Any, server: Server, place: str) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        enter(page, server, place=place)
        until(page, "document.querySelector('#rows .row.current')")
        assert page.locator("#alert").is_hidden()


def test_hostile_text_is_shown_as_text(chromium: Any, server: Server) -> None:
    with watched(chromium) as page:
        enter(page, server, place="#/hostile")
        until(page, "document.querySelector('#rows .text.hi').textContent.startsWith('यह')")
        assert HOSTILE.strip() in page.locator("#rows .text.en").first.text_content()
        assert page.locator("main img, main script").count() == 0


def test_a_line_of_a_million_characters_is_reviewed(chromium: Any, tmp_path: Path) -> None:
    with DatasetWriter(tmp_path / "set") as writer:
        writer.add(plain("long", "लंबी 12 🙂 पंक्ति " * 65_000, f"A long line {HOSTILE}"), [Quality(0.5)])
        writer.close()
    server = Server(tmp_path / "set")
    try:
        with watched(chromium) as page:
            enter(page, server)
            until(page, "document.querySelectorAll('#rows .mark.number').length > 100")
            assert len(page.locator("#rows .text.hi").text_content()) < 5_000
            assert set(page.locator("#rows .text.hi .mark.number").all_inner_texts()) == {"12"}
            press(page, "a")
        with server.store() as store:
            assert len(fold(store.decisions("long")).verdicts) == 1
    finally:
        server.kill()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")])
def test_axe_finds_nothing_serious(chromium: Any, server: Server, width: int, scheme: str) -> None:
    with watched(chromium, viewport={"width": width, "height": 844}, color_scheme=scheme) as page:
        enter(page, server)
        press_free = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert press_free
        # The library is let in by its own script tag's way round: the policy admits no other script.
        page.wait_for_timeout(100)
        assert serious(page) == []


def test_read_only_shows_and_takes_nothing(chromium: Any, dataset: Path) -> None:
    server = Server(dataset, "--read-only")
    try:
        with watched(chromium) as page:
            enter(page, server)
            assert page.locator("#actions").is_hidden()
            page.keyboard.press("a")
            assert page.locator(".row.accepted").count() == 0
        assert not (dataset / "review.sqlite").exists()
    finally:
        server.kill()


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    token = server.url.partition("=")[2]
    given = {"Host": f"127.0.0.1:{server.port}", "Cookie": f"tithi_review={token}", **headers}
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", method=method, headers=given)
    if method == "POST":
        request.data = b'{"who": "x", "items": [], "rev": {}}'
    try:
        with urllib.request.urlopen(request) as answer:
            return int(answer.status), str(answer.headers.get("Content-Security-Policy"))
    except urllib.error.HTTPError as error:
        with error:
            return error.code, str(error.headers.get("Content-Security-Policy"))


def test_only_this_machine_with_the_token_is_let_in(server: Server) -> None:
    own = f"http://127.0.0.1:{server.port}"
    answers = {
        "ours": ask(server, "/api/queue"),
        "no token": ask(server, "/api/queue", Cookie=""),
        "a wrong token": ask(server, "/api/queue", Cookie="tithi_review=नहीं".encode().decode("latin-1")),
        "another host": ask(server, "/api/queue", Host="evil.example"),
        "a file elsewhere": ask(server, "/assets/..%2Fapp.py"),
        "no origin": ask(server, "/api/decide", "POST"),
        "another origin": ask(server, "/api/decide", "POST", Origin="http://evil.example"),
        "our page": ask(server, "/api/decide", "POST", Origin=own),
    }
    wanted = {"ours": 200, "our page": 200, "a file elsewhere": 404}
    assert {name: code for name, (code, _) in answers.items()} == {name: wanted.get(name, 403) for name in answers}
    assert all("script-src 'self'" in policy for _, policy in answers.values())
    assert os.environ.get("HOST") != "0.0.0.0"
