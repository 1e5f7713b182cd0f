"""The short look: most marks stand between a plain word and the next sentence, and surely end the one before.

What it does not tell is left to `stops`, whose rules say the same of all that it does.
"""

from functools import cache
from typing import Final

from tithi.aligner.abbreviations import clause_words, telling_words, words_of
from tithi.numerals.memo import Memo

__all__ = ["ends_plainly"]

#: So much of the next word is looked at.
_REACH: Final = 20


def ends_plainly(paragraph: str, begin: int, stop: int) -> bool:
    """Whether a mark at `stop`, between a word and ` A` or ` अ`, surely ends the sentence that began at `begin`."""
    start = paragraph.rfind(" ", begin, stop) + 1
    token = paragraph[start:stop]
    following = paragraph[stop + 2 : stop + 2 + _REACH]
    if paragraph[stop] != ".":
        goes_on = words_of("hi", "after_mark")
        return not token.endswith(_marked()) and (following.isascii() or following.split(None, 1)[0] not in goes_on)
    if "." in following and following.split(None, 1)[0][-1] == ".":
        return False  # an abbreviation or initial, it may be
    is_sure = _SURE[token] and (token.isascii() or not paragraph.endswith(". ", begin, start))  # पं. दी. दयाल
    return is_sure and (following.isascii() or following.split(None, 1)[0] not in words_of("hi", "behind"))


def _is_sure(token: str) -> bool:
    """Whether a word before a stop is no abbreviation, initial or label, as ii. and HAMLET. are."""
    if not token.isascii():
        return token in _verbs()
    is_word = len(token) > 1 and token.isalpha() and not token.isupper() and token[-1] not in "ivx"
    return is_word and token not in telling_words()


_SURE: Final = Memo(_is_sure)


@cache
def _marked() -> tuple[str, ...]:
    """Return the names that have a mark of their own."""
    return (*words_of("en", "marked"), *words_of("hi", "marked"))


@cache
def _verbs() -> frozenset[str]:
    """Return the verbs that end Hindi sentences and are nothing else."""
    return frozenset(word for word in clause_words() - telling_words() if len(word) > 1)
