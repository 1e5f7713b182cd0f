"""A build from and to an address: the bytes of a local one, whatever stops it on the way."""

import errno
import json
import os
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import fsspec
import pytest

from tests.pipeline.test_resume import aligned, dying
from tithi.cli.main import main
from tithi.corpus.folder import file_digests
from tithi.errors import DataError, TithiError, UsageError
from tithi.pipeline.bitext import build_bitexts
from tithi.pipeline.build import Settings, build
from tithi.pipeline.heaps import build_heaps
from tithi.pipeline.lease import Lease
from tithi.pipeline.remote import RemoteStore
from tithi.sample import manifest, pages
from tithi.sources.manifest import ManifestEntry, read_manifest

assert aligned
SHARD = Settings(shard=1)


@pytest.fixture(scope="module", params=["memory", "s3", "file"])
def root(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield an address, with the sample and its pages below it in `in`."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "s3":
            server = pytest.importorskip("moto.server").ThreadedMotoServer("127.0.0.1", 0, verbose=False)
            server.start()
            host, port = server.get_host_and_port()
            patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
            for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
                patch.setenv(name, "testing")
            patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
            fsspec.get_filesystem_class("s3").clear_instance_cache()  # of a server that has ended
            fsspec.filesystem("s3").makedirs("news", exist_ok=True)
        place = {"memory": "memory://news", "s3": "s3://news", "file": f"file://{tmp_path_factory.mktemp('far')}"}
        fs, path = fsspec.core.url_to_fs(place[request.param])
        fs.put(str(Path(manifest()).parent) + "/", f"{path}/in/", recursive=True)
        yield place[request.param]
        held = [thread.name for thread in threading.enumerate() if thread.name.startswith("lease of ")]
        if request.param == "s3":
            server.stop()
        assert not held


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the digests of a local build."""
    out = tmp_path_factory.mktemp("local") / "corpus"
    build(islice(read_manifest(manifest()), 6), out)
    return file_digests(out)


def entries(root: str, count: int = 6) -> list[ManifestEntry]:
    told = list(islice(read_manifest(f"{root}/in/{Path(manifest()).name}"), count))
    found = [one for one in told if isinstance(one, ManifestEntry) and one.hi.path.startswith(f"{root}/in/")]
    assert len(found) == len(told)
    return found


def digests(address: str, folder: Path) -> dict[str, str]:
    """Return the digests of the dataset at an address."""
    fs, path = fsspec.core.url_to_fs(address)
    fs.invalidate_cache()
    shutil.rmtree(folder, ignore_errors=True)
    fs.get(f"{path}/", f"{folder}/", recursive=True)
    return file_digests(folder)


def names(address: str) -> list[str]:
    fs, path = fsspec.core.url_to_fs(address)
    fs.invalidate_cache()
    return sorted(name.rpartition("/")[2] for name in fs.find(path))


def test_the_bytes_are_those_of_a_local_build_and_it_grows(
    root: str, wanted: dict[str, str], tmp_path: Path, aligned: list[str]
) -> None:
    out = f"{root}/grown/corpus"
    first = build(entries(root, 4), out, SHARD)
    assert (first.address, first.reused) == (out, 0)
    aligned.clear()
    built = build(entries(root), out, SHARD)
    assert (len(aligned), built.reused) == (2, 4)
    assert digests(out, tmp_path / "corpus") == wanted | {
        name: digest for name, digest in digests(out, tmp_path / "corpus").items() if name in VERSIONED
    }
    assert len([name for name in names(f"{out}/.parts") if name.endswith(".arrow")]) == 6
    assert not [name for name in names(f"{out}/.parts") if name.endswith(".json")], "the lease and the records are gone"
    aligned.clear()
    assert build(entries(root), out, SHARD).version == built.version
    assert aligned == []


#: What names the version, which counts from the one that was there.
VERSIONED = ("README.md", "croissant.json", "metrics.json")


def test_stopped_half_way_it_goes_on(root: str, wanted: dict[str, str], tmp_path: Path, aligned: list[str]) -> None:
    out = f"{root}/stopped/corpus"
    listed = entries(root)
    with pytest.raises(RuntimeError, match="power cut"):
        build(dying(listed[:3], RuntimeError("power cut")), out, SHARD)
    assert "tithi.json" not in names(out)
    aligned.clear()
    assert build(listed, out, SHARD).reused == 3
    assert len(aligned) == 3
    assert digests(out, tmp_path / "corpus") == wanted


def test_cut_off_while_it_is_put_it_goes_on(
    root: str, wanted: dict[str, str], tmp_path: Path, aligned: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = f"{root}/cut/corpus"
    build(entries(root, 2), out, SHARD)
    real, left = RemoteStore._copy_there, 3

    def failing(self: RemoteStore, name: str) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise OSError(5, "the line was cut")
        real(self, name)

    with monkeypatch.context() as patch:
        patch.setattr(RemoteStore, "_copy_there", failing)
        with pytest.raises(DataError, match="the line was cut"):
            build(entries(root), out, SHARD)
    aligned.clear()
    built = build(entries(root), out, SHARD)
    assert (aligned, built.version.split(".")[:2]) == ([], ["1", "1"])
    told = digests(out, tmp_path / "corpus")
    assert {name: told[name] for name in wanted if name.startswith("data/")} == {
        name: digest for name, digest in wanted.items() if name.startswith("data/")
    }


@pytest.mark.parametrize("damage", ["cut", "gone", "no record", "a record of another"])
def test_damaged_parts_are_made_again(
    root: str, wanted: dict[str, str], tmp_path: Path, aligned: list[str], damage: str
) -> None:
    out = f"{root}/damaged-{damage.replace(' ', '-')}/corpus"
    with pytest.raises(RuntimeError):
        build(dying(entries(root)[:2], RuntimeError("power cut")), out, SHARD)
    fs, path = fsspec.core.url_to_fs(f"{out}/.parts")
    fs.invalidate_cache()
    part = next(name for name in fs.find(path) if name.endswith(".arrow"))
    if damage == "cut":
        fs.pipe_file(part, fs.cat_file(part)[:100])
    elif damage == "gone":
        fs.rm_file(part)
    elif damage == "no record":
        fs.rm_file(f"{part}.json")
    else:
        fs.pipe_file(f"{part}.json", fs.cat_file(f"{part}.json").replace(b'"file": "', b'"file": "../'))
    aligned.clear()
    assert build(entries(root), out, SHARD).reused == 1
    assert digests(out, tmp_path / "corpus") == wanted


def test_the_command_takes_addresses_everywhere(root: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, jobs = f"{root}/command/corpus", "1" if root.startswith("memory") else "2"
    command = ["build", "--manifest", f"{root}/in/{Path(manifest()).name}", "-o", out, "--jobs", jobs]
    assert main(command) == 0
    told = capsys.readouterr()
    assert told.out.startswith(f"{out}: ")
    assert f"tithi: written: {out}, version 1.0." in told.err
    build(read_manifest(manifest()), tmp_path / "local/corpus")
    assert digests(out, tmp_path / "corpus") == file_digests(tmp_path / "local/corpus")
    hi, en = f"{root}/in/pages/hi", f"{root}/in/pages/en"
    assert main(["build", hi, en, "-o", f"{out}-pages", "--quiet"]) == 0
    assert (
        main(["build", str(pages("hi")), str(pages("en")), "-o", str(tmp_path / "local/corpus-pages"), "--quiet"]) == 0
    )
    far, near = digests(f"{out}-pages", tmp_path / "corpus-pages"), file_digests(tmp_path / "local/corpus-pages")
    assert {name for name in near if far[name] != near[name]} <= {"unmatched.jsonl"}, "which names files"


def test_bitexts_at_addresses(root: str, tmp_path: Path) -> None:
    lines = [(f"यह पंक्ति संख्या {number} है।", f"This is line number {number}.") for number in range(60)]
    (tmp_path / "in").mkdir()
    for at, lang in enumerate(("hi", "en")):
        text = "".join(f"{pair[at]}\n" for pair in lines)
        (tmp_path / f"in/talks.{lang}").write_text(text, encoding="utf-8")
    (tmp_path / "in/odd.tsv").write_text("एक पंक्ति है।\tThis is a line.\nकोई नहीं\n", encoding="utf-8")
    fs, path = fsspec.core.url_to_fs(f"{root}/bitext")
    fs.put(f"{tmp_path}/in/", f"{path}/", recursive=True)
    told = []
    for folder, out in ((tmp_path / "in", str(tmp_path / "local/corpus")), (f"{root}/bitext", f"{root}/lines/corpus")):
        files = [f"{folder}/{name}" for name in ("talks.hi", "talks.en", "odd.tsv")]
        assert main(["build", "--from-bitext", *files, "-o", out, "--quiet"]) == 0
        got = file_digests(Path(out)) if out.startswith("/") else digests(out, tmp_path / "corpus")
        told.append({name: digest for name, digest in got.items() if name != "rejects.jsonl"})
    assert told[0] == told[1]
    assert f"{root}/bitext/odd.tsv:2" in (tmp_path / "corpus/rejects.jsonl").read_text(encoding="utf-8")
    with pytest.raises(DataError, match=rf"{root}/bitext/none.tsv: no such file or folder; check the address"):
        build_bitexts([f"{root}/bitext/none.tsv"], f"{root}/lines/corpus")


def test_the_second_run_is_told_who_is_at_it(root: str) -> None:
    out = f"{root}/held/corpus"
    with RemoteStore(out), pytest.raises(DataError) as told:
        build(entries(root, 1), out)
    assert f"{out}: is built by one run at a time; got process {os.getpid()} on {socket.gethostname()}" in str(
        told.value
    )
    assert names(out) == []


@pytest.mark.parametrize(
    ("holder", "taken"),
    [
        ({"pid": 2**22 + 7}, True),  # died on this machine
        ({"host": "elsewhere", "at": -10_000}, True),  # silent for hours
        ({"host": "elsewhere"}, False),
        ({"host": "elsewhere", "at": -200}, False),
        ("no JSON", True),
    ],
)
def test_a_dead_run_holds_nothing(root: str, holder: Any, taken: bool) -> None:
    place = f"{root}/lease/{abs(hash(str(holder)))}/lease.json"
    fs, path = fsspec.core.url_to_fs(place)
    fs.makedirs(path.rpartition("/")[0], exist_ok=True)
    if isinstance(holder, dict):
        now = time.time() + holder.get("at", 0)
        holder = {"host": socket.gethostname(), "pid": os.getpid(), "token": "x", **holder, "at": now}
    fs.pipe_file(path, json.dumps(holder).encode() if isinstance(holder, dict) else holder.encode())
    if not taken:
        with pytest.raises(DataError, match=r"process \d+ on elsewhere at it"):
            Lease("out", place)
        return
    lease = Lease("out", place)
    fs.pipe_file(path, json.dumps({"host": "other", "pid": 7, "at": time.time(), "token": "y"}).encode())
    with pytest.raises(DataError, match="process 7 on other at it too"):
        lease.check()
    lease.release()
    fs.invalidate_cache()
    assert fs.exists(path), "the other one's lease stays"


def test_of_two_runs_at_the_same_instant_one_holds_it(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have seen that nobody is at it, and only then the first of them puts its file."""
    place = f"{root}/instant/lease.json"
    held: list[Lease] = []

    def meanwhile(_self: Lease) -> None:
        with monkeypatch.context() as second:
            second.setattr(Lease, "_remove", lambda _self: None)
            held.append(Lease("out", place))

    with monkeypatch.context() as first:
        first.setattr(Lease, "_remove", meanwhile)
        with pytest.raises(DataError, match=rf"got process {os.getpid()} on \S+ at it \d+ s ago"):
            Lease("out", place)
    held[0].check()
    held[0].release()


def test_who_has_lost_it_stops_at_the_next_part(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tithi.pipeline.lease._EVERY", 0.01)
    out = f"{root}/lost/corpus"
    with RemoteStore(out) as store:
        fs, path = fsspec.core.url_to_fs(f"{out}/.parts/lease.json")
        other = {"host": "other", "pid": 7, "at": time.time(), "token": "y"}
        assert store._lease is not None
        while not store._lease.lost:
            fs.pipe_file(path, json.dumps(other).encode())
        with pytest.raises(DataError, match="process 7 on other at it too; stop one"):
            store.finish("x.arrow", [b"x"])
    fs.invalidate_cache()
    assert fs.exists(path), "the other one's lease stays"


def test_what_is_not_ours_stays(root: str) -> None:
    out = f"{root}/theirs/corpus"
    fs, path = fsspec.core.url_to_fs(f"{out}/thesis.txt")
    fs.makedirs(path.rpartition("/")[0], exist_ok=True)
    fs.pipe_file(path, b"mine")
    with pytest.raises(UsageError, match=r"holds thesis\.txt and was not built by tithi"):
        build(entries(root, 1), out)
    assert names(out) == ["thesis.txt"]
    build(entries(root, 1), out, Settings(force=True))
    assert "thesis.txt" not in names(out)
    fs.pipe_file(path, b"mine")
    with pytest.raises(UsageError, match=r"holds thesis\.txt, which is not ours"):
        build(entries(root, 2), out)
    with pytest.raises(UsageError, match="must not hold what is read"):
        build(entries(root, 1), f"{root}/in", Settings(force=True))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nosuch://bucket/out", "must be a path, or an address such as s3:// that fsspec knows; got nosuch"),
        ("https://example.org/out", "must be an address of a file system; got https; fetch it first"),
        ("simplecache::memory://out", None),
        ("hdfs://127.0.0.1:1/out", None),
        ("oss://bucket/out", "needs a package for oss; got Install ossfs"),
    ],
)
def test_addresses_that_lead_nowhere_are_told(address: str, said: str | None) -> None:
    with pytest.raises(TithiError) as told:
        build(read_manifest(manifest()), address)
    assert said is None or said in str(told.value)
    assert "\n" not in str(told.value)
    assert not Path(address.partition("/")[0]).exists()


def test_an_article_that_is_not_there_is_a_reject(root: str, tmp_path: Path) -> None:
    lines = f"a\t{root}/in/none.hi\t{root}/in/none.en\n"
    good = entries(root, 1)[0]
    (tmp_path / "pairs.tsv").write_text(f"{lines}b\t{good.hi.path}\t{good.en.path}\n", encoding="utf-8")
    built = build(read_manifest(tmp_path / "pairs.tsv"), tmp_path / "out")
    assert built.rejects == 1
    told = (tmp_path / "out/rejects.jsonl").read_text(encoding="utf-8")
    assert f"{root}/in/none.hi: no such file; check the path" in told


def test_heaps_are_not_read_again_when_a_build_goes_on(
    root: str, tmp_path: Path, aligned: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    heaps, out = (f"{root}/in/pages/hi", f"{root}/in/pages/en"), f"{root}/heaps/corpus"
    with pytest.raises(RuntimeError, match="power cut"):
        build_heaps(
            *heaps, out, Settings(shard=4, progress=lambda items: dying([*islice(items, 6)], RuntimeError("power cut")))
        )
    aligned.clear()
    caplog.set_level("INFO", "tithi")
    built = build_heaps(*heaps, out, SHARD)
    assert (built.reused, len(aligned)) == (8, 7)
    assert sum("0 documents read, 20 that were read before used again" in line for line in caplog.messages) == 2
    assert "the matching that was finished before is used again" in caplog.messages
    build_heaps(*heaps, tmp_path / "local/corpus")
    assert digests(out, tmp_path / "corpus") == file_digests(tmp_path / "local/corpus")


@pytest.mark.parametrize("moment", ["fetched", "made"])
def test_a_full_disk_here_is_told_as_such(root: str, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    out = f"{root}/full-{moment}/corpus"
    build(entries(root, 1), out, SHARD)

    def full(*_given: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    name = "tithi.addresses.Path.open" if moment == "fetched" else "tithi.corpus.shards.ShardWriter._write_group"
    monkeypatch.setattr(name, full)
    here = tempfile.gettempdir() if moment == "fetched" else f"{out}, made in {tempfile.gettempdir()}"
    with pytest.raises(DataError, match=rf"^{here}: cannot be written; got No space left on device; free some space"):
        build(entries(root, 2), out, SHARD)


def test_what_a_killed_run_left_on_this_disk_goes(root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in ("tithi-dead", "tithi-young", "tithi-other", "mine"):
        (tmp_path / name).mkdir()
        (tmp_path / name / ("file" if name == "tithi-other" else "lock")).write_text("process 7\n", encoding="utf-8")
    with RemoteStore(f"{root}/left/one") as alive:
        for folder in (alive.out.parent, tmp_path / "tithi-dead", tmp_path / "mine"):
            os.utime(folder / "lock", (0, 0))
        with RemoteStore(f"{root}/left/two"):
            assert alive.pages.is_dir()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "tithi-other", "tithi-young"]
