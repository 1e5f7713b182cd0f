"""Training on pairs made here: the vocabulary, the loss, resuming, determinism, what is kept out."""

import hashlib
import lzma
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from tithi.encoder import load
from tithi.encoder.bags import Bags
from tithi.encoder.merge import merge_tables
from tithi.encoder.model import PieceEncoder, read_model, shipped_model, unit_rows
from tithi.encoder.normalise import Normaliser
from tithi.encoder.pairs import gather, held_out_keys, split_dev, texts_of
from tithi.encoder.protocol import FloatArray
from tithi.encoder.quality import margin_retrieval, retrieval, whole_over_part
from tithi.encoder.recipe import Recipe, read_recipe, shipped_recipe
from tithi.encoder.sums import sum_rows
from tithi.encoder.vocabulary import read_words, word_counts
from tithi.errors import DataError, UsageError
from tithi.records import Lang
from tithi.sources.pairs import pair_file

WORDS = {
    "लड़का": "boy", "लड़की": "girl", "किसान": "farmer", "राजा": "king", "बिल्ली": "cat", "घोड़ा": "horse",
    "सेब": "apple", "रोटी": "bread", "आम": "mango", "दूध": "milk", "फल": "fruit", "मछली": "fish",
    "खाता": "eats", "देखता": "sees", "चाहता": "wants", "लाता": "brings", "बेचता": "sells", "खोता": "loses",
}  # fmt: skip
SMALL = Recipe(name="small", pieces=400, dim=16, epochs=30, batch=64, rate=0.02, dev_percent=10)


def toy_pairs() -> list[tuple[str, str]]:
    words = list(WORDS.items())
    grid = product(words[:6], words[6:12], words[12:])
    return [(f"{a} {b} {c} है।", f"The {x} {z} the {y}.") for (a, x), (b, y), (c, z) in grid]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "toy.tsv"
    path.write_text("".join(f"{hi}\t{en}\n" for hi, en in toy_pairs()), encoding="utf-8")
    return path


def test_trains_saves_and_tells(data: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="training needs the extra `train`")
    from tithi.encoder.train import train_encoder

    lines: list[str] = []
    model = train_encoder([data], tmp_path / "toy.npz", recipe=SMALL, report=lines.append)
    assert load(tmp_path / "toy.npz").name == model.name
    assert any("loss" in line and "dev retrieval hi-en" in line for line in lines)
    hi, en = zip(*toy_pairs(), strict=True)
    found = retrieval(model.encode(hi, "hi"), model.encode(en, "en"))
    assert min(found) > 0.8
    assert model.header["recipe"]["sources"] == {"toy": 216 - len(split_dev([data], SMALL, Normaliser()))}
    assert not list(tmp_path.glob("*.work"))


def test_one_seed_gives_one_model_and_a_stopped_run_goes_on(data: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="training needs the extra `train`")
    from tithi.encoder.train import train_encoder

    whole = train_encoder([data], tmp_path / "whole.npz", recipe=SMALL)

    def stop(line: str) -> None:
        if line.startswith("epoch 3/30 loss"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_encoder([data], tmp_path / "again.npz", recipe=SMALL, report=stop)
    lines: list[str] = []
    again = train_encoder([data], tmp_path / "again.npz", recipe=SMALL, report=lines.append)
    assert "going on after epoch 3" in lines
    assert again.name == whole.name


def test_two_runs_are_merged_and_a_stop_in_the_second_goes_on_there(data: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="training needs the extra `train`")
    from tithi.encoder.train import train_encoder

    recipe = replace(SMALL, epochs=8, runs=2, width=24)
    seeds: list[str] = []

    def stop(line: str) -> None:
        seeds.append(line)
        if sum(line.startswith("epoch 2/8 loss") for line in seeds) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_encoder([data], tmp_path / "two.npz", recipe=recipe, report=stop)
    lines: list[str] = []
    two = train_encoder([data], tmp_path / "two.npz", recipe=recipe, report=lines.append)
    assert [line for line in lines if "going on" in line] == ["going on after epoch 8", "going on after epoch 2"]
    assert two.table.shape[1] == recipe.dim
    assert lines[-1].startswith("model dev retrieval")


def test_merged_vectors_have_the_mean_cosines_of_their_parts() -> None:
    rng = np.random.default_rng(3)
    base = rng.normal(size=(50, 4))
    # Two models that know the same four things, turned and scaled at random.
    tables = [(size * base @ np.linalg.qr(rng.normal(size=(6, 4)))[0].T).astype(np.float32) for size in (1.0, 7.0)]
    texts = Bags.of([rng.integers(0, 50, 5).tolist() for _ in range(200)])
    merged = merge_tables(tables, texts, 4)
    rows = [unit_rows(sum_rows(table, texts)) for table in (*tables, merged)]
    cosines = [each @ each.T for each in rows]
    assert merged.shape == (50, 4)
    np.testing.assert_allclose(cosines[2], (cosines[0] + cosines[1]) / 2, atol=1e-4)


class Initials:
    """A teacher to whom pieces with the same first letter mean the same."""

    name = "initials"
    dim = 24

    def encode(self, texts: Sequence[str], lang: Lang) -> FloatArray:
        del lang
        return np.eye(24, dtype=np.float32)[[ord(text[0]) % 24 for text in texts]]


def test_teacher_gives_first_vectors(data: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="training needs the extra `train`")
    from tithi.encoder.train import Extras, train_encoder

    recipe = Recipe(name="taught", pieces=400, dim=24, epochs=1, batch=64, rate=0)
    plain = train_encoder([data], tmp_path / "plain.npz", recipe=recipe)
    taught = train_encoder([data], tmp_path / "taught.npz", recipe=recipe, extras=Extras(teacher=Initials()))
    assert taught.header["recipe"]["teacher"] == "initials"
    pieces = [taught.processor.id_to_piece(index).replace("\u2581", "") for index in range(len(taught.table))]
    first = np.array([ord(piece[0]) % 24 if piece else -1 for piece in pieces])
    same = (first[:, None] == first[None]) & (first >= 0)[:, None] & ~np.eye(len(first), dtype=bool)
    cosines = [unit_rows(model.table) @ unit_rows(model.table).T for model in (plain, taught)]
    assert cosines[1][same].mean() > 0.7
    assert abs(cosines[0][same].mean()) < 0.2


def test_pair_loss_is_cross_entropy_with_its_gradient() -> None:
    torch = pytest.importorskip("torch", reason="the loss needs the extra `train`")
    from tithi.encoder.contrast import pair_loss

    torch.manual_seed(0)
    hi, en = (torch.nn.functional.normalize(torch.randn(7, 5, dtype=torch.float64)).requires_grad_() for _ in "he")
    scale = torch.tensor(9.0, dtype=torch.float64, requires_grad=True)
    equal = torch.tensor([[1, 2], [2, 1]])
    assert torch.autograd.gradcheck(lambda *inputs: pair_loss(*inputs, equal, 0.2), (hi, en, scale))
    logits = (hi @ en.T - 0.2 * torch.eye(7)) * scale
    logits = logits.index_put((equal[:, 0], equal[:, 1]), torch.tensor(-1e4, dtype=torch.float64))
    right = torch.arange(7)
    entropy = torch.nn.functional.cross_entropy
    want = (entropy(logits, right) + entropy(logits.T, right)) / 2
    assert pair_loss(hi, en, scale, equal, 0.2).item() == pytest.approx(want.item())


def test_equal_pairs() -> None:
    pytest.importorskip("torch", reason="the loss needs the extra `train`")
    from tithi.encoder.contrast import equal_pairs

    got = equal_pairs(np.array([5, 6, 5, 7]), np.array([1, 2, 3, 2]))
    assert sorted(map(tuple, got.tolist())) == [(0, 2), (1, 3), (2, 0), (3, 1)]


def test_reads_packed_and_plain_files(tmp_path: Path) -> None:
    text = "पानी\tWater\n\nआग\tFire\r\n"
    (tmp_path / "a.tsv").write_text(text, encoding="utf-8")
    with lzma.open(tmp_path / "a.tsv.xz", "wt", encoding="utf-8") as file:
        file.write(text)
    want = [("पानी", "Water"), ("आग", "Fire")]
    assert list(texts_of(pair_file(tmp_path / "a.tsv"))) == list(texts_of(pair_file(tmp_path / "a.tsv.xz"))) == want


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xe0\xa4 broken\tx\n", r"bad.tsv:1: must be UTF-8; got byte 0xE0"),
        ("एक\tone\nदो\n".encode(), r"bad.tsv:2: must be hi TAB en; got one column"),
        (b"{name}\n", r"bad.tsv:1: must be hi TAB en or JSON"),
    ],
)
def test_bad_training_files_have_clear_errors(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "bad.tsv").write_bytes(content)
    with pytest.raises(DataError, match=message):
        list(texts_of(pair_file(tmp_path / "bad.tsv")))


def test_missing_empty_and_broken_archives(tmp_path: Path) -> None:
    (tmp_path / "bad.tsv.xz").write_bytes(b"not xz at all")
    (tmp_path / "empty.tsv").write_bytes(b"")
    for path, said in ((tmp_path / "absent.tsv", "no such file"), (tmp_path / "bad.tsv.xz", "cannot be read")):
        with pytest.raises(DataError, match=said):
            list(texts_of(pair_file(path)))
    with pytest.raises(DataError, match="pairs are needed; got none"):
        gather([tmp_path / "empty.tsv"], {}, Normaliser())


def test_gather_drops_held_out_unmatched_and_double_pairs(tmp_path: Path) -> None:
    rows = [
        ("मंत्री ने पुल का उद्घाटन किया।", "The minister opened the bridge."),
        ("मन्त्री ने पुल का उद्घाटन किया.", "the minister opened the bridge."),
        ("मंत्री ने सड़क का उद्घाटन किया।", "The minister opened the road."),
        ("हाँ", "Yes"),
        ("हाँ", "Yes indeed"),
        ("", "nothing"),
        ("छोटा", "a very long sentence that can never be the translation of one short word, can it"),
    ]
    path = tmp_path / "source.v1.tsv"
    path.write_text("".join(f"{hi}\t{en}\n" for hi, en in rows), encoding="utf-8")
    normaliser = Normaliser()
    banned = held_out_keys(["मंत्री ने सड़क का उद्\u200dघाटन किया।", "Yes"], normaliser)
    pairs = gather([path], {"source": 0.5}, normaliser, banned)
    assert pairs.en == ("the minister opened the bridge.", "yes", "yes indeed")
    assert pairs.weights.tolist() == pytest.approx([0.5, 0.5 / 2**0.5, 0.5 / 2**0.5])
    assert pairs.counts == {"source": 3}


def test_dev_split_is_stable_and_distinct(data: Path, tmp_path: Path) -> None:
    normaliser = Normaliser()
    dev = split_dev([data], SMALL, normaliser)
    assert 5 < len(dev) < 60
    turned = tmp_path / "turned.tsv"
    turned.write_text("".join(f"{hi}\t{en}\n" for hi, en in reversed(toy_pairs())), encoding="utf-8")
    assert split_dev([turned], SMALL, normaliser) == dev
    assert split_dev([data], Recipe(dev_source="else", dev_percent=50), normaliser) == []


def test_words_widen_the_vocabulary(tmp_path: Path, data: Path) -> None:
    (tmp_path / "words.tsv").write_text("समुद्रतट\t0.25\n", encoding="utf-8")
    (tmp_path / "bad.tsv").write_text("समुद्रतट\n", encoding="utf-8")
    pairs = gather([data], {}, Normaliser())
    counts = word_counts(pairs, read_words([tmp_path / "words.tsv"]))
    assert counts["समुद्रतट"] == pytest.approx(sum(counts.values()) / 9, rel=0.01)
    with pytest.raises(DataError, match="word<TAB>share"):
        read_words([tmp_path / "bad.tsv"])


def test_bags_take_and_drop() -> None:
    bags = Bags.of([[1, 2, 3], [], [4], [5, 6]])
    taken = bags.take(np.array([3, 1, 0, 3]))
    assert taken.ids.tolist() == [5, 6, 1, 2, 3, 5, 6]
    assert taken.offsets.tolist() == [0, 2, 2, 5, 7]
    dropped = taken.drop(1.0, np.random.default_rng(0))
    assert dropped.ids.tolist() == [5, 1, 5]
    assert dropped.sizes.tolist() == [1, 0, 1, 1]
    assert taken.drop(0.0, np.random.default_rng(0)).ids.tolist() == taken.ids.tolist()


def test_quality_measures() -> None:
    rows = np.eye(6, dtype=np.float32)
    assert retrieval(rows, rows) == margin_retrieval(rows, rows) == (1.0, 1.0)
    assert retrieval(rows, np.roll(rows, 1, axis=0)) == (0.0, 0.0)
    assert whole_over_part(rows, rows) == 1.0
    hub = rows.copy()
    hub[0] = 0.6
    assert retrieval(rows, hub)[0] == 1.0
    assert retrieval(rows * 0.5, hub)[1] == 1.0


@pytest.mark.parametrize(
    "text", ["epochz = 3", "epochs = 'many'", "dim = -1", "weights = 3", "margin = true", "= broken", "dim = 2.5"]
)
def test_bad_recipes_have_clear_errors(tmp_path: Path, text: str) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"recipe\.toml"):
        read_recipe(path)


def test_recipe_reads(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text("dim = 32\nmargin = 0\n[weights]\nbible = 0.2\n", encoding="utf-8")
    assert read_recipe(path) == Recipe(dim=32, margin=0, weights={"bible": 0.2})
    with pytest.raises(UsageError, match="absent"):
        read_recipe(tmp_path / "absent.toml")


PHRASES = shipped_model().with_name("phrases.tsv")


def test_phrases_are_distinct_pairs_of_hindi_and_english() -> None:
    rows = list(texts_of(pair_file(PHRASES)))
    assert len(set(rows)) == len(rows) > 3000
    for hi, en in rows:
        assert hi.strip() == hi
        assert en.strip() == en
        assert any("\u0900" <= character <= "\u097f" for character in hi), hi
        assert not any("\u0900" <= character <= "\u097f" for character in en), en


SHARED = Path(__file__).parents[2].parent / "shared" / "data"


@pytest.mark.skipif(not SHARED.exists(), reason="the development data is not beside the repository")
def test_no_dev_line_stands_in_the_training_list() -> None:
    normaliser = Normaliser()
    dev = [path for folder in ("flores200", "tico19", "wordalign") for path in (SHARED / "dev" / folder).glob("*.??")]
    texts = [line for path in dev for line in path.read_text(encoding="utf-8").splitlines()]
    banned = held_out_keys(texts, normaliser)
    assert len(banned) > 7000
    for path in (PHRASES, *sorted((SHARED / "train").glob("*.tsv.xz"))):
        rows = list(texts_of(pair_file(path)))
        texts = list({text for row in rows for text in row if len(text) >= 12})
        assert not banned.intersection(normaliser(texts)), path.name


def test_shipped_recipe_names_the_model_that_ships() -> None:
    made = read_model(shipped_model()).header["recipe"]
    neutral = Recipe().to_row()
    recipe = shipped_recipe().to_row()
    assert {key: made.get(key, neutral[key]) for key in recipe} == recipe
    assert set(recipe["weights"]) == set(made["sources"])


def test_model_card_names_the_file_and_every_source() -> None:
    card = shipped_model().with_name("MODEL_CARD.md").read_text(encoding="utf-8")
    assert hashlib.sha256(shipped_model().read_bytes()).hexdigest() in card
    recipe = shipped_recipe()
    assert all(f"| {source} |" in card for source in recipe.weights)
    assert all(f"{weight:g}" in card for weight in recipe.weights.values())


def test_doubted_pairs_leave_in_the_second_half(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="training needs the extra `train`")
    from tithi.encoder.train import train_encoder

    mixed = tmp_path / "mixed.tsv"
    wrong = [(hi, en) for (hi, _), (_, en) in zip(toy_pairs()[:20], reversed(toy_pairs()), strict=False)]
    rows = [*toy_pairs(), *wrong]
    mixed.write_text("".join(f"{hi}\t{en}\n" for hi, en in rows), encoding="utf-8")
    trust, doubt = (
        train_encoder([mixed], tmp_path / f"{share}.npz", recipe=replace(SMALL, dev_percent=0, doubt=share))
        for share in (0.0, 0.1)
    )
    hi, en = zip(*toy_pairs(), strict=True)

    def likeness(model: PieceEncoder) -> float:
        return float((model.encode(hi, "hi") * model.encode(en, "en")).sum(axis=1).mean())

    assert likeness(doubt) > likeness(trust)
