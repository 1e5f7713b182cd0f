"""The whole way from pages to a corpus, on a laptop and on a cluster."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from tithi.corpus.folder import file_digests, read_marker
from tithi.sample import pages

EXAMPLES = Path(__file__).parents[2] / "examples"


def run(name: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLES / name), *map(str, arguments)]
    kept = {name: value for name, value in os.environ.items() if name != "RAY_ADDRESS"}
    return subprocess.run(
        command, env={**kept, "PYTHONUTF8": "1", **environment}, capture_output=True, encoding="utf-8", check=False
    )


def test_on_a_laptop(tmp_path: Path) -> None:
    done = run("laptop.py", pages("hi"), pages("en"), tmp_path / "corpus", "--jobs", 2)
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()
    assert told[0] == "20 Hindi and 20 English pages, 15 pairs of them"
    assert any("sentence pairs, mean quality 0." in line for line in told)
    assert told[-1].startswith(f"{tmp_path / 'corpus.tmx'}: ")
    assert (tmp_path / "corpus.tmx").read_text(encoding="utf-8").count("<tu ") == int(told[-1].split()[-7])
    assert read_marker(tmp_path / "corpus").settings["filter"] == "standard"


def test_what_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    done = run("laptop.py", tmp_path / "none", pages("en"), tmp_path / "corpus", "--jobs", 1)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)


@pytest.mark.skipif(sys.platform == "win32", reason="Ray's clusters are not made for Windows")
def test_on_a_cluster_the_bytes_are_those_of_a_laptop(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    token = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32), "RAY_USAGE_STATS_ENABLED": "0"}
    done = run("cluster.py", pages("hi"), pages("en"), tmp_path / "share" / "corpus", **token)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{tmp_path / 'share' / 'corpus'}: version 1.0.")
    assert [path.name for path in (tmp_path / "share").iterdir()] == ["corpus"]
    assert run("laptop.py", pages("hi"), pages("en"), tmp_path / "corpus", "--jobs", 1).returncode == 0
    assert file_digests(tmp_path / "share" / "corpus") == file_digests(tmp_path / "corpus")
