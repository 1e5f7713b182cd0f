"""Where decisions live: one SQLite file in WAL mode, each decision safe on the disk before it is called saved.

Nothing is deleted. Undoing marks a batch, redoing takes the mark back; what was undone before a new decision stays in
the history. `rev` counts every change, so that a window can be told what changed behind its back.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Self
from uuid import uuid4

from tithi.errors import DataError
from tithi.review.decisions import Decision, check

__all__ = ["FILE", "Store"]

FILE: Final = "review.sqlite"
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS decisions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, article TEXT NOT NULL,
    kind TEXT NOT NULL, data TEXT NOT NULL, digest TEXT NOT NULL, batch TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0, rev INTEGER NOT NULL, tab TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS by_article ON decisions (article, rev);
CREATE INDEX IF NOT EXISTS by_person ON decisions (who, undone, seq);
CREATE TABLE IF NOT EXISTS texts (digest TEXT PRIMARY KEY, hi TEXT NOT NULL, en TEXT NOT NULL);
"""
_COLUMNS: Final = "seq, at, who, article, kind, data, digest, batch, undone"
_PACE: Final = timedelta(minutes=10)


class Store:
    """The decisions on one dataset.

    Raises:
        DataError: The file cannot be opened or is no such file.
    """

    def __init__(self, path: str | Path, *, read_only: bool = False) -> None:
        self.path = Path(path)
        self._kept: set[str] = set()
        with self._telling():
            if read_only:
                self._db = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro", uri=True)
                self._db.execute("SELECT 1 FROM decisions LIMIT 1")
            else:
                self._db = sqlite3.connect(self.path, isolation_level=None)
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = FULL")
                self._db.execute("PRAGMA busy_timeout = 5000")
                self._db.executescript(_SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def rev(self, article: str | None = None) -> int:
        """Return the number of the last change, of an article or of all; 0 if there was none."""
        where, values = ("", ()) if article is None else ("WHERE article = ?", (article,))
        return int(self._one(f"SELECT coalesce(max(rev), 0) FROM decisions {where}", values))

    def add(
        self,
        items: Sequence[tuple[str, str, Mapping[str, Any]]],
        *,
        who: str,
        digests: Mapping[str, str],
        tab: str = "",
    ) -> list[Decision]:
        """Store decisions, `(article, kind, data)` each, as one batch; they are on the disk when this returns.

        Raises:
            DataError: One is not of its form, or the disk is full; then none is stored.
        """
        for _, kind, data in items:
            check(kind, data)
        now, batch = datetime.now(UTC).isoformat(timespec="milliseconds"), uuid4().hex
        stored = []
        with self._writing():
            rev = self.rev() + 1
            for article, kind, data in items:
                values = (now, who, article, kind, _json(data), digests[article], batch, rev, tab)
                seq = self._db.execute(
                    "INSERT INTO decisions (at, who, article, kind, data, digest, batch, rev, tab) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    values,
                ).lastrowid
                stored.append(Decision(int(seq or 0), now, who, article, kind, dict(data), digests[article], batch))
        return stored

    def keep_text(self, digest: str, hi: str, en: str) -> None:
        """Keep the texts that decisions with this digest speak of, so that their places can be found in later ones."""
        if digest not in self._kept:
            with self._writing():
                self._db.execute("INSERT OR IGNORE INTO texts VALUES (?, ?, ?)", (digest, hi, en))
            self._kept.add(digest)

    def text(self, digest: str) -> tuple[str, str] | None:
        """Return the Hindi and the English text with this digest, None if it is not known."""
        with self._telling():
            found: tuple[str, str] | None = self._db.execute(
                "SELECT hi, en FROM texts WHERE digest = ?", (digest,)
            ).fetchone()
        return found

    def undo(self, who: str, tab: str = "") -> list[Decision]:
        """Undo the last batch of a person that stands, and return it; empty when there is none."""
        return self._turn("WHERE who = ? AND undone = 0 ORDER BY seq DESC LIMIT 1", (who,), 1, tab)

    def redo(self, who: str, tab: str = "") -> list[Decision]:
        """Take back the last undoing of a person since their last decision, and return the batch that stands again."""
        last = "(SELECT coalesce(max(seq), 0) FROM decisions WHERE who = ? AND undone = 0)"
        return self._turn(f"WHERE who = ? AND undone = 1 AND seq > {last} ORDER BY seq LIMIT 1", (who, who), 0, tab)

    def decisions(self, article: str | None = None, *, history: bool = False) -> Iterator[Decision]:
        """Yield the decisions that stand, in order, of an article or of all; with `history` also those undone."""
        conditions, values = ([] if history else ["undone = 0"]), list[str]()
        if article is not None:
            conditions.append("article = ?")
            values.append(article)
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        with self._telling():
            for row in self._db.execute(f"SELECT {_COLUMNS} FROM decisions {where} ORDER BY seq", values):
                yield _decision(row)

    def changed_since(self, article: str, rev: int, tab: str) -> list[Decision]:
        """Return what other windows changed in an article after `rev`, undone or not."""
        query = f"SELECT {_COLUMNS} FROM decisions WHERE article = ? AND rev > ? AND tab <> ? ORDER BY seq"
        with self._telling():
            return [_decision(row) for row in self._db.execute(query, (article, rev, tab))]

    def pace(self, who: str) -> int:
        """Return how many beads a person judges in an hour, by the last ten minutes."""
        after = (datetime.now(UTC) - _PACE).isoformat(timespec="milliseconds")
        query = "SELECT count(*) FROM decisions WHERE who = ? AND undone = 0 AND kind = 'judge' AND at > ?"
        return int(self._one(query, (who, after))) * int(timedelta(hours=1) / _PACE)

    def export(self) -> Iterator[str]:
        """Yield everything as JSON lines: the texts first, then each decision with its history."""
        with self._telling():
            for digest, hi, en in self._db.execute("SELECT digest, hi, en FROM texts ORDER BY digest"):
                yield _json({"digest": digest, "hi": hi, "en": en})
            for decision in self.decisions(history=True):
                fields = {name: getattr(decision, name) for name in Decision.__dataclass_fields__}
                yield _json(fields)

    def load(self, lines: Iterable[str], where: str) -> int:
        """Add exported lines and return how many decisions were new: one known by person, time and data is not added.

        Raises:
            DataError: A line is not what `export` writes; then nothing is added.
        """
        known = {_identity(decision) for decision in self.decisions(history=True)}
        new = 0
        with self._writing():
            rev = self.rev() + 1
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    fields = json.loads(line)
                    if "seq" not in fields:
                        values = (str(fields["digest"]), str(fields["hi"]), str(fields["en"]))
                        self._db.execute("INSERT OR IGNORE INTO texts VALUES (?, ?, ?)", values)
                        continue
                    decision = Decision(**fields)
                    check(decision.kind, decision.data)
                    text = [decision.at, decision.who, decision.article, decision.digest, decision.batch]
                    if not all(isinstance(value, str) for value in text):
                        raise TypeError
                except (ValueError, TypeError, KeyError, RecursionError) as error:
                    got = f"{line.strip()[:60]!r}; load what --export wrote"
                    raise DataError(f"{where}:{number}: must be an exported decision; got {got}") from error
                if _identity(decision) in known:
                    continue
                known.add(_identity(decision))
                new += 1
                self._db.execute(
                    "INSERT INTO decisions (at, who, article, kind, data, digest, batch, undone, rev) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (*text[:3], decision.kind, _json(decision.data), *text[3:], int(bool(decision.undone)), rev),
                )
        return new

    def _turn(self, which: str, values: tuple[str, ...], undone: int, tab: str) -> list[Decision]:
        with self._writing():
            row = self._db.execute(f"SELECT batch FROM decisions {which}", values).fetchone()
            if row is None:
                return []
            change = "UPDATE decisions SET undone = ?, rev = ?, tab = ? WHERE batch = ?"
            self._db.execute(change, (undone, self.rev() + 1, tab, row[0]))
            found = self._db.execute(f"SELECT {_COLUMNS} FROM decisions WHERE batch = ? ORDER BY seq", row)
            return [_decision(item) for item in found]

    def _one(self, query: str, values: tuple[Any, ...]) -> Any:
        with self._telling():
            return self._db.execute(query, values).fetchone()[0]

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._telling():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise DataError(f"{self.path}: must be a file of decisions that can be opened; got {error}") from error


def _decision(row: tuple[Any, ...]) -> Decision:
    seq, at, who, article, kind, data, digest, batch, undone = row
    return Decision(seq, at, who, article, kind, json.loads(data), digest, batch, bool(undone))


def _identity(decision: Decision) -> tuple[str, ...]:
    return decision.at, decision.who, decision.article, decision.kind, _json(decision.data)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)
