"""What decides a part: an article pair's own bytes, the options, the models and tithi's own code.

Two builds that agree in all of it make the same part, so that one can use what the other finished.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from tithi.addresses import fingerprint, is_address
from tithi.records import Source
from tithi.sources.reading import row_at

__all__ = ["about_source", "code_digest", "digest", "file_content", "reading_digest"]

_ROOMS: Final = (
    "documents",
    "sources",
    "numerals",
    "dates",
    "encoder",
    "aligner",
    "evidence",
    "rules",
    "checks",
    "filters",
    "corpus",
    "eval",
    "review",
    "report",
    "pipeline",
)
_LIBRARIES: Final = ("tithi", "numpy", "numba", "pyarrow", "rapidfuzz", "sentencepiece")
_READERS: Final = (
    "ftfy",
    "lxml",
    "markdown-it-py",
    "pdf_oxide",
    "python-docx",
    "resiliparse",
    "trafilatura",
    "usearch",
)
_BYTES: Final = 16


def digest(*parts: object) -> bytes:
    """Return 16 bytes that tell apart what differs in any part: bytes, or what JSON can hold."""
    summed = hashlib.blake2b(digest_size=_BYTES)
    for part in parts:
        data = part if isinstance(part, bytes) else json.dumps(part, sort_keys=True).encode()
        summed.update(len(data).to_bytes(8))
        summed.update(data)
    return summed.digest()


@cache
def code_digest() -> bytes:
    """Return a digest of all that makes parts: the modules, tables and models of tithi, and the libraries' versions."""
    door = [files("tithi").joinpath(name) for name in ("records.py", "script.py", "addresses.py")]
    return digest([*map(_version, _LIBRARIES)], *_code(door, *map(_modules, _ROOMS)))


@cache
def reading_digest() -> bytes:
    """Return a digest of all that decides how heaps are read and matched, as `code_digest` of parts."""
    return digest(code_digest(), [*map(_version, _READERS)], *_code(_modules("matching")))


def file_content(paths: Iterable[str | Path]) -> Iterator[bytes]:
    """Yield the digest of each file, or of the line that begins at the byte which `FILE#byte=N` names.

    Raises:
        OSError: A file cannot be read.
    """
    for path in map(str, paths):
        file, _, start = path.partition("#byte=")
        if start.isdecimal() and not Path(path).exists():
            yield digest(row_at(file, int(start)))
        elif is_address(path):
            yield digest(fingerprint(path))
        else:
            with Path(path).open("rb") as whole:
                yield hashlib.file_digest(whole, "blake2b").digest()


def about_source(source: Source) -> dict[str, Any]:
    """Return what is published of a source: all but where it lies on this machine."""
    told = asdict(source)
    del told["path"]
    return told


def _modules(room: str) -> list[Any]:
    found = [file for file in files(f"tithi.{room}").iterdir() if file.is_file()]
    return sorted(found, key=lambda file: str(file.name))


def _code(*rooms: Iterable[Any]) -> Iterator[object]:
    for room in rooms:
        for file in room:
            yield file.name
            yield file.read_bytes()


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None
