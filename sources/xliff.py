"""XLIFF 1.2 and 2.x in: the source and target of each `trans-unit` or `segment`, whichever of them is Hindi.

What a tool proposes (`alt-trans`, `match`) and what stands between sentences (`ignorable`) is left out.
"""

from collections.abc import Iterator
from typing import IO, Final

from tithi.records import Reject, TextPair
from tithi.sources.places import Place
from tithi.sources.units import UnitReader, language, read_with, with_places

__all__ = ["read_xliff", "xliff_places"]

_HOLDERS: Final = ("trans-unit", "segment")
_LANGS: Final = {"source": ("srcLang", "source-language"), "target": ("trgLang", "target-language")}


def read_xliff(file: IO[bytes], name: str) -> Iterator[TextPair | Reject]:
    """Yield the units of an XLIFF file; the id is a unit's `name` or `id`.

    Args:
        file: The file, open for reading; its XML declaration says its encoding.
        name: How messages name it.

    Raises:
        DataError: While iterating: see `tithi.sources.units.read_with`.
    """
    return read_with(_Reader(name), file)


def xliff_places(file: IO[bytes], name: str) -> Iterator[tuple[TextPair | Reject | None, Place]]:
    """Yield the units of such a file, each with its place; see `tithi.sources.units.with_places`."""
    return with_places(_Reader(name), file)


class _Reader(UnitReader):
    root = "xliff"
    kind = "XLIFF"
    units_in = frozenset(("unit", "group", "file"))

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._codes_of: dict[str, str | None] = {}
        self._unit: str | None = None

    def enter(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("xliff", "file"):
            for side, names in _LANGS.items():
                self._codes_of[side] = next(
                    (attributes[name] for name in names if name in attributes), self._codes_of.get(side)
                )
        elif tag in ("unit", "trans-unit"):
            self._unit = attributes.get("name") or attributes.get("id")
        if tag in _HOLDERS:
            self.begin_unit(self._unit)
        elif tag in _LANGS and self.stack[-1] in _HOLDERS:
            self.begin_text(language(attributes.get("xml:lang") or self._codes_of.get(tag)))

    def leave(self, tag: str) -> None:
        if tag in _HOLDERS:
            self.end_unit("text")
