"""`tithi check` and `tithi lacking` on whole inputs: bad bytes, built datasets, the seed article pair."""

import io
import json
import sys
from pathlib import Path

import pytest

from tests.village import english, hindi
from tithi.checks.checker import Checker
from tithi.cli.main import main

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
CLAUSE = "और उसके बाद वे सब चुपचाप अपने घर लौट गए "


def give(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    # As in the C locale, where wrong bytes are let through as surrogates.
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="surrogateescape"))


def test_bad_bytes_on_standard_input_are_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, "पुल टूटा।\tThe bridge broke.\n".encode() + b"\xff\xfe\tabc\n")
    assert main(["check", "-"]) == 1
    (line,) = capsys.readouterr().err.strip().split("\n")
    assert "cannot read pairs" in line
    assert "0xff" in line
    assert "give UTF-8" in line
    assert "columns" not in line


def test_standard_input_is_checked_past_a_byte_order_mark(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, b"\xef\xbb\xbf" + "14 लोग बचे।\t41 people survived.\r\n".encode())
    assert main(["check", "-"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(issue["kind"], issue["hi"], issue["en"]) for issue in told["issues"]] == [("number", [0, 2], [0, 2])]


BAD = [
    ("केवल हिन्दी\n", ":1: a line is hi<TAB>en; got 1 of 2 columns"),
    ("क\ta\n" + CLAUSE * 600 + "\tb\n", "at most 20000 characters; got"),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_a_bad_pair_is_one_line(text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text(text, encoding="utf-8")
    assert main(["check", str(path)]) == 1
    (line,) = capsys.readouterr().err.strip().split("\n")
    assert message in line


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
