import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.builders import lake, plain
from tithi.corpus.export import FORMATS, export
from tithi.corpus.stored import stored_rows, stored_splits
from tithi.corpus.write import DatasetWriter
from tithi.errors import DataError, UsageError
from tithi.records import Issue, Quality

ODD_HI = "पहली\r\nदूसरी\tतीसरी\u2028चौथी \x07 & <b> ]]> \"q\" 'a' 🙂 क्\u200dष \ufffe"
ODD_EN = "one\rtwo\n\nthree\x85four\x0bfive & <i> --> 100%"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "out"
    with DatasetWriter(folder) as writer:
        writer.add(lake("lake"), [Quality(0.9), Quality(0.25, (Issue("number", "error", (0, 3), None, "पाँच"),))])
        writer.add(plain('odd "id" <1>', ODD_HI, ODD_EN), [Quality(0.8)])
        writer.add(plain("unchecked", "तालाब", "pond"))
        writer.close()
    return folder


def xml_text(text: str) -> str:
    return re.sub("[\x07\x0b\ufffe]", "\ufffd", text)


def test_moses_has_a_line_a_text(out: Path, tmp_path: Path) -> None:
    assert export(out, tmp_path / "x.y", "moses") == 4
    hi, en = ((tmp_path / f"x.y.{lang}").read_bytes().decode() for lang in ("hi", "en"))
    assert hi.count("\n") == en.count("\n") == len(hi.splitlines()) == len(en.splitlines()) == 4
    assert hi.splitlines()[2] == "पहली दूसरी तीसरी चौथी \x07 & <b> ]]> \"q\" 'a' 🙂 क्\u200dष \ufffe"
    assert en.splitlines()[2] == "one two three four five & <i> --> 100%"


def test_moses_files_are_what_sacrebleu_reads(out: Path, tmp_path: Path) -> None:
    export(out, tmp_path / "x", "moses")
    command = [
        sys.executable,
        "-m",
        "sacrebleu",
        str(tmp_path / "x.hi"),
        "-i",
        str(tmp_path / "x.hi"),
        "-b",
        "-tok",
        "intl",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert float(done.stdout) == 100


def test_tsv(out: Path, tmp_path: Path) -> None:
    assert export(out, tmp_path / "x.tsv", "tsv") == 4
    rows = [line.split("\t") for line in (tmp_path / "x.tsv").read_text(encoding="utf-8").splitlines()]
    assert {len(row) for row in rows} == {6}
    assert rows[1] == [
        "गाँव ने तालाब को गहरा किया। काम पाँच महीने चला।",
        "The village dug the pond deeper, and the work took five months.",
        "lake-s0002",
        "2019-05",
        "0.8000",
        "0.2500",
    ]
    assert rows[3] == ["तालाब", "pond", "unchecked-s0001", "", "1.0000", ""]


def test_jsonl_holds_every_column(out: Path, tmp_path: Path) -> None:
    assert export(out, tmp_path / "x.jsonl", "jsonl") == 4
    rows = [json.loads(line) for line in (tmp_path / "x.jsonl").read_bytes().decode().split("\n")[:-1]]
    assert list(rows[0])[:3] == ["hi", "en", "id"]
    assert rows[1]["issues"] == [
        {"kind": "number", "severity": "error", "hi": [0, 3], "en": None, "message": "पाँच", "confidence": 1.0}
    ]
    assert (rows[1]["score"], rows[1]["bead"], rows[1]["date"]) == (0.8, "2-1", "2019-05")
    assert (rows[2]["hi"], rows[2]["en"]) == (ODD_HI, ODD_EN)


def units(path: Path, module: str, reader: str) -> list[Any]:
    storage = pytest.importorskip(f"translate.storage.{module}", reason="translate-toolkit is not installed")
    return [unit for unit in getattr(storage, reader).parsefile(str(path)).units if not unit.isheader()]


def test_tmx_is_opened_by_translate_toolkit(out: Path, tmp_path: Path) -> None:
    assert export(out, tmp_path / "x.tmx", "tmx") == 4
    found = units(tmp_path / "x.tmx", "tmx", "tmxfile")
    assert [unit.getid() for unit in found] == ["lake-s0001", "lake-s0002", 'odd "id" <1>-s0001', "unchecked-s0001"]
    assert (found[1].source, found[1].target) == (
        "गाँव ने तालाब को गहरा किया। काम पाँच महीने चला।",
        "The village dug the pond deeper, and the work took five months.",
    )
    props = {prop.get("type"): prop.text for prop in found[1].xmlelement.iter("prop")}
    assert props == {"x-date": "2019-05", "x-score": "0.8000", "x-quality": "0.2500", "x-bead": "2-1"}
    assert [note.text for note in found[1].xmlelement.iter("note")] == ["quality: 0.2500", "number (error): पाँच"]
    (hi, en) = found[2].xmlelement.iter("seg")
    assert (hi.text, en.text) == (xml_text(ODD_HI), xml_text(ODD_EN))


def test_xliff_is_opened_by_translate_toolkit(out: Path, tmp_path: Path) -> None:
    assert export(out, tmp_path / "x.xlf", "xliff") == 4
    found = units(tmp_path / "x.xlf", "xliff2", "Xliff2File")
    assert [str(unit.source) for unit in found][1] == "गाँव ने तालाब को गहरा किया। काम पाँच महीने चला।"
    assert (str(found[2].source), str(found[2].target)) == (xml_text(ODD_HI), xml_text(ODD_EN))
    root = found[0].xmlelement.getroottree().getroot()
    space = "{urn:oasis:names:tc:xliff:document:2.0}"
    assert [file.get("original") for file in root] == ["lake", 'odd "id" <1>', "unchecked"]
    ids = [unit.get("id") for unit in root.iter(f"{space}unit")]
    assert ids[:2] == ["lake-s0001", "lake-s0002"]
    assert all(re.fullmatch(r"[\w.-]+", unit_id) for unit_id in ids)
    notes = {note.get("category"): note.text for note in root[0][1].iter(f"{space}note")}
    assert notes == {
        "date": "2019-05",
        "score": "0.8000",
        "quality": "0.2500",
        "bead": "2-1",
        "issue": "number (error): पाँच",
    }


@pytest.mark.parametrize("kind", ["tmx", "xliff"])
def test_issues_are_notes(out: Path, tmp_path: Path, kind: str) -> None:
    export(out, tmp_path / "x", kind)
    text = (tmp_path / "x").read_text(encoding="utf-8")
    assert text.count("number (error): पाँच</note>") == 1
    assert text.count("0.2500</note>") == 1


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(("least", "count"), [(None, 4), (0.0, 3), (0.5, 2), (0.85, 1)])
def test_min_quality(out: Path, tmp_path: Path, kind: str, least: float | None, count: int) -> None:
    assert export(out, tmp_path / "x", kind, min_quality=least) == count


def test_no_pair_left_writes_nothing(out: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"a quality of at least 0\.99; got none"):
        export(out, tmp_path / "x", "tsv", min_quality=0.99)
    assert list(tmp_path.iterdir()) == []


def test_splits(tmp_path: Path) -> None:
    with DatasetWriter(tmp_path / "out") as writer:
        for number in range(60):
            hi, en = (" ".join(f"{word}{number}{letter}" for letter in "abcdef") for word in ("खबर", "story"))
            writer.add(plain(f"a{number}", hi, en))
        built = writer.close()
    assert stored_splits(tmp_path / "out") == ["train", "validation", "test"]
    assert stored_splits(tmp_path / "out", "unaligned") == ["train"]
    for split, count in built.rows["sentences"].items():
        assert export(tmp_path / "out", tmp_path / "x", "tsv", split=split) == count
    assert export(tmp_path / "out", tmp_path / "x", "tsv") == 60


@pytest.mark.parametrize(
    ("kind", "split", "said"),
    [
        ("docx", None, "docx: the format must be one of moses, tsv, jsonl, tmx, xliff"),
        ("tsv", "dev", "sentences has no split dev; got splits train; choose one"),
        ("tsv", "test", "sentences has no split test"),
    ],
)
def test_usage(out: Path, tmp_path: Path, kind: str, split: str | None, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        export(out, tmp_path / "x", kind, split=split)


def test_a_folder_as_target(out: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="must be a file; got a folder"):
        export(out, tmp_path, "tsv")
    with pytest.raises(DataError, match="cannot be written; got No such file"):
        export(out, tmp_path / "none" / "x", "tsv")


def test_what_tithi_did_not_build_or_someone_changed(out: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="must be a dataset built by tithi"):
        export(tmp_path, tmp_path / "x", "tsv")
    with DatasetWriter(tmp_path / "out") as writer:
        writer.add(lake())
        writer.close()
    (path,) = (tmp_path / "out" / "data" / "sentences").iterdir()
    (other,) = (out / "data" / "sentences").iterdir()
    for change in (lambda: path.write_bytes(other.read_bytes()), path.unlink):
        change()
        with pytest.raises(DataError, match=r"parquet: must be as it was built; got a changed or missing file"):
            export(tmp_path / "out", tmp_path / "x", "tsv")
    assert not (tmp_path / "x").exists()


FULL = """
import resource, sys
from tithi.errors import DataError
from tithi.corpus.export import export
resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
try:
    export(sys.argv[1], sys.argv[2], sys.argv[3])
except DataError as error:
    sys.exit(str(error))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file size")
@pytest.mark.parametrize("kind", ["moses", "xliff"])
def test_a_full_disk_leaves_nothing_half_written(out: Path, tmp_path: Path, kind: str) -> None:
    for suffix in FORMATS[kind][0]:
        (tmp_path / f"x{suffix}").write_text("old", encoding="utf-8")
    command = [sys.executable, "-c", FULL, str(out), str(tmp_path / "x"), kind]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert re.fullmatch(r"\S+: cannot be written; got File too large; .+\n", done.stderr)
    assert {path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"old"}
    assert len(list(tmp_path.iterdir())) == len(FORMATS[kind][0])


def test_stored_rows_by_config_and_column(out: Path) -> None:
    assert [row["id"] for row in stored_rows(out, "articles")] == ["lake", 'odd "id" <1>', "unchecked"]
    assert list(stored_rows(out, "unaligned", columns=["lang"])) == [{"lang": "hi"}, {"lang": "hi"}, {"lang": "en"}]
    with pytest.raises(UsageError, match="must be one of sentences"):
        stored_rows(out, "words")
