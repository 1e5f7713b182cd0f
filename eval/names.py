"""Names: an English name must be heard in the Hindi, be known under another name there, or stand there as it is.

English tells names by their capitals; Hindi does not, so the search runs from English to Hindi, and a name exchanged on
either side leaves the English one without its like. Left alone: abbreviations in capitals (WHO may be spelt by letters,
or be translated), names of days and months (dates are checked as dates), and common words under a title's capital.
"""

import re
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from tithi.corpus.quality import Issue
from tithi.eval.pair import Pair
from tithi.eval.phonetic import bones_en, bones_hi, likeness
from tithi.eval.tables import common_words, name_pairs
from tithi.eval.words import Word

__all__ = ["check_names", "english_names", "hindi_name"]

LIKENESS = 0.7
"""From this likeness on two words are taken for one name; chosen on transliteration pairs against random words."""

_STARTS_SENTENCE = re.compile(r"[.!?:;।]['\"”’)\]]*\s|[\"“‘(\[•*]|[-–—]\s|^\W*$")
_CALENDAR = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "mondays",
        "tuesdays",
        "wednesdays",
        "thursdays",
        "fridays",
        "saturdays",
        "sundays",
    ]
)
# At the head of a sentence any word has a capital: one that looks derived is then no name.
_DERIVED = re.compile(
    r"(?:ing|ly|ed|al|ic|ous|[ts]ion|ies|ment|ness|able|ible|ity|ive|ogy|ist|ism|ary|ers|ors|ant|ent|ful|less|ish|s)$"
)
_POSSESSIVE = re.compile(r"'s?$")


def check_names(pair: Pair) -> list[Issue]:
    """Report each English name that nothing in the Hindi answers to."""
    return [
        Issue("name", "error", None, (word.start, word.stop), f"the name {word.text} is not in the Hindi")
        for word in english_names(pair.en, pair.en_words)
        if hindi_name(word, pair.hi_words) is None
    ]


def english_names(text: str, found: list[Word]) -> list[Word]:
    """Return the words of an English text that are names by their capital."""
    names = []
    for i, word in enumerate(found):
        if word.script == "en" and word.text[0].isupper() and _may_be_name(word.text, word.key):
            before = text[found[i - 1].stop : word.start] if i else ""
            if _is_derived(word.key) and _STARTS_SENTENCE.search(before):
                continue
            names.append(word)
    return names


def hindi_name(name: Word, found: list[Word]) -> Word | None:
    """Return the Hindi word that stands for an English name, None when there is none."""
    key = _bare(name.key)
    known = name_pairs().get(key, frozenset())
    for word in found:
        if word.key in known or word.key == key:
            return word
    devanagari = [word for word in found if word.script == "hi"]
    if not devanagari:
        return None
    skeletons = [bones_hi(word.key) for word in devanagari]
    likely = process.cdist(bones_en(key), skeletons, scorer=Levenshtein.normalized_similarity, score_cutoff=0.5)
    scored = [(likeness(devanagari[i].key, key), i) for i in likely.max(axis=0).nonzero()[0]]
    best, at = max(scored, default=(0.0, 0))
    if best >= LIKENESS:
        return devanagari[at]
    return _inside(key, devanagari, skeletons)


def _inside(key: str, found: list[Word], skeletons: list[str]) -> Word | None:
    """Return a word that holds the name with more (हांगकांग holds Hong), or the first of two that together are it."""
    for reading in bones_en(key):
        if len(reading) >= 3:
            for word, skeleton in zip(found, skeletons, strict=True):
                if reading in skeleton:
                    return word
        for i, word in enumerate(found[:-1]):
            if len(reading) >= 3 and skeletons[i] + skeletons[i + 1] == reading:
                return word
    return None


@lru_cache(maxsize=1 << 16)
def _may_be_name(text: str, key: str) -> bool:
    bare = _bare(key)
    singular = bare.removesuffix("s")
    common = common_words()
    shown = _POSSESSIVE.sub("", text)
    return (
        len(bare) > 2
        and not shown.isupper()
        and not any(letter.isupper() for letter in shown[1:])
        and bare not in _CALENDAR
        and bare not in common
        and singular not in common
        and not key.endswith(("n't", "'re", "'ve", "'ll", "'d", "'m"))
    )


@lru_cache(maxsize=1 << 16)
def _is_derived(key: str) -> bool:
    return _bare(key) not in name_pairs() and _DERIVED.search(_bare(key)) is not None


def _bare(key: str) -> str:
    return _POSSESSIVE.sub("", key)
