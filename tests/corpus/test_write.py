import errno
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.builders import lake, plain
from tithi.corpus import folder as folder_module
from tithi.corpus.bounds import Bound
from tithi.corpus.built import Built
from tithi.corpus.columns import COLUMNS, features, listed, schema
from tithi.corpus.folder import changes, read_marker
from tithi.corpus.parts import Opened, in_order, part, read_parts, write_parts
from tithi.corpus.rows import rows
from tithi.corpus.splits import SPLITS, hashed_split
from tithi.corpus.stored import stored_rows
from tithi.corpus.write import DatasetWriter
from tithi.errors import DataError, UsageError
from tithi.records import Alignment, Bead, Issue, Quality, Reject, Source

ODD = "उद्धरण \" ' `कोड` --- : # \t | <b> \u202eउलटा\u202c \x07\x1b\x85\u2028 क्\u200dष 🙂 \U000e0001 \ufeff अंत"


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.chdir(tmp_path)


def build(out: Path, *alignments: Alignment, **settings: object) -> Built:
    with DatasetWriter(out, settings=settings) as writer:
        for alignment in alignments:
            writer.add(alignment)
        return writer.close()


def load(out: Path, config: str | None = None, **options: Any) -> Any:
    from datasets import load_dataset

    return load_dataset(str(out), config, cache_dir=str(out.parent / "cache"), **options)


def many(count: int) -> Iterator[Alignment]:
    for number in range(count):
        hi, en = (" ".join(f"{word}{number}{letter}" for letter in "abcdef") for word in ("खबर", "story"))
        yield plain(f"a{number}", f"{hi}।", f"{en}.")


def listing(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.iterdir())


@pytest.mark.parametrize("address", ["s3://news/out", "gs://news/out", "file:///tmp/out", "memory://out"])
def test_an_address_is_no_folder(tmp_path: Path, address: str) -> None:
    for out in (address, Path(address)):
        with pytest.raises(UsageError, match="must be a path on this machine; got an address of "):
            DatasetWriter(out)
    assert listing(tmp_path) == []


ONE = lake("lake")
OTHER = lake('quote"d --- id: #1 🙂', source=Source("x.txt", title=ODD, licence="cc0-1.0"), suffix=" " + ODD)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("built") / "out", ONE, OTHER)


@pytest.mark.parametrize("streaming", [False, True])
@pytest.mark.parametrize("config", list(COLUMNS))
def test_rows_come_back_as_they_were_made(built: Built, config: str, streaming: bool) -> None:
    data = load(built.out, config, split="train", streaming=streaming)
    assert data.features == features(config)
    expected = rows(ONE)[config] + rows(OTHER)[config]
    assert as_lists(list(data)) == as_lists(expected)
    assert built.rows[config] == {"train": len(expected)}


@pytest.mark.parametrize("config", list(COLUMNS))
def test_schema_and_card_say_what_datasets_says(config: str) -> None:
    assert schema(config).equals(features(config).arrow_schema, check_metadata=True)
    assert listed(config) == features(config)._to_yaml_list()


def as_lists(value: Any) -> Any:
    """Make tuples lists and round floats as float32 does."""
    if isinstance(value, Mapping):
        return {key: as_lists(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [as_lists(member) for member in value]
    return round(value, 5) if isinstance(value, float) else value


def test_the_rows_of_an_alignment() -> None:
    alignment = lake("lake", source=Source("/home/me/x.txt", title="झील", licence="CC0"))
    found = Issue("number", "error", (0, 3), None, "five is missing", confidence=0.75)
    made = rows(alignment, [None, Quality(0.75, (found,), adequacy=0.5)])
    issue = {
        "kind": "number",
        "severity": "error",
        "hi": (0, 3),
        "en": None,
        "message": found.message,
        "confidence": 0.75,
    }
    hi, en = alignment.hi.article.text, alignment.en.article.text

    first, second = made["sentences"]
    assert (first["quality"], first["issues"]) == (None, None)
    assert second == {
        "id": "lake-s0002",
        "translation": {
            "hi": "गाँव ने तालाब को गहरा किया। काम पाँच महीने चला।",
            "en": "The village dug the pond deeper, and the work took five months.",
        },
        "date": "2019-05",
        "segment_id": "lake-g0002",
        "article_id": "lake",
        "bead": "2-1",
        "score": 0.8,
        "hi_span": second["hi_span"],
        "en_span": second["en_span"],
        "moved": False,
        "quality": 0.75,
        "adequacy": 0.5,
        "fluency": None,
        "issues": [issue],
    }
    assert hi[slice(*second["hi_span"])] == second["translation"]["hi"]
    assert en[slice(*second["en_span"])] == second["translation"]["en"]

    assert [row["text"] for row in made["unaligned"]] == ["यह विज्ञापन है।", "मछलियाँ लौट आईं।", "A school was opened."]
    assert [row["reason"] for row in made["unaligned"]] == ["no such sentence", "no such segment", "no such segment"]
    assert [row["lang"] for row in made["unaligned"]] == ["hi", "hi", "en"]

    assert [row["date"] for row in made["segments"]] == [None, "2019-05", "2021", "2023"]
    assert [row["pairs"] for row in made["segments"]] == [1, 1, 0, 0]
    assert made["segments"][1]["hi_headings"] == ["मई, 2019"]
    assert "".join(row["hi"] or "" for row in made["segments"]) == hi
    assert "".join(row["en"] or "" for row in made["segments"]) == en

    (article,) = made["articles"]
    assert (article["hi"], article["en"]) == (hi, en)
    assert (article["hi_coverage"], article["en_coverage"]) == (3 / 5, 2 / 3)
    assert article["hi_source"] == dict.fromkeys(("url", "publisher", "published")) | {"title": "झील", "licence": "CC0"}


def test_every_row_has_the_declared_columns() -> None:
    for config, made in rows(lake()).items():
        for row in made:
            assert list(row) == [column.name for column in COLUMNS[config]]


def test_translation_is_the_translation_feature(built: Built) -> None:
    from datasets import Translation

    assert load(built.out, split="train").features["translation"] == Translation(languages=["hi", "en"])


def test_quality_comes_back(tmp_path: Path) -> None:
    issue = Issue("negation", "warning", (0, 2), None, "नहीं is not in the English")
    with DatasetWriter(tmp_path / "out") as writer:
        writer.add(lake("a"), [Quality(0.25, (issue,)), Quality(None)])
        writer.add(lake("b"), [None, Quality(1.0)])
        writer.add(lake("c"))
        writer.close()
    data = load(tmp_path / "out", split="train")
    assert list(data["quality"]) == [0.25, None, None, 1.0, None, None]
    assert list(data["issues"]) == [
        [
            {
                "kind": "negation",
                "severity": "warning",
                "hi": [0, 2],
                "en": None,
                "message": "नहीं is not in the English",
                "confidence": 1.0,
            }
        ],
        [],
        None,
        [],
        None,
        None,
    ]


def test_quality_must_fit_the_pairs(tmp_path: Path) -> None:
    with DatasetWriter(tmp_path / "out") as writer:
        with pytest.raises(DataError, match="lake: quality must have one entry a pair; got 1 for 2 pairs"):
            writer.add(lake(), [None])
        writer.add(lake())
        assert writer.close().rows["articles"] == {"train": 1}


def test_splits_by_article_with_every_row_in_one(tmp_path: Path) -> None:
    built = build(tmp_path / "out", *many(60), lake("lake-6"), lake("twin-0", suffix=" जी"))
    assert built.splits.names == ("train", "validation", "test")
    home: dict[str, str] = {}
    for config, key in (("articles", "id"), ("sentences", "article_id"), ("segments", "article_id")):
        loaded = load(tmp_path / "out", config)
        assert set(loaded) == {"train", "validation", "test"}
        for split, data in loaded.items():
            assert len(data) == built.rows[config][split]
            for article_id in data[key]:
                assert home.setdefault(article_id, split) == split
    assert home == built.splits.by_article
    assert home["twin-0"] == home["lake-6"] == "test" != hashed_split("twin-0")
    assert home == {f"a{number}": hashed_split(f"a{number}") for number in range(60)} | {
        "twin-0": "test",
        "lake-6": "test",
    }
    assert built.splits.near_duplicates == 1


@pytest.mark.parametrize("streaming", [False, True])
def test_a_split_and_a_config_without_rows_are_left_out(tmp_path: Path, streaming: bool) -> None:
    from datasets import get_dataset_config_names

    built = build(tmp_path / "some", *many(60), lake("lake"))
    assert built.rows["unaligned"] == {"train": 3, "validation": 0, "test": 0}
    assert list(load(tmp_path / "some", "unaligned", streaming=streaming)) == ["train"]
    assert list(load(tmp_path / "some", streaming=streaming)) == ["train", "validation", "test"]
    built = build(tmp_path / "none", *many(3))
    assert built.rows["unaligned"] == {"train": 0}
    assert get_dataset_config_names(str(tmp_path / "none")) == ["sentences", "segments", "articles", "unaligned"]
    assert list(load(tmp_path / "none", "unaligned", split="train", streaming=True)) == []
    assert len(list(load(tmp_path / "none", split="train", streaming=streaming))) == 3


def test_articles_without_any_pair_are_reported_all_the_same(tmp_path: Path) -> None:
    whole = plain("a", "तालाब गहरा हुआ।", "Trains ran late.")
    nothing = replace(whole, beads=(Bead((0, 1), (0, 0), 0.9, None, 0), Bead((1, 1), (0, 1), 0.9, None, 0)))
    built = build(tmp_path / "out", nothing)
    assert built.rows["sentences"] == {"train": 0}
    assert load(tmp_path / "out", "unaligned", split="train")["text"][:] == ["तालाब गहरा हुआ।", "Trains ran late."]
    with pytest.raises(ValueError, match="Config name is missing"):
        load(tmp_path / "out")


def test_a_rewritten_dataset_is_not_served_from_the_cache(tmp_path: Path) -> None:
    out = tmp_path / "out"
    versions = [build(out, plain("a", f"तालाब {text}।", f"pond {text}.")).version for text in ("1", "2", "1", "1")]
    seen = []
    for text in ("1", "2", "1"):
        build(out, plain("a", f"तालाब {text}।", f"pond {text}."))
        seen.append(load(out, split="train")[0]["translation"]["en"])
    assert seen == ["pond 1.", "pond 2.", "pond 1."]
    assert [version.split(".")[:2] for version in versions] == [["1", "0"], ["1", "1"], ["1", "2"], ["1", "2"]]
    assert versions[2] == versions[3] != versions[0]
    elsewhere = tmp_path / "elsewhere" / "out"
    build(elsewhere, plain("a", "तालाब 3।", "pond 3."))
    from datasets import load_dataset

    data = load_dataset(str(elsewhere), split="train", cache_dir=str(tmp_path / "cache"))
    assert data[0]["translation"]["en"] == "pond 3."


def test_the_same_articles_give_the_same_files(tmp_path: Path) -> None:
    build(tmp_path / "x" / "out", *many(30))
    build(tmp_path / "y" / "out", *many(30))
    files = [read_marker(tmp_path / name / "out").files for name in "xy"]
    assert {name for name in files[0] if files[0][name] != files[1][name]} == set()


SOME = 400


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut what is written into batches of some 4 articles, groups of some 3,000 bytes and files of some 20,000."""
    _cut_small(monkeypatch)


def _cut_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tithi.corpus.write._PENDING", 3)
    monkeypatch.setattr("tithi.corpus.parts.BATCH", Bound("batch", 1, 4, 8))
    monkeypatch.setattr("tithi.corpus.shards._GROUP", Bound("group", 1_500, 1_500, 6_000))
    monkeypatch.setattr("tithi.corpus.shards._FILE", Bound("file", 10_000, 10_000, 40_000))


@pytest.fixture(scope="module")
def in_pieces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a dataset of many articles in small pieces."""
    out = tmp_path_factory.mktemp("pieces") / "old"
    with pytest.MonkeyPatch.context() as monkeypatch:
        _cut_small(monkeypatch)
        build(out, *many(SOME))
    return out


def test_memory_and_files_are_cut_into_pieces(in_pieces: Path) -> None:
    names = listing(in_pieces / "data" / "articles")
    assert "train-00002.parquet" in names
    loaded = load(in_pieces, "articles", split="train")
    assert list(loaded["id"]) == [f"a{n}" for n in range(SOME) if hashed_split(f"a{n}") == "train"]


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("at", [0, 1, 57, SOME // 2, SOME - 1, SOME])
def test_an_article_that_is_put_in_anywhere_leaves_most_files_as_they_are(
    tmp_path: Path, in_pieces: Path, at: int
) -> None:
    """What is sent to a repository is what is new: files by their bytes, row groups by those of their columns."""
    *before, new_one = many(SOME + 1)
    build(tmp_path / "new", *before[:at], new_one, *before[at:])
    folders = in_pieces, tmp_path / "new"
    old, new = ({name: read_marker(of).files[name] for name in _parquet(of)} for of in folders)
    changed = set(new.values()) - set(old.values())
    assert 3 <= len(changed) <= 6 < len(new) // 3, "one or two files of each config that has rows"
    groups = [set(_groups(of)) for of in folders]
    assert len(groups[1] - groups[0]) <= len(groups[1]) // 12


def test_a_name_that_goes_to_another_article_takes_no_split_along(tmp_path: Path) -> None:
    """Ids come from what pages are called: one that comes in front takes `index`, and `index` is `index-2` then."""
    articles = list(many(80))
    build(tmp_path / "out", *articles)
    before = _splits_by_text(tmp_path / "out")
    (new_one,) = list(many(81))[80:]
    named = zip([new_one, *articles], [*(one.id for one in articles), "a80"], strict=True)
    build(tmp_path / "out", *(replace(one, id=name) for one, name in named))
    after = _splits_by_text(tmp_path / "out")
    assert set(before.values()) == {"train", "validation", "test"}
    assert {text: after[text] for text in before} == before
    assert len(after) == 81


def _splits_by_text(out: Path) -> dict[str, str]:
    return {row["hi"]: split for split in SPLITS for row in stored_rows(out, "articles", split=split)}


@pytest.mark.usefixtures("small_pieces")
def test_a_filter_by_date_passes_over_row_groups_of_articles_in_order_of_time(tmp_path: Path) -> None:
    import pyarrow.compute as pc
    from pyarrow import dataset

    def dated(one: Alignment, number: int) -> Alignment:
        return replace(one, beads=(replace(one.beads[0], date=f"{2000 + number // 20}-05"),))

    build(tmp_path / "out", *(dated(one, number) for number, one in enumerate(many(SOME))))
    folder = tmp_path / "out/data/sentences"
    files = dataset.dataset([str(path) for path in sorted(folder.glob("train-*.parquet"))]).get_fragments()
    asked = (pc.field("date") >= "2007") & (pc.field("date") < "2009") & (pc.field("score") > 0.5)
    whole, left = 0, 0
    for fragment in files:
        whole += len(fragment.row_groups)
        left += len(fragment.subset(asked).row_groups)
    assert whole > 30
    assert 1 <= left <= whole // 4
    found = dataset.dataset(str(folder)).to_table(filter=asked)
    assert sorted(set(found["date"].to_pylist())) == ["2007-05", "2008-05"]


def _parquet(out: Path) -> list[str]:
    return [path.relative_to(out).as_posix() for path in out.glob("data/*/*.parquet")]


def _groups(out: Path) -> Iterator[bytes]:
    """Yield the bytes of the columns of each row group."""
    from pyarrow import parquet

    for name in _parquet(out):
        data, told = (out / name).read_bytes(), parquet.read_metadata(out / name)
        for number in range(told.num_row_groups):
            group = told.row_group(number)
            columns = [group.column(column) for column in range(group.num_columns)]
            starts = [column.dictionary_page_offset or column.data_page_offset for column in columns]
            ends = [start + column.total_compressed_size for start, column in zip(starts, columns, strict=True)]
            yield data[min(starts) : max(ends)]


def test_metrics_rejects_and_marker(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with DatasetWriter(out, settings={"encoder": "lexical", "min_score": 0.5}) as writer:
        writer.add(lake())
        writer.reject(Reject("p.jsonl:2", None, "must be JSON"))
        writer.reject(Reject("p.jsonl:3", "b", "टूटा \ud800 हुआ"))
        built = writer.close({"coverage": {"hi": 0.6, "en": float("nan")}, "pairs": 2})
    assert json.loads((out / "metrics.json").read_text(encoding="utf-8")) == {
        "coverage": {"hi": 0.6, "en": None},
        "pairs": 2,
        "splits": {"articles_joined": 0, "pairs_left_out_of_train": 0, "pairs_left_out_of_validation": 0},
    }
    lines = (out / "rejects.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [
        {"where": "p.jsonl:2", "id": None, "reason": "must be JSON", "fault": False},
        {"where": "p.jsonl:3", "id": "b", "reason": "टूटा \ud800 हुआ", "fault": False},
    ]
    assert built.rejects == 2
    marker = read_marker(out)
    assert marker.version == built.version
    assert marker.settings == {"encoder": "lexical", "min_score": 0.5}
    assert re.fullmatch(r"tithi:[^|]+\|encoder:lexical\|min_score:0\.5", marker.signature)
    assert changes(out) == []
    build(out, lake())
    assert "rejects.jsonl" not in listing(out)


def test_changes_are_noticed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(out, lake())
    (out / "README.md").write_text("other", encoding="utf-8")
    (out / "metrics.json").unlink()
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    assert changes(out) == ["README.md: changed", "metrics.json: missing", "notes.txt: added"]


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"format": 1}', '{"format": 9}', "[" * 100_000, '{"format": 1, "files": 3}']
)
def test_a_broken_marker_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "tithi.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"tithi\.json: must "):
        read_marker(tmp_path)


def test_no_marker_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"must be a dataset built by tithi; got no tithi\.json"):
        changes(tmp_path)


def test_an_id_may_come_once(tmp_path: Path) -> None:
    with DatasetWriter(tmp_path / "out") as writer:
        writer.add(lake())
        with pytest.raises(DataError, match="article ids must be unique; got lake again"):
            writer.add(lake())


def test_nothing_added_is_an_error_and_leaves_the_old_folder(tmp_path: Path) -> None:
    build(tmp_path / "out", lake())
    with DatasetWriter(tmp_path / "out") as writer, pytest.raises(DataError, match="at least one article pair"):
        writer.close()
    assert changes(tmp_path / "out") == []
    assert listing(tmp_path) == ["out"]


def test_a_run_that_fails_leaves_the_old_folder(tmp_path: Path) -> None:
    build(tmp_path / "out", lake())
    before = read_marker(tmp_path / "out")
    writer = DatasetWriter(tmp_path / "out")
    writer.add(lake("other"))
    writer.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert read_marker(tmp_path / "out") == before
    assert changes(tmp_path / "out") == []
    assert listing(tmp_path) == ["out"]


DIES = """
import os, signal, sys
from pathlib import Path
from tests.builders import lake
from tithi.corpus.write import DatasetWriter
if sys.argv[2] == "between":
    real = Path.rename
    def rename(self, target):
        done = real(self, target)
        if ".old-" in str(target):
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    Path.rename = rename
with DatasetWriter(sys.argv[1]) as writer:
    writer.add(lake("other"))
    if sys.argv[2] == "adding":
        os.kill(os.getpid(), signal.SIGKILL)
    writer.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and flock")
@pytest.mark.parametrize("when", ["adding", "between"])
def test_a_killed_run_leaves_the_old_folder_and_the_next_run_cleans_up(tmp_path: Path, when: str) -> None:
    out = tmp_path / "out"
    build(out, lake())
    before = read_marker(out)
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", DIES, str(out), when]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert any(name.startswith(".out.tmp-") for name in listing(tmp_path))
    with DatasetWriter(out):
        assert read_marker(out) == before
        assert changes(out) == []
    assert listing(tmp_path) == ["out"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs flock")
def test_a_running_build_is_not_cleaned_up_by_another(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with DatasetWriter(out) as slow:
        slow.add(lake("slow"))
        build(out, lake("fast"))
        slow.close()
    assert [row["id"] for row in load(out, "articles", split="train")] == ["slow"]
    assert [name for name in listing(tmp_path) if name.startswith(".")] == []


def test_a_failing_move_puts_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    build(out, lake())
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if ".tmp-" in self.name:
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, target)

    with DatasetWriter(out) as writer:
        writer.add(lake("other"))
        monkeypatch.setattr(Path, "rename", failing)
        with pytest.raises(DataError, match="cannot be written; got Input/output error"):
            writer.close()
        monkeypatch.undo()
    assert changes(out) == []
    assert listing(tmp_path) == ["out"]


FULL = """
import resource, sys
from tests.builders import plain
from tithi.errors import DataError
from tithi.corpus.write import DatasetWriter
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    with DatasetWriter(sys.argv[1]) as writer:
        for number in range(600):
            noise = " ".join(str(number * factor) for factor in (7919, 104729, 1299709))
            writer.add(plain(f"a{number}", f"तालाब {noise}", f"pond {noise}"))
        writer.close()
except DataError as error:
    sys.exit(str(error))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file size")
@pytest.mark.parametrize("limit", [2_000, 15_000])
def test_a_full_disk_is_one_clear_line_and_the_old_folder_stays(tmp_path: Path, limit: int) -> None:
    out = tmp_path / "out"
    build(out, lake())
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", FULL, str(out), str(limit)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert re.fullmatch(
        rf"{re.escape(str(out))}: cannot be written; got File too large; free some space or .+\n", done.stderr
    )
    assert changes(out) == []
    assert listing(tmp_path) == ["out"]


def test_what_is_not_ours_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"out: the output exists and was not built by tithi; .*--force"):
        DatasetWriter(out)
    assert listing(tmp_path) == ["out"]
    with DatasetWriter(out, force=True) as writer:
        writer.add(lake())
        assert listing(out) == ["thesis.txt"]
        writer.close()
    assert "thesis.txt" not in listing(out)


def test_ours_with_a_foreign_file_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(out, lake())
    (out / "data" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"out: the output holds data/notes\.txt, which is not ours"):
        DatasetWriter(out)


def test_a_file_is_refused_even_with_force(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="must be a folder; got a file"):
        DatasetWriter(tmp_path / "out", force=True)


@pytest.mark.parametrize("name", [".", "..", "/", "~"])
def test_the_current_and_the_home_folder_are_refused_even_with_force(name: str) -> None:
    out = Path.home() if name == "~" else Path(name)
    with pytest.raises(UsageError, match="must not hold the current or the home folder"):
        DatasetWriter(out, force=True)


@pytest.mark.parametrize("name", ["out[1]", "out*", "really?", "a::b", "x]/out"])
def test_a_path_that_datasets_would_expand_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"path must not hold .+, load_dataset cannot open it"):
        DatasetWriter(tmp_path / name)
    assert listing(tmp_path) == []


def test_an_empty_folder_a_missing_parent_and_a_link_are_fine(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for name in ("empty", "new/deep/out", "link"):
        build(tmp_path / name, lake())
        assert changes(tmp_path / name) == []
    assert (tmp_path / "link").is_symlink()
    assert changes(tmp_path / "real") == []


def test_a_parent_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(DataError, match=r"out: cannot be written; got Not a directory|File exists"):
        DatasetWriter(tmp_path / "file" / "out")


def test_the_folder_keeps_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").mkdir()
    build(tmp_path / "out", lake())
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "usual").stat().st_mode
    assert folder_module.MARKER in listing(tmp_path / "out")


def test_files_of_parts_that_come_by_turns_are_read_once_while_they_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A corpus that grew twelve times, each time by articles between those of before."""
    paths = [tmp_path / f"{number}.arrow" for number in range(12)]
    for path in paths:
        write_parts(path, [part(one) for one in many(5)])
    read: list[Path] = []

    def reading(path: Path, columns: Any = None) -> Any:
        read.append(path)
        return read_parts(path, columns)

    monkeypatch.setattr("tithi.corpus.parts.read_parts", reading)
    gone: list[Path] = []
    monkeypatch.setattr(Opened, "forget", lambda _, path: gone.append(path))
    turns = [(path, [row]) for row in range(5) for path in paths]
    tables = list(in_order(turns))
    assert (read, gone) == (paths, paths), "each is let go once, after its last row"
    monkeypatch.undo()
    monkeypatch.setattr("tithi.corpus.parts.read_parts", reading)
    assert sum(table.num_rows for table in tables) == 60
    size = read_parts(paths[0]).nbytes
    read.clear()
    opened = Opened(held=3 * size)
    for path in [*paths[:3], *paths[:3], paths[3], paths[0]]:
        opened(path)
    assert read == [*paths[:4], paths[0]], "the oldest goes"
    opened.forget(paths[0])
    for path in paths[1:4]:
        opened(path)
    assert read == [*paths[:4], *paths[:2]], "what is let go makes room"
