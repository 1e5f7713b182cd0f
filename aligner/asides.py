"""Brackets that hold a sentence of their own in the midst of another: `राम (वह मेरा भाई है।) कल आएगा।`."""

from typing import Final

from tithi.aligner.abbreviations import ends_clause, words_of
from tithi.aligner.around import last_token, next_word
from tithi.script import is_devanagari

__all__ = ["is_aside"]

_REACH: Final = 200
#: Vowels in which the past of a verb ends.
_VERBAL: Final = ("\u093e", "\u0940", "\u0947")
_ENDED: Final = tuple("।॥.!?|…:")


def is_aside(paragraph: str, begin: int, start: int, end: int) -> bool:
    """Whether the bracket closed at `end`, behind a mark at `start`, opened within a Hindi sentence that goes on."""
    opened = paragraph.rfind("(", max(begin, start - _REACH), start)
    before = paragraph[begin : max(begin, opened)].strip()
    token = last_token(paragraph, begin, opened)
    if not before or before.endswith(_ENDED) or ends_clause(token):
        return False
    following = next_word(paragraph, end).rstrip("।,.?!")
    is_told = token.endswith(_VERBAL) and following in words_of("hi", "starter")
    return is_devanagari(following) and not is_told
