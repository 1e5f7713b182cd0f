"""Text without capitals, as chat is and Hindi in Latin letters: which of its full stops end a sentence."""

import re
from functools import cache
from typing import Final

from tithi.aligner.abbreviations import words_of
from tithi.aligner.around import last_token

__all__ = ["ends_in_small", "goes_on_small", "is_roman_end", "is_small_text"]

_MIXED: Final = re.compile(r"[a-z]{1,2}[A-Z]")
#: A word with a capital for its first letter alone; OMG and I are none.
_CAPITALISED: Final = re.compile(r"(?<!\w)[A-Z][a-z]")
_REACH: Final = 2000
#: Letters that are words in chat.
_CHAT: Final = frozenset("uki")


def goes_on_small(following: str) -> bool:
    """Whether the next word begins with a small letter, and is no name as iPhone."""
    return following[:1].islower() and _MIXED.match(following) is None


def is_small_text(paragraph: str) -> bool:
    """Whether no word of a paragraph is capitalised, so that small letters tell nothing: `wo aaya. phir so gaya.`."""
    return _CAPITALISED.search(paragraph, 0, _REACH) is None


def ends_in_small(token: str, following: str) -> bool:
    """Whether a stop after `token` ends a sentence before a word in small letters: after any but an abbreviation."""
    if len(token) == 1:
        return token in _CHAT and not (len(following) == 2 and following.endswith("."))
    return token != "" and "." not in token and token.casefold() not in _abbreviations()


def is_roman_end(paragraph: str, begin: int, stop: int) -> bool:
    """Whether a verb of Hindi in Latin letters stands before a mark: `Main theek hoon. tum batao.`."""
    return last_token(paragraph, begin, stop) in words_of("en", "roman_verb")


@cache
def _abbreviations() -> frozenset[str]:
    """Return the abbreviations of both languages in small letters; before a word `no` and the like are none."""
    kinds = (words_of("en", "title"), words_of("en", "small"), words_of("hi", "title"), words_of("hi", "open"))
    return frozenset(word.casefold() for word in frozenset[str]().union(*kinds))
