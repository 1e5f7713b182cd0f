"""Documents are read in processes of their own: one that hangs or crashes is told, and the rest goes on."""

import pickle
import shutil
from pathlib import Path

import pytest

from tests.documents.making import word
from tithi.documents import apart
from tithi.documents.apart import read_apart
from tithi.documents.reader import Document, read_document
from tithi.errors import DataError
from tithi.records import Article, Reject
from tithi.sample import pages
from tithi.sources.reading import read_articles

HINDI = "गाँव ने तालाब को गहरा किया और काम पाँच महीने चला।"
PAGE = f"<html><body><p>{HINDI}</p><p>{HINDI}</p></body></html>".encode()
# Four megabytes that take any machine longer than the twentieth of a second that they are given.
LONG = b"<html><body>" + f"<p>{HINDI}</p>".encode() * 30_000
GIVEN = 0.05


def page(data: bytes = PAGE) -> Document:
    return Document("html", data, "a.html", "hi")


def test_the_answer_is_that_of_reading_here() -> None:
    for path in sorted(pages("hi").glob("*.html")):
        document = page(path.read_bytes())
        assert read_apart(document) == read_document(document)
    with pytest.raises(DataError) as apart_error:
        read_apart(page(b"<body><nav>x</nav></body>"))
    with pytest.raises(DataError) as here_error:
        read_document(page(b"<body><nav>x</nav></body>"))
    assert str(apart_error.value) == str(here_error.value)


def test_one_process_reads_many_documents() -> None:
    read_apart(page())
    waiting = list(apart._IDLE)
    for _ in range(5):
        read_apart(page())
    assert waiting == apart._IDLE


def test_what_takes_too_long_is_a_reject_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(LONG)
    (tmp_path / "b.txt").write_text(HINDI, encoding="utf-8")
    first, second = read_articles(tmp_path, "hi", seconds=GIVEN)
    assert isinstance(first, Reject)
    assert first.reason.endswith(
        "a.html: must be readable; got a document that takes longer than 0.05 seconds; leave it out"
    )
    assert isinstance(second, Article)
    # The next document gets a new process.
    assert read_apart(page()).text == f"{HINDI}\n{HINDI}\n"


def test_a_process_that_ended_while_it_waited_is_replaced() -> None:
    read_apart(page())
    for process in apart._IDLE:
        process._process.kill()
        process._process.wait()
    assert read_apart(page()).text == f"{HINDI}\n{HINDI}\n"


def test_a_document_that_ends_the_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_START", "raise SystemExit")
    monkeypatch.setattr(apart, "_IDLE", [])
    with pytest.raises(DataError, match="a document that ends the process that reads it"):
        read_apart(page())


def test_without_its_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other process answers that something is missing; what it is, is found here."""
    monkeypatch.setattr(apart._Process, "ask", lambda *_: None)
    assert read_apart(page()).text == f"{HINDI}\n{HINDI}\n"


def test_documents_can_be_sent() -> None:
    document = Document("docx", word(HINDI), "a.docx", "hi", "https://a.example/", "utf-8")
    assert pickle.loads(pickle.dumps(document)) == document


@pytest.mark.parametrize("jobs", [2, 3])
def test_several_processes_read_the_same_in_the_same_order(tmp_path: Path, jobs: int) -> None:
    for path in pages("hi").glob("*.html"):
        shutil.copy(path, tmp_path)
    (tmp_path / "m.docx").write_bytes(word(HINDI))
    (tmp_path / "n.txt").write_text(HINDI, encoding="utf-8")
    (tmp_path / "o.html").write_bytes(b"<body><nav>x</nav></body>")
    one = list(read_articles(tmp_path, "hi"))
    assert len(one) == 23
    assert list(read_articles(tmp_path, "hi", jobs=jobs)) == one
