"""Models of others: a Marian model made here, and the protocol with COMET, of which no real model is run."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tithi.errors import DataError, MissingExtraError
from tithi.eval.comet import Comet, comet_scores
from tithi.eval.items import MTItem, MTSystem
from tithi.eval.models import translate_by_model
from tithi.eval.report import evaluate, segment_rows

SOURCE = ["नदी चौड़ी है।", "पुल टूट गया।"]
OUTPUT = ["The river is wide.", "The bridge is broken."]
REFERENCE = ["The river is wide.", "The bridge broke."]

# --- COMET: a package of its name made here stands in for it, so this tests our side of the pipe and nothing of COMET


FAKE = """
import sys
print("a greeting on standard output")


def download_model(name):
    if name == "missing":
        raise KeyError("Model 'missing' not supported by COMET.")
    return name + ".ckpt"


class Model:
    def __init__(self, path):
        self.path = path

    def predict(self, triples, batch_size, gpus, progress_bar):
        print("half", self.path)
        assert gpus == 0 and not progress_bar and batch_size
        {body}


def load_from_checkpoint(path):
    return Model(path)
"""
SCORES = "return {'scores': [1.0 if t['mt'] == t['ref'] else 0.25 for t in triples], 'system_score': 0.0}"


def interpreter(folder: Path, package: str | None) -> str:
    """Return an interpreter that finds `package` as its `comet`, or none."""
    (folder / "site").mkdir()
    if package is not None:
        (folder / "site" / "comet.py").write_text(package, encoding="utf-8")
    script = folder / "python"
    script.write_text(
        f'#!/bin/sh\nPYTHONPATH="{folder / "site"}" exec "{sys.executable}" -W ignore -S "$@"\n', encoding="utf-8"
    )
    script.chmod(0o755)
    return str(script)


def test_comet_answers_a_score_a_line(tmp_path: Path) -> None:
    comet = Comet(interpreter(tmp_path, FAKE.replace("{body}", SCORES)), "org/some-model")
    told = comet_scores(comet, SOURCE, OUTPUT, REFERENCE)
    assert told.lines == (1.0, 0.25)
    assert told.score == pytest.approx(0.625)
    assert told.signature == "model:org/some-model|version:unknown|norm:nfc"


def test_comet_is_part_of_the_report(tmp_path: Path) -> None:
    comet = Comet(interpreter(tmp_path, FAKE.replace("{body}", SCORES)), "org/some-model")
    items = [MTItem(str(n), hi, en) for n, (hi, en) in enumerate(zip(SOURCE, REFERENCE, strict=True))]
    system = MTSystem("ours", tuple(OUTPUT))
    report = evaluate(items, [system], "en", samples=0, comet=comet)
    assert report.to_dict()["systems"][0]["comet"]["score"] == pytest.approx(0.625)
    assert "COMET    0.6250  model:org/some-model" in report.table()
    assert [row["comet"] for row in segment_rows(report, [system])] == [1.0, 0.25]


@pytest.mark.parametrize(
    ("package", "told"),
    [
        (None, "must have unbabel-comet; got \"No module named 'comet'\"; make one with: python -m venv comet"),
        ("", "must have unbabel-comet"),
        ("import no_such_module_of_ours", "must have unbabel-comet"),
        (FAKE.replace("{body}", "raise SystemExit(9)"), "got exit code 9"),
        (FAKE.replace("{body}", "raise MemoryError('out of memory')"), "got exit code 1 and 'MemoryError: out of mem"),
        (FAKE.replace("{body}", "return {'scores': [0.5]}"), "one finite score for each of 2 lines; got 1"),
        (FAKE.replace("{body}", "return {'scores': [0.5, float('nan')]}"), "one finite score for each of 2 lines"),
        (FAKE.replace("{body}", "import os; os._exit(0)"), "must answer in JSON lines with scores; got b''"),
    ],
)
def test_comet_that_is_absent_or_fails(tmp_path: Path, package: str | None, told: str) -> None:
    with pytest.raises(DataError) as caught:
        comet_scores(Comet(interpreter(tmp_path, package)), SOURCE, OUTPUT, REFERENCE)
    assert told in str(caught.value)


def test_comet_of_an_unknown_model_a_missing_interpreter_and_no_end(tmp_path: Path) -> None:
    python = interpreter(tmp_path, FAKE.replace("{body}", "import time; time.sleep(60)"))
    with pytest.raises(DataError, match=r"missing must score the lines; got exit code 1 .*not supported by COMET"):
        comet_scores(Comet(python, "missing"), SOURCE, OUTPUT, REFERENCE)
    with pytest.raises(DataError, match=r"cannot start no/such/python; got No such file .*; make one with"):
        comet_scores(Comet("no/such/python"), SOURCE, OUTPUT, REFERENCE)
    with pytest.raises(DataError, match="must end within 1 s"):
        comet_scores(Comet(python), SOURCE, OUTPUT, REFERENCE, timeout=1)


@pytest.mark.parametrize("output", ["not json", "[]", '{"comet": 1}\n{"score": "high"}', '{"comet": 1}\n7\n7'])
def test_an_interpreter_that_answers_something_else(tmp_path: Path, output: str) -> None:
    script = tmp_path / "python"
    script.write_text(f"#!/bin/sh\ncat > /dev/null\ncat <<'END'\n{output}\nEND\n", encoding="utf-8")
    script.chmod(0o755)
    with pytest.raises(DataError, match="must answer in JSON lines with scores; got b"):
        comet_scores(Comet(str(script)), SOURCE, OUTPUT, REFERENCE)


# --- Hugging Face ----------------------------------------------------------------------------------------------------


def make_marian(folder: Path, *, extra: Sequence[str] = ()) -> Path:
    """Save an untrained Marian model with vocabularies learnt from the texts above, as `transformers` writes one."""
    sentencepiece = pytest.importorskip("sentencepiece")
    transformers = pytest.importorskip("transformers", reason="needs the extra `mt`")
    torch = pytest.importorskip("torch", reason="needs the extra `mt`")
    pytest.importorskip("sacremoses", reason="needs the extra `mt`")
    folder.mkdir()
    vocabulary = dict.fromkeys(("</s>", "<unk>", *extra))
    for name, texts in (("source", SOURCE), ("target", OUTPUT)):
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(texts * 20), model_prefix=str(folder / name), vocab_size=60, hard_vocab_limit=False,
            minloglevel=2,
        )  # fmt: skip
        (folder / f"{name}.model").rename(folder / f"{name}.spm")
        pieces = (folder / f"{name}.vocab").read_text(encoding="utf-8").splitlines()
        vocabulary |= dict.fromkeys(line.split("\t")[0] for line in pieces)
    vocabulary["<pad>"] = None
    numbers = {piece: number for number, piece in enumerate(vocabulary)}
    (folder / "vocab.json").write_text(json.dumps(numbers), encoding="utf-8")
    tokenizer = transformers.MarianTokenizer(
        str(folder / "source.spm"), str(folder / "target.spm"), str(folder / "vocab.json")
    )
    torch.manual_seed(1)
    config = transformers.MarianConfig(
        vocab_size=len(numbers), d_model=16, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2,
        decoder_attention_heads=2, encoder_ffn_dim=16, decoder_ffn_dim=16, max_position_embeddings=64,
        pad_token_id=numbers["<pad>"], decoder_start_token_id=numbers["<pad>"], eos_token_id=0, forced_eos_token_id=0,
    )  # fmt: skip
    transformers.MarianMTModel(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_marian(tmp_path_factory.mktemp("hf") / "marian")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_marian_model_translates_line_by_line(marian: Path) -> None:
    lines = [SOURCE[1], "", SOURCE[0], "नदी " * 300]
    found = translate_by_model(str(marian), lines, "en", beams=2)
    assert len(found) == 4
    assert found[1] == ""
    assert found[0] == translate_by_model(str(marian), [SOURCE[1]], "en", beams=2)[0]
    assert all("\n" not in line for line in found)
    assert any(found)


def test_names_that_are_no_model(tmp_path: Path) -> None:
    pytest.importorskip("transformers", reason="needs the extra `mt`")
    with pytest.raises(DataError, match=r"--hf .*: must be an encoder-decoder with its tokeniser") as caught:
        translate_by_model(str(tmp_path), SOURCE, "en")
    assert "\n" not in str(caught.value)


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(MissingExtraError, match=r"--hf some/model: .*pip install '\.\[mt\]'"):
        translate_by_model("some/model", SOURCE, "en")
