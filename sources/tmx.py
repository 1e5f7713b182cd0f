"""TMX in: translation units with a Hindi and an English side, as a stream, from files that nobody vouches for.

The file is parsed by expat piece by piece: memory holds one unit. An entity that the file defines is an error, so that
none can expand without end, and nothing outside of the file is read. Inline codes (`bpt`, `ept`, `it`, `ph`, `ut`) are
no text and left out; marked text (`hi`) stays.
"""

from collections.abc import Iterator
from typing import IO, Final
from xml.parsers import expat

from tithi.errors import DataError
from tithi.records import Lang, Reject

__all__ = ["Unit", "read_units"]

Unit = tuple[str, str, str]
"""Where a unit begins (`file:line`), its Hindi text, its English text."""

_PIECE: Final = 1 << 16
_MAX_SEGMENT: Final = 1 << 20
_MAX_TAG: Final = 1 << 21
_MAX_DEPTH: Final = 200
_CODES: Final = frozenset(("bpt", "ept", "it", "ph", "ut"))
_LANGS: Final[dict[str, Lang]] = {"hi": "hi", "hin": "hi", "en": "en", "eng": "en"}


def read_units(file: IO[bytes], name: str) -> Iterator[Unit | Reject]:
    """Yield the units of a TMX file; those that lack a side or use an undefined entity as `Reject`.

    Args:
        file: The file, open for reading; its XML declaration says its encoding.
        name: How messages name it.

    Raises:
        DataError: While iterating: it is no XML, no TMX, defines an entity, has a text longer than 1 MiB, a tag longer
            than 2 MiB, or elements more than 200 deep.
    """
    reader = _Reader(name)
    more = True
    while more:
        piece = file.read(_PIECE)
        more = bool(piece)
        reader.feed(piece, last=not more)
        yield from reader.units
        reader.units.clear()


class _Reader:
    """What expat calls; whole units are in `units`."""

    def __init__(self, name: str) -> None:
        self.units: list[Unit | Reject] = []
        self._name = name
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.EntityDeclHandler = self._entity
        self._parser.SkippedEntityHandler = self._skipped
        self._fed = 0
        self._depth = 0
        self._where = ""
        self._problem: str | None = None
        self._sides: dict[Lang, str] = {}
        self._lang: Lang | None = None
        self._parts: list[str] | None = None
        self._length = 0
        self._codes = 0

    def feed(self, piece: bytes, *, last: bool) -> None:
        self._fed += len(piece)
        try:
            self._parser.Parse(piece, last)
        except expat.ExpatError as error:
            reason = expat.errors.messages[error.code] if error.code in expat.errors.messages else str(error)
            raise DataError(
                f"{self._name}:{error.lineno}: must be XML; got {reason} at column {error.offset + 1}; save it again"
            ) from None
        except (LookupError, ValueError):
            raise DataError(f"{self._name}:1: must be in an encoding that is known; save it again as UTF-8") from None
        # Older versions of expat read an unfinished tag from its start with every piece: without a limit, n^2.
        if self._fed - self._parser.CurrentByteIndex > _MAX_TAG:
            raise DataError(f"{self._name}:{self._line}: a tag must be at most 2 MiB; got more; check the file")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and tag != "tmx":
            raise DataError(f"{self._name}:{self._line}: must be TMX; got {tag[:40]} as its root; check the file")
        if self._depth > _MAX_DEPTH:
            raise DataError(
                f"{self._name}:{self._line}: elements must be at most {_MAX_DEPTH} deep; got more; check it"
            )
        if tag == "tu":
            self._where, self._problem, self._sides = f"{self._name}:{self._line}", None, {}
        elif tag == "tuv":
            code = attributes.get("xml:lang") or attributes.get("lang") or ""
            self._lang = _LANGS.get(code.replace("_", "-").split("-")[0].lower())
        elif tag == "seg" and self._lang is not None and self._lang not in self._sides:
            self._parts, self._length, self._codes = [], 0, 0
        elif tag in _CODES:
            self._codes += 1

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if tag in _CODES:
            self._codes -= 1
        elif tag == "seg" and self._parts is not None and self._lang is not None:
            self._sides[self._lang] = "".join(self._parts)
            self._parts = None
        elif tag == "tuv":
            self._lang = None
        elif tag == "tu":
            self._finish()

    def _finish(self) -> None:
        missing = [lang for lang in ("hi", "en") if lang not in self._sides]
        if self._problem is None and missing:
            self._problem = f"must have a hi and an en tuv; got no {' and no '.join(missing)}; add it or drop the unit"
        if self._problem is not None:
            self.units.append(Reject(self._where, None, self._problem))
        else:
            self.units.append((self._where, self._sides["hi"], self._sides["en"]))

    def _text(self, text: str) -> None:
        if self._parts is not None and not self._codes:
            self._length += len(text)
            if self._length > _MAX_SEGMENT:
                raise DataError(f"{self._name}:{self._line}: a seg must be at most 1 MiB; got more; split it")
            self._parts.append(text)

    def _entity(self, entity: str, *_: object) -> None:
        raise DataError(
            f"{self._name}:{self._line}: a TMX file must not define entities; got {entity[:40]}; write out what it"
            " stands for"
        )

    def _skipped(self, entity: str, is_parameter: bool) -> None:
        if self._parts is not None and not is_parameter:
            self._problem = f"uses the entity &{entity[:40]};, which is not defined; write out what it stands for"

    @property
    def _line(self) -> int:
        return self._parser.CurrentLineNumber
