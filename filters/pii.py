"""Personal data masked alike on both sides: e-mail addresses, telephone numbers, PAN and Aadhaar numbers of India.

What is masked on one side is masked on the other, in any script of digits: `९८१०० १२३४५` and 98100 12345 are one
number and become the same `<PHONE>`. An Aadhaar number has twelve digits, begins with 2 to 9 and ends in a check
digit; a telephone number of India has ten digits that begin with 6 to 9, or a code before it. A year or price is none.

Source: J. Verhoeff, Error Detecting Decimal Codes (1969), for the check digit.

>>> mask("लिखें: asha@example.org", "Write to asha@example.org.")
('लिखें: <EMAIL>', 'Write to <EMAIL>.')
"""

import re
from typing import Final

from tithi.script import ascii_digits

__all__ = ["is_aadhaar", "mask"]

_EDGE: Final = r"(?<![\w०-९+.,/-])"
_END: Final = r"(?![\w०-९]|[.,/-]\d)"
_MARKS: Final = (
    ("<EMAIL>", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")),
    ("<AADHAAR>", re.compile(rf"{_EDGE}[2-9]\d{{3}}([ -]?)\d{{4}}\1\d{{4}}{_END}")),
    ("<PAN>", re.compile(rf"{_EDGE}[A-Z]{{3}}[ABCFGHJLPT][A-Z]\d{{4}}[A-Z]{_END}")),
    (
        "<PHONE>",
        re.compile(
            r"(?<![\w०-९.,/-])(?:(?:\+|00)\d{1,3}(?:[ -]?\(?\d{2,5}\)?){2,4}"
            r"|(?:\+?91[ -]?|0)?[6-9]\d{4}[ -]?\d{5}"
            rf"|0\d{{2,4}}[ -]\d{{6,8}}|1800[ -]\d{{3}}[ -]\d{{3,4}}){_END}"
        ),
    ),
)
_TIMES: Final = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678", "5987604321", "6598710432", "7659821043",
    "8765932104", "9876543210",
)  # fmt: skip
_TURN: Final = (
    "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip


def is_aadhaar(digits: str) -> bool:
    """Return whether twelve ASCII digits begin as an Aadhaar number does and end in its Verhoeff check digit."""
    if len(digits) != 12 or not digits.isascii() or not digits.isdigit() or digits[0] in "01":
        return False
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = int(_TIMES[check][int(_TURN[place % 8][int(digit)])])
    return check == 0


def mask(hi: str, en: str) -> tuple[str, str]:
    """Return both sides with each piece of personal data written as what it is; all else stays as it is.

    Takes time linear in the length of the texts.
    """
    if not any(char in text for text in (hi, en) for char in "@0123456789०१२३४५६७८९"):
        return hi, en
    found: dict[str, str] = {}
    for text in (hi, en):
        for name, start, stop in _found(text):
            found.setdefault(_key(text[start:stop]), name)
    return _masked(hi, found), _masked(en, found)


def _found(text: str) -> list[tuple[str, int, int]]:
    """Return what is personal in a text, with its place; digits are read in either script, which keeps places."""
    plain = ascii_digits(text)
    taken: list[tuple[str, int, int]] = []
    for name, pattern in _MARKS:
        for match in pattern.finditer(plain):
            if name == "<AADHAAR>" and not is_aadhaar(re.sub("[ -]", "", match[0])):
                continue
            if name == "<PHONE>" and not 8 <= sum(map(str.isdigit, match[0])) <= 15:
                continue
            if not any(match.start() < stop and start < match.end() for _, start, stop in taken):
                taken.append((name, match.start(), match.end()))
    return sorted(taken, key=lambda item: item[1])


def _masked(text: str, found: dict[str, str]) -> str:
    """Return a text with what was found on either side masked."""
    if not found:
        return text
    pieces, at = [], 0
    spans = _found(text)
    plain = ascii_digits(text)
    for key, name in found.items():
        if key.isdigit():
            loose = "[ -]?".join(key)
            pattern = rf"(?<![\w.,])\+?{loose}(?!\w)"
        else:
            pattern = rf"(?<![\w.+-]){re.escape(key)}(?![\w-])"
        for match in re.finditer(pattern, plain, re.IGNORECASE):
            if not any(match.start() < stop and start < match.end() for _, start, stop in spans):
                spans.append((name, match.start(), match.end()))
    for name, start, stop in sorted(spans, key=lambda item: item[1]):
        pieces += [text[at:start], name]
        at = stop
    return "".join([*pieces, text[at:]])


def _key(text: str) -> str:
    """Return what is compared: the digits of a number, an address in lower case."""
    plain = ascii_digits(text)
    return plain.lower() if re.search("[A-Za-z@]", plain) else re.sub(r"\D", "", plain)
