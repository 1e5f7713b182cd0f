"""One result for any number of cores and processes, any locale, time zone and hash seed."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tithi.corpus.folder import PARTS, file_digest, file_digests
from tithi.corpus.parts import read_parts

_CODE = """
import sys
from tithi.pipeline.build import Settings, build
from tithi.sample import manifest
from tithi.sources.manifest import read_manifest

if __name__ == "__main__":
    build(read_manifest(manifest()), sys.argv[1], Settings(jobs=int(sys.argv[2])))
"""
_ONE = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_OTHER = {
    "PYTHONHASHSEED": "7",
    "TZ": "Asia/Kolkata",
    "LC_ALL": "C.UTF-8",
    "OMP_NUM_THREADS": "2",
    "OPENBLAS_NUM_THREADS": "2",
}


def test_the_sample_is_the_same_bytes_everywhere(tmp_path: Path) -> None:
    script = tmp_path / "build.py"
    script.write_text(_CODE, encoding="utf-8")
    digests = []
    for name, settings, jobs in (("one", _ONE, "1"), ("other", _OTHER, "2")):
        out = tmp_path / name / "out"
        out.parent.mkdir()
        subprocess.run([sys.executable, str(script), str(out), jobs], env={**os.environ, **settings}, check=True)
        parts = {path.name: file_digest(path) for path in (out / PARTS).iterdir()}
        digests.append({**file_digests(out), **parts})
        for path in (out / PARTS).glob("*.arrow"):
            for told in read_parts(path, ["told"])["told"].to_pylist():
                assert told == json.dumps(json.loads(told), sort_keys=True), "counts come in the order of sets else"
    assert digests[0] == digests[1]
    assert "README.md" in digests[0]
