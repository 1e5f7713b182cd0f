"""Dates in Hindi and English text: where they stand and what they mean.

>>> [(hit.text, hit.span.edtf) for hit in find_dates("16-17 मई, 2024", "hi")]
[('16-17 मई, 2024', '2024-05-16/2024-05-17')]

What looks like a date and is none is no hit: `19-20 वर्ष`, `3.11.2`, `COVID-19`, `may` the verb, `मार्च` the march.
Times of day, seasons, and festivals without a year are not read. Numeric dates are day-first where they can be, in
both languages (Indian English), or month-first if asked; ISO always.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from tithi import arguments
from tithi.dates.cues import may_open
from tithi.dates.festivals import festival_after, festival_at
from tithi.dates.found import Evidence, Found
from tithi.dates.quarters import months_of_year
from tithi.dates.ranges import date_list
from tithi.dates.reader import Reader
from tithi.dates.reference import Reference
from tithi.dates.relative import RelativeReader
from tithi.dates.span import DateSpan
from tithi.dates.within import part_after, part_before
from tithi.dates.years import year_list
from tithi.numerals.tokens import Reading, reading
from tithi.records import Lang

__all__ = ["DateHit", "DateSpan", "Evidence", "covers_line", "dates_in", "find_dates", "opening_date"]

_PUNCTUATION: Final = frozenset(
    " \t\r\n\u00a0.,:;-\u2010\u2011\u2012\u2013\u2014\u2015।|()[]{}<>*#•·●▪►‣\"'“”‘’/=~_\ufeff\u200b"
)
#: Characters in which a date that opens a text ends.
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class DateHit:
    """A date in a text: `text` is the text's own characters `[start, stop)`, `span` what they mean.

    `evidence` tells by what it is known for a date, see `tithi.dates.found.Found`.
    """

    start: int
    stop: int
    text: str
    span: DateSpan
    evidence: Evidence


def find_dates(text: str, lang: Lang, *, reference: date | None = None, month_first: bool = False) -> list[DateHit]:
    """Return the dates in `text`, in order and without overlap, in time linear in its length.

    Args:
        text: Any text, as published: nukta composed or not, joiners, digits of either script.
        lang: The language of the text; words of the other one are understood too.
        reference: The day on which it was written. Relative dates (कल, last year) are resolved against it; without it
            they are hits whose `span.edtf` is None.
        month_first: Whether 3/7/2017 is 7 March, as in America, and not 3 July.

    Example:
        >>> find_dates("यह जुलाई, २००० की बात है।", "hi")[0].span.edtf
        '2000-07'
    """
    lang = arguments.lang(lang, "find_dates")
    text, reference = arguments.text(text, "find_dates"), arguments.day(reference, "find_dates: the reference")
    return dates_in(reading(text), lang, reference=reference, month_first=month_first)


def dates_in(read: Reading, lang: Lang, *, reference: date | None = None, month_first: bool = False) -> list[DateHit]:
    """Return what `find_dates` does for a text that is cut into tokens already."""
    reader = Reader(read.tokens, month_first=month_first)
    return list(_hits(read, reader, lang, reference)) if reader.candidates else []


def _hits(read: Reading, reader: Reader, lang: Lang, reference: date | None) -> Iterator[DateHit]:
    relative = RelativeReader(reader, lang, Reference(reference))
    after = 0
    for index in reader.candidates:
        if index < after:
            continue
        for first, stop, span, evidence in _told_at(reader, index, relative):
            if first < after:
                continue
            yield DateHit(*read.told(*reader.tokens.span(first, stop)), span, evidence)
            after = stop


def _told_at(reader: Reader, index: int, relative: RelativeReader) -> list[Found]:
    """Return what is told at a token, with a part or a festival that goes with it."""

    def plain(start: int) -> list[Found]:
        told = date_list(reader, start)
        return relative.of_year(start, told) or told or year_list(reader, start) or relative.read(start)

    found = part_before(reader, index, relative.reference, plain) or festival_at(reader, index) or plain(index)
    if len(found) != 1:
        return found
    told = part_after(reader, found[0], relative.reference) or months_of_year(reader, found[0])
    return told or festival_after(reader, found[0]) or found


def opening_date(text: str, lang: Lang, *, reference: date | None = None) -> DateHit | None:
    """Return the date that opens the text after bullets, brackets and blanks, None when something else does.

    Example:
        >>> opening_date("• 25 अप्रैल 2019: किम रूस गए।", "hi").text
        '25 अप्रैल 2019'
    """
    start = next((index for index, character in enumerate(text) if character not in _PUNCTUATION), len(text))
    read = reading(text[: start + _LONGEST])
    if not may_open(read.tokens.texts[: start + 2]):
        return None  # most lines: neither the first word, before which stand at most so many marks, nor the second
    reader = Reader(read.tokens)
    if not reader.candidates:
        return None
    before = max(0, reader.candidates[0] - 1)  # the `XX` of `XX century`
    if read.told(*reader.tokens.span(before, before + 1))[0] > start:
        return None  # most lines: no date begins sooner
    hit = next(_hits(read, reader, lang, reference), None)
    return hit if hit is not None and hit.start <= start else None


def covers_line(hit: DateHit, line: str) -> bool:
    """Whether the line is the date and punctuation alone, as a date heading is."""
    return all(character in _PUNCTUATION for character in line[: hit.start] + line[hit.stop :])
