"""What is missing from the start: a named input that is gone or empty is an error, and so is a share not mounted."""

import json
import shutil
from pathlib import Path

import pytest

from tests.pipeline.test_heaps import EN, HI
from tithi.cli.main import main
from tithi.corpus.folder import file_digests
from tithi.corpus.stored import stored_rows


def built(out: Path) -> int:
    return len(list(stored_rows(out, "articles")))


def share(folder: Path, name: str, files: list[Path]) -> Path:
    (folder / name).mkdir(parents=True)
    for path in files:
        shutil.copy(path, folder / name)
    return folder / name


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A manifest whose files lie on two shares."""
    lines = []
    for number, (hi, en) in enumerate(zip(HI[:2], EN[:2], strict=True)):
        one = share(tmp_path, f"share{number}", [hi, en])
        lines.append(json.dumps({"id": f"p{number}", "hi": str(one / hi.name), "en": str(one / en.name)}))
    (tmp_path / "pairs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("way", ["gone", "empty"])
@pytest.mark.parametrize("again", [False, True])
def test_a_share_of_a_manifest_that_is_not_mounted(
    listed: Path, capsys: pytest.CaptureFixture[str], way: str, again: bool
) -> None:
    command = ["build", "--manifest", str(listed / "pairs.jsonl"), "-o", str(listed / "out"), "--quiet"]
    if again:
        assert main(command) == 0
        before = file_digests(listed / "out")
    shutil.rmtree(listed / "share1")
    if way == "empty":
        (listed / "share1").mkdir()
    assert main(command) == 1
    said = capsys.readouterr().err.strip().splitlines()[-1]
    got = "no such folder" if way == "gone" else "an empty folder"
    assert f"{listed}/share1: must hold the file of {listed}/pairs.jsonl:2" in said
    assert f"got {got}; mount it or correct the path, or give --without-missing to go on without" in said
    if again:
        assert file_digests(listed / "out") == before
    assert main([*command, "--without-missing"]) == 0
    assert built(listed / "out") == 1
    assert "which does not exist" in (listed / "out/rejects.jsonl").read_text(encoding="utf-8")


def test_a_file_that_is_missing_among_others_is_a_reject(listed: Path) -> None:
    (listed / "share1" / HI[1].name).unlink()
    assert main(["build", "--manifest", str(listed / "pairs.jsonl"), "-o", str(listed / "out"), "--quiet"]) == 0
    assert built(listed / "out") == 1


@pytest.mark.parametrize("way", ["gone", "empty"])
def test_a_share_in_a_heap_that_was_there_before(tmp_path: Path, capsys: pytest.CaptureFixture[str], way: str) -> None:
    share(tmp_path / "hi", "a", HI[:5])
    share(tmp_path / "en", "a", EN[:10])
    share(tmp_path / "en", "b", EN[10:])
    (tmp_path / "en/never used").mkdir()
    command = ["build", str(tmp_path / "hi"), str(tmp_path / "en"), "-o", str(tmp_path / "out"), "--quiet"]
    assert main(command) == 0
    whole, before = built(tmp_path / "out"), file_digests(tmp_path / "out")
    assert main(command) == 0
    shutil.rmtree(tmp_path / "en/b")
    if way == "empty":
        (tmp_path / "en/b").mkdir()
    assert main(command) == 1
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert f"{tmp_path}/en/b: must hold the articles that {tmp_path}/out has from it" in said
    assert file_digests(tmp_path / "out") == before
    assert main([*command, "--without-missing"]) == 0
    assert 0 < built(tmp_path / "out") < whole
    assert main(command) == 0, "what was let go is not asked for again"


def test_a_page_that_is_gone_from_a_heap_is_let_go(tmp_path: Path) -> None:
    share(tmp_path / "hi", "a", HI[:3])
    share(tmp_path / "en", "a", EN)
    command = ["build", str(tmp_path / "hi"), str(tmp_path / "en"), "-o", str(tmp_path / "out"), "--quiet"]
    assert main(command) == 0
    whole = built(tmp_path / "out")
    (tmp_path / "hi/a" / HI[0].name).unlink()
    assert main(command) == 0
    assert built(tmp_path / "out") < whole


NAMED = [
    (["build", "none", "en"], "none: no such file or folder"),
    (["build", "empty", "en"], "empty: must hold Hindi articles; got none; it is empty"),
    (["build", "hi", "empty"], "empty: must hold English articles; got none; it is empty"),
    (["build", "--manifest", "none"], "none: no such file"),
    (["build", "--manifest", "blank.tsv"], "must list article pairs; got an empty file"),
    (["build", "--from-bitext", "good.tsv", "none.tsv"], "none.tsv: no such file"),
    (["build", "--from-bitext", "good.tsv", "*.tmx"], "*.tmx: no such file"),
    (["build", "--from-bitext", "good.tsv", "blank.tsv"], "blank.tsv: sentence pairs are needed; got none"),
    (
        ["build", "--from-bitext", "good.tsv", "--exclude", "none.txt"],
        "none.txt: cannot be read or written; got No",
    ),
    (["build", "--from-bitext", "good.tsv", "--exclude", "blank.tsv"], "blank.tsv: "),
    (["filter", "good.tsv", "none.tsv"], "none.tsv: no such file"),
    (["filter", "good.tsv", "blank.tsv"], "blank.tsv: sentence pairs are needed; got none"),
    (["filter", "good.tsv", "--exclude", "none.txt"], "none.txt: no such file"),
    (["filter", "good.tsv", "--exclude", "blank.tsv"], "blank.tsv: "),
]


@pytest.mark.parametrize(("command", "said"), NAMED)
def test_an_input_that_is_named_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "blank.tsv").touch()
    (tmp_path / "good.tsv").write_text("नदी गहरी है।\tThe river is deep.\n", encoding="utf-8")
    share(tmp_path, "hi", HI[:2])
    share(tmp_path, "en", EN[:2])
    assert main([*command, "-o", "out"]) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
