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
_LATIN = re.compile("[a-z]")


def check_untranslated(pair: Pair) -> list[Issue]:
    """Report a run of English words in the Hindi, or of Hindi words in the English."""
    issues = []
    if _LATIN.search(pair.hi) and (run := _longest_run(english := _english_in(pair.hi_words))):
        start, stop = pair.hi_words.between(*run)
        size = run[1] - run[0]
        much = size >= _LONG or (size > _RUN and sum(english) >= _SHARE * len(pair.hi_words))
        severity = "error" if much else "hint"
        issues.append(
            Issue("untranslated", severity, (start, stop), None, f"English in the Hindi: {pair.hi[start:stop]}")
        )
    # Most English is ASCII, and then there is nothing to look for.
    if not pair.en.isascii() and (run := _longest_run(list(map(is_devanagari, pair.en_words.texts)))):
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
    if sum(common) < _RUN:
        return []
    text = found.source
    return [
        flag and text[start - 1 : start].strip() == "" and text[stop : stop + 1] not in ("/", "_", "-", "@")
        for flag, (start, stop) in zip(common, found.spans, strict=True)
    ]


def _longest_run(flags: list[bool]) -> tuple[int, int] | None:
    """Return the longest run of true flags of `_RUN` or more."""
    best, start = (0, 0), None
    for i, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = i
        elif not flag and start is not None:
            best = max(best, (start, i), key=lambda run: run[1] - run[0])
            start = None
    return best if best[1] - best[0] >= _RUN else None


UNTRANSLATED = Check(check_untranslated, {"untranslated": "words left in the source language"})
