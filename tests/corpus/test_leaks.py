"""No sentence of validation or test stands in train, nothing is lost for it, and public test sets stay out."""

from hashlib import sha256
from pathlib import Path

import pytest

from tithi.corpus.built import Built
from tithi.corpus.leaks import EXCLUDED, LEAKS, normal, sentence_key
from tithi.corpus.stored import stored_rows, stored_splits
from tithi.corpus.write import DatasetWriter
from tithi.errors import DataError
from tithi.pipeline.bitext import build_bitexts
from tithi.pipeline.build import Settings
from tithi.records import TextPair
from tithi.sources.bitext import bitext_alignment
from tithi.sources.excluded import read_excluded

BOILERPLATE = ("और पढ़ने के लिए यहाँ क्लिक कीजिए।", "To read more please click here.")


def build(out: Path, *articles: list[tuple[str, str]]) -> Built:
    with DatasetWriter(out) as writer:
        for number, pairs in enumerate(articles):
            read = [TextPair(str(number), *pair) for pair in pairs]
            writer.add(bitext_alignment(f"a{number:03d}", read, [0.75] * len(read)))
        return writer.close()


def letters(number: int) -> str:
    return "".join("कखगघचछजझटठ"[int(digit)] for digit in f"{number:04d}")


def article(number: int, *more: tuple[str, str]) -> list[tuple[str, str]]:
    own = [
        (f"{letters(10 * number + i)} गाँव में एक नया कुआँ खुदा।", f"A new well in village {10 * number + i}.")
        for i in range(4)
    ]
    return [*own, *more]


def keys(out: Path, split: str) -> set[int]:
    rows = stored_rows(out, split=split, columns=("translation",)) if split in stored_splits(out) else iter(())
    return {sentence_key(text) for row in rows for text in row["translation"].values()}


def assert_apart(out: Path) -> None:
    train, validation, test = (keys(out, split) for split in ("train", "validation", "test"))
    assert train
    assert not train & (validation | test)
    assert not validation & test


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("हाँ, १२ लोग।", "हाँ 12 लोग"),
        ("क़लम", "क\u093cलम"),
        ("पढ़ें", "पढ\u093cें"),
        ("क्‍या", "क्या"),
        ("It rained.", "  it RAINED "),
        ("“चलो”", "चलो"),
        ("…", "… "),
    ],
)
def test_what_is_the_same_sentence(one: str, other: str) -> None:
    assert normal(one) == normal(other)
    assert sentence_key(one) == sentence_key(other)


@pytest.mark.parametrize(("one", "other"), [("10 लोग", "11 लोग"), ("कल", "काल"), ("?", "!"), ("2 5", "25")])
def test_what_is_another_sentence(one: str, other: str) -> None:
    assert normal(one) != normal(other)


def test_a_sentence_that_all_share_joins_none_and_leaks_nowhere(tmp_path: Path) -> None:
    articles = [article(number, BOILERPLATE) for number in range(120)]
    built = build(tmp_path / "out", *articles)
    assert built.splits.near_duplicates == 0
    assert set(built.splits.names) == {"train", "validation", "test"}
    assert_apart(tmp_path / "out")
    rows = list(stored_rows(tmp_path / "out"))
    left = [row for row in stored_rows(tmp_path / "out", "unaligned") if row["reason"] == LEAKS]
    assert {row["text"] for row in left} == set(BOILERPLATE)
    assert len(rows) + len(left) / 2 == 120 * 5
    assert len({row["id"] for row in left}) == len(left)
    counts = {row["id"]: (row["pairs"], row["hi_coverage"]) for row in stored_rows(tmp_path / "out", "articles")}
    assert sum(pairs for pairs, _ in counts.values()) == len(rows)
    assert sum(row["pairs"] for row in stored_rows(tmp_path / "out", "segments")) == len(rows)
    assert all(cover == pytest.approx(0.8) for pairs, cover in counts.values() if pairs == 4)


def test_articles_that_share_most_sentences_share_a_split(tmp_path: Path) -> None:
    translated = [[(hi, f"{en} Again, {i}, by hand.") for i, (hi, en) in enumerate(article(n))] for n in range(60)]
    built = build(tmp_path / "out", *(article(number) for number in range(60)), *translated)
    splits = built.splits.by_article
    assert all(splits[f"a{n:03d}"] == splits[f"a{n + 60:03d}"] for n in range(60))
    assert sum(built.rows["sentences"].values()) == 120 * 4
    assert_apart(tmp_path / "out")


def test_splits_and_what_is_tested_on_stay_when_the_corpus_grows(tmp_path: Path) -> None:
    few = [article(number, BOILERPLATE) for number in range(90)]
    build(tmp_path / "few", *few)
    build(tmp_path / "more", *few, *(article(number, BOILERPLATE) for number in range(100, 130)))
    few_ids, more_ids = ({row["id"] for row in stored_rows(tmp_path / n, split="test")} for n in ("few", "more"))
    assert few_ids <= more_ids


def test_excluded_sentences_are_in_no_row(tmp_path: Path) -> None:
    pairs = [pair for number in range(20) for pair in article(number)]
    (tmp_path / "all.tsv").write_text("".join(f"{hi}\t{en}\n" for hi, en in pairs), encoding="utf-8")
    hashed = sha256(normal(pairs[3][1]).encode("utf-8")).hexdigest()
    (tmp_path / "test.txt").write_text(f"\ufeff{pairs[0][0].rstrip('।')}\n\n{hashed}\n", encoding="utf-8")
    settings = Settings(exclude=(str(tmp_path / "test.txt"),))
    build_bitexts([tmp_path / "all.tsv"], tmp_path / "out", settings=settings)
    found = {row["translation"]["hi"] for row in stored_rows(tmp_path / "out")}
    assert found == {hi for hi, _ in pairs} - {pairs[0][0], pairs[3][0]}
    left = [row["text"] for row in stored_rows(tmp_path / "out", "unaligned") if row["reason"] == EXCLUDED]
    assert sorted(left) == sorted([*pairs[0], *pairs[3]])
    assert "excluded › pairs | 2 |" in (tmp_path / "out/README.md").read_text(encoding="utf-8").replace(
        "### excluded\n\n| figure | value |\n| --- | --- |\n| files | 1 |\n| lines | 2 |\n| ", "excluded › "
    )


@pytest.mark.parametrize(
    ("data", "said"), [(b"\xff\xfe", r"bad:1: must be UTF-8"), (b"x" * (2 << 20), r"at most 1 MiB")]
)
def test_a_bad_file_to_exclude(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "bad").write_bytes(data)
    with pytest.raises(DataError, match=said):
        read_excluded([tmp_path / "bad"])
    with pytest.raises(DataError, match="no such file"):
        read_excluded([tmp_path / "none"])
