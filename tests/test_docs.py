"""The documentation: it builds without a warning and without the net, and every block on it runs as shown."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import datasets
import pytest

from tests.blocks import blocks, matches, run_page
from tests.hub.server import TOKEN, HubServer
from tithi.cli.main import main, parser
from tithi.corpus.columns import COLUMNS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
TRAINING = {"train-encoder.md"}
PUBLISHING = {"publish.md"}

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built site; a warning fails the build."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-d", str(folder / "trees"), str(DOCS)]
    done = subprocess.run([*command, str(folder / "html")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "html"


def test_the_site_is_whole_and_fetches_nothing(site: Path) -> None:
    pages = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    assert {path.relative_to(DOCS).with_suffix("").as_posix() for path in PAGES} <= pages
    fetched = re.compile(
        r"""<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=["'](?:https?:)?//|@import|url\(https?:"""
    )
    for path in (*site.rglob("*.html"), *site.rglob("*.css")):
        found = fetched.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{path.name} fetches {found[0] if found else ''}"


def test_the_reference_has_every_command_column_and_config(site: Path) -> None:
    (commands,) = (action.choices for action in parser()._actions if isinstance(action.choices, dict))
    told = (site / "reference/commands.html").read_text(encoding="utf-8")
    assert all(f"tithi {name}</" in told or f"tithi {name}<" in told for name in commands)
    assert "--min-quality" in told
    columns = (site / "reference/columns.html").read_text(encoding="utf-8")
    for config, listed in COLUMNS.items():
        assert f'id="{config}"' in columns
        assert all(f">{column.name}</span>" in columns for column in listed)


def test_the_figures_come_from_where_they_stand(site: Path) -> None:
    told = (site / "explanation/figures.html").read_text(encoding="utf-8")
    for name in ("README.md", "encoder/RESULTS.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        shown = re.findall(r"^\| [^|]+ \| (\.\d{3}) |^(FLORES-200 dev +997.*)$", text, re.MULTILINE)
        assert shown
        assert all((table or block) in told for table, block in shown), name


# The tutorial is run from the wheel, in test_packaging.py.
@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "tutorial.md"], ids=lambda page: page.stem)
def test_the_blocks_of_a_page_run_and_print_what_is_shown(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if page.name in TRAINING:
        pytest.importorskip("torch", reason="training needs the extra `train`")
    shutil.copytree(ROOT / "sample", tmp_path / "sample", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    shutil.copy(ROOT / "examples/mine.py", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if page.name in PUBLISHING:
        _run_against_a_hub(page, tmp_path)
        return
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    compared = run_page(page, main)
    assert compared or not any(block.kind in {"console", "python"} for block in blocks(page))


def _run_against_a_hub(page: Path, folder: Path) -> None:
    """Run a page in a process that knows a local Hub alone."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "HUGGING_FACE"))}
    with HubServer() as hub:
        ours = {"HF_ENDPOINT": hub.url, "HF_HUB_DISABLE_XET": "1", "HF_TOKEN": TOKEN, "HF_HOME": str(folder / "home")}
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        done = subprocess.run(
            [sys.executable, "-m", "tests.blocks", str(page)],
            env={**kept, **ours, "PYTHONPATH": path, "PYTHONUTF8": "1"},
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr


@each_page
def test_every_block_is_of_a_kind_that_a_test_runs(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    fences = re.findall(r"^```(.*)$", text, re.MULTILINE)
    opened = fences[::2]
    known = {"console", "python", "text"} | ({"sh"} if page.name == "tutorial.md" else set())
    for fence in opened:
        assert fence in known or re.fullmatch(r"\{[\w-]+\}.*", fence), f"{page.name}: {fence}"
    assert sum(block.kind == "sh" for block in blocks(page)) == ("sh" in known)


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=lambda page: page.stem)
def test_commands_and_options_that_are_named_exist(page: Path) -> None:
    (commands,) = (action.choices for action in parser()._actions if isinstance(action.choices, dict))
    text = page.read_text(encoding="utf-8")
    for name in re.findall(r"`tithi ([a-z][a-z-]+)", text):
        assert name in commands, name
    options = {option for command in commands.values() for option in command._option_string_actions}
    for option in re.findall(r"`(--[a-z-]+)", text):
        assert option in options or option == "--help", f"{page.name}: {option}"


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\n", "a\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n…\n", "a\nb\nc\n", True),
        ("…\nc\n", "c\n", True),
        ("score … of\n", "score .9 of\n", True),
        ("score … of\n", "score .9 off\n", False),
        ("1.0\n", "1x0\n", False),
        ("", "", True),
        ("", "more\n", False),
        ("फ़\n", "फ़\n", True),
    ],
)
def test_what_counts_as_shown(shown: str, printed: str, *, same: bool) -> None:
    assert matches(shown, printed) is same
