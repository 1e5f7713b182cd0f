"""`tithi mt-eval`: what it prints, and one clear line for whatever is wrong."""

import json
import shlex
import sys
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.builders import plain
from tests.cli.conftest import Run
from tithi.cli.main import main
from tithi.corpus.stored import stored_rows
from tithi.corpus.write import DatasetWriter

PAIRS = [
    ("तीन ट्रक पुल पर खड़े थे।", "Three lorries stood on the bridge."),
    ("बैठक 5 मई 2021 को हुई।", "The meeting was held on 5 May 2021."),
    ("कोई नहीं आया।", "Nobody came."),
]


@pytest.fixture
def run(run: Run) -> Run:
    """Run `tithi mt-eval`."""
    return partial(run, "mt-eval")


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(f"{hi}\t{en}\n" for hi, en in PAIRS), encoding="utf-8")
    (tmp_path / "good.en").write_text("".join(f"{en}\n" for _, en in PAIRS), encoding="utf-8")
    (tmp_path / "bad.en").write_text("Four lorries stood.\nThe meeting was held.\nHe came.\n", encoding="utf-8")
    (tmp_path / "bad.hi").write_text("चार ट्रक खड़े थे।\nबैठक हुई।\nवह आया।\n", encoding="utf-8")
    return path


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """Return a dataset of many articles, so that it has a split test."""
    words = ["एक", "दो", "तीन", "चार", "पाँच", "छह", "सात", "आठ", "नौ", "दस"]
    with DatasetWriter(tmp_path / "out") as writer:
        for n in range(80):
            hi, en = (
                f"कमरा {n} में {words[n % 10]} किताबें और {n * 7} कलम हैं।",
                f"Room {n} has {n % 10 + 1} books and {n * 7} pens.",
            )
            writer.add(plain(f"room-{n:03}", hi, en), None)
        writer.close({})
    return tmp_path / "out"


def told(done: SimpleNamespace) -> dict[str, Any]:
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def test_tables_for_files_in_both_directions(run: Run, pairs: Path) -> None:
    folder = pairs.parent
    done = run(pairs, "--system", folder / "good.en", folder / "bad.hi", folder / "bad.en", "--samples", 20)
    assert done.code == 0, done.err
    assert done.out.index("hi-en: ") < done.out.index("en-hi: ")
    for part in ("BLEU     100.00", "spBLEU", "chrF2++", "TER", "bs:20", "norm:nfc", "breaks", "the baseline", "p = "):
        assert part in done.out


def test_json_is_one_object(run: Run, pairs: Path) -> None:
    report = told(run(pairs, "--system", pairs.parent / "bad.en", "--json", "--samples", 0))
    assert (report["dataset"], report["split"]) == (str(pairs), None)
    (direction,) = report["directions"]
    assert (direction["direction"], direction["lines"], direction["significance"]) == ("hi-en", 3, [])
    (system,) = direction["systems"]
    assert system["bleu"]["interval"] is None
    assert {"number", "date"} <= {count["kind"] for count in system["broken"]}


def test_a_split_of_a_dataset_and_the_segments(run: Run, dataset: Path, tmp_path: Path) -> None:
    rows = list(stored_rows(dataset, split="test", columns=("id", "translation")))
    assert 0 < len(rows) < 20
    system = tmp_path / "system.en"
    system.write_text("".join(f"{row['translation']['en']}\n" for row in rows), encoding="utf-8")
    out = tmp_path / "segments.jsonl"
    report = told(run(dataset, "--system", system, "--json", "--samples", 0, "--segments", out))
    assert report["split"] == "test"
    assert report["version"]
    assert report["directions"][0]["systems"][0]["bleu"]["score"] == pytest.approx(100)
    segments = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [segment["id"] for segment in segments] == [row["id"] for row in rows]
    assert {segment["bleu"] for segment in segments} == {100.0}


def test_a_command_is_a_system(run: Run, pairs: Path) -> None:
    copy = shlex.join([sys.executable, "-c", "import sys; sys.stdout.write(sys.stdin.read())"])
    report = told(run(pairs, "--command", copy, "--to", "en", "--json", "--samples", 0))
    (system,) = report["directions"][0]["systems"]
    assert system["name"] == copy
    assert system["bleu"]["score"] < 10
    assert {"untranslated"} <= {count["kind"] for count in system["broken"]}


def test_pieces_of_a_vocabulary_of_ones_own(run: Run, dataset: Path, pairs: Path, tmp_path: Path) -> None:
    model = tmp_path / "spm.model"
    assert main(["train-vocab", str(dataset), "-o", str(model), "--size", "80"]) == 0
    report = told(run(pairs, "--system", pairs.parent / "bad.en", "--spm", model, "--json", "--samples", 0))
    ours = report["directions"][0]["systems"][0]["spbleu"]["signature"]
    report = told(run(pairs, "--system", pairs.parent / "bad.en", "--json", "--samples", 0))
    assert ours != report["directions"][0]["systems"][0]["spbleu"]["signature"]


def wrong(tmp_path: Path) -> list[tuple[list[object], int, str]]:
    short, empty, latin, blank = (tmp_path / f"{name}.en" for name in ("short", "empty", "latin", "blank"))
    short.write_text("one\n", encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    blank.write_text("\n\n\n", encoding="utf-8")
    latin.write_bytes(b"one\ncaf\xe9\nthree\n")
    good, pairs, silent = tmp_path / "good.en", tmp_path / "pairs.tsv", f"{sys.executable} -c pass"
    return [
        ([pairs, "--system", short], 1, "short.en: must hold one line for each pair, 3; got 1"),
        ([pairs, "--system", empty], 1, "empty.en: must hold translations; got an empty file"),
        ([pairs, "--system", latin], 1, "latin.en:2: must be UTF-8; got byte 0xE9"),
        ([pairs, "--system", tmp_path / "none.en"], 1, "none.en: no such file"),
        ([pairs, "--system", good, good], 1, "each system once"),
        ([tmp_path / "none.tsv", "--system", good], 1, "none.tsv: no such file"),
        ([tmp_path, "--system", good], 1, "must be a dataset built by tithi"),
        ([tmp_path / "out", "--system", good, "--split", "dev"], 1, "has no split dev; got train, validation, test"),
        ([pairs, "--command", silent, "--to", "en"], 1, "--command: "),
        ([pairs, "--system", good, "--spm", pairs], 1, "pairs.tsv: must be a SentencePiece model"),
        ([pairs, "--system", good, "--comet", "no/python"], 1, "cannot start no/python"),
        ([pairs, "--system", good, "--segments", tmp_path / "no" / "file"], 1, "cannot be written"),
        ([pairs, "--system", blank], 2, "blank.en: its language cannot be told"),
        ([pairs], 2, "needs translations; got none"),
        ([pairs, "--command", silent], 2, "give --to hi or --to en"),
        ([pairs, "--hf", "some/model"], 2, "give --to hi or --to en"),
        ([pairs, "--command", "a 'b", "--to", "hi"], 2, "check its quotes"),
        ([pairs, "--system", good, "--comet-model", "x"], 2, "give --comet PYTHON"),
    ]


def test_whatever_is_wrong_is_told_in_one_line(run: Run, dataset: Path, pairs: Path, tmp_path: Path) -> None:
    assert dataset.parent == pairs.parent
    for arguments, code, message in wrong(tmp_path):
        done = run(*arguments, "--samples", 0)
        assert (done.code, done.out, done.err.count("\n")) == (code, "", 1), (arguments, done.err)
        assert message in done.err


def test_help_tells_how(run: Run) -> None:
    done = run("--help")
    assert done.code == 0
    for part in ("--system", "--command", "--hf", "--to {hi,en}", "--comet", "95 % intervals"):
        assert part in " ".join(done.out.split())
