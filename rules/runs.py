"""Scores of cricket by name: a half-century is no century, अर्धशतक is no शतक."""

from functools import cache

from tithi.evidence.pair import Pair
from tithi.evidence.words import fold
from tithi.numerals.words import number_words
from tithi.records import Issue

__all__ = ["other_runs"]


def other_runs(pair: Pair) -> Issue | None:
    """Return what is wrong where a half-century of one side is a century on the other, which has no number."""
    for hits, others, found in (
        (pair.hi_numbers, pair.en_numbers, pair.en_words),
        (pair.en_numbers, pair.hi_numbers, pair.hi_words),
    ):
        halves = [(hit.start, hit.stop) for hit in hits if hit.text.lower() in number_words().kinds["half_runs"]]
        if len(halves) != 1 or others or _centuries().isdisjoint(found.distinct):
            continue
        whole = next((word.start, word.stop) for word in found if word.key in _centuries())
        hi, en = (halves[0], whole) if found is pair.en_words else (whole, halves[0])
        told = f"{pair.hi_words.source[slice(*hi)]} in the Hindi, {pair.en_words.source[slice(*en)]} in the English"
        return Issue("number", "error", hi, en, told)
    return None


@cache
def _centuries() -> frozenset[str]:
    return frozenset(fold(form) for form, runs in number_words().kinds["named"].items() if runs == "100")
