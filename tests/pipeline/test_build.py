"""The main job: article pairs in, a dataset and its figures out, whatever happens on the way."""

import json
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import datasets
import pytest

from tests.village import ORDER, english, hindi
from tithi.cli.main import main
from tithi.encoder import load
from tithi.errors import DataError, UsageError
from tithi.pipeline import demo
from tithi.pipeline.build import Checked, MTSource, Settings, align_entries, build, read_translations
from tithi.records import Reject, Source
from tithi.sample import manifest, pairs
from tithi.sources.manifest import ManifestEntry, read_manifest

Rows = list[dict[str, Any]]


def entry(folder: Path, name: str, hi: str, en: str) -> ManifestEntry:
    """Write a pair and return its entry."""
    for lang, text in (("hi", hi), ("en", en)):
        (folder / f"{name}.{lang}").write_text(text, encoding="utf-8")
    return ManifestEntry(f"list:{name}", name, Source(f"{folder}/{name}.hi"), Source(f"{folder}/{name}.en"))


def loaded(out: Path, cache: Path, config: str = "sentences", split: str = "train") -> Rows:
    rows: Rows = datasets.load_dataset(str(out), config, split=split, cache_dir=str(cache)).to_list()
    return rows


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the dataset of three villages, one of them told in another order, with one pair rejected."""
    folder = tmp_path_factory.mktemp("built")
    listed: list[ManifestEntry | Reject] = [
        entry(folder, "plain", hindi(), english()),
        entry(folder, "reversed", hindi(), english(ORDER[::-1])),
        entry(folder, "shorter", hindi(ORDER[:4]), english(ORDER[1:])),
        Reject("list:4", "gone", "no such file"),
        entry(folder, "blank", " \n", "It rained."),
    ]
    build(listed, folder / "out")
    return folder / "out"


# --- the dataset -----------------------------------------------------------------------------------------------------


def test_the_dataset_loads_and_holds_every_sentence(built: Path, tmp_path: Path) -> None:
    rows = loaded(built, tmp_path)
    assert [row["translation"] for row in rows][:2] == [
        {"hi": "गाँव के पाँच साल की कहानी।", "en": "The story of five years in a village."},
        {"hi": "गाँव में पहला स्कूल खुला।", "en": "The first school opened in the village."},
    ]
    assert rows[1]["date"] == "2018-03-05"
    articles = {row["id"]: row for row in loaded(built, tmp_path, "articles")}
    assert list(articles) == ["plain", "reversed", "shorter"]
    left = loaded(built, tmp_path, "unaligned")
    assert {row["article_id"] for row in left} == {"shorter"}
    assert len(rows) + len(left) == 11 + 11 + (7 + 4)


def test_it_streams(built: Path) -> None:
    rows = datasets.load_dataset(str(built), split="train", streaming=True)
    assert next(iter(rows))["translation"]["en"] == "The story of five years in a village."


def test_metrics_and_rejects_tell_the_rest(built: Path) -> None:
    metrics = json.loads((built / "metrics.json").read_text(encoding="utf-8"))
    assert "alignment" in metrics
    rejects = [json.loads(line) for line in (built / "rejects.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [reject["id"] for reject in rejects] == ["gone", "blank"]
    assert "blank.hi:1: " in rejects[1]["reason"]


def test_more_processes_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    folder = built.parent
    listed: list[ManifestEntry | Reject] = [
        *(
            ManifestEntry(name, name, Source(f"{folder}/{name}.hi"), Source(f"{folder}/{name}.en"))
            for name in ("plain", "reversed", "shorter")
        ),
        Reject("list:4", "gone", "no such file"),
        ManifestEntry("list:blank", "blank", Source(f"{folder}/blank.hi"), Source(f"{folder}/blank.en")),
    ]
    build(listed, tmp_path / "out", jobs=2)
    names = [path.relative_to(built) for path in built.rglob("*") if path.suffix in {".parquet", ".json", ".jsonl"}]
    assert len(names) >= 6
    for name in names:
        if name.name not in {"tithi.json", "rejects.jsonl"}:  # those name paths
            assert (tmp_path / "out" / name).read_bytes() == (built / name).read_bytes(), name


def test_a_min_score_moves_rows_to_the_unaligned(built: Path, tmp_path: Path) -> None:
    rows = loaded(built, tmp_path / "cache")
    bar = sorted(row["score"] for row in rows)[len(rows) // 2]
    again = [entry(tmp_path, "plain", hindi(), english())]
    build(again, tmp_path / "out", Settings(min_score=float(bar)))
    kept = loaded(tmp_path / "out", tmp_path / "cache")
    assert all(row["score"] >= bar for row in kept)
    card = (tmp_path / "out/README.md").read_text(encoding="utf-8")
    assert load().name in card.replace("\\", "")


# --- what goes wrong -------------------------------------------------------------------------------------------------


def test_no_good_pair_is_an_error_that_names_the_first(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"at least one good pair; got none; the first: list:1: why"):
        build([Reject("list:1", None, "why")], tmp_path / "out")
    with pytest.raises(DataError, match="nothing is listed"):
        build([], tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_strict_raises_the_first_error(tmp_path: Path) -> None:
    listed = [entry(tmp_path, "one", hindi(), english()), entry(tmp_path, "two", "", "x")]
    with pytest.raises(DataError, match=r"two\.hi:1: "):
        build(listed, tmp_path / "out", strict=True)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_ours_is_refused_without_force(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("years of work", encoding="utf-8")
    listed = [entry(tmp_path, "one", hindi(), english())]
    with pytest.raises(UsageError, match="--force"):
        build(listed, out)
    assert (out / "thesis.txt").read_text(encoding="utf-8") == "years of work"
    build(listed, out, force=True)
    assert not (out / "thesis.txt").exists()
    build(listed, out)  # now it is ours


def test_a_run_that_dies_leaves_the_old_dataset_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    listed = [entry(tmp_path, "one", hindi(), english())]
    build(listed, out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}

    def dying() -> Iterator[ManifestEntry]:
        yield listed[0]
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        build(dying(), out)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.en", "one.hi", "out"]


def test_results_come_in_order_and_hold_rejects(tmp_path: Path) -> None:
    listed: list[ManifestEntry | Reject] = [
        Reject("list:1", None, "bad"),
        entry(tmp_path, "b", hindi(), english()),
        entry(tmp_path, "a", "वर्षा हुई।", "It rained."),
    ]
    results = list(align_entries(listed, Settings(), load()))
    assert results[0] is listed[0]
    assert [result.alignment.id for result in results if isinstance(result, Checked)] == ["b", "a"]


# --- machine translation ---------------------------------------------------------------------------------------------


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_build_from_the_command_line_with_a_systems_lines(run: Callable[..., Any], tmp_path: Path) -> None:
    listed = entry(tmp_path, "one", hindi(), english())
    out = tmp_path / "out"
    code, said, complaint = run("build", listed.hi.path, listed.en.path, "-o", out, "--licence", "CC0-1.0")
    assert (code, complaint) == (0, "")
    assert f"{out}: 11 sentences" in said
    rows = loaded(out, tmp_path / "cache")
    mt = tmp_path / "mt.en"
    mt.write_text("".join(row["translation"]["en"] + "\n" for row in rows), encoding="utf-8")
    code, _said, complaint = run("build", listed.hi.path, listed.en.path, "-o", out, "--mt-en", mt)
    assert (code, complaint) == (0, "")
    figures = json.dumps(json.loads((out / "metrics.json").read_text(encoding="utf-8"))["mt"]["hi-en"])
    assert "100.0" in figures
    assert "version:" in figures  # sacrebleu's signature
    mt.write_text("one line\n", encoding="utf-8")
    code, _said, complaint = run("build", listed.hi.path, listed.en.path, "-o", out, "--mt-en", mt)
    assert code == 1
    assert complaint.count("\n") == 1
    assert "mt.en: must hold one line for each row of the dataset, 11; got 1" in complaint


def test_a_command_translates(run: Callable[..., Any], tmp_path: Path) -> None:
    listed, out = entry(tmp_path, "one", hindi(), english()), tmp_path / "out"
    echo = shlex.join([sys.executable, "-c", "import sys; sys.stdout.write(sys.stdin.read())"])
    assert run("build", listed.hi.path, listed.en.path, "-o", out, "--mt-command", echo)[0] == 0
    assert set(json.loads((out / "metrics.json").read_text(encoding="utf-8"))) >= {"alignment", "mt"}
    silent = shlex.join([sys.executable, "-c", ""])
    code, _said, complaint = run("build", listed.hi.path, listed.en.path, "-o", out, "--mt-command", silent)
    assert (code, complaint.count("\n")) == (1, 1)
    assert "one line for each it reads; got 0 for 11" in complaint
    code, _said, complaint = run("build", listed.hi.path, listed.en.path, "-o", out, "--mt-command", "no-such-program")
    assert (code, complaint.count("\n")) == (2, 1)


def test_translations_are_read_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "mt.en").write_text("one\u2028more\ntwo\n", encoding="utf-8")
    assert read_translations(MTSource(file=tmp_path / "mt.en"), ["एक", "दो"]) == ["one\u2028more", "two"]


# --- from the command line -------------------------------------------------------------------------------------------


def test_a_manifest_with_bad_lines(run: Callable[..., Any], tmp_path: Path) -> None:
    entry(tmp_path, "good", hindi(), english())
    lines = [
        '{"id": "good", "hi": "good.hi", "en": "good.en", "licence": "CC0-1.0"}',
        "not json",
        '{"id": "gone", "hi": "gone.hi", "en": "good.en"}',
        '{"id": "good", "hi": "good.hi", "en": "good.en"}',
        '{"id": "swapped", "hi": "good.en", "en": "good.hi"}',
        '{"id": "list", "hi": ["good.hi"], "en": "good.en"}',
    ]
    (tmp_path / "pairs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    code, said, complaint = run("build", "--manifest", tmp_path / "pairs.jsonl", "-o", tmp_path / "out")
    assert (code, complaint.count("\n")) == (0, 1)
    assert "5 pairs were not built" in complaint
    assert "11 sentences" in said
    rejects = [json.loads(line) for line in (tmp_path / "out/rejects.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [reject["where"].rpartition(":")[2] for reject in rejects] == ["2", "3", "4", "5", "6"]
    assert all(reject["reason"] for reject in rejects)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"not json\n", b"\xff\xfe{\x00", b'{"id": "x"}'])
def test_a_manifest_without_a_good_pair(run: Callable[..., Any], tmp_path: Path, data: bytes) -> None:
    (tmp_path / "pairs.jsonl").write_bytes(data)
    code, said, complaint = run("build", "--manifest", tmp_path / "pairs.jsonl", "-o", tmp_path / "out")
    assert (code, said, complaint.count("\n")) == (1, "", 1)
    assert "pairs.jsonl" in complaint
    assert not (tmp_path / "out").exists()


def test_build_refuses_what_is_not_ours(run: Callable[..., Any], tmp_path: Path) -> None:
    listed = entry(tmp_path, "one", "वर्षा हुई।", "It rained.")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/keep").touch()
    (tmp_path / "file").touch()
    for out in ("out", "file"):
        code, _said, complaint = run("build", listed.hi.path, listed.en.path, "-o", tmp_path / out)
        assert (code, complaint.count("\n")) == (2, 1)
    assert run("build", listed.hi.path, listed.en.path, "-o", tmp_path / "out", "--force")[0] == 0


def test_the_demo_tells_what_it_made_in_ten_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "demo"
    assert demo.main([str(out)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert len(told) <= 10
    assert sum(isinstance(entry, ManifestEntry) for entry in read_manifest(manifest())) == len(pairs())
    snippet = "\n".join(line.strip() for line in told if "load_dataset" in line or "print(" in line)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")  # the snippet itself names no cache
    exec(snippet)
    printed = capsys.readouterr().out
    assert "'hi':" in printed
    assert "'en':" in printed
    (tmp_path / "taken").touch()
    assert demo.main([str(tmp_path / "taken")]) == 2
    assert capsys.readouterr().err.startswith("demo: ")
