"""A build that was killed goes on, and ends in the bytes of an unbroken run."""

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.village import ORDER, english, hindi
from tithi.cli.main import main
from tithi.corpus.folder import PARTS, file_digests
from tithi.corpus.stored import stored_rows
from tithi.errors import DataError
from tithi.pipeline import shards as shards_module
from tithi.pipeline.bitext import build_bitexts
from tithi.pipeline.build import Settings, build
from tithi.pipeline.store import Store
from tithi.pipeline.stretches import Stretch, stretches
from tithi.records import Article, Lang, Reject, Source
from tithi.sources.article import read_article
from tithi.sources.manifest import ManifestEntry
from tithi.sources.pairs import pair_files

ROOT = Path(__file__).parents[2]
SHARD = Settings(shard=1)


def entries(folder: Path, *names: str) -> list[ManifestEntry]:
    """Write pairs, the name's number of events each, and return their entries."""
    listed = []
    for name in names:
        told = ORDER[: 1 + sum(map(ord, name)) % len(ORDER)]
        for lang, text in (("hi", hindi(told)), ("en", english(told))):
            (folder / f"{name}.{lang}").write_text(f"{text}{name}\n", encoding="utf-8")
        listed.append(ManifestEntry(name, name, Source(f"{folder}/{name}.hi"), Source(f"{folder}/{name}.en")))
    return listed


@pytest.fixture
def aligned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the ids of the pairs that are aligned, as they are."""
    seen: list[str] = []
    from tithi.aligner.alignment import align_cuts

    def telling(*cuts: Any, **named: Any) -> Any:
        seen.append(named["id"])
        return align_cuts(*cuts, **named)

    monkeypatch.setattr("tithi.pipeline.build.align_cuts", telling)
    return seen


def dying(listed: list[ManifestEntry], error: BaseException) -> Iterator[ManifestEntry]:
    yield from listed
    raise error


def digests(out: Path) -> dict[str, str]:
    return file_digests(out)


# --- killed ----------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_killed_at_any_moment_it_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.pipeline.killing", str(tmp_path), "2024", "2", "1", "pairs"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    moments = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(moments) == 8
    for told in moments:
        assert told["ended"] in (-signal.SIGKILL, 0)
        assert (told["again"], told["same"], told["beside"]) == (0, True, ["out"]), told
        # Six pairs, one a shard; with one job one shard is in flight.
        reused = told["finished"] if told["ended"] else 6
        made = 6 - reused
        assert told["log"] == [f"{made} pairs made, {reused} that were finished before used again"], told


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_heaps_killed_at_any_moment_are_not_read_or_matched_again(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.pipeline.killing", str(tmp_path), "2025", "2", "1", "heaps"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    moments = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(moments) == 7
    for told in moments:
        assert told["ended"] in (-signal.SIGKILL, 0)
        assert (told["again"], told["same"], told["beside"]) == (0, True, ["out"]), told
        if told["ended"]:
            done_again = sum(
                int(number) for line in told["log"] for number in re.findall(r"\d+(?= documents| pairs)", line)
            )
            matched = any("matching that was finished" in line for line in told["log"])
            # Two times nine readings, a matching and six pairs; nothing that was finished is made anew.
            assert done_again + (not matched) == 2 * 9 + 1 + 6 - told["finished"], told


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_the_processes_of_a_killed_build_end_too(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\nfrom tithi.pipeline.jobs import each\n"
        "from tests.pipeline.test_jobs import Number, pid\n"
        "if __name__ == '__main__':\n"
        "    for number in each([Number('list:1', str(n)) for n in range(9)], pid, jobs=2):\n"
        "        print(number, flush=True)\n        os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    (tmp_path / "run.py").write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(tmp_path / "run.py")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    worker = int(done.stdout)
    for _ in range(600):
        if not Path(f"/proc/{worker}/cmdline").exists() or not Path(f"/proc/{worker}/cmdline").read_bytes():
            return
        time.sleep(0.05)
    pytest.fail(f"{worker} is still there")


def test_an_error_keeps_what_is_finished(tmp_path: Path, aligned: list[str], caplog: pytest.LogCaptureFixture) -> None:
    listed = entries(tmp_path, "a", "b", "c", "d")
    with pytest.raises(RuntimeError, match="power cut"):
        build(dying(listed[:3], RuntimeError("power cut")), tmp_path / "out", SHARD)
    assert not (tmp_path / "out").exists()
    assert "3 finished shards are kept; the same command goes on from them" in caplog.text
    aligned.clear()
    build(listed, tmp_path / "out", SHARD)
    assert aligned == ["d"]
    build(listed, tmp_path / "fresh/out")
    assert digests(tmp_path / "out") == digests(tmp_path / "fresh/out")
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == "") == ["fresh", "out"]


def test_an_input_that_goes_away_leaves_the_dataset_as_it_was(
    tmp_path: Path, aligned: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share that is gone must not make a small dataset out of a large one; what never was there is a reject."""
    listed = entries(tmp_path, "a", "b", "c", "d")
    missing = replace(listed[0], id="missing", hi=replace(listed[0].hi, path=str(tmp_path / "no.txt")))
    build([listed[0], missing], tmp_path / "out", SHARD)
    before = digests(tmp_path / "out")
    assert "missing" in (tmp_path / "out/rejects.jsonl").read_text(encoding="utf-8")
    held = {path: path.read_bytes() for path in map(Path, (listed[2].hi.path, listed[3].en.path))}

    def going(path: str, lang: Lang, source: Source) -> Article:
        if path == listed[2].hi.path:
            for gone in held:
                gone.unlink()
        return read_article(path, lang, source)

    with monkeypatch.context() as patch:
        patch.setattr("tithi.pipeline.pairs.read_article", going)
        with pytest.raises(
            DataError, match=r"must stay where it is while it is built; got none any more: .*; bring it"
        ):
            build([missing, *listed], tmp_path / "out", SHARD)
    assert digests(tmp_path / "out") == before
    for path, data in held.items():
        path.write_bytes(data)
    aligned.clear()
    build(listed, tmp_path / "out", SHARD)
    assert aligned == ["c", "d"], "b was finished before"


def test_a_filtered_build_goes_on_and_drops_the_same(tmp_path: Path, aligned: list[str]) -> None:
    listed = entries(tmp_path, "a", "b", "c", "d")
    strict = replace(SHARD, filter="strict")
    with pytest.raises(RuntimeError, match="power cut"):
        build(dying(listed[:3], RuntimeError("power cut")), tmp_path / "out", strict)
    aligned.clear()
    built = build(listed, tmp_path / "out", strict)
    assert (aligned, built.reused) == (["d"], 3)
    assert any("filter" in reason for reason in built.left_out)
    build(listed, tmp_path / "fresh/out", replace(strict, jobs=2, shard=3))
    assert digests(tmp_path / "out") == digests(tmp_path / "fresh/out")
    aligned.clear()
    build(listed, tmp_path / "out", replace(strict, filter="light"))
    assert aligned == [], "filters come after what is kept"


def test_bitexts_go_on_inside_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"यह पंक्ति संख्या {number} है।\tThis is line number {number}.\n" for number in range(300)]
    (tmp_path / "lines.tsv").write_text("".join(lines), encoding="utf-8")
    made: list[str] = []
    real, stop = shards_module._make, 2

    def making(make: Any, judge: Any, shard: Any) -> Any:
        if len(made) == stop:
            raise DataError("stopped")
        made.append(shard.items[0].id)
        return real(make, judge, shard)

    monkeypatch.setattr(shards_module, "_make", making)
    with pytest.raises(DataError, match="stopped"):
        build_bitexts([tmp_path / "lines.tsv"], tmp_path / "out", settings=SHARD)
    made.clear()
    stop = 99
    build_bitexts([tmp_path / "lines.tsv"], tmp_path / "out", settings=SHARD)
    ids = [row["id"] for row in stored_rows(tmp_path / "out", "articles")]
    assert len(ids) > 3
    assert made == ids[2:]


# --- what is used again ----------------------------------------------------------------------------------------------


def test_only_what_is_new_or_changed_is_aligned(tmp_path: Path, aligned: list[str]) -> None:
    listed = entries(tmp_path, *"abcde")
    build(listed[:3], tmp_path / "out")
    assert aligned == ["a", "b", "c"]
    aligned.clear()
    (tmp_path / "b.en").write_text(english(ORDER[2:]), encoding="utf-8")
    build([listed[4], *listed[:2], listed[3]], tmp_path / "out")
    assert aligned == ["e", "b", "d"]
    aligned.clear()
    build([*listed], tmp_path / "out")
    assert aligned == []  # what was left out lies in a file with others
    aligned.clear()
    build(listed, tmp_path / "out", Settings(min_score=0.5))
    assert aligned == list("abcde")


@pytest.mark.parametrize("change", ["source", "code", "id"])
def test_what_decides_a_part_makes_it_anew(
    tmp_path: Path, aligned: list[str], monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    (listed,) = entries(tmp_path, "a")
    build([listed], tmp_path / "out")
    aligned.clear()
    if change == "code":
        monkeypatch.setattr("tithi.pipeline.settings.code_digest", lambda: b"other")
    hi = Source(listed.hi.path, licence="CC0-1.0") if change == "source" else listed.hi
    build([ManifestEntry("a", "z" if change == "id" else "a", hi, listed.en)], tmp_path / "out")
    assert len(aligned) == 1


def test_where_files_lie_decides_nothing(tmp_path: Path, aligned: list[str]) -> None:
    (listed,) = entries(tmp_path, "a")
    build([listed], tmp_path / "out")
    aligned.clear()
    (tmp_path / "moved").mkdir()
    (moved,) = entries(tmp_path / "moved", "a")
    build([moved], tmp_path / "out")
    assert aligned == []


def test_bad_pairs_are_tried_again(tmp_path: Path) -> None:
    listed = entries(tmp_path, "a", "b")
    (tmp_path / "b.hi").unlink()
    built = build(listed, tmp_path / "out")
    assert built.rejects == 1
    entries(tmp_path, "b")
    built = build(listed, tmp_path / "out")
    assert (built.rejects, sum(built.rows["articles"].values())) == (0, 2)


@pytest.mark.parametrize("damage", ["cut", "gone", "elsewhere", "no json", "no manifest", "bytes"])
def test_damaged_work_is_done_again(tmp_path: Path, aligned: list[str], damage: str) -> None:
    listed = entries(tmp_path, "a")
    build(listed, tmp_path / "out")
    before = digests(tmp_path / "out")
    (part,) = (tmp_path / "out" / PARTS).glob("*.arrow")
    lines = tmp_path / "out" / PARTS / "manifest.jsonl"
    if damage == "cut":
        part.write_bytes(part.read_bytes()[:100])
    elif damage == "gone":
        part.unlink()
    elif damage == "elsewhere":
        lines.write_text(lines.read_text(encoding="utf-8").replace('"file": "', '"file": "../'), encoding="utf-8")
    elif damage == "no json":
        lines.write_bytes(b"\xff\x00{" + lines.read_bytes())
    elif damage == "no manifest":
        lines.unlink()
    else:
        part.write_bytes(b"\0" * part.stat().st_size)
    aligned.clear()
    build(listed, tmp_path / "out")
    assert aligned == ["a"]
    assert digests(tmp_path / "out") == before


def test_a_file_that_no_line_names_is_not_read(tmp_path: Path, aligned: list[str]) -> None:
    listed = entries(tmp_path, "a", "b")
    with pytest.raises(RuntimeError, match="stop"):
        build(dying(listed[:1], RuntimeError("stop")), tmp_path / "out", SHARD)
    work = tmp_path / ".out.work"
    (part,) = work.glob("*.arrow")
    (work / f"{'0' * 32}.arrow").write_bytes(part.read_bytes())  # of a worker that was given up
    build(listed, tmp_path / "out")
    assert aligned == ["a", "b"]
    assert not (tmp_path / "out" / PARTS / f"{'0' * 32}.arrow").exists()


# --- held, full, gone ------------------------------------------------------------------------------------------------


def test_a_second_build_is_told_who_holds_it(tmp_path: Path) -> None:
    listed = entries(tmp_path, "a")
    with (
        Store(tmp_path / "out"),
        pytest.raises(DataError, match=rf"out: is built by one run at a time; got process {os.getpid()} on \S+ at it"),
    ):
        build(listed, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    (tmp_path / ".out.work").mkdir()
    (tmp_path / ".out.work/lock").write_text("process 1 on gone\n", encoding="utf-8")  # it is dead: nothing is locked
    build(listed, tmp_path / "out")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_disk_is_one_line_and_what_was_there_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    listed = entries(tmp_path, "a", "b", "c")
    manifest = tmp_path / "pairs.tsv"
    manifest.write_text("".join(f"{name}\t{name}.hi\t{name}.en\n" for name in "abc"), encoding="utf-8")
    build(listed[:1], tmp_path / "out")
    before = digests(tmp_path / "out")
    if jobs == 2:
        pytest.importorskip("resource")
        code = (
            "import resource, sys\nfrom tithi.cli.main import main\nif __name__ == '__main__':\n"
            "    resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, 12_000))\n    sys.exit(main(sys.argv[1:]))\n"
        )
        (tmp_path / "limited.py").write_text(code, encoding="utf-8")
        command = [sys.executable, str(tmp_path / "limited.py"), "build", "--manifest", str(manifest)]
        done = subprocess.run(
            [*command, "-o", str(tmp_path / "out"), "--jobs", "2"], capture_output=True, text=True, check=False
        )
        code_, said = done.returncode, done.stderr
    else:

        def full(*_given: object, **_named: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("tithi.pipeline.shards.write_parts", full)
        code_ = main(["build", "--manifest", str(manifest), "-o", str(tmp_path / "out")])
        said = capsys.readouterr().err
    assert code_ == 1
    assert re.fullmatch(r"tithi: \S+: cannot be written; got (No space left on device|File too large); .+\n", said)
    assert digests(tmp_path / "out") == before


def test_a_disk_that_fills_later_keeps_the_finished_shards(
    tmp_path: Path, aligned: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = entries(tmp_path, "a", "b")

    def full(*_given: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("tithi.corpus.shards.ShardWriter._write_group", full)
        with pytest.raises(DataError, match="No space left"):
            build(listed, tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith((".", "out"))) == [".out.work"]
    aligned.clear()
    build(listed, tmp_path / "out")
    assert aligned == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    listed = entries(tmp_path, "a")
    (tmp_path / "there").mkdir(mode=0o500)
    with pytest.raises(DataError, match="cannot be written; got Permission denied"):
        build(listed, tmp_path / "there/out")


def test_an_input_that_vanishes_is_one_reject(tmp_path: Path) -> None:
    listed = entries(tmp_path, "a", "b", "c")

    def vanishing() -> Iterator[ManifestEntry | Reject]:
        yield listed[0]
        (tmp_path / "b.hi").unlink()
        yield from listed[1:]

    built = build(vanishing(), tmp_path / "out")
    assert (built.rejects, sum(built.rows["articles"].values())) == (1, 2)
    told = (tmp_path / "out/rejects.jsonl").read_text(encoding="utf-8")
    assert "b.hi: no such file; check the path" in told


def test_a_bitext_that_vanishes_is_one_line_and_the_work_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"यह पंक्ति संख्या {number} है।\tThis is line number {number}.\n" for number in range(300)]
    (tmp_path / "lines.tsv").write_text("".join(lines), encoding="utf-8")
    (tmp_path / "more.tsv").write_text("".join(lines[:9]).replace("पंक्ति", "रेखा"), encoding="utf-8")
    real: Callable[..., Any] = shards_module._make

    def removing(make: Any, judge: Any, shard: Any) -> Any:
        (tmp_path / "more.tsv").unlink(missing_ok=True)
        return real(make, judge, shard)

    monkeypatch.setattr(shards_module, "_make", removing)
    with pytest.raises(DataError, match=r"^\S+more\.tsv: no such file; check the path$"):
        build_bitexts([tmp_path / "lines.tsv", tmp_path / "more.tsv"], tmp_path / "out", settings=SHARD)
    assert not (tmp_path / "out").exists()
    cut = [one for one in stretches(pair_files([tmp_path / "lines.tsv"]), Source("")) if isinstance(one, Stretch)]
    assert len(list((tmp_path / ".out.work").glob("*.arrow"))) == len(cut) > 3


def test_settings_that_are_none_are_told(tmp_path: Path) -> None:
    from tithi.errors import UsageError

    with pytest.raises(UsageError, match=r"^build: settings must be Settings; got str 'x'; give .*Settings\(\.\.\.\)"):
        build([], tmp_path / "out", "x")  # type: ignore[arg-type]


def test_filters_judge_in_the_processes_and_drop_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = entries(tmp_path, *"abcdefgh")
    one = build(listed, tmp_path / "one/out", Settings(filter="strict", shard=2))
    assert sum(count for reason, count in one.left_out.items() if "filter" in reason) > 8

    def never(*_: object, **_named: object) -> None:
        raise AssertionError("the main process judges")

    monkeypatch.setattr("tithi.pipeline.sieve.judge", never)
    build(listed[:5], tmp_path / "two/out", Settings(filter="strict", jobs=2, shard=3))
    build(listed, tmp_path / "three/out", Settings(filter="strict", jobs=2, shard=3))
    grown = build(listed, tmp_path / "two/out", Settings(filter="strict", jobs=2, shard=2))
    assert grown.reused == 5
    told = [digests(tmp_path / name / "out") for name in ("one", "two", "three")]
    assert told[0] == told[2]
    rows = [{name: of for name, of in found.items() if name.startswith(("data/", "rejects/"))} for found in told]
    assert rows[0] == rows[1]


def test_a_filter_that_fails_costs_its_article_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = entries(tmp_path, *"abc")
    from tithi.filters.judge import judge

    def failing(rows: Any, thresholds: Any) -> Any:
        if rows and rows[0].article == "b":
            raise ZeroDivisionError("no")
        return judge(rows, thresholds)

    monkeypatch.setattr("tithi.pipeline.sieve.judge", failing)
    built = build(listed, tmp_path / "out", Settings(filter="light"))
    assert (built.faults, built.rejects, sum(built.rows["articles"].values())) == (1, 1, 2)
