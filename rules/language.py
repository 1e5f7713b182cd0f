"""Whether each side is in its language: sides exchanged, one text copied as the other, Nepali or Marathi for Hindi.

Languages of one script are told apart by their function words and endings (languages.tsv). Names, code, figures and a
word or two are no language: `Bluetooth` may stand on both sides.
"""

from collections import Counter
from functools import cache, partial
from typing import Final

from tithi.evidence.forms import Forms
from tithi.evidence.pair import Pair
from tithi.evidence.tables import common_words, read_table
from tithi.evidence.words import Words, fold
from tithi.numerals.memo import Memo
from tithi.records import Issue, Lang
from tithi.rules.check import Check
from tithi.script import count_letters, has_devanagari, is_devanagari

__all__ = ["LANGUAGE", "check_language"]

_LEAST: Final = 2
"""So many words of a language are needed to tell it."""
_ENOUGH: Final = 8
"""So many words of its own language make a side one of it."""
_OWN: Final[dict[Lang, str]] = {"hi": "Hindi", "en": "English"}


def check_language(pair: Pair) -> list[Issue]:
    """Report a side that is not in its language, at most one issue a side."""
    issues = []
    if told := _not_hindi(pair):
        issues.append(Issue("language", "error", (0, len(pair.hi)), None, f"the Hindi side {told}"))
    if told := _not_english(pair):
        issues.append(Issue("language", "error", None, (0, len(pair.en)), f"the English side {told}"))
    return issues


def _not_hindi(pair: Pair) -> str | None:  # noqa: PLR0911 - one answer after the other
    found = pair.hi_words
    if not found.keys or _own(found, "hi") >= _ENOUGH:
        return None
    hindi = sum(map(is_devanagari, found.texts))
    if 2 * hindi >= len(found):
        other = _other_language(found, "hi")
        return f"reads like {other}" if other else None
    if hindi:
        return None  # words left in English are told by another check, technical terms are none
    letters = sum(map(str.isalpha, found.texts))
    common = sum(key in common_words() and len(key) > 1 for key in found.keys)
    if common >= _LEAST and 2 * common >= letters:
        return "is the English again" if found.keys == pair.en_words.keys else "is in English"
    if letters >= _LEAST and found.keys != pair.en_words.keys and (other := _other_language(found, "en")):
        return f"is {other}"
    _, latin = count_letters([pair.hi])
    if latin and letters > _LEAST and not any("a" <= key[0] <= "z" for key in found.keys):
        return "is in another script"
    return None


def _not_english(pair: Pair) -> str | None:
    found = pair.en_words
    if not found.keys:
        return None
    if has_devanagari(pair.en) and 2 * sum(map(is_devanagari, found.texts)) >= len(found):
        return "is the Hindi again" if found.keys == pair.hi_words.keys else "is in Hindi"
    other = _other_language(found, "en")
    return f"reads like {other}" if other else None


def _other_language(found: Words, lang: Lang) -> str | None:
    """Return the language that a text has more words of than of its own, None when it is its own or cannot be told."""
    own = _own(found, lang)
    if 4 * own >= len(found) or own >= _ENOUGH:
        return None
    # A cry tells nothing: ha, ha, ha is no Italian.
    told = (key for key, count in Counter(found.keys).items() for _ in range(min(count, _LEAST)))
    signs = Counter(name for key in told for name in _SIGNS[lang][key])
    del signs[_OWN[lang]]
    name, count = max(signs.items(), key=lambda item: item[1], default=("", 0))
    # Kin share words and endings: a few by chance are no sign in a long text.
    return name if count >= max(_LEAST + 1, 2 * own + 1) and 4 * count >= len(found) else None


def _own(found: Words, lang: Lang) -> int:
    """Return how many words are of the side's own language."""
    return sum(map(_own_words(lang).__contains__, found.keys))


def _languages(word: str, lang: Lang) -> tuple[str, ...]:
    """Return the languages that a folded word speaks for; only its own, if it is a word of that."""
    return (_OWN[lang],) if word in _own_words(lang) else tuple(sorted(set(_forms(lang).of(word))))


@cache
def _own_words(lang: Lang) -> frozenset[str]:
    return frozenset(form for form, name in _rows(lang) if name == _OWN[lang] and not form.startswith("*"))


@cache
def _forms(lang: Lang) -> Forms[str]:
    return Forms(_rows(lang), before=lambda _: 2)


def _rows(lang: Lang) -> list[tuple[str, str]]:
    return [(fold(row["form"]), row["language"]) for row in read_table("languages.tsv") if row["side"] == lang]


_SIGNS: Final[dict[Lang, Memo[tuple[str, ...]]]] = {
    "hi": Memo(partial(_languages, lang="hi")),
    "en": Memo(partial(_languages, lang="en")),
}

LANGUAGE = Check(check_language, {"language": "a side in another language: exchanged, copied, Nepali for Hindi"})
