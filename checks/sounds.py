"""How alike a Hindi and a Latin spelling sound: the measure behind the name check. It knows no dictionary.

Both spellings become strings over one small alphabet of sound classes, capitals for consonants and lower case for
vowels; Hindi letters map one by one, Latin ones through digraphs with the readings English gives them. What differs
between the scripts by rule (aspiration, vowel length, retroflexes, silent h, final a and e) is gone from both.

Example: `sounds_hi("व्लादिमीर")` is `VLaDiMiR`, and so is the first of `sounds_en("Vladimir")`.
"""

import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

__all__ = ["bones_en", "bones_hi", "likeness", "sounds_en", "sounds_hi"]

_HI = {
    **dict.fromkeys("कख", "K"),
    **dict.fromkeys("गघ", "G"),
    **dict.fromkeys("चछ", "C"),
    **dict.fromkeys("जझ", "J"),
    **dict.fromkeys("टठतथ", "T"),
    **dict.fromkeys("डढदध", "D"),
    **dict.fromkeys("ङञणनं", "N"),
    **dict.fromkeys("प", "P"),
    **dict.fromkeys("फ", "F"),
    **dict.fromkeys("बभ", "B"),
    **dict.fromkeys("म", "M"),
    **dict.fromkeys("य", "y"),
    **dict.fromkeys("रऱ", "R"),
    **dict.fromkeys("लळ", "L"),
    **dict.fromkeys("व", "V"),
    **dict.fromkeys("शषस", "S"),
    **dict.fromkeys("ह", "h"),
    **dict.fromkeys("अआाऑॉऍॅ", "a"),
    **dict.fromkeys("इईिीएेऎॆ", "i"),
    **dict.fromkeys("ऐै", "ai"),
    **dict.fromkeys("उऊुू", "u"),
    **dict.fromkeys("ओोऒॊ", "o"),
    **dict.fromkeys("औौ", "au"),
    **dict.fromkeys("ऋृ", "Ri"),
    "ः": "h",
}
_VIRAMA = "्"
_MATRAS = frozenset("ािीुूृॅेैॉोौॆॊंः" + _VIRAMA)
_CONSONANTS = frozenset(map(chr, range(0x0915, 0x093A)))

# Longest first. A tuple gives several readings; they are all tried, up to _READINGS of them.
_EN: dict[str, tuple[str, ...]] = {
    "sch": ("S", "SK"),
    "tch": ("C",),
    "tsch": ("C",),
    "chr": ("KR",),
    "ch": ("C", "K", "S"),
    "sh": ("S",),
    "ph": ("F",),
    "th": ("T",),
    "kh": ("K",),
    "gh": ("G", "h"),
    "dh": ("D",),
    "bh": ("B",),
    "rh": ("R",),
    "wh": ("V",),
    "zh": ("J",),
    "ck": ("K",),
    "qu": ("KV", "K"),
    "sc": ("SK", "S"),
    "wr": ("R", "VR"),
    "kn": ("N", "KN"),
    "tion": ("SaN",),
    "ng": ("NG", "N"),
    "dj": ("J",),
    "sz": ("S", "J"),
    "cz": ("C",),
    "dg": ("J", "DG"),
    "ts": ("TS", "S"),
    "tz": ("TS", "TJ"),
    "x": ("KS", "J", "S"),
    "c": ("K", "S", "C"),
    "g": ("G", "J"),
    "j": ("J", "y", "h"),
    "z": ("J", "TS", "S"),
    "w": ("V", "u"),
    "v": ("V", "F"),
    "q": ("K", "C"),
    "y": ("i", "y"),
    "s": ("S", "J"),
    "k": ("K",),
    "t": ("T",),
    "d": ("D",),
    "n": ("N",),
    "p": ("P",),
    "f": ("F",),
    "b": ("B",),
    "m": ("M",),
    "r": ("R",),
    "l": ("L",),
    "h": ("h",),
    "ee": ("i",),
    "oo": ("u",),
    "ou": ("au", "u"),
    "ei": ("ai", "i"),
    "ie": ("i",),
    "a": ("a",),
    "e": ("i",),
    "i": ("i",),
    "o": ("o", "a"),
    "u": ("u", "a"),
}
_READINGS = 12
_ALIKE = str.maketrans({"h": None, "y": None, "a": None, "i": None, "u": None, "o": None, "M": "N"})


@lru_cache(maxsize=1 << 16)
def sounds_hi(word: str) -> str:
    """Return the sounds of a Devanagari word without nukta (see `tithi.checks.words.fold`)."""
    out = []
    for i, letter in enumerate(word):
        out.append(_HI.get(letter, ""))
        following = word[i + 1] if i + 1 < len(word) else _VIRAMA
        if (letter in _CONSONANTS and following not in _MATRAS) or (letter in _CONSONANTS and following == "ं"):
            out.append("a")
    return _squeeze("".join(out))


@lru_cache(maxsize=1 << 16)
def sounds_en(word: str) -> tuple[str, ...]:
    """Return the likely readings of a Latin word, at most a dozen, the likeliest first."""
    text = _plain(word)
    readings = [""]
    at = 0
    while at < len(text):
        size = next((n for n in (4, 3, 2, 1) if text[at : at + n] in _EN), 1)
        options = _EN.get(text[at : at + size], ("",))
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
        if bones > 0.5:
            best = max(best, 0.7 * bones + 0.3 * Levenshtein.normalized_similarity(sound, reading))
    return best


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in decomposed if "a" <= letter <= "z")


def _squeeze(sounds: str) -> str:
    """Drop doubled sounds and a final a or i, which English writes and Hindi does not, or the reverse."""
    squeezed = "".join(letter for i, letter in enumerate(sounds) if i == 0 or letter != sounds[i - 1])
    return squeezed[:-1] if len(squeezed) > 2 and squeezed[-1] in "ai" else squeezed
