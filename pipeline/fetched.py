"""Files and folders at addresses brought to this machine, for what needs a path, and still told by where they are."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from tithi.addresses import brought, files_below, is_address
from tithi.corpus.folder import PARTS
from tithi.errors import DataError, TithiError
from tithi.records import Reject

__all__ = ["Fetched"]


@dataclass(slots=True)
class Fetched:
    """Copies in a folder of this machine, by where they came from; as a context, errors name the addresses."""

    folder: Path
    _known: dict[str, str] = field(default_factory=dict)
    _folders: dict[str, int] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let an error name the addresses."""
        if isinstance(error, TithiError) and (said := self.named(str(error))) != str(error):
            raise type(error)(said) from error

    def here(self, place: str | Path) -> str | Path:
        """Return a path of what is at an address, brought here; what is at none stays where it is.

        A folder comes with all below it, but for the finished work that a dataset keeps for its next build.

        Raises:
            DataError: It cannot be read, or this disk is full.
            UsageError: See `tithi.addresses.filesystem`.
        """
        if not is_address(place):
            return place
        address = str(place).rstrip("/")
        # Both sides of a Moses bitext stay beside one another.
        there_in, _, name = address.rpartition("/")
        path = self.folder / str(self._folders.setdefault(there_in, len(self._folders))) / (name or "file")
        try:
            for below, there in files_below(address).items():
                if not below.startswith(f"{PARTS}/"):
                    brought(there, path / below if below else path)
        except OSError as error:
            raise DataError(f"{address}: cannot be read; got {error.strerror}; check the address") from None
        if not path.exists():
            raise DataError(f"{address}: no such file or folder; check the address")
        self._known[str(path)] = address
        return path

    def take(self, places: Iterable[str | Path]) -> list[str | Path]:
        """Return the paths of all, see `here`."""
        return [self.here(place) for place in places]

    def named(self, text: str) -> str:
        """Return a text with the addresses in place of the paths here."""
        for path, address in self._known.items():
            text = text.replace(path, address)
        return text

    def renamed(self, reject: Reject) -> Reject:
        """Return a reject that names the addresses."""
        return replace(reject, where=self.named(reject.where), reason=self.named(reject.reason))
