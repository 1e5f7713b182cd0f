"""What a dataset folder is: known later by its marker file, with the names that stand in it.

The marker, `tithi.json`, holds the SHA-256 of every file, so that later commands can tell whether tithi built a folder
and what changed since. How a folder comes into its place is told in `corpus.staged`.
"""

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tithi.addresses import is_address
from tithi.errors import DataError, UsageError

__all__ = [
    "KEPT",
    "MARKER",
    "PARTS",
    "REJECTS",
    "UNMATCHED",
    "Marker",
    "changes",
    "dataset_files",
    "file_digest",
    "file_digests",
    "read_marker",
    "refuse_address",
    "refuse_input",
    "refuse_unloadable",
    "resolved",
    "signature_line",
    "write_marker",
    "writing",
]

MARKER: Final = "tithi.json"
REJECTS: Final = "rejects.jsonl"
"""The list of pairs that were not built: it names files of the machine it was built on, and is never published."""
UNMATCHED: Final = "unmatched.jsonl"
"""The list of articles without partner, which names such files too."""
KEPT: Final = ("review.sqlite", "review.sqlite-wal", "review.sqlite-shm")
"""What people decided on a dataset: no part of a build, so it stays when the dataset is built again."""
PARTS: Final = ".parts"
"""The folder of the finished work that a dataset was made of, for the next build: no part of the dataset either."""
_FORMAT: Final = 1
_DETAIL: Final = re.compile(r".*\[errno \d+\] ")  # pyarrow tells it within a sentence of its own
_UNLOADABLE: Final = re.compile(r"[*?\[\]]|::")
_ADDRESS: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/(?:/|[^/\\])")


@dataclass(frozen=True, slots=True)
class Marker:
    """What a dataset folder says of itself.

    `files` maps the name of every file but the marker to its SHA-256; `version` is made from the data files' digests;
    `signature` names the versions and settings that made the alignment.
    """

    version: str
    signature: str
    settings: Mapping[str, object]
    files: Mapping[str, str]


@contextlib.contextmanager
def writing(out: str | Path) -> Iterator[None]:
    """Turn a failing disk (full, read-only, too large a file) into a `DataError` that names `out`."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or _DETAIL.sub("", str(error))
        raise DataError(f"{out}: cannot be written; got {reason}; free some space or choose another folder") from error


def refuse_unloadable(out: str | Path) -> None:
    """Raise `UsageError` if the path of a dataset holds `*`, `?`, `[`, `]` or `::`, which `datasets` expands."""
    if odd := _UNLOADABLE.search(os.path.realpath(out)):
        raise UsageError(f"{out}: the output's path must not hold {odd[0]}, load_dataset cannot open it; rename it")


def refuse_input(out: str | Path, path: str | Path) -> None:
    """Make sure that replacing the folder `out` does not delete the file at `path`, followed through all links.

    Raises:
        UsageError: `out` is the file or a link to it, or holds it or a link to it.
    """
    if is_address(out):
        if is_address(path) and f"{path}/".startswith(f"{str(out).rstrip('/')}/"):
            raise UsageError(f"{out}: the output must not hold what is read; got {path} in it; choose another name")
        return
    place = resolved(out)
    given = Path(path)
    for found in (Path(os.path.realpath(given)), Path(os.path.realpath(given.parent), given.name)):
        if found.is_relative_to(place):
            raise UsageError(
                f"{out}: the output must not hold what is read; got {path} in it, which replacing it would delete;"
                " choose another name"
            )


def refuse_address(place: str | Path) -> None:
    """Make sure that a place is a path: `s3://bucket/news` would make a folder called `s3:`.

    Raises:
        UsageError: It is an address.
    """
    if found := _ADDRESS.match(str(place)):
        raise UsageError(
            f"{place}: must be a path on this machine; got an address of {found[1]}; use a path and copy, or"
            " mount it; docs/howto/build.md tells what takes addresses"
        )


def resolved(out: str | Path) -> Path:
    """Return where an output is, all links followed.

    Raises:
        UsageError: It is an address, or a link that leads back to itself.
    """
    refuse_address(out)
    place = Path(os.path.realpath(out))
    if any(part.is_symlink() for part in (place, *place.parents)):
        raise UsageError(f"{out}: the output must be a folder; got a link that leads back to itself; remove it")
    return place


def file_digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file in `folder` that is the dataset's, by its name relative to it, sorted."""
    return {name: file_digest(folder / name) for name in dataset_files(folder)}


def dataset_files(folder: Path) -> list[str]:
    """Return the names of the files in a folder that are neither the marker nor kept beside the dataset."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    return sorted(name for name in names if name not in (MARKER, *KEPT) and not name.startswith(f"{PARTS}/"))


def write_marker(folder: Path, marker: Marker) -> None:
    """Write the marker file into `folder`."""
    fields = {
        "format": _FORMAT,
        "version": marker.version,
        "signature": marker.signature,
        "settings": dict(marker.settings),
        "files": dict(marker.files),
    }
    text = json.dumps(fields, ensure_ascii=False, indent=2) + "\n"
    (folder / MARKER).write_text(text, encoding="utf-8", newline="\n")


def read_marker(out: str | Path) -> Marker:
    """Return the marker of a dataset folder.

    Raises:
        DataError: `out` is missing, or is no folder that tithi built.
        UsageError: `out` is an address.
    """
    refuse_address(out)
    path = Path(out, MARKER)
    try:
        fields: Any = json.loads(path.read_text(encoding="utf-8"))
        if fields["format"] != _FORMAT:
            raise DataError(f"{path}: must have format {_FORMAT}; got {fields['format']!r}; build the dataset again")
        files = {str(name): str(digest) for name, digest in fields["files"].items()}
        return Marker(str(fields["version"]), str(fields["signature"]), dict(fields["settings"]), files)
    except OSError:
        raise DataError(f"{out}: must be a dataset built by tithi; got no {MARKER} in it; check the path") from None
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        raise DataError(
            f"{path}: must be the marker of a dataset; got something else; build the dataset again"
        ) from None


def changes(out: str | Path) -> list[str]:
    """Return how a dataset folder differs from what was built, one `name: reason` a file; empty when it is untouched.

    Raises:
        DataError: `out` is no dataset built by tithi.
    """
    built = read_marker(out).files
    found = file_digests(Path(out))
    lines = []
    for name in sorted({*built, *found}):
        if name not in found:
            lines.append(f"{name}: missing")
        elif name not in built:
            lines.append(f"{name}: added")
        elif built[name] != found[name]:
            lines.append(f"{name}: changed")
    return lines


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def signature_line(settings: Mapping[str, object]) -> str:
    """Return the versions and settings that made an alignment on one line: `tithi:0.1.0|encoder:lexical`."""
    from importlib.metadata import version

    return "|".join(f"{key}:{value}" for key, value in {"tithi": version("tithi"), **settings}.items())
