"""Spoken Hindi written down without any mark: where its clauses end."""

import logging
import re
from functools import cache
from itertools import pairwise
from typing import Final

from tithi.aligner.stops import ends_clause, words_of

__all__ = ["clause_ends"]

#: A sentence of more words than this without a single mark is a transcript.
_LONG: Final = 40
_WORD: Final = re.compile(r"\S+")
_MARK: Final = re.compile(r"[,;:।॥|?!—–()\"“”]|\.(?:\s|$)")
#: A clause shorter than this is no sentence of its own.
_SHORT: Final = 4
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
    ends = []
    last = 0
    for index, (word, following) in enumerate(pairwise(match[0] for match in words), start=1):
        if index - last < _SHORT or not ends_clause(word):
            continue
        if not ends_clause(following) and following not in words_of("hi", "goes_on"):
            ends.append(words[index - 1].end())
            last = index
    return ends


@cache
def _warn_once() -> None:
    """Warn in the first such text of a process: a heap of transcripts would say it a thousand times."""
    _TELLER.warning("texts of more than %d words without a full stop are cut behind verbs; -v tells each", _LONG)
