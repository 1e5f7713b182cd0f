"""Items in, finished parts out: cut into shards, made by whoever is free, and none made twice.

A shard is a run of items that follow one another, but for those whose parts are there already. It is named by the
digest of its keys; making it is a function of its items alone, so that it may be made anywhere, and again.
"""

import logging
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final, Generic, TypeAlias, TypeVar

from tithi.addresses import at
from tithi.corpus.folder import writing
from tithi.corpus.parts import write_parts
from tithi.pipeline.jobs import Item, attempt, in_order
from tithi.pipeline.recipe import digest
from tithi.pipeline.remote import RemoteStore
from tithi.pipeline.store import Place, Store
from tithi.records import Reject

__all__ = ["Recipe", "Result", "finished"]

_LOGGER: Final = logging.getLogger("tithi")
T = TypeVar("T", bound=Item)
Result: TypeAlias = Reject | Place
"""What became of an item: a reject, or where its part is."""


@dataclass(frozen=True, slots=True)
class Recipe(Generic[T]):
    """How parts are made.

    `make` returns an item's part, in any process; `content` what of an item decides its part (an `OSError` when it
    cannot be read); `basis` is a digest of all else that decides it.
    """

    make: Callable[[T], Any]
    content: Callable[[T], bytes]
    basis: bytes

    def key(self, item: T) -> bytes:
        """Return the key of an item's part; when its content cannot be told, one that no other part has."""
        try:
            return digest(self.basis, item.id, self.content(item))
        except OSError:
            return os.urandom(16)


@dataclass(frozen=True, slots=True)
class _Shard(Generic[T]):
    """What is to be made: the items, the keys of their parts, and the folder for the file."""

    items: tuple[T, ...]
    keys: tuple[bytes, ...]
    folder: str | Path


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made of a shard: its file, the keys of the parts in it, and the others' rejects, all in order."""

    name: str
    keys: tuple[bytes, ...]
    rejects: tuple[Reject, ...]


def finished(  # noqa: PLR0913
    items: Iterable[T | Reject],
    recipe: Recipe[T],
    store: Store | RemoteStore,
    executor: Executor,
    *,
    jobs: int,
    size: int,
    counts: Counter[str] | None = None,
) -> Iterator[tuple[Result, ...]]:
    """Yield what became of all items, in order, run by run.

    Args:
        items: What to work on; rejects among them are passed on.
        recipe: How parts are made.
        store: Where finished parts are, and where new ones go.
        executor: Who makes them.
        jobs: How many work at once.
        size: Items in a run.
        counts: Gets how many parts were `made`, and how many that were there before were `reused`.

    Raises:
        DataError: A process died, or the disk is full; what was finished stays in the store.
    """
    source = iter(items)
    runs: deque[list[tuple[T | Reject, bytes]]] = deque()
    counts = Counter() if counts is None else counts

    def shards() -> Iterator[_Shard[T] | None]:
        while run := [(item, b"" if isinstance(item, Reject) else recipe.key(item)) for item in islice(source, size)]:
            runs.append(run)
            good = [(item, key) for item, key in run if not isinstance(item, Reject)]
            missing = [(item, key) for item, key in good if store.find(key) is None]
            counts.update(made=len(missing), reused=len(good) - len(missing))
            shard = tuple(item for item, _ in missing), tuple(key for _, key in missing), store.folder
            yield _Shard(*shard) if missing else None

    def done(made: _Made) -> None:
        if made.keys:
            store.finish(made.name, made.keys)

    for made in in_order(shards(), partial(_make, recipe.make), executor, jobs=jobs, done=done):
        rejects = iter(made.rejects if made else ())
        yield tuple(
            item if isinstance(item, Reject) else store.find(key) or next(rejects) for item, key in runs.popleft()
        )
    _LOGGER.info("%d pairs made, %d that were finished before used again", counts["made"], counts["reused"])


def _make(make: Callable[[T], Any], shard: _Shard[T]) -> _Made:
    """Make the parts of a shard and write them to its file."""
    made = [attempt(make, item) for item in shard.items]
    rejects = tuple(part for part in made if isinstance(part, Reject))
    parts = [part for part in made if not isinstance(part, Reject)]
    keys = tuple(key for part, key in zip(made, shard.keys, strict=True) if not isinstance(part, Reject))
    name = f"{digest(*keys).hex()}.arrow"
    if parts:
        with writing(shard.folder):
            write_parts(at(shard.folder, name), parts)
    return _Made(name, keys, rejects)
