"""Documents read in processes of their own, each within a time: none can hang or end the run that reads it.

Libraries in C and Rust cannot be interrupted from within Python. A process that reads one document after the other
therefore sets an alarm that ends it: `faulthandler` has one on every system, which needs no turn of the interpreter.
Its document is told as such, and the next one gets a new process. Processes wait for more documents until the program
ends, and end with it.
"""

import atexit
import faulthandler
import os
import pickle
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Final

from tithi.documents.extract import Extract
from tithi.documents.reader import Document, read_document
from tithi.errors import DataError, MissingExtraError

__all__ = ["SECONDS", "read_apart", "serve"]

SECONDS: Final = 60.0
"""So long a document may take."""
_LIBRARIES: Final = {
    "html": ("lxml.html", "trafilatura", "resiliparse.extract.html2text"), "docx": ("docx",), "odt": ("lxml.etree",),
    "pdf": ("pdf_oxide",), "markdown": ("markdown_it",),
}  # fmt: skip
# Nothing in them can take long: no library, and time linear in the text.
_HERE: Final = frozenset(["text", "subtitles"])
_START: Final = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); from tithi.documents.apart import serve; serve()"
)


def read_apart(document: Document, seconds: float = SECONDS) -> Extract:
    """Read a document in another process, where its kind needs that; safe to call from several threads.

    Raises:
        DataError: As `read_document`, and if it takes longer or ends the process that reads it.
        MissingExtraError: Its kind needs an extra that is not installed.
    """
    if document.kind in _HERE or not sys.executable:
        return read_document(document)
    answer = _asked(_taken(), document, seconds)
    if isinstance(answer, _Ended) and not answer.late:  # it may have been ended while it waited
        answer = _asked(_Process(), document, seconds)
    if isinstance(answer, _Ended):
        what = f"takes longer than {seconds:g} seconds" if answer.late else "ends the process that reads it"
        raise DataError(f"{document.where}: must be readable; got a document that {what}; leave it out")
    if answer is None:
        return read_document(document)  # which says what is missing
    if isinstance(answer, DataError):
        raise answer
    return answer


def _asked(process: "_Process", document: Document, seconds: float) -> "Extract | DataError | _Ended | None":
    """Return what a process answers, and let it wait for the next document; or that it ended."""
    started = monotonic()
    try:
        answer = process.ask(document, seconds)
    except (EOFError, OSError, pickle.UnpicklingError):
        process.end()
        return _Ended(monotonic() - started >= seconds)
    except BaseException:  # interrupted: an answer may still come, and would be taken for that to the next question
        process.end()
        raise
    with _LOCK:
        _IDLE.append(process)
    return answer


@dataclass(frozen=True, slots=True)
class _Ended:
    """A process ended without an answer, by its alarm if it is late."""

    late: bool


class _Process:
    """A process that reads documents, one after the other."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self._process.stdin is not None
        pickle.dump(sys.path, self._process.stdin)

    def ask(self, document: Document, seconds: float) -> Extract | DataError | None:
        """Return what it answers: the text, what is wrong, or None where an extra is missing."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        pickle.dump((document, seconds), self._process.stdin)
        self._process.stdin.flush()
        answer: Extract | DataError | None = pickle.load(self._process.stdout)
        return answer

    def end(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._process.wait()


_IDLE: Final[list[_Process]] = []
_LOCK: Final = Lock()


def _taken() -> _Process:
    """Return a process that waits, else a new one; a fork of this program has none of its own."""
    with _LOCK:
        while _IDLE:
            process = _IDLE.pop()
            if process.owner == os.getpid():
                return process
    return _Process()


@atexit.register
def _end_all() -> None:
    while _IDLE:
        process = _IDLE.pop()
        if process.owner == os.getpid():
            process.end()


def serve() -> None:
    """Answer questions from standard input until it ends; what libraries print is no answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        while True:
            try:
                document, seconds = pickle.load(questions)
            except EOFError:
                return
            for name in _LIBRARIES.get(document.kind, ()):  # loading them is no reading
                with suppress(ImportError):
                    import_module(name)
            faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
            answer = _answer(document)
            faulthandler.cancel_dump_traceback_later()
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()


def _answer(document: Document) -> Extract | DataError | None:
    try:
        return read_document(document)
    except DataError as error:
        return error
    except MissingExtraError:
        return None
    except Exception as error:  # whatever a library raises, the other documents are read
        said = " ".join(f"{type(error).__name__}: {error}".split())[:120]
        return DataError(f"{document.where}: must be readable; got {said}; leave it out")
