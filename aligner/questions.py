"""What `?` and `!` end: a sentence, or a quoted question before its attribution, a name (Yahoo!), a pause."""

import re
from typing import Final

from tithi.aligner.abbreviations import words_of
from tithi.aligner.around import GOING_ON, is_blank, last_token, next_word
from tithi.aligner.lowercase import goes_on_small, is_roman_end, is_small_text
from tithi.script import is_devanagari

__all__ = ["ends_after_mark"]


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
    if end < len(paragraph) and not is_blank(paragraph[end]) and paragraph[end] not in "\"'“‘([*_`&":
        return is_devanagari(paragraph[end])
    following = next_word(paragraph, end)
    if following[:1] in GOING_ON:
        return False
    is_quoted = match.end("marks") < end and following in words_of("hi", "after_quote")
    if is_quoted or following in words_of("hi", "after_mark") or _is_name(paragraph, begin, match, following):
        return False
    if match.end("marks") < end and _is_attributed(paragraph[end : end + 90].lstrip()):
        before = paragraph[max(begin, match.start() - 200) : match.start()]
        return _TOLD_BEFORE.search(before) is not None
    is_small = goes_on_small(following) and match.end("marks") == end
    if is_small and (
        is_devanagari(paragraph[match.start() - 1])
        or is_roman_end(paragraph, begin, match.start())
        or is_small_text(paragraph)
    ):
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
