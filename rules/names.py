"""Names: an English name must be heard in the Hindi, be known under another name there, or stand there as it is.

English tells names by their capitals; Hindi does not, so the search runs from English to Hindi, and a name exchanged on
either side leaves the English one without its like. What counts as a name stands in `tithi.evidence.capitals`.
"""

from bisect import bisect_left
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from tithi.evidence.capitals import bare
from tithi.evidence.lexicon import lexicon, stem
from tithi.evidence.pair import Pair
from tithi.evidence.sounds import bones_en, bones_hi, likeness, sounding, sounds_en, sounds_hi
from tithi.evidence.tables import name_pairs
from tithi.evidence.words import Word, Words
from tithi.numerals.memo import Memo
from tithi.records import Issue
from tithi.rules.check import Check
from tithi.script import is_devanagari

__all__ = ["NAMES", "check_names", "hindi_name", "meant"]

_BONES = Memo(bones_hi)
_VOWELS = str.maketrans("", "", "aiuoh")
LIKENESS = 0.7
"""From this likeness on two words are taken for one name; chosen on transliteration pairs against random words."""
SAME = 0.95
"""From this likeness on even a common word of another meaning is heard as the name: आशा is hope, and Asha."""
NEAR = 0.9
"""From above this likeness on a rare word is: ओवन is an oven, and Owen."""
_JOINED = 0.85
"""From this likeness on two names are heard in one word."""
_BEGIN = 4
_FULL = 3
"""Of longer known forms a Hindi word may be an inflected one."""
_MEANT = 0.1
"""From this chance on a word is taken for translated, not for lost."""
_KNOWN = 0.2
"""A Hindi word with so likely a translation is known to mean that."""


def check_names(pair: Pair) -> list[Issue]:
    """Report each English name that nothing in the Hindi answers to."""
    unheard = [word for word in pair.en_names if hindi_name(word, pair.hi_words) is None]
    if not unheard:
        return []
    unheard = [word for word in unheard if not _is_joined(word, pair)]
    # What looks like a name may be a word that is translated: Cardamom at the head of a line, the Lord, the Senate.
    return [
        Issue("name", "error", None, (word.start, word.stop), f"the name {word.text} is not in the Hindi")
        for word in unheard
        if bare(word.key) in name_pairs() or meant(bare(word.key), pair.hi_words) < _MEANT
    ]


def _is_joined(name: Word, pair: Pair) -> bool:
    """Whether Hindi writes a name and its neighbour as one word: Satyendra Nath, सत्येंद्रनाथ."""
    found = pair.en_words
    at = bisect_left(found.spans, (name.start, 0))
    for first in (at - 1, at):
        if first < 0 or first + 2 > len(found) or not found.gaps[first + 1].isspace():
            continue
        one, other = found.texts[first : first + 2]
        if one[0].isupper() and other[0].isupper():
            two = bare(found.keys[first]), bare(found.keys[first + 1])
            for key in sounding(pair.hi_words.keys, "".join(two)):
                if (alike := likeness(key, "".join(two))) >= _JOINED and alike > max(likeness(key, one) for one in two):
                    return True
    return False


def meant(key: str, found: Words) -> float:
    """Return the chance that a Hindi word is there to say what an English one means."""
    english, word = lexicon().english, stem(key, "en")
    return max((english[stem(other, "hi")].get(word, 0.0) for other in found.keys), default=0.0)


def _is_other(hindi: str, key: str, alike: float = 0.0) -> bool:
    """Whether a Hindi word is known to mean something else than an English name: करते is no Jakarta."""
    tables, word = lexicon(), stem(hindi, "hi")
    means = tables.english[word]
    if not means or stem(key, "en") in means or any(key[:_BEGIN] == other[:_BEGIN] for other in means):
        return False  # व्हिस्लर is not told from व्हिस्की by its first letters, nor Whistler from whisky
    return alike < SAME if word in tables.frequent else alike <= NEAR and max(means.values()) >= _KNOWN


def hindi_name(name: Word, found: Words) -> Word | None:
    """Return the Hindi word that stands for an English name, None when there is none."""
    key = bare(name.key)
    known = name_pairs().get(key, frozenset())
    if known:
        begin = tuple(form for form in known if len(form) > _FULL)
        for i, other in enumerate(found.keys):
            if other in known or other == key or other.startswith(begin):
                return found[i]
    elif key in found.distinct:
        return found[found.keys.index(key)]
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
    alike = [(likeness(found.keys[at[i]], key), i) for i in likely]
    best, nearest = max(
        [(score, i) for score, i in alike if not _is_other(found.keys[at[i]], key, score)], default=(0.0, 0)
    )
    if best < LIKENESS:
        words = [found.keys[i] for i in at]
        inside = _inside(key, skeletons, words)
        if inside is None:
            inside = _compound(key, words)
        return None if inside is None else found[at[inside]]
    return found[at[nearest]]


def _inside(key: str, skeletons: list[str], words: list[str]) -> int | None:
    """Return the word that holds the name with more (हांगकांग holds Hong), or the first of two that together are it."""
    for reading in bones_en(key):
        if len(reading) >= 3:
            for i, skeleton in enumerate(skeletons):
                if reading in skeleton and not _is_other(words[i], key):
                    return i
            for i, (skeleton, following) in enumerate(pairwise(skeletons)):
                if skeleton + following == reading and not (_is_other(words[i], key) and _is_other(words[i + 1], key)):
                    return i
    return None


def _compound(key: str, words: list[str]) -> int | None:
    """Return the word that begins or ends with the whole name: कर्मयोग holds Yoga, प्रधानसेवक holds Sevak."""
    for sound in sounds_en(key):
        firm = len(sound.translate(_VOWELS))
        if len(sound) >= 3 and firm >= 2:
            for i, word in enumerate(words):
                whole = sounds_hi(word)
                begins, ends = whole.startswith(sound), whole.endswith(sound)
                # A word is known by its beginning, which says nothing of its end.
                if len(whole) > len(sound) + 1 and (
                    (ends and firm > 2) or ((begins or ends) and not _is_other(word, key))
                ):
                    return i
    return None


NAMES = Check(
    check_names,
    {
        "name": "a name that does not sound like any word of the other side, "
        "or another abbreviation than the one that Hindi spells"
    },
)
