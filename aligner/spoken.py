"""Spoken Hindi written down without any mark: where its clauses end."""

import logging
import re
from functools import cache
from typing import Final

from tithi.aligner.abbreviations import ends_clause, words_of

__all__ = ["clause_ends"]

#: A sentence of more words than this without a single mark is a transcript.
_LONG: Final = 40
_WORD: Final = re.compile(r"\S+")
_MARK: Final = re.compile(r"[,;:।॥|?!—–()\"“”]|\.(?:\s|$)")
#: A clause shorter than this is no sentence of its own; before a word that begins one it may be a word shorter.
_SHORT: Final = 4
#: Words from the one that joins a tail to the verb that ends it, and from अगर to its तो.
_TAIL: Final = 4
_CONDITION: Final = 12
_TELLER: Final = logging.getLogger("tithi")


def clause_ends(paragraph: str) -> list[int]:
    """Return where the clauses of a paragraph end, the last left out, if it is long and without a mark."""
    if len(paragraph) < 2 * _LONG or _MARK.search(paragraph) is not None:
        return []
    words = list(_WORD.finditer(paragraph))
    if len(words) <= _LONG:
        return []
    _warn_once()
    _TELLER.info("%d words without a full stop (%s …): cut behind verbs", len(words), paragraph[:30])
    texts = [word[0] for word in words]
    ends = []
    last = 0
    for index in range(1, len(texts)):
        is_told = texts[index] in words_of("hi", "starter")
        if index - last >= _SHORT - is_told and _ends_at(texts, last, index) and not _is_tail(texts, index):
            ends.append(words[index - 1].end())
            last = index
    return ends


def _ends_at(texts: list[str], first: int, index: int) -> bool:
    """Whether the clause from the word `first` ends with a verb before the word `index`, and a new one begins."""
    word, following = texts[index - 1], texts[index]
    if not ends_clause(word) or word in words_of("hi", "not_spoken"):
        return False
    if word in words_of("hi", "for") and texts[index - 2].endswith(tuple(words_of("hi", "whose"))):
        return False  # जाँच के लिए, हमारे लिए
    if ends_clause(following) or following in words_of("hi", "auxiliary"):
        return False  # दिया जाता है
    if following in words_of("hi", "then"):  # अगर वह आए तो goes on; तो अगली बार begins
        return words_of("hi", "if").isdisjoint(texts[first:index])
    if following in words_of("hi", "if"):
        return not words_of("hi", "then").isdisjoint(texts[index : index + _CONDITION])
    return following not in words_of("hi", "goes_on")


def _is_tail(texts: list[str], index: int) -> bool:
    """Whether a few words joined by और end the clause before them: … बड़े हो जाते हैं और ऊपर आते हैं."""
    if texts[index] not in words_of("hi", "and_word"):
        return False
    ahead = range(index + 1, min(index + _TAIL, len(texts)))
    return any(place + 1 < len(texts) and _ends_at(texts, index, place + 1) for place in ahead)


@cache
def _warn_once() -> None:
    """Warn in the first such text of a process: a heap of transcripts would say it a thousand times."""
    _TELLER.warning("texts of more than %d words without a full stop are cut behind verbs; -v tells each", _LONG)
