import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tithi.errors import DataError
from tithi.records import Reject, Source
from tithi.sources.manifest import ManifestEntry, read_manifest

GOOD = '{"id": "a", "hi": "a.hi", "en": "a.en"}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.hi", "a.en", "-"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "sub").mkdir()
    return tmp_path


def put(folder: Path, data: bytes | str) -> Path:
    path = folder / "pairs.jsonl"
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


def test_entries_in_order_with_paths_ready_to_open(folder: Path) -> None:
    meta = {
        "title": {"hi": "तालाब", "en": "The pond"},
        "url": "https://example.org/a",
        "publisher": None,
        "published": "2024-02-29",
        "licence": "",
    }
    second = json.dumps({"id": "b-1.x_Y", "hi": "a.hi", "en": str(folder / "a.en"), **meta}, ensure_ascii=False)
    path = put(folder, f"\ufeff{GOOD}\r\n\n  \n{second}")
    shared = {"url": "https://example.org/a", "published": "2024-02-29"}
    assert list(read_manifest(path)) == [
        ManifestEntry(f"{path}:1", "a", Source(str(folder / "a.hi")), Source(str(folder / "a.en"))),
        ManifestEntry(
            f"{path}:4",
            "b-1.x_Y",
            Source(str(folder / "a.hi"), title="तालाब", **shared),
            Source(str(folder / "a.en"), title="The pond", **shared),
        ),
    ]


def entry(**fields: object) -> str:
    return json.dumps({"id": "b", "hi": "a.hi", "en": "a.en", **fields})


@pytest.mark.parametrize(
    ("line", "known_id", "said"),
    [
        ("not json", None, "must be JSON; got Expecting value at column 1"),
        ('{"id": "b", "hi": ', None, "must be JSON"),
        (b'{"id": "\xff"}', None, "must be UTF-8; got byte 0xFF at byte 8"),
        ("[1, 2]", None, "must be a JSON object; got a list"),
        ('"text"', None, "must be a JSON object; got a string"),
        ("[" * 100_000, None, "must be JSON; got numbers or nesting beyond reason"),
        ("9" * 10_000, None, "must be JSON; got numbers or nesting beyond reason"),
        ('{"id": "b", "id": "c", "hi": "a.hi", "en": "a.en"}', None, "keys must be unique"),
        ('{"id": "b", "hi": "a.hi"}', "b", "en is missing"),
        ('{"hi": "a.hi", "en": "a.en"}', None, "id is missing"),
        (entry(id=7), None, "id must be a string; got a number"),
        (entry(id=""), None, "id is empty"),
        (entry(id="../b"), None, 'got "../b"'),
        (entry(id="b c"), None, 'got "b c"'),
        (entry(id="झील"), None, "झील"),
        (entry(id="x" * 129), None, "..."),
        (entry(id="a"), "a", "id must be unique; got a again, first on line 1"),
        (entry(hi=["a.hi"]), "b", "hi must be a string; got a list"),
        (entry(hi=" "), "b", "hi is empty"),
        (entry(hi="none.hi"), "b", "none.hi"),
        (entry(en="a\u0000b"), "b", "does not exist"),
        (entry(en="x" * 5000), "b", "does not exist"),
        (entry(en="sub"), "b", "got the folder"),
        ('{"id": "b", "hi": "\\ud800", "en": "a.en"}', "b", "half of a surrogate pair"),
        (entry(titel="x"), None, 'got "titel"'),
        (entry(title=3), "b", "title must be a string; got a number"),
        (entry(title={"de": "x"}), "b", "title must be a string or"),
        (entry(title={"hi": True}), "b", "title must be a string; got true or false"),
        (entry(published="14 May 2024"), "b", "published must be a date YYYY-MM-DD"),
        (entry(published="2023-02-29"), "b", "published must be a date"),
        (entry(published="20240514"), "b", "published must be a date"),
        (entry(published="2024-02-29\n"), "b", "published must be a date"),
    ],
)
def test_a_bad_line_is_rejected_and_the_others_stay(
    folder: Path, line: bytes | str, known_id: str | None, said: str
) -> None:
    raw = line if isinstance(line, bytes) else line.encode("utf-8")
    path = put(folder, GOOD.encode() + b"\n" + raw + b"\n" + GOOD.replace('"a"', '"z"').encode() + b"\n")
    first, reject, last = read_manifest(path)
    assert isinstance(first, ManifestEntry)
    assert isinstance(last, ManifestEntry)
    assert isinstance(reject, Reject)
    assert (reject.where, reject.id) == (f"{path}:2", known_id)
    assert said in reject.reason
    assert "\n" not in reject.reason
    assert len(reject.reason) < 400


def test_an_id_of_a_rejected_line_is_free(folder: Path) -> None:
    bad, good = read_manifest(put(folder, entry(hi="none") + "\n" + entry()))
    assert isinstance(bad, Reject)
    assert isinstance(good, ManifestEntry)


def test_tsv(folder: Path) -> None:
    path = put(
        folder, "a\ta.hi\ta.en\n\na\ta.hi\ta.en\nb\ta.hi\nc\ta.hi\ta.en\tmore\r\nd\ta.hi\tnone\ne\ta.hi\ta.en\r\n"
    )
    found = list(read_manifest(path))
    assert [item.id for item in found] == ["a", "a", None, None, "d", "e"]
    assert [item.where.rsplit(":", 1)[1] for item in found] == ["1", "3", "4", "5", "6", "7"]
    assert [isinstance(item, Reject) for item in found] == [False, True, True, True, True, False]
    assert found[0] == ManifestEntry(f"{path}:1", "a", Source(str(folder / "a.hi")), Source(str(folder / "a.en")))


@pytest.mark.parametrize("read", [read_manifest])
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", r"pairs\.jsonl:1: must list article pairs; got an empty file"),
        (b"\xef\xbb\xbf\n \n", r"pairs\.jsonl:1: must list article pairs"),
        (GOOD.encode("utf-16"), r"pairs\.jsonl:1: must be UTF-8; got UTF-16"),
        (GOOD.encode() + b"\n" + b" " * (2 << 20), r"pairs\.jsonl:2: a line must be at most 1 MiB"),
    ],
)
def test_a_bad_manifest_is_an_error(
    folder: Path, read: Callable[[Path], Iterator[object]], data: bytes, said: str
) -> None:
    with pytest.raises(DataError, match=said):
        list(read(put(folder, data)))


@pytest.mark.parametrize(
    ("name", "said"), [("none", "no such file"), ("sub", "got a folder"), ("\x00", "cannot be read")]
)
def test_no_manifest(folder: Path, name: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        list(read_manifest(folder / name))


def test_a_file_named_dash_beside_the_manifest_is_not_standard_input(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    put(folder, entry(hi="-"))
    (found,) = read_manifest("pairs.jsonl")
    assert isinstance(found, ManifestEntry)
    assert found.hi.path == "./-"


def test_standard_input(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    assert [item.where for item in read_manifest("-")] == ["<stdin>:1"]


@given(st.binary(max_size=80))
def test_any_line_gives_an_entry_or_a_reject(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("m") / "pairs.jsonl"
    path.write_bytes(b"{}\n" + data.replace(b"\x00", b""))
    lines = [line for line in path.read_bytes().split(b"\n") if line.decode("utf-8", "replace").strip()]
    assert len(list(read_manifest(path))) == len(lines)
