"""What learning and measuring need that no checkout holds, told in one line when it is absent.

DATA is a folder that you fill: `DATA/dev` holds the folders of `SETS`, `DATA/train` the training sources. tithi works
without all of it.

    >>> folder(Path("nowhere"), "tico19")
    Traceback (most recent call last):
    tithi.errors.UsageError: nowhere/tico19: must hold TICO-19 ...; got no such folder; ...
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NoReturn

from tithi.errors import TithiError, UsageError

__all__ = ["SETS", "folder", "needed", "package", "packages", "run"]

_PARALLEL: Final = "as NAME.hi and NAME.en, line i of one translating line i of the other"
SETS: Final = {
    "tico19": f"TICO-19, the hi-en documents that the Translation Initiative for COVID-19 published, {_PARALLEL}",
    "flores200": f"FLORES-200 dev (hin_Deva and eng_Latn), published with NLLB by Meta AI, {_PARALLEL}",
    "noisy/tico19_s1": "documents as `python -m training.noisy_documents DATA/dev/tico19` makes them",
    "noisy/flores200_s1": "documents as `python -m training.noisy_documents DATA/dev/flores200` makes them",
    "faithful": f"human translations by domain: himangy_radio_news, ilgov_government, xquad_paragraphs, {_PARALLEL}",
    "qe": "wmt23_en_hi_da.tsv, the judged English-Hindi translations of the WMT 2023 task on quality estimation, as "
    "z_mean, mean, en and hi",
    "wordalign": "the hand-linked trial pairs of the WPT-05 shared task as trial.hi, trial.en and trial.wa",
    "dates": "*.jsonl files of dates, made of the Hindi cases of microsoft/Recognizers-Text and of dateparser's tests",
    "train": "sentence pairs of sources such as OPUS has, one NAME.tsv.xz of hi TAB en lines a source",
}
"""What each folder has to hold, and by which name it is published."""


def folder(data: Path, *names: str) -> Path:
    """Return `data`, in which each of the named `SETS` is a folder that holds something.

    Raises:
        UsageError: One is not there; the message tells what has to stand in it.
    """
    for name in names:
        needed(data / name, name)
    return data


def needed(path: Path, name: str) -> Path:
    """Return the folder of one of the `SETS`, which has to hold something.

    Raises:
        UsageError: It does not; the message tells what has to stand in it.
    """
    if not path.is_dir() or not any(path.iterdir()):
        got = "an empty folder" if path.is_dir() else "no such folder"
        raise UsageError(
            f"{path}: must hold {SETS[name]}; got {got}; it is no part of tithi: get it and name its place"
        )
    return path


def package(module: str, name: str) -> None:
    """Tell early that a package is absent which is needed late.

    Raises:
        UsageError: It is not installed.
    """
    if find_spec(module) is None:
        raise UsageError(_absent(name))


@contextmanager
def packages() -> Iterator[None]:
    """End the program with a line when an import inside fails for want of a package."""
    try:
        yield
    except ModuleNotFoundError as error:
        _end(_absent(error.name or str(error)))


def run(main: Callable[[], int | None]) -> NoReturn:
    """Run a program and exit with its code; what it needs and does not find is one line and exit code 2."""
    try:
        sys.exit(main())
    except TithiError as error:
        _end(str(error))
    except ModuleNotFoundError as error:
        _end(_absent(error.name or str(error)))
    except (OSError, UnicodeDecodeError) as error:
        where, got = getattr(error, "filename", None) or "input", getattr(error, "strerror", None) or error
        _end(f"{where}: must be readable, text as UTF-8; got {got}; check it")


def _absent(name: str) -> str:
    return f"{name}: must be installed for this; got no such package; run: python -m pip install {name}"


def _end(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    sys.exit(2)
