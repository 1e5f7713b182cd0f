"""What was read and matched is read and matched once, and is what it was."""

import logging
from pathlib import Path

import numpy as np
import pytest

from tests.documents.making import rows
from tithi.encoder import load
from tithi.errors import DataError
from tithi.matching.heap import Heap, HeapBuilder, Look
from tithi.matching.match import Matching
from tithi.pipeline.heaps import build_heaps
from tithi.pipeline.readings import Readings
from tithi.pipeline.store import Store
from tithi.records import Article, Lang, Reject
from tithi.sample import pages

PAGE = """<html lang="hi"><head><title>क़स्बे का मेला</title><meta property="article:published_time" content="2023-03-05">
<link rel="alternate" hreflang="en" href="https://a.example/en/fair"></head><body><article><h1>क़स्बे का मेला</h1>
<p>क़स्बे में मेला लगा और दूर\u200dदूर से लोग आए। राष्\u200cट्रपति ने ५ मार्च को उद्घाटन किया।</p>
<p>डेढ़ लाख लोगों ने \"झूला\" झूला और नदी के किनारे बैठकर लोकगीत सुने।</p></article></body></html>"""


@pytest.fixture
def heap(tmp_path: Path) -> Path:
    """Return a folder with a page, a document with code, a row, and what is none."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_text(PAGE, encoding="utf-8")
    (folder / "b.md").write_text("# पुल\n\nपुल बन गया और लोग ख़ुश हुए।\n\n```\nls -l\n```\n", encoding="utf-8")
    (folder / "c.jsonl").write_bytes(
        rows({"text": "कल बारिश हुई।\r\nनदी में बाढ़ आई।", "licence": "CC0-1.0"}, {"x": 1}, {"text": "It rained."})
    )
    (folder / "d.html").write_text("<html><p>It rained all day, and the river rose.</p></html>", encoding="utf-8")
    (folder / "e.html").write_bytes(b"")
    return folder


def read(store: Store | None, source: Path, lang: Lang = "hi", size: int = 2) -> list[tuple[Article, Look] | Reject]:
    return list(Readings(load(), store, size=size).read(source, lang))


def same(one: tuple[Article, Look] | Reject, other: tuple[Article, Look] | Reject) -> bool:
    if isinstance(one, Reject) or isinstance(other, Reject):
        return one == other
    arrays = ("letters", "vectors", "numbers", "names")
    both = [(getattr(one[1], name), getattr(other[1], name)) for name in arrays]
    return one[0] == other[0] and all(a.dtype == b.dtype and np.array_equal(a, b) for a, b in both)


def test_what_was_read_is_given_back_as_it_was(
    heap: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "tithi")
    plain = read(None, heap)
    articles = [item[0] for item in plain if not isinstance(item, Reject)]
    assert articles[0].traces is not None
    assert articles[0].traces.alternates
    assert articles[1].code
    assert len(articles) == 3
    assert sum(isinstance(item, Reject) for item in plain) == 4
    with Store(tmp_path / "out") as store:
        first = read(store, heap)
    monkeypatch.setattr("tithi.sources.reading.read_apart", None)  # whoever reads a document again fails
    with Store(tmp_path / "out") as store:
        again = read(store, heap, size=3)
    for items in (first, again):
        assert all(same(*both) for both in zip(plain, items, strict=True))
    told = [message.rpartition("in: ")[2] for message in caplog.messages if "used again" in message]
    # The row without a text was told by its bytes alone.
    assert told == [f"{new} documents read, {7 - new} that were read before used again" for new in (7, 1)]


@pytest.mark.parametrize("change", ["bytes", "place", "lang", "code"])
def test_what_decides_a_reading_makes_it_anew(
    heap: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, change: str
) -> None:
    caplog.set_level(logging.INFO, "tithi")
    source = heap / "b.md"
    with Store(tmp_path / "out") as store:
        read(store, source)
    if change == "bytes":
        source.write_text("# पुल\n\nपुल टूट गया।\n", encoding="utf-8")
    elif change == "place":
        source = source.rename(heap / "z.md")
    elif change == "code":
        monkeypatch.setattr("tithi.pipeline.readings.reading_digest", lambda: b"other")
    caplog.clear()
    with Store(tmp_path / "out") as store:
        (item,) = read(store, source, "en" if change == "lang" else "hi")
    assert isinstance(item, Reject) == (change == "lang")
    assert caplog.messages[0].endswith("1 documents read, 0 that were read before used again")


def test_what_was_matched_is_given_back_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def matched(store: Store | None, settings: Matching, left_out: int = -1) -> object:
        readings = Readings(load(), store)

        def heap_at(lang: Lang) -> Heap:
            builder = HeapBuilder(lang, load().dim)
            for number, page in enumerate(sorted(pages(lang).iterdir())):
                if number == left_out:
                    continue
                for item in readings.read(page, lang):
                    if not isinstance(item, Reject):
                        builder.add(*item)
            return builder.heap()

        return readings.match(heap_at("hi"), heap_at("en"), settings)

    wanted = matched(None, Matching())
    with Store(tmp_path / "out") as store:
        assert matched(store, Matching()) == wanted
        with monkeypatch.context() as patch:
            patch.setattr("tithi.pipeline.readings.match", None)
            assert matched(store, Matching()) == wanted
        other = Matching(threshold=0.0, many=True)
        assert matched(store, other) == matched(None, other)
        assert matched(store, other) != wanted
        fewer = matched(store, Matching(), left_out=0)
        assert fewer == matched(None, Matching(), left_out=0)
        assert fewer != wanted


def test_a_full_disk_while_reading_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tithi.pipeline.readings.write_parts", full)
    with pytest.raises(DataError, match="cannot be written; got No space left on device; free some space"):
        build_heaps(pages("hi"), pages("en"), tmp_path / "out")
    assert not list(tmp_path.iterdir())
