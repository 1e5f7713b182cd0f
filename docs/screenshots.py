"""The pictures of the report and the review in `docs/images`, made anew: `python docs/screenshots.py [FOLDER]`.

Needs Chromium, the dev dependencies and fonts with Devanagari (Debian: fonts-noto-core).
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tithi.cli.main import main
from tithi.sample import manifest, pairs

WIDE, PHONE = {"width": 1180, "height": 820}, {"width": 390, "height": 780}
PORT = 8793


def shoot(folder: Path) -> None:
    """Make every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, _chromium() as chromium:
        work = Path(place)
        _tithi("build", "--manifest", manifest(), "-o", work / "sample")
        _tithi("report", work / "sample", "-o", work / "report.html", "--title", "The sample")
        _changed(work)
        two = next(pair for pair in pairs() if pair.id == "04_library")
        _tithi("report", two.hi, work / "changed.txt", "-o", work / "two.html", "--title", "Two tellings of a library")
        report = (work / "report.html").as_uri()
        for name, url, options in (
            ("report", report, {}),
            ("report-pair", f"{report}#/04_library", {}),
            ("report-dark", f"{report}#/06_cricket/s0017", {"color_scheme": "dark"}),
            ("report-phone", f"{report}#/04_library/s0013", {"viewport": PHONE}),
            ("fact-check", (work / "two.html").as_uri(), {}),
        ):
            with _page(chromium, **options) as page:
                page.goto(url)
                page.wait_for_selector("html[data-ready]")
                if name == "report-pair":
                    page.locator("mark.issue").first.scroll_into_view_if_needed()
                    page.locator("mark.issue").first.hover()
                _save(page, folder / f"{name}.png")
        with _server(work / "sample") as url, _page(chromium) as page:
            page.add_init_script("localStorage.setItem('tithi-name', 'asha')")
            page.goto(url)
            page.wait_for_selector("html[data-ready]")
            for key in ("a", "r", "m", "l"):
                page.keyboard.press(key)
            page.wait_for_selector(".row.made .notes")  # checked as it reads now
            page.wait_for_selector("#saved:has-text('saved')")
            _save(page, folder / "review.png")


def _changed(work: Path) -> None:
    """Write an English telling that differs: a year, a number, a sentence more and one less."""
    (pair,) = (pair for pair in pairs() if pair.id == "04_library")
    text = pair.en.read_text(encoding="utf-8")
    lines = text.replace("six thousand", "nine thousand").splitlines(keepends=True)
    (work / "changed.txt").write_text("".join(lines[:-1]) + "The mayor gave 40 computers.\n", encoding="utf-8")


def _tithi(*words: object) -> None:
    if main([str(word) for word in words]):
        raise SystemExit(1)


@contextmanager
def _chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@contextmanager
def _page(chromium: Any, **options: Any) -> Iterator[Any]:
    context = chromium.new_context(**{"viewport": WIDE, "offline": False, **options})
    yield context.new_page()
    context.close()


def _save(page: Any, path: Path) -> None:
    page.wait_for_timeout(300)
    page.screenshot(path=str(path))


@contextmanager
def _server(dataset: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "tithi", "review", str(dataset), "--port", str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


if __name__ == "__main__":
    shoot(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent / "images"))
