"""What a full stop, `?` or `!` ends: a sentence, or an abbreviation, an initial, a number, a pause.

Words that tell it stand in abbreviations.tsv. Every look goes a bounded way, so a line takes time linear in its length.
"""

import re
from typing import Final

from tithi.aligner.abbreviations import ends_clause, is_cut_short, telling_words, words_of
from tithi.aligner.around import last_token, next_word
from tithi.aligner.glued import is_glued_end
from tithi.aligner.heads import is_head
from tithi.aligner.lowercase import ends_in_small, goes_on_small, is_small_text
from tithi.records import Lang
from tithi.script import LETTERS, is_devanagari

__all__ = ["ends_after_mark", "ends_after_stop"]

_BEFORE: Final = re.compile(r"(\S{1,20})\s+$")
_ACRONYM: Final = re.compile(
    r"(?:[A-Za-z]\.)+[A-Za-z]|(?:[\u0900-\u097f]{1,4}\.)+(?:[\u0900-\u097f]{1,4}-)?[\u0900-\u097f]{1,4}"
)
_WORDY: Final = re.compile(r"[^\s\"'“‘(\[*_`~]")
_ROMAN: Final = re.compile(r"[IVXLC]+[.,;:)]*")
#: A time zone in words: `Eastern on`, `Moscow time`, `Coordinated Universal Time`.
_ZONE: Final = re.compile(
    r"[\s(]*((?:[A-Z][a-z]+\s+){1,3})(?:Standard\s+)?[Tt]ime\b|[\s(]*([A-Z][a-z]+)(?=\s+(\S+)|[.,;)]|$)"
)
#: What a word has that is an acronym or a measure: `कें.उ.शु`, `w/o`, `°से`.
_MARKS: Final = frozenset("./°")
#: An ellipsis with blanks: `. . .`.
_SPACED: Final = re.compile(r"\.\s{1,2}\.\s{1,2}\.")
#: What begins no sentence.
_GOING_ON: Final = frozenset(",;:)")
#: A letter that numbers: App. B.
_LETTER: Final = re.compile(r"[B-HJ-Z][.,;:)]?")
_HINDI: Final = re.compile(f"[{LETTERS}]")
_INITIAL_AFTER: Final = re.compile(r"\s*(\S{1,8}?)\.")
_LANGS: Final[tuple[Lang, Lang]] = ("hi", "en")
#: What stands up to the end of a clause.
_CLAUSE: Final = re.compile(r"[\s–—-]*+([^।,.|;:?!\"“”]{1,80})[।,.|]")
_CLAUSE_WORDS: Final = 8
#: What tells of the quotation behind it.
_SAID: Final = re.compile(r"(?:[A-Z][a-z]+\s){1,3}(?:said|replied|answered)(?: to \S{2,20})?, [“\"'‘]")
#: A quotation that is told of before it stands: `उसने पूछा, "कौन?"`.
_TOLD_BEFORE: Final = re.compile(r"[,:]\s*[\"“‘'][^\"“”]*$")


def ends_after_mark(paragraph: str, begin: int, match: re.Match[str]) -> bool:
    """Whether `?` or `!` ends the sentence: not inside a word, not before a lower-case word (`"Why?" he asked`)."""
    end = match.end()
    if end < len(paragraph) and not _is_blank(paragraph[end]) and paragraph[end] not in "\"'“‘([*_`&":
        return is_devanagari(paragraph[end])
    following = next_word(paragraph, end)
    if following[:1] in _GOING_ON:
        return False
    is_quoted = match.end("marks") < end and following in words_of("hi", "after_quote")
    if is_quoted or following in words_of("hi", "after_mark") or _is_name(paragraph, begin, match, following):
        return False
    if match.end("marks") < end and _is_attributed(paragraph[end : end + 90].lstrip()):
        before = paragraph[max(begin, match.start() - 200) : match.start()]
        return _TOLD_BEFORE.search(before) is not None
    is_small = goes_on_small(following) and match.end("marks") == end
    is_hindi = is_devanagari(paragraph[match.start() - 1]) or _is_roman(paragraph, begin, match)
    if is_small and (is_hindi or is_small_text(paragraph)):
        return True  # tum kaise ho? main theek hoon
    return not goes_on_small(following) and following[:1] not in tuple("।॥")


def _is_name(paragraph: str, begin: int, match: re.Match[str], following: str) -> bool:
    """Whether the mark is that of a name that goes on: Yahoo! Inc., याहू! इंडिया."""
    token = last_token(paragraph, begin, match.start())
    named = token in words_of("en", "marked") or token in words_of("hi", "marked")
    word = following.rstrip(".,;:")
    return named and not (word in words_of("en", "starter") or word in words_of("hi", "starter"))


def _is_attributed(following: str) -> bool:
    """Whether what follows a quoted question tells who asked: उसने पूछा, Tom asked, The old man shouted."""
    clause = _CLAUSE.match(following)
    words = [] if clause is None else clause[1].split()
    if not is_devanagari(following.lstrip(" –—-")[:1]):
        says = words_of("en", "says")
        if _SAID.match(following) is not None:
            return False  # “What good is it?” Jacob said, “Swear to me.”
        ends = 2 <= len(words) <= _CLAUSE_WORDS and (words[-1] in says or words[-3:] == ["wanted", "to", "know"])
        return ends or bool(says.intersection(word.strip(".,") for word in following.split(maxsplit=3)[1:3]))
    if not 2 <= len(words) <= _CLAUSE_WORDS:
        return False
    says, told = words_of("hi", "says"), words_of("hi", "told")
    if words[0] in says:  # पूछा राम ने
        return words[-1] in words_of("hi", "by") or words[1] in words_of("hi", "while")
    while len(words) > 1 and words[-1] in told and words[-1] not in says:
        words.pop()
    return words[-1] in says


def ends_after_stop(paragraph: str, begin: int, match: re.Match[str]) -> bool:
    """Whether full stops or an ellipsis end the sentence that began at `begin`."""
    end = match.end()
    dots = match["marks"]
    is_one = len(dots) == 1 and dots != "…" and (match.end("marks") == end or not _SPACED.match(match[0]))
    if end < len(paragraph) and not _is_blank(paragraph[end]) and paragraph[end] not in "“‘&":
        return is_one and is_glued_end(paragraph, begin, match.start(), end)
    following = next_word(paragraph, end)
    if following[:1] in _GOING_ON or (is_devanagari(following) and following in words_of("hi", "behind")):
        return False
    if not is_one or not following:
        # In Hindi the dots mark a pause far more often than an end; before digits and symbols they stand for more.
        return following[:1].isupper() and following.split("'")[0].rstrip(",") != "I"
    if goes_on_small(following) and paragraph[end : end + 4].lstrip()[:1] != "`":
        is_verb = _is_roman(paragraph, begin, match) or ends_clause(last_token(paragraph, begin, match.start()))
        return is_verb or _ends_in_small(paragraph, begin, match.start(), following)
    if match.end("marks") < end:  # closed by a quote or bracket it is an end, but for `Capt. (Retd.) Singh`, `(Rs.)`
        return paragraph[end - 1] != ")" or not _is_abbreviation(last_token(paragraph, begin, match.start()))
    return _word_ends(paragraph, begin, match, following)


def _ends_in_small(paragraph: str, begin: int, start: int, following: str) -> bool:
    """Whether a stop ends a sentence of a text in which none begins with a capital."""
    token = last_token(paragraph, begin, start)
    return ends_in_small(token, following) and is_small_text(paragraph) and not is_head(paragraph, begin, start)


def _word_ends(paragraph: str, begin: int, match: re.Match[str], following: str) -> bool:
    """Whether a full stop ends a sentence by the word before it."""
    if is_head(paragraph, begin, match.start()) or (following[-1] == "." and _is_tail(following[:-1])):
        return False
    token = last_token(paragraph, begin, match.start())
    if len(token) > 1 and token not in telling_words() and _MARKS.isdisjoint(token):
        # Most words are in none of the lists, and no acronym.
        return not (is_devanagari(token) and is_cut_short(token, following))
    if "/" in token and token not in words_of("en", "title"):
        token = token.rpartition("/")[2]
    if "-" in token and "." in token:
        token = token.rpartition("-")[2]  # 2020-कें.उ.शु.
    if token in words_of("hi", "verb"):
        return _is_verb(paragraph, begin, match.start() - len(token), match.end(), following)
    if token in words_of("hi", "opening"):
        return not _opens_sentence(paragraph, begin, match.start() - len(token))
    if token in words_of("en", "time"):
        return not _is_clock(paragraph, match.end(), following)
    answers = token == "No" and following == "I" and _opens(paragraph, begin, match.start() - len(token))
    return answers or _token_ends(token, following, "hi" if _HINDI.search(token) else "en")


def _is_abbreviation(token: str) -> bool:
    """Whether a word whose stop a bracket closes goes on: `(Rs.) 50`, `(डॉ.) मीरा`, `(से.नि.) थापर`."""
    kinds = (words_of(lang, kind) for lang in _LANGS for kind in ("title", "number"))
    return any(token in words for words in kinds) or (is_devanagari(token) and "." in token)


def _is_tail(following: str) -> bool:
    """Whether the next abbreviation ends the name of a firm or person, and so begins no sentence: `Foo Inds. Ltd.`."""
    return following in words_of("en", "tail") or following in words_of("hi", "tail")


def _opens(paragraph: str, begin: int, stop: int) -> bool:
    """Whether nothing but marks stands before an answer: `No. I won't.`."""
    return _WORDY.search(paragraph, begin, stop) is None


def _opens_sentence(paragraph: str, begin: int, stop: int) -> bool:
    """Whether nothing but a title stands before a word: `जन. रावत`, `ले. जन. सिंह`."""
    before = paragraph[max(begin, stop - 24) : stop].split()
    return all(word.endswith(".") for word in before) or before[-1] in words_of("hi", "and") | words_of("hi", "rank")


def _is_clock(paragraph: str, end: int, following: str) -> bool:
    """Whether a time of day goes on: with its zone, a weekday or month, a Hindi postposition."""
    word = following.rstrip(".,;:)")
    if word in words_of("en", "after_time") or word in words_of("hi", "after_time"):
        return True
    if re.split(r"[^A-Z]", following, maxsplit=1)[0] in words_of("en", "clock"):
        return True
    zone = _ZONE.match(paragraph, end, end + 60)
    if zone is None:
        return False
    if zone[1] is not None:
        return zone[1].split()[0] not in words_of("en", "starter")
    return zone[2] in words_of("en", "zone") and (
        zone[3] is None or is_devanagari(zone[3][0]) or zone[3] in words_of("en", "after_zone")
    )


def _token_ends(token: str, following: str, script: Lang) -> bool:
    """Whether a full stop between `token` and the word `following` ends a sentence."""
    if token in words_of(script, "title") or token in words_of(script, "initial"):
        return False
    if following.rstrip("।,.;:") in words_of("hi", "final"):
        return False  # 5 Oct. है
    if token in words_of(script, "number"):
        named = following.rstrip(".") if following.endswith(".") else ""
        is_roman = _ROMAN.fullmatch(following) is not None and not (following == "I" and token == "no")
        is_number = following[0].isnumeric() or is_roman or _LETTER.fullmatch(following) is not None
        is_named = token != "no" and named in words_of(script, "number") | words_of(script, "title")
        return not (is_number or is_named)
    word = following.rstrip(".,;:")
    starts = word in words_of("en", "starter") and not (following == f"{word}." and word in words_of("en", "number"))
    if token in words_of(script, "open") or _ACRONYM.fullmatch(token) or token[:1] == "°":
        return script == "en" and starts
    # One Latin capital is an initial, but for `I.` and for a letter before a word that opens a sentence (Plan B. It …).
    is_capital = len(token) == 1 and token.isalpha() and (token.isupper() or is_devanagari(token))
    return not is_capital or token == "I" or (starts and len(following.rstrip(".,;:")) > 1)


def _is_verb(paragraph: str, begin: int, start: int, end: int, following: str) -> bool:
    """Whether आई, पी, सी, जी before a stop is the last word of a sentence and no initial of a name."""
    match = _BEFORE.search(paragraph, max(begin, start - 24), start)
    before = match[1] if match else ""
    after = _INITIAL_AFTER.match(paragraph, end)
    initials = words_of("hi", "initial") | words_of("hi", "title")
    if not before or before.endswith(".") or (after is not None and after[1] in initials):
        return False
    token = paragraph[start:end].rstrip(".")
    return (
        following in words_of("hi", "starter")
        or before in words_of("hi", "object")
        or (token in words_of("hi", "came") and before not in words_of("hi", "title"))
    )


def _is_roman(paragraph: str, begin: int, match: re.Match[str]) -> bool:
    """Whether a verb of Hindi in Latin letters stands before a mark: `Main theek hoon. tum batao.`."""
    return last_token(paragraph, begin, match.start()) in words_of("en", "roman_verb")


def _is_blank(character: str) -> bool:
    return character.isspace() or character in "\u200b\u2060\ufeff"
