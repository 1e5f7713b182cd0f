"""The demo: what it tells, and that what it tells to type works."""

from pathlib import Path

import datasets
import pytest

from tithi.cli import demo
from tithi.sample import manifest, pairs
from tithi.sources.manifest import ManifestEntry, read_manifest


def test_the_demo_tells_what_it_made_in_ten_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "demo"
    assert demo.main([str(out)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert len(told) <= 10
    assert sum(isinstance(entry, ManifestEntry) for entry in read_manifest(manifest())) == len(pairs())
    snippet = "\n".join(line.strip() for line in told if "load_dataset" in line or "print(" in line)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")  # the snippet itself names no cache
    exec(snippet)
    printed = capsys.readouterr().out
    assert "'hi':" in printed
    assert "'en':" in printed
    (tmp_path / "taken").touch()
    assert demo.main([str(tmp_path / "taken")]) == 2
    assert capsys.readouterr().err.startswith("demo: ")
