"""Abbreviations that are spelled: सीबीआई is CBI, and where the English has NIA in its place another one is meant.

Hindi spells by the names of the letters (सी, बी, आई); one of three and more is hardly ever another word.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import compress, count
from typing import Final

from rapidfuzz.distance import Levenshtein

from tithi.evidence.pair import Pair
from tithi.evidence.tables import name_pairs, read_table, spellings
from tithi.evidence.words import Word, Words
from tithi.numerals.memo import Memo
from tithi.records import Issue
from tithi.rules.check import Check, contradiction
from tithi.rules.names import meant

__all__ = ["ACRONYMS", "check_acronyms", "spelled"]

_LEAST: Final = 3
_MOST: Final = 6
_MEANT: Final = 0.1
"""From this chance on an English abbreviation is taken for translated."""


def check_acronyms(pair: Pair) -> list[Issue]:
    """Report the one spelled abbreviation of the Hindi that the English has not, where the English has another."""
    at = list(compress(count(), map(_SPELLED.__getitem__, pair.hi_words.keys)))
    if not at:
        return []
    hi = [(pair.hi_words[i], _SPELLED[pair.hi_words.keys[i]]) for i in at]
    en = list(_english(pair.en_words))
    hi_left = [(word, letters) for word, letters in hi if not any(_is_same(letters, other) for _, other in en)]
    en_left = [word for word, letters in en if not any(_is_same(other, letters) for _, other in hi)]
    if len(hi_left) != 1 or len(en_left) != 1 or _is_written_out(hi_left[0][1], pair.en_words):
        return []
    other = en_left[0]
    known = name_pairs().get(other.key, frozenset())
    if not known.isdisjoint(pair.hi_words.distinct) or meant(other.key, pair.hi_words) >= _MEANT:
        return []
    return [contradiction("name", hi_left[0][0], other)]


def spelled(word: str) -> str:
    """Return the letters, in small, that a folded Hindi word names, three and more of them; else an empty text.

    >>> spelled("सीबीआई")
    'cbi'
    """
    found = {0: ""}
    for at in range(len(word)):
        if at in found and len(found[at]) < _MOST:
            for name, letter in _letters():
                if word.startswith(name, at):
                    found.setdefault(at + len(name), found[at] + letter)
    letters = found.get(len(word), "")
    return letters if len(letters) >= _LEAST else ""


_SPELLED: Final = Memo(spelled)


def _english(found: Words) -> Iterator[tuple[Word, str]]:
    """Yield the abbreviations of an English text, not of one in capitals: CBI, LoC, and MSMEs without its ending."""
    if found.source.isupper():
        return
    for i, text in enumerate(found.texts):
        single = text.removesuffix("'s").removesuffix("’s").removesuffix("s")
        if _LEAST <= len(single) <= _MOST and single.isalpha() and sum(map(str.isupper, single)) > 1:
            yield found[i], single.lower()


def _is_same(hi: str, en: str) -> bool:
    """Whether two abbreviations are one: ज़ी is Z and G, जे may be J and JAY, and a longer one may be misspelled."""
    hi, en = hi.replace("z", "g"), en.replace("z", "g")
    return hi == en or en.startswith(hi) or (len(hi) > _LEAST and Levenshtein.distance(hi, en) < 2)


def _is_written_out(letters: str, found: Words) -> bool:
    """Whether words of a text begin with these letters, one after the other; two small words may lie between."""
    return re.search(".{0,2}".join(letters), "".join(key[0] for key in found.keys)) is not None


@cache
def _letters() -> tuple[tuple[str, str], ...]:
    """Return the names of the letters, folded, the longest first."""
    told = [(name, row["letter"]) for row in read_table("letters.tsv") for name in spellings(row["hi"])]
    return tuple(sorted(told, key=lambda one: -len(one[0])))


ACRONYMS = Check(check_acronyms, {})
