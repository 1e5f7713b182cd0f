"""Text left untranslated: English in the Hindi, Hindi in the English."""

import re

from tithi.evidence.pair import Pair
from tithi.evidence.tables import common_words
from tithi.evidence.words import Words
from tithi.numerals.memo import Memo
from tithi.records import Issue
from tithi.rules.check import Check
from tithi.script import is_devanagari

__all__ = ["UNTRANSLATED", "check_untranslated"]

_RUN = 3
"""So many common English words in a row are English left in Hindi: names and terms are shorter or capitalised."""
_LONG = 6
_SHARE = 0.25
"""Shorter runs, where less of the side is English, stand in mixed speech too: they are but a hint."""
_COPIED = 4
"""So many words in a row that the English side has in the same order are English left in Hindi, names among them,"""
_PLAIN = 2
"""if so many of them are common words; what begins and ends with a capital is the title of a work or an office."""
_PART = 0.3
"""A smaller part of a side is mixed speech."""
_MOST = 60
"""So many words of a run are looked at."""
_LATIN = re.compile("[a-z]")


def check_untranslated(pair: Pair) -> list[Issue]:
    """Report a run of English words in the Hindi, or of Hindi words in the English."""
    issues = []
    if _LATIN.search(pair.hi) and (english := _english_in(pair.hi_words)):
        copied, run = _copied(pair, english), _longest_run(english, _RUN)
        size = run[1] - run[0]
        much = size >= _LONG or (size > _RUN and sum(english) >= _SHARE * len(pair.hi_words))
        if found := copied or (run if size else None):
            start, stop = pair.hi_words.between(*found)
            severity = "error" if copied or much else "hint"
            issues.append(
                Issue("untranslated", severity, (start, stop), None, f"English in the Hindi: {pair.hi[start:stop]}")
            )
    # Most English is ASCII, and then there is nothing to look for.
    if not pair.en.isascii():
        run = _longest_run(list(map(is_devanagari, pair.en_words.texts)), _RUN)
        if run == (0, 0):
            return issues
        start, stop = pair.en_words.between(*run)
        issues.append(
            Issue("untranslated", "error", None, (start, stop), f"Hindi in the English: {pair.en[start:stop]}")
        )
    return issues


def _is_common(text: str) -> bool:
    return text.islower() and text in common_words()


_COMMON = Memo(_is_common)


def _english_in(found: Words) -> list[bool]:
    """Whether each word is a common English one between blanks (those of addresses and file names are not)."""
    common = list(map(_COMMON.__getitem__, found.texts))
    if sum(common) < _PLAIN:
        return []
    text = found.source
    return [
        flag and text[start - 1 : start].strip() == "" and text[stop : stop + 1] not in ("/", "_", "-", "@")
        for flag, (start, stop) in zip(common, found.spans, strict=True)
    ]


def _copied(pair: Pair, english: list[bool]) -> tuple[int, int] | None:
    """Return the first run of Latin words that the English side has too, if much of the Hindi and not names alone."""
    theirs = " ".join(pair.en_words.texts)
    texts = pair.hi_words.texts
    first, stop = _longest_run([text.isascii() for text in texts], _COPIED)
    stop = min(stop, first + _MOST)
    if sum(english[first:stop]) < _PLAIN:
        return None
    for start in range(first, stop - _COPIED + 1):
        end = stop
        while end - start >= _COPIED and f" {' '.join(texts[start:end])} " not in f" {theirs} ":
            end -= 1
        if end - start >= _COPIED and sum(english[start:end]) >= _PLAIN:
            is_title = texts[start][0].isupper() and texts[end - 1][0].isupper()
            return None if is_title or end - start < _PART * len(texts) else (start, end)
    return None


def _longest_run(flags: list[bool], least: int) -> tuple[int, int]:
    """Return the longest run of true flags; `(0, 0)` where none has `least`."""
    best, start = (0, 0), None
    for i, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = i
        elif not flag and start is not None:
            best = max(best, (start, i), key=lambda run: run[1] - run[0])
            start = None
    return best if best[1] - best[0] >= least else (0, 0)


UNTRANSLATED = Check(check_untranslated, {"untranslated": "words left in the source language"})
