"""Kernels compiled by numba: kept on disk, made anew when one of their room has changed, and told while it is made."""

import hashlib
import logging
import time
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any, Final

__all__ = ["kept", "listen"]

_LOGGER: Final = logging.getLogger("tithi")
_ONCE: Final = Lock()


def kept(**options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Return a decorator that compiles a function without Python objects and keeps it on disk, with `options` of numba.

    numba makes a kernel anew when its own module has changed, and does not see changes of kernels in other modules that
    are compiled into it: after an update it would go on with the old ones. Here all modules of its folder that hold
    kernels count.
    """

    def compiled(function: Callable[..., Any]) -> Any:
        import numba

        kernel = numba.njit(cache=True, nogil=True, **options)(function)
        stored = getattr(getattr(kernel, "_cache", None), "_cache_file", None)
        if stored is not None and hasattr(stored, "_source_stamp"):
            stored._source_stamp = _digest(Path(function.__code__.co_filename).parent)
        return kernel

    return compiled


@cache
def _digest(folder: Path) -> str:
    """Return a digest of the modules of a folder that hold kernels."""
    made = hashlib.sha256()
    for path in sorted(folder.glob("*.py")):
        held = path.read_bytes()
        if b"njit" in held or b"@kept" in held:
            made.update(held)
    return made.hexdigest()


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
