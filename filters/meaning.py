"""Filters that ask the language identifier, the vectors and the checks: which language, how close, how sure."""

from collections.abc import Callable
from typing import Final

from tithi.checks.lexicon import lexicon, stem
from tithi.checks.tables import common_words
from tithi.checks.words import Memo
from tithi.filters.evidence import Evidence
from tithi.filters.order import out_of_place, usual
from tithi.filters.verdict import Said
from tithi.records import Lang
from tithi.sources.language import NAMES, detect

__all__ = ["adequacy", "balance", "foreign", "issue", "margin", "order", "quality", "similarity"]

_LEAST_WORDS: Final = 6
_PHRASE: Final = 4
"""Shorter texts are too much alike in a list of them: `Copy`, `Paste`, `Paste as text`."""
_FREE: Final = 3.0
_SHORT: Final = 12
_HINDI: Final = Memo(lambda key: stem(key, "hi") in lexicon().hindi_class)


def foreign(pair: Evidence) -> Said:
    """Sides that are in another language than their own, by the language identifier; too short to tell is none.

    A side of few letters is believed to be foreign only if hardly a word of it is known: names mislead the identifier.
    """
    told = []
    for (lang, _), text in zip(pair.sides, pair.prose, strict=True):
        found = detect(text)
        if found not in (None, lang) and not _known(pair, lang) and not (lang == "en" and pair.same):
            told.append(f"{NAMES.get(found or '', found)} in the {'Hindi' if lang == 'hi' else 'English'}")
    return Said(len(told), " and ".join(told) or "sides in another language")


def _known(pair: Evidence, lang: Lang) -> bool:
    """Whether a short side has many words of its own language."""
    keys = pair.words_of(lang).keys
    if len(keys) > _SHORT:
        return False
    own = sum(key in common_words() for key in keys) if lang == "en" else sum(map(_HINDI.__getitem__, keys))
    return 2 * own >= len(keys)


def similarity(pair: Evidence) -> Said | None:
    """Cosine of the vectors of both sides, in [-1, 1]."""
    if pair.meaning is None:
        return None
    return Said(pair.meaning.similarity, "is how close the sides are")


def margin(pair: Evidence) -> Said | None:
    """How much closer the sides are to one another than to the other side of the line before or after, in [-2, 2]."""
    if pair.meaning is None or pair.meaning.margin == 2.0 or min(len(pair.hi_words), len(pair.en_words)) < _PHRASE:
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
    """How usually the words of the worse side follow one another: 1 and more in prose, below .3 where shuffled.

    The mean of `tithi.filters.order.usual`, raised for short sides, which are freer, and lowered for marks and capitals
    that stand inside and belong to the edges. A side of five words and fewer has no score.
    """
    scores: dict[Lang, float] = {}
    for (lang, text), (_, other) in zip(pair.sides, reversed(pair.sides), strict=True):
        found = pair.words_of(lang)
        if len(found) >= _LEAST_WORDS:
            scores[lang] = usual(found.keys, lang) + _FREE / (len(found) + 1) ** 0.5 - out_of_place(text, other)
    if not scores:
        return None
    lang = min(scores, key=scores.__getitem__)
    return Said(scores[lang], f"is how the words follow one another in the {'Hindi' if lang == 'hi' else 'English'}")


def quality(pair: Evidence) -> Said | None:
    """The probability of a faithful translation that the checks give, in [0, 1]."""
    if pair.quality is None or pair.quality.quality is None:
        return None
    return Said(pair.quality.quality, "is the quality by the checks")


def adequacy(pair: Evidence) -> Said | None:
    """How well the sides mean the same by the checks, in [0, 1]: a number or a "not" alone does not lower it."""
    if pair.quality is None or pair.quality.adequacy is None:
        return None
    return Said(pair.quality.adequacy, "is how well the sides mean the same")


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
