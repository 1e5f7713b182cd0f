"""The main job: article pairs in, a dataset and its figures out, whatever happens on the way."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import datasets
import pytest

from tests.village import ORDER, english, hindi
from tithi.aligner.alignment import align_cuts
from tithi.cli.main import main
from tithi.corpus.folder import read_marker
from tithi.encoder import load
from tithi.errors import DataError, UsageError
from tithi.pipeline.build import Settings, build
from tithi.pipeline.jobs import each
from tithi.records import Reject, Source
from tithi.sources.manifest import ManifestEntry

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
    build(listed, tmp_path / "out", Settings(jobs=2))
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
        build(listed, tmp_path / "out", Settings(strict=True))
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_ours_is_refused_without_force(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("years of work", encoding="utf-8")
    listed = [entry(tmp_path, "one", hindi(), english())]
    with pytest.raises(UsageError, match="--force"):
        build(listed, out)
    assert (out / "thesis.txt").read_text(encoding="utf-8") == "years of work"
    build(listed, out, Settings(force=True))
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


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_build_from_the_command_line(run: Callable[..., Any], tmp_path: Path) -> None:
    listed = entry(tmp_path, "one", hindi(), english())
    out = tmp_path / "out"
    code, said, complaint = run("build", listed.hi.path, listed.en.path, "-o", out, "--licence", "CC0-1.0")
    assert (code, complaint.splitlines()[-1]) == (0, f"tithi: written: {out}, version {read_marker(out).version}")
    assert f"{out}: 11 sentences" in said
    assert len(loaded(out, tmp_path / "cache")) == 11


def fail(*_given: object, **_named: object) -> object:
    raise ZeroDivisionError("no such month")


def die(*_given: object, **_named: object) -> object:
    os._exit(3)


@dataclass(frozen=True)
class Odd:
    """Work that ends badly at one pair, in whatever process it is done."""

    end: Callable[..., object]

    def __call__(self, listed: ManifestEntry) -> object:
        return self.end() if listed.id == "odd" else listed.id


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_rejects_its_pair_alone(tmp_path: Path, jobs: int) -> None:
    listed = [entry(tmp_path, name, "क", "k") for name in ("a", "odd", "b")]
    first, odd, last = each(listed, Odd(fail), jobs=jobs)
    assert (first, last) == ("a", "b")
    assert isinstance(odd, Reject)
    assert odd.fault
    assert odd.reason.startswith("a fault of tithi's, please report it: ZeroDivisionError: no such month (test_build")


def test_a_process_that_dies_is_one_line(tmp_path: Path) -> None:
    listed = [entry(tmp_path, name, "क", "k") for name in ("a", "odd", "b")]
    with pytest.raises(DataError, match=r"^build: every process must live to its end; got one that died[^\n]*$"):
        list(each(listed, Odd(die), jobs=2))


def test_a_fault_ends_with_exit_code_1_and_a_dataset(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "tithi.pipeline.build.align_cuts",
        lambda *cuts, **named: (fail if named["id"] == "odd" else align_cuts)(*cuts, **named),
    )
    lines = []
    for name in ("good", "odd"):
        entry(tmp_path, name, hindi(), english())
        lines.append(f"{name}\t{name}.hi\t{name}.en\n")
    (tmp_path / "pairs").write_text("".join(lines), encoding="utf-8")
    code, said, complaint = run("build", "--manifest", tmp_path / "pairs", "-o", tmp_path / "out", "--quiet")
    assert (code, complaint.count("\n")) == (1, 2)
    assert "11 sentences" in said
    (reject,) = map(json.loads, (tmp_path / "out/rejects.jsonl").read_text(encoding="utf-8").splitlines())
    assert (reject["id"], reject["fault"]) == ("odd", True)
    assert "a fault of tithi's" in reject["reason"]


def test_a_min_quality_moves_rows_to_the_unaligned(tmp_path: Path) -> None:
    listed = [entry(tmp_path, "one", hindi(), english(ORDER[::-1]))]
    build(listed, tmp_path / "all")
    every = loaded(tmp_path / "all", tmp_path / "cache")
    bar = sorted(row["quality"] for row in every)[len(every) // 2]
    build(listed, tmp_path / "some", Settings(min_quality=float(bar)))
    kept = loaded(tmp_path / "some", tmp_path / "cache")
    assert 0 < len(kept) < len(every)
    assert all(row["quality"] >= bar for row in kept)
    left = loaded(tmp_path / "some", tmp_path / "cache", "unaligned")
    assert sum(row["reason"].startswith("quality below") for row in left) == 2 * (len(every) - len(kept))


# --- the inputs stay -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("out", ["inp", ".", "link", "inp/../inp", "inp/a.hi"])
@pytest.mark.parametrize("how", ["files", "manifest", "bitext", "exclude", "linked"])
def test_an_output_that_holds_an_input_is_refused(run: Callable[..., Any], tmp_path: Path, how: str, out: str) -> None:
    inputs, work = tmp_path / "work/inp", tmp_path / "work"
    inputs.mkdir(parents=True)
    listed = entry(inputs, "a", hindi(), english())
    entry(tmp_path, "b", hindi(), english())
    (inputs / "pairs.tsv").write_text("a\ta.hi\ta.en\n", encoding="utf-8")
    (work / "link").symlink_to(inputs)
    (inputs / "b.hi").symlink_to(tmp_path / "b.hi")
    given: dict[str, list[object]] = {
        "files": [listed.hi.path, listed.en.path],
        "manifest": ["--manifest", inputs / "pairs.tsv"],
        "bitext": ["--from-bitext", listed.hi.path, listed.en.path],
        "exclude": [tmp_path / "b.hi", tmp_path / "b.en", "--exclude", listed.hi.path],
        "linked": [inputs / "b.hi", tmp_path / "b.en"],
    }
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    code, said, complaint = run("build", *given[how], "-o", work / out, "--force")
    if (how, out) != ("linked", "inp/a.hi"):
        assert (code, said, complaint.count("\n")) == (2, "", 1)
    else:
        assert code == 2  # a file
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_link_that_leads_back_is_one_line(run: Callable[..., Any], tmp_path: Path) -> None:
    listed = entry(tmp_path, "one", "वर्षा हुई।", "It rained.")
    (tmp_path / "loop").symlink_to(tmp_path / "pool")
    (tmp_path / "pool").symlink_to(tmp_path / "loop")
    for out in ("loop", "loop/out"):
        code, said, complaint = run("build", listed.hi.path, listed.en.path, "-o", tmp_path / out)
        assert (code, said, complaint.count("\n")) == (2, "", 1)
        assert "leads back to itself" in complaint


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
    code, said, complaint = run("build", "--manifest", tmp_path / "pairs.jsonl", "-o", tmp_path / "out", "--quiet")
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
