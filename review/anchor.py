"""Places in an article found again in a later text of it that differs in blanks and punctuation.

What is compared is the skeleton: letters, digits, vowel signs and signs of money, NFD, without the rest.

    >>> Anchor("नदी बहती है। पुल टूटा।", "नदी  बहती है.  पुल टूटा!").find((13, 22))
    (14, 23)
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

from tithi.records import Span

__all__ = ["Anchor", "edited", "skeleton"]

#: What ends a sentence, also behind a blank, and what closes behind it.
_CLOSING = re.compile(r"(?:[^\S\r\n]*[।॥.!?…|,;:]+|[\"'”’»)\]}]+)*")


class Anchor:
    """Finds places of an `old` text in a `new` one."""

    def __init__(self, old: str, new: str) -> None:
        self._same = old == new
        self._old, self._new = old, new
        self._places: list[int] = []
        self._skeleton = ""
        self._whole = False
        if not self._same:
            self._skeleton, self._places = _skeleton(new)
            self._whole = _skeleton(old)[0] == self._skeleton

    def find(self, span: Span) -> Span | None:
        """Return where an old place is now, with the punctuation that closes it; None if it is not there once."""
        if self._same:
            return span
        start, stop = span
        wanted = _skeleton(self._old[start:stop])[0]
        if not wanted or stop > len(self._old):
            return None
        at = len(_skeleton(self._old[:start])[0]) if self._whole else self._skeleton.find(wanted)
        if at < 0 or (not self._whole and self._skeleton.find(wanted, at + 1) >= 0):
            return None
        first, last = self._places[at], self._places[at + len(wanted) - 1] + 1
        following = self._places[at + len(wanted)] if at + len(wanted) < len(self._places) else len(self._new)
        before = self._places[at - 1] + 1 if at else 0
        opening = re.search(r"\S*$", self._new[before:first])
        closing = _CLOSING.match(self._new[last:following])
        own = re.match(r"[^\w\s]*", self._old[start:stop])
        start = first - len(opening[0]) if opening and own and own[0] else first
        return start, last + len(closing[0]) if closing else last


def edited(text: str, edits: Mapping[Span, str]) -> tuple[str, Callable[[int], int]]:
    """Return a text in which stretches read otherwise, and where a place of the old one is in it.

    >>> text, moved = edited("नदी बहे। पुल।", {(0, 8): "नदी बहती है।"})
    >>> text, text[moved(9):]
    ('नदी बहती है। पुल।', 'पुल।')
    """
    parts, shifts, at, shift = [], [], 0, 0
    for (start, stop), new in sorted(edits.items()):
        parts += [text[at:start], new]
        at = stop
        shift += len(new) - (stop - start)
        shifts.append((stop, shift))

    def moved(place: int) -> int:
        return place + next((by for stop, by in reversed(shifts) if place >= stop), 0)

    return "".join([*parts, text[at:]]), moved


def skeleton(text: str) -> str:
    """Return what is compared of a text.

    >>> skeleton("नदी बहती है।") == skeleton("नदी  बहती है .")
    True
    """
    return _skeleton(text)[0]


def _skeleton(text: str) -> tuple[str, list[int]]:
    """Return what is compared of a text, and where each of its characters stands."""
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFD", character):
            if part.isalnum() or unicodedata.category(part) in {"Mn", "Mc", "Sc", "Sm"}:
                kept.append(part)
                places.append(place)
    return "".join(kept), places
