"""The commands around a built dataset: what they print, and one clear line for whatever is wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.builders import lake
from tests.cli.conftest import Run
from tests.hub.server import TOKEN, HubServer
from tithi.corpus.write import DatasetWriter
from tithi.records import Quality

TITHI = (sys.executable, "-m", "tithi.cli.main")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("cli") / "out", 3)


def build(folder: Path, articles: int, suffix: str = "") -> Path:
    with DatasetWriter(folder) as writer:
        for number in range(articles):
            writer.add(lake(f"lake{number}", suffix=f" {number}{suffix}"), [Quality(0.9), Quality(0.4)])
        writer.close()
    return folder


def assert_one_line(done: SimpleNamespace, code: int, *parts: str) -> None:
    assert (done.code, done.out) == (code, ""), done.err
    assert done.err.startswith("tithi: ")
    assert done.err.count("\n") == 1
    for part in parts:
        assert part in done.err


def client(hub: str, home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a process that knows this Hub alone."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "HUGGING_FACE"))}
    ours = {"HF_ENDPOINT": hub, "HF_HUB_DISABLE_XET": "1", "HF_HOME": str(home), "PYTHONUTF8": "1"}
    return {**kept, **ours, **more}


def test_publish_tells_what_goes_and_then_what_went(out: Path, tmp_path: Path) -> None:
    def publish(hub: HubServer, *arguments: str) -> list[str]:
        command = [*TITHI, "publish", str(out), "--repo", "asha/lake", *arguments]
        environment = client(hub.url, tmp_path, HF_TOKEN=TOKEN)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.splitlines()

    with HubServer() as hub:
        would = publish(hub, "--dry-run", "--tag", "v1")
        assert hub.repos == {}
        did = publish(hub, "--tag", "v1")
        assert [line.removeprefix("would ") for line in would] == did[:-1]
        assert did[0] == "make asha/lake, private"
        assert did[-1] == f"{hub.url}/datasets/asha/lake is at {hub.repos['asha/lake'].head.oid[:12]}, v1"
        assert did[-3].endswith(": 6 sentences, 12 segments, 3 articles, 9 unaligned")
        assert publish(hub)[0] == "nothing to send: the repository holds this dataset"


def test_publish_without_a_token_or_a_network(out: Path, tmp_path: Path) -> None:
    for more, code, told in (
        ({}, 2, "needs an access token; got none; run `hf auth login` or set HF_TOKEN"),
        ({"HF_TOKEN": TOKEN}, 1, "the Hub cannot be reached; got ConnectError; check the network"),
    ):
        command = [*TITHI, "publish", str(out), "--repo", "asha/lake"]
        environment = client("http://127.0.0.1:9", tmp_path, **more)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert_one_line(SimpleNamespace(code=done.returncode, out=done.stdout, err=done.stderr), code, told)
        assert TOKEN not in done.stderr


def test_publish_refuses_before_it_asks_the_hub(run: Run, out: Path, tmp_path: Path) -> None:
    assert_one_line(run("publish", tmp_path, "--repo", "a/b"), 1, "must be a dataset built by tithi")
    assert_one_line(run("publish", out, "--repo", "a/b/c"), 2, "the repository must be user/name")
    assert_one_line(run("publish", out, "--repo", "a/b", "--public"), 1, "got none for 3 of 3: lake0 (hi, en), lake1")
    changed = build(tmp_path / "changed", 1)
    (changed / "README.md").write_text("mine", encoding="utf-8")
    assert_one_line(run("publish", changed, "--repo", "a/b"), 1, "must be as it was built; got README.md: changed")


def test_export(run: Run, out: Path, tmp_path: Path) -> None:
    done = run("export", out, "--format", "moses", "-o", tmp_path / "c")
    assert (done.code, done.out) == (0, f"{tmp_path / 'c'}: 6 pairs\n")
    done = run(
        "export", out, "--format", "jsonl", "-o", tmp_path / "c.jsonl", "--min-quality", "0.5", "--split", "train"
    )
    assert done.out == f"{tmp_path / 'c.jsonl'}: 3 pairs\n"
    assert len((tmp_path / "c.hi").read_text(encoding="utf-8").splitlines()) == 6
    for arguments, code, told in (
        (("--split", "test"), 2, "sentences has no split test; got splits train"),
        (("--min-quality", "0.95"), 1, "must have sentence pairs with a quality of at least 0.95; got none"),
    ):
        assert_one_line(run("export", out, "--format", "tsv", "-o", tmp_path / "x", *arguments), code, told)
    assert not (tmp_path / "x").exists()
    assert run("export", out, "--format", "csv", "-o", tmp_path / "x").code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="has no limit on the size of files")
def test_an_export_onto_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    """A limit on the size of files stands for a full disk."""
    large = build(tmp_path / "large", 60, " " + "कखग " * 4000)
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536));"
        " from tithi.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", script, "export", str(large), "--format", "tsv", "-o", str(tmp_path / "x.tsv")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    done = SimpleNamespace(code=ran.returncode, out=ran.stdout, err=ran.stderr)
    assert_one_line(done, 1, "x.tsv: cannot be written; got File too large")
    assert [path.name for path in tmp_path.iterdir()] == ["large"]


def test_diff(run: Run, out: Path, tmp_path: Path) -> None:
    assert run("diff", out, out).out == "0 added, 0 gone, 0 realigned\n"
    more = build(tmp_path / "more", 4)
    done = run("diff", out, more)
    assert done.code == 0
    assert done.out.splitlines()[0] == "+ lake3-s0001"
    assert done.out.splitlines()[1].startswith("  + झील की कहानी नीचे दी गई है 3।\tThe story")
    assert done.out.splitlines()[-1] == "2 added, 0 gone, 0 realigned"
    assert [json.loads(line)["kind"] for line in run("diff", more, out, "--json").out.splitlines()] == ["gone", "gone"]
    assert_one_line(run("diff", out, tmp_path), 1, "must be a dataset built by tithi")


def test_train_vocab(run: Run, out: Path, tmp_path: Path) -> None:
    done = run("train-vocab", out, "-o", tmp_path / "spm.model", "--size", 64)
    assert (done.code, done.out) == (0, f"{tmp_path / 'spm.model'}: 64 pieces from 12 texts\n"), done.err
    done = run("train-vocab", out, "-o", tmp_path / "s.model", "--size", 32, "--per-side")
    assert done.out.splitlines() == [f"{tmp_path / f's.{side}.model'}: 32 pieces from 6 texts" for side in ("hi", "en")]
    assert_one_line(run("train-vocab", out, "-o", tmp_path / "x"), 1, "has text for at most", "got a size of 16000")
    assert run("train-vocab", out, "-o", tmp_path / "x", "--size", "0").code == 2


def test_build_from_bitext(run: Run, tmp_path: Path) -> None:
    pairs = tmp_path / "c.tsv"
    pairs.write_text("तालाब गहरा हुआ।\tThe pond grew deeper.\nनदी\t\n", encoding="utf-8")
    made = tmp_path / "out"
    done = run("build", "--from-bitext", pairs, "-o", made, "--licence", "CC0-1.0", "--id", "pond", "--quiet")
    assert (done.code, done.out) == (0, f"{made}: 1 sentences, 1 segments, 1 articles, 0 unaligned\n")
    assert done.err == f"tithi: 1 pairs were not built; see {made / 'rejects.jsonl'}\n"
    (tmp_path / "c.hi").write_text("तालाब\nनदी\n", encoding="utf-8")
    (tmp_path / "c.en").write_text("pond\n", encoding="utf-8")
    sides = (tmp_path / "c.hi", tmp_path / "c.en")
    for arguments, code, told in (
        (sides, 1, "must have as many lines as"),
        ((sides[0],), 2, "a Moses file needs its other side"),
        ((tmp_path / "c.csv",), 1, "no such file"),
        ((pairs, "--encoder", "e5"), 2, "--from-bitext aligns nothing; got --encoder too"),
    ):
        assert_one_line(run("build", "-o", tmp_path / "new", "--from-bitext", *arguments), code, told)
    assert not (tmp_path / "new").exists()
