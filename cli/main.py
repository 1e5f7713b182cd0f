"""The `tithi` command: one module of this folder for each group of commands.

Exit codes: 0 done, 1 the data is at fault, 2 the call is. An error is one line on standard error. Nothing heavy is
imported before a command needs it.
"""

import argparse
import atexit
import gc
import logging
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Final

from tithi.cli import (
    align,
    build,
    check,
    dates,
    encoder,
    filters,
    mt_eval,
    pair,
    publish,
    read,
    report,
    review,
    score,
    show,
    stats,
)
from tithi.cli.logs import SUMMARY, add_options, logged
from tithi.cli.near import near
from tithi.compiling import listen
from tithi.errors import TithiError, UsageError

__all__ = ["main", "parser"]

_LOGGER: Final = logging.getLogger("tithi")
#: In the order in which the help lists their commands.
_MODULES: Final = (
    build, align, read, pair, check, filters, dates, score, mt_eval, encoder, show, stats, report, review, publish,
)  # fmt: skip
#: The commands whose products of matrices are those of single articles.
_SMALL: Final = {"align", "build"}
#: The commands that align or check, by compiled code.
_COMPILED: Final = {"align", "build", "check", "filter", "filters", "lacking", "mt-eval", "pair", "report"}


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = argparse.ArgumentParser(
        prog="tithi",
        description="Hindi-English parallel corpora from article pairs: align, check, publish.",
        epilog="`tithi COMMAND --help` tells the options of a command.",
    )
    top.add_argument("--version", action="version", version=f"tithi {version('tithi')}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in _MODULES:
        module.add(commands)
    add_options(top, default=None)
    for command in commands.choices.values():
        add_options(command)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    args = parser().parse_args(arguments)
    atexit.register(gc.freeze)  # all goes with the process; to look through it for cycles first takes half a second
    if args.command in _SMALL:
        from tithi.pipeline.jobs import give_back, one_thread

        one_thread()
        give_back()
    try:
        with logged(args.level, args.log):
            if args.command in _COMPILED:
                listen().level = SUMMARY
            _LOGGER.info("tithi %s: %s", version("tithi"), args.command)
            return _run(args)
    except TithiError as error:  # of the log itself
        print(f"tithi: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:  # while what all commands need is loaded
        print("tithi: stopped", file=sys.stderr)
        return 130


def _run(args: argparse.Namespace) -> int:
    try:
        with near(args):
            code: int = args.run(args) or 0
        sys.stdout.flush()
    except TithiError as error:
        _LOGGER.error("%s", error)
        return error.exit_code
    except BrokenPipeError:
        # The reader has gone; nothing more can be told, and closing must not complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        _LOGGER.error("stopped")
        return 130
    except OSError as error:
        where = error.filename or "output"
        _LOGGER.error("%s: cannot be read or written; got %s; check it", where, error.strerror or error)
        return UsageError.exit_code if error.filename is None else 1
    return code


if __name__ == "__main__":
    sys.exit(main())
