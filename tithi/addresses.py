"""Files at an address, `s3://bucket/news/pairs.jsonl`, by `fsspec`; what is no address is a path of this machine.

Every file system that fsspec knows will do, with its package beside (`s3fs`, `gcsfs`, `adlfs`); the web is none. A file
at an address is put as a whole; nothing is renamed, locked or appended to, for object stores can do none of it. What
fails there, for whatever reason, is an `OSError` with the reason in `strerror`, as for files of this machine.
"""

import contextlib
import errno
import io
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tithi.errors import DataError, TithiError, UsageError

__all__ = [
    "at",
    "brought",
    "files_below",
    "filesystem",
    "fingerprint",
    "is_address",
    "is_folder",
    "opened",
    "put",
    "reached",
]

_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.:-]+://")
_WEB: Final = {"http", "https", "ftp", "ftps", "data", "git", "github", "reference", "blockcache", "filecache"}
_TAGS: Final = ("ETag", "etag", "md5Hash", "content_md5")
_BLOCK: Final = 1 << 18
_CHUNK: Final = 1 << 20


def is_address(place: str | Path) -> bool:
    """Return whether a place is an address; a `Path` is none, it writes `s3:/bucket`."""
    return isinstance(place, str) and _ADDRESS.match(place) is not None


def at(folder: str | Path, name: str) -> str | Path:
    """Return the place of a file in a folder, which may be an address."""
    return folder / name if isinstance(folder, Path) else f"{folder.rstrip('/')}/{name}"


def filesystem(address: str) -> tuple[Any, str]:
    """Return the `fsspec` file system of an address, and the path in it.

    Raises:
        UsageError: fsspec knows no such file system, or it is the web or one within another.
        DataError: It needs a package that is not installed.
    """
    from fsspec.core import url_to_fs

    scheme = address.partition("://")[0].lower()
    if scheme in _WEB or "::" in address:
        raise UsageError(f"{address}: must be an address of a file system; got {scheme}; fetch it first")
    try:
        with reached():
            fs, path = url_to_fs(address, use_listings_cache=False)  # others put files there
    except ImportError as error:
        said = " ".join(str(error).split())[:120]
        raise DataError(f"{address}: needs a package for {scheme}; got {said}; pip install it") from None
    except ValueError:
        raise UsageError(
            f"{address}: must be a path, or an address such as s3:// that fsspec knows; got {scheme}; correct it"
        ) from None
    return fs, str(path)


def is_folder(place: str | Path) -> bool:
    """Return whether a place is a folder.

    Raises:
        OSError: The address cannot be reached.
        UsageError: See `filesystem`.
        DataError: See `filesystem`.
    """
    if not is_address(place):
        return Path(place).is_dir()
    fs, path = filesystem(str(place))
    with reached():
        return bool(fs.isdir(path))


@contextlib.contextmanager
def reached() -> Iterator[None]:
    """Turn whatever a far file system fails with into an `OSError` that tells the reason."""
    try:
        yield
    except (TithiError, ImportError, ValueError):
        raise
    except OSError as error:
        if error.strerror:
            raise
        if isinstance(error, FileNotFoundError):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)) from None
        kinds = (PermissionError, IsADirectoryError, FileExistsError)
        kind = next((kind for kind in kinds if isinstance(error, kind)), OSError)
        raise kind(error.errno or errno.EIO, _said(error)) from None
    except Exception as error:
        raise OSError(errno.EIO, _said(error)) from None


def opened(place: str | Path) -> io.BufferedReader:
    """Open a file for reading bytes.

    Raises:
        OSError: It cannot be read.
        UsageError: See `filesystem`.
        DataError: See `filesystem`.
    """
    if not is_address(place):
        return open(place, "rb")  # noqa: PTH123 - a third of the time of a Path; the caller closes it
    fs, path = filesystem(str(place))
    with reached():
        return io.BufferedReader(_Reader(fs.open(path, "rb", block_size=_BLOCK)), _BLOCK)


def put(place: str, data: bytes, *, new: bool = False) -> None:
    """Put a file at an address, as a whole; `new`: where none is yet, of two who do that at once one alone.

    Raises:
        FileExistsError: `new`, and there is one.
        OSError: It cannot be written.
    """
    fs, path = filesystem(place)
    with reached():
        fs.makedirs(path.rpartition("/")[0], exist_ok=True)
        fs.pipe_file(path, data, **({"mode": "create"} if new else {}))


def brought(place: str | Path, path: Path) -> None:
    """Copy a file to a path of this machine, in a folder that is made where there is none.

    Raises:
        OSError: The file cannot be read.
        DataError: This machine's disk is full.
    """
    with opened(place) as there:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            here = path.open("wb")
        except OSError as error:
            raise _full(error) from None
        with here:
            while data := there.read(_CHUNK):
                try:
                    here.write(data)
                    here.flush()
                except OSError as error:
                    raise _full(error) from None


def files_below(address: str) -> dict[str, str]:
    """Return the address of every file below an address by its name there, in the order of folders.

    The address of a file has that file alone, by an empty name.

    Raises:
        OSError: It cannot be listed.
    """
    fs, root = filesystem(address)
    with reached():
        root = root.rstrip("/")
        names = [str(path)[len(root) + 1 :] for path in fs.find(root)]
    names.sort(key=lambda name: name.split("/"))
    return {name: str(at(address, name)) if name else address for name in names}


def fingerprint(address: str) -> list[object]:
    """Return what changes when the content of a file does: its size and tag, or where there is no tag its bytes.

    Raises:
        OSError: It cannot be read.
    """
    import hashlib

    fs, path = filesystem(address)
    with reached():
        told = fs.info(path)
        for tag in _TAGS:
            if told.get(tag):
                return [told["size"], str(told[tag])]
    with opened(address) as file:
        return [hashlib.file_digest(file, "blake2b").hexdigest()]


class _Reader(io.RawIOBase):
    """A far file, whose failures are told as those of a near one."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with reached():
            data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        with reached():
            return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def _full(error: OSError) -> DataError:
    folder = tempfile.gettempdir()
    return DataError(
        f"{folder}: cannot be written; got {error.strerror}; free some space or name another folder in TMPDIR"
    )


def _said(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
