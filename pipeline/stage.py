"""A stage of a run that is one piece of work, told as it goes: what it is, how long it takes, and that it goes on."""

import contextlib
import logging
import sys
import time
from collections.abc import Iterator
from threading import Event, Thread
from typing import Final

__all__ = ["stage"]

_LOGGER: Final = logging.getLogger("tithi")
_HEARD: Final = 25
"""Between a warning and what only -v tells: as the summary at the end of a run."""
_EVERY: Final = 30.0
_FIRST: Final = 2.0


@contextlib.contextmanager
def stage(what: str, *, every: float = _EVERY, first: float | None = None) -> Iterator[None]:
    """Tell that `what` is going on: to a log at once, to people every so many seconds, on a terminal after two."""
    began = time.monotonic()
    ended = Event()
    first = (_FIRST if sys.stderr.isatty() else every) if first is None else first

    def tell() -> None:
        wait = first
        while not ended.wait(wait):
            _LOGGER.log(_HEARD, "%s: %.0f s so far", what, time.monotonic() - began)
            wait = every

    _LOGGER.info("%s", what)
    teller = Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        ended.set()
        teller.join()
    _LOGGER.info("%s: done in %.1f s", what, time.monotonic() - began)
