"""Pages of a story that two told, with known alignment: verses as their own translators cut them into sentences.

A verse is now and then left out on one side, or the teller of one side goes on from it to the next without a stop. What
belongs together is a unit: a verse, or verses told in one breath. A unit of one sentence on some side is one bead; what
of a unit of several by several belongs to what is not known.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tithi.aligner.nodes import MAX_GROUP
from tithi.aligner.sentences import split_sentences
from tithi.records import Lang, Range
from training.foreign import Pair
from training.noise import GoldBead, NoisyDocument
from training.noisy_documents import cut

__all__ = ["Page", "page", "told_pages"]

OMITTED, JOINED = 0.1, 0.15

#: Sentences of both sides, [Hindi, English].
_Unit = tuple[list[str], list[str]]


@dataclass(frozen=True, slots=True)
class Page:
    """The sentences of both sides, and the units in order as their ranges."""

    sides: _Unit
    units: tuple[tuple[Range, Range], ...]


def told_pages(documents: Mapping[str, list[Pair]], size: int, seed: int) -> dict[str, NoisyDocument]:
    """Return the documents in pages of so many verses, those only of which it is known what belongs to what."""
    made = {}
    for name, verses in cut(
        {name: [pair for pair in pairs if _is_one(pair)] for name, pairs in documents.items()}, size
    ).items():
        told = page(verses, random.Random(f"{seed} {name}"))
        gold: list[GoldBead] = [(tuple(range(*hi)), tuple(range(*en))) for hi, en in told.units]
        if all(told.sides):
            made[name] = NoisyDocument(tuple(told.sides[0]), tuple(told.sides[1]), tuple(gold))
    return made


def _is_one(verse: Pair) -> bool:
    sizes = len(_sentences(verse[0], "hi")), len(_sentences(verse[1], "en"))
    return min(sizes) == 1 and max(sizes) <= MAX_GROUP


def page(verses: Sequence[Pair], rng: random.Random) -> Page:
    """Return the verses as two tellers give them."""
    units: list[_Unit] = []
    goes_on: int | None = None
    for hi, en in verses:
        unit = _sentences(hi, "hi"), _sentences(en, "en")
        if rng.random() < OMITTED and goes_on is None:
            unit[rng.randrange(2)].clear()
        if goes_on is not None:
            unit[goes_on][0] = f"{units[-1][goes_on].pop()} {unit[goes_on][0]}"
            unit = units[-1][0] + unit[0], units.pop()[1] + unit[1]
        units.append(unit)
        is_joined = rng.random() < JOINED and all(unit) and verses[-1] != (hi, en)
        goes_on = rng.randrange(2) if is_joined else None
    ranges, at = [], (0, 0)
    for unit in units:
        end = at[0] + len(unit[0]), at[1] + len(unit[1])
        ranges.append(((at[0], end[0]), (at[1], end[1])))
        at = end
    return Page(([s for unit in units for s in unit[0]], [s for unit in units for s in unit[1]]), tuple(ranges))


def _sentences(text: str, lang: Lang) -> list[str]:
    return [text[a:b].replace("\n", " ") for a, b in split_sentences(text, lang)]
