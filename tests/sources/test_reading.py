"""Every kind of source becomes articles; what is none becomes a reject that says what it is, and the rest goes on."""

import gzip
import json
import os
from pathlib import Path

import pyarrow as pa
import pytest
from datasets import Dataset
from pyarrow import parquet

from tests.documents.making import crawl, open_document, packed, rows, word, zstd
from tithi.cli.main import main
from tithi.errors import DataError, UsageError
from tithi.records import Article, Lang, Reject
from tithi.sources.article import read_article
from tithi.sources.reading import read_articles

HINDI = "गाँव ने तालाब को गहरा किया और काम पाँच महीने चला।"
SECOND = "मछलियाँ लौट आईं और बच्चों ने किनारे पर पेड़ लगाए।"
ENGLISH = "The village dug the pond deeper, and the work took five months."
PAGE = (
    f"<html><head><title>तालाब</title></head><body><h1>तालाब</h1><p>{HINDI}</p><p>{SECOND}</p></body></html>".encode()
)
BOTH = f"{HINDI}\n{SECOND}\n"
CUES = (
    "1\n00:00:01,000 --> 00:00:02,000\nगाँव ने तालाब को\n\n2\n00:00:02,100 --> 00:00:04,000\n"
    f"<i>गहरा किया और काम पाँच महीने चला।</i>\n\n3\n00:00:05,000 --> 00:00:07,000\n{SECOND}\n"
).encode()
ODT = f"<text:p>{HINDI}</text:p><text:list><text:list-item><text:p>{SECOND}</text:p></text:list-item></text:list>"
MARKDOWN = f"# तालाब\n\n**{HINDI[:7]}**{HINDI[7:]}\n\n- {SECOND}\n\n```sh\nmake demo\n```\n".encode()
ROWS = rows({"text": HINDI}, {"text": SECOND})


def read(source: Path, lang: Lang = "hi", **columns: str) -> list[Article | Reject]:
    return list(read_articles(source, lang, columns=columns))


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "texts"),
    [
        ("a.txt", BOTH.encode(), [BOTH]),
        ("a.txt", b"\xef\xbb\xbf" + BOTH.encode(), [BOTH]),
        ("no-suffix", BOTH.encode(), [BOTH]),
        ("a.txt", BOTH.encode().decode("latin-1").encode(), [BOTH]),
        ("a.jsonl", rows({"text": HINDI.encode().decode("latin-1")}), [HINDI]),
        ("a.html", PAGE, [BOTH]),
        ("page.txt", PAGE, [BOTH]),
        ("a.htm", PAGE.decode().encode("utf-16"), [BOTH]),
        ("a.md", MARKDOWN, [f"तालाब\n{BOTH}make demo\n"]),
        ("a.docx", word(HINDI, table=[SECOND, "2019"]), [f"{BOTH}2019\n"]),
        ("a.odt", open_document(ODT), [BOTH]),
        ("a.srt", CUES, [BOTH]),
        ("a.vtt", b"WEBVTT\n\n" + CUES.replace(b",000", b".000"), [BOTH]),
        ("a.jsonl", ROWS, [HINDI, SECOND]),
        ("a.jsonl.gz", gzip.compress(ROWS), [HINDI, SECOND]),
        ("a.jsonl.zst", zstd(ROWS), [HINDI, SECOND]),
        ("a.html.gz", gzip.compress(PAGE), [BOTH]),
        ("a.txt.zst", zstd(BOTH.encode()), [BOTH]),
        ("a.warc.gz", crawl({"https://a.example/1": PAGE, "https://a.example/2": PAGE}), [BOTH, BOTH]),
        ("a.warc", gzip.decompress(crawl({"https://a.example/1": PAGE})), [BOTH]),
        ("a.zip", packed({"b/1.html": PAGE, "b/2.txt": BOTH.encode(), "c.jsonl": ROWS}), [BOTH, BOTH, HINDI, SECOND]),
        ("a.zip", packed({"in.zip": packed({"1.html": PAGE})}), [BOTH]),
    ],
)
def test_every_kind_gives_its_text(tmp_path: Path, name: str, data: bytes, texts: list[str]) -> None:
    found = read(put(tmp_path, name, data))
    assert [item.text if isinstance(item, Article) else item.reason for item in found] == texts
    assert len({item.source.path for item in found if isinstance(item, Article)}) == len(texts)


def test_tables_give_their_rows(tmp_path: Path) -> None:
    table = {"body": [HINDI, SECOND, None], "headline": ["तालाब", None, "x"], "date": ["2019-05-01", "soon", None]}
    parquet.write_table(pa.table(table), tmp_path / "a.parquet")
    Dataset.from_dict(table).save_to_disk(tmp_path / "saved")
    for source in (tmp_path / "a.parquet", tmp_path / "saved"):
        first, second, third = read(source)
        assert isinstance(first, Article)
        assert (first.text, first.source.title, first.source.published) == (HINDI, "तालाब", "2019-05-01")
        assert isinstance(second, Article)
        assert (second.source.title, second.source.published) == (None, None)
        assert isinstance(third, Reject)
        assert "body must be a string; got NoneType" in third.reason


def test_columns_can_be_named(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jsonl", rows({"lekh": HINDI, "text": "x", "naam": "तालाब"}))
    (article,) = read(path, text="lekh", title="naam")
    assert isinstance(article, Article)
    assert (article.text, article.source.title) == (HINDI, "तालाब")
    with pytest.raises(UsageError, match="--column text=none: must be a column"):
        read(path, text="none")
    with pytest.raises(UsageError, match="must name one of text, id"):
        read(path, words="lekh")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.rtf", b"{\\rtf1\\ansi Hello}", "an RTF document"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "an old Office document"),
        ("a.xml", b'<?xml version="1.0"?><rss><item/></rss>', "an XML file"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(9), "a picture (PNG)"),
        ("a.css", b"body { color: red }", "a style sheet"),
        ("a.json", b'{"text": "x"}', "one JSON document"),
        ("a.bin", bytes(range(256)), "a binary file"),
        ("a.docx", b"PK\x03\x04" + b"[Content_Types].xml" + bytes(40), "a damaged archive"),
        ("a.docx", word("xk¡o esa ikuh", font="Kruti Dev 640"), "legacy font Kruti Dev 640"),
        ("a.odt", open_document('<text:p text:style-name="P1">xk¡o</text:p>', font="Shusha"), "font Shusha"),
        ("a.html", b'<body><p><font face="Chanakya">xkao esa ikuh vk;k vkSj yksx</font></p></body>', "font Chanakya"),
        ("a.html", b"<body><nav><a href=/>x</a></nav></body>", "a page without prose"),
        ("a.pdf", b"%PDF-1.7 broken", "a readable PDF"),
        ("a.srt", HINDI.encode(), "no time code"),
        ("a.warc", b"WARC/1.1\r\n", "WARC"),
        ("a.warc.gz", crawl({"https://a.example/": PAGE}, status=404), "the server's answer 404"),
        ("a.warc.gz", crawl({"https://a.example/": b"\x89PNG\r\n\x1a\n\x00"}, kind="image/png"), "a picture"),
        ("a.gz", gzip.compress(BOTH.encode())[:-12], "undamaged"),
        ("a.jsonl", b"[1]\n", "must be a JSON object"),
        ("a.jsonl", b"{\n", "must be JSON"),
        ("a.jsonl", b'{"x": 1}\n', "a column of text"),
        ("a.jsonl", b'{"text": "\\ud800"}\n', "half of a surrogate pair"),
        ("a.jsonl", b"[" * 100_000 + b"\n", "nesting beyond reason"),
        ("a.zip", packed({"big.txt": b"a" * (3 << 20)}), "a zip bomb"),
        ("a.docx", packed({"[Content_Types].xml": b"<a/>", "word/document.xml": b" " * (9 << 20)}), "a zip bomb"),
        ("a.txt", "हे गाव खूप सुंदर आहे आणि येथे लोक राहतात.".encode(), "must be Hindi; got Marathi"),
        ("a.txt", "ई गाँव बहुत सुन्नर बा आ इहाँ लोग रहेला।".encode(), "must be Hindi; got Bhojpuri"),
        ("a.txt", b"yah gaon bahut sundar hai aur yahan log rahte hain", "got Hindi in Roman script"),
        ("a.txt", ENGLISH.encode(), "must be Hindi; got English"),
        ("a.txt", b"", "an empty file"),
        ("a.txt", HINDI.encode() * 80_000, "an article's text must be at most 8 MiB; got more; split it"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_told_by_what_it_is(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    put(tmp_path, f"heap/{name}", data)
    put(tmp_path, "heap/zz.txt", BOTH.encode())
    *bad, good = read(tmp_path / "heap")
    assert isinstance(good, Article), "the rest must go on"
    assert len(bad) == 1
    assert isinstance(bad[0], Reject)
    assert said in bad[0].reason
    assert "\n" not in bad[0].reason


def test_an_archive_in_an_archive_ends_somewhere(tmp_path: Path) -> None:
    data = BOTH.encode()
    for _ in range(6):
        data = packed({"a.zip" if data[:2] == b"PK" else "a.txt": data})
    (reject,) = read(put(tmp_path, "a.zip", data))
    assert isinstance(reject, Reject)
    assert "at most 3 deep" in reject.reason


@pytest.mark.skipif(os.name == "nt", reason="needs links and pipes")
def test_what_is_no_file_in_a_folder_is_told(tmp_path: Path) -> None:
    put(tmp_path, "heap/m.txt", BOTH.encode())
    for name, target in (("dead.txt", "nowhere"), ("itself", "itself"), ("folder", ".")):
        (tmp_path / "heap" / name).symlink_to(target)
    os.mkfifo(tmp_path / "heap/pipe")
    told = [
        item.reason.partition("got ")[2] if isinstance(item, Reject) else item.text for item in read(tmp_path / "heap")
    ]
    dead, device = (f"{what}; give the articles' files" for what in ("a link to nothing", "a device"))
    assert told == [dead, dead, BOTH, device]


def test_the_source_itself_must_exist(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file or folder"):
        read(tmp_path / "none")


def test_code_is_kept_and_never_aligned(tmp_path: Path) -> None:
    from tithi.aligner.segments import cut_article

    for name, data in [("a.md", MARKDOWN), ("a.docx", word(HINDI, SECOND, code="make demo"))]:
        article = read_article(put(tmp_path, name, data), "hi")
        assert [article.text[a:b] for a, b in article.code] == ["make demo"]
        assert "make demo" not in [sentence.text for sentence in cut_article(article).document.sentences]


def test_an_article_of_a_table_is_found_again(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jsonl", ROWS)
    places = [item.source.path for item in read(path) if isinstance(item, Article)]
    assert [read_article(place, "hi").text for place in places] == [HINDI, SECOND]


def test_a_line_that_is_too_long_is_told_as_such(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jsonl", rows({"text": HINDI * 160_000}))
    with pytest.raises(DataError, match=r"a\.jsonl#byte=0: a line must be at most 16 MiB; got more; split"):
        read_article(f"{path}#byte=0", "hi")


def test_the_command_prints_articles_and_tells_rejects(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path, "heap/a.html", PAGE)
    put(tmp_path, "heap/b.rtf", b"{\\rtf1 x}")
    assert main(["read", str(tmp_path / "heap"), "--lang", "hi"]) == 0
    out, err = capsys.readouterr()
    row = json.loads(out)
    assert list(row) == ["id", "lang", "title", "published", "url", "publisher", "text"]
    assert (row["title"], row["text"]) == ("तालाब", BOTH)
    assert "an RTF document" in err
    assert "1 articles read, 1 rejected" in err
    assert main(["read", str(tmp_path / "heap/b.rtf"), "--lang", "hi"]) == 1
    # What was printed can be read again.
    put(tmp_path, "again.jsonl", out.encode())
    (again,) = read(tmp_path / "again.jsonl")
    assert isinstance(again, Article)
    assert (again.text, again.source.title) == (BOTH, "तालाब")


def test_a_folder_that_goes_away_while_it_is_read_has_no_early_end(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    for name in ("a", "b/c", "d", "e", "f", "g"):
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / f"{name}.txt").write_text("कल बारिश हुई।\nनदी में बाढ़ आई।\n", encoding="utf-8")
    (folder / "broken.txt").symlink_to(folder / "nothing")  # this one was never there
    assert [isinstance(item, Article) for item in read_articles(folder, "hi")].count(True) == 6
    found = read_articles(folder, "hi")
    assert isinstance(next(found), Article)
    (folder / "g.txt").unlink()
    with pytest.raises(
        DataError, match=r"g\.txt: must stay where it is while it is read; got no such file any more; bring"
    ):
        list(found)
