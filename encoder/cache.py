"""Vectors kept on disk, so that a slow encoder reads a text once."""

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from tithi.encoder.protocol import Encoder, FloatArray
from tithi.errors import DataError
from tithi.records import Lang

__all__ = ["CachedEncoder"]

_LOOKUP = 500
_WRITE = 1024


@dataclass(frozen=True, slots=True, eq=False)
class CachedEncoder:
    """An encoder of pooling `"sentence"` whose vectors are kept in an SQLite file, keyed by model name and text digest.

    Several processes may share the file. Pieces' sums are quicker to make than to fetch, so a sum-pooled encoder is
    better used bare.
    """

    encoder: Encoder
    path: Path
    pooling: Literal["sentence"] = "sentence"

    @property
    def name(self) -> str:
        """The name of the encoder within."""
        return self.encoder.name

    @property
    def dim(self) -> int:
        """The number of components of a vector."""
        return self.encoder.dim

    def encode(self, texts: Sequence[str], lang: Lang) -> FloatArray:
        """Return `(n, d)` float32 unit rows, encoding only texts that the file does not hold.

        Raises:
            DataError: The file is no cache or cannot be written.
        """
        out = np.zeros((len(texts), self.dim), np.float32)
        keys = [self._key(text, lang) for text in texts]
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(self.path, timeout=60)
            try:
                known = self._known(database, sorted(set(keys)))
                missing = list({key: text for key, text in zip(keys, texts, strict=True) if key not in known}.items())
                for first in range(0, len(missing), _WRITE):
                    part = missing[first : first + _WRITE]
                    rows = self.encoder.encode([text for _, text in part], lang)
                    fresh = {key: row.tobytes() for (key, _), row in zip(part, rows, strict=True)}
                    with database:
                        database.executemany("insert or replace into vectors values (?, ?)", fresh.items())
                    known |= fresh
            finally:
                database.close()
        except (OSError, sqlite3.Error) as error:
            rule = f"{self.path}: a vector cache must be a writable SQLite file of tithi"
            raise DataError(f"{rule}; got {error}; delete it or name another") from error
        for index, key in enumerate(keys):
            out[index] = np.frombuffer(known[key], np.float32)
        return out

    def _known(self, database: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the stored vectors of `keys`; one of another length is as good as none."""
        database.execute("create table if not exists vectors (key blob primary key, vector blob) without rowid")
        known: dict[bytes, bytes] = {}
        for first in range(0, len(keys), _LOOKUP):
            part = keys[first : first + _LOOKUP]
            marks = ", ".join("?" * len(part))
            known.update(database.execute(f"select key, vector from vectors where key in ({marks})", part).fetchall())
        return {key: vector for key, vector in known.items() if len(vector) == 4 * self.dim}

    def _key(self, text: str, lang: Lang) -> bytes:
        content = f"{self.name}\0{lang}\0{text}".encode("utf-8", "surrogatepass")
        return hashlib.sha256(content).digest()
