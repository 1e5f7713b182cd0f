import datetime
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import traceback
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.builders import lake, plain
from tests.hub.server import READ_TOKEN, TOKEN, HubServer, Stored
from tithi.cli.main import main
from tithi.corpus.bounds import Bound
from tithi.corpus.columns import COLUMNS
from tithi.corpus.diff import diff
from tithi.corpus.folder import MARKER, changes, read_marker
from tithi.corpus.recorded import recorded
from tithi.corpus.stored import stored_rows
from tithi.corpus.write import DatasetWriter
from tithi.errors import DataError, UsageError
from tithi.hub.publish import Release, publish
from tithi.hub.repository import StaleParentError, UnreachableError, git_blob
from tithi.pipeline.build import build as pipeline_build
from tithi.records import Quality, Reject, Source
from tithi.sources.manifest import read_manifest

# The client's own upload passes `data=` to its transport, which would rather have `content=`.
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=<...>' to upload raw bytes:DeprecationWarning")

LICENSED = Source("lake.txt", publisher="Tal", licence="CC BY 4.0")
REPO = "asha/lake-corpus"


def build(
    folder: Path, *, quality: float = 0.9, articles: int = 2, source: Source = LICENSED, rejects: int = 0
) -> Path:
    with DatasetWriter(folder, settings={"encoder": "tithi"}) as writer:
        for number in range(articles):
            words = " ".join(f"w{number}x{i}" for i in range(24))
            writer.add(lake(f"lake{number}", source=source, suffix=f" {words}"), [Quality(quality), Quality(0.5)])
        for number in range(rejects):
            writer.reject(Reject(f"pairs.jsonl:{number + 1}", None, "no such file"))
        writer.close()
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Four builds: `again` differs from `first` in the qualities alone; `large` has three splits and rejects."""
    folder = tmp_path_factory.mktemp("built")
    return {
        "first": build(folder / "first"),
        "again": build(folder / "again", quality=0.8),
        "large": build(folder / "large", articles=30, rejects=1),
        "unlicensed": build(folder / "unlicensed", source=Source("x", publisher="Tal")),
    }


@pytest.fixture(scope="module")
def server() -> Iterator[HubServer]:
    from huggingface_hub import close_session

    with HubServer() as server:
        yield server
        close_session()


@pytest.fixture
def hub(server: HubServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> HubServer:
    """An empty server that the client of this process talks to, as HF_ENDPOINT and the others make a new process do."""
    from huggingface_hub import constants

    server.forget()
    template = constants.HUGGINGFACE_CO_URL_TEMPLATE.replace(constants.ENDPOINT, server.url)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
    monkeypatch.setattr(constants, "ENDPOINT", server.url)
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "token"))
    monkeypatch.setattr(constants, "HF_STORED_TOKENS_PATH", str(tmp_path / "stored_tokens"))
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    return server


def environment(hub: HubServer, home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "HUGGING_FACE"))}
    ours = {"HF_ENDPOINT": hub.url, "HF_HUB_DISABLE_XET": "1", "HF_TOKEN": TOKEN, "HF_HOME": str(home)}
    return {**kept, **ours, "PYTHONUTF8": "1"}


def in_fresh_process(hub: HubServer, home: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=environment(hub, home), cwd=home, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert TOKEN not in done.stdout + done.stderr
    return done.stdout


def test_a_stranger_loads_what_was_published(hub: HubServer, built: dict[str, Path], tmp_path: Path) -> None:
    """The whole journey with clients that know nothing of this test: two versions, the snippet, a tag, a stream."""
    for name in ("first", "again"):
        arguments = ("-m", "tithi.cli.main", "publish", str(built[name]), "--repo", REPO, "--tag", name)
        told = in_fresh_process(hub, tmp_path, *arguments)
        assert told.splitlines()[-1].startswith(f"{hub.url}/datasets/{REPO} is at ")
    repo = hub.repos[REPO]
    assert repo.private
    card = repo.files["README.md"].decode()
    (snippet,) = re.findall(r"```python\n(.*?)```", card, re.DOTALL)
    assert str(built["first"].parent) not in card
    code = f"""
{snippet}
import json
first = load_dataset({REPO!r}, split="train", revision="first")
stream = load_dataset({REPO!r}, "articles", split="train", streaming=True)
rows = load_dataset({REPO!r}, split="train", streaming=True)
print(json.dumps([pairs[:]["quality"], first[:]["quality"], [row["id"] for row in stream], next(iter(rows))["date"]]))
"""
    told = in_fresh_process(hub, tmp_path, "-c", code)
    now, before, articles, date = json.loads(told.splitlines()[-1])
    assert now == pytest.approx([0.8, 0.5] * 2)
    assert before == pytest.approx([0.9, 0.5] * 2)
    assert articles == ["lake0", "lake1"]
    assert date is None
    assert any(asked.startswith("HEAD /datasets/asha/lake-corpus/resolve/first/") for asked in hub.requests)
    assert [path for path in hub.unknown if "agent-harnesses" not in path] == []
    assert not any(TOKEN in path.read_text(errors="ignore") for path in tmp_path.rglob("*") if path.is_file())


def test_publishing_makes_one_private_commit_and_a_tag(hub: HubServer, built: dict[str, Path]) -> None:
    made = publish(built["first"], REPO)
    repo = hub.repos[REPO]
    assert repo.private
    assert made.created
    assert [commit.summary for commit in repo.commits] == ["initial commit", made.message]
    assert made.commit == repo.head.oid
    assert made.tag == f"v{datetime.datetime.now(datetime.UTC):%Y.%m.%d}"
    assert repo.tags == {made.tag: repo.head.oid}
    assert set(repo.files) == {".gitattributes", *made.sent}
    assert {"charts/time.svg", "charts/sources.svg"} <= set(repo.files)
    marker = read_marker(built["first"])
    assert made.message == f"Dataset {marker.version}: 4 sentences, 8 segments, 2 articles, 6 unaligned"
    assert "- data/sentences/train-00000.parquet" in repo.head.description
    for name in marker.files:
        same = repo.files[name] == (built["first"] / name).read_bytes()
        assert same == (name not in ("README.md", "croissant.json"))


def test_what_was_published_is_a_dataset_folder(hub: HubServer, built: dict[str, Path], tmp_path: Path) -> None:
    publish(built["first"], REPO)
    for name, content in hub.repos[REPO].files.items():
        if name != ".gitattributes":
            (tmp_path / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "copy" / name).write_bytes(content)
    assert changes(tmp_path / "copy") == []
    assert publish(tmp_path / "copy", REPO, dry_run=True).sent == {}


def test_publishing_again_changes_nothing(hub: HubServer, built: dict[str, Path]) -> None:
    first = publish(built["first"], REPO)
    uploads = len(hub.uploads)
    again = publish(built["first"], REPO)
    assert (again.commit, again.tag, again.sent, again.removed) == (first.commit, first.tag, {}, ())
    assert len(hub.repos[REPO].commits) == 2
    assert len(hub.uploads) == uploads == 4
    named = publish(built["first"], REPO, Release(tag="v1.0"))
    assert hub.repos[REPO].tags == {first.tag: first.commit, "v1.0": named.commit}


def test_only_the_changed_shard_travels(hub: HubServer, built: dict[str, Path]) -> None:
    first = publish(built["first"], REPO)
    hub.uploads.clear()
    again = publish(built["again"], REPO)
    assert set(again.sent) == {"README.md", "croissant.json", "tithi.json", "data/sentences/train-00000.parquet"}
    assert hub.uploads == [read_marker(built["again"]).files["data/sentences/train-00000.parquet"]]
    assert again.tag == f"{first.tag}.1"
    assert again.message.endswith(": 4 sentences (+0), 8 segments (+0), 2 articles (+0), 6 unaligned (+0)")


def test_a_grown_dataset_sends_what_is_new_and_keeps_its_splits(hub: HubServer, tmp_path: Path) -> None:
    """Built again with more articles into its own folder, and published again: the way of a corpus that grows."""
    from huggingface_hub import RepoCard

    out = build(tmp_path / "out", articles=30)
    publish(out, REPO)
    before, splits = read_marker(out), recorded(out).splits
    shutil.copytree(out, tmp_path / "before")
    build(out, articles=40)
    grown, made = read_marker(out), publish(out, REPO)
    assert (before.version.split(".")[1], grown.version.split(".")[1]) == ("0", "1")
    assert {name: recorded(out).splits[name] for name in splits} == splits
    assert len(set(splits.values())) == 3
    same = {name for name, digest in grown.files.items() if before.files.get(name) == digest}
    assert same
    assert not same & set(made.sent)
    assert {name for name in grown.files if name.startswith("data/")} - same <= set(made.sent)
    infos = RepoCard(hub.repos[REPO].files["README.md"].decode()).data["dataset_info"]
    for info in infos:
        told = {split["name"]: split["num_examples"] for split in info["splits"]}
        rows = {name: sum(1 for _ in stored_rows(out, info["config_name"], split=name)) for name in told}
        assert told == rows
        assert info["version"] == grown.version
    changes_of_pairs = list(diff(tmp_path / "before", out))
    assert {change.kind for change in changes_of_pairs} == {"added"}
    assert not {change.new.article_id for change in changes_of_pairs if change.new} & set(splits)


def test_files_that_others_before_them_push_back_do_not_travel_again(
    hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Articles come in at the front: the files behind have other names and are there already."""
    monkeypatch.setattr("tithi.corpus.parts.BATCH", Bound("batch", 1, 2, 4))
    monkeypatch.setattr("tithi.corpus.shards._FILE", Bound("file", 1_500, 1_500, 6_000))

    def built_of(*numbers: int) -> Path:
        with DatasetWriter(tmp_path / "out") as writer:
            for number in numbers:
                writer.add(plain(f"n{number}", f"खबर{number}क ख{number} ग{number} घ{number}।", f"S{number} b{number}."))
            writer.close()
        return tmp_path / "out"

    publish(built_of(*range(100, 160)), REPO)
    before = {stored.sha256 for stored in hub.repos[REPO].head.files.values()}
    hub.uploads.clear()
    assert main(["publish", str(built_of(*range(20), *range(100, 160))), "--repo", REPO, "--dry-run"]) == 0
    told = capsys.readouterr().out
    made = publish(tmp_path / "out", REPO)
    files = read_marker(tmp_path / "out").files
    assert made.held
    assert set(hub.uploads) == {files[name] for name in made.sent if name.endswith(".parquet")}
    assert {files[name] for name in made.held} <= before
    assert all(f"would put {name}, which the repository holds under another name\n" in told for name in made.held)
    assert publish(tmp_path / "out", REPO).sent == {}


def test_what_is_no_longer_there_goes(hub: HubServer, built: dict[str, Path]) -> None:
    publish(built["large"], REPO)
    repo = hub.repos[REPO]
    repo.commit({"LICENSE": Stored(b"CC BY 4.0", False)}, "Add the licence")
    made = publish(built["first"], REPO)
    gone = {f"data/{of}/{split}-00000.parquet" for of in ("articles", "segments", "sentences", "unaligned")
            for split in ("validation", "test")}  # fmt: skip
    assert set(made.removed) == gone
    assert set(repo.files) == {".gitattributes", "LICENSE", *read_marker(built["first"]).files, MARKER}
    assert "4 sentences (-27)" in made.message


def test_nothing_of_the_builders_machine_travels(hub: HubServer, tmp_path: Path) -> None:
    """Paths stand in no file that is published, not even those of pairs that could not be built."""
    folder = tmp_path / "a very private folder"
    folder.mkdir()
    (folder / "lake.hi.txt").write_text("तालाब गहरा हुआ।\n", encoding="utf-8")
    (folder / "lake.en.txt").write_text("The pond grew deeper.\n", encoding="utf-8")
    (folder / "blank.txt").write_text("\n", encoding="utf-8")
    rows = [{"id": name, "hi": f"{name}.hi.txt", "en": f"{name}.en.txt"} for name in ("lake", "gone")]
    rows.append({"id": "blank", "hi": "blank.txt", "en": "lake.en.txt"})
    (folder / "pairs.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    out = pipeline_build(read_manifest(folder / "pairs.jsonl"), folder / "out").out
    assert folder.name in (out / "rejects.jsonl").read_text(encoding="utf-8")
    made = publish(out, REPO)
    assert "rejects.jsonl" not in made.sent
    for name, content in hub.repos[REPO].files.items():
        (tmp_path / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "copy" / name).write_bytes(content)
        assert folder.name.encode() not in content, name
    assert changes(tmp_path / "copy") == [".gitattributes: added"]
    cells = [str(row) for config in COLUMNS for row in stored_rows(tmp_path / "copy", config)]
    assert len(cells) == 3
    assert not any(folder.name in cell for cell in cells)


def test_rejects_that_were_published_before_go(hub: HubServer, built: dict[str, Path]) -> None:
    publish(built["large"], REPO)
    repo = hub.repos[REPO]
    marker = json.loads(repo.files[MARKER])
    listed = b'{"where": "/home/asha/pairs.jsonl:3"}\n'
    marker["files"]["rejects.jsonl"] = sha256(listed).hexdigest()
    earlier: dict[str, Stored | None] = {
        "rejects.jsonl": Stored(listed, False),
        MARKER: Stored(json.dumps(marker).encode(), False),
    }
    repo.commit(earlier, "As earlier versions of tithi published")
    assert publish(built["large"], REPO).removed == ("rejects.jsonl",)


def test_a_dry_run_changes_nothing_and_tells_what_would_go(hub: HubServer, built: dict[str, Path]) -> None:
    would = publish(built["first"], REPO, dry_run=True)
    assert hub.repos == {}
    assert all(asked.startswith("GET ") for asked in hub.requests)
    done = publish(built["first"], REPO)
    assert would.commit is None
    assert (would.created, would.sent, would.message, would.tag) == (True, done.sent, done.message, done.tag)
    publish(built["again"], REPO, dry_run=True)
    assert len(hub.repos[REPO].commits) == 2


def test_public_needs_every_licence(hub: HubServer, built: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(DataError) as refused:
        publish(built["unlicensed"], REPO, Release(public=True))
    assert "needs the licence of every article; got none for 2 of 2: lake0 (hi, en), lake1 (hi, en);" in str(
        refused.value
    )
    unknown = build(tmp_path / "unknown", source=Source("x", licence=" Unknown "))
    with pytest.raises(DataError, match="needs the licence"):
        publish(unknown, REPO, Release(public=True))
    assert hub.requests == []
    assert hub.repos == {}
    publish(built["first"], REPO, Release(public=True))
    assert not hub.repos[REPO].private


def test_visibility_is_never_changed_in_passing(hub: HubServer, built: dict[str, Path]) -> None:
    publish(built["first"], REPO)
    with pytest.raises(UsageError, match="is private, and what it held before would become public too"):
        publish(built["again"], REPO, Release(public=True))
    hub.repos[REPO].private = False
    with pytest.raises(UsageError, match="is public; publish with --public, or make it private"):
        publish(built["again"], REPO)
    assert len(hub.repos[REPO].commits) == 2
    publish(built["again"], REPO, Release(public=True))
    assert len(hub.repos[REPO].commits) == 3


def test_what_others_changed_is_not_written_over(hub: HubServer, built: dict[str, Path]) -> None:
    publish(built["first"], REPO)
    repo = hub.repos[REPO]
    shard = "data/sentences/train-00009-of-00010.parquet"
    theirs = {"README.md": Stored(b"---\n---\nmine", False), shard: Stored(b"PAR1", True), "metrics.json": None}
    repo.commit(theirs, "A person's work")
    with pytest.raises(DataError) as refused:
        publish(built["again"], REPO)
    assert (
        "must hold only what tithi published; got README.md: changed on the Hub,"
        f" {shard}: not published by tithi, metrics.json: removed on the Hub; take that over" in str(refused.value)
    )
    assert len(repo.commits) == 3
    made = publish(built["again"], REPO, Release(force=True))
    assert made.removed == (shard,)
    assert set(repo.files) == {".gitattributes", *read_marker(built["again"]).files, MARKER}


@pytest.mark.parametrize("card", [b"# Mine", b"---\ndataset_info: [1, {\n---\n", b"\xff\xfe"])
def test_a_repository_of_others_is_not_taken_over(hub: HubServer, built: dict[str, Path], card: bytes) -> None:
    publish(built["first"], REPO)
    hub.repos[REPO].commit({MARKER: Stored(b"[]", False), "README.md": Stored(card, False)}, "Other things")
    with pytest.raises(DataError, match=r"README\.md: not published by tithi"):
        publish(built["again"], REPO)
    made = publish(built["again"], REPO, Release(force=True))
    assert made.message.endswith(": 4 sentences, 8 segments, 2 articles, 6 unaligned")


def test_a_stale_parent_is_noticed(hub: HubServer, built: dict[str, Path]) -> None:
    publish(built["first"], REPO)
    repo = hub.repos[REPO]
    hub.before_commit(lambda repo: repo.commit({"NOTES.md": Stored(b"x", False)}, "Someone was faster"))
    with pytest.raises(StaleParentError, match=r"has changed on the Hub meanwhile \(412\)"):
        publish(built["again"], REPO)
    assert repo.head.summary == "Someone was faster"
    assert len(repo.tags) == 1
    publish(built["again"], REPO)
    assert "NOTES.md" in repo.files


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/whoami-v2", 500),
        ("POST", "/repos/create", 503),
        ("GET", "/refs", None),
        ("PUT", "/lfs/", 501),
        ("POST", "/validate-yaml", 500),
        ("POST", "/validate-yaml", None),
        ("POST", "/commit/", 500),
        ("POST", "/commit/", None),
        ("POST", "/tag/", 502),
        ("POST", "/tag/", None),
    ],
)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_failed_run_can_be_repeated(
    hub: HubServer, built: dict[str, Path], method: str, path: str, status: int | None, *, after: bool
) -> None:
    """Whatever fails, before or after the Hub did what was asked: at most one commit, and a second run completes it."""
    if status is None:
        hub.drop(method, path, after=after)
    else:
        hub.fail(method, path, status, after=after)
    lost_answer = path == "/commit/" and after
    if lost_answer:
        publish(built["first"], REPO)
    else:
        with pytest.raises(UnreachableError, match=f"{REPO}: the Hub (is in trouble|cannot be reached)"):
            publish(built["first"], REPO)
    made = publish(built["first"], REPO)
    repo = hub.repos[REPO]
    assert len(repo.commits) == 2
    assert repo.tags == {made.tag: repo.head.oid}
    assert len(hub.uploads) == len(set(hub.uploads)) == 4


@pytest.mark.skipif(version("huggingface_hub").startswith("1."), reason="early clients of 1.x give up at once")
def test_passing_trouble_is_sat_out(hub: HubServer, built: dict[str, Path]) -> None:
    """The client tries an upload again after a second."""
    hub.fail("PUT", "/lfs/", 500)
    publish(built["first"], REPO)
    assert len(hub.repos[REPO].commits) == 2
    assert len(hub.uploads) == 4


@pytest.mark.parametrize(("method", "path", "status"), [("PUT", "/lfs/", 501), ("POST", "/commit/", 403)])
def test_a_repository_that_was_made_and_stays_empty_is_told(
    hub: HubServer, built: dict[str, Path], method: str, path: str, status: int
) -> None:
    hub.fail(method, path, status)
    with pytest.raises(DataError) as refused:
        publish(built["first"], REPO)
    assert str(refused.value).endswith(
        f"; {REPO} was made before that and may be empty: publishing again fills it, or delete it in its settings"
    )
    assert set(hub.repos[REPO].files) == {".gitattributes"}
    hub.fail(method, path, status)
    with pytest.raises(DataError) as refused:
        publish(built["first"], REPO)
    assert "was made before" not in str(refused.value)


def test_a_hub_that_falls_silent_is_not_waited_for(
    hub: HubServer, built: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import get_session

    monkeypatch.setattr("tithi.hub.repository._TIMEOUT", (1.0, 0.3, 0.3, 1.0))
    before = get_session().timeout
    hub.stall("GET", "/whoami-v2")
    with pytest.raises(UnreachableError, match="cannot be reached; got ReadTimeout"):
        publish(built["first"], REPO)
    assert get_session().timeout == before
    hub.stall("POST", "/commit/")
    with pytest.raises(UnreachableError, match=r"got ReadTimeout; .* may be empty"):
        publish(built["first"], REPO)


def test_a_file_that_the_repository_ignores_is_told(hub: HubServer, built: dict[str, Path]) -> None:
    publish(built["first"], REPO)
    hub.repos[REPO].commit({".gitignore": Stored(b"data/sentences/train-00000.parquet\n", False)}, "Ignore")
    with pytest.raises(DataError, match=r"published without data/sentences/train-.*\.gitignore"):
        publish(built["again"], REPO)


@pytest.mark.usefixtures("hub")
def test_without_a_network(
    built: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(UnreachableError, match=r"cannot be reached; got ConnectError; check the network"):
        publish(built["first"], REPO)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(UnreachableError, match="is switched off by HF_HUB_OFFLINE"):
        publish(built["first"], REPO)
    would = publish(built["first"], REPO, dry_run=True)
    assert would.unseen == f"{REPO}: the Hub is switched off by HF_HUB_OFFLINE; unset it"
    assert {"README.md", "tithi.json", "data/sentences/train-00000.parquet"} <= set(would.sent)
    assert main(["publish", str(built["first"]), "--repo", REPO, "--dry-run"]) == 0
    assert capsys.readouterr().out.startswith(f"{would.unseen}; what follows is for a repository that holds nothing\n")


@pytest.mark.parametrize(
    "case",
    [
        (None, REPO, UsageError, r"needs an access token; got none; run `hf auth login` or set HF_TOKEN"),
        ("hf_wrongwrongwrong", REPO, DataError, r"does not accept the access token \(401\)"),
        ("hf_wrong\u0939\u093f", REPO, UsageError, "must be ASCII without blanks"),
        ("hf_wrong\x01wrong", REPO, UsageError, "must be ASCII without blanks"),
        (READ_TOKEN, REPO, DataError, r"may not write there \(403\)"),
        (TOKEN, "ravi/lake", DataError, r"may not write there \(403\)"),
    ],
)
def test_tokens_that_do_not_do(
    hub: HubServer,
    built: dict[str, Path],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    case: tuple[str | None, str, type[Exception], str],
) -> None:
    token, repo, kind, message = case
    caplog.set_level(logging.DEBUG)
    monkeypatch.delenv("HF_TOKEN")
    if token is not None:
        monkeypatch.setenv("HF_TOKEN", token)
    with pytest.raises(kind, match=message) as refused:
        publish(built["first"], repo)
    told = "".join(traceback.format_exception(refused.value, chain=True)) + caplog.text
    assert token is None or token not in told
    assert hub.repos == {}


def test_a_dry_run_needs_no_token(
    hub: HubServer, built: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(built["first"], REPO)
    head = hub.repos[REPO].head.oid
    monkeypatch.delenv("HF_TOKEN")
    assert main(["publish", str(built["again"]), "--repo", REPO, "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(
        "no access token: a private repository cannot be seen\nwould make asha/lake-corpus, private\n"
    )
    assert hub.repos[REPO].head.oid == head


def test_the_token_may_be_given(hub: HubServer, built: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_TOKEN")
    assert publish(built["first"], REPO, token=TOKEN).commit == hub.repos[REPO].head.oid


@pytest.mark.parametrize(
    "repo",
    ["", "lake", "/lake", "asha/", "a/b/c", "asha/la ke", "asha/झील", "asha/-x", "asha/x.", "asha/a--b", "asha/a..b",
     "asha/x.git", "../x", "asha/" + "x" * 97, "https://huggingface.co/datasets/a/b", "asha/lake\n"],
)  # fmt: skip
def test_names_that_are_no_repository(hub: HubServer, built: dict[str, Path], repo: str) -> None:
    with pytest.raises(UsageError, match="the repository must be user/name"):
        publish(built["first"], repo)
    assert hub.requests == []


@pytest.mark.parametrize("tag", ["", "main", ".x", "x.", "a..b", "v 1", "v1/2", "ट", "-v", "x" * 101])
def test_names_that_are_no_tag(built: dict[str, Path], tag: str) -> None:
    with pytest.raises(UsageError, match="a tag must be"):
        publish(built["first"], REPO, Release(tag=tag))


def test_a_tag_is_never_moved(hub: HubServer, built: dict[str, Path]) -> None:
    publish(built["first"], REPO, Release(tag="v1"))
    with pytest.raises(UsageError, match="the tag must be new; got v1, which names another commit"):
        publish(built["again"], REPO, Release(tag="v1"))
    assert len(hub.repos[REPO].commits) == 2


def test_a_message_of_ones_own(hub: HubServer, built: dict[str, Path]) -> None:
    publish(built["first"], REPO, Release(message="पहला संस्करण"))
    assert hub.repos[REPO].head.summary == "पहला संस्करण"


def test_only_what_was_built_is_published(hub: HubServer, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"must be a dataset built by tithi; got no tithi\.json"):
        publish(tmp_path, REPO)
    out = build(tmp_path / "out")
    shard = "data/sentences/train-00000.parquet"
    (out / shard).write_bytes(b"PAR1")
    (out / "metrics.json").unlink()
    (out / "secret.txt").write_text("x", encoding="utf-8")
    with pytest.raises(DataError) as refused:
        publish(out, REPO)
    got = f"must be as it was built; got {shard}: changed, metrics.json: missing, secret.txt: added; build"
    assert got in str(refused.value)
    assert hub.requests == []


def test_git_blob_is_what_git_says() -> None:
    assert git_blob(b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert git_blob(b"hello\n") == "ce013625030ba8dba906f756967f9e9ca394464a"
