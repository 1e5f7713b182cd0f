"""Items in, finished parts out: cut into shards, made by whoever is free, and none made twice.

A shard is a run of items that follow one another, but for those whose parts are there already. It is named by the
digest of its keys; making it is a function of its items alone, so that it may be made anywhere, and again.
"""

import logging
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from operator import length_hint
from pathlib import Path
from typing import Any, Final, Generic, TypeAlias, TypeVar

from tithi.addresses import at
from tithi.corpus.folder import writing
from tithi.corpus.parts import Opened, write_parts
from tithi.errors import DataError
from tithi.filters.verdict import Verdict
from tithi.pipeline.jobs import Item, attempt, in_order
from tithi.pipeline.recipe import digest
from tithi.pipeline.remote import RemoteStore
from tithi.pipeline.store import Place, Store
from tithi.records import Reject

__all__ = ["Done", "Recipe", "Result", "finished"]

_LOGGER: Final = logging.getLogger("tithi")
_LEAST: Final = 4
_SHARE: Final = 4
T = TypeVar("T", bound=Item)
Judged: TypeAlias = list[Verdict | None]


@dataclass(frozen=True, slots=True)
class Done:
    """An item whose part is finished: where that is, and what filters say of its pairs, None where none run."""

    place: Place
    verdicts: Judged | None = None


Result: TypeAlias = Reject | Done
"""What became of an item."""


@dataclass(frozen=True, slots=True)
class Recipe(Generic[T]):
    """How parts are made.

    `make` returns the parts of items, in any process, and a reject of each that has none; `content` what of an item
    decides its part (an `OSError` when it cannot be read); `basis` is a digest of all else that decides it. `judge`
    says what filters say of the pairs of a part, a `pyarrow.Table` of one row, in any process; it comes after what is
    kept.
    """

    make: Callable[[Sequence[T]], list[Any | Reject]]
    content: Callable[[T], bytes]
    basis: bytes
    judge: Callable[[Any], Judged] | None = None

    def key(self, item: T) -> bytes | None:
        """Return the key of an item's part, None when its content cannot be read."""
        try:
            return digest(self.basis, item.id, self.content(item))
        except OSError:
            return None


@dataclass(frozen=True, slots=True)
class _Listed(Generic[T]):
    """An item or a reject, the key of its part, and whether it could be read when it was listed."""

    item: T | Reject
    key: bytes
    read: bool


@dataclass(frozen=True, slots=True)
class _Shard(Generic[T]):
    """What is to be made: the items, the keys of their parts, the folder for the file; and what is only judged."""

    items: tuple[T, ...]
    keys: tuple[bytes, ...]
    folder: str | Path
    there: "tuple[_There, ...]" = ()


@dataclass(frozen=True, slots=True)
class _There:
    """A part that was finished before, to be judged: of what, its key, its file and the row in it."""

    where: str
    id: str
    key: bytes
    file: str | Path
    row: int


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made of a shard: its file, the keys of the parts in it, and the others' rejects, all in order.

    `judged` is what filters say of the parts by their keys, a reject where one failed.
    """

    name: str
    keys: tuple[bytes, ...]
    rejects: tuple[Reject, ...]
    judged: Mapping[bytes, Judged | Reject]


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
        size: Items in a run; towards the end there are fewer, if the items tell how many they are.
        counts: Gets how many parts were `made`, and how many that were there before were `reused`.

    Raises:
        DataError: A process died, the disk is full, or what could be read is there no more; what was finished stays in
            the store.
    """
    source = iter(items)
    runs: deque[list[_Listed[T]]] = deque()
    counts = Counter() if counts is None else counts
    expected = length_hint(items)

    def next_run() -> list[_Listed[T]]:
        some = islice(source, _run_size(size, jobs, expected - counts["items"]) if expected else size)
        return [_listed(item, recipe) for item in some]

    def shards() -> Iterator[_Shard[T] | None]:
        while run := next_run():
            runs.append(run)
            counts["items"] += len(run)
            good = [(one.item, one.key) for one in run if not isinstance(one.item, Reject)]
            missing = [(item, key) for item, key in good if store.find(key) is None]
            counts.update(made=len(missing), reused=len(good) - len(missing))
            shard = tuple(item for item, _ in missing), tuple(key for _, key in missing), store.folder
            there = tuple(_there(good, store)) if recipe.judge is not None else ()
            yield _Shard(*shard, there) if missing or there else None

    def done(made: _Made) -> None:
        if made.keys:
            store.finish(made.name, made.keys)

    for made in in_order(shards(), partial(_make, recipe.make, recipe.judge), executor, jobs=jobs, done=done):
        yield tuple(_results(runs.popleft(), made, store, recipe))
    _LOGGER.info("%d pairs made, %d that were finished before used again", counts["made"], counts["reused"])


def _run_size(size: int, jobs: int, left: int) -> int:
    """Return how many items come next when about so many are left: little at the end, so that nobody waits for long."""
    return size if jobs == 1 or left <= 0 else max(_LEAST, min(size, left // (_SHARE * jobs)))


def _there(good: Iterable[tuple[T, bytes]], store: Store | RemoteStore) -> Iterator[_There]:
    for item, key in good:
        if (place := store.find(key)) is not None:
            yield _There(item.where, item.id, key, store.seen(place[0]), place[1])


def _listed(item: T | Reject, recipe: Recipe[T]) -> _Listed[T]:
    """List an item; a part that nobody knows the content of has a key that no other has."""
    key = None if isinstance(item, Reject) else recipe.key(item)
    return _Listed(item, key or os.urandom(16), key is not None)


def _results(
    run: Iterable[_Listed[T]], made: _Made | None, store: Store | RemoteStore, recipe: Recipe[T]
) -> Iterator[Result]:
    rejects = iter(made.rejects if made else ())
    judged = made.judged if made else {}
    for one in run:
        item = one.item
        place = None if isinstance(item, Reject) else store.find(one.key)
        told = judged.get(one.key)
        if isinstance(item, Reject):
            yield item
        elif place is None:
            reject = next(rejects)
            if one.read and recipe.key(item) is None:  # a share that went away must not empty the dataset
                raise DataError(
                    f"{item.where}: must stay where it is while it is built; got none any more: {reject.reason};"
                    " bring it back and give the same command again"
                )
            yield reject
        else:
            yield told if isinstance(told, Reject) else Done(place, told)


def _make(
    make: Callable[[Sequence[T]], list[Any | Reject]], judge: Callable[[Any], Judged] | None, shard: _Shard[T]
) -> _Made:
    """Make the parts of a shard and write them to its file."""
    made = make(shard.items)
    rejects = tuple(part for part in made if isinstance(part, Reject))
    parts = [part for part in made if not isinstance(part, Reject)]
    keys = tuple(key for part, key in zip(made, shard.keys, strict=True) if not isinstance(part, Reject))
    name = f"{digest(*keys).hex()}.arrow"
    if parts:
        with writing(shard.folder):
            write_parts(at(shard.folder, name), parts)
    judged: dict[bytes, Judged | Reject] = {}
    if judge is not None:
        for item, key, part in zip(shard.items, shard.keys, made, strict=True):
            if not isinstance(part, Reject):
                judged[key] = attempt(partial(_judged, judge, part), item)
        read = Opened()
        for old in shard.there:
            judged[old.key] = attempt(partial(_judged, judge, read(old.file).slice(old.row, 1)), old)
    return _Made(name, keys, rejects, judged)


def _judged(judge: Callable[[Any], Judged], part: Any, _: object) -> Judged:
    return judge(part)
