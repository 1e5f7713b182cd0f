"""How fast the report and the review are: `python -m benchmarks.pages` (needs Chromium and the dev dependencies).

Made of the sample over and over: a report of 1,000 article pairs and one of 200, and a review of 250 article pairs of
which one has more than 5,000 sentences a side and the queue more than 10,000 beads. Prints the size and the seconds
until each is ready, and for each key the milliseconds until its answer is drawn and until it is saved.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from tithi.aligner import align
from tithi.checks.checker import Checker
from tithi.corpus.write import DatasetWriter
from tithi.records import Alignment, Article, Bead, Document, Quality, Segment, SegmentLink, Sentence, Source
from tithi.report.page import write_report
from tithi.report.stories import stored_stories
from tithi.sample import pairs
from tithi.sources.article import read_article
from training.needed import run

Made = tuple[Alignment, list[Quality]]
KEYS = ["a", "a", "j", "a", "r", "x", "m", "l", "s", "J", "a", "b", "z", "z", "y", "n"]
_PRESS = """async (key) => {
  const start = performance.now();
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const drawn = performance.now() - start;
  const told = document.getElementById('saved');
  const waits = () => told.textContent.startsWith('saving') || document.querySelector('.saving');
  while (waits()) await new Promise((resolve) => setTimeout(resolve, 1));
  return [drawn, performance.now() - start];
}"""


def main() -> None:
    """Measure and print."""
    from playwright.sync_api import sync_playwright

    base = list(_sample())
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        work = Path(place)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for count in (200, 1000):
            _write(work / "set", [_named(base[k % len(base)], f"-{k}") for k in range(count)])
            written = write_report({"": stored_stories(work / "set")}, work / "report.html", title="Speed")
            seconds = min(_opened(browser, (work / "report.html").as_uri()) for _ in range(3))
            print(f"report of {count} article pairs: {written.size / 1e6:.2f} MB, ready in {seconds:.2f} s", flush=True)
        _write(work / "long", [_joined(base * 21), *(_named(base[k % len(base)], f"-{k}") for k in range(249))])
        _review(browser, work / "long")
        browser.close()


def _review(browser: Any, dataset: Path) -> None:
    command = [sys.executable, "-m", "tithi", "review", str(dataset), "--port", "8794"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        page = browser.new_context().new_page()
        page.add_init_script("localStorage.setItem('tithi-name', 'speed')")
        url = process.stdout.readline().strip()
        page.goto(f"{url.partition('?')[0]}assets/report.css?{url.partition('?')[2]}")
        for article in ("04_library-3", "long"):
            page.goto("about:blank")
            start = time.perf_counter()
            page.goto(f"{url.partition('?')[0]}#/{article}")
            for what, shown in (("drawn", "#rows .row"), ("with the dates in sight", "#rows .mark.date")):
                page.wait_for_selector(shown, state="attached", timeout=120_000)
                print(f"review: {article} {what} in {time.perf_counter() - start:.2f} s", flush=True)
        page.wait_for_timeout(2_000)
        print(f"review: {page.inner_text('#left')}")
        print("key  drawn ms  saved ms")
        times = [page.evaluate(_PRESS, key) for key in KEYS]
        for key, (drawn, saved) in zip(KEYS, times, strict=True):
            print(f"{key:4} {drawn:8.0f} {saved:9.0f}")
        print("half {:8.0f} {:9.0f}".format(*map(median, zip(*times, strict=True))))
        print("most {:8.0f} {:9.0f}".format(*map(max, zip(*times, strict=True))), flush=True)
        process.terminate()


def _opened(browser: Any, url: str) -> float:
    context = browser.new_context(offline=True)
    page = context.new_page()
    start = time.perf_counter()
    page.goto(url)
    page.wait_for_selector("html[data-ready]")
    seconds = time.perf_counter() - start
    context.close()
    return seconds


def _sample() -> Iterator[Made]:
    checker = Checker()
    for pair in pairs():
        made = align(read_article(pair.hi, "hi"), read_article(pair.en, "en"), id=pair.id)
        texts = ((made.hi.text(bead.hi), made.en.text(bead.en)) for bead in made.pairs())
        yield made, list(checker.check_all(texts))


def _named(made: Made, suffix: str) -> Made:
    return replace(made[0], id=f"{made[0].id}{suffix}"), made[1]


def _write(out: Path, made: Sequence[Made]) -> None:
    with DatasetWriter(out, force=True) as writer:
        for alignment, quality in made:
            writer.add(alignment, quality)
        writer.close()


def _joined(made: Sequence[Made]) -> Made:
    """Return article pairs one behind the other as one."""
    links, beads = list[SegmentLink](), list[Bead]()
    hi = en = hi_segments = en_segments = 0
    for one, _ in made:
        first = len(links)
        for link in one.links:
            moved = tuple(k + hi_segments for k in link.hi), tuple(k + en_segments for k in link.en)
            links.append(replace(link, hi=moved[0], en=moved[1]))
        for bead in one.beads:
            sides = (bead.hi[0] + hi, bead.hi[1] + hi), (bead.en[0] + en, bead.en[1] + en)
            beads.append(replace(bead, hi=sides[0], en=sides[1], link=bead.link + first))
        hi, en = hi + len(one.hi.sentences), en + len(one.en.sentences)
        hi_segments, en_segments = hi_segments + len(one.hi.segments), en_segments + len(one.en.segments)
    documents = (_document([one.hi for one, _ in made]), _document([one.en for one, _ in made]))
    quality = [judged for _, listed in made for judged in listed]
    return Alignment("long", *documents, tuple(links), tuple(beads)), quality


def _document(documents: Sequence[Document]) -> Document:
    text = ""
    segments: list[Segment] = []
    sentences: list[Sentence] = []
    for one in documents:
        at, count = len(text), len(sentences)
        text += one.article.text + "\n"
        for segment in one.segments:
            heading = segment.heading and (segment.heading[0] + at, segment.heading[1] + at)
            inside = (segment.sentences[0] + count, segment.sentences[1] + count)
            segments.append(Segment(segment.start + at, segment.stop + at, heading, segment.date, inside))
        sentences += [Sentence(s.start + at, s.stop + at, s.text) for s in one.sentences]
    article = Article(documents[0].article.lang, text, Source("joined"))
    return Document(article, tuple(segments), tuple(sentences))


if __name__ == "__main__":
    run(main)
