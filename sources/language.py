"""Which language a text is in: Hindi, English, or one of those that are taken for them.

Function words settle most texts at once. What they leave open is decided by the language identifier of `py3langid`,
among the languages written in the script at hand. Maithili, Bhojpuri and Hindi in Roman script, which it does not know,
are told by their function words alone.

What it does not do: tell of a text of fewer than 25 letters more than its script.
"""

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

from tithi.script import LETTERS, count_letters

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["NAMES", "detect"]

NAMES: Final = {
    "hi": "Hindi", "en": "English", "mr": "Marathi", "ne": "Nepali", "sa": "Sanskrit", "bho": "Bhojpuri",
    "mai": "Maithili", "ur": "Urdu", "hi-Latn": "Hindi in Roman script", "bn": "Bengali", "gu": "Gujarati",
    "pa": "Punjabi", "ta": "Tamil", "te": "Telugu", "kn": "Kannada", "ml": "Malayalam", "or": "Odia", "ar": "Arabic",
    "fr": "French", "de": "German", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch",
    "id": "Indonesian", "ru": "Russian", "zh": "Chinese", "ja": "Japanese",
}  # fmt: skip
"""Names of languages for messages; another one is told by its code."""

_SAMPLE: Final = 6000
_LEAST: Final = 25
_ENOUGH: Final = 200
_WORD: Final = re.compile(rf"[{LETTERS}]+|[A-Za-z']+")
_FUNCTION_WORDS: Final = {
    "hi": "है हैं था थे थी का की के में से को ने और यह नहीं कि पर हो एक भी इस लिए गया गई किया कर रहे रहा रही तो वह",
    "mr": "आहे आहेत आणि होते होता होती नाही या हे ही मध्ये केले केली झाले झाली असून त्या येथे मी ते तो ती व हा",
    "ne": "छ छन् छैन र मा हो गरेको भएको लाई पनि थियो यो गर्ने गरी हुन् हुने भने यस तथा बाट गर्न सो रहेको",
    "sa": "अस्ति च एव इति सः तत् न अपि तस्य भवति सन्ति तु आसीत् अयं इदं वा यत् सह",
    "bho": "बा बाड़े बाटे बाड़न हवे आ एगो भइल कइल गइल रहल होला करेला रहेला जाला ओह एह खातिर ना सन बानी कइलस लोगन",
    "mai": "अछि छथि छल छै छलाह छलनि आ केर सँ केँ एहि ओहि अछ नहि लेल एतय ओतय गेल भेल कएल रहल एकटा",
    "hi-Latn": "hai hain ka ki ke mein main se ko ne aur yah ye nahi nahin tha thi kya kar raha rahe rahi bhi toh hum",
    "en": "the of and to in a is that for it was on as with he be by at from this are an have not they his her",
}  # fmt: skip
_DEVANAGARI: Final = ("hi", "mr", "ne", "sa", "bho", "mai")
_LATIN: Final = ("en", "hi-Latn")
# So large a share of function words is prose of that language; others have a few of them in common.
_SURE: Final = 0.15
_LEAD: Final = 2.0
_OWN: Final = 0.03


def detect(text: str) -> str | None:
    """Return the code of the language that a text is in (`NAMES`), None where it is too short to tell.

    Takes time linear in the length of the text, of which 6,000 characters from its middle are read.

    >>> detect("गाँव के लोग पानी के लिए बहुत दूर जाते थे और शाम को लौटते थे।")
    'hi'
    >>> detect("हे गाव खूप सुंदर आहे आणि येथे लोक अनेक वर्षांपासून आनंदाने राहतात.")
    'mr'
    """
    middle = max(0, (len(text) - _SAMPLE) // 2)
    sample = text[middle : middle + _SAMPLE]
    devanagari, others = count_letters([sample])
    letters = devanagari + others
    if letters < _LEAST:
        return None
    mostly = devanagari > 0.3 * letters
    shares = _shares(sample, _DEVANAGARI if mostly else _LATIN)
    best, second = sorted(shares, key=shares.__getitem__, reverse=True)[:2]
    if shares[best] >= _SURE and shares[best] >= _LEAD * shares[second]:
        return best
    if not mostly:
        if shares["hi-Latn"] > max(0.08, shares["en"]):
            return "hi-Latn"
        plain = letters < _ENOUGH and sample.isascii()
        return "en" if plain and shares["en"] > 0 else _identify(sample)
    for lang in ("bho", "mai"):
        if shares[lang] > max(0.06, 0.7 * shares["hi"]):
            return lang
    found = _identify(sample, among=("hi", "mr", "ne", "sa"))
    # A headline or a menu has hardly a function word to go by; prose of another language has some of its own.
    return None if shares[found] < _OWN else found


def _shares(sample: str, languages: tuple[str, ...]) -> dict[str, float]:
    """Return the share in [0, 1] of each language's function words among the words of its script."""
    words = _WORD.findall(sample.lower())
    devanagari = [word for word in words if word[0] > "z"]
    words = devanagari if languages is _DEVANAGARI else words
    counts = Counter(words)
    return {lang: sum(counts[word] for word in counts.keys() & _words(lang)) / max(len(words), 1) for lang in languages}


@cache
def _words(lang: str) -> frozenset[str]:
    return frozenset(_FUNCTION_WORDS[lang].split())


def _identify(sample: str, among: tuple[str, ...] | None = None) -> str:
    lang: str = _identifier(among).classify(sample)[0]
    return lang


@cache
def _identifier(among: tuple[str, ...] | None) -> "LanguageIdentifier":
    """Load the identifier, which takes half a second; one for each set of languages, for it keeps the set."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    if among is not None:
        identifier.set_languages(list(among))
    return identifier
