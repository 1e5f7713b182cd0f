"""What stands beside the code: the citation, and the image whose steps are those of the documents."""

import importlib
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tithi.cli.main import main

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def steps(name: str) -> list[str]:
    """Return what follows an instruction of the Dockerfile, lines joined."""
    return re.findall(rf"^{name} (.*)$", DOCKERFILE.replace("\\\n", " "), re.MULTILINE)


def test_the_citation_is_of_this_version_and_has_what_the_format_asks_for() -> None:
    yaml: Any = importlib.import_module("yaml")
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    # The required keys of CFF 1.2.0, and those that are checked against the project.
    assert cited.keys() >= {"cff-version", "message", "title", "authors"}
    assert cited["cff-version"] == "1.2.0"
    assert (cited["title"], cited["version"]) == (PROJECT["name"], PROJECT["version"])
    assert (cited["license"], cited["type"]) == (PROJECT["license"], "software")
    assert cited["authors"] == [{"name": "the tithi project"}]


def test_the_image_copies_what_exists_and_installs_declared_extras() -> None:
    for copied in steps("COPY"):
        source = copied.split()[0]
        assert (ROOT / source).exists(), source
    (installed,) = (step for step in steps("RUN") if "pip install" in step)
    (extras,) = re.findall(r"'/src\[([\w,]+)\]'", installed)
    assert set(extras.split(",")) <= PROJECT["optional-dependencies"].keys()
    assert not re.search(r"https?:", DOCKERFILE)


def test_the_files_that_the_image_names_exist() -> None:
    named = set(re.findall(r"sample/[\w.]+", DOCKERFILE))
    assert named
    assert all((ROOT / name).is_file() for name in named)


def test_the_image_runs_the_example_of_the_readme(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (entry,), (command,) = steps("ENTRYPOINT"), steps("CMD")
    assert json.loads(entry) == list(PROJECT["scripts"])
    arguments = json.loads(command)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"$ tithi {' '.join(arguments)}\n" in readme
    monkeypatch.chdir(ROOT)
    assert main(arguments) == 0
    assert capsys.readouterr().out.splitlines()[0] in readme
