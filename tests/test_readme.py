"""The documents: what the README shows is what happens, and its names exist."""

import re
import shlex
import unicodedata
from pathlib import Path

import datasets
import pytest

from tithi.cli.main import main, parser

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder that has the samples, with a cache of its own."""
    (tmp_path / "sample").symlink_to(ROOT / "sample")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_the_blocks_run_and_print_what_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    printed, checked = "", 0
    for kind, body in BLOCKS:
        if kind == "console":
            command, *shown = body.splitlines()
            words = shlex.split(command.removeprefix("$ "))
            assert words[0] == "tithi"
            assert main(words[1:]) == 0
            # A nukta is typed in one character or in two, which no reader sees.
            printed = unicodedata.normalize("NFC", capsys.readouterr().out)
            for line, real in zip(shown, printed.splitlines(), strict=False):
                pattern = re.escape(unicodedata.normalize("NFC", line)).replace("…", r"[\d.]+")
                assert re.fullmatch(pattern, real), real
            assert len(shown) <= len(printed.splitlines())
            checked += len(shown)
        elif kind == "python":
            exec(compile(body, "README.md", "exec"), names)
            printed = capsys.readouterr().out
        elif kind == "text":
            assert printed == body
            checked += 1
    assert checked >= 8


def test_the_two_commands_come_first_and_exist() -> None:
    kind, body = BLOCKS[0]
    assert kind == "sh"
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = [line.split()[1] for line in body.splitlines()]
    assert targets == ["demo", "test"]
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)
    assert "make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_every_command_is_named() -> None:
    (commands,) = (action.choices for action in parser()._actions if isinstance(action.choices, dict))
    named = set(re.findall(r"`tithi ([a-z-]+)", README))
    assert named == set(commands)


def test_links_and_benchmarks_exist() -> None:
    for document in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (ROOT / link).exists(), link
        for module in re.findall(r"python -m (benchmarks\.\w+)", text):
            assert (ROOT / f"{module.replace('.', '/')}.py").exists(), module


def test_contributing_is_a_page_and_names_every_folder() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    packages = [path.parent.name for path in ROOT.glob("*/py.typed")]
    assert all(f"[{name}]" in text for name in packages)
