"""Files filtered: every row answered, in order, the same with any number of processes, all kinds of files alike."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.filters.test_rows import LINES
from tithi.cli.main import main
from tithi.corpus.folder import file_digests
from tithi.corpus.stored import stored_rows
from tithi.errors import DataError, TithiError, UsageError
from tithi.filters.config import preset
from tithi.filters.drops import RejectFiles
from tithi.filters.judge import judge
from tithi.filters.verdict import Row, Verdict
from tithi.pipeline.bitext import build_bitexts
from tithi.pipeline.build import Settings
from tithi.pipeline.filter_dataset import filter_dataset
from tithi.pipeline.filter_files import FilterSettings, filter_files, rows_of
from tithi.records import TextPair
from tithi.sources.pairs import pair_files, read_pairs

PAIRS = [(hi, en) for _, _, hi, en in LINES]
STANDARD = preset("standard")
FREE = {name: STANDARD[name] for name in ("wordless", "ratio", "copied", "duplicate", "near-duplicate")}


def tsv(path: Path, pairs: list[tuple[str, str]]) -> Path:
    path.write_text("".join(f"{hi}\t{en}\tnote {n}\n" for n, (hi, en) in enumerate(pairs)), encoding="utf-8")
    return path


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rejects(folder: Path) -> list[dict[str, object]]:
    return [
        json.loads(line)
        for path in sorted((folder / "rejects").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def test_kept_and_dropped_are_the_input_and_jobs_make_no_difference(tmp_path: Path) -> None:
    path = tsv(tmp_path / "a.tsv", PAIRS * 4)
    drops = filter_files([path], tmp_path / "one", STANDARD)
    filter_files([path], tmp_path / "two", STANDARD, FilterSettings(jobs=2))
    assert content(tmp_path / "one") == content(tmp_path / "two")
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = (tmp_path / "one/a.tsv").read_text(encoding="utf-8").splitlines()
    dropped = rejects(tmp_path / "one")
    assert drops.kept == len(kept)
    assert drops.read == len(lines) == len(kept) + len(dropped)
    gone = {int(str(told["where"]).rpartition(":")[2]) for told in dropped}
    assert kept == [line for number, line in enumerate(lines, 1) if number not in gone]
    assert all(told["filter"] and told["reason"] and told["threshold"] is not None for told in dropped)
    rows = list(rows_of(pair_files([path])[0]))[:256]
    for row, verdict in zip(rows, judge(rows, STANDARD), strict=True):  # type: ignore[arg-type]
        if verdict is not None:
            told = next(told for told in dropped if told["where"] == row.where)
            assert (told["filter"], told["score"]) == (verdict.filter, round(verdict.score, 6))


@given(
    st.lists(st.tuples(st.sampled_from([hi for hi, _ in PAIRS]), st.sampled_from([en for _, en in PAIRS])), min_size=1)
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_rows_are_answered_in_order(tmp_path: Path, pairs: list[tuple[str, str]]) -> None:
    path = tsv(tmp_path / "a.tsv", [("पानी", "Water"), *pairs])
    drops = filter_files([path], tmp_path / "out", FREE, FilterSettings(force=True))
    kept = [(pair.hi, pair.en) for pair in read_pairs(pair_files([tmp_path / "out/a.tsv"])[0])]  # type: ignore[union-attr]
    dropped = [(told["hi"], told["en"]) for told in rejects(tmp_path / "out")]
    remaining = iter([("पानी", "Water"), *pairs])
    assert all(pair in remaining for pair in kept)
    assert sorted([*kept, *dropped]) == sorted([("पानी", "Water"), *pairs])
    assert drops.read == len(pairs) + 1


def test_every_kind_of_file_is_kept_as_its_kind(tmp_path: Path) -> None:
    rows = [{"id": f"p{n}", "translation": {"hi": hi, "en": en}, "n": n} for n, (hi, en) in enumerate(PAIRS)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "parquet.parquet")
    objects = "".join(json.dumps({"hi": hi, "en": en, "n": n}) + "\n" for n, (hi, en) in enumerate(PAIRS))
    (tmp_path / "lines.jsonl").write_text(objects, encoding="utf-8")
    (tmp_path / "moses.hi").write_text("".join(f"{hi}\n" for hi, _ in PAIRS), encoding="utf-8")
    (tmp_path / "moses.en").write_text("".join(f"{en}\n" for _, en in PAIRS), encoding="utf-8")
    tsv(tmp_path / "tabs.tsv", PAIRS)
    units = "".join(f'<tu tuid="p{n}">{unit(*pair)}</tu>' for n, pair in enumerate(PAIRS))
    (tmp_path / "units.tmx").write_text(f"<tmx version='1.4'><header/><body>{units}</body></tmx>", encoding="utf-8")
    found = {}
    for names in (["parquet.parquet"], ["lines.jsonl"], ["moses.hi", "moses.en"], ["tabs.tsv"], ["units.tmx"]):
        out = tmp_path / f"out-{names[0]}"
        filter_files([tmp_path / name for name in names], out, FREE)
        bitext = pair_files([out / name for name in names])[0]
        found[names[0]] = [(item.hi, item.en) for item in read_pairs(bitext)]  # type: ignore[union-attr]
    assert len(set(map(tuple, found.values()))) == 1
    assert 10 < len(found["tabs.tsv"]) < len(PAIRS)
    kept = pq.read_table(tmp_path / "out-parquet.parquet/parquet.parquet").to_pylist()
    assert [rows[row["n"]] for row in kept] == kept
    first = json.loads((tmp_path / "out-lines.jsonl/lines.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert set(first) == {"hi", "en", "n"}


def unit(hi: str, en: str) -> str:
    sides = ("hi", hi), ("en", en)
    return "".join(f'<tuv xml:lang="{lang}"><seg>{escape(text)}</seg></tuv>' for lang, text in sides)


def test_parquet_of_more_rows_than_are_held(tmp_path: Path) -> None:
    numbers = range(2500)
    rows = [{"hi": f"गाँव {n}", "en": f"Village {n}" if n % 3 else "…", "n": n} for n in numbers]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet", row_group_size=700)
    filter_files([tmp_path / "a.parquet"], tmp_path / "out", {"wordless": 0})
    assert pq.read_table(tmp_path / "out/a.parquet").to_pylist() == [rows[n] for n in numbers if n % 3]


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize("name", ["a.tsv", "a.jsonl", "a.parquet", "a.hi"])
def test_masked_texts_are_written_and_all_else_stays(tmp_path: Path, name: str) -> None:
    hi, en = "फ़ोन ९८१०० १२३४५ पर बात करें।", "Call us on 98100 12345."
    plain = ("नदी में पानी बढ़ रहा है।", "The water in the river is rising.")
    if name == "a.parquet":
        table = pa.table({"hi": [hi, plain[0]], "en": [en, plain[1]], "n": [1, 2]})
        pq.write_table(table, tmp_path / name)
    elif name == "a.hi":
        (tmp_path / "a.hi").write_text(f"{hi}\n{plain[0]}\n", encoding="utf-8")
        (tmp_path / "a.en").write_text(f"{en}\n{plain[1]}\n", encoding="utf-8")
    elif name == "a.jsonl":
        lines = [json.dumps({"translation": {"hi": h, "en": e}, "n": 1}) for h, e in ((hi, en), plain)]
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    else:
        tsv(tmp_path / name, [(hi, en), plain])
    files = [tmp_path / name, *([tmp_path / "a.en"] if name == "a.hi" else [])]
    filter_files(files, tmp_path / "out", {"wordless": 0}, FilterSettings(mask_pii=True))
    bitext = pair_files([tmp_path / "out" / path.name for path in files])[0]
    pairs = [(pair.hi, pair.en) for pair in read_pairs(bitext)]  # type: ignore[union-attr]
    assert pairs == [("फ़ोन <PHONE> पर बात करें।", "Call us on <PHONE>."), plain]
    if name == "a.tsv":
        assert (tmp_path / "out/a.tsv").read_text(encoding="utf-8").splitlines()[0].endswith("\tnote 0")


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.tsv", b"\xff\xfe\x00"),
        ("a.tsv", b""),
        ("a.tsv", b"one column\n"),
        ("a.tsv", b"\x00\t\x00\n\xe0\xa4\tx\n"),
        ("a.jsonl", b"{" * 5000),
        ("a.jsonl", b'{"hi": 1, "en": null}\n'),
        ("a.parquet", b"PAR1"),
        ("a.tmx", b"<tmx>"),
        ("a.tsv.gz", b"\x1f\x8b\x08"),
    ],
)
def test_a_damaged_file_is_told_in_a_line_and_leaves_nothing(tmp_path: Path, name: str, raw: bytes) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(TithiError) as error:
        filter_files([tmp_path / name], tmp_path / "out", STANDARD)
    assert "\n" not in str(error.value)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_damaged_lines_among_good_ones_are_kept_apart(tmp_path: Path) -> None:
    good = "नदी में पानी बढ़ रहा है।\tThe water in the river is rising.\n".encode()
    (tmp_path / "a.tsv").write_bytes(b"\xff\tx\n" + good + b"no tab\n\tx\n" + b"a\0\tb\n")
    drops = filter_files([tmp_path / "a.tsv"], tmp_path / "out", STANDARD)
    assert (drops.read, drops.kept) == (5, 1)
    assert (tmp_path / "out/a.tsv").read_bytes() == good
    assert [told["filter"] for told in rejects(tmp_path / "out")] == ["unusable"] * 4


def test_what_cannot_be_filtered_is_refused(tmp_path: Path) -> None:
    path = tsv(tmp_path / "a.tsv", [("पानी", "Water")])
    (tmp_path / "other").mkdir()
    twin = tsv(tmp_path / "other/a.tsv", [("पानी", "Water")])
    with pytest.raises(UsageError, match="must differ in name"):
        filter_files([path, twin], tmp_path / "out", STANDARD)
    with pytest.raises(UsageError, match="read twice"):
        filter_files(["-"], tmp_path / "out", STANDARD)
    with pytest.raises(UsageError, match="must not hold what is read"):
        filter_files([path], tmp_path, STANDARD)
    with pytest.raises(DataError, match="at least one pair that is kept"):
        filter_files([tsv(tmp_path / "b.tsv", [("…", "x")])], tmp_path / "out", STANDARD)
    assert not (tmp_path / "out").exists()


def test_a_dataset_stays_consistent_and_its_card_tells_of_the_drops(tmp_path: Path) -> None:
    path = tsv(tmp_path / "a.tsv", list(dict.fromkeys(PAIRS)))
    build_bitexts([path], tmp_path / "in")
    built = filter_dataset(tmp_path / "in", tmp_path / "out", STANDARD)
    before = {row["id"]: row for row in stored_rows(tmp_path / "in")}
    after = list(stored_rows(tmp_path / "out"))
    dropped = rejects(tmp_path / "out")
    assert len(after) + len(dropped) == len(before)
    assert 10 < len(after) < len(before)
    assert {(row["translation"]["hi"], row["quality"]) for row in after} <= {
        (row["translation"]["hi"], row["quality"]) for row in before.values()
    }
    by_article = [row["article_id"] for row in after]
    for config in ("articles", "segments"):
        key = "id" if config == "articles" else "article_id"
        rows = list(stored_rows(tmp_path / "out", config))
        assert [row["pairs"] for row in rows] == [by_article.count(row[key]) for row in rows]
    left = [row for row in stored_rows(tmp_path / "out", "unaligned") if "filter" in row["reason"]]
    assert len({told["filter"] for told in dropped}) > 8
    bad = {(hi, en) for name, wanted, hi, en in LINES if wanted == "dropped"}
    assert not {(row["translation"]["hi"], row["translation"]["en"]) for row in after} & bad
    assert len(left) == 2 * len(dropped)
    card = (tmp_path / "out/README.md").read_text(encoding="utf-8")
    assert "## What was dropped" in card
    assert all(f"`{told['filter']}`" in card for told in dropped)
    again = filter_dataset(tmp_path / "in", tmp_path / "again", STANDARD, Settings(jobs=2))
    assert again.version == built.version
    names = [name for name in file_digests(tmp_path / "out") if name not in ("README.md", "croissant.json")]
    assert any(name.startswith("rejects/") for name in names)
    assert all((tmp_path / "out" / name).read_bytes() == (tmp_path / "again" / name).read_bytes() for name in names)


def test_a_build_filters_as_it_goes(tmp_path: Path) -> None:
    path = tsv(tmp_path / "a.tsv", list(dict.fromkeys(PAIRS)))
    built = build_bitexts([path], tmp_path / "built", settings=Settings(filter="standard"))
    build_bitexts([path], tmp_path / "in")
    filter_dataset(tmp_path / "in", tmp_path / "out", STANDARD)
    texts = [[row["translation"] for row in stored_rows(tmp_path / name)] for name in ("built", "out")]
    assert texts[0] == texts[1]
    assert sum(built.rows["sentences"].values()) == len(texts[0])
    assert rejects(tmp_path / "built")
    cards = [(tmp_path / name / "README.md").read_text(encoding="utf-8") for name in ("built", "out")]
    assert all("| filter | standard |" in card for card in cards)


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tsv(tmp_path / "a.tsv", PAIRS)
    clean = tsv(tmp_path / "clean.tsv", [pair[2:] for pair in LINES if pair[1] == "kept"])  # type: ignore[misc]
    assert main(["filters", "--learn", str(clean), "--preset", "strict"]) == 0
    (tmp_path / "own.toml").write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["filter", str(path), "-o", str(tmp_path / "out"), "--config", str(tmp_path / "own.toml")]) == 0
    assert "pairs kept" in capsys.readouterr().out
    assert main(["filters", "--try", str(path), "-n", "40"]) == 0
    told = capsys.readouterr().out
    assert "wordless" in told
    assert "a.tsv:1" in told
    assert main(["filter", str(tmp_path / "none.tsv"), "-o", str(tmp_path / "out")]) == 1
    assert main(["filter", str(path), "-o", str(tmp_path / "out2"), "--preset", "harsh"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2


def test_learnt_thresholds_pass_the_clean_pairs(tmp_path: Path) -> None:
    clean = [pair[2:] for pair in LINES if pair[1] == "kept"]
    path = tsv(tmp_path / "clean.tsv", list(dict.fromkeys(clean)))  # type: ignore[arg-type]
    own = tmp_path / "own.toml"
    from tithi.filters.config import read_config, shown
    from tithi.filters.learn import learn

    rows = list(rows_of(pair_files([path])[0]))
    thresholds = learn(rows, preset("strict"), 0.0)  # type: ignore[arg-type]
    own.write_text(shown(thresholds, "own"), encoding="utf-8")
    drops = filter_files([path], tmp_path / "out", read_config(own))
    assert set(drops.by) <= {"duplicate", "near-duplicate"}


def test_many_sources_need_no_open_files(tmp_path: Path) -> None:
    files = RejectFiles(tmp_path)
    verdict = Verdict("ratio", 9.0, 3.5, "times as long")
    for n in range(120):
        files.add(Row(TextPair(f"s:{n}", "क", "a"), "s", "s"), verdict, f"source-{n % 60}")
    assert len(list((tmp_path / "rejects").iterdir())) == 60
    assert len(rejects(tmp_path)) == 120


RIVER = ("नदी में पानी बढ़ रहा है।", "The water in the river is rising.")
LINES_OF = [
    ("bom.tsv", b"\xef\xbb\xbf...\tdropped\r\nRIVER\tnote\r\n", b"\xef\xbb\xbfRIVER\tnote\r\n"),
    ("mixed.tsv", b"RIVER\r\nRIVER\t\n...\tdropped\nRIVER", b"RIVER\r\nRIVER\t\nRIVER"),
    ("header.tsv", b"hi\ten\tid\n...\tdropped\t1\nRIVER\t2\n", b"hi\ten\tid\nRIVER\t2\n"),
    ("names.tsv", b"\xef\xbb\xbfHindi\tEnglish\r\nRIVER\r\n", b"\xef\xbb\xbfHindi\tEnglish\r\nRIVER\r\n"),
    ("blank.tsv", b"\n\t\nRIVER\n\n\n", b"RIVER\n"),
    ("odd.tsv", b"RIVER\r\r\n\xff\tbad\none\nRIVER\0\n" + b"x" * 2_200_000 + b"\ty\nRIVER\n", b"RIVER\r\r\nRIVER\n"),
    (
        "a.jsonl",
        b'{"en": "Water",  "hi": "\\u092a", "n": 1.50}\r\n[1]\n',
        b'{"en": "Water",  "hi": "\\u092a", "n": 1.50}\r\n',
    ),
]


@pytest.mark.parametrize(("name", "data", "wanted"), LINES_OF)
def test_lines_come_out_as_they_went_in(tmp_path: Path, name: str, data: bytes, wanted: bytes) -> None:
    river = "\t".join(RIVER).encode()
    (tmp_path / name).write_bytes(data.replace(b"RIVER", river))
    drops = filter_files([tmp_path / name], tmp_path / "out", {"wordless": 0})
    assert (tmp_path / "out" / name).read_bytes() == wanted.replace(b"RIVER", river)
    assert len(rejects(tmp_path / "out")) == drops.dropped


def test_moses_lines_keep_their_ends(tmp_path: Path) -> None:
    (tmp_path / "a.hi").write_bytes("\ufeffनदी\tपानी\r\n...\r\nपुल".encode())
    (tmp_path / "a.en").write_bytes(b"River water\nDropped\nBridge\n")
    filter_files([tmp_path / "a.hi", tmp_path / "a.en"], tmp_path / "out", {"wordless": 0})
    assert (tmp_path / "out/a.hi").read_bytes() == "\ufeffनदी\tपानी\r\nपुल".encode()
    assert (tmp_path / "out/a.en").read_bytes() == b"River water\nBridge\n"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "a.csv",
            '"नदी","River"\n"पुल","Bridge"\n',
            "2 unusable, the first .*a.csv:1: must be hi TAB en; got one column",
        ),
        (
            "a.tsv",
            "The river is deep.\tनदी गहरी है।\n",
            "1 hindi-script, the first .*a.tsv:1: 0 of the letters in the Hindi",
        ),
        ("a.jsonl", '{"hi": null, "en": 2}\n', "got null and a number; give both sides"),
        ("b.jsonl", '{"source": "x", "target": "y"}\n', "got the keys 'source', 'target'; give both sides"),
    ],
)
def test_where_nothing_is_kept_the_first_reason_is_told(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=said):
        filter_files([tmp_path / name], tmp_path / "out", STANDARD)
    assert not (tmp_path / "out").exists()


def test_a_table_without_the_columns_is_told_by_those_it_has(tmp_path: Path) -> None:
    pq.write_table(pa.table({"source": ["x"], "hi": ["y"]}), tmp_path / "a.parquet")
    with pytest.raises(DataError, match="must have the columns hi and en, or translation; got 'hi', 'source'; rename"):
        filter_files([tmp_path / "a.parquet"], tmp_path / "out", STANDARD)


@pytest.mark.parametrize("way", ["--try", "--learn"])
def test_rows_that_are_no_pairs_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], way: str) -> None:
    (tmp_path / "a.tsv").write_text("\t".join(RIVER) + "\none column\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text('"नदी","River"\n"पुल","Bridge"\n', encoding="utf-8")
    assert main(["filters", way, str(tmp_path / "a.tsv")]) == 0
    told = capsys.readouterr()
    assert "1 rows are no pairs and passed over, the first" in told.err
    assert "wordless" in told.out
    assert main(["filters", way, str(tmp_path / "b.csv")]) == 1
    assert "b.csv:1: must be hi TAB en; got one column; separate the texts by a tab (as with every other row)" in (
        capsys.readouterr().err
    )
