"""Programs that measure and learn: what they need and do not find is one line, and exit code 2."""

import re
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tithi.errors import DataError, UsageError
from training.needed import SETS, folder, needed, run

ROOT = Path(__file__).parents[2]
#: The arguments of each program, with data that is not there, and what the line names.
WITHOUT_DATA = [
    ("benchmarks.align", ["none/dev"], "none/dev/tico19: must hold TICO-19"),
    ("benchmarks.dates", ["none/dev/dates"], "none/dev/dates: must hold"),
    ("benchmarks.dates", ["--pairs", "none.hi", "none.en"], "none.hi: must be readable"),
    ("benchmarks.encode", ["--quality", "none/dev"], "none/dev/flores200: must hold FLORES-200 dev"),
    ("benchmarks.fidelity", ["none/dev"], "none/dev/tico19: must hold TICO-19"),
    ("benchmarks.fidelity", ["--speed", "none.tsv"], "none.tsv"),
    ("benchmarks.filters", ["none"], "none/dev/tico19: must hold TICO-19"),
    ("benchmarks.recurring", ["none"], "none/dev/tico19: must hold TICO-19"),
    ("benchmarks.leaks", ["none.tsv"], "none.tsv"),
    ("benchmarks.long_documents", ["none/tico19"], "none/tico19: must hold TICO-19"),
    ("benchmarks.mine", ["none/dev", "none/train"], "none/dev/tico19: must hold TICO-19"),
    ("benchmarks.reading", ["none/pages"], "none/pages: must hold pages"),
    ("benchmarks.number_hits", ["none.hi", "none.en"], "none.hi: must be readable"),
    ("benchmarks.seed_pair", ["none.hi", "none.en"], "none.hi: must be readable"),
    ("benchmarks.facing", ["none"], "none/dev/tico19: must hold TICO-19"),
    ("benchmarks.moved", ["none"], "none/train: must hold sentence pairs"),
    ("benchmarks.worlds", ["none"], "none/dev/tico19: must hold TICO-19"),
    ("benchmarks.retold", ["none"], "none/dev/tico19: must hold TICO-19"),
    ("benchmarks.broken_lines", ["none"], "none/dev/tico19: must hold TICO-19"),
    ("training.common_words", ["none/train"], "none/train: must hold sentence pairs"),
    ("training.judge", ["none"], "none/dev/tico19: must hold TICO-19"),
    ("training.moving", ["none", "-o", "aligner/judge.json"], "none/dev/tico19: must hold TICO-19"),
    ("training.scores", ["none", "-o", "aligner/judge.json"], "none/dev/tico19: must hold TICO-19"),
    ("training.alarms", ["none/dev"], "none/dev/tico19: must hold TICO-19"),
    ("training.quality", ["none/dev"], "none/dev/tico19: must hold TICO-19"),
    ("training.ranking", ["none/dev"], "none/dev/tico19: must hold TICO-19"),
    ("training.word_order", ["none"], "none/train: must hold sentence pairs"),
]
#: The package that a program needs beside tithi.
WITHOUT_PACKAGE = [
    ("training.judge", ["none"], "torch"),
    ("training.moving", ["none"], "scipy"),
    ("training.word_order", ["none"], "torch"),
    ("training.scores", ["none"], "scipy"),
    ("training.places", [], "babel"),
    ("training.alarms", ["none"], "sklearn"),
    ("training.quality", ["none"], "sklearn"),
    ("training.ranking", ["none"], "sklearn"),
    ("benchmarks.reading", [], "trafilatura"),
]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[[str, list[str], pytest.MonkeyPatch], str]:
    def of(module: str, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> str:
        monkeypatch.setattr(sys, "argv", [module, *arguments])
        monkeypatch.delitem(sys.modules, module, raising=False)
        with pytest.raises(SystemExit) as stop:
            runpy.run_module(module, run_name="__main__")
        assert stop.value.code == 2
        line = capsys.readouterr().err
        assert line.count("\n") == 1, line
        return line

    return of


@pytest.mark.parametrize(("module", "arguments", "named"), WITHOUT_DATA, ids=lambda value: str(value)[:30])
def test_without_its_data(
    module: str, arguments: list[str], named: str, told: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in {
        "training.judge": ["torch"],
        "training.word_order": ["torch"],
        "training.moving": ["scipy"],
        "training.scores": ["scipy"],
        "training.quality": ["sklearn"],
        "training.ranking": ["sklearn"],
        "training.alarms": ["sklearn"],
    }.get(module, []):
        pytest.importorskip(package)
    assert named in told(module, arguments, monkeypatch)


@pytest.mark.parametrize(("module", "arguments", "package"), WITHOUT_PACKAGE, ids=str)
def test_without_its_package(
    module: str, arguments: list[str], package: str, told: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    line = told(module, arguments, monkeypatch)
    assert "python -m pip install" in line


def test_an_absent_peer_is_told_before_anything_runs(
    told: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "galechurch", None)
    for name in ("tico19", "flores200", "noisy/tico19_s1", "noisy/flores200_s1"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "a.hi").write_text("", encoding="utf-8")
    line = told("benchmarks.align", [str(tmp_path), "--peers", "galechurch"], monkeypatch)
    assert line.startswith("galechurch: must be installed")


def test_every_program_is_run_by_the_one_function() -> None:
    for path in (*ROOT.glob("benchmarks/*.py"), *ROOT.glob("training/*.py")):
        text = path.read_text(encoding="utf-8")
        if 'if __name__ == "__main__"' in text and path.name != "noisy_documents.py":
            assert re.search(r"^    run(_program)?\(\w+\)$", text, re.MULTILINE), path
        assert '"shared"' not in text, path


def test_a_folder_that_holds_nothing_is_none(tmp_path: Path) -> None:
    (tmp_path / "tico19").mkdir()
    with pytest.raises(UsageError, match="got an empty folder"):
        folder(tmp_path, "tico19")
    (tmp_path / "tico19" / "a.hi").write_text("क\n", encoding="utf-8")
    assert folder(tmp_path, "tico19") == tmp_path
    assert needed(tmp_path / "tico19", "tico19") == tmp_path / "tico19"


@pytest.mark.parametrize("name", SETS)
def test_the_page_names_every_set(name: str) -> None:
    assert f"`{name}" in (ROOT / "training/README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (DataError("a: rule; got b; do c"), 2, "a: rule; got b; do c\n"),
        (FileNotFoundError(2, "No such file", "x.hi"), 2, "x.hi: must be readable, text as UTF-8; got No such file; "),
        (ModuleNotFoundError("No module named 'x'", name="x"), 2, "x: must be installed"),
    ],
)
def test_what_ends_in_a_line(error: Exception, code: int, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    def main() -> None:
        raise error

    with pytest.raises(SystemExit) as stop:
        run(main)
    assert stop.value.code == code
    assert capsys.readouterr().err.startswith(line)
