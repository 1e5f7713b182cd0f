"""The shipped model: loading, vectors, sums, and what the normaliser makes equal."""

import io
import json
import unicodedata
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tithi.encoder import load
from tithi.encoder.ahead import Ahead
from tithi.encoder.bags import Bags
from tithi.encoder.model import PieceEncoder, quantise, read_model, save_model, shipped_model
from tithi.encoder.normalise import rules
from tithi.encoder.protocol import SumEncoder
from tithi.encoder.sums import sum_rows
from tithi.errors import DataError
from tithi.records import Lang


@pytest.fixture(scope="module")
def encoder() -> PieceEncoder:
    return read_model(shipped_model())


def test_load_knows_the_shipped_model_by_name_and_by_path(encoder: PieceEncoder) -> None:
    assert load().name == load("tithi").name == load(shipped_model()).name == encoder.name
    assert isinstance(encoder, SumEncoder)


def test_wheel_share_is_at_most_20_megabytes() -> None:
    sizes = [entry.stat().st_size for entry in Path(str(files("tithi.encoder"))).iterdir() if entry.is_file()]
    assert sum(sizes) <= 20_000_000


def test_translations_lie_closest(encoder: PieceEncoder) -> None:
    hi = ["बाढ़ से तीन गाँव डूब गए।", "मंत्री ने नए अस्पताल का उद्घाटन किया।", "कल परीक्षा के परिणाम आएँगे।", "टीम ने मैच जीत लिया।"]
    en = [
        "Three villages were submerged by the flood.",
        "The minister inaugurated a new hospital.",
        "The exam results will come tomorrow.",
        "The team won the match.",
    ]
    scores = encoder.encode(hi, "hi") @ encoder.encode(en, "en").T
    assert scores.argmax(axis=1).tolist() == scores.argmax(axis=0).tolist() == [0, 1, 2, 3]


EQUAL = [
    ("हिन्दी", "हिंदी"),
    ("सम्बन्ध", "संबंध"),
    ("ज\u093cमीन", "\u095bमीन"),
    ("ज़मीन", "जमीन"),
    ("पढ\u093cना", "प\u095dना"),
    ("पण\u094dड\u093cित", "पंडित"),
    ("गाँव", "गांव"),
    ("क्\u200dया", "क्या"),
    ("हिन्\u200dदी", "हिंदी"),
    ("नमस्\u200cते", "नमस्ते"),
    ("दुःख", "दुख"),
    ("गये", "गए"),
    ("चाहिये", "चाहिए"),
    ("२०२४", "2024"),
    ("१,००,०००", "100000"),
    ("1,234,567", "1234567"),
    ("१,234", "1234"),
    ("वह आया।", "वह आया."),
    ("“हाँ”", '"हां"'),
    ("it’s", "it's"),
    ("2001–2002", "2001-2002"),
    ("ﬁne", "FINE"),
    ("Cafe\u0301", "café"),
    ("ＷＨＯ", "who"),
    ("Straße", "STRASSE"),
    ("a\u00a0b", "a b"),
    ("a\r\nb\tc", "a b c"),
    ("\ufeffa\u200bb\u202ec", "abc"),
    ("a\0b", "a b"),
    ("soft\u00adhyphen", "softhyphen"),
    # A zero behind a letter is the sign of abbreviation.
    ("रु० ५००", "रु. 500"),
    ("रु०५००", "रु.500"),
    ("रू० १०", "रू. 10"),
    ("रु॰ 500", "रु० 500"),
    ("वि० सं० २०७७", "वि. सं. 2077"),
    ("वि०सं०२०७७", "वि.सं.2077"),
    ("डॉ० राव आए।", "डॉ. राव आए।"),
    ("डा० राव", "डा. राव"),
    ("डाॅ० राव", "डाॅ. राव"),
    ("पं० नेहरू", "पं. नेहरू"),
    ("प्रो० सिंह", "प्रो. सिंह"),
    ("एस०के० वर्मा", "एस.के. वर्मा"),
    ("आई०ए०एस०", "आई.ए.एस."),
    ("बी० ए०", "बी. ए."),
    ("ई० पू० ३००", "ई. पू. 300"),
    ("सन् १९४७ ई०", "सन् 1947 ई."),
    ("मो० नं० ९८", "मो. नं. 98"),
    ("सा०प्र०/१४५", "सा.प्र./145"),
    ("क्र०सं० १", "क्र.सं. 1"),
    ("कि०मी०", "कि.मी."),
    ("लि०, दिल्ली", "लि., दिल्ली"),
    ("(उ०प्र०)", "(उ.प्र.)"),
    ("ज़ि० आगरा", "जि. आगरा"),
    ("पृ०\u200d १२", "पृ. 12"),
    ("हिन्द०", "हिंद."),
    ("१०० रु०", "100 रु."),
    ("१००", "100"),
    ("०.५", "0.5"),
    ("शून्य ०", "शून्य 0"),
]


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_normaliser_makes_equal(encoder: PieceEncoder, left: str, right: str) -> None:
    sums = encoder.sums([left, right], "hi")
    assert np.array_equal(sums[0], sums[1])
    assert sums[0].any()


DIFFERENT = [
    ("कम", "काम"),
    ("2023", "2024"),
    ("दिन", "दीन"),
    ("15 मार्च", "16 मार्च"),
    ("मत", "मात"),
    ("रु ०", "रु"),
    ("कक्षा १०", "कक्षा १."),
]


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_normaliser_keeps_apart(encoder: PieceEncoder, left: str, right: str) -> None:
    vectors = encoder.encode([left, right], "hi")
    assert vectors[0] @ vectors[1] < 0.99


def test_rules_give_final_forms() -> None:
    table = rules()
    assert not any(char in table and table[char] != char for target in table.values() for char in target)
    assert all(unicodedata.is_normalized("NFC", target) for target in table.values())


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\0", "\u200d\u200c", "\ufeff", "\x01\x7f"])
def test_empty_text_is_the_zero_row_and_similar_to_nothing(encoder: PieceEncoder, text: str) -> None:
    assert not encoder.encode([text], "hi").any()
    assert not encoder.sums([text], "en").any()


def test_no_texts_give_no_rows(encoder: PieceEncoder) -> None:
    assert encoder.encode([], "hi").shape == (0, encoder.dim)


def test_megabyte_sentence_and_strange_characters_have_finite_unit_rows(encoder: PieceEncoder) -> None:
    texts = ["पानी " * 80_000, "क" * 300_000, "\x02\x1b[31m" + chr(0x10FFFF) + "\ud7ff漢字 🙂", "."]
    rows = encoder.encode(texts, "hi")
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_lone_surrogates_do_not_crash(encoder: PieceEncoder) -> None:
    assert np.isfinite(encoder.encode(["कल \ud800 आएगा"], "hi")).all()


@settings(deadline=None)
@given(st.lists(st.text(max_size=40), max_size=20))
def test_rows_do_not_depend_on_their_neighbours(encoder: PieceEncoder, texts: list[str]) -> None:
    together = encoder.sums(texts, "en")
    alone = [encoder.sums([text], "en")[0] for text in texts]
    assert together.shape == (len(texts), encoder.dim)
    assert all(np.allclose(a, b, atol=1e-4) for a, b in zip(together, alone, strict=True))
    norms = np.linalg.norm(encoder.encode(texts, "en"), axis=1)
    assert np.all((norms == 0) | (np.abs(norms - 1) < 1e-4))


@given(st.lists(st.lists(st.integers(0, 9), max_size=9), max_size=9))
def test_sum_rows_equals_the_plain_loop(lists: list[list[int]]) -> None:
    table = np.arange(30, dtype=np.float32).reshape(10, 3)
    want = [table[bag].sum(axis=0) for bag in lists]
    assert np.array_equal(sum_rows(table, Bags.of(lists)), np.array(want, np.float32).reshape(-1, 3))


def test_vectors_found_ahead_are_those_asked_for(encoder: PieceEncoder) -> None:
    hi, en = ["वर्षा हुई।", "", "नदी", "वर्षा हुई।"], ["It rained."]
    ahead = Ahead(encoder, hi, en)
    assert isinstance(ahead, SumEncoder)
    assert (ahead.name, ahead.dim) == (encoder.name, encoder.dim)
    sides: tuple[tuple[Lang, list[str]], ...] = (
        ("hi", hi[::-1]),
        ("hi", ["नदी"]),
        ("hi", []),
        ("hi", ["बाढ़", "नदी"]),
        ("en", en * 2),
    )
    for lang, texts in sides:
        assert np.array_equal(ahead.sums(texts, lang), encoder.sums(texts, lang))
        assert np.array_equal(ahead.encode(texts, lang), encoder.encode(texts, lang))
        (sums, ours), alone = ahead.sums_and_pieces(texts, lang), encoder.pieces(texts)
        assert np.array_equal(sums, encoder.sums(texts, lang))
        assert np.array_equal(ours.ids, alone.ids)
        assert np.array_equal(ours.offsets, alone.offsets)


def test_sum_rows_takes_a_giant_among_dwarfs() -> None:
    table = np.ones((3, 2), np.float32)
    sums = sum_rows(table, Bags.of([[1], [2] * 20_000, [], [0, 1]]))
    assert sums[:, 0].tolist() == [1, 20_000, 0, 2]


@pytest.mark.parametrize("row", [-1, 3])
def test_sum_rows_refuses_a_row_that_is_not_there(row: int) -> None:
    with pytest.raises(IndexError, match=r"rows must lie in 0\.\.2; got"):
        sum_rows(np.ones((3, 2), np.float32), Bags.of([[1], [row, 2]]))


def test_quantise_is_within_its_promise() -> None:
    rows = np.random.default_rng(0).normal(size=(50, 16)).astype(np.float32)
    rows[3] = 0
    steps, scales = quantise(rows)
    assert np.all(np.abs(steps * scales[:, None] - rows) <= np.abs(rows).max(axis=1, keepdims=True) / 254 + 1e-6)


def spm_bytes() -> bytes:
    with np.load(shipped_model()) as arrays:
        return bytes(arrays["spm"].tobytes())


def small_model(encoder: PieceEncoder, path: Path, **changes: object) -> Path:
    """Write a two-dimensional model on the shipped pieces, its header changed where asked."""
    spm = spm_bytes()
    table = np.random.default_rng(1).normal(size=(len(encoder.table), 2)).astype(np.float32)
    save_model(path, spm, table, name="small", recipe={"seed": 1})
    if changes:
        with np.load(path) as arrays:
            parts = dict(arrays)
        header = json.loads(parts["header"].tobytes()) | changes
        parts["header"] = np.frombuffer(json.dumps(header).encode(), np.uint8)
        with path.open("wb") as file:
            np.savez(file, allow_pickle=False, **parts)
    return path


def test_saved_model_reads_back(encoder: PieceEncoder, tmp_path: Path) -> None:
    path = small_model(encoder, tmp_path / "small.npz")
    model = load(path)
    assert model.dim == 2
    assert model.name.startswith("small-")
    assert model.name != encoder.name
    assert load(str(path)).name == model.name


def test_name_changes_with_the_vectors(encoder: PieceEncoder, tmp_path: Path) -> None:
    spm = spm_bytes()
    pieces = len(encoder.table)
    names = set()
    for value in (1.0, 2.0):
        save_model(tmp_path / "m.npz", spm, np.full((pieces, 2), value, np.float32), name="m", recipe={})
        names.add(load(tmp_path / "m.npz").name)
    assert len(names) == 2


def test_other_versions_are_refused(encoder: PieceEncoder, tmp_path: Path) -> None:
    for change in ({"format": 99}, {"rules": 0}):
        with pytest.raises(DataError, match="must be of format 1"):
            load(small_model(encoder, tmp_path / "old.npz", **change))


def test_damaged_and_foreign_files_have_clear_errors(encoder: PieceEncoder, tmp_path: Path) -> None:
    whole = small_model(encoder, tmp_path / "whole.npz").read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 0xFF
    foreign, odd = io.BytesIO(), io.BytesIO()
    np.savez(foreign, rows=np.zeros((2, 2), np.int8))
    np.savez(odd, header=np.frombuffer(b'{"kind": "else"}', np.uint8))
    cases = {
        "cut": whole[: len(whole) // 2],
        "flipped": bytes(flipped),
        "empty": b"",
        "text": "यह मॉडल नहीं है".encode(),
        "foreign": foreign.getvalue(),
        "odd": odd.getvalue(),
        "renamed": small_model(encoder, tmp_path / "edited.npz", sha256="0" * 64).read_bytes(),
        "format": small_model(encoder, tmp_path / "list.npz", kind="x").read_bytes(),
    }
    for name, content in cases.items():
        path = tmp_path / f"{name}.npz"
        path.write_bytes(content)
        with pytest.raises(DataError, match=f"{name}.npz: a model must be an undamaged file"):
            load(path)
    with pytest.raises(DataError, match="must exist"):
        load(tmp_path / "absent.npz")
    with pytest.raises(DataError, match="undamaged file"):
        read_model(tmp_path)
