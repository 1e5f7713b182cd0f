"""Items of a list that stand on one line: `1. … 2. … 3. …`, `(क) … (ख) …`, `i. … ii. …`, `• … • …`."""

import re
from collections.abc import Callable
from typing import Final

from tithi.script import ascii_digits

__all__ = ["item_starts", "may_hold_items"]

_MARK: Final = re.compile(r"(?:^|(?<=\s))(?:\(([^\W_]{1,6})\)|([^\W_]{1,6})([.)]))(?=\s)")
_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_NOT_COUNTED: Final = frozenset({0x929, 0x931, 0x933, 0x934})  # letters of other languages
_CLASSES: Final = ("अ", "ब", "स", "द")
_CONSONANTS: Final = "".join(chr(code) for code in range(0x915, 0x93A) if code not in _NOT_COUNTED)
_LONGEST: Final = 200
_TOLD: Final = re.compile(r"[^\s\d]: (?=[1१]\. )")
_BULLETS: Final = frozenset("•●▪◦‣►➤✓✔")
_OPENING: Final = re.compile(rf"[({''.join(sorted(_BULLETS))}]|[^\W_]{{1,6}}+[.)]\s")


def item_starts(paragraph: str) -> list[int]:
    """Return the offsets of the second and later items of a list that opens the paragraph, in order.

    >>> item_starts("1. हाथ धोएँ 2. खाना खाएँ")
    [11]
    """
    first = _MARK.match(paragraph) or _first_behind_colon(paragraph)
    if first is None:
        return _bullets(paragraph) if paragraph[:1] in _BULLETS else []
    starts: list[int] = []
    count = _counters(first)
    initial = first.end() if _name(first).isalpha() else -1  # of a name, behind another: J. K. Rowling
    for match in _MARK.finditer(paragraph, first.end()):
        is_letter = len(_name(match)) == 1 and _name(match).isalpha()
        is_initial = is_letter and match.start() == initial + 1
        initial = match.end() if is_letter else -1
        if _form(match) != _form(first) or is_initial:
            continue
        wanted = len(starts) + 1
        if any(wanted < len(row) and row[wanted] == _name(match) for row in count):
            starts.append(match.start())
            if len(starts) == _LONGEST:
                break
    return starts


def may_hold_items(paragraph: str) -> bool:
    """Whether a paragraph begins as one that `item_starts` finds items in; most do not, which is told at once."""
    return _OPENING.match(paragraph) is not None or ": 1. " in paragraph or ": १. " in paragraph


def _first_behind_colon(paragraph: str) -> re.Match[str] | None:
    """Return the number of the first item of a list that a colon tells of: `Items: 1. Rice 2. Dal`."""
    told = _TOLD.search(paragraph) if ": 1. " in paragraph or ": १. " in paragraph else None
    return None if told is None else _MARK.match(paragraph, told.end())


def _bullets(paragraph: str) -> list[int]:
    """Return where the second and later items begin that the bullet of the first one stands before: `• दूध • चीनी`."""
    return [match.start() for match in re.finditer(rf"(?<=\s){paragraph[0]}(?=\s)", paragraph)]


def _name(match: re.Match[str]) -> str:
    return ascii_digits(match[1] or match[2])


def _form(match: re.Match[str]) -> str:
    return "()" if match[1] else match[3]


def _counters(first: re.Match[str]) -> list[list[str]]:
    """The rows of names that an item's name may begin: numbers, letters, Roman numerals."""
    name = _name(first)
    if name.isdecimal():
        return [[str(int(name) + step) for step in range(_LONGEST + 1)]] if len(name) <= 3 else []
    cased: Callable[[str], str] = str.upper if name.isupper() else str.lower
    rows = [
        [cased(roman) for roman in _ROMAN],
        [cased(letter) for letter in _LETTERS],
        list(_CONSONANTS),
        list(_CLASSES),
    ]
    return [row[row.index(name) :] for row in rows if name in row]
