"""What changed between two builds: sentence pairs that came, went or were aligned otherwise.

A pair is the same when its article and both its texts are: ids, scores and spans may differ. A pair that is gone and
one that came in the same article are one change, `realigned`, when they share the text of one side. The two datasets
are streamed twice; memory holds a digest of every pair, and the pairs that changed.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from tithi.corpus.rows import Row
from tithi.corpus.stored import stored_rows
from tithi.records import Lang

__all__ = ["Change", "Pair", "diff"]

_COLUMNS: Final = ("id", "article_id", "translation", "bead")
_SIDES: Final[tuple[Lang, Lang]] = ("hi", "en")


@dataclass(frozen=True, slots=True)
class Pair:
    """A published sentence pair, as far as two builds are compared."""

    id: str
    article_id: str
    hi: str
    en: str
    bead: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `old` is None for a pair that was added, `new` for one that is gone."""

    kind: Literal["added", "gone", "realigned"]
    old: Pair | None
    new: Pair | None


def diff(old: str | Path, new: str | Path) -> Iterator[Change]:
    """Yield how the pairs of `new` differ from those of `old`: first what is gone or realigned, then what came.

    Raises:
        DataError: One of them is no dataset built by tithi, or has changed since.
    """
    was, now = _keys(old), _keys(new)
    gone, added = list(_beyond(old, now)), list(_beyond(new, was))
    waiting = dict.fromkeys(range(len(added)))
    by_text: dict[tuple[str, Lang, str], list[int]] = defaultdict(list)
    for index in reversed(range(len(added))):
        for side in _SIDES:
            by_text[_text_key(added[index], side)].append(index)
    for pair in gone:
        match = None
        for side in _SIDES:
            candidates = by_text.get(_text_key(pair, side), [])
            while match is None and candidates:
                index = candidates.pop()
                match = index if index in waiting else None
        if match is None:
            yield Change("gone", pair, None)
        else:
            del waiting[match]
            yield Change("realigned", pair, added[match])
    for index in waiting:
        yield Change("added", None, added[index])


def _keys(out: str | Path) -> Counter[bytes]:
    return Counter(_key(pair) for pair in _pairs(out))


def _beyond(out: str | Path, others: Counter[bytes]) -> Iterator[Pair]:
    """Yield the pairs of a dataset that are not among `others`, which are used up one by one."""
    for pair in _pairs(out):
        key = _key(pair)
        if others[key]:
            others[key] -= 1
        else:
            yield pair


def _pairs(out: str | Path) -> Iterator[Pair]:
    return (_pair(row) for row in stored_rows(out, columns=_COLUMNS))


def _pair(row: Row) -> Pair:
    texts = row["translation"]
    return Pair(row["id"], row["article_id"], texts["hi"], texts["en"], row["bead"])


def _key(pair: Pair) -> bytes:
    parts = (part.encode("utf-8") for part in (pair.article_id, pair.hi, pair.en))
    return hashlib.blake2b(b"".join(len(part).to_bytes(8) + part for part in parts), digest_size=16).digest()


def _text_key(pair: Pair, side: Lang) -> tuple[str, Lang, str]:
    return pair.article_id, side, pair.hi if side == "hi" else pair.en
