"""The numbers and sources of verses, which stand behind what they name: `राजा बोले। (१)`, `Jesus wept. (John 11:35)`."""

import re
from typing import Final

__all__ = ["is_reference", "label_end"]

_NUMBER: Final = r"\d{1,4}(?:[.:]\d{1,4})?(?:[-–]\d{1,4})?"
#: A verse by number: (१), [2], (2.3), ॥१२॥, ||2.60||.
_LABEL: Final = rf"(?:\({_NUMBER}\)|\[\d{{1,4}}\]|(?P<bars>[।॥]{{1,2}}|\|\|)\s?[\d.:–-]{{1,9}}\s?(?:[।॥]{{1,2}}|\|\|))"
#: A verse by book, chapter and number: (John 11:35), [1 Cor. 13:4-7], (गीता 2.3).
_SOURCE: Final = r"[(\[](?:[1-3]\s)?(?:[^\W\d][^\s()\[\]\d]{1,20}\s){1,3}\d{1,3}[.:]\d{1,3}(?:[-–]\d{1,3})?[)\]]"
#: The same behind a dash: — भजन 34:8.
_DASHED: Final = (
    r"[—–]\s?(?:[1-3१-३]\s)?[^\W\d][^\s()\d]{1,20}\s\d{1,3}\s?:\s?\d{1,3}(?:\s?[-–,]\s?\d{1,3}){0,5}(?=[।.\s]|$)"
)
_NEXT_LABEL: Final = re.compile(rf"\s{{1,3}}(?:{_LABEL}|{_SOURCE}|{_DASHED})[।.]?(?=\s|$)")
_NEXT_SOURCE: Final = re.compile(rf"\s{{1,3}}(?:{_SOURCE}|{_DASHED})[।.]?(?=\s|$)")
#: What the second character behind a sentence is where a label may follow.
_OPENERS: Final = frozenset(" ([।॥|—–")
_FIRST_LABEL: Final = re.compile(rf"\s*(?:{_LABEL}|{_SOURCE})")
_LAST_LABEL: Final = re.compile(rf"[।॥.!?|]\s{{1,3}}{_LABEL}\s*$")
_REACH: Final = 24
#: A work that is cited: `Smith, J. (2010). The Art of War. London: Penguin.`
_REFERENCE: Final = re.compile(
    r"[^\W\d][^\s,.()]{1,30}, (?:[^\W\d][^\s,.()]{0,3}\. ?){1,3}"
    r"(?:(?:, | ?& |, & |और | and )[^\W\d][^\s,.()]{1,30}, (?:[^\W\d][^\s,.()]{0,3}\. ?){1,3}){0,6}\(\d{4}[a-z]?\)\."
)


def label_end(paragraph: str, end: int) -> int:
    """Return where the label behind a sentence that ends at `end` ends, `end` where none belongs to it.

    A source belongs to it in a paragraph that does not open with one; numbers alone do where one closes the paragraph.
    """
    if paragraph[end + 1 : end + 2] not in _OPENERS or _FIRST_LABEL.match(paragraph) is not None:
        return end
    is_numbered = _LAST_LABEL.search(paragraph, max(0, len(paragraph) - _REACH)) is not None
    label = (_NEXT_LABEL if is_numbered else _NEXT_SOURCE).match(paragraph, end)
    return end if label is None else label.end()


def is_reference(paragraph: str) -> bool:
    """Whether a paragraph is a work that is cited, whose stops end no sentence."""
    return ")." in paragraph and _REFERENCE.match(paragraph) is not None
