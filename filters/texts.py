"""Filters that read the texts alone: how long, in which letters, copied, left as they were, code, damaged."""

import re
from typing import Final

from tithi.evidence.words import Words, words
from tithi.filters.evidence import Evidence
from tithi.filters.verdict import Said
from tithi.records import Lang
from tithi.script import count_letters, is_devanagari

__all__ = [
    "characters", "code", "copied", "damage", "english_script", "hindi_script", "long_word", "ratio", "tags",
    "untranslated", "wordless",
]  # fmt: skip

_NAME: Final[dict[Lang, str]] = {"hi": "Hindi", "en": "English"}
_SMOOTH: Final = 20
"""Characters added to both sides, so that `ठीक` beside `All right then` is no odd ratio."""
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f]")
_RUN: Final = 3
_TAG: Final = re.compile(
    r"</?(?:p|div|span|li|ul|ol|td|tr|th|table|font|img|h[1-6]|script|style|html|body|head|meta|link|form|input|iframe"
    r"|section|article)(?:\s[^<>]{0,300})?/?>|<[a-z]{1,10}\s[a-z-]{1,20}=[^<>]{0,300}>|<!--|&(?:nbsp|quot|#\d+);",
    re.IGNORECASE,
)
_PERCENT: Final = re.compile(r"%(?:\d\$)?[sdifu@]")
_CODE: Final = re.compile(
    r"</?[A-Za-z][^<>\n]{0,300}>"
    r"|\b[A-Za-z_][\w.]{0,60}\((?!(?:e?s|ies|[-+\u2212*/=\u00d7\u00f7])\))[^()\n]{0,200}\)\s{0,3}[;{:]?"
    r"|\{[^{}\n]{0,300}\}?|^\s*\}|\[[\w\"']{1,40}\]\s?[:=]"
    r"|\b[A-Za-z_][\w.\"']{0,60}\s?(?:===?|!=|=>|->|\+=|:=|&&|\|\||=)\s?[^\s,]{1,60}"
    r"|[;{}]\s{0,8}$|[;,]$(?<=\w[;,])(?<=[A-Za-z0-9)\]][;,])"
    r"|\b(?:function|def|var|let|const|import|return|SELECT|FROM|WHERE|INSERT|document|console|sudo|npm|git)\b"
    r"|(?<!\w)--?[a-z][\w-]{0,30}(?:=\S{1,60})?(?!\w)|^\s{0,8}[$#>]\s\S{1,60}",
    re.MULTILINE,
)
_SIGNS: Final = frozenset("{}[]<>=;()$|\\")
_DAMAGE: Final = re.compile(
    "\ufffd|[\u0080-\u009f]|[\ue000-\uf8ff]|[\u00e0][\u00a4\u00a5]|\u00e2\u20ac|\u00c3[\u0080-\u00bf]|\u00c2[\u00a0-\u00bf]"
    "|\u25cc|(?<![\u0900-\u097f\u200c\u200d])[\u093e-\u094d]"
)
_DIGIT: Final = re.compile(r"\d")
_SMALL: Final = re.compile(r"(?<!\S)[a-z]{2,}(?![^\s,.:;])")
_QUOTED: Final = re.compile("(?<!\\w)[\"“”«'‘]([^\"“”«»'‘’]{1,60})[\"“”»'’](?!\\w)")


def characters(pair: Evidence) -> Said:
    """Characters of the longer side."""
    length, lang = max((len(text), lang) for lang, text in pair.sides)
    return Said(length, f"characters in the {_NAME[lang]}")


def long_word(pair: Evidence) -> Said:
    """Characters of the longest stretch without a blank; addresses are none."""
    words_of = (word for text in pair.prose for word in text.split())
    return Said(max(map(len, words_of), default=0), "characters without a blank")


def ratio(pair: Evidence) -> Said:
    """How many times as long one side is as the other, 20 characters added to both."""
    hi, en = len(pair.hi) + _SMOOTH, len(pair.en) + _SMOOTH
    return Said(max(hi, en) / min(hi, en), "times as long as the other side")


def wordless(pair: Evidence) -> Said:
    """1 where a side has no word or figure, or one has letters and the other none, else 0."""
    counts = [sum(count_letters([text])) for _, text in pair.sides]
    told = [len(pair.hi_words), len(pair.en_words)]
    bad = 0 in told or (0 in counts and max(counts) > 0)
    return Said(float(bad), "a side without words" if bad else "words on both sides")


def hindi_script(pair: Evidence) -> Said | None:
    """Share of Devanagari among the letters of the Hindi side; a name that both sides write alike has no score."""
    devanagari, others = pair.hi_letters
    if devanagari + others == 0 or (pair.same and len(pair.hi_words) <= _RUN):
        return None
    return Said(devanagari / (devanagari + others), "of the letters in the Hindi are Devanagari")


def english_script(pair: Evidence) -> Said | None:
    """Share of Latin among the letters of the English side."""
    devanagari, others = count_letters([pair.en])
    if pair.en.isascii() or devanagari + others == 0:
        return None
    return Said(len(_LATIN.findall(pair.en)) / (devanagari + others), "of the letters in the English are Latin")


def copied(pair: Evidence) -> Said | None:
    """How alike the two sides are, 1 the same; sides of three words and fewer may be a name and have no score."""
    if min(len(pair.hi_words), len(pair.en_words)) <= _RUN:
        return None
    if pair.same:
        return Said(1.0, "both sides are the same")
    devanagari, _ = pair.hi_letters
    if devanagari and pair.en.isascii():
        return Said(0.0, "the sides differ")
    from rapidfuzz.fuzz import ratio as alike

    return Said(alike(" ".join(pair.hi_words.keys), " ".join(pair.en_words.keys)) / 100, "alike are the sides")


def untranslated(pair: Evidence) -> Said:
    """Share of a side that is a run of the other's words: English left in the Hindi, Hindi left in the English.

    A run has three words and more, and some in lower case: a name, a product and a title may stand as they are, and so
    may what both sides quote.
    """
    best = Said(0.0, "nothing was left untranslated")
    if pair.hi_letters[1] and pair.hi_letters[0]:
        text = _without_quoted(*pair.prose)
        found = pair.hi_words if text is pair.hi else words(text)
        length, run = _run(found, set(pair.en_words.texts), latin=True)
        best = Said(length / max(len(found), 1), f"of the Hindi is English: {run}")
    if not pair.en.isascii():
        length, run = _run(pair.en_words, None, latin=False)
        if length:
            best = Said(max(best.score, length / len(pair.en_words)), f"of the English is Hindi: {run}")
    return best


def _without_quoted(hi: str, en: str) -> str:
    """Return the Hindi without what it quotes as the English does: a message on a screen, the title of a song.

    Where English stands outside of the quotation marks too, the quotation may be what is left of a half.
    """
    quoted = {match[1] for match in _QUOTED.finditer(en)} if _QUOTED.search(hi) else set()
    if not quoted:
        return hi
    rest = _QUOTED.sub(lambda match: " " if match[1] in quoted else match[0], hi)
    return hi if _SMALL.search(rest) else rest


def _run(found: Words, others: set[str] | None, *, latin: bool) -> tuple[int, str]:
    """Return the number of words in the longest run in the other script, and the run."""
    best, start = (0, 0), None
    texts = found.texts
    for i, text in enumerate([*texts, ""]):
        if text and not text[0].isdigit() and is_devanagari(text) != latin and (others is None or text in others):
            start = i if start is None else start
        elif text[:1].isdigit() and start is not None:
            continue
        elif start is not None:
            best, start = max(best, (start, i), key=lambda run: run[1] - run[0]), None
    length = best[1] - best[0]
    if length < _RUN:
        return 0, ""
    begin, stop = found.between(*best)
    run = found.source[begin:stop]
    return (0, "") if latin and _is_name(run.split()) else (length, run[:60])


def _is_name(run: list[str]) -> bool:
    """Whether hardly a word is in lower case: `Global Health and Innovation Summit`; `orf3b` is a name."""
    small = sum(word.islower() and not _DIGIT.search(word) for word in run)
    return 4 * small <= sum(not word[0].isdigit() for word in run)


def tags(pair: Evidence) -> Said:
    """Tags of a page (blocks, or with attributes) and entities, on both sides; `<b>` in a program's line is none."""
    found = [match[0] for _, text in pair.sides if "<" in text or "&" in text for match in _TAG.finditer(text)]
    return Said(len(found), f"tags of a page, {found[0][:40]}" if found else "tags of a page")


def code(pair: Evidence) -> Said:
    """Share of a side that is code, of the side with more; placeholders and addresses are none."""
    best = Said(0.0, "no code")
    for (lang, _), text in zip(pair.sides, pair.prose, strict=True):
        if _SIGNS.isdisjoint(text):
            continue
        plain = _PERCENT.sub(" ", text)
        length = len(plain.strip())
        covered = sum(match.end() - match.start() for match in _CODE.finditer(plain))
        if length and covered / length > best.score:
            best = Said(covered / length, f"of the {_NAME[lang]} is code")
    return best


def damage(pair: Evidence) -> Said:
    """Places where characters were lost: UTF-8 read as Latin-1, replacement characters, signs without their letter."""
    found = [match for _, text in pair.sides if not text.isascii() for match in _DAMAGE.finditer(text)]
    if not found:
        return Said(0, "characters lost")
    first = found[0]
    return Said(len(found), f"characters lost, {first.string[max(0, first.start() - 8) : first.end() + 8]}")
