"""The code blocks of a Markdown page: found, run in order, and what they print compared with what is shown.

    python -m tests.blocks docs/tutorial.md     # runs the page here, with the commands on the PATH

| block | what is done |
| --- | --- |
| `{code-block} KIND` with `:caption: NAME` | a file of that name is written |
| `console` | each line after `$` is run; what follows must be its output |
| `python` | is executed, with the names of the blocks before |
| `text` | must be what the Python before it printed |
| `sh` | is left to the test of the wheel, which installs |

In what is shown, `…` stands for anything on its line, and alone on a line for any lines.
"""

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Block", "blocks", "matches", "run_page"]

_BLOCK = re.compile(r"^```(\{code-block\} )?(\w+)\n(?::caption: ([^\n]+)\n\n)?(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A block: its kind, the name of the file it is (None: it is none), what it holds, and its line on the page."""

    kind: str
    name: str | None
    body: str
    line: int


def blocks(page: Path) -> list[Block]:
    """Return the blocks of a page, directives other than `code-block` aside."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(found[2], found[3], found[4], text.count("\n", 0, found.start()) + 1) for found in _BLOCK.finditer(text)
    ]


def matches(shown: str, printed: str) -> bool:
    """Return whether output is what is shown; a nukta in one character or in two is the same to a reader."""
    pattern = ""
    for line in unicodedata.normalize("NFC", shown).splitlines():
        pattern += r"(?:.*\n)*?" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + r" *\n"
    return re.fullmatch(pattern, unicodedata.normalize("NFC", printed)) is not None


def run_page(page: Path, tithi: Callable[[list[str]], int] | None = None) -> int:
    """Run the blocks of a page in the current folder and return how many outputs were compared.

    Args:
        page: The page.
        tithi: Runs the arguments of a `tithi` command in this process; None: the program on the PATH is run.

    Raises:
        AssertionError: Something fails, or prints other things than the page shows.
    """
    names: dict[str, object] = {"__name__": "__main__"}
    printed: str | None = None
    compared = 0
    for block in blocks(page):
        where = f"{page.name}:{block.line}"
        if block.name is not None:
            Path(block.name).write_text(block.body, encoding="utf-8", newline="\n")
        elif block.kind == "console":
            for command, shown in _commands(block.body):
                out = _run(command, tithi)
                assert matches(shown, out), f"{where}: {command}\nshown:\n{shown}\nprinted:\n{out}"
                compared += bool(shown)
        elif block.kind == "python":
            assert not printed, f"{where}: what was printed before is not shown:\n{printed}"
            with contextlib.redirect_stdout(io.StringIO()) as stream:
                exec(compile(block.body, where, "exec"), names)
            printed = stream.getvalue()
        elif block.kind == "text":
            assert printed is not None, f"{where}: nothing was printed"
            assert matches(block.body, printed), f"{where}:\nshown:\n{block.body}\nprinted:\n{printed}"
            printed = None
            compared += 1
        else:
            assert block.kind == "sh", f"{where}: {block.kind} is not run by any test"
    assert not printed, f"{page.name}: what was printed last is not shown:\n{printed}"
    return compared


def _commands(body: str) -> Iterator[tuple[str, str]]:
    """Yield each command and the output that is shown of it."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown


def _run(command: str, tithi: Callable[[list[str]], int] | None) -> str:
    words = shlex.split(command)
    if tithi is None or words[0] != "tithi":
        done = subprocess.run(
            command, shell=True, capture_output=True, text=True, encoding="utf-8", check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        return done.stdout
    target = words[words.index(">") + 1] if ">" in words else None
    with contextlib.redirect_stdout(io.StringIO()) as stream:
        assert tithi(words[1 : -2 if target else None]) == 0, command
    if target is None:
        return stream.getvalue()
    Path(target).write_text(stream.getvalue(), encoding="utf-8", newline="\n")
    return ""


if __name__ == "__main__":
    print(f"{sys.argv[1]}: {run_page(Path(sys.argv[1]))} outputs are as shown")
