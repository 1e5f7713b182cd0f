"""A short run of the fuzzing benchmark: no damaged input ends in anything but a result or an error of tithi's own."""

import pytest

from benchmarks.fuzz import fuzz, main
from benchmarks.fuzz_readers import readers


@pytest.mark.parametrize("reader", readers())
def test_damaged_input_is_read_or_refused(reader: str) -> None:
    told = fuzz(reader, 30 if reader in {"align", "check_pair", "articles"} else 100, seed=7)
    assert told.inputs
    assert told.crash is None


def test_a_crash_is_found_and_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("tithi.aligner.sentences.split_sentences", lambda text, lang: [])  # noqa: ARG005
    assert main(["sentences", "--inputs", "5"]) == 1
    assert "AssertionError: lost" in capsys.readouterr().out
