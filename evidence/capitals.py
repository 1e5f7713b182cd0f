"""English names, told by their capitals.

Left alone: abbreviations in capitals (WHO may be spelt by letters, or be translated), names of days, months and units
(checked as dates and units), and common words under a title's capital.
"""

import re
from functools import cache, lru_cache
from itertools import compress, count

from tithi.evidence.tables import common_words, name_pairs, read_table, word_set
from tithi.evidence.words import Word, Words, fold
from tithi.numerals.memo import Memo
from tithi.numerals.tokens import word_list
from tithi.script import is_devanagari

__all__ = ["bare", "english_names"]

_STARTS_SENTENCE = re.compile(r"[.!?:;।]['\"”’)\]]*\s|[\"“‘(\[•*]|[-–—]\s|^\W*$")
# At the head of a sentence any word has a capital: one that looks derived is then no name.
_DERIVED = re.compile(
    r"(?:ing|ly|ed|al|ic|ous|[ts]ion|ies|ment|ness|able|ible|ity|ive|ogy|ist|ism|ary|ers|ors|ant|ent|ful|less|ish|s)$"
)
_POSSESSIVE = re.compile(r"'s?$")


def english_names(found: Words) -> list[Word]:
    """Return the words of an English text that are names by their capital."""
    names = []
    for i in list(compress(count(), map(_MAY_BE_NAME.__getitem__, found.texts))):
        word = found[i]
        if _is_derived(word.key):
            before = found.source[found.spans[i - 1][1] : word.start] if i else ""
            if _STARTS_SENTENCE.search(before):
                continue
        names.append(word)
    return names


def _may_be_name(text: str) -> bool:
    if not text[0].isupper() or is_devanagari(text):
        return False
    key = fold(text)
    name = bare(key)
    singular = name.removesuffix("s")
    common = common_words()
    shown = _POSSESSIVE.sub("", text)
    return (
        len(name) > 2
        and not shown.isupper()
        and not any(letter.isupper() for letter in shown[1:])
        and name not in _measures()
        and name not in word_set("title")
        and name not in common
        and singular not in common
        and not key.endswith(("n't", "'re", "'ve", "'ll", "'d", "'m"))
    )


@cache
def _measures() -> frozenset[str]:
    """Return the words of the calendar and of units, which have checks of their own: May, Mondays, Fahrenheit."""
    calendar = word_list("tithi.dates", "words.tsv")
    plurals = {f"{day}s" for day in calendar.forms("weekday")}
    units = {fold(row["form"]) for row in read_table("units.tsv") if row["lang"] == "en"}
    return calendar.forms("month", "month_short", "weekday", "weekday_short") | plurals | units


_MAY_BE_NAME = Memo(_may_be_name)


@lru_cache(maxsize=1 << 16)
def _is_derived(key: str) -> bool:
    name = bare(key)
    return name not in name_pairs() and _DERIVED.search(name) is not None


def bare(key: str) -> str:
    """Return a folded word without its possessive ending."""
    return _POSSESSIVE.sub("", key)
