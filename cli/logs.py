"""What a command tells of its work: `-v`, `--quiet` and `--log FILE`, the same on every command.

The rooms speak to the logger `tithi`; only here is it given ears: standard error, and a file. Nothing heavy is imported
before something is told.
"""

import argparse
import logging
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, Final

from tithi.errors import DataError

__all__ = ["SUMMARY", "add_options", "logged", "quiet"]

_LOGGER: Final = logging.getLogger("tithi")
SUMMARY: Final = 25
"""The level of what a run tells at its end: heard without -v, not under --quiet."""


def add_options(command: argparse.ArgumentParser, *, default: Any = argparse.SUPPRESS) -> None:
    """Add the options to a command, or with defaults to what stands before its name; what comes later counts."""
    told = command.add_argument_group("what is told").add_mutually_exclusive_group()
    told.add_argument(
        "-v",
        "--verbose",
        dest="level",
        action="store_const",
        const=logging.INFO,
        default=default,
        help="tell on standard error what is read, loaded and written",
    )
    told.add_argument(
        "--quiet", dest="level", action="store_const", const=logging.ERROR, default=default, help="tell of errors only"
    )
    command.add_argument("--log", metavar="FILE", default=default, help="append to FILE what -v tells, with the times")


@contextmanager
def logged(level: int | None, log: str | None) -> Iterator[None]:
    """Tell on standard error what is of `level` or above (None: summaries, warnings), and append all to the file `log`.

    Raises:
        DataError: The file cannot be written.
    """
    console = _Console(level or SUMMARY)
    handlers: list[logging.Handler] = [console]
    if log is not None:
        handlers.append(_log_file(log))
    logging.addLevelName(SUMMARY, "SUMMARY")
    before = _LOGGER.level, _LOGGER.propagate
    with ExitStack() as stack:
        stack.callback(_restore, handlers, *before)
        for handler in handlers:
            _LOGGER.addHandler(handler)
        _LOGGER.setLevel(min(console.level, logging.INFO) if log is not None else console.level)
        _LOGGER.propagate = False
        yield


def quiet() -> bool:
    """Return whether only errors are told."""
    return any(isinstance(handler, _Console) and handler.level >= logging.ERROR for handler in _LOGGER.handlers)


class _OneLine(logging.Formatter):
    """A message is one line, whatever a file is called."""

    def format(self, record: logging.LogRecord) -> str:
        return " ".join(super().format(record).split())


class _Console(logging.Handler):
    """Standard error as it is when something is told, around a progress bar when there is one."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.setFormatter(_OneLine("tithi: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        if "tqdm" in sys.modules:
            sys.modules["tqdm"].tqdm.write(self.format(record), file=sys.stderr)
        else:
            print(self.format(record), file=sys.stderr, flush=True)


class _LogFile(logging.FileHandler):
    """A file; when it cannot take more, say that the disk is full, the command goes on without it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802
        _LOGGER.removeHandler(self)
        with suppress(OSError):
            if self.stream is not None:
                self.stream.close()
        self.stream = None
        _LOGGER.warning("%s: the log cannot be written; got %s; it ends here", self.baseFilename, sys.exception())


def _log_file(path: str) -> logging.Handler:
    try:
        handler = _LogFile(path, encoding="utf-8", errors="backslashreplace")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError(f"{path}: the log must be a file that can be written; got {reason}; choose another") from None
    handler.setLevel(logging.INFO)
    handler.setFormatter(_OneLine("%(asctime)s %(levelname)s %(message)s"))
    return handler


def _restore(handlers: list[logging.Handler], level: int, propagate: bool) -> None:
    for handler in handlers:
        _LOGGER.removeHandler(handler)
        handler.close()
    _LOGGER.setLevel(level)
    _LOGGER.propagate = propagate
