"""One loop over many pairs, in this process or in several: results in order, and no fault takes the others with it."""

import os
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol, TypeVar

from tithi.errors import DataError, TithiError
from tithi.records import Reject

__all__ = ["Task", "each"]

_HELD: int = 4


class Task(Protocol):
    """What is worked on: where it was listed and its id, for what is told of it."""

    @property
    def where(self) -> str:
        """Where it was listed, `pairs.jsonl:17`."""

    @property
    def id(self) -> str:
        """The id of the pair."""


T = TypeVar("T", bound=Task)
R = TypeVar("R")


def each(items: Iterable[T | Reject], work: Callable[[T], R], *, jobs: int = 1) -> Iterator[R | Reject]:
    """Yield `work(item)` of each item, in order, holding at most four per process.

    Args:
        items: What to work on; rejects among them are passed on.
        work: A function that other processes can be sent. An error of the data that it raises makes a `Reject`, and so
            does any other exception, which is a fault of tithi's (`Reject.fault`).
        jobs: Processes to work in; 1 uses this one.

    Raises:
        DataError: A process died (killed, out of memory).
    """
    if jobs <= 1:
        for item in items:
            yield item if isinstance(item, Reject) else _attempt(work, item)
        return
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_one_thread)
    task = partial(_attempt, work)
    waiting: deque[tuple[str, Reject | Future[R | Reject]]] = deque()
    where = "the first pair"
    try:
        for item in items:
            where = waiting[0][0] if waiting else item.where
            waiting.append((item.where, item if isinstance(item, Reject) else pool.submit(task, item)))
            if len(waiting) >= _HELD * jobs:
                where, held = waiting.popleft()
                yield held if isinstance(held, Reject) else held.result()
        while waiting:
            where, held = waiting.popleft()
            yield held if isinstance(held, Reject) else held.result()
    except BrokenProcessPool:
        raise DataError(
            f"{where}: every process must live to its end; got one that died here or at a pair soon after (killed, or"
            " out of memory); use fewer --jobs, or leave the pair out"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _one_thread() -> None:
    """Give a new process one thread for its arithmetic: busy threads of many processes would tread on one another.

    The libraries read these names when they are first imported, which nothing here has done by then.
    """
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))


def _attempt(work: Callable[[T], R], item: T) -> R | Reject:
    try:
        return work(item)
    except TithiError as error:
        return Reject(item.where, item.id, str(error))
    except Exception as error:  # whatever it is, the other pairs are built
        said = traceback.format_exception_only(error)[-1].strip().replace("\n", " ")
        frame = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"a fault of tithi's, please report it: {said} ({Path(frame.filename).name}:{frame.lineno})"
        return Reject(item.where, item.id, reason, fault=True)
