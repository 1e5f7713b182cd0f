"""A dataset at an address, and the finished work for it: built on this machine's disk, put there when it is whole.

    OUT/.parts/lease.json       who is at it, see `pipeline.lease`
    OUT/.parts/….arrow          the files of parts, each named by the digest of its keys, put by whoever made it
    OUT/.parts/….json           says that the file of the same name is finished, and with which keys
    OUT/.parts/manifest.jsonl   what OUT is made of, as `pipeline.store` writes it
    OUT/.parts/next.json        the files that are being put into OUT now
    OUT/tithi.json              the marker, put last: what it names is the dataset

A part file without its `.json`, or unlike the digest in it, was not finished. Files are put one by one, and those that
are the same stay: until the marker is there, readers may meet new files beside old ones, which the marker tells apart.
"""

import json
import logging
import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tithi.addresses import at, brought, files_below, filesystem, is_address, opened, put, reached
from tithi.corpus.folder import KEPT, MARKER, PARTS, Marker, file_digest, read_marker, write_marker, writing
from tithi.errors import TithiError, UsageError
from tithi.pipeline.held import leave, scratch
from tithi.pipeline.lease import Lease
from tithi.pipeline.store import Finished, Place, Store, read_line

__all__ = ["RemoteStore", "store_at"]

_LOGGER: Final = logging.getLogger("tithi")
_ARTICLES: Final = "data/articles/"
_MANIFEST: Final = "manifest.jsonl"
_NEXT: Final = "next.json"
_RECORD: Final = r"\.parts/[0-9a-f]+\.arrow\.json"


def store_at(out: str | Path, *, force: bool = False) -> "Store | RemoteStore":
    """Return the store for a path, or for an address.

    Raises:
        UsageError: See both.
        DataError: See both.
    """
    return RemoteStore(str(out), force=force) if is_address(out) else Store(out)


class RemoteStore:
    """The finished work of builds into an address, held by one at a time.

    `out` is the folder on this machine in which the dataset is made, with what the next one has to know of the one that
    is there; `folder` is where parts are put; `pages` is a folder for what waits meanwhile.

    Raises:
        UsageError: What is there was not built by tithi (and no `force`), or it is no address that can be used.
        DataError: Another build holds it, or it cannot be read or written.
    """

    def __init__(self, address: str, *, force: bool = False) -> None:
        self.address = address.rstrip("/")
        self.folder = str(at(self.address, PARTS))
        with writing(tempfile.gettempdir()):
            self._here, self._held = scratch()
        self.out = self._here / (self.address.rpartition("/")[2] or "corpus")
        self.pages = self._here / ".pages"
        self._known: dict[bytes, tuple[str, int]] = {}
        self._finished: dict[str, Finished] = {}
        self._used: tuple[str, ...] = ()
        self._lease: Lease | None = None
        self._whole = False
        try:
            with writing(self.address):
                self._lease = Lease(self.address, str(at(self.folder, "lease.json")))
                self._there = files_below(self.address)
                self._before = self._fetch_dataset(force=force)
                self._fetch_lines()
                self.pages.mkdir()
        except BaseException:
            self._leave()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let another build have it; what is finished stays for the next run."""
        self._leave()
        if not self._whole and self._finished:
            kept = len(self._finished)
            _LOGGER.warning("%s: %d finished shards are kept; the same command goes on from them", self.address, kept)
        if isinstance(error, TithiError) and (out := str(self.out)) in (said := str(error)):
            full = said.startswith(f"{out}: cannot be written")
            name = f"{self.address}, made in {self._here.parent}" if full else self.address
            raise type(error)(said.replace(out, name)) from None

    def seen(self, path: Path) -> str:
        """Return where those who make parts see a file that was found."""
        return str(at(self.folder, path.name))

    def find(self, key: bytes) -> Place | None:
        """Return where the part with this key is on this machine, None when it is not finished.

        Raises:
            DataError: The address cannot be read.
        """
        while (found := self._known.get(key)) is not None:
            name, row = found
            path = self._here / name
            if path.exists() or self._fetch(name, path):
                return path, row
            for lost in self._finished.pop(name).keys:
                if self._known.get(lost, ("", 0))[0] == name:
                    del self._known[lost]
        return None

    def finish(self, name: str, keys: Sequence[bytes]) -> None:
        """Take a file in `folder` as finished; it holds the parts with these keys, in order.

        Raises:
            DataError: The address or this disk cannot be written, or another run has taken the address.
        """
        assert self._lease is not None
        if self._lease.lost:
            self._lease.check()
        with writing(self.address):
            brought(at(self.folder, name), self._here / name)
            finished = Finished(name, file_digest(self._here / name), tuple(keys))
            put(str(at(self.folder, f"{name}.json")), finished.line().encode())
        self._learn(finished)

    def keep(self, folder: Path, used: Iterable[Path]) -> None:  # noqa: ARG002
        """Take note of the files that the dataset in `folder` was made of; they are there already."""
        self._used = tuple(dict.fromkeys(path.name for path in used))

    def end(self) -> None:
        """Put the dataset in `out` to the address, the marker last, and forget the parts that it is not made of.

        Raises:
            DataError: Another run has taken the address, or it cannot be written.
        """
        marker = read_marker(self.out)
        changed = [name for name, digest in marker.files.items() if self._before.get(name) != digest]
        gone = [name for name in self._there if _is_ours(name) and name not in marker.files]
        with writing(self.address):
            assert self._lease is not None
            self._lease.check()
            put(str(at(self.folder, _NEXT)), json.dumps(sorted({*changed, *gone})).encode())
            for name in changed:
                self._copy_there(name)
            self._copy_there(MARKER)
            self._remove([self._there[name] for name in gone])
            lines = "".join(f"{self._finished[name].line()}\n" for name in self._used)
            put(str(at(self.folder, _MANIFEST)), lines.encode())
            kept = {*self._used, _MANIFEST, "lease.json"}
            old = [name for name in files_below(self.folder) if name not in kept]
            self._remove([str(at(self.folder, name)) for name in old])
        self._whole = True
        _LOGGER.info("%s: written, %d files put and %d removed", self.address, len(changed), len(gone))

    def _fetch_dataset(self, *, force: bool) -> dict[str, str]:
        """Return the digests of the files that are there as the marker says, and bring what the next build asks for."""
        if MARKER not in self._there:
            if (names := [name for name in self._there if _is_ours(name)]) and not (force or self._unsettled(names)):
                raise UsageError(
                    f"{self.address}: the output holds {names[0]} and was not built by tithi; choose another name or"
                    " replace all with --force"
                )
            return {}
        brought(self._there[MARKER], self.out / MARKER)
        marker = read_marker(self.out)
        unsettled = self._unsettled(self._there)
        for name in self._there:
            if _is_ours(name) and name not in marker.files and name not in unsettled and not force:
                raise UsageError(f"{self.address}: the output holds {name}, which is not ours; move it or use --force")
            if name.startswith(_ARTICLES) or name in KEPT:
                brought(self._there[name], self.out / name)
        # An end that was cut off has left articles of both versions, all in their splits; what is there counts.
        articles = {name: file_digest(self.out / name) for name in self._there if name.startswith(_ARTICLES)}
        write_marker(self.out, Marker(marker.version, marker.signature, marker.settings, articles))
        return {name: digest for name, digest in marker.files.items() if name in self._there and name not in unsettled}

    def _unsettled(self, names: Iterable[str]) -> set[str]:
        """Return which files were being put when a run was cut off."""
        place = self._there.get(f"{PARTS}/{_NEXT}")
        if place is None:
            return set()
        with opened(place) as file:
            return {*map(str, json.loads(file.read()))} & {*names}

    def _fetch_lines(self) -> None:
        manifest = self._there.get(f"{PARTS}/{_MANIFEST}")
        records = [place for name, place in self._there.items() if re.fullmatch(_RECORD, name)]
        fs, _ = filesystem(self.address)
        with reached():
            paths = [filesystem(place)[1] for place in ([manifest] if manifest else []) + records]
            texts = fs.cat(paths) if paths else {}
        for text in texts.values() if isinstance(texts, dict) else [texts]:
            for line in text.decode("utf-8", "replace").splitlines():
                if (finished := read_line(line)) is not None:
                    self._learn(finished)

    def _fetch(self, name: str, path: Path) -> bool:
        """Bring a finished file here; False when it is gone or is not what was finished."""
        with writing(self.address):
            try:
                brought(at(self.folder, name), path)
            except FileNotFoundError:
                return False
        if file_digest(path) == self._finished[name].sha256:
            return True
        path.unlink()
        return False

    def _learn(self, finished: Finished) -> None:
        self._finished[finished.name] = finished
        self._known.update({key: (finished.name, row) for row, key in enumerate(finished.keys)})

    def _copy_there(self, name: str) -> None:
        fs, path = filesystem(str(at(self.address, name)))
        with reached():
            fs.makedirs(path.rpartition("/")[0], exist_ok=True)
            fs.put_file(str(self.out / name), path)

    def _remove(self, places: Sequence[str]) -> None:
        if places:
            fs, _ = filesystem(self.address)
            with reached():
                fs.rm([filesystem(place)[1] for place in places])

    def _leave(self) -> None:
        if self._lease is not None:
            self._lease.release()
        leave(self._here, self._held)


def _is_ours(name: str) -> bool:
    """Return whether a file is the dataset's, as `corpus.folder.dataset_files` has it."""
    return name not in (MARKER, *KEPT) and not name.startswith(f"{PARTS}/")
