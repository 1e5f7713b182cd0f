"""Filters that ask the language identifier, the vectors and the checks: which language, how close, how sure."""

from collections.abc import Callable
from typing import Final

from tithi.checks.lexicon import order as follows
from tithi.filters.evidence import Evidence
from tithi.filters.verdict import Said
from tithi.records import Lang
from tithi.sources.language import NAMES, detect

__all__ = ["balance", "foreign", "issue", "margin", "order", "quality", "similarity"]

_USUAL: Final[dict[Lang, float]] = {"hi": 0.2, "en": 0.02}
_LEAST_WORDS: Final = 8


def foreign(pair: Evidence) -> Said:
    """Sides that are in another language than their own, by the language identifier; too short to tell is none."""
    told = []
    for (lang, _), text in zip(pair.sides, pair.prose, strict=True):
        found = detect(text)
        if found not in (None, lang) and not (lang == "en" and pair.same):
            told.append(f"{NAMES.get(found or '', found)} in the {'Hindi' if lang == 'hi' else 'English'}")
    return Said(len(told), " and ".join(told) or "sides in another language")


def similarity(pair: Evidence) -> Said | None:
    """Cosine of the vectors of both sides, in [-1, 1]."""
    if pair.meaning is None:
        return None
    return Said(pair.meaning.similarity, "is how close the sides are")


def margin(pair: Evidence) -> Said | None:
    """How much closer the sides are to one another than to the other side of the line before or after, in [-2, 2]."""
    if pair.meaning is None or pair.meaning.margin == 2.0:
        return None
    return Said(pair.meaning.margin, "closer to one another than to the line before or after")


def balance(pair: Evidence) -> Said | None:
    """How many times as much one side says as the other, by the lengths of their vectors."""
    if pair.meaning is None:
        return None
    import math

    more = "Hindi" if pair.meaning.balance > 0 else "English"
    return Said(math.exp(abs(pair.meaning.balance)), f"times as much is said in the {more}")


def order(pair: Evidence) -> Said | None:
    """How usually the words of the worse side follow one another: about .5 in prose, below 0 where they are shuffled.

    Sides of fewer than eight words have no score: titles and lists are freer.
    """
    scores = {
        lang: (follows(found.keys, lang) - _USUAL[lang]) * len(found) ** 0.5
        for lang, _ in pair.sides
        if len(found := pair.words_of(lang)) >= _LEAST_WORDS
    }
    if not scores:
        return None
    lang = min(scores, key=scores.__getitem__)
    return Said(scores[lang], f"is how the words follow one another in the {'Hindi' if lang == 'hi' else 'English'}")


def quality(pair: Evidence) -> Said | None:
    """The probability of a faithful translation that the checks give, in [0, 1]."""
    if pair.quality is None or pair.quality.quality is None:
        return None
    return Said(pair.quality.quality, "is the quality by the checks")


def issue(kind: str) -> Callable[[Evidence], Said | None]:
    """Return the filter of a kind of issue: the confidence in [0, 1] of the surest one that the checks found."""

    def found(pair: Evidence) -> Said | None:
        if pair.quality is None:
            return None
        mine = [item for item in pair.quality.issues if item.kind == kind]
        if not mine:
            return Said(0.0, f"no {kind}")
        surest = max(mine, key=lambda item: item.confidence)
        return Said(surest.confidence, f"sure: {surest.message}")

    return found
