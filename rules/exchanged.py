"""Numbers that have changed places: five dead and twelve hurt here, twelve dead and five hurt there.

Both sides have both numbers, once each. A word belongs to the number that it stands nearest to; when words of the one
are translated beside the other and the reverse, and hardly any beside its own, the numbers have been exchanged.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from tithi.evidence.hits import may_have_two, number_values
from tithi.evidence.lexicon import lexicon, stem
from tithi.evidence.pair import Pair, month_words
from tithi.evidence.tables import common_words, word_set
from tithi.evidence.words import Words
from tithi.records import Issue
from tithi.rules.check import Check
from tithi.rules.names import hindi_name

__all__ = ["EXCHANGED", "check_exchanged"]

_MOST: Final = 6
"""Of more numbers on both sides no two are told to have changed places: such a text is a table."""
_RANGE: Final = 2
"""Two numbers with fewer words between them are a range or a list, and what stands beside them is of both."""
_NEAR: Final = 3.0
"""A word farther from a number is not counted by it."""
_APART: Final = 2.0
"""What a comma or `and` between adds to the distance; a number before a word has the advantage over one behind."""
_BEHIND: Final = 0.5
_CHANCE: Final = 0.12
_FIGURES: Final = 4
"""A year has so many."""


def check_exchanged(pair: Pair) -> list[Issue]:
    """Report the first two numbers that have changed places."""
    if not may_have_two(pair.hi_words) or not may_have_two(pair.en_words):
        return []
    hi_values, en_values = (number_values(found) for found in (pair.hi_words, pair.en_words))
    if len(hi_values) < 2 or len(en_values) < 2:
        return []
    hi, en = _once(hi_values), _once(en_values)
    both = [value for value in hi if value in en]
    if not 2 <= len(both) <= _MOST:
        return []
    hi_owners, en_owners = _owners(pair.hi_words, hi_values), _owners(pair.en_words, en_values)
    moves = Counter((hi_owners[i], en_owners[j]) for i, j in set(_links(pair, hi_owners, en_owners)))
    for one, other in combinations(both, 2):
        if _is_range(pair.hi_words.keys, hi[one], hi[other]) or _is_range(pair.en_words.keys, en[one], en[other]):
            continue
        if _is_dated(pair.en_words.keys, en[one]) != _is_dated(pair.en_words.keys, en[other]):
            continue
        there, back, kept = moves[one, other], moves[other, one], moves[one, one] + moves[other, other]
        if (there and back and 2 * kept <= there + back) or (not kept and there + back >= 2):
            ours, theirs = pair.hi_words[hi[one]], pair.en_words[en[other]]
            message = f"{ours.text} and {pair.hi_words.texts[hi[other]]} have changed places in the English"
            return [Issue("number", "error", (ours.start, ours.stop), (theirs.start, theirs.stop), message)]
    return []


def _once(values: dict[int, str]) -> dict[str, int]:
    """Return the numbers of a side that stand there once, and where."""
    counts = Counter(values.values())
    return {value: i for i, value in values.items() if counts[value] == 1}


def _is_range(keys: list[str], one: int, other: int) -> bool:
    """Whether two numbers are a range or a share, so that what stands beside them is of both: 60 से 75, 3 of the 12."""
    between = keys[min(one, other) + 1 : max(one, other)]
    idle = word_set("case") | word_set("out-of") | word_set("about") | word_set("range")
    return len(between) < _RANGE or idle.issuperset(between)


def _is_dated(keys: list[str], at: int) -> bool:
    """Whether a number may be a year, or the day of a month that stands beside it: such a one may stand anywhere."""
    months = month_words()
    is_day = any(key in months for key in (*keys[max(0, at - 1) : at], *keys[at + 1 : at + 2]))
    return is_day or (len(keys[at]) == _FIGURES and keys[at].isdecimal())


def _owners(found: Words, values: dict[int, str]) -> dict[int, str]:
    """Return the number that each word stands nearest to, by the word's index."""
    owners: dict[int, str] = {}
    nearest: dict[int, float] = {}
    gaps, apart = found.gaps, word_set("and")
    for at, value in values.items():
        for step in (1, -1):
            distance = 0.0 if step > 0 else _BEHIND
            for i in range(at + step, len(found) if step > 0 else -1, step):
                gap = gaps[i if step > 0 else i + 1]
                distance += 1.0 + _APART * (bool(gap.strip()) or found.keys[i] in apart)
                if distance > _NEAR or i in values:
                    break
                if distance < nearest.get(i, _NEAR + 1):
                    owners[i], nearest[i] = value, distance
    return owners


def _links(pair: Pair, hi_owners: dict[int, str], en_owners: dict[int, str]) -> Iterator[tuple[int, int]]:
    """Yield the words beside numbers that translate each other and nothing else of the pair."""
    stems = [stem(key, "en") for key in pair.en_words.keys]
    for i in hi_owners:
        key = pair.hi_words.keys[i]
        if key in word_set("case") or key in word_set("and") or pair.hi_words.keys.count(key) > 1:
            continue
        chances = lexicon().english[stem(key, "hi")]
        likely = [j for j, there in enumerate(stems) if chances.get(there, 0.0) >= _CHANCE]
        if len(likely) == 1 and likely[0] in en_owners:
            yield i, likely[0]
    for j in en_owners:
        name = pair.en_words[j]
        if name.text[:1].isupper() and name.key not in common_words() and (found := hindi_name(name, pair.hi_words)):
            i = bisect_left(pair.hi_words.spans, (found.start, 0))
            if i in hi_owners:
                yield i, j


EXCHANGED = Check(check_exchanged, {})
