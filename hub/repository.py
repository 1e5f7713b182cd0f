"""A dataset repository on the Hub, through `huggingface_hub`: what it holds, and one commit to it.

Whatever goes wrong (no network, a token that is not accepted, another's commit) becomes one line. The token is handed
to the client and goes nowhere else: not into a message, a log or a file.
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tithi.errors import DataError, UsageError

if TYPE_CHECKING:
    from huggingface_hub.errors import HfHubHTTPError

__all__ = ["Hub", "Remote", "RemoteFile", "StaleParentError", "UnreachableError", "git_blob"]

_PART: Final = r"(?!\S*(?:--|\.\.))[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?(?<!\.git)"
_REPO: Final = re.compile(f"{_PART}/{_PART}")
_TOKEN: Final = re.compile(r"[\x21-\x7e]+")
_MESSAGE_LIMIT: Final = 200
_TIMEOUT: Final = (10.0, 120.0, 120.0, 120.0)
"""Seconds to connect, and of silence while reading, writing and waiting for a connection."""


class UnreachableError(DataError):
    """The Hub did not answer, hung up or was in trouble itself: what was asked may or may not have been done."""


class StaleParentError(DataError):
    """The repository has a newer commit than the one that was looked at."""


_REFUSALS: Final[Mapping[int, tuple[type[DataError], str]]] = {
    401: (DataError, "the Hub does not accept the access token (401); log in again: `hf auth login`"),
    403: (DataError, "the access token may not write there (403); use one with write access"),
    404: (DataError, "not found on the Hub (404), or the token may not see it; check the name"),
    412: (
        StaleParentError,
        "has changed on the Hub meanwhile (412), so nothing was published; look, and publish again",
    ),
    429: (UnreachableError, "the Hub asks to wait (429); publish again later"),
}


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of the repository: its size in bytes and its SHA-256, or git's blob id (SHA-1) when it is no LFS file."""

    size: int
    digest: str
    is_lfs: bool


@dataclass(frozen=True, slots=True)
class Remote:
    """A repository as it stands: its newest commit, whether it is private, its files and its tags (name to commit)."""

    commit: str
    private: bool
    files: Mapping[str, RemoteFile]
    tags: Mapping[str, str]

    def holds(self, sha256: str) -> bool:
        """Return whether an LFS object with this content is there, under any name; the Hub asks for none twice."""
        return any(file.is_lfs and file.digest == sha256 for file in self.files.values())


class Hub:
    """One dataset repository, `user/name`.

    Args:
        repo: Its name.
        token: An access token; None: the one of the environment (`HF_TOKEN`) or of `hf auth login`.
        reading: Nothing will be written, so that no token is needed; without one only what is public is seen.

    Raises:
        UsageError: `repo` is no such name, there is no token, or the token cannot be one.
    """

    def __init__(self, repo: str, token: str | None = None, *, reading: bool = False) -> None:
        from huggingface_hub import HfApi, get_token

        if not _REPO.fullmatch(repo):
            raise UsageError(f"{repo!r}: the repository must be user/name, of letters, digits, . _ -; give such a name")
        self.repo = repo
        with self._told():
            token = token or get_token()
        self.anonymous = token is None
        if token is None and not reading:
            raise UsageError(f"{repo}: needs an access token; got none; run `hf auth login` or set HF_TOKEN")
        if token is not None and not _TOKEN.fullmatch(token):
            raise UsageError(f"{repo}: the access token must be ASCII without blanks; got others; copy it again")
        self._api = HfApi(token=False if token is None else token, library_name="tithi")

    @property
    def url(self) -> str:
        """The repository's page."""
        return f"{self._api.endpoint}/datasets/{self.repo}"

    def look(self) -> Remote | None:
        """Return the repository as it stands; None when there is none (or the token must not see it).

        Raises:
            DataError: The Hub cannot be asked, or does not accept the token.
        """
        from huggingface_hub.errors import RepositoryNotFoundError
        from huggingface_hub.hf_api import RepoFile

        with self._told():
            if not self.anonymous:
                self._api.whoami()
            try:
                info = self._api.dataset_info(self.repo)
            except RepositoryNotFoundError:
                return None
            commit = str(info.sha)
            entries = self._api.list_repo_tree(self.repo, repo_type="dataset", revision=commit, recursive=True)
            files = {
                entry.path: RemoteFile(entry.size, entry.lfs.sha256 if entry.lfs else entry.blob_id, bool(entry.lfs))
                for entry in entries
                if isinstance(entry, RepoFile)
            }
            tags = {
                tag.name: tag.target_commit for tag in self._api.list_repo_refs(self.repo, repo_type="dataset").tags
            }
        return Remote(commit, bool(info.private), files, tags)

    def read(self, name: str, commit: str) -> bytes:
        """Return the content of a small file at a commit."""
        from huggingface_hub import HfFileSystem

        with self._told():
            files = HfFileSystem(endpoint=self._api.endpoint, token=self._api.token, skip_instance_cache=True)
            content: bytes = files.read_bytes(f"datasets/{self.repo}@{commit}/{name}")
        return content

    def create(self, *, private: bool) -> None:
        """Make the repository."""
        with self._told():
            self._api.create_repo(self.repo, repo_type="dataset", private=private)

    def commit(
        self, added: Mapping[str, Path | bytes], removed: Sequence[str], parent: str, message: str, description: str
    ) -> str:
        """Add, replace and remove files in one commit on top of `parent`, and return its id.

        Raises:
            StaleParentError: `parent` is no longer the newest commit; nothing was changed.
            UnreachableError: The Hub failed or hung up; the commit was made as a whole or not at all.
            DataError: The Hub refused; nothing was changed.
        """
        from huggingface_hub import CommitOperationAdd, CommitOperationDelete

        with self._told():
            made = self._api.create_commit(
                self.repo,
                [
                    *(CommitOperationAdd(name, content) for name, content in added.items()),
                    *(CommitOperationDelete(name, is_folder=False) for name in removed),
                ],
                commit_message=message,
                commit_description=description,
                repo_type="dataset",
                parent_commit=parent,
            )
        return str(made.oid)

    def tag(self, name: str, commit: str) -> None:
        """Give a commit a name."""
        with self._told():
            self._api.create_tag(self.repo, tag=name, revision=commit, repo_type="dataset")

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the client raises into one line, and have it wait for a silent Hub no longer than `_TIMEOUT`."""
        from huggingface_hub import get_session
        from huggingface_hub.errors import HfHubHTTPError

        # The client's transport (requests, httpx, httpx2) has changed with its versions; its errors share this base.
        failures: tuple[type[Exception], ...] = (HfHubHTTPError.__bases__[0], OSError, RuntimeError, ValueError)
        # Most calls take no timeout of their own and wait as long as the client of this process does.
        client = get_session()
        before, client.timeout = client.timeout, _TIMEOUT
        try:
            yield
        except failures as error:
            # An upload's own error is wrapped once more by the client.
            cause: BaseException = error
            while isinstance(cause, RuntimeError) and cause.__cause__ is not None:
                cause = cause.__cause__
            if isinstance(cause, HfHubHTTPError):
                raise self._refused(cause) from None
            raise self._failed(cause) from None
        finally:
            client.timeout = before

    def _refused(self, error: "HfHubHTTPError") -> DataError:
        """Return what an HTTP error means here."""
        status, said = error.response.status_code, _line(error.server_message or "no reason")
        if status in _REFUSALS:
            kind, reason = _REFUSALS[status]
            return kind(f"{self.repo}: {reason}")
        if status >= 500:
            return UnreachableError(f"{self.repo}: the Hub is in trouble ({status}: {said}); publish again later")
        return DataError(f"{self.repo}: the Hub refuses ({status}: {said}); correct that and publish again")

    def _failed(self, error: BaseException) -> DataError:
        """Return what an error of the network or the disk means here."""
        from huggingface_hub.errors import OfflineModeIsEnabled

        if isinstance(error, OfflineModeIsEnabled):
            return UnreachableError(f"{self.repo}: the Hub is switched off by HF_HUB_OFFLINE; unset it")
        if isinstance(error, OSError) and error.filename is not None:
            reason = error.strerror or "trouble"
            return DataError(f"{os.fspath(error.filename)!s}: cannot be read or written; got {reason}; check it")
        if isinstance(error, ValueError):
            return DataError(f"{self.repo}: the Hub's answer was not understood; got {_line(str(error))}; try again")
        return UnreachableError(
            f"{self.repo}: the Hub cannot be reached; got {type(error).__name__}; check the network and publish again"
        )


def git_blob(content: bytes) -> str:
    """Return the id that git gives a file's content: the SHA-1 of `blob SIZE`, NUL and the content, in hexadecimal."""
    return hashlib.sha1(b"blob %d\0%s" % (len(content), content), usedforsecurity=False).hexdigest()


def _line(text: str) -> str:
    """Return a server's words on one line, cut to a readable length."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= _MESSAGE_LIMIT else line[: _MESSAGE_LIMIT - 1] + "…"
