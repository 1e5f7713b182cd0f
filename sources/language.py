"""Which language a text is in: Hindi, English, or one of those that are taken for them.

Languages of other scripts are told by the script. Those that share one are told by their closed-class words
(`languages.tsv`): what counts is how many words of a text the one language has and the other has not. A headline of
names has none of either and is told to be nothing; another language than Hindi or English needs evidence of its own,
in proportion to the text's length. Languages in Latin script that the table does not know are left to `py3langid`,
which is asked about long texts alone, for it takes names for words of far languages.
"""

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from tithi.records import Lang
from tithi.script import LETTERS, count_letters

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["NAMES", "detect", "is_plainly"]

NAMES: Final = {
    "hi": "Hindi", "en": "English", "mr": "Marathi", "ne": "Nepali", "sa": "Sanskrit", "bho": "Bhojpuri",
    "mai": "Maithili", "ur": "Urdu", "hi-Latn": "Hindi in Roman script", "bn": "Bengali", "as": "Assamese",
    "gu": "Gujarati", "pa": "Punjabi", "ta": "Tamil", "te": "Telugu", "kn": "Kannada", "ml": "Malayalam", "or": "Odia",
    "si": "Sinhala", "ar": "Arabic", "fa": "Persian", "fr": "French", "de": "German", "es": "Spanish", "it": "Italian",
    "pt": "Portuguese", "nl": "Dutch", "id": "Indonesian", "ru": "Russian", "zh": "Chinese", "ja": "Japanese",
    "ko": "Korean", "th": "Thai", "el": "Greek", "he": "Hebrew",
}  # fmt: skip
"""Names of languages for messages; another one is told by its code."""

_SAMPLE: Final = 6000
_LEAST: Final = 8
_LONG: Final = 200
_WORDS: Final = 20
# The first word of the Unicode name of a letter, and the languages that are written so; the first is the usual one.
_SCRIPTS: Final = {
    "BENGALI": ("bn", "as"), "GUJARATI": ("gu",), "GURMUKHI": ("pa",), "TAMIL": ("ta",), "TELUGU": ("te",),
    "KANNADA": ("kn",), "MALAYALAM": ("ml",), "ORIYA": ("or",), "SINHALA": ("si",), "THAI": ("th",), "GREEK": ("el",),
    "HEBREW": ("he",), "HANGUL": ("ko",), "HIRAGANA": ("ja",), "KATAKANA": ("ja",), "CJK": ("zh", "ja"),
    "ARABIC": ("ur", "ar", "fa", "ps", "ug", "ku"), "CYRILLIC": ("ru", "uk", "bg", "sr", "be", "mk", "kk", "mn"),
}  # fmt: skip
_LETTER: Final = re.compile(r"[^\W\d_]")
_DEVANAGARI: Final = re.compile(f"[{LETTERS}]+")
_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ]+(?:'[A-Za-zÀ-ɏ]+)?")
_NO_LETTERS: Final = bytes(code for code in range(128) if not chr(code).isalpha())
_KIN: Final = {"hi": ("mr", "ne", "sa", "bho", "mai"), "en": ("hi-Latn", "fr", "de", "es", "it", "pt", "nl", "id")}
# So much of a text is closed-class words of its language at the least; prose has three to eight times as much.
_SHARE: Final = 0.05
# Texts are plainly in a language by stretches of so many characters, in each of which so large a share of the words are
# closed-class words of it, and few those of another.
_STRETCH: Final = 300
_PLAIN_SHARE: Final = 0.15
_FEW: Final = 0.1
# English and Roman Hindi, French and so on have short words in common by chance: one of a short text tells nothing.
_LATIN_LEAST: Final = 2
# They have the words of English, as its headlines do.
_CREOLES: Final = frozenset(["pcm"])


def detect(text: str) -> str | None:
    """Return the code of the language that a text is in (`NAMES`), None where nothing tells it.

    Takes time linear in the length of the text, of which 6,000 characters from its middle are read.

    >>> detect("गाँव के लोग पानी के लिए बहुत दूर जाते थे और शाम को लौटते थे।")
    'hi'
    >>> detect("हे गाव खूप सुंदर आहे."), detect("प्रधानमंत्री नरेंद्र मोदी")
    ('mr', None)
    """
    middle = max(0, (len(text) - _SAMPLE) // 2)
    sample = _plain(text[middle : middle + _SAMPLE])
    devanagari, others = count_letters([sample])
    letters = devanagari + others
    if letters < _LEAST:
        return None
    hindi = _told(_DEVANAGARI.findall(sample), "hi") if devanagari else None
    if devanagari > 0.3 * letters:
        return hindi
    # Most texts need no look at each letter: where half of them are those of ASCII, no other script has more.
    plain = len(sample.encode("ascii", "ignore").translate(None, _NO_LETTERS))
    script, count = ("LATIN", plain) if 2 * plain > letters else _main_script(sample)
    if script != "LATIN" and 2 * count > letters:
        among = _SCRIPTS.get(script)
        return among[0] if among and len(among) == 1 else _identify(sample, among)
    latin = _LATIN.findall(sample)
    found = _told(latin, "en") or (_far(sample, latin) if letters >= _LONG else None)
    if hindi is not None and devanagari > 0.1 * letters:
        return None if found == "en" else hindi
    return found


def is_plainly(text: str, lang: Lang) -> bool:
    """Return whether three stretches of a text leave no doubt of its language; where not, `detect` tells.

    Reads a thousand characters of texts of any length. Shorter ones, and those of few sentences, are never plain.
    """
    if len(text) < 3 * _STRETCH:
        return False
    own, foreign = _plain_words(lang)
    for start in (0, (len(text) - _STRETCH) // 2, len(text) - _STRETCH):
        words = text[start : start + _STRETCH].split()  # a word that touches a mark is none of either, which is no harm
        ours = sum(map(own.__contains__, words))
        if ours < max(_LEAST, _PLAIN_SHARE * len(words)):
            return False
        if not foreign.isdisjoint(words) and sum(map(foreign.__contains__, words)) > _FEW * ours:
            return False
    return True


@cache
def _plain_words(lang: Lang) -> tuple[frozenset[str], frozenset[str]]:
    """Return the closed-class words of a language, and those of its kin that it lacks."""
    own = _table()[lang][0]
    return own, frozenset(word for other in _KIN[lang] for word in _table()[other][0]) - own


def _told(words: list[str], lang: str) -> str | None:
    """Return the language of words of one script, `lang` or one of its kin; None where nothing tells it.

    Names are taken from every language: a capital letter makes a word no evidence against English, unless it is the
    first. Single letters are initials, unless there is more.
    """
    known = _table()
    own, _ = known[lang]
    cased = Counter(words)
    lowered = cased if lang == "hi" else Counter(map(str.lower, words))  # Devanagari has no capitals
    counts = cased if lowered is cased else Counter([*map(str.lower, words[:1]), *words[1:]])
    strange, ours = counts.keys() - own, lowered.keys() & own
    ended = {word: langs for word in strange if (langs := _ended(word))} if lang == "hi" else {}
    best, lead = None, 0
    for other in _KIN[lang]:
        theirs, _ = known[other]
        said = strange & theirs | {word for word, langs in ended.items() if other in langs}
        count = sum(map(counts.__getitem__, said))
        enough = count >= _SHARE * len(words) and len(said) >= (1 if lang == "hi" else _LATIN_LEAST)
        if not enough or count <= lead or max(map(len, said)) == 1:
            continue
        against = sum(map(lowered.__getitem__, ours - theirs))
        if count - against > lead:
            best, lead = other, count - against
    if best is not None:
        return best
    mine = sum(map(lowered.__getitem__, ours))
    return lang if mine and mine >= _SHARE * len(words) else None


def _far(sample: str, words: list[str]) -> str | None:
    """Return the language of a long text in Latin script that the table does not know; lists of names have none."""
    plain = [word for word in words if word.islower()]
    if 2 * len(plain) < len(words) or len(set(plain)) < _WORDS:
        return None
    found = _identify(sample, None)
    return None if found in _CREOLES else found


@lru_cache(maxsize=1 << 16)
def _ended(word: str) -> tuple[str, ...]:
    """Return the languages that a word's ending tells, of those that are written as Hindi is."""
    return tuple(lang for lang in _KIN["hi"] if word.endswith(_table()[lang][1], 2))


@cache
def _table() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """Return each language's words, and the endings that tell it."""
    rows: dict[tuple[str, str], set[str]] = {}
    for line in files("tithi.sources").joinpath("languages.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "lang\t")):
            lang, kind, forms = line.split("\t")
            rows.setdefault((lang, kind), set()).update(_plain(forms).split())
    return {
        lang: (frozenset(forms), tuple(sorted(rows.get((lang, "endings"), ()))))
        for (lang, kind), forms in rows.items()
        if kind == "words"
    }


def _plain(text: str) -> str:
    """Return a text as words are compared: nuktas in one form, without joiners, one apostrophe."""
    return unicodedata.normalize("NFC", text).replace("\u200c", "").replace("\u200d", "").replace("’", "'")


def _main_script(sample: str) -> tuple[str, int]:
    """Return the script of most letters of a text that has some, and how many those are."""
    counts: Counter[str] = Counter()
    for char, count in Counter(sample).items():
        if _LETTER.match(char):
            counts[_script(char)] += count
    return counts.most_common(1)[0]


@cache
def _script(letter: str) -> str:
    """Return the script of a letter, which its name begins with."""
    return unicodedata.name(letter, "?").partition(" ")[0]


def _identify(sample: str, among: tuple[str, ...] | None) -> str:
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
