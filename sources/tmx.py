"""TMX in: of each `tu` the first Hindi and the first English `tuv`."""

from collections.abc import Iterator
from typing import IO

from tithi.records import Lang, Reject, TextPair
from tithi.sources.places import Place
from tithi.sources.units import UnitReader, language, read_with, with_places

__all__ = ["read_tmx", "tmx_places"]


def read_tmx(file: IO[bytes], name: str) -> Iterator[TextPair | Reject]:
    """Yield the units of a TMX file, their `tuid` as id; see `tithi.sources.units` for what is left out and refused.

    Args:
        file: The file, open for reading; its XML declaration says its encoding.
        name: How messages name it.

    Raises:
        DataError: While iterating: see `tithi.sources.units.read_with`.
    """
    return read_with(_Reader(name), file)


def tmx_places(file: IO[bytes], name: str) -> Iterator[tuple[TextPair | Reject | None, Place]]:
    """Yield the units of such a file, each with its place; see `tithi.sources.units.with_places`."""
    return with_places(_Reader(name), file)


class _Reader(UnitReader):
    root = "tmx"
    kind = "TMX"
    _side: Lang | None = None

    def enter(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "tu":
            self.begin_unit(attributes.get("tuid"))
        elif tag == "tuv":
            self._side = language(attributes.get("xml:lang") or attributes.get("lang"))
        elif tag == "seg" and self.stack[-1:] == ["tuv"]:
            self.begin_text(self._side)

    def leave(self, tag: str) -> None:
        if tag == "tu":
            self.end_unit("tuv")
