"""The errors tithi raises on purpose.

    TithiError
    |-- DataError     the input is not what it should be (exit code 1)
    |-- UsageError    the call is not what it should be (exit code 2)
    `-- MissingExtraError  an optional dependency is absent (exit code 1)

A message reads `where: rule; got ...; what to do`, on one line, for example
`pairs.jsonl:17: hi is empty; give both sides or drop the row`.
"""

import re
import shlex

__all__ = ["DataError", "MissingExtraError", "TithiError", "UsageError"]


class TithiError(Exception):
    """Base of every error that tithi raises on purpose; `exit_code` is what the command line returns."""

    exit_code = 1


class DataError(TithiError):
    """The data breaks a rule; the message names the file and, where there is one, the line."""


class UsageError(TithiError):
    """The command or call itself is wrong: an unknown option value, an output folder that is not ours."""

    exit_code = 2


class MissingExtraError(TithiError):
    """A feature needs an optional dependency that is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        """Name the `feature` that was asked for and the `extra` that brings it."""
        super().__init__(f"{feature}: needs the extra `{extra}`; got a tithi without it; {self.remedy(extra)}")

    @staticmethod
    def remedy(extra: str) -> str:
        """Return what to run: the extra by its name in a checkout, the libraries that it stands for anywhere."""
        names = " ".join(shlex.quote(library) for library in _libraries(extra))
        anywhere = f", anywhere else: python -m pip install {names}" if names else ""
        return f"in a checkout of tithi run: python -m pip install '.[{extra}]'{anywhere}"


def _libraries(extra: str) -> list[str]:
    """Return the requirements of an extra as the installed package declares them; none when it is not installed."""
    from importlib.metadata import PackageNotFoundError, requires

    try:
        declared = requires("tithi") or []
    except PackageNotFoundError:
        return []
    marked = (line.partition(";") for line in declared)
    return [
        name.strip() for name, _, marker in marked if re.search(rf"""extra == ["']{re.escape(extra)}["']""", marker)
    ]
