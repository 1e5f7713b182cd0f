"""What a full stop, `?` or `!` ends: a sentence, or an abbreviation, an initial, a number, a pause.

Words that tell it stand in abbreviations.tsv. Every look goes a bounded way, so a line takes time linear in its length.
"""

import re
from functools import cache
from typing import Final

from tithi.aligner.abbreviations import words_of
from tithi.aligner.glued import is_glued_end
from tithi.records import Lang
from tithi.script import LETTERS, is_devanagari

__all__ = ["ends_after_mark", "ends_after_stop", "next_word"]

_NEXT_WORD: Final = re.compile(
    r"(?:[\s\u200b\u2060\ufeff\"'“‘«(\[*_`~]|&(?:quot|ldquo|lsquo|nbsp|#8220|#39|#34);)*+(\S{1,20})"
)
_LAST_TOKEN: Final = re.compile(r"[^\s()\[\]{}\"'“”‘’«»,;:–—]+$")
_BEFORE: Final = re.compile(r"(\S{1,20})\s+$")
_ACRONYM: Final = re.compile(
    r"(?:[A-Za-z]\.)+[A-Za-z]|(?:[\u0900-\u097f]{1,4}\.)+(?:[\u0900-\u097f]{1,4}-)?[\u0900-\u097f]{1,4}"
)
_WORDY: Final = re.compile(r"[^\s\"'“‘(\[*_`~]")
_LABEL: Final = re.compile(r"[\d.]+|[ivx]+|[IVX]+|Q\d+|.", re.DOTALL)
_NUMBERED: Final = re.compile(r"(\S{1,12}) ?\d{1,3}")
_ROMAN: Final = re.compile(r"[IVXLC]+[.,;:)]*")
#: A time zone in words: `Eastern on`, `Moscow time`, `Coordinated Universal Time`.
_ZONE: Final = re.compile(
    r"[\s(]*((?:[A-Z][a-z]+\s+){1,3})(?:Standard\s+)?[Tt]ime\b|[\s(]*([A-Z][a-z]+)(?=\s+(\S+)|[.,;)]|$)"
)
_HINDI: Final = re.compile(f"[{LETTERS}]")
_MIXED: Final = re.compile(r"[a-z]{1,2}[A-Z]")
_INITIAL_AFTER: Final = re.compile(r"\s*(\S{1,8}?)\.")
_LANGS: Final[tuple[Lang, Lang]] = ("hi", "en")
#: A shorter word before a stop in small letters may be an abbreviation.
_SHORT: Final = 4
_LABEL_REACH: Final = 16
#: The number of the first item of a list behind a colon.
_FIRST_ITEM: Final = re.compile(r":\s{0,2}(\S)\s?\Z")
_ITEM_REACH: Final = 6
#: What stands up to the end of a clause.
_CLAUSE: Final = re.compile(r"[\s–—-]*+([^।,.|;:?!\"“”]{1,80})[।,.|]")
_CLAUSE_WORDS: Final = 8
#: A quotation that is told of before it stands: `उसने पूछा, "कौन?"`.
_TOLD_BEFORE: Final = re.compile(r"[,:]\s*[\"“‘'][^\"“”]*$")


def next_word(paragraph: str, end: int) -> str:
    """Return the next word after `end` without the quotes, brackets and marks that open it, blank at the end."""
    match = _NEXT_WORD.match(paragraph, end)
    return match[1] if match else ""


def ends_after_mark(paragraph: str, begin: int, match: re.Match[str]) -> bool:
    """Whether `?` or `!` ends the sentence: not inside a word, not before a lower-case word (`"Why?" he asked`)."""
    end = match.end()
    if end < len(paragraph) and not _is_blank(paragraph[end]) and paragraph[end] not in "\"'“‘([*_`&":
        return is_devanagari(paragraph[end])
    following = next_word(paragraph, end)
    is_quoted = match.end("marks") < end and following in words_of("hi", "after_quote")
    if is_quoted or following in words_of("hi", "after_mark") or _is_name(paragraph, begin, match, following):
        return False
    if match.end("marks") < end and _is_attributed(paragraph[end : end + 90].lstrip()):
        before = paragraph[max(begin, match.start() - 200) : match.start()]
        return _TOLD_BEFORE.search(before) is not None
    is_small = _goes_on_small(following) and match.end("marks") == end
    if is_small and (_is_roman(paragraph, begin, match) or not any(map(str.isupper, paragraph[:2000]))):
        return True  # tum kaise ho? main theek hoon
    return not _goes_on_small(following) and following[:1] not in tuple("।॥")


def _is_name(paragraph: str, begin: int, match: re.Match[str], following: str) -> bool:
    """Whether the mark is that of a name that goes on: Yahoo! Inc., याहू! इंडिया."""
    token = _last_token(paragraph, begin, match.start())
    named = token in words_of("en", "marked") or token in words_of("hi", "marked")
    word = following.rstrip(".,;:")
    return named and not (word in words_of("en", "starter") or word in words_of("hi", "starter"))


def _is_attributed(following: str) -> bool:
    """Whether what follows a quoted question tells who asked: उसने पूछा, Tom asked, The old man shouted."""
    clause = _CLAUSE.match(following)
    words = [] if clause is None else clause[1].split()
    if not is_devanagari(following.lstrip(" –—-")[:1]):
        says = words_of("en", "says")
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
    is_one = len(dots) == 1 and dots != "…"
    if end < len(paragraph) and not _is_blank(paragraph[end]) and paragraph[end] not in "“‘&":
        return is_one and is_glued_end(paragraph, begin, match.start(), end)
    following = next_word(paragraph, end)
    if not is_one or not following:
        # In Hindi the dots mark a pause far more often than an end; before digits and symbols they stand for more.
        return following[:1].isupper()
    if _goes_on_small(following) and _is_roman(paragraph, begin, match):
        return True
    if _goes_on_small(following) and paragraph[end : end + 4].lstrip()[:1] != "`":
        return not _is_label(paragraph, begin, match.start()) and _is_all_small(
            paragraph, paragraph[max(begin, match.start() - 40) : match.start()]
        )
    if match.end("marks") < end:  # closed by a quote or bracket it is an end, but for `Capt. (Retd.) Singh`
        return paragraph[end - 1] != ")" or _last_token(paragraph, begin, match.start()) not in words_of("en", "title")
    return _word_ends(paragraph, begin, match, following)


def _last_token(paragraph: str, begin: int, stop: int) -> str:
    """Return the word that ends at `stop`, blank where there is none."""
    words = paragraph[max(begin, stop - 40) : stop].split()
    before = _LAST_TOKEN.search(words[-1]) if words else None
    return before[0] if before else ""


def _word_ends(paragraph: str, begin: int, match: re.Match[str], following: str) -> bool:
    """Whether a full stop ends a sentence by the word before it."""
    if _is_label(paragraph, begin, match.start()):
        return False
    token = _last_token(paragraph, begin, match.start())
    if len(token) > 1 and token not in _telling() and "." not in token and "/" not in token:
        return True  # most words are in none of the lists, and no acronym
    if "/" in token and token not in words_of("en", "title"):
        token = token.rpartition("/")[2]
    if token in words_of("hi", "verb"):
        return _is_verb(paragraph, begin, match.start() - len(token), match.end(), following)
    if token in words_of("hi", "opening"):
        return not _opens_sentence(paragraph, begin, match.start() - len(token))
    if token in words_of("en", "time"):
        return not _is_clock(paragraph, match.end(), following)
    answers = token == "No" and following == "I" and _opens(paragraph, begin, match.start() - len(token))
    return answers or _token_ends(token, following, "hi" if _HINDI.search(token) else "en")


def _opens(paragraph: str, begin: int, stop: int) -> bool:
    """Whether nothing but marks stands before an answer: `No. I won't.`."""
    return _WORDY.search(paragraph, begin, stop) is None


@cache
def _telling() -> frozenset[str]:
    """Return all words behind which a full stop may be no end."""
    listed = (words_of(lang, kind) for lang in _LANGS for kind in ("title", "initial", "number", "open"))
    return frozenset[str]().union(words_of("hi", "verb"), words_of("hi", "opening"), words_of("en", "time"), *listed)


def _opens_sentence(paragraph: str, begin: int, stop: int) -> bool:
    """Whether nothing but a title stands before a word: `जन. रावत`, `ले. जन. सिंह`."""
    before = paragraph[max(begin, stop - 24) : stop].split()
    return all(word.endswith(".") for word in before) or before[-1] in words_of("hi", "and")


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


def _is_label(paragraph: str, begin: int, stop: int) -> bool:
    """Whether nothing but the number of an item or the initial of a name stands before: `4 .`, `ii.`, `प्रश्न 1.`."""
    item = _FIRST_ITEM.search(paragraph, max(begin, stop - _ITEM_REACH), stop)
    if item is not None and item[1] in words_of("hi", "first_item") | words_of("en", "first_item"):
        return True  # आदेश: 1. वेतन रोका जाए।
    start = _WORDY.search(paragraph, begin, stop)
    if start is None or stop - start.start() > _LABEL_REACH:
        return False
    head = paragraph[start.start() : stop].rstrip()
    named = _NUMBERED.fullmatch(head)
    is_named = named is not None and named[1] in words_of("hi", "numbered") | words_of("en", "numbered")
    return is_named or _LABEL.fullmatch(head) is not None


def _token_ends(token: str, following: str, script: Lang) -> bool:
    """Whether a full stop between `token` and the word `following` ends a sentence."""
    if token in words_of(script, "title") or token in words_of(script, "initial"):
        return False
    if token in words_of(script, "number"):
        named = following.rstrip(".") if following.endswith(".") else ""
        is_number = following[0].isnumeric() or _ROMAN.fullmatch(following) is not None
        return not (is_number or named in words_of(script, "number") | words_of(script, "title"))
    word = following.rstrip(".,;:")
    starts = word in words_of("en", "starter") and not (following == f"{word}." and word in words_of("en", "number"))
    if token in words_of(script, "open") or _ACRONYM.fullmatch(token):
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


def _goes_on_small(following: str) -> bool:
    """Whether the next word begins with a small letter, and is no name as iPhone."""
    return following[:1].islower() and _MIXED.match(following) is None


def _is_roman(paragraph: str, begin: int, match: re.Match[str]) -> bool:
    """Whether a verb of Hindi in Latin letters stands before a mark: `Main theek hoon. tum batao.`."""
    return _last_token(paragraph, begin, match.start()) in words_of("en", "roman_verb")


def _is_all_small(paragraph: str, before: str) -> bool:
    """Whether a line of Roman-script Hindi (`wo ghar aaya. phir so gaya.`) ends a sentence, being without capitals."""
    token = _LAST_TOKEN.search(before)
    if token is None or not token[0].isalpha() or token[0] in words_of("en", "title"):
        return False
    if len(token[0]) < _SHORT and token[0] not in words_of("en", "roman_final"):
        return False
    return not any(map(str.isupper, paragraph[:2000]))


def _is_blank(character: str) -> bool:
    return character.isspace() or character in "\u200b\u2060\ufeff"
