"""What a few words turn around: all and some, more and less, must and may, because and despite, guilty and acquitted.

Phrases stand in phrases.tsv by kind of issue, group and meaning. What one side says oftener than the other is left
over; two different meanings of a group left over on the two sides contradict each other, and a phrase such as `only`,
`allegedly` or `at least` is told even when it is just gone, unless the other side says so in looser words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache, partial
from typing import Final, NamedTuple

from tithi.evidence.lexicon import supports
from tithi.evidence.pair import Pair
from tithi.evidence.tables import read_table
from tithi.evidence.words import Words, fold
from tithi.numerals.memo import Memo
from tithi.records import Issue, Lang, Span
from tithi.rules.check import Check

__all__ = ["PHRASES", "Phrase", "Said", "check_phrases"]

_NEAR: Final = ({"many", "some"}, {"many", "most"}, {"few", "some"})
"""Meanings of one group that translators exchange freely."""
_TRANSLATED: Final = 0.1
"""From this chance on a loose word is taken for the translation of another word."""
_LOOSELY: Final = frozenset({"loose", "vague"})
_DENIALS: Final = frozenset({"negation"})

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


def check_phrases(pair: Pair) -> list[Issue]:
    """Report phrases whose rival stands on the other side, or that the other side leaves out; one for each group."""
    hi, en = _said(pair.hi_words, "hi"), _said(pair.en_words, "en")
    if not hi and not en:
        return []
    hi_left, en_left = _left(hi, en), _left(en, hi)
    denied = [any(not kinds.isdisjoint(_DENIALS) for _, kinds in cues) for cues in (pair.hi_cues, pair.en_cues)]
    issues = []
    for group in dict.fromkeys((*hi_left, *en_left)):
        ours, theirs = hi_left.get(group), en_left.get(group)
        if ours and theirs:
            if denied[0] == denied[1] and {ours.phrase.meaning[1], theirs.phrase.meaning[1]} not in _NEAR:
                issues.append(_issue(pair, ours, theirs))
        elif ours and ours.phrase.told == "lost" and not _answered(pair, ours, "en", en):
            issues.append(_issue(pair, ours, None))
        elif theirs and theirs.phrase.told == "lost" and not _answered(pair, theirs, "hi", hi):
            issues.append(_issue(pair, None, theirs))
    return issues


def _issue(pair: Pair, hi: Said | None, en: Said | None) -> Issue:
    spans: list[Span | None] = []
    shown = []
    for said, found in ((hi, pair.hi_words), (en, pair.en_words)):
        span = found.between(said.first, said.stop) if said else None
        spans.append(span)
        shown.append(found.source[slice(*span)] if span else "")
    if hi and en:
        message = f"{shown[0]} in the Hindi, {shown[1]} in the English"
    else:
        message = f"{shown[0] or shown[1]} has nothing like it in the {'English' if hi else 'Hindi'}"
    kinds = [said.phrase.kind for said in (hi, en) if said]
    return Issue(kinds[0], "error", spans[0], spans[1], message)


def _left(ours: list[Said], theirs: list[Said]) -> dict[str, Said]:
    """Return the first phrase of each group that we say oftener than the other side."""
    left: dict[str, Said] = {}
    here, there = (Counter(said.phrase.meaning for said in side) for side in (ours, theirs))
    for said in ours:
        if here[said.phrase.meaning] > there[said.phrase.meaning]:
            left.setdefault(said.phrase.meaning[0], said)
    return left


def _said(found: Words, lang: Lang) -> list[Said]:
    """Return the phrases of a text, the longest at each place; one that is plain takes its words out."""
    said: list[Said] = []
    keys, opens = found.keys, _OPENS[lang]
    stop = 0
    for i in [i for i, options in enumerate(map(opens.__getitem__, keys)) if options]:
        if i < stop:
            continue
        likely = _likely(keys[i], keys[i + 1] if i + 1 < len(keys) else "", lang)
        matching = [p for p in likely if len(p.words) == 1 or _matches(p.words, keys, i)]
        if not matching:
            continue
        size = len(matching[0].words)
        # A capital inside a sentence makes a name of a word: May, Will, Young.
        if size == 1 and i and lang == "en" and _is_name(found, i):
            continue
        stop = i + size
        longest = [phrase for phrase in matching if len(phrase.words) == size]
        if all(phrase.kind != "plain" for phrase in longest):
            said += [Said(phrase, i, stop) for phrase in longest]
    return said


def _is_name(found: Words, i: int) -> bool:
    """Whether a capital stands inside a sentence, and not at the head of what is quoted there."""
    return found.texts[i][:1].isupper() and found.texts[i - 1][:1].islower() and found.gaps[i].isspace()


def _matches(words: tuple[str, ...], keys: list[str], at: int) -> bool:
    return at + len(words) <= len(keys) and all(map(_fits, words, keys[at : at + len(words)]))


@lru_cache(maxsize=1 << 16)
def _likely(word: str, following: str, lang: Lang) -> tuple[Phrase, ...]:
    """Return the phrases that two words may begin, the longest first: mostly none."""
    return tuple(p for p in _OPENS[lang][word] if len(p.words) == 1 or _fits(p.words[1], following))


@lru_cache(maxsize=1 << 16)
def _fits(form: str, word: str) -> bool:
    if form.endswith("*"):
        return word.startswith(form[:-1])
    if form.startswith("*"):
        return word.endswith(form[1:]) and len(word) > len(form)
    return form == word


def _answered(pair: Pair, asked: Said, lang: Lang, said: Iterable[Said]) -> bool:
    """Whether the side in `lang` has looser words for what the other side says, outside of its own firm phrases.

    A vague word that translates another word of the other side (`but` for लेकिन) says nothing of the kind.
    """
    found, others = (pair.en_words, pair.hi_words) if lang == "en" else (pair.hi_words, pair.en_words)
    meaning = asked.phrase.meaning
    free = list(found.keys)
    for phrase, first, stop in said:
        if phrase.meaning[0] == meaning[0]:
            free[first:stop] = [""] * (stop - first)
    answers = [(key, _LOOSE[lang][key]) for key in dict.fromkeys(free) if key]
    if any((meaning, "loose") in told for _, told in answers):
        return True
    rest = [*others.keys[: asked.first], *others.keys[asked.stop :]]
    vague = [key for key, told in answers if (meaning, "vague") in told]
    if vague and min(supports(vague, rest, lang)) < _TRANSLATED:
        return True
    return any(_matches(words, free, i) for words in _loose(meaning, lang) for i in range(len(free)))


@cache
def _table(lang: Lang) -> list[Phrase]:
    return [
        Phrase(tuple(map(fold, row["form"].split(" "))), row["kind"], (row["group"], row["meaning"]), row["told"])
        for row in read_table("phrases.tsv")
        if row["lang"] == lang
    ]


@cache
def _loose(meaning: Meaning, lang: Lang) -> list[tuple[str, ...]]:
    """Return the looser phrases of several words."""
    return [p.words for p in _table(lang) if p.told == "loose" and p.meaning == meaning and len(p.words) > 1]


@cache
def _first_words(lang: Lang, *, loose: bool) -> tuple[dict[str, list[Phrase]], dict[str, list[Phrase]]]:
    """Return phrases by their first word: as it is, or what it begins or ends with."""
    exact: dict[str, list[Phrase]] = {}
    open_ended: dict[str, list[Phrase]] = {}
    for phrase in _table(lang):
        if (phrase.told in _LOOSELY) == loose and (not loose or len(phrase.words) == 1):
            (open_ended if "*" in phrase.words[0] else exact).setdefault(phrase.words[0], []).append(phrase)
    return exact, open_ended


def _starting(word: str, lang: Lang, *, loose: bool) -> Iterator[Phrase]:
    exact, open_ended = _first_words(lang, loose=loose)
    yield from exact.get(word, ())
    for size in range(1, len(word) + 1):
        yield from open_ended.get(word[:size] + "*", ())
        if size < len(word):
            yield from open_ended.get("*" + word[-size:], ())


def _opening(word: str, lang: Lang) -> tuple[Phrase, ...]:
    """Return the phrases that a word may begin, the longest first."""
    return tuple(sorted(_starting(word, lang, loose=False), key=lambda phrase: -len(phrase.words)))


def _answers(word: str, lang: Lang) -> frozenset[tuple[Meaning, str]]:
    """Return the meanings that a word may answer for, and whether `loose` or `vague`."""
    return frozenset((phrase.meaning, phrase.told) for phrase in _starting(word, lang, loose=True))


_LANGS: Final[tuple[Lang, Lang]] = ("hi", "en")
_OPENS: Final = {lang: Memo(partial(_opening, lang=lang)) for lang in _LANGS}
_LOOSE: Final = {lang: Memo(partial(_answers, lang=lang)) for lang in _LANGS}

PHRASES = Check(
    check_phrases,
    {
        "quantity": "all, most, many, some, few or only on one side where the other has another of them",
        "comparison": "more for less, at least for at most, over for under",
        "modality": "must for may, may for will",
        "hedge": "allegedly, reportedly or perhaps on one side alone",
        "cause": "because for despite, or the reverse",
        "percent": "percentage points for percent; a percent sign that is lost",
        "verdict": "convicted for acquitted, granted for refused, dead for alive",
        "kin": "a relative of the other sex: uncle for aunt, king for queen",
        "ordinal": "first for second, third for last",
        "direction": "a deed or a place turned around: bought for sold, above for below, won for lost",
    },
)
