"""What shows that a text is broken, whatever it says: damaged characters, words that run on the spot, no end.

All are hints, and each fires on what a text written with care never has. Reduplication (`धीरे-धीरे`, `very very`) is no
damage; a run of three that both sides have is a cry (`नहीं, नहीं, नहीं`), not a slip.
"""

import math
import re
from collections.abc import Iterable
from operator import eq
from typing import Final

from tithi.evidence.pair import Pair
from tithi.evidence.tables import word_set
from tithi.evidence.words import Words
from tithi.numerals.memo import Memo
from tithi.records import Issue
from tithi.rules.check import Check

__all__ = ["FLUENCY", "FLUENT", "check_fluency", "reads_well"]

# The replacement character and UTF-8 read as Latin-1 or cp1252; a dotted circle.
_LOST = "\ufffd|[àâ][¤¥][\\S]?|â€|Ã[\u0080-\u00bf]|\u25cc"
# A vowel sign, virama or nasal with no letter before it; the same sign twice; Latin letters inside a Hindi word.
_DAMAGE = re.compile(
    f"(?P<lost>{_LOST})"
    r"|(?P<stray>(?<![A-Z\u0900-\u097f\u200c\u200d\u25cc])[\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963]"
    r"|([\u093e-\u094d])\3)"
    r"|(?P<mixed>(?<=[\u0904-\u0963])[A-Za-z\u0400-\u04ff](?=[\u0904-\u0963])|(?<=[\u0904-\u094d])[a-z](?![A-Za-z'])"
    r"|(?<=[A-Za-z])[\u0904-\u0939\u0400-\u04ff](?=[A-Za-z])|(?<=[A-Za-z])[\u0400-\u04ff](?!\w))"
)
_TOLD = {"lost": "characters were lost", "stray": "a sign stands without its letter", "mixed": "a word in two scripts"}
FLUENT: Final = 0.5
_PRIOR: Final = 3.0
"""The logarithm of how much likelier than not a text reads well before its words are looked at: 19 of 20 do."""
_BROKEN: Final = 0.9
_BREAKS: Final = frozenset({"fluency", "order", "repetition"})
_PERIODS = (1, 2, 3)
_ODD = frozenset(["\ufffd", "\u25cc", "€", *map(chr, range(0x80, 0xC0))])
_IS_ODD = Memo(lambda word: _DAMAGE.search(word) is not None)
_LAST = frozenset('.।?!"”')
_ENDED = re.compile(r"[.।?!|…:;]['\"”’)\]\s]*$")


def check_fluency(pair: Pair) -> list[Issue]:
    """Report damaged characters, a run of the same words, and a sentence that breaks off where the other ends."""
    hi, en = (
        _flaws(pair.hi, pair.hi_words, pair.en_words, pair.en),
        _flaws(pair.en, pair.en_words, pair.hi_words, pair.hi),
    )
    issues = [Issue("fluency", "hint", span, None, f"{told} in the Hindi") for span, told in hi]
    return issues + [Issue("fluency", "hint", None, span, f"{told} in the English") for span, told in en]


def _flaws(text: str, found: Words, others: Words, other: str) -> list[tuple[tuple[int, int], str]]:
    flaws = []
    if _is_suspect(found) and (match := _DAMAGE.search(text)):
        flaws.append((match.span(), next(told for group, told in _TOLD.items() if match[group])))
    if (run := _run(found)) and not _run(others) and not _is_meant(found, run, others):
        flaws.append((found.between(*run), "words run on the spot"))
    if text[-1:] not in _LAST and (start := _opening(found)) is not None and _ENDED.search(other[-8:]):
        flaws.append(((start, len(text)), "the sentence breaks off"))
    return flaws


def _opening(found: Words) -> int | None:
    """Return where the comma or word at the end of a text begins after which the sentence must go on."""
    tail = found.tail.strip()
    if tail == "," or (not tail and found.keys and found.keys[-1] in word_set("goes-on")):
        return len(found.source.rstrip()) - 1 if tail else found.spans[-1][0]
    return None


def _is_suspect(found: Words) -> bool:
    """Whether to look for damage character by character: most texts need no such look."""
    if found.source.isascii():
        return False
    gaps = found.gaps
    return "" in gaps[1:-1] or not _ODD.isdisjoint("".join(gaps)) or any(map(_IS_ODD.__getitem__, found.texts))


def _run(found: Words) -> tuple[int, int] | None:
    """Return the words that are said three times in a row, up to three of them, or twice where no one does."""
    keys = found.keys
    spare = len(keys) - len(found.distinct)
    for period in _PERIODS:
        if spare < 2 * period - (period == 1):
            return None
        ahead = keys[period:]
        if not any(map(eq, keys, ahead)):
            continue
        same = list(map(eq, keys, ahead))
        length = 0
        for i, flag in enumerate(same):
            length = length + 1 if flag and not keys[i][:1].isdecimal() else 0
            doubled = period == 1 and flag and keys[i] in word_set("never-twice")
            if (length >= 2 * period or doubled) and _close(found, i, i + period):
                return (i if doubled and length < 2 else i - length + 1), i + period + 1
    return None


def _is_meant(found: Words, run: tuple[int, int], others: Words) -> bool:
    """Whether a run is no slip: a cry, with marks between on the other side (knock, knock), or K. K. in Hindi."""
    keys = others.keys
    if not word_set("letter").isdisjoint(found.keys[slice(*run)]) and not word_set("letter").isdisjoint(keys):
        return True
    return any(one == two == three for one, two, three in zip(keys, keys[1:], keys[2:], strict=False))


def _close(found: Words, first: int, last: int) -> bool:
    """Whether only blanks stand between the words: what a comma parts is said again on purpose."""
    start, stop = found.spans[first][1], found.spans[last][0]
    between = found.source[start:stop]
    return last - first > 1 or not between.strip()


def reads_well(pair: Pair, issues: Iterable[Issue]) -> float:
    """Return in [0, 1] how well the worse side reads: by the order of its words and by what is broken in it.

    The order alone leaves it at `FLUENT` or above; below that a side does not read at all.
    """
    worst = min(pair.hi_order, pair.en_order)
    well = 1 / (1 + math.exp(-max(_PRIOR + worst, 0.0)))
    broken = [issue for issue in issues if issue.kind in _BREAKS]
    sure = max((issue.confidence for issue in broken if issue.severity == "error"), default=0.0)
    if sure:
        return min(well, 1 - sure)
    # A hint does not bring the quality down.
    return max(well * _BROKEN, FLUENT) if any(issue.kind == "fluency" for issue in broken) else well


FLUENCY = Check(
    check_fluency,
    {"fluency": "a text that is broken: damaged characters, words said twice, a sentence that stops short"},
)
