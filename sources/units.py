"""Translation units from XML that nobody vouches for: what TMX and XLIFF share.

The file is parsed by expat piece by piece: memory holds one unit. An entity that the file defines is an error, so that
none can expand without end, and nothing outside of the file is read. Inline codes are no text and left out; where one
that stands alone (`ph`, `x`, `ut`: a line break, a variable) is all that separates two words, a blank takes its place.
"""

import unicodedata
from collections.abc import Iterator
from typing import IO, Final
from xml.parsers import expat

from tithi.errors import DataError
from tithi.records import Lang, Reject, TextPair
from tithi.sources.lines import refuse_binary
from tithi.sources.places import Place, Places

__all__ = ["UnitReader", "language", "read_with", "with_places"]

_PIECE: Final = 1 << 16
_MAX_TEXT: Final = 1 << 20
_MAX_TAG: Final = 1 << 21
_MAX_DEPTH: Final = 200
_CODES: Final = frozenset(("bpt", "ept", "it", "ph", "ut"))
_ALONE: Final = frozenset(("ph", "ut", "x", "cp"))
_LANGS: Final[dict[str, Lang]] = {"hi": "hi", "hin": "hi", "en": "en", "eng": "en"}
_CLOSING: Final = frozenset(".!?,;:%।॥…")


def language(code: str | None) -> Lang | None:
    """Return the language that a code names, its region and script aside: `hi` for `hi_IN`, None for others."""
    return _LANGS.get((code or "").replace("_", "-").split("-")[0].lower())


def read_with(reader: "UnitReader", file: IO[bytes]) -> Iterator[TextPair | Reject]:
    """Yield the units of a file; those that lack a side or use an undefined entity as `Reject`.

    Raises:
        DataError: While iterating: it is no XML, has another root, defines an entity, has a text longer than 1 MiB, a
            tag longer than 2 MiB, or elements more than 200 deep.
    """
    for _ in _fed(reader, file):
        yield from reader.units
        reader.units.clear()


def with_places(reader: "UnitReader", file: IO[bytes]) -> Iterator[tuple[TextPair | Reject | None, Place]]:
    """Yield the units of a file, each with its place; elements that hold units come behind them, with None.

    Raises:
        DataError: As `read_with` does.
    """
    places = reader.trace()
    for _ in _fed(reader, file):
        units = iter(reader.units)
        told = [(next(units) if place.units is None else None, place) for place in places.found]
        yield from told
        reader.units[:] = units  # whose end is not known before the next event
        places.found.clear()


def _fed(reader: "UnitReader", file: IO[bytes]) -> Iterator[None]:
    """Feed a file to its reader, piece by piece."""
    first = True
    more = True
    while more:
        piece = file.read(_PIECE)
        if first:
            refuse_binary(piece, reader.name)
        first, more = False, bool(piece)
        reader.feed(piece, last=not more)
        yield


class UnitReader:
    """What expat calls; whole units are in `units`.

    A format says its `root` and its `kind`, and tells in `enter` and `leave` where units and texts begin and end.
    """

    root = ""
    kind = ""
    units_in: frozenset[str] = frozenset()
    """Elements of which one without units is none."""

    def __init__(self, name: str) -> None:
        """Read a file that messages call `name`."""
        self.units: list[TextPair | Reject] = []
        self.name = name
        self.stack: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.EntityDeclHandler = self._entity
        self._parser.SkippedEntityHandler = self._skipped
        self._fed = 0
        self._where = ""
        self._id: str | None = None
        self._problem: str | None = None
        self._sides: dict[Lang, str] = {}
        self._lang: Lang | None = None
        self._parts: list[str] | None = None
        self._depth = 0
        self._length = 0
        self._codes = 0
        self._gap = False
        self._places: Places | None = None
        self._ended = False

    def trace(self) -> Places:
        """Note from here on where units are, and return where it is noted."""
        self._places = Places(self._parser)
        return self._places

    def enter(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the start of an element that is no part of a text."""
        raise NotImplementedError

    def leave(self, tag: str) -> None:
        """Take the end of an element that is no part of a text."""
        raise NotImplementedError

    def begin_unit(self, unit_id: str | None) -> None:
        """Begin a unit here."""
        self._where, self._id, self._problem, self._sides = f"{self.name}:{self._line}", unit_id, None, {}

    def begin_text(self, lang: Lang | None) -> None:
        """Begin a unit's text, which ends with this element; the first one in each of our languages counts."""
        if lang is not None and lang not in self._sides:
            self._depth = len(self.stack)
            self._lang, self._parts, self._length, self._codes, self._gap = lang, [], 0, 0, False
            if self._places is not None:
                self._places.begin_text(lang)

    def end_unit(self, element: str) -> None:
        """End the unit; `element` says what a side is called."""
        missing = [lang for lang in ("hi", "en") if lang not in self._sides]
        if self._problem is None and missing:
            lacks = " and no ".join(missing)
            self._problem = f"must have a hi and an en {element}; got no {lacks}; add it or drop the unit"
        if self._problem is not None:
            self.units.append(Reject(self._where, self._id, self._problem))
        else:
            self.units.append(TextPair(self._where, self._sides["hi"], self._sides["en"], self._id))
        self._ended = True

    def feed(self, piece: bytes, *, last: bool) -> None:
        """Parse the next bytes.

        Raises:
            DataError: See `read_with`.
        """
        self._fed += len(piece)
        try:
            self._parser.Parse(piece, last)
        except expat.ExpatError as error:
            reason = expat.errors.messages[error.code] if error.code in expat.errors.messages else str(error)
            raise DataError(
                f"{self.name}:{error.lineno}: must be XML; got {reason} at column {error.offset + 1}; save it again"
            ) from None
        except (LookupError, ValueError):
            raise DataError(f"{self.name}:1: must be in an encoding that is known; save it again as UTF-8") from None
        # Older versions of expat read an unfinished tag from its start with every piece: without a limit, n^2.
        if self._fed - self._parser.CurrentByteIndex > _MAX_TAG:
            raise DataError(f"{self.name}:{self._line}: a tag must be at most 2 MiB; got more; check the file")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if not self.stack and tag != self.root:
            raise DataError(f"{self.name}:{self._line}: must be {self.kind}; got {name[:40]} as its root; check it")
        if len(self.stack) >= _MAX_DEPTH:
            raise DataError(f"{self.name}:{self._line}: elements must be at most {_MAX_DEPTH} deep; got more; check it")
        if self._places is not None:
            self._places.begin()
        if tag in _CODES:
            self._codes += 1
        elif self._parts is None:
            self.enter(tag, attributes)
        self.stack.append(tag)

    def _end(self, _: str) -> None:
        tag = self.stack.pop()
        self._ended = False
        if tag in _CODES:
            self._codes -= 1
        elif self._parts is None:
            self.leave(tag)
        elif len(self.stack) == self._depth:
            self._end_text()
        self._gap = self._gap or (tag in _ALONE and not self._codes)
        if self._places is not None:
            self._places.end("unit" if self._ended else "holds" if tag in self.units_in else None)

    def _end_text(self) -> None:
        if self._parts is not None and self._lang is not None:
            self._sides[self._lang] = "".join(self._parts)
            self._parts = None
            if self._places is not None:
                self._places.end_text()

    def _text(self, text: str) -> None:
        if self._places is not None:
            self._places.pass_over(text)
        if self._parts is None or self._codes:
            return
        self._length += len(text)
        if self._length > _MAX_TEXT:
            raise DataError(f"{self.name}:{self._line}: a text must be at most 1 MiB; got more; split it")
        if self._gap and self._parts and _would_glue(self._parts[-1][-1], text[0]):
            self._parts.append(" ")
        self._gap = False
        self._parts.append(text)

    def _entity(self, entity: str, *_: object) -> None:
        raise DataError(
            f"{self.name}:{self._line}: a {self.kind} file must not define entities; got {entity[:40]}; write out what"
            " it stands for"
        )

    def _skipped(self, entity: str, is_parameter: bool) -> None:
        if self._parts is not None and not is_parameter:
            self._problem = f"uses the entity &{entity[:40]};, which is not defined; write out what it stands for"

    @property
    def _line(self) -> int:
        return self._parser.CurrentLineNumber


def _would_glue(before: str, after: str) -> bool:
    """Whether two characters belong to different words, or sentences, that nothing would separate."""
    ends = unicodedata.category(before) in ("Pe", "Pf") or unicodedata.category(before)[0] in "LMN"
    begins = unicodedata.category(after) in ("Ps", "Pi", "Sc") or unicodedata.category(after)[0] in "LN"
    return (ends or before in _CLOSING) and begins
