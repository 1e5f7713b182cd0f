"""What one side denies and the other tells by the opposite: भूले नहीं and remembers, कमी नहीं and plenty.

Opposites are the meanings of a group of phrases.tsv of the kinds `_KINDS` (forget and recall), or the two of one of
cues.tsv (agreed and refused).
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from tithi.evidence.pair import Cue, Pair
from tithi.evidence.tables import read_table
from tithi.evidence.words import Word, Words
from tithi.records import Lang
from tithi.rules.said import Meaning, said_in

__all__ = ["FIRM", "denied_near", "denies_opposite", "not_alike", "not_worded"]

_KINDS: Final = frozenset({"direction", "verdict"})
FIRM: Final = frozenset({"day", "few", "fold", "hour", "order", "part", "rank", "span"})
"""Groups of cues of which a negation turns no word into the other."""
_WORDED: Final = _KINDS | {"comparison", "contrast"}
"""Kinds whose phrases may hold a denial and say no more than others without: not guilty; but won't denies a will."""
_NEAR: Final = 4
"""So many words from a word stands what denies it."""

Places = dict[tuple[str, str], list[tuple[int, int]]]
"""Where a side says a meaning of a group: words `[first, stop)`."""


def denies_opposite(denied: Iterable[Word], pair: Pair, lang: Lang) -> int:
    """Return how many denials of the side in `lang` turn a word whose opposite stands plainly on the other side."""
    ours, theirs = _places(pair, lang), _places(pair, "en" if lang == "hi" else "hi")
    found, there, told = pair.hi_words, pair.en_words, pair.en_cues
    if lang == "en":
        found, there, told = there, found, pair.hi_cues
    answered = 0
    for word in denied:
        at = bisect_left(found.spans, (word.start, 0))
        # English denies what follows; a word that denies by itself (असफल) turns no other meaning of its own.
        near = {
            meaning
            for meaning, places in ours.items()
            if any(
                _is_near(at, *place) and at not in range(*place) and (lang == "hi" or at < place[0]) for place in places
            )
        }
        answered += any(
            group == other and said != opposite and (group, said) not in theirs and not denied_near(places[0], told)
            for group, said in near
            for (other, opposite), places in theirs.items()
        )
    return answered


def not_alike(weak: Sequence[Word], pair: Pair, lang: Lang) -> list[Word]:
    """Return the words that deny by the way without those of which the other side says the same: चूके, missed."""
    sides = [list(_by_phrase(pair.hi_words, "hi")), list(_by_phrase(pair.en_words, "en"))]
    ours, theirs = sides if lang == "hi" else sides[::-1]
    found = pair.hi_words if lang == "hi" else pair.en_words
    said = {meaning for meaning, _ in theirs}
    alike = {found.spans[i][0] for meaning, place in ours if meaning in said for i in range(*place)}
    return [word for word in weak if word.start not in alike]


def not_worded(hi: Sequence[Word], en: Sequence[Word], pair: Pair) -> tuple[list[Word], list[Word]]:
    """Return the denials of both sides without those that are a part of what the other says in a word.

    निर्दोष and not guilty, नींद नहीं आई and lay awake, साल भर भी नहीं and less than a year are one phrase each.
    """
    ours, theirs = _with_denials(hi, pair.hi_words, "hi"), _with_denials(en, pair.en_words, "en")
    return _worded_apart(hi, ours, theirs), _worded_apart(en, theirs, ours)


def _with_denials(denied: Sequence[Word], found: Words, lang: Lang) -> list[tuple[Meaning, set[int]]]:
    """Return what the phrases of a side mean, and where each holds a denial."""
    said_here = [said for said in said_in(found, lang) if said.phrase.kind in _WORDED]
    told = [(_compared(said.phrase.meaning), found.between(said.first, said.stop)) for said in said_here]
    return [(meaning, {one.start for one in denied if start <= one.start < stop}) for meaning, (start, stop) in told]


def _worded_apart(
    denied: Sequence[Word], ours: list[tuple[Meaning, set[int]]], theirs: list[tuple[Meaning, set[int]]]
) -> list[Word]:
    plain = {meaning for meaning, at in theirs if not at} - {meaning for meaning, at in theirs if at}
    gone = set[int]().union(*(at for meaning, at in ours if meaning in plain))
    return [one for one in denied if one.start not in gone]


def _compared(meaning: Meaning) -> Meaning:
    """Return a meaning, one for `less than 5` and a plain `less than`."""
    return ("than", meaning[1]) if meaning[0] == "more" else meaning


def denied_near(place: tuple[int, int], told: Sequence[Cue]) -> bool:
    """Whether an outright negation stands near the words `[first, stop)` of a side with these cues."""
    return any("negation" in kinds and _is_near(i, *place) for i, kinds in told)


def _is_near(at: int, first: int, stop: int) -> bool:
    return first - _NEAR <= at < stop + _NEAR


def _places(pair: Pair, lang: Lang) -> Places:
    found, told = (pair.hi_words, pair.hi_cues) if lang == "hi" else (pair.en_words, pair.en_cues)
    places: Places = {}
    for meaning, place in (*_by_phrase(found, lang), *_by_cue(told)):
        places.setdefault(meaning, []).append(place)
    return places


def _by_phrase(found: Words, lang: Lang) -> Iterator[tuple[tuple[str, str], tuple[int, int]]]:
    for phrase, first, stop in said_in(found, lang):
        if phrase.kind in _KINDS:
            yield phrase.meaning, (first, stop)


def _by_cue(told: Sequence[Cue]) -> Iterator[tuple[tuple[str, str], tuple[int, int]]]:
    for i, kinds in told:
        for kind in kinds & _poles():
            group, _, meaning = kind.partition("=")
            yield (f"={group}", meaning), (i, i + 1)


@cache
def _poles() -> frozenset[str]:
    """Return the kinds of cues whose group has but two meanings."""
    groups: dict[str, set[str]] = {}
    for row in read_table("cues.tsv"):
        group, sign, _ = row["kind"].partition("=")
        if sign and group not in FIRM and not group.startswith("name-"):
            groups.setdefault(group, set()).add(row["kind"])
    return frozenset(kind for kinds in groups.values() if len(kinds) == 2 for kind in kinds)
