"""Files at addresses brought to this machine, for readers that need a path, and still named by where they came from."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from tithi.addresses import is_address, opened
from tithi.errors import DataError
from tithi.records import Reject

__all__ = ["Fetched"]


@dataclass(slots=True)
class Fetched:
    """Files in a folder of this machine, by where they came from."""

    folder: Path
    files: list[str | Path] = field(default_factory=list)
    _known: dict[str, str] = field(default_factory=dict)
    _folders: dict[str, int] = field(default_factory=dict)

    def take(self, files: Iterable[str | Path]) -> None:
        """Bring the files that are at addresses; the others stay where they are.

        Raises:
            DataError: One cannot be read, or this disk is full.
        """
        for file in files:
            if not is_address(file):
                self.files.append(file)
                continue
            address = str(file)
            # Both sides of a Moses bitext stay beside one another.
            there_in, _, name = address.rpartition("/")
            path = self.folder / str(self._folders.setdefault(there_in, len(self._folders))) / (name or "file")
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with opened(address) as there, path.open("wb") as here:
                    shutil.copyfileobj(there, here, 1 << 20)
            except OSError as error:
                raise DataError(f"{address}: cannot be read; got {error.strerror}; check the address") from None
            self._known[str(path)] = address
            self.files.append(path)

    def named(self, text: str) -> str:
        """Return a text with the addresses of the files in place of their paths here."""
        for path, address in self._known.items():
            text = text.replace(path, address)
        return text

    def renamed(self, reject: Reject) -> Reject:
        """Return a reject that names the addresses."""
        return replace(reject, where=self.named(reject.where), reason=self.named(reject.reason))
