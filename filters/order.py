"""The signs of a text that was taken apart: marks and capitals that stand inside and belong to its edges."""

import re
from typing import Final

from tithi.evidence.tables import common_words

__all__ = ["ended", "goes_on", "out_of_place"]

_END: Final = re.compile(r"[.।॥|?!…][\"'”’)\]]*$")
_GOES_ON: Final = re.compile(r"[,;][\"'”’)\]]*$")
_INNER_END: Final = re.compile(r"[\w\u0900-\u0963]{2}[।॥?!.]+[\"'”’)\]]*\s+[^\W\d_]")
_INITIAL: Final = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|No|vs|etc|al|Jr|Sr|Inc|डॉ|श्री|प्रो|रु|कि))\.$")
_INNER_START: Final = re.compile(r"(?<=[a-z0-9,] )[A-Z][a-z]*(?= [a-z])")


def ended(text: str) -> bool:
    """Whether a text ends in the mark of a sentence's end, quotation marks and brackets aside."""
    return _END.search(text.rstrip()) is not None


def goes_on(text: str) -> bool:
    """Whether a text ends in a mark behind which it goes on, a comma or a semicolon."""
    return _GOES_ON.search(text.rstrip()) is not None


def out_of_place(text: str, other: str) -> int:
    """Return how many signs tell that a text was taken apart: the marks and capitals that stood at its edges.

    A sentence's end inside and none at the end where the other side has one; a sentence that ends as the other side
    does and begins small, or has a capital on a common word inside; a bracket that closes before it opens.
    """
    signs = 0
    if not ended(text) and ended(other) and (match := _INNER_END.search(text)):
        signs += not _INITIAL.search(text[: match.end()].split()[-2])
    if text[:1].islower() and not text.islower():
        # Where nothing is written in capitals, a small letter tells nothing.
        signs += (ended(text) and ended(other)) or any(
            match[0].lower() in common_words() for match in _INNER_START.finditer(text)
        )
    closes = text.find(")")
    return signs + (0 <= closes < text.find("("))
