"""What a build tells at its end."""

from pathlib import Path

import pytest

from tithi.cli.arguments import duration
from tithi.cli.main import main
from tithi.cli.summary import summary
from tithi.corpus.built import Built, Matching
from tithi.corpus.splits import Splits
from tithi.sample import pages

BUILT = Built(
    Path("/data/lake"),
    "1.0.7",
    {"sentences": {"train": 1100, "validation": 60, "test": 74}, "articles": {"train": 90, "test": 10}},
    Splits({}, ("train", "validation", "test"), 0, None),
    rejects=7,
    left_out={"no such sentence": 300, "quality below 0.5": 120, "a": 3, "b": 2, "c": 1, "d": 1},
    moved=12,
    reused=40,
    matching=Matching({"hi": 1200, "en": 130}, 5, 102, {"hi": 1098, "en": 28}),
)


def test_the_lines() -> None:
    assert list(summary(BUILT, 75.2)) == [
        "read: 1,200 Hindi and 130 English articles; 5 not read, see rejects.jsonl",
        "matched: 102 article pairs; without partner 1,098 Hindi and 28 English, see unmatched.jsonl",
        "built: 100 article pairs, of them 40 finished before; 2 not built, see rejects.jsonl",
        "kept: 1,234 sentence pairs (train 1,100, validation 60, test 74)",
        "order: 12 of them are told elsewhere on the English side",
        "left out: 300 no such sentence",
        "left out: 120 quality below 0.5",
        "left out: 3 a",
        "left out: 2 b",
        "left out: 2 for 2 other reasons, see tithi stats",
        "time: 1 min 15 s, 16 sentence pairs a second",
        "written: /data/lake, version 1.0.7",
    ]


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0, "0.0 s"), (2.34, "2.3 s"), (9.97, "10 s"), (59.4, "59 s"), (60, "1 min 0 s"), (245, "4 min 5 s"),
     (3600, "1 h 0 min"), (12_000, "3 h 20 min"), (400_000, "111 h 6 min")],
)  # fmt: skip
def test_durations(seconds: float, told: str) -> None:
    assert duration(seconds) == told


def test_a_run_ends_with_it_unless_quiet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["build", str(pages("hi")), str(pages("en")), "-o", str(tmp_path / "out")]
    assert main(command) == 0
    told = capsys.readouterr()
    assert told.out.count("\n") == 1
    assert 5 <= told.err.count("\n") <= 11
    assert all(line.startswith("tithi: ") for line in told.err.splitlines())
    assert main([*command, "--quiet"]) == 0
    assert capsys.readouterr().err == ""
    assert main([*command, "--quiet", "--log", str(tmp_path / "log")]) == 0
    assert "SUMMARY kept: " in (tmp_path / "log").read_text(encoding="utf-8")
