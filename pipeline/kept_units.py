"""What is kept of a TMX or XLIFF file: the file itself, byte for byte, without the units that were dropped.

So the header, properties, notes, inline codes and other languages stay as the tool that wrote them left them. A unit
whose texts were masked has new texts, without inline codes, and all else as it was.
"""

import re
from array import array
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import IO, Final
from xml.sax.saxutils import escape

from tithi.documents.decoding import shown
from tithi.filters.verdict import Row
from tithi.records import Reject, TextPair
from tithi.sources.lines import opened, plain_path
from tithi.sources.places import Place
from tithi.sources.tmx import tmx_places
from tithi.sources.xliff import xliff_places

__all__ = ["write_units"]

_HEAD: Final = 256
_PIECE: Final = 1 << 20
_ENCODING: Final = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]{0,80}encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_WIDE: Final = {b"\xff\xfe": "utf-16-le", b"<\0": "utf-16-le", b"\xfe\xff": "utf-16-be", b"\0<": "utf-16-be"}


class _Edits:
    """What is cut out of a file, or replaced: 24 bytes each, and the new texts."""

    def __init__(self) -> None:
        self._starts, self._stops, self._units = array("Q"), array("Q"), array("Q")
        self._new: dict[int, bytes] = {}

    def replace(self, start: int, stop: int, new: bytes) -> None:
        self._add(start, stop, 0)
        self._new[start] = new

    def cut(self, place: Place) -> None:
        """Cut out a unit; or what holds units, if all of them were cut out."""
        units = 1 if place.units is None else 0
        within = len(self._starts)
        while place.units and within and self._starts[within - 1] >= place.start:
            within -= 1
            units += self._units[within]
        if place.units is None or (place.units and units == place.units):
            for kept in (self._starts, self._stops, self._units):
                del kept[within:]
            self._add(place.start, place.stop, units)

    def _add(self, start: int, stop: int, units: int) -> None:
        self._starts.append(start)
        self._stops.append(stop)
        self._units.append(units)

    def apply(self, source: IO[bytes], target: IO[bytes]) -> None:
        """Copy a file with the edits made."""
        at = 0
        for start, stop in zip(self._starts, self._stops, strict=True):
            _copy(source, target, start - at)
            _copy(source, None, stop - start)
            target.write(self._new.get(start, b""))
            at = stop
        while piece := source.read(_PIECE):
            target.write(piece)


def write_units(path: Path, target: Path, kept: Iterator[tuple[int, Row]]) -> None:
    """Write a file without the units that are not kept; those that are come with their numbers, from 0.

    Raises:
        DataError: While the file is read again: see `tithi.sources.units.read_with`.
    """
    edits = _Edits()
    with opened(path) as file:
        coding = _coding(file)
    with opened(path) as file:
        places = tmx_places if plain_path(path).suffix == ".tmx" else xliff_places
        waiting, number = next(kept, None), 0
        for unit, place in places(file, shown(path)):
            if unit is None:
                edits.cut(place)
                continue
            if waiting is None or waiting[0] != number:
                edits.cut(place)
            else:
                _mask(edits, unit, waiting[1], place, coding)
                waiting = next(kept, None)
            number += 1
    with opened(path) as file, target.open("wb") as out:
        edits.apply(file, out)


def _mask(edits: _Edits, unit: TextPair | Reject, row: Row, place: Place, coding: str) -> None:
    """Replace the texts of a unit that differ from those of its row, in the order in which they stand."""
    if isinstance(unit, TextPair):
        texts = {"hi": (unit.hi, row.pair.hi), "en": (unit.en, row.pair.en)}
        for lang, (start, stop) in sorted(place.texts.items(), key=itemgetter(1)):
            old, new = texts[lang]
            if old != new:
                edits.replace(start, stop, escape(new, {"\r": "&#13;"}).encode(coding, "xmlcharrefreplace"))


def _coding(file: IO[bytes]) -> str:
    """Return the encoding of an XML file that was read without an error."""
    head = file.read(_HEAD)
    told = _ENCODING.match(head)
    return _WIDE.get(head[:2]) or (told[1].decode("ascii") if told else "utf-8")


def _copy(source: IO[bytes], target: IO[bytes] | None, left: int) -> None:
    while left and (piece := source.read(min(left, _PIECE))):
        left -= len(piece)
        if target is not None:
            target.write(piece)
