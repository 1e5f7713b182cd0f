"""What must change in a repository on the Hub to make it a dataset, and what others did to it meanwhile.

Files are compared by digest: SHA-256 for what the Hub keeps as LFS objects, git's blob id for the rest.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tithi.corpus.card import repointed
from tithi.corpus.columns import COLUMNS
from tithi.corpus.croissant import CROISSANT, published_at
from tithi.corpus.folder import MARKER, REJECTS, UNMATCHED, Marker, read_marker, write_marker
from tithi.errors import DataError
from tithi.hub.repository import Hub, Remote, RemoteFile, git_blob

__all__ = ["CARD", "Changeset", "LocalFile", "changeset", "foreign", "local_files", "published_files"]

CARD: Final = "README.md"


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file that belongs into the repository: where it is or what it holds, its size in bytes and its SHA-256."""

    data: Path | bytes
    size: int
    sha256: str

    def content(self) -> bytes:
        """Return what it holds."""
        return self.data if isinstance(self.data, bytes) else self.data.read_bytes()

    def is_like(self, there: RemoteFile) -> bool:
        """Whether a file in the repository has the same content."""
        if there.size != self.size:
            return False
        return there.digest == (self.sha256 if there.is_lfs else git_blob(self.content()))


@dataclass(frozen=True, slots=True)
class Changeset:
    """The files to add or replace and those to remove; false when there are none."""

    added: Mapping[str, LocalFile]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def local_files(folder: Path, marker: Marker, repo: str, url: str) -> dict[str, LocalFile]:
    """Return what belongs into a repository, whose page is at `url`, by name.

    These are the built files but `rejects.jsonl` and `unmatched.jsonl`, which name paths of this machine, and what
    filters dropped; the card loads `repo` instead of the folder, `croissant.json` says where that is, and the
    marker tells of what is published.
    """
    files = {
        name: LocalFile(folder / name, (folder / name).stat().st_size, digest)
        for name, digest in marker.files.items()
        if name not in (REJECTS, UNMATCHED) and not name.startswith("rejects/")
    }
    if CARD in files:
        files[CARD] = _held(repointed((folder / CARD).read_text(encoding="utf-8"), repo).encode("utf-8"))
    if CROISSANT in files:
        text = (folder / CROISSANT).read_text(encoding="utf-8")
        files[CROISSANT] = _held(published_at(text, url).encode("utf-8", "backslashreplace"))
    with TemporaryDirectory() as made:
        write_marker(Path(made), replace(marker, files={name: file.sha256 for name, file in files.items()}))
        files[MARKER] = _held(Path(made, MARKER).read_bytes())
    return files


def changeset(files: Mapping[str, LocalFile], remote: Remote | None, published: Mapping[str, str]) -> Changeset:
    """Return what must change in a repository.

    What tithi published before and what `load_dataset` would take for a shard is removed when it is none of `files`;
    other files that people keep there (a licence, a picture) stay.

    Args:
        files: What belongs there.
        remote: The repository; None: there is none yet.
        published: What tithi published there, see `published_files`.
    """
    there = remote.files if remote is not None else {}
    added = {name: file for name, file in files.items() if name not in there or not file.is_like(there[name])}
    removed = [name for name in there if name not in files and (name in published or _is_shard(name))]
    return Changeset(added, tuple(sorted(removed)))


def published_files(hub: Hub, remote: Remote) -> Mapping[str, str]:
    """Return the SHA-256 of the files that tithi published last, by name; none if the repository has no marker."""
    if MARKER in remote.files:
        with TemporaryDirectory() as folder, suppress(DataError):
            Path(folder, MARKER).write_bytes(hub.read(MARKER, remote.commit))
            return read_marker(folder).files
    return {}


def foreign(hub: Hub, remote: Remote, published: Mapping[str, str], files: Mapping[str, LocalFile]) -> list[str]:
    """Return what others did to a repository that publishing `files` would undo, one `name: reason` a file."""
    lines = []
    for name in sorted({*remote.files, *published} - {MARKER}):
        there, mine = remote.files.get(name), files.get(name)
        if there is None:
            if mine is not None:
                lines.append(f"{name}: removed on the Hub")
        elif mine is None or not mine.is_like(there):
            if name in published:
                if published[name] != _digest(hub, remote, name, there):
                    lines.append(f"{name}: changed on the Hub")
            elif mine is not None or _is_shard(name):
                lines.append(f"{name}: not published by tithi")
    return lines


def _held(content: bytes) -> LocalFile:
    return LocalFile(content, len(content), sha256(content).hexdigest())


def _digest(hub: Hub, remote: Remote, name: str, there: RemoteFile) -> str:
    """Return the SHA-256 of a file in the repository; what is no LFS object is small, and read for it."""
    return there.digest if there.is_lfs else sha256(hub.read(name, remote.commit)).hexdigest()


def _is_shard(name: str) -> bool:
    """Return whether `load_dataset` would take a file for one of the dataset's shards."""
    return any(fnmatchcase(name, f"data/{config}/*.parquet") for config in COLUMNS)
