"""Where a text may be cut: the clauses that an error drops, or adds to another text."""

import re

__all__ = ["clauses"]

_BOUNDARY = {
    "hi": re.compile(r"[,;:—–()]|।(?=.)| (?=(?:और|लेकिन|कि|जो|जिसमें|जिससे|क्योंकि|ताकि|तथा|जब) )"),
    "en": re.compile(r"[,;:—–()]| (?=(?:and|but|that|which|who|because|so|when|while|with|after|in order) )"),
}


def clauses(text: str, lang: str) -> list[tuple[int, int]]:
    """Stretches between boundaries with 5 words or more that are at most 60 % of the text, its end sign left out."""
    body = len(text.rstrip(' ।.!?"”'))
    cuts = [0, *(m.start() for m in _BOUNDARY[lang].finditer(text[:body])), body]
    total = len(text.split())
    return [
        (a, b)
        for i, a in enumerate(cuts)
        for b in cuts[i + 1 : i + 3]
        if 5 <= len(text[a:b].split()) <= 0.6 * total and len(text[a:b].split()) >= 5
    ]
