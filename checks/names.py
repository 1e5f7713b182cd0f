"""Names: an English name must be heard in the Hindi, be known under another name there, or stand there as it is.

English tells names by their capitals; Hindi does not, so the search runs from English to Hindi, and a name exchanged on
either side leaves the English one without its like. What counts as a name stands in `tithi.checks.capitals`.
"""

from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from tithi.checks.capitals import bare
from tithi.checks.check import Check
from tithi.checks.pair import Pair
from tithi.checks.sounds import bones_en, bones_hi, likeness
from tithi.checks.tables import name_pairs
from tithi.checks.words import Memo, Word, Words
from tithi.records import Issue
from tithi.script import is_devanagari

__all__ = ["NAMES", "check_names", "hindi_name"]

_BONES = Memo(bones_hi)
LIKENESS = 0.7
"""From this likeness on two words are taken for one name; chosen on transliteration pairs against random words."""


def check_names(pair: Pair) -> list[Issue]:
    """Report each English name that nothing in the Hindi answers to."""
    return [
        Issue("name", "error", None, (word.start, word.stop), f"the name {word.text} is not in the Hindi")
        for word in pair.en_names
        if hindi_name(word, pair.hi_words) is None
    ]


def hindi_name(name: Word, found: Words) -> Word | None:
    """Return the Hindi word that stands for an English name, None when there is none."""
    key = bare(name.key)
    known = name_pairs().get(key, frozenset())
    for i, other in enumerate(found.keys):
        if other in known or other == key:
            return found[i]
    at = [i for i, other in enumerate(found.keys) if is_devanagari(other)]
    if not at:
        return None
    skeletons = [_BONES[found.keys[i]] for i in at]
    readings = bones_en(key)
    # The same consonants are enough (see `LIKENESS`), and most names have them: the search is for the others.
    likely = [i for i, skeleton in enumerate(skeletons) if skeleton in readings]
    if not likely:
        near = process.cdist(readings, skeletons, scorer=Levenshtein.normalized_similarity, score_cutoff=0.5)
        likely = near.max(axis=0).nonzero()[0].tolist()
    best, nearest = max([(likeness(found.keys[at[i]], key), i) for i in likely], default=(0.0, 0))
    if best < LIKENESS:
        inside = _inside(key, skeletons)
        return None if inside is None else found[at[inside]]
    return found[at[nearest]]


def _inside(key: str, skeletons: list[str]) -> int | None:
    """Return the word that holds the name with more (हांगकांग holds Hong), or the first of two that together are it."""
    for reading in bones_en(key):
        if len(reading) >= 3:
            for i, skeleton in enumerate(skeletons):
                if reading in skeleton:
                    return i
            for i, (skeleton, following) in enumerate(pairwise(skeletons)):
                if skeleton + following == reading:
                    return i
    return None


NAMES = Check(check_names, {"name": "a name that does not sound like any word of the other side"})
