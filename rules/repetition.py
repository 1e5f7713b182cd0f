"""A side that says itself again: a sentence or more of it stands there twice and on the other side once."""

from typing import Final

from tithi.evidence.pair import Pair
from tithi.evidence.words import Words
from tithi.records import Issue
from tithi.rules.check import Check

__all__ = ["REPETITION", "check_repetition"]

_LEAST: Final = 4
"""Fewer words in a row come twice in good prose."""
_SHARE: Final = 0.4
"""What is said again must be so much of the side."""


def check_repetition(pair: Pair) -> list[Issue]:
    """Report a stretch of a side that is said there before, when the other side does not repeat itself."""
    hi, en = _again(pair.hi_words), _again(pair.en_words)
    if hi and not en:
        span = pair.hi_words.between(*hi)
        return [Issue("repetition", "error", span, None, f"said twice in the Hindi: {pair.hi[slice(*span)]}")]
    if en and not hi:
        span = pair.en_words.between(*en)
        return [Issue("repetition", "error", None, span, f"said twice in the English: {pair.en[slice(*span)]}")]
    return []


def _again(found: Words) -> tuple[int, int] | None:
    """Return the words of the longest stretch that stands in the text before, None when it is short."""
    keys = found.keys
    if len(keys) - len(found.distinct) < _LEAST:
        return None
    begun = list(zip(*(keys[at:] for at in range(_LEAST)), strict=False))
    if len(set(begun)) == len(begun):
        return None
    first: dict[tuple[str, ...], int] = {}
    best = (0, 0)
    i = 0
    while i + _LEAST <= len(keys):
        start = first.setdefault(begun[i], i)
        size = 0
        if start + _LEAST <= i:
            size = _LEAST
            while i + size < len(keys) and start + size < i and keys[start + size] == keys[i + size]:
                size += 1
            best = max(best, (i, i + size), key=lambda stretch: stretch[1] - stretch[0])
        i += max(size, 1)
    size = best[1] - best[0]
    # An address may say what its heading says: {/where-to-get-your-key/}.
    spaced = any(map(str.isspace, found.source[slice(*found.between(*best))]))
    return best if spaced and size >= _SHARE * len(keys) else None


REPETITION = Check(check_repetition, {"repetition": "a stretch of a side that is said twice there, once on the other"})
