"""A translator that is a command: lines in on its standard input, lines out on its standard output."""

import shlex
import subprocess
from collections.abc import Sequence

from tithi.errors import DataError, UsageError

__all__ = ["run_command"]


def run_command(
    command: str, lines: Sequence[str], *, timeout: float = 3600.0, option: str = "--mt-command"
) -> list[str]:
    """Translate `lines` by a command that reads one a line on its standard input and writes one a line.

    The command is split as a POSIX shell would and run without a shell. Line breaks and other blanks inside a line
    become single blanks first, so that lines stay lines.

    Args:
        command: For example `python translate.py --to en`.
        lines: The source texts.
        timeout: Seconds after which the command is stopped.
        option: How messages name where the command came from.

    Raises:
        UsageError: the command is empty, cannot be split, or cannot be started.
        DataError: it fails, takes too long, writes no UTF-8 or another number of lines.
    """
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError(f"{option}: cannot split the command; got {error}; check its quotes") from error
    if not words:
        raise UsageError(f"{option}: a command is needed; got none; give a program that reads and writes lines")
    source = "".join(" ".join(line.split()) + "\n" for line in lines)
    try:
        done = subprocess.run(words, input=source.encode(), capture_output=True, timeout=timeout, check=False)
    except OSError as error:
        raise UsageError(
            f"{option}: cannot start {words[0]}; got {error.strerror}; give a program that exists"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise DataError(f"{option}: {words[0]} must end within {timeout:g} s; it did not; raise the limit") from error
    if done.returncode:
        raise DataError(
            f"{option}: {words[0]} must exit 0; got {done.returncode} and {_tail(done.stderr)}; try it by hand"
        )
    try:
        # Lines end at \n alone: U+2028 or form feeds inside a translation must not add lines.
        output = done.stdout.decode("utf-8").removesuffix("\n").split("\n") if done.stdout else []
    except UnicodeDecodeError as error:
        raise DataError(f"{option}: {words[0]} must write UTF-8; got {error}; set its encoding") from error
    if len(output) != len(lines):
        raise DataError(
            f"{option}: {words[0]} must write one line for each it reads; got {len(output)} for {len(lines)}; "
            f"{_tail(done.stderr)}"
        )
    return [line.removesuffix("\r") for line in output]


def _tail(stderr: bytes) -> str:
    """Return the last 300 characters of what a program complained of, on one line."""
    text = " ".join(stderr.decode("utf-8", "replace").split())
    return f"stderr {text[-300:]!r}" if text else "nothing on stderr"
