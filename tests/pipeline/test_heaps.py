"""Heaps of pages become pairs and datasets; every page is somewhere in the end."""

import gzip
import json
import random
import shutil
from collections import Counter
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from datasets import load_dataset
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.documents.making import crawl, open_document, packed, rows, word, zstd
from tithi.cli.main import main
from tithi.corpus.folder import changes, read_marker
from tithi.errors import DataError
from tithi.hub.changeset import local_files
from tithi.pipeline import paired as paired_module
from tithi.pipeline.build import build
from tithi.pipeline.heaps import article_row, build_heaps
from tithi.records import Article, Lang, Reject, Source
from tithi.sample import pages
from tithi.sources.manifest import read_manifest
from tithi.sources.reading import read_articles

HI, EN = sorted(pages("hi").glob("*.html")), sorted(pages("en").glob("*.html"))


def lines(path: Path) -> list[dict[str, object]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_sample_pages_find_their_partners(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "pairs.jsonl"
    assert main(["pair", str(pages("hi")), str(pages("en")), "-o", str(out)]) == 0
    told = capsys.readouterr().out
    assert "15 pairs; 5 Hindi and 5 English articles without partner" in told
    found = lines(out)
    days = [row["published"] for row in found]
    assert all(isinstance(day, dict) and day["hi"] == day["en"] for day in days), "partners appear on one day"
    assert {"score", "evidence"} <= set(found[0])
    left = lines(tmp_path / "pairs.unmatched.jsonl")
    assert Counter(row["lang"] for row in left) == {"hi": 5, "en": 5}
    assert all("best candidate has" in str(row["reason"]) for row in left)
    assert not (tmp_path / "pairs.hi.jsonl").exists(), "pages can be read where they are"
    # The manifest is what build takes, as it stands.
    entries = list(read_manifest(out))
    assert len(entries) == 15
    assert not [entry for entry in entries if isinstance(entry, Reject)]
    built = build(entries[:2], tmp_path / "built")
    assert sum(built.rows["articles"].values()) == 2


def test_two_processes_find_the_same(tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        assert main(["pair", str(pages("hi")), str(pages("en")), "-o", str(tmp_path / jobs), "--jobs", jobs]) == 0
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()
    assert (tmp_path / "1.unmatched.jsonl").read_bytes() == (tmp_path / "2.unmatched.jsonl").read_bytes()


@pytest.mark.parametrize("name", ["{}.warc.gz", "{}.jsonl.gz"])
def test_articles_of_archives_are_kept_for_the_build(tmp_path: Path, name: str) -> None:
    langs: tuple[Lang, Lang] = ("hi", "en")
    for lang, files in zip(langs, (HI[:3], EN), strict=True):
        if "warc" in name:
            data = crawl({f"https://a.example/{lang}/{path.stem}": path.read_bytes() for path in files})
        else:
            articles = (item for path in files for item in read_articles(path, lang))
            data = gzip.compress(rows(*(article_row(item) for item in articles if isinstance(item, Article))))
        (tmp_path / name.format(lang)).write_bytes(data)
    out = tmp_path / "pairs.jsonl"
    assert main(["pair", *(str(tmp_path / name.format(lang)) for lang in langs), "-o", str(out)]) == 0
    found = lines(out)
    assert len(found) == 3
    assert all("pairs.hi.jsonl#byte=" in str(row["hi"]) for row in found)
    built = build(read_manifest(out), tmp_path / "built")
    assert sum(built.rows["articles"].values()) == 3
    assert built.rejects == 0


def test_one_source_may_hold_both_languages(tmp_path: Path) -> None:
    for path in (*HI[:3], *EN):
        shutil.copy(path, tmp_path)
    (tmp_path / "old.rtf").write_bytes(b"{\\rtf1 x}")
    out = tmp_path / "pairs" / "pairs.jsonl"
    assert main(["pair", str(tmp_path), str(tmp_path), "-o", str(out)]) == 0
    assert len(lines(out)) == 3


@pytest.mark.parametrize(
    ("hi", "en", "options", "said"),
    [
        ("en", "hi", [], "must hold Hindi articles; got none; the first:"),
        ("hi", "hi", [], "must hold English articles; got none"),
        ("hi", "none", [], "no such file or folder"),
        ("hi", "empty", [], "got none; it is empty"),
        ("left", "right", [], "got no pair; the best candidate has"),
        ("early", "late", ["--days", "3"], "no two lie within the window"),
    ],
)
def test_no_pair_at_all_is_told_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], hi: str, en: str, options: list[str], said: str
) -> None:
    (tmp_path / "empty").mkdir()
    for name, files in {"left": HI[:1], "right": EN[-1:]}.items():
        (tmp_path / name).mkdir()
        shutil.copy(files[0], tmp_path / name)
    text = {"early": "नदी में बाढ़ आई और पुल बह गया।", "late": "The flood carried the bridge away."}
    for name, day in (("early", "2020-01-01"), ("late", "2021-01-01")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.jsonl").write_bytes(rows({"text": text[name], "published": day}))
    sources = [str(pages(name)) if name in ("hi", "en") else str(tmp_path / name) for name in (hi, en)]
    code = main(["pair", *sources, "-o", str(tmp_path / "p.jsonl"), *options])
    assert code == 1
    error = capsys.readouterr().err.strip()
    assert said in error
    assert "\n" not in error


def test_build_takes_heaps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["build", str(pages("hi")), str(pages("en")), "-o", str(out)]) == 0
    assert "15 articles" in capsys.readouterr().out
    table = load_dataset(str(out), "articles", split="train", cache_dir=str(tmp_path / "cache"))
    assert len(table) == 15
    assert len(lines(out / "unmatched.jsonl")) == 10
    (tmp_path / "hi").mkdir()
    (tmp_path / "hi/none.txt").write_bytes(b"")
    (tmp_path / "hi/one.html").write_bytes((pages("hi") / "khabar-4103.html").read_bytes())
    main(["build", str(tmp_path / "hi"), str(pages("en")), "-o", str(tmp_path / "other"), "--quiet"])
    told = capsys.readouterr().err.splitlines()[-1]
    assert told == f"tithi: 1 articles were not read; see {tmp_path / 'other'}/rejects.jsonl"
    assert main(["build", str(pages("hi")), str(pages("en")), "-o", str(out), "--title", "x"]) == 2


def test_heaps_are_built_again_and_published_without_paths(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The list of the unmatched is ours: the folder may be replaced, is untouched, and the list stays here."""
    command = ["build", str(pages("hi")), str(pages("en")), "-o", str(tmp_path / "out")]
    assert main(command) == 0
    before = read_marker(tmp_path / "out")
    assert changes(tmp_path / "out") == []
    assert "unmatched.jsonl" not in local_files(tmp_path / "out", before, "a/b", "https://hub/a/b")
    capsys.readouterr()
    assert main(command) == 0
    assert read_marker(tmp_path / "out") == before
    assert "tithi: built: 15 article pairs, of them 15 finished before\n" in capsys.readouterr().err


_GOOD: dict[str, Callable[[str, bytes, str], bytes]] = {
    "html": lambda _, page, __: page,
    "txt": lambda text, *_: text.encode(),
    "md": lambda text, *_: f"# x\n\n{text.replace(chr(10), chr(10) * 2)}\n```\nls -l\n```\n".encode(),
    "docx": lambda text, *_: word(*text.splitlines()),
    "odt": lambda text, *_: open_document("".join(f"<text:p>{escape(line)}</text:p>" for line in text.splitlines())),
    "jsonl": lambda text, *_: rows({"text": text, "title": "x"}),
    "jsonl.gz": lambda text, *_: gzip.compress(rows({"text": text})),
    "html.zst": lambda _, page, __: zstd(page),
    "zip": lambda _, page, __: packed({"a.html": page}),
    "warc.gz": lambda _, page, name: crawl({f"https://a.example/{name}": page}),
    "srt": lambda text, *_: "".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{line}\n\n" for n, line in enumerate(text.splitlines(), start=1)
    ).encode(),
}
_BAD: dict[str, bytes] = {
    "empty.html": b"",
    "binary.html": b"\x00\x01\x02\x03\x04",
    "bare.html": b"<html></html>",
    "cut.docx": word("x y z")[:400],
    "cut.zip": packed({"a.txt": b"x"})[:30],
    "cut.txt.gz": gzip.compress(b"The village dug the pond deeper." * 9)[:-9],
    "broken.pdf": b"%PDF-1.7 broken",
    "font.odt": open_document('<text:p text:style-name="P1">xk</text:p>', font="Shusha"),
    "no.jsonl": b'{"x": 1}\n',
    "gone.warc.gz": crawl({"https://a.example/": b"<p>x</p>"}, status=404),
    "cues.srt": b"no cues here, and nothing else",
    "marathi.txt": "हे गाव खूप सुंदर आहे आणि येथे लोक राहतात.".encode(),
    "french.txt": b"La pluie a fait des torts aux paysans, qui sont dans la peine depuis hier soir.",
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(9),
}


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rng=st.randoms(use_true_random=False))
def test_every_page_is_somewhere(tmp_path_factory: pytest.TempPathFactory, rng: random.Random) -> None:
    """Articles of every kind at random, and broken ones among them: in the dataset, the rejects or the unmatched."""
    folder = tmp_path_factory.mktemp("heaps")
    langs: tuple[Lang, Lang] = ("hi", "en")
    names = set()
    for lang, files in zip(langs, (HI, EN), strict=True):
        (folder / lang).mkdir()
        for path in {files[0] if lang == "hi" else EN[_partner()], *rng.sample(files, rng.randint(1, 9))}:
            (article,) = (item for item in read_articles(path, lang) if isinstance(item, Article))
            kind = rng.choice(list(_GOOD))
            (folder / lang / f"{path.stem}.{kind}").write_bytes(_GOOD[kind](article.text, path.read_bytes(), path.stem))
        for name in rng.sample(list(_BAD), rng.randint(0, 5)):
            (folder / lang / name).write_bytes(_BAD[name])
        names |= set((folder / lang).iterdir())
    try:
        built = build_heaps(folder / "hi", folder / "en", folder / "out")
    except DataError as error:
        assert "got no pair" in str(error)  # noqa: PT017
        return
    rejected = {str(row["where"]) for row in lines(built.out / "rejects.jsonl")}
    assert {path.name for path in names if any(path.name in where for where in rejected)} >= {
        path.name for path in names if path.name in _BAD
    }
    articles = 2 * sum(built.rows["articles"].values())
    assert articles + built.rejects + len(lines(built.out / "unmatched.jsonl")) == len(names)


def _partner() -> int:
    return next(k for k, path in enumerate(EN) if path.stem.startswith("rope-bridge"))


@pytest.mark.parametrize(
    ("place", "url", "name"),
    [
        ("a.html", "https://a.example/news/article.php?id=17", "article-id-17"),
        ("a.html", "https://a.example/?p=17", "a-p-17"),
        ("a.html", "https://a.example/2024/index.html", "2024-index"),
        ("a.html", "https://a.example/story-17/amp/", "story-17-amp"),
        ("a.html", "https://a.example/story-17/", "story-17"),
        ("a.html", "https://a.example/hi/khabar-4103.html", "khabar-4103"),
        ("a.html", "https://a.example/मेला?page=2", "page-2"),
        ("a.html", "https://a.example/मेला", None),
        ("in/b.html", None, "b"),
        ("in/what?.html", None, "what"),
        ("in/17/index.html", None, "17-index"),
        ("in/table.jsonl#byte=17", None, "table.jsonl-byte-17"),
        ("index.html", None, "index"),
        ("in/मेला.html", None, None),
    ],
)
def test_pages_have_ids_of_their_own(place: str, url: str | None, name: str | None) -> None:
    """A number in the order of pages would go to another page when one comes in before it, and all would be new."""
    assert paired_module._name(Source(place, url=url)) == name


def test_more_pages_than_last_time_are_read_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages come in front, one is edited and one goes: what is read and aligned is new; the files are those anew."""
    caplog.set_level("INFO", "tithi")
    source = tmp_path / "in"
    for lang in ("hi", "en"):
        shutil.copytree(pages(lang), source / lang)
    later = [source / lang / "0.html" for lang in ("hi", "en")]
    held = {path: HI[7].read_bytes() if path.parent.name == "hi" else EN[7].read_bytes() for path in later}
    for path in (source / "hi" / HI[7].name, source / "en" / EN[7].name):
        path.unlink()
    build_heaps(source / "hi", source / "en", tmp_path / "out")
    for path, data in held.items():
        path.write_bytes(data)
    edited = source / "hi" / HI[0].name
    edited.write_text(edited.read_text(encoding="utf-8").replace("</p>", " वर्षा भी हुई।</p>", 1), "utf-8")
    (source / "hi" / HI[12].name).unlink()

    caplog.clear()
    build_heaps(source / "hi", source / "en", tmp_path / "out")
    told = [message for message in caplog.messages if "again" in message]
    assert [message.rpartition("hi: ")[2] for message in told if "hi: " in message] == [
        "2 documents read, 17 that were read before used again"
    ]
    assert [message.rpartition("en: ")[2] for message in told if "en: " in message] == [
        "1 documents read, 19 that were read before used again"
    ]
    assert not any("matching" in message for message in told)
    build_heaps(source / "hi", source / "en", tmp_path / "anew" / "out")
    grown, anew = (read_marker(folder).files for folder in (tmp_path / "out", tmp_path / "anew" / "out"))
    assert {name for name in grown if grown[name] != anew[name]} == {"README.md", "croissant.json"}, "the version"

    # And nothing at all is read, matched or aligned when nothing is new.
    monkeypatch.setattr("tithi.sources.reading.read_apart", None)
    monkeypatch.setattr("tithi.pipeline.readings.match", None)
    monkeypatch.setattr("tithi.pipeline.build.align_cuts", None)
    build_heaps(source / "hi", source / "en", tmp_path / "out")
    assert read_marker(tmp_path / "out").files == grown
