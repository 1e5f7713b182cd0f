"""How alike a Hindi and a Latin spelling sound: the measure behind the name check. It knows no dictionary.

Both spellings become strings over one small alphabet of sound classes, capitals for consonants and lower case for
vowels; Hindi letters map one by one (sounds.tsv), Latin ones through digraphs with the readings English gives them.
What differs between the scripts by rule (aspiration, vowel length, retroflexes, silent h, final a and e) is gone from
both.

Example: `sounds_hi("व्लादिमीर")` is `VLaDiMiR`, and so is the first of `sounds_en("Vladimir")`.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import compress

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from tithi.evidence.tables import read_table
from tithi.records import Lang
from tithi.script import is_devanagari

__all__ = ["bones_en", "bones_hi", "likeness", "sounding", "sounds_en", "sounds_hi"]

_READINGS = 12
"""A Latin word has at most so many readings."""
_LONGEST = 4
"""No spelling of sounds.tsv has more letters."""
_HALF = 0.5
"""Words that share no more than this of their consonants are not alike at all."""
_INHERENT = "\x01"
"""Stands for the vowel of a consonant that has no other."""
_FOREIGN = str.maketrans({"ð": "d", "þ": "th", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
"""Latin letters that are no plain ones with a mark: Daði, Søren, Wałęsa."""
_DOUBLED = re.compile(r"(.)\1+")
_BARE = re.compile("[\u0915-\u0939](?=[^\u093e-\u094d\u0903])")
_ALIKE = str.maketrans({"h": None, "y": None, "a": None, "i": None, "u": None, "o": None, "M": "N"})


@cache
def _spellings(lang: Lang) -> dict[str, tuple[str, ...]]:
    """Return the sounds of each Devanagari letter, or the readings of each Latin spelling."""
    rows = read_table("sounds.tsv")
    return {row["spelling"]: tuple(row["sounds"].split(" ")) for row in rows if row["lang"] == lang}


class _Sounds(dict[int, str | None]):
    """What letters sound like; those that are not known have no sound."""

    def __missing__(self, letter: int) -> None:
        return None


@cache
def _letters() -> _Sounds:
    return _Sounds({ord(_INHERENT): "a"} | {ord(letter): told[0] for letter, told in _spellings("hi").items()})


@lru_cache(maxsize=1 << 16)
def sounds_hi(word: str) -> str:
    """Return the sounds of a Devanagari word without nukta (see `tithi.evidence.words.fold`)."""
    return _squeeze(_BARE.sub(rf"\g<0>{_INHERENT}", word).translate(_letters()))


@lru_cache(maxsize=1 << 16)
def sounds_en(word: str) -> tuple[str, ...]:
    """Return the likely readings of a Latin word, at most a dozen, the likeliest first."""
    text = _plain(word)
    spellings = _spellings("en")
    readings = [""]
    at = 0
    while at < len(text):
        size = next((n for n in range(_LONGEST, 0, -1) if text[at : at + n] in spellings), 1)
        options = spellings.get(text[at : at + size], ("",))
        readings = [done + option for option in options for done in readings][:_READINGS]
        at += size
    return tuple(dict.fromkeys(_squeeze(r) for r in readings))


@lru_cache(maxsize=1 << 16)
def bones_hi(word: str) -> str:
    """Return the consonants alone of a Devanagari word's sounds, the nasals as one."""
    return sounds_hi(word).translate(_ALIKE)


@lru_cache(maxsize=1 << 16)
def bones_en(word: str) -> tuple[str, ...]:
    """Return the consonants alone of each reading of a Latin word."""
    return tuple(dict.fromkeys(reading.translate(_ALIKE) for reading in sounds_en(word)))


@lru_cache(maxsize=1 << 17)
def likeness(hi: str, en: str) -> float:
    """Return how alike two words sound, in [0, 1]; 1 when they sound the same. `hi` and `en` are folded keys."""
    sound, skeleton = sounds_hi(hi), bones_hi(hi)
    best = 0.0
    for reading in sounds_en(en):
        bones = Levenshtein.normalized_similarity(skeleton, reading.translate(_ALIKE))
        if bones > _HALF:
            best = max(best, 0.7 * bones + 0.3 * Levenshtein.normalized_similarity(sound, reading))
    return best


def sounding(words: Iterable[str], en: str) -> list[str]:
    """Return the Devanagari ones of some words that may sound like a Latin one: all others have a likeness of 0.

    They are folded keys. All are looked at in one step, which takes a fraction of asking `likeness` of each.
    """
    hindi = list(filter(is_devanagari, words))
    if not hindi:
        return hindi
    bones = list(map(bones_hi, hindi))
    near = process.cdist(bones_en(en), bones, scorer=Levenshtein.normalized_similarity, score_cutoff=_HALF)
    return list(compress(hindi, near.max(axis=0).tolist()))


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower().translate(_FOREIGN))
    return "".join(letter for letter in decomposed if "a" <= letter <= "z")


def _squeeze(sounds: str) -> str:
    """Drop doubled sounds and a final a or i, which English writes and Hindi does not, or the reverse."""
    squeezed = _DOUBLED.sub(r"\1", sounds)
    return squeezed[:-1] if len(squeezed) > 2 and squeezed[-1] in "ai" else squeezed
