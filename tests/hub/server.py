"""A small Hub on loopback, for the unmodified `huggingface_hub` and `datasets` clients.

    with HubServer() as hub:
        # HF_ENDPOINT=hub.url, HF_HUB_DISABLE_XET=1, HF_TOKEN=TOKEN
        ...
        assert hub.repos["asha/lake"].tags

It keeps dataset repositories in memory: commits with their parent, branches, tags, files as git blobs or LFS objects.
It checks what the Hub checks (token, owner, parent commit, LFS digests) and says no as the Hub does, through the status
and `X-Error-Code`. `fail`, `drop` and `stall` make it misbehave. It has no Xet, no pull requests, no gating and no web
pages.
"""

import base64
import hashlib
import json
import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import parse_qs, unquote, urlsplit

__all__ = ["READ_TOKEN", "TOKEN", "Commit", "Fault", "HubServer", "Repo", "Stored"]

TOKEN: Final = "hf_testtokenofasha"
READ_TOKEN: Final = "hf_readonlytokenofasha"
_REPO: Final = r"(?P<repo>[\w.-]+/[\w.-]+)"
_LFS_BYTES: Final = 10 << 20
_PAGE: Final = 4


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in a commit."""

    content: bytes
    lfs: bool

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def blob(self) -> str:
        """Git's id of the blob; of an LFS file the blob is its pointer."""
        content = self.content
        if self.lfs:
            content = (
                f"version https://git-lfs.github.com/spec/v1\noid sha256:{self.sha256}\nsize {len(content)}\n".encode()
            )
        return hashlib.sha1(b"blob %d\0%s" % (len(content), content)).hexdigest()

    @property
    def etag(self) -> str:
        return self.sha256 if self.lfs else self.blob


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its id, its parent's, the message and all files."""

    oid: str
    parent: str | None
    summary: str
    description: str
    files: dict[str, Stored]


@dataclass(slots=True)
class Repo:
    """A dataset repository."""

    private: bool
    commits: list[Commit] = field(default_factory=list)
    branches: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def head(self) -> Commit:
        return self.commits[-1]

    @property
    def files(self) -> dict[str, bytes]:
        return {name: stored.content for name, stored in self.head.files.items()}

    def commit(self, changed: dict[str, Stored | None], summary: str, description: str = "") -> Commit:
        """Add a commit on the main branch; None removes a file."""
        parent = self.head.oid if self.commits else None
        files = dict(self.head.files) if self.commits else {}
        for name, stored in changed.items():
            if stored is None:
                del files[name]
            else:
                files[name] = stored
        told = json.dumps([parent, summary, len(self.commits), sorted((n, s.etag) for n, s in files.items())])
        made = Commit(hashlib.sha1(told.encode()).hexdigest(), parent, summary, description, files)
        self.commits.append(made)
        self.branches["main"] = made.oid
        return made

    def at(self, revision: str) -> Commit | None:
        """Return the commit that a branch, a tag or an id names."""
        oid = self.branches.get(revision) or self.tags.get(revision) or revision
        return next((commit for commit in self.commits if commit.oid == oid), None)


@dataclass(slots=True)
class Fault:
    """What goes wrong with the next `times` requests of a method on a path: a status, None to hang up, 0 to be silent.

    `after`: first do what is asked, then fail, so that the client does not learn that it was done.
    """

    method: str
    path: str
    status: int | None
    times: int
    after: bool


class _RefusalError(Exception):
    def __init__(self, status: int, message: str, code: str | None = None) -> None:
        self.status, self.message, self.code = status, message, code


class HubServer:
    """The server; `requests` lists what was asked (`PUT /lfs/…`), `uploads` the LFS objects that travelled."""

    def __init__(self) -> None:
        self.users = {TOKEN: "write", READ_TOKEN: "read"}
        self.lock = threading.RLock()
        self.closing = threading.Event()
        self.forget()
        server = self

        class Handler(_Handler):
            hub = server

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def forget(self) -> None:
        """Be as new."""
        self.repos: dict[str, Repo] = {}
        self.objects: dict[str, bytes] = {}
        self.requests: list[str] = []
        self.uploads: list[str] = []
        self.unknown: list[str] = []
        self._faults: list[Fault] = []
        self._before_commit: Callable[[Repo], object] | None = None

    def fail(self, method: str, path: str, status: int = 500, *, times: int = 1, after: bool = False) -> None:
        """Answer the next `times` requests whose path holds `path` with `status`."""
        self._faults.append(Fault(method, path, status, times, after))

    def drop(self, method: str, path: str, *, times: int = 1, after: bool = False) -> None:
        """Hang up on the next `times` requests whose path holds `path`."""
        self._faults.append(Fault(method, path, None, times, after))

    def stall(self, method: str, path: str, *, times: int = 1) -> None:
        """Say nothing to the next `times` requests whose path holds `path`, for as long as the server lives."""
        self._faults.append(Fault(method, path, 0, times, after=False))

    def before_commit(self, act: Callable[[Repo], object]) -> None:
        """Call `act` once, just before the next commit is looked at: someone else was faster."""
        self._before_commit = act

    def interfere(self, repo: Repo) -> None:
        act, self._before_commit = self._before_commit, None
        if act is not None:
            act(repo)

    def fault(self, method: str, path: str) -> Fault | None:
        with self.lock:
            for fault in self._faults:
                if fault.times and fault.method == method and fault.path in path:
                    fault.times -= 1
                    return fault
        return None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    hub: HubServer
    body: bytes

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._serve()

    do_HEAD = do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815

    def _serve(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self.body = self._body()
        self.hub.requests.append(f"{self.command} {path}")
        fault = self.hub.fault(self.command, path)
        if fault is not None and not fault.after:
            self._misbehave(fault)
            return
        try:
            with self.hub.lock:
                answer = self._answer(path)
        except _RefusalError as refusal:
            headers = {"X-Error-Message": refusal.message}
            if refusal.code is not None:
                headers["X-Error-Code"] = refusal.code
            answer = refusal.status, json.dumps({"error": refusal.message}).encode(), headers
        if fault is not None:
            self._misbehave(fault)
        else:
            self._send(*answer)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _misbehave(self, fault: Fault) -> None:
        if fault.status == 0:
            self.hub.closing.wait()
            self.close_connection = True
        elif fault.status is None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        else:
            self._send(fault.status, b'{"error": "Internal trouble"}', {})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _answer(self, path: str) -> tuple[int, bytes, dict[str, str]]:
        for methods, pattern, name in _ROUTES:
            match = re.fullmatch(pattern, path)
            if match and self.command in methods:
                made = getattr(self, f"_{name}")(**match.groupdict())
                return made if isinstance(made, tuple) else (200, json.dumps(made).encode(), {})
        self.hub.unknown.append(f"{self.command} {path}")
        raise _RefusalError(404, "Not found")

    # Who is asking, and for what.

    def _role(self) -> str | None:
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        if token and token not in self.hub.users:
            raise _RefusalError(401, "Invalid credentials in Authorization header")
        return self.hub.users.get(token)

    def _readable(self, repo: str) -> Repo:
        role, found = self._role(), self.hub.repos.get(repo)
        if found is None or (found.private and role is None):
            raise _RefusalError(401 if role is None else 404, "Repository not found", "RepoNotFound")
        return found

    def _writable(self, repo: str) -> Repo:
        found, role = self._readable(repo), self._role()
        if role is None:
            raise _RefusalError(401, "Invalid username or password.")
        if role != "write" or not repo.startswith("asha/"):
            raise _RefusalError(403, "You don't have the rights to write to this repository")
        return found

    def _at(self, repo: str, revision: str) -> Commit:
        found = self._readable(repo).at(revision)
        if found is None:
            raise _RefusalError(404, f"Invalid rev id: {revision}", "RevisionNotFound")
        return found

    # What the Hub answers.

    def _whoami(self) -> object:
        role = self._role()
        if role is None:
            raise _RefusalError(401, "Invalid username or password.")
        return {"type": "user", "name": "asha", "orgs": [], "auth": {"accessToken": {"role": role}}}

    def _create(self) -> object:
        asked, role = json.loads(self.body), self._role()
        name = f"{asked.get('organization') or 'asha'}/{asked['name']}"
        if role is None:
            raise _RefusalError(401, "Invalid username or password.")
        if role != "write" or not name.startswith("asha/"):
            raise _RefusalError(403, f"You don't have the rights to create a dataset under {name.partition('/')[0]}")
        if name in self.hub.repos:
            raise _RefusalError(409, "You already created this dataset repo")
        made = Repo(private=asked.get("visibility") == "private" or bool(asked.get("private")))
        made.commit(
            {".gitattributes": Stored(b"*.parquet filter=lfs diff=lfs merge=lfs -text\n", False)}, "initial commit"
        )
        self.hub.repos[name] = made
        return {"url": f"{self.hub.url}/datasets/{name}", "name": name, "id": name}

    def _validate(self) -> object:
        content = json.loads(self.body)["content"]
        if not content.startswith("---\n"):
            told = {"errors": [{"message": "metadata is missing"}], "warnings": []}
            return 400, json.dumps(told).encode(), {}
        return {"errors": [], "warnings": []}

    def _info(self, repo: str, revision: str | None = None) -> object:
        found, commit = self._readable(repo), self._at(repo, revision or "main")
        return {
            "_id": "0" * 24,
            "id": repo,
            "author": "asha",
            "sha": commit.oid,
            "private": found.private,
            "gated": False,
            "disabled": False,
            "downloads": 0,
            "likes": 0,
            "tags": [],
            "lastModified": "2026-01-01T00:00:00.000Z",
            "createdAt": "2026-01-01T00:00:00.000Z",
            "siblings": [{"rfilename": name} for name in sorted(commit.files)],
        }

    def _refs(self, repo: str) -> object:
        found = self._readable(repo)
        branches = [
            {"name": name, "ref": f"refs/heads/{name}", "targetCommit": oid} for name, oid in found.branches.items()
        ]
        tags = [{"name": name, "ref": f"refs/tags/{name}", "targetCommit": oid} for name, oid in found.tags.items()]
        return {"branches": branches, "tags": tags, "converts": [], "pullRequests": []}

    def _tree(self, repo: str, revision: str, path: str | None = None) -> object:
        commit, query = self._at(repo, revision), parse_qs(urlsplit(self.path).query)
        prefix = f"{path}/" if path else ""
        under = {name: stored for name, stored in commit.files.items() if name.startswith(prefix)}
        if path and not under:
            raise _RefusalError(404, f"{path} does not exist on {revision}", "EntryNotFound")
        recursive = query.get("recursive", ["false"])[0].lower() in ("true", "1")
        entries: dict[str, object] = {}
        for name in sorted(under):
            parts = name[len(prefix) :].split("/")
            for depth in range(1, len(parts) if recursive else min(2, len(parts))):
                folder = prefix + "/".join(parts[:depth])
                entries[folder] = {"type": "directory", "path": folder, "size": 0, "oid": "0" * 40}
            if recursive or len(parts) == 1:
                entries[name] = _entry(name, under[name])
        start = int(query.get("cursor", ["0"])[0])
        headers = {}
        if start + _PAGE < len(entries):
            rest = f"{self.hub.url}{urlsplit(self.path).path}?recursive={recursive}&cursor={start + _PAGE}"
            headers["Link"] = f'<{rest}>; rel="next"'
        return 200, json.dumps(list(entries.values())[start : start + _PAGE]).encode(), headers

    def _paths(self, repo: str, revision: str) -> object:
        commit = self._at(repo, revision)
        form = parse_qs(self.body.decode()) if not self.body.startswith(b"{") else json.loads(self.body)
        entries: list[object] = []
        for path in form.get("paths", []):
            if path in commit.files:
                entries.append(_entry(path, commit.files[path]))
            elif any(name.startswith(f"{path}/") for name in commit.files):
                entries.append({"type": "directory", "path": path, "size": 0, "oid": "0" * 40})
        return entries

    def _preupload(self, repo: str, revision: str) -> object:
        self._writable(repo)
        files = self._at(repo, revision).files
        modes = []
        for file in json.loads(self.body)["files"]:
            lfs = file["path"].endswith(".parquet") or file["size"] > _LFS_BYTES
            known = files.get(file["path"])
            told = {"path": file["path"], "uploadMode": "lfs" if lfs else "regular", "shouldIgnore": False}
            ignored = files.get(".gitignore")
            if ignored is not None and file["path"] in ignored.content.decode().split("\n"):
                told["shouldIgnore"] = True
            modes.append(told if known is None else {**told, "oid": known.etag})
        return {"files": modes}

    def _batch(self, repo: str) -> object:
        self._writable(repo)
        objects = []
        for item in json.loads(self.body)["objects"]:
            told = {"oid": item["oid"], "size": item["size"]}
            if item["oid"] not in self.hub.objects:
                verify = {"href": f"{self.hub.url}/lfs/verify"}
                told["actions"] = {"upload": {"href": f"{self.hub.url}/lfs/{item['oid']}"}, "verify": verify}
            objects.append(told)
        return {"transfer": "basic", "objects": objects}

    def _put(self, oid: str) -> object:
        if hashlib.sha256(self.body).hexdigest() != oid:
            raise _RefusalError(400, "The content does not have this SHA-256")
        self.hub.objects[oid] = self.body
        self.hub.uploads.append(oid)
        return {}

    def _verify(self) -> object:
        asked = json.loads(self.body)
        if len(self.hub.objects.get(asked["oid"], b"")) != asked["size"]:
            raise _RefusalError(404, "No such object")
        return {}

    def _commit(self, repo: str, revision: str) -> object:
        found = self._writable(repo)
        assert revision == "main"
        self.hub.interfere(found)
        changed: dict[str, Stored | None] = {}
        header: dict[str, Any] = {}
        for line in self.body.splitlines():
            item = json.loads(line)
            key, value = item["key"], item["value"]
            if key == "header":
                header = value
            elif key == "file":
                changed[value["path"]] = Stored(base64.b64decode(value["content"]), False)
            elif key == "lfsFile":
                if value["oid"] not in self.hub.objects:
                    raise _RefusalError(400, f"LFS object {value['oid']} is not there")
                changed[value["path"]] = Stored(self.hub.objects[value["oid"]], True)
            elif key == "deletedFile":
                if value["path"] not in found.head.files:
                    raise _RefusalError(404, "A file with this name doesn't exist", "EntryNotFound")
                changed[value["path"]] = None
        if header.get("parentCommit", found.head.oid) != found.head.oid:
            raise _RefusalError(412, "A commit has happened since. Please refresh and try again.")
        made = found.commit(changed, header["summary"], header.get("description", ""))
        url = f"{self.hub.url}/datasets/{repo}/commit/{made.oid}"
        return {"success": True, "commitOid": made.oid, "commitUrl": url}

    def _tag(self, repo: str, revision: str) -> object:
        found, commit, name = self._writable(repo), self._at(repo, revision), json.loads(self.body)["tag"]
        if name in found.tags:
            raise _RefusalError(409, "Tag already exists")
        found.tags[name] = commit.oid
        return {}

    def _untag(self, repo: str, revision: str) -> object:
        if self._writable(repo).tags.pop(revision, None) is None:
            raise _RefusalError(404, f"Invalid rev id: {revision}", "RevisionNotFound")
        return {}

    def _branch(self, repo: str, revision: str) -> object:
        found = self._writable(repo)
        if revision in found.branches:
            raise _RefusalError(409, "Branch already exists")
        start = json.loads(self.body or b"{}").get("startingPoint", "main")
        found.branches[revision] = self._at(repo, start).oid
        return {}

    def _resolve(self, repo: str, revision: str, path: str) -> object:
        commit = self._at(repo, revision)
        headers = {"X-Repo-Commit": commit.oid, "Accept-Ranges": "bytes", "Content-Type": "application/octet-stream"}
        stored = commit.files.get(path)
        if stored is None:
            told = {**headers, "X-Error-Code": "EntryNotFound", "X-Error-Message": "Entry not found"}
            return 404, b"Entry not found", told
        headers["ETag"] = f'"{stored.etag}"'
        if stored.lfs:
            headers.update({"X-Linked-Etag": f'"{stored.etag}"', "X-Linked-Size": str(len(stored.content))})
        wanted = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range") or "")
        if wanted is None:
            return 200, stored.content, headers
        size = len(stored.content)
        first = int(wanted[1]) if wanted[1] else max(0, size - int(wanted[2]))
        last = min(int(wanted[2]), size - 1) if wanted[1] and wanted[2] else size - 1
        if first >= size:
            return 416, b"", {"Content-Range": f"bytes */{size}"}
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
        return 206, stored.content[first : last + 1], headers


def _entry(name: str, stored: Stored) -> dict[str, object]:
    told: dict[str, object] = {"type": "file", "path": name, "size": len(stored.content), "oid": stored.blob}
    if stored.lfs:
        told["lfs"] = {"oid": stored.sha256, "size": len(stored.content), "pointerSize": 130}
    return told


_ROUTES: Final = (
    (("GET",), "/api/whoami-v2", "whoami"),
    (("POST",), "/api/repos/create", "create"),
    (("POST",), "/api/validate-yaml", "validate"),
    (("GET",), f"/api/datasets/{_REPO}", "info"),
    (("GET",), f"/api/datasets/{_REPO}/revision/(?P<revision>.+)", "info"),
    (("GET",), f"/api/datasets/{_REPO}/refs", "refs"),
    (("GET",), f"/api/datasets/{_REPO}/tree/(?P<revision>[^/]+)(?:/(?P<path>.+))?", "tree"),
    (("POST",), f"/api/datasets/{_REPO}/paths-info/(?P<revision>[^/]+)", "paths"),
    (("POST",), f"/api/datasets/{_REPO}/preupload/(?P<revision>[^/]+)", "preupload"),
    (("POST",), f"/api/datasets/{_REPO}/commit/(?P<revision>[^/]+)", "commit"),
    (("POST",), f"/api/datasets/{_REPO}/tag/(?P<revision>[^/]+)", "tag"),
    (("DELETE",), f"/api/datasets/{_REPO}/tag/(?P<revision>[^/]+)", "untag"),
    (("POST",), f"/api/datasets/{_REPO}/branch/(?P<revision>[^/]+)", "branch"),
    (("POST",), f"/datasets/{_REPO}\\.git/info/lfs/objects/batch", "batch"),
    (("POST",), "/lfs/verify", "verify"),
    (("PUT",), "/lfs/(?P<oid>[0-9a-f]{64})", "put"),
    (("GET", "HEAD"), f"/datasets/{_REPO}/resolve/(?P<revision>[^/]+)/(?P<path>.+)", "resolve"),
)
