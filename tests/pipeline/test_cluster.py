"""A Ray cluster gives the bytes that one process gives, also when a worker is killed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tithi.cli.main import main
from tithi.corpus.folder import file_digests
from tithi.pipeline.build import build
from tithi.pipeline.heaps import build_heaps
from tithi.sample import manifest, pages
from tithi.sources.manifest import read_manifest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the workers in /proc")
def test_two_nodes_one_killed_worker_from_paths_and_addresses_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    pytest.importorskip("moto.server")
    command = [sys.executable, "-m", "tests.pipeline.on_ray", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert len(told["killed"]) == 1
    build(read_manifest(manifest()), tmp_path / "local/out")
    assert told["files"] == told["far"] == file_digests(tmp_path / "local/out")
    assert told["reused"] >= 3
    build_heaps(pages("hi"), pages("en"), tmp_path / "local/heaps/out")
    assert file_digests(tmp_path / "heaps/out") == file_digests(tmp_path / "local/heaps/out")


def test_an_address_without_the_engine_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["build", "a", "b", "-o", str(tmp_path / "out"), "--ray-address", "auto"]) == 2
    assert capsys.readouterr().err == (
        "tithi: build: --ray-address is for --engine ray; got the engine local; leave it out\n"
    )
