import unicodedata
from pathlib import Path

import pytest
import sentencepiece

from tests.builders import plain
from tithi.corpus.vocab import train_vocab
from tithi.corpus.write import DatasetWriter
from tithi.errors import DataError, UsageError

PLACES = ("तालाब", "बाज़ार", "पहाड़", "गाँव", "सड़क", "नदी", "मेला", "खेत")
EN_PLACES = ("pond", "market", "mountain", "village", "road", "river", "fair", "field")
VERBS = ("देखा", "बनाया", "छोड़ा", "ढूँढा", "पाया")
EN_VERBS = ("saw", "built", "left", "sought", "found")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vocab") / "out"
    with DatasetWriter(folder) as writer:
        for i, (place, en_place) in enumerate(zip(PLACES, EN_PLACES, strict=True)):
            for j, (verb, en_verb) in enumerate(zip(VERBS, EN_VERBS, strict=True)):
                hi = f"हमने {place} को {verb} और {PLACES[(i + j) % 8]} भी।"
                writer.add(plain(f"p{i}-{j}", hi, f"We {en_verb} the {en_place} and the {EN_PLACES[(i + j) % 8]} too."))
        writer.close()
    return folder


def test_a_joint_vocabulary_encodes_both_sides_without_loss(out: Path, tmp_path: Path) -> None:
    (made,) = train_vocab(out, tmp_path / "spm.model", size=66)
    model = sentencepiece.SentencePieceProcessor(model_file=str(made.path))
    assert (made.path, made.size, made.sentences) == (tmp_path / "spm.model", 66, model_sentences(out))
    assert model.get_piece_size() == 66
    for text in ("हमने तालाब को देखा।", "We saw the pond."):
        assert model.decode(model.encode(text)) == text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["spm.model"]


def model_sentences(out: Path) -> int:
    import pyarrow.parquet as pq

    return sum(2 * pq.read_metadata(path).num_rows for path in (out / "data" / "sentences").glob("train-*.parquet"))


def test_only_training_texts_are_read(tmp_path: Path) -> None:
    with DatasetWriter(tmp_path / "out") as writer:
        for i in range(60):
            words = " ".join(f"{PLACES[i % 8]}{i}क{j}" for j in range(12))
            writer.add(plain(f"a{i}", f"{words}।", f"{words} w{i}x."))
        splits = writer.close().splits
    assert splits.names == ("train", "validation", "test")
    (made,) = train_vocab(tmp_path / "out", tmp_path / "m", size=60)
    assert made.sentences == 2 * list(splits.by_article.values()).count("train") < 120


def test_one_vocabulary_a_side(out: Path, tmp_path: Path) -> None:
    made = train_vocab(out, tmp_path / "spm.model", size=34, joint=False)
    assert [vocab.path.name for vocab in made] == ["spm.hi.model", "spm.en.model"]
    pieces = [
        {model.id_to_piece(i) for i in range(3, model.get_piece_size())}
        for model in (sentencepiece.SentencePieceProcessor(model_file=str(vocab.path)) for vocab in made)
    ]
    assert not any("a" <= char <= "z" for piece in pieces[0] for char in piece)
    assert not any("ऀ" <= char <= "ॿ" for piece in pieces[1] for char in piece)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("बाज\u093cार", "बा\u095bार"),
        ("पहाड\u093c", "पहा\u095c"),
        ("cafe\u0301", "caf\u00e9"),
        ("हमने  तालाब", "\tहमने\u00a0तालाब\n"),
        ("the\u2028pond", "the pond"),
    ],
)
def test_the_model_normalises_what_it_encodes(out: Path, tmp_path: Path, one: str, other: str) -> None:
    (made,) = train_vocab(out, tmp_path / "spm.model", size=66)
    model = sentencepiece.SentencePieceProcessor(model_file=str(made.path))
    normalised = {model.normalize(text).replace("▁", " ").strip() for text in (one, other)}
    assert normalised == {unicodedata.normalize("NFC", " ".join(one.split()))}
    assert model.encode(one) == model.encode(other)


def test_same_input_same_bytes(out: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        train_vocab(out, tmp_path / name, size=66, seed=7)
    train_vocab(out, tmp_path / "c", size=66, seed=8)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() == (tmp_path / "c").read_bytes()
    assert str(tmp_path).encode() not in (tmp_path / "a").read_bytes()


def test_a_size_that_does_not_fit_names_one_that_does(out: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"has text for at most \d+ pieces \(hi\+en\); got a size of 16000") as large:
        train_vocab(out, tmp_path / "spm.model", size=16000)
    with pytest.raises(DataError, match=r"characters alone need \d+ pieces \(hi\+en\); got a size of 10;") as small:
        train_vocab(out, tmp_path / "spm.model", size=10)
    assert list(tmp_path.iterdir()) == []
    for error in (large, small):
        size = int("".join(filter(str.isdigit, str(error.value).split(" pieces")[0].rsplit(" ", 1)[1])))
        assert train_vocab(out, tmp_path / "spm.model", size=size)[0].size == size


def test_nothing_is_written_when_one_side_does_not_fit(out: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"\((hi|en)\)"):
        train_vocab(out, tmp_path / "spm.model", size=16000, joint=False)
    assert list(tmp_path.iterdir()) == []


def test_bad_calls(out: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="size must be at least 8"):
        train_vocab(out, tmp_path / "m", size=7)
    with pytest.raises(UsageError, match="must be a file; got a folder"):
        train_vocab(out, tmp_path, size=66)
    with pytest.raises(DataError, match=r"must be a dataset built by tithi"):
        train_vocab(tmp_path, tmp_path / "m", size=66)
    with pytest.raises(UsageError, match="the folder must be there; got none"):
        train_vocab(out, tmp_path / "no" / "m", size=66)


def test_rows_changed_by_hand_are_refused(tmp_path: Path) -> None:
    with DatasetWriter(tmp_path / "out") as writer:
        writer.add(plain("a", "तालाब", "pond"))
        writer.close()
    (shard,) = (tmp_path / "out" / "data" / "sentences").iterdir()
    shard.write_bytes(shard.read_bytes() + b"\0")
    with pytest.raises(DataError, match="must be as it was built"):
        train_vocab(tmp_path / "out", tmp_path / "m", size=20)
