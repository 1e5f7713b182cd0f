"""Where the units of an XML file stand in it, in bytes: to take some out, and leave all else as it was."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers.expat import XMLParserType

from tithi.records import Lang

__all__ = ["Place", "Places"]


@dataclass(frozen=True, slots=True)
class Place:
    """The bytes of an element, with the blanks before it.

    `texts` tells where the insides of a unit's texts are; `units` is how many units end in an element that holds some,
    None of a unit itself. What holds units comes after them.
    """

    start: int
    stop: int
    texts: Mapping[Lang, tuple[int, int]] = field(default_factory=dict)
    units: int | None = None


class Places:
    """Notes places as a parser goes: expat tells where an event begins, so that one ends where the next one begins."""

    def __init__(self, parser: XMLParserType) -> None:
        self.found: list[Place] = []
        self._parser = parser
        self._open: list[tuple[int, int]] = []
        self._waiting: list[Callable[[int], None]] = []
        self._texts: dict[Lang, tuple[int, int]] = {}
        self._lang: Lang | None = None
        self._units = 0
        self._blank: int | None = None
        parser.buffer_text = False
        parser.DefaultHandler = self.pass_over

    def pass_over(self, text: str) -> None:
        """Take an event that is no tag: a text, a comment, an instruction."""
        at = self._event()
        if not text.isspace():
            self._blank = None
        elif self._blank is None:
            self._blank = at

    def begin(self) -> None:
        """Take the start of an element."""
        at = self._event()
        self._open.append((at if self._blank is None else self._blank, self._units))
        self._blank = None

    def end(self, kind: str | None) -> None:
        """Take the end of an element, which is a "unit", "holds" units, or neither."""
        self._event()
        self._blank = None
        start, before = self._open.pop()
        if kind == "unit":
            texts, self._texts = self._texts, {}
            self._units += 1
            self._waiting.append(lambda stop: self.found.append(Place(start, stop, texts)))
        elif kind == "holds":
            units = self._units - before
            self._waiting.append(lambda stop: self.found.append(Place(start, stop, units=units)))

    def begin_text(self, lang: Lang) -> None:
        """A text begins behind the tag that is read."""
        self._waiting.append(lambda start: self._texts.update({lang: (start, start)}))
        self._lang = lang

    def end_text(self) -> None:
        """A text ends before the tag that is read."""
        stop = self._event()
        if self._lang is not None:
            self._texts[self._lang] = self._texts[self._lang][0], stop

    def _event(self) -> int:
        """Tell what waits for it where this event begins."""
        at = self._parser.CurrentByteIndex
        waiting, self._waiting = self._waiting, []
        for told in waiting:
            told(at)
        return at
