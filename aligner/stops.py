"""What a full stop ends: a sentence, or an abbreviation, an initial, a number, a pause.

Words that tell it stand in abbreviations.tsv. Every look goes a bounded way, so a line takes time linear in its length.
"""

import re
from string import digits
from typing import Final

from tithi.aligner.abbreviations import LANGS, ends_clause, is_cut_short, is_initial, telling_words, words_of
from tithi.aligner.around import GOING_ON, is_blank, last_token, next_word
from tithi.aligner.glued import is_glued_end, opens_another_quote
from tithi.aligner.heads import is_head
from tithi.aligner.lowercase import ends_in_small, goes_on_small, is_roman_end, is_small_text
from tithi.records import Lang
from tithi.script import LETTERS, is_devanagari

__all__ = ["NOTE", "ends_after_stop"]

_BEFORE: Final = re.compile(r"(\S{1,20})\s+$")
_ACRONYM: Final = re.compile(
    r"(?:[A-Za-z]\.)+[A-Za-z]|(?:[\u0900-\u097f]{1,4}\.)+(?:[\u0900-\u097f]{1,4}-)?"
    r"(?:[\u0900-\u097f]{1,4}|\u0921\u092c\u094d\u0932\u094d\u092f\u0942)"
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
#: A number, or a code with one: 5, F.12/3, AI101.
_NUMBERED: Final = re.compile(r"[A-Z]{0,3}[./-]?[\d½¼¾①-⑳]")
#: A letter that numbers: App. B.
_LETTER: Final = re.compile(r"[B-HJ-Z][.,;:)]?")
_HINDI: Final = re.compile(f"[{LETTERS}]")
_INITIAL_AFTER: Final = re.compile(r"\s*(\S{1,8}?)\.")
#: The number of a footnote that has come down to the line: `The claim is old.1 It was disputed.2`.
NOTE: Final = r"(?<=[a-z]{3}\.)\d{1,3}(?:[,–-]\d{1,3}){0,4}(?=\s[A-Z])"
_NOTE: Final = re.compile(NOTE)
_NOTES_REACH: Final = 2000
#: So much before a word is looked at for a title.
_BEFORE_NAME: Final = 24
#: A sentence of nothing but a time: `By 7 p.m.`, `In Feb.`.
_TIME_ALONE: Final = re.compile(
    r"[\s\"“‘(]*(?:The|At|By|In|On|From|Since|Until|Till|Around|Before|After|About) "
    r"(?:\d{1,2}(?:[:.]\d\d)? ?)?(?:[ap]\.? ?m|[A-Z][a-z]{2,3})"
)
_SERIAL: Final = ("S. No", "Sl. No", "Sr. No")
#: The first column of a table: `Roll No. Name Marks`.
_COLUMN: Final = re.compile(
    r"\s*(?:Roll|Reg\.|Ref\.|Item|Page|Code|Ward|Bill|Train|Flat|House|Plot|Room|Seat|Case|File|Serial|Order|Form) No"
)


def ends_after_stop(paragraph: str, begin: int, match: re.Match[str]) -> bool:
    """Whether full stops or an ellipsis end the sentence that began at `begin`."""
    end = match.end()
    dots = match["marks"]
    is_one = len(dots) == 1 and dots != "…" and (match.end("marks") == end or not _SPACED.match(match[0]))
    if end < len(paragraph) and not is_blank(paragraph[end]) and paragraph[end] not in "“‘&":
        return is_one and is_glued_end(paragraph, begin, match.start(), end)
    following = next_word(paragraph, end)
    if following[:1] in GOING_ON or (is_devanagari(following) and following in words_of("hi", "behind")):
        return False
    if not is_one or not following:
        # In Hindi the dots mark a pause far more often than an end; before digits and symbols they stand for more.
        is_said = opens_another_quote(paragraph, begin, end)
        return is_said or (following[:1].isupper() and following.split("'")[0].rstrip(",") != "I")
    if goes_on_small(following) and paragraph[end : end + 4].lstrip()[:1] != "`":
        is_verb = is_roman_end(paragraph, begin, match.start()) or ends_clause(
            last_token(paragraph, begin, match.start())
        )
        return is_verb or _ends_in_small(paragraph, begin, match.start(), following)
    ends = _word_ends if match.end("marks") == end else _closed_ends
    return ends(paragraph, begin, match, following)


def _closed_ends(paragraph: str, begin: int, match: re.Match[str], following: str) -> bool:
    """Whether a stop is an end that a quote or bracket closes: but for `Capt. (Retd.) Singh`, `(Rs.)`."""
    token = last_token(paragraph, begin, match.start())
    if paragraph[match.end("marks")] in digits:
        return _is_noted(paragraph, token, following)
    return paragraph[match.end() - 1] != ")" or not _is_abbreviation(token, following)


def _is_noted(paragraph: str, token: str, following: str) -> bool:
    """Whether a number that touches a stop is that of a footnote: no `para.5 The`, no `beta.2 Release`."""
    is_sure = following in words_of("en", "starter") or len(_NOTE.findall(paragraph, 0, _NOTES_REACH)) > 1
    return is_sure and token not in telling_words()


def _ends_in_small(paragraph: str, begin: int, start: int, following: str) -> bool:
    """Whether a stop ends a sentence of a text in which none begins with a capital."""
    token = last_token(paragraph, begin, start)
    return ends_in_small(token, following) and is_small_text(paragraph) and not is_head(paragraph, begin, start)


def _word_ends(paragraph: str, begin: int, match: re.Match[str], following: str) -> bool:
    """Whether a full stop ends a sentence by the word before it."""
    token = last_token(paragraph, begin, match.start())
    if is_head(paragraph, begin, match.start()) or _is_begun(paragraph, begin, match.start(), token, following):
        return False
    if len(token) > 1 and token not in telling_words() and _MARKS.isdisjoint(token):
        # Most words are in none of the lists, and no acronym.
        return not (is_devanagari(token) and _is_short(paragraph, begin, match.start() - len(token), token, following))
    if "/" in token and token not in words_of("en", "title"):
        token = token.rpartition("/")[2]
    if "-" in token and "." in token:
        token = token.rpartition("-")[2]  # 2020-कें.उ.शु.
    if _is_lettered(paragraph, begin, match.start() - len(token), token, following):
        return True
    if token in words_of("hi", "verb"):
        return _is_verb(paragraph, begin, match.start() - len(token), match.end(), following)
    if token in words_of("en", "time"):
        is_dated = token in words_of("en", "number") and following[0] in digits  # Mon. 5 March
        return not (is_dated or _is_clock(paragraph, match.end(), following))
    answers = token == "No" and following == "I" and _opens(paragraph, begin, match.start() - len(token))
    return answers or _token_ends(token, following, "hi" if _HINDI.search(token) else "en")


def _is_short(paragraph: str, begin: int, start: int, token: str, following: str) -> bool:
    """Whether a Hindi word at `start`, a stop behind it, is an abbreviation in no list or the initial of a name."""
    before = paragraph[max(begin, start - _BEFORE_NAME) : start].split()
    return is_cut_short(token, following) or is_initial(token, before[-1] if before else "", following)


def _is_lettered(paragraph: str, begin: int, start: int, token: str, following: str) -> bool:
    """Whether a letter at `start` numbers the word before it, which opens no heading: They chose plan B."""
    lang: Lang = "hi" if token in words_of("hi", "initial") else "en"
    if following.endswith(".") or not (lang == "hi" or (len(token) == 1 and token.isupper())):
        return False
    before = last_token(paragraph, begin, start)
    is_named = before.lower() in words_of(lang, "lettered")
    return is_named and not _opens(paragraph, begin, paragraph.rfind(before, begin, start))


def _is_begun(paragraph: str, begin: int, stop: int, token: str, following: str) -> bool:
    """Whether a sentence cannot end yet: `By 7 p.m. Ravi left`, `In Feb. I left`, the head `S. No. Name`."""
    if token in words_of("hi", "opening") and _opens_sentence(paragraph, begin, stop - len(token)):
        return True
    is_told = following != "I" and following in words_of("en", "starter")
    is_alone = not is_told and _TIME_ALONE.fullmatch(paragraph, begin, stop) is not None
    is_time = is_alone and token in telling_words()
    return (
        is_time
        or _is_column(paragraph, begin, stop, is_told=is_told)
        or (following[-1] == "." and _is_tail(following[:-1]))
    )


def _is_column(paragraph: str, begin: int, stop: int, *, is_told: bool) -> bool:
    """Whether the head of a table stands before a stop, whose next word does not open a sentence."""
    is_head = not is_told and _COLUMN.fullmatch(paragraph, begin, stop) is not None
    return is_head or paragraph.endswith(_SERIAL, begin, stop)


def _is_abbreviation(token: str, following: str) -> bool:
    """Whether a word whose stop a bracket closes goes on: `(Rs.) 50`, `(डॉ.) मीरा`, `(से.नि.) थापर`."""
    kinds = (words_of(lang, kind) for lang in LANGS for kind in ("title", "number"))
    is_short = is_devanagari(token) and ("." in token or is_cut_short(token, following))
    return is_short or any(token in words for words in kinds)


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
        is_roman = _ROMAN.fullmatch(following) is not None and not (
            following == "I" and (token == "no" or token in words_of("en", "after_time"))
        )
        is_number = _NUMBERED.match(following) is not None or is_roman or _LETTER.fullmatch(following) is not None
        is_named = token != "no" and named in words_of(script, "number") | words_of(script, "title")
        return not (is_number or is_named or following in words_of("hi", "goes_on"))
    word = following.rstrip(".,;:")
    starts = word in words_of("en", "starter") and not (
        following == f"{word}." and (len(word) == 1 or word in words_of("en", "number"))
    )
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
