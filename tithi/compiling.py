"""Compilation, told as it goes: the first use of a kernel on a machine takes a while, and whoever waits may wonder."""

import logging
import time
from functools import cache
from importlib import import_module
from threading import Lock
from typing import Any, Final

__all__ = ["listen"]

_LOGGER: Final = logging.getLogger("tithi")
_ONCE: Final = Lock()


def listen() -> Any:
    """Tell the logger `tithi` from now on when kernels are compiled: once that it begins, and each when it is done.

    Those that were compiled on this machine before are only read, and tell nothing. Returns what listens, whose `level`
    is that of the beginning. Threads may call it at once.
    """
    with _ONCE:
        return _listener()


@cache
def _listener() -> Any:
    # Another thread may be loading numba: only the import of numba itself waits until all of it is there.
    import_module("numba")
    from numba.core import event

    class Listener(event.Listener):  # type: ignore[misc]
        level = logging.INFO
        told = False
        depth = 0
        began = 0.0

        def on_start(self, event: Any) -> None:  # noqa: ARG002
            if not self.told:
                self.told = True
                _LOGGER.log(self.level, "compiling once for this machine …")
            if not self.depth:
                self.began = time.monotonic()
            self.depth += 1

        def on_end(self, event: Any) -> None:
            self.depth -= 1
            if not self.depth:
                name = event.data["dispatcher"].py_func.__name__
                _LOGGER.info("%s compiled in %.1f s", name, time.monotonic() - self.began)

    listener = Listener()
    event.register("numba:compile", listener)
    return listener
