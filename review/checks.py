"""What the checks say of beads that people changed: made by hand, or with a corrected sentence.

A build checks what it publishes; what was changed since is checked here, alone and at once. Results are kept by the
two texts, so that undoing and doing again asks for no new check.
"""

from collections.abc import Iterable
from threading import Lock

from tithi.checks.checker import Checker
from tithi.errors import DataError
from tithi.records import Quality

__all__ = ["Checks"]


class Checks:
    """The results so far; `run` may be called from any thread, as the first check of a process takes long."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Quality] = {}
        self._checker: Checker | None = None
        self._one_at_a_time = Lock()

    def found(self, hi: str, en: str) -> Quality | None:
        """Return the quality of a pair of texts, None if it was not checked yet."""
        return self._found.get((hi, en))

    def run(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Check pairs `(hi, en)` that were not checked before; what is too long to be checked has no quality."""
        with self._one_at_a_time:
            self._checker = self._checker or Checker()
            for pair in pairs:
                if pair not in self._found:
                    try:
                        self._found[pair] = self._checker.check(*pair)
                    except DataError:
                        self._found[pair] = Quality(None)
