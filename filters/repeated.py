"""Filters of what a side says again: a stretch of it, or the same words many times in a row."""

from typing import Final

from tithi.filters.evidence import Evidence
from tithi.filters.verdict import Said
from tithi.records import Lang

__all__ = ["repeats", "stutter"]

_NAME: Final[dict[Lang, str]] = {"hi": "Hindi", "en": "English"}
_BOTH: Final[tuple[tuple[Lang, Lang], ...]] = (("hi", "en"), ("en", "hi"))


def repeats(pair: Evidence) -> Said:
    """Share of a side that is one stretch of four words and more said before, beyond that of the other side.

    There three words are enough: what one language says in four the other may say in three.
    """
    best = Said(0.0, "nothing is said again")
    for lang, other in _BOTH:
        share = _again(pair.words_of(lang).keys)
        if share > best.score:
            beyond = max(0.0, share - _again(pair.words_of(other).keys, 3))
            best = max(best, Said(beyond, f"of the {_NAME[lang]} is said again"), key=lambda said: said.score)
    return best


def stutter(pair: Evidence) -> Said:
    """How many times in a row up to three words are said on one side, less those of the other."""
    times = {lang: _in_a_row(pair.words_of(lang).keys) for lang, _ in pair.sides}
    lang: Lang = "hi" if times["hi"] >= times["en"] else "en"
    return Said(abs(times["hi"] - times["en"]), f"times more in a row the {_NAME[lang]} says the same words")


def _again(keys: list[str], size: int = 4) -> float:
    """Return the share of words in the longest stretch of `size` words and more that stands in the text before."""
    if len(keys) - len(set(keys)) < size:
        return 0.0
    seen: dict[tuple[str, ...], int] = {}
    best = i = 0
    while i + size <= len(keys):
        start = seen.setdefault(tuple(keys[i : i + size]), i)
        length = 0
        if start + size <= i:
            length = size
            while i + length < len(keys) and start + length < i and keys[start + length] == keys[i + length]:
                length += 1
            best = max(best, length)
        i += max(length, 1)
    return best / len(keys)


def _in_a_row(keys: list[str]) -> int:
    """Return how many times a group of one, two or three words is said in a row, 1 at least."""
    best = 1
    if len(set(keys)) == len(keys):
        return best
    for size in (1, 2, 3):
        run = 0
        for i in range(len(keys) - size):
            run = run + 1 if keys[i] == keys[i + size] else 0
            best = max(best, run // size + 1)
    return best
