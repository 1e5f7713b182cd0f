"""The words around a mark that may end a sentence. Every look goes a bounded way."""

import re
from typing import Final

__all__ = ["GOING_ON", "is_blank", "last_token", "next_word"]

#: What begins no sentence.
GOING_ON: Final = frozenset(",;:)&")
_NEXT_WORD: Final = re.compile(
    r"(?:[\s\u200b\u2060\ufeff\"'“‘«(\[*_`~]|&(?:quot|ldquo|lsquo|nbsp|#8220|#39|#34);)*+(\S{1,20})"
)
_LAST_TOKEN: Final = re.compile(r"[^\s()\[\]{}\"'“”‘’«»,;:–—]+$")
_REACH: Final = 40


def next_word(paragraph: str, end: int) -> str:
    """Return the next word after `end` without the quotes, brackets and marks that open it, blank at the end."""
    match = _NEXT_WORD.match(paragraph, end)
    return match[1] if match else ""


def last_token(paragraph: str, begin: int, stop: int) -> str:
    """Return the word that ends at `stop`, blank where there is none."""
    words = paragraph[max(begin, stop - _REACH) : stop].split()
    before = _LAST_TOKEN.search(words[-1]) if words else None
    return before[0] if before else ""


def is_blank(character: str) -> bool:
    """Return whether a character is a blank, or has no width."""
    return character.isspace() or character in "\u200b\u2060\ufeff"
