"""`tithi check` and `tithi lacking` on whole inputs: bad bytes, built datasets, the seed article pair."""

import gzip
import io
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.village import english, hindi
from tithi.checks.checker import Checker
from tithi.checks.dismissed import IsFalse
from tithi.cli.main import main
from tithi.corpus.stored import stored_rows
from tithi.records import Quality

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
CLAUSE = "और उसके बाद वे सब चुपचाप अपने घर लौट गए "


def give(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    # As in the C locale, where wrong bytes are let through as surrogates.
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="surrogateescape"))


def test_bad_bytes_on_standard_input_are_told_in_their_row(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, "पुल टूटा।\tThe bridge broke.\n".encode() + b"\xff\xfe\tabc\n" + "नदी\tThe river.\n".encode())
    assert main(["check", "-"]) == 1
    said = capsys.readouterr()
    told = [json.loads(line) for line in said.out.splitlines()]
    assert [row["line"] for row in told] == [1, 2, 3]
    assert told[1]["error"] == "<stdin>:2: must be UTF-8; got byte 0xFF at byte 0 of the line"
    assert said.err.endswith("tithi: 1 rows could not be checked; their error says why\n")


def test_standard_input_is_checked_past_a_byte_order_mark(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, b"\xef\xbb\xbf" + "14 लोग बचे।\t41 people survived.\r\n".encode())
    assert main(["check", "-"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(issue["kind"], issue["hi"], issue["en"]) for issue in told["issues"]] == [("number", [0, 2], [0, 2])]


ROWS = [
    ("केवल हिन्दी", "must be hi TAB en; got one column"),
    ("क\ta", None),
    ("{नाम} का स्वागत है।\tWelcome, {name}.", None),
    ('{"hi": "ख", "en": "b", "id": "x1"}', None),
    ("\tb", "hi is empty"),
    ("{name}", "must be hi TAB en or JSON"),
    (CLAUSE * 600 + "\tb", "at most 20000 characters; got"),
    ("ग\tc\t0.9", None),
]


def test_every_row_has_its_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(f"{row}\n" for row, _ in ROWS), encoding="utf-8")
    assert main(["check", str(path)]) == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["line"] for row in told] == list(range(1, len(ROWS) + 1))
    assert told[3]["id"] == "x1"
    for row, (_, error) in zip(told, ROWS, strict=True):
        assert (error is None) == ("quality" in row)
        assert error is None or error in row["error"]
    assert main(["check", "--summary", str(path)]) == 1
    assert "4 pairs, mean quality" in capsys.readouterr().out


def test_a_fault_of_the_checks_rejects_its_pair_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Checker.check_all

    def faulty(self: Checker, pairs: Iterable[tuple[str, str]], is_false: IsFalse | None = None) -> Iterator[Quality]:
        texts = list(pairs)
        if any(hi == "दो" for hi, _ in texts):
            raise IndexError("list index out of range")
        return real(self, texts, is_false)

    monkeypatch.setattr(Checker, "check_all", faulty)
    path = tmp_path / "pairs.tsv"
    path.write_text("एक\tone\nदो\ttwo\nतीन\tthree\n", encoding="utf-8")
    assert main(["check", str(path)]) == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert ["error" in row for row in told] == [False, True, False]
    assert "IndexError: list index out of range; a fault of tithi's" in told[1]["error"]


def test_two_files_side_by_side_and_what_was_read_before_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hi, en = tmp_path / "a.hi", tmp_path / "a.en.gz"
    hi.write_text("नदी बही।\nपुल टूटा।\n", encoding="utf-8")
    en.write_bytes(gzip.compress(b"The river flowed.\nThe bridge broke.\n"))
    assert main(["check", str(hi), str(en)]) == 0
    assert [json.loads(line)["line"] for line in capsys.readouterr().out.splitlines()] == [1, 2]
    hi.write_text("नदी बही।\nपुल टूटा।\nतीसरा\n", encoding="utf-8")
    assert main(["check", str(hi), str(en)]) == 1
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 2
    assert "must have as many lines" in said.err


def test_a_dataset_that_build_made_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "built"
    for name, text in (("hi.txt", hindi()), ("en.txt", english())):
        (tmp_path / name).write_text(text, encoding="utf-8")
    articles = [str(tmp_path / "hi.txt"), str(tmp_path / "en.txt")]
    assert main(["build", *articles, "-o", str(out), "--licence", "CC0-1.0"]) == 0
    capsys.readouterr()
    assert main(["check", str(out)]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["line"] for row in told] == list(range(1, len(told) + 1))
    assert len(told) == 11
    assert [row["id"] for row in told] == [row["id"] for row in stored_rows(out)]
    assert all(0 <= row["quality"] <= 1 for row in told)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not beside the repository")
def test_the_seeds_lack_the_disclaimer_and_the_byline(capsys: pytest.CaptureFixture[str]) -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in SEEDS.glob("*.txt")}
    hi, en = sorted(texts, key=lambda path: "है" not in texts[path])
    assert main(["lacking", str(hi), str(en)]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for lang, path, words in (("hi", hi, ("संपादित", "सिंडिकेट")), ("en", en, ("Reporting by", "editing by"))):
        stretches = [stretch for stretch in told if stretch["lang"] == lang]
        assert any(all(word in stretch["text"] for word in words) for stretch in stretches)
        assert all(texts[path][slice(*stretch["span"])] == stretch["text"] for stretch in stretches)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not beside the repository")
def test_the_beads_of_the_seeds_agree_in_numbers_and_dates() -> None:
    beads = json.loads((SEEDS / "gold.json").read_text(encoding="utf-8"))["beads"]
    pairs_told = [(" ".join(bead["hi"]), " ".join(bead["en"])) for bead in beads if bead["hi"] and bead["en"]]
    assert len(pairs_told) == 23
    issues = [issue for quality in Checker().check_all(pairs_told) for issue in quality.issues]
    assert [issue.message for issue in issues if issue.kind in ("number", "date")] == []
