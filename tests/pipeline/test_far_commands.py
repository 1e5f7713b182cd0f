"""Commands that read a dataset, or files of pairs, read them at addresses too, and tell the same."""

import json
import re
import shutil
from itertools import islice
from pathlib import Path

import fsspec
import pytest

from tests.pipeline.test_addresses import digests, root
from tithi.cli.main import main
from tithi.corpus.folder import file_digests
from tithi.corpus.stats import stats
from tithi.errors import UsageError
from tithi.pipeline.build import build
from tithi.sample import manifest
from tithi.sources.manifest import read_manifest

assert root
PAIRS = "".join(f"यह पंक्ति संख्या {number} है।\tThis is line number {number}.\n" for number in range(60))


@pytest.fixture(scope="module")
def near(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two datasets, and files of pairs, one of them with a row that is none."""
    folder = tmp_path_factory.mktemp("near")
    for name, count in (("old", 2), ("corpus", 4)):
        build(islice(read_manifest(manifest()), count), folder / name)
    (folder / "pairs.tsv").write_text(f"{PAIRS}कोई नहीं\n", encoding="utf-8")
    (folder / "talks.hi").write_text("नदी में पानी बढ़ा।\nपुल टूट गया।\n", encoding="utf-8")
    (folder / "talks.en").write_text("The water in the river rose.\nThe bridge broke.\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def far(root: str, near: Path) -> str:
    """Return an address that holds the same."""
    fs, path = fsspec.core.url_to_fs(f"{root}/commands")
    fs.put(f"{near}/", f"{path}/", recursive=True)
    return f"{root}/commands"


@pytest.mark.parametrize(
    "command",
    [
        "stats {}/corpus",
        "stats {}/corpus --json",
        "diff {}/old {}/corpus",
        "diff {}/corpus {}/old --json",
        "show {}/corpus 02_bridge --width 80",
        "check {}/corpus --summary",
        "check {}/pairs.tsv {}/talks.hi {}/talks.en",
        "check {}/none.tsv",
        "filters --try {}/pairs.tsv",
        "filters --learn {}/pairs.tsv",
        "stats {}/none",
        "stats {}",
        "publish {}/corpus --repo a/b --public --dry-run",
        "lacking {}/talks.hi {}/talks.en",
    ],
)
def test_what_is_told_is_the_same(
    far: str, near: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    told = []
    for place in (str(near), far):
        code = main(command.replace("{}", place).split())
        captured = capsys.readouterr()
        told.append((code, captured.out.replace(place, "…"), captured.err.replace(place, "…")))
    if "none" in command:
        assert told[0][0] == told[1][0] == 1
        assert re.fullmatch(r"tithi: …/none(\.tsv)?: \S.+\n", told[1][2])
    else:
        assert told[0] == told[1]
        assert told[0][0] == ("pairs.tsv" in command and "check" in command) or "…: must be a dataset" in told[0][2]


def test_a_report_and_an_export_are_written_here(far: str, near: Path, tmp_path: Path) -> None:
    for name, place in (("near", str(near)), ("far", far)):
        (tmp_path / name).mkdir()
        for end in (".html", ".tsv"):
            command = ["report"] if end == ".html" else ["export", "--format", "tsv"]
            assert main([*command, f"{place}/corpus", "-o", str(tmp_path / name / f"corpus{end}")]) == 0
    assert file_digests(tmp_path / "near") == file_digests(tmp_path / "far")


@pytest.mark.parametrize("given", ["corpus", "pairs.tsv", "talks"])
def test_what_is_filtered_is_the_same(
    far: str, near: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], given: str
) -> None:
    told = []
    for place, out in ((str(near), str(tmp_path / "kept")), (far, f"{far}-kept/{given}/kept")):
        files = [f"{place}/talks.{lang}" for lang in ("hi", "en")] if given == "talks" else [f"{place}/{given}"]
        assert main(["filter", *files, "-o", out, "--preset", "light"]) == 0
        captured = capsys.readouterr()
        told.append(captured.out.replace(out, "OUT"))
        if given == "corpus":
            assert f"tithi: written: {out}, version" in captured.err
    assert told[0] == told[1]
    here, there = file_digests(tmp_path / "kept"), digests(f"{far}-kept/{given}/kept", tmp_path / "brought")
    if given == "pairs.tsv":  # the row that is none is told by its address
        rejects = [
            json.loads(line) for line in (tmp_path / "brought/rejects/pairs.jsonl").read_text("utf-8").splitlines()
        ]
        assert rejects[-1]["where"] == f"{far}/pairs.tsv:61"
        del here["rejects/pairs.jsonl"], there["rejects/pairs.jsonl"]
    assert here == there
    shutil.rmtree(tmp_path / "kept")


@pytest.mark.parametrize(
    "command",
    [
        "export {}/corpus --format tsv -o {}/out.tsv",
        "report {}/corpus -o {}/report.html",
        "pair {} {} -o {}/pairs.jsonl",
        "review {}/corpus",
        "mt-eval {}/corpus --system {}/talks.hi",
        "align --manifest {}/pairs.tsv -o {}/aligned",
        "stats nosuch://bucket/corpus",
        "stats https://example.org/corpus",
    ],
)
def test_what_takes_no_address_says_so_in_one_line(far: str, capsys: pytest.CaptureFixture[str], command: str) -> None:
    try:
        code: object = main(command.replace("{}", far).split())
    except SystemExit as error:
        code = error.code
    assert code == 2
    assert re.search(r": must be (a path|an address)[^\n]*; got [^\n]*; [^\n]+\n$", capsys.readouterr().err)


def test_in_python_a_dataset_is_a_path(far: str) -> None:
    with pytest.raises(UsageError, match="must be a path on this machine; got an address of"):
        stats(f"{far}/corpus")
