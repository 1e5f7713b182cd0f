"""Which phrases of phrases.tsv a text says, and where: more than, all, allegedly, के बावजूद."""

from functools import cache, partial
from itertools import compress, count
from typing import Final, NamedTuple

from tithi.evidence.forms import Forms
from tithi.evidence.pair import number_words
from tithi.evidence.tables import read_table, spellings
from tithi.evidence.words import Words
from tithi.numerals.memo import Memo
from tithi.records import Lang

__all__ = ["LOOSE", "Meaning", "Phrase", "Said", "is_at", "loose_phrases", "said_in"]

_BESIDE: Final = 3
"""A number that is bounded stands at most so many words from its bound."""
_LOOSELY: Final = frozenset({"loose", "vague"})

Meaning = tuple[str, str]
"""A group and a meaning in it."""


class Phrase(NamedTuple):
    """A row of phrases.tsv; `words` are folded."""

    words: tuple[str, ...]
    kind: str
    meaning: Meaning
    told: str


class Said(NamedTuple):
    """A phrase where it stands: the words `[first, stop)`."""

    phrase: Phrase
    first: int
    stop: int


class _Opening(NamedTuple):
    """The phrases that a word may begin: of this word `alone`, and longer ones by their second word, the longest first.

    `phrases` are all longer ones, `is_open` says that the second word of one has a star.
    """

    alone: tuple[Phrase, ...]
    longer: dict[str, list[Phrase]]
    phrases: tuple[Phrase, ...]
    is_open: bool


def said_in(found: Words, lang: Lang) -> list[Said]:
    """Return the phrases of a text, the longest at each place; one that is plain takes its words out."""
    said: list[Said] = []
    keys, opens = found.keys, _OPENS[lang]
    stop = 0
    begun = list(map(opens.__getitem__, keys))
    for i, opening in zip(compress(count(), begun), filter(None, begun), strict=False):
        if i < stop:
            continue
        following = keys[i + 1] if i + 1 < len(keys) else ""
        likely = opening.phrases if opening.is_open else opening.longer.get(following)
        matching = ([p for p in likely if is_at(p.words, keys, i)] if likely else ()) or opening.alone
        if not matching:
            continue
        size = len(matching[0].words)
        # A capital inside a sentence makes a name of a word: May, Will, Young.
        if size == 1 and i and lang == "en" and _is_name(found, i):
            continue
        stop = i + size
        longest = [phrase for phrase in matching if len(phrase.words) == size]
        if all(phrase.kind != "plain" for phrase in longest):
            compared = (_compared(phrase, keys, i, stop, lang) for phrase in longest)
            said += [Said(phrase, i, stop) for phrase in compared if phrase is not None]
    return said


def _compared(phrase: Phrase, keys: list[str], first: int, stop: int, lang: Lang) -> Phrase | None:
    """Return `more than` and से अधिक without a number beside them as what they say then: no bound, but a comparison.

    What bounds nothing but numbers (over, under) is then no phrase at all.
    """
    if phrase.meaning[0] != "than":
        return phrase
    beside = keys[max(0, first - _BESIDE) : first] if lang == "hi" else keys[stop : stop + _BESIDE]
    if any(key[:1].isdecimal() or key in number_words() for key in beside):
        return phrase
    return None if phrase.told == "bound" else phrase._replace(meaning=("more", phrase.meaning[1]))


def _is_name(found: Words, i: int) -> bool:
    """Whether a capital stands inside a sentence, and not at the head of what is quoted there."""
    text, before = found.texts[i], found.texts[i - 1]
    return text[:1].isupper() and not before[:1].isupper() and found.gaps[i].isspace()


def is_at(words: tuple[str, ...], keys: list[str], at: int) -> bool:
    """Whether the words of a phrase stand in a text from the word `at` on."""
    return at + len(words) <= len(keys) and all(map(_fits, words, keys[at : at + len(words)]))


def _fits(form: str, word: str) -> bool:
    if form.endswith("*"):
        return word.startswith(form[:-1])
    if form.startswith("*"):
        return word.endswith(form[1:]) and len(word) > len(form)
    return form == word


@cache
def _table(lang: Lang) -> list[Phrase]:
    rows = [row for row in read_table("phrases.tsv") if row["lang"] == lang]
    told = (
        Phrase(tuple(spelling.split(" ")), row["kind"], (row["group"], row["meaning"]), row["told"])
        for row in rows
        for spelling in spellings(row["form"])
    )
    return list(dict.fromkeys(told))


@cache
def loose_phrases(meaning: Meaning, lang: Lang) -> list[tuple[str, ...]]:
    """Return the looser phrases of several words."""
    return [p.words for p in _table(lang) if p.told == "loose" and p.meaning == meaning and len(p.words) > 1]


@cache
def _first_words(lang: Lang, *, loose: bool) -> Forms[Phrase]:
    """Return phrases by their first word: as it is, or what it begins or ends with."""
    return Forms(
        (phrase.words[0], phrase)
        for phrase in _table(lang)
        if (phrase.told in _LOOSELY) == loose and (not loose or len(phrase.words) == 1)
    )


def _opening(word: str, lang: Lang) -> _Opening | None:
    """Return the phrases that a word may begin, None for most words."""
    told = _first_words(lang, loose=False)
    # The aunt's house is of the aunt.
    phrases = told.of(word)
    if not phrases and word.endswith("'s"):
        phrases = told.of(word.removesuffix("'s"))
    if not phrases:
        return None
    phrases.sort(key=lambda phrase: -len(phrase.words))
    alone = tuple(phrase for phrase in phrases if len(phrase.words) == 1)
    rest = tuple(phrase for phrase in phrases if len(phrase.words) > 1)
    longer: dict[str, list[Phrase]] = {}
    for phrase in rest:
        longer.setdefault(phrase.words[1], []).append(phrase)
    return _Opening(alone, longer, rest, any("*" in form for form in longer))


def _answers(word: str, lang: Lang) -> frozenset[tuple[Meaning, str]]:
    """Return the meanings that a word may answer for, and whether `loose` or `vague`."""
    return frozenset((phrase.meaning, phrase.told) for phrase in _first_words(lang, loose=True).of(word))


_LANGS: Final[tuple[Lang, Lang]] = ("hi", "en")
_OPENS: Final = {lang: Memo(partial(_opening, lang=lang)) for lang in _LANGS}
LOOSE: Final = {lang: Memo(partial(_answers, lang=lang)) for lang in _LANGS}
