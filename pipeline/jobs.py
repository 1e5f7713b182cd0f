"""One loop over many tasks, in this process, in several or on a cluster: results in order, told as they come."""

import multiprocessing
import os
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from functools import cache, partial
from itertools import islice
from multiprocessing.context import BaseContext
from pathlib import Path
from threading import Thread
from typing import Any, Final, Protocol, TypeVar

from tithi.errors import DataError, TithiError
from tithi.pipeline.stage import stage
from tithi.records import Reject

__all__ = ["Item", "ahead", "attempt", "each", "give_back", "in_order", "one_thread", "pool"]

_HELD: Final = 4
_ONE_THREAD: Final = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_READY: Final = "tithi.pipeline.ready"


class Item(Protocol):
    """What is worked on: where it was listed and its id, for what is told of it."""

    @property
    def where(self) -> str:
        """Where it was listed, `pairs.jsonl:17`."""

    @property
    def id(self) -> str:
        """The id of the pair."""


I = TypeVar("I", bound=Item)  # noqa: E741
T = TypeVar("T")
R = TypeVar("R")


def attempt(work: Callable[[I], R], item: I) -> R | Reject:
    """Return `work(item)`, or a `Reject`: for an error of the data, and for any other exception (`Reject.fault`)."""
    try:
        return work(item)
    except TithiError as error:
        return Reject(item.where, item.id, str(error))
    except Exception as error:  # whatever it is, the other pairs are built
        said = traceback.format_exception_only(error)[-1].strip().replace("\n", " ")
        frame = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"a fault of tithi's, please report it: {said} ({Path(frame.filename).name}:{frame.lineno})"
        return Reject(item.where, item.id, reason, fault=True)


def each(items: Iterable[I | Reject], work: Callable[[I], R], *, jobs: int = 1) -> Iterator[R | Reject]:
    """Yield what `attempt(work, item)` returns of each item, in order; rejects among them are passed on.

    Raises:
        DataError: A process died.
    """
    held: deque[I | Reject] = deque()

    def tasks() -> Iterator[I | None]:
        for item in items:
            held.append(item)
            yield None if isinstance(item, Reject) else item

    for result in in_order(tasks(), partial(attempt, work), pool(jobs), jobs=jobs):
        item = held.popleft()
        if result is not None:
            yield result
        elif isinstance(item, Reject):
            yield item


def pool(jobs: int) -> Executor:
    """Return this process for one job, else as many new processes, which end with the pool."""
    if jobs <= 1:
        return _Here()
    return _Processes(jobs, mp_context=ahead(), initializer=_begin, initargs=(dict(os.environ),))


@cache
def ahead() -> BaseContext:
    """Return how processes are begun; where they can be forked, let that which they are forked from get ready.

    It loads what all of them need (see `pipeline.ready`) once, while this process goes on: call it as early as may be.
    It holds no threads, which a fork would lose, and ends with this process. Ctrl-C, which a terminal sends to all of
    them, is for this process to tell of: the others end without a word.
    """
    if sys.platform != "linux":  # elsewhere a fork is not safe, or there is none: each loads it all
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver, resource_tracker

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_READY])
    own = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(_ONE_THREAD)
    resource_tracker.ensure_running()  # which unblocks what it blocks while it begins
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])  # until `pipeline.ready` unblocks it
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        for name, value in own.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
    return context


def in_order(
    tasks: Iterable[T | None],
    work: Callable[[T], R],
    executor: Executor,
    *,
    jobs: int,
    done: Callable[[R], object] = lambda _: None,
) -> Iterator[R | None]:
    """Yield `work(task)` of each task in order, None for a None; `done` gets each result as soon as it is there.

    At most four tasks a job are in hand; a task whose turn has come waits for none that comes later.

    Raises:
        DataError: A process died (killed, out of memory).
    """
    waiting: deque[Future[R] | None] = deque()
    running: set[Future[R]] = set()
    source, most = iter(tasks), 1 if jobs == 1 else _HELD * jobs
    try:
        while True:
            for task in islice(source, most - len(waiting)):
                waiting.append(None if task is None else executor.submit(work, task))
                running.update(future for future in [waiting[-1]] if future is not None)
            if not waiting:
                return
            if waiting[0] is not None and not waiting[0].done():
                wait(running, return_when=FIRST_COMPLETED)
            for future in [future for future in running if future.done()]:
                running.remove(future)
                done(future.result())
            while waiting and waiting[0] not in running:
                first = waiting.popleft()
                yield None if first is None else first.result()
    except BrokenProcessPool:
        raise DataError(
            "build: every process must live to its end; got one that died (killed, or out of memory); what was"
            " finished is kept: use fewer --jobs, and give the same command again"
        ) from None
    finally:
        executor.shutdown(cancel_futures=True)


class _Processes(ProcessPoolExecutor):
    """New processes; the first task waits until one can be begun, which is told when it takes long."""

    _begun = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        with nullcontext() if self._begun else stage("loading what all processes need"):
            self._begun = True
            return super().submit(fn, *args, **kwargs)


class _Here(Executor):
    """This process: a task is done when it is given."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def one_thread() -> None:
    """Let the products of numpy take one thread in this process, unless somebody said otherwise: call it first.

    Those of one article are so small that threads only wait for one another, which doubles the work. Once numpy is
    loaded nothing changes.
    """
    if "numpy" not in sys.modules:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def give_back() -> None:
    """Let Arrow have its memory from the system, to which it goes back, unless somebody said otherwise: call it first.

    What the pool of Arrow's own keeps while rows are written is a tenth of all. Once Arrow is loaded nothing changes.
    """
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")


def _begin(environ: dict[str, str]) -> None:
    """Give a new process one thread for its arithmetic, and let it end with the one that started it, or by Ctrl-C.

    Busy threads of many processes would tread on one another. The libraries read these names when they are first
    imported, which a process that was not forked has not done by then.
    """
    os.environ.update({**environ, **_ONE_THREAD})
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)
