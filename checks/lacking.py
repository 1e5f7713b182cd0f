"""What one article tells and the other does not: sentences without counterpart, and the facts in them.

A fact is a number, a date or a name that stands in such a sentence and nowhere in the other article.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tithi import arguments
from tithi.dates.find import dates_in
from tithi.evidence.capitals import english_names
from tithi.evidence.words import words
from tithi.numerals.find import numbers_in
from tithi.numerals.tokens import reading
from tithi.records import Alignment, Bead, Document, Lang, Range, Span
from tithi.rules.names import hindi_name

__all__ = ["Lacking", "lacking"]


@dataclass(frozen=True, slots=True)
class Lacking:
    """A stretch of the `lang` article that the other lacks, and the facts lost with it.

    `reason` tells why it is alone where it may have a counterpart, and `rival` what would most likely be that.
    """

    lang: Lang
    sentences: Range
    span: Span
    text: str
    facts: tuple[str, ...]
    reason: str | None = None
    rival: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Return plain data for a report."""
        return {
            "lang": self.lang,
            "sentences": list(self.sentences),
            "span": list(self.span),
            "text": self.text,
            "facts": list(self.facts),
            "reason": self.reason,
            "rival": self.rival,
        }


def lacking(alignment: Alignment) -> list[Lacking]:
    """Return what stands in null beads, in the order of each article, Hindi first.

    Neighbours are one stretch, but for those that may have a counterpart.

    Raises:
        UsageError: It is given anything but an alignment.
    """
    alignment = arguments.alignment(alignment, "lacking")
    found = []
    sides: list[tuple[Lang, Document, str]] = [
        ("hi", alignment.hi, alignment.en.article.text),
        ("en", alignment.en, alignment.hi.article.text),
    ]
    for lang, document, other in sides:
        alone = {bead.hi if lang == "hi" else bead.en: bead for bead in alignment.nulls()}
        for (first, last), bead in _joined({at: alone[at] for at in sorted(alone) if at[0] < at[1]}):
            span = (document.sentences[first].start, document.sentences[last - 1].stop)
            text = document.text((first, last))
            why = bead.reason, alignment.rival(bead)
            found.append(Lacking(lang, (first, last), span, text, _facts(text, lang, other), *why))
    return found


def _joined(alone: Mapping[Range, Bead]) -> list[tuple[Range, Bead]]:
    """Return the ranges, in order, neighbours joined of which nothing is known but that they are alone."""
    joined: list[tuple[Range, Bead]] = []
    for (first, last), bead in alone.items():
        if joined and joined[-1][0][1] == first and not (_known(bead) or _known(joined[-1][1])):
            joined[-1] = (joined[-1][0][0], last), bead
        else:
            joined.append(((first, last), bead))
    return joined


def _known(bead: Bead) -> bool:
    return bead.reason is not None or bead.rival is not None


def _facts(text: str, lang: Lang, other: str) -> tuple[str, ...]:
    """Return the numbers, dates and (in English) names of a text that the other article does not tell."""
    other_lang: Lang = "en" if lang == "hi" else "hi"
    read, read_other = reading(text), reading(other)
    dates = [hit for hit in dates_in(read, lang) if hit.span.edtf is not None]
    told_dates = {hit.span.key for hit in dates_in(read_other, other_lang)}
    told_numbers = {hit.value for hit in numbers_in(read_other, other_lang)}
    facts = [hit.text for hit in dates if hit.span.key not in told_dates]
    facts += [
        hit.text
        for hit in numbers_in(read, lang, skip=[(hit.start, hit.stop) for hit in dates])
        if not hit.weak and hit.kind != "label" and hit.value not in told_numbers
    ]
    if lang == "en":
        there = words(other)
        facts += [word.text for word in english_names(words(text)) if hindi_name(word, there) is None]
    return tuple(dict.fromkeys(facts))
