"""Errors by exchange: a number, a date, a name or an opposite that stands on both sides is another on one.

Digits, month names and names are read by plain patterns of their own, not by those of the checks.
"""

import random
import re

from training.error_cases import Case, put, words_of

__all__ = ["another_date", "another_name", "another_number", "opposite"]

_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTHS_HI = ("जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर")
_EN_MONTH = re.compile(r"\b(" + "|".join(_MONTHS_EN) + r")\b")
_HI_MONTH = re.compile(
    r"(जनवरी|फ़?रवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|सितम्बर"
    r"|अक्टूबर|अक्तूबर|नवंबर|नवम्बर|दिसंबर|दिसम्बर)(?![\u0900-\u0963])"
)
_NUMBER = re.compile(r"(?<![\w.,/:-])(\d{1,3}(?:,\d{2,3})+|\d+)(\.\d+)?(?![\w/:-]|[.,]\d)")
_YEAR = re.compile(r"(?<![\w.,/:-])(?:1[5-9]|20)\d\d(?![\w/:]|[.,]\d)")


def _swap(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def _other_number(digits: str, rng: random.Random) -> str:
    """Change one digit, not to 0 in front; a decimal part, commas and script stay."""
    places = [i for i, c in enumerate(digits) if c.isdigit()]
    at = rng.choice(places)
    zero = ord(digits[at]) - int(digits[at])
    options = [d for d in range(10) if d != int(digits[at]) and (d or at != places[0])]
    return digits[:at] + chr(zero + rng.choice(options)) + digits[at + 1 :]


def _near_month(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - 22) : match.end() + 22]
    return bool(_HI_MONTH.search(around) or _EN_MONTH.search(around))


def another_number(case: Case) -> tuple[str, str] | None:
    """A number in digits on both sides, outside dates, gets another digit; else a number word is exchanged."""
    hi, en, side, rng, _ = case
    text, other = (hi, en) if side == "hi" else (en, hi)
    there = {m.group().replace(",", "") for m in _NUMBER.finditer(other)}
    places = [
        m for m in _NUMBER.finditer(text)
        if m.group().replace(",", "") in there and not _YEAR.fullmatch(m.group()) and not _near_month(text, m)
    ]  # fmt: skip
    if places:
        match = rng.choice(places)
        return put(hi, en, side, _swap(text, match, _other_number(match.group(), rng)))
    found = []
    for en_word, hi_word, *_ in words_of("number"):
        h = re.search(rf"(?<![\u0900-\u097F])(?:{hi_word})(?![\u0900-\u097F])", hi)
        e = re.search(rf"\b{en_word}\b", en)
        if h and e:
            found.append((h if side == "hi" else e, en_word))
    if not found:
        return None
    match, word = rng.choice(found)
    en_new, hi_new, *_ = rng.choice([n for n in words_of("number") if n[0] != word])
    return put(hi, en, side, _swap(text, match, hi_new.split("|")[0] if side == "hi" else en_new))


def another_date(case: Case) -> tuple[str, str] | None:
    """The month, the day beside a month, or the year is exchanged, where both sides have it (a range's end too)."""
    hi, en, side, rng, _ = case
    text, other = (hi, en) if side == "hi" else (en, hi)
    mine, theirs, names = (_HI_MONTH, _EN_MONTH, _MONTHS_HI) if side == "hi" else (_EN_MONTH, _HI_MONTH, _MONTHS_EN)
    options: list[tuple[re.Match[str], str]] = []
    months = list(mine.finditer(text))
    if months and len(months) == len(list(theirs.finditer(other))):
        for match in months:
            if match.group() == "May" and not re.search(
                r"\d|[Ii]n |of ", text[max(0, match.start() - 4) : match.end() + 4]
            ):
                continue
            options.append((match, rng.choice([n for n in names if n[:3] != match.group()[:3]])))
    for match in re.finditer(r"(?<![\w.,/:])[1-9]\d?(?![\w/:]|[.,]\d)", text):
        near = text[max(0, match.start() - 13) : match.end() + 13]
        if mine.search(near) and re.search(rf"(?<!\d){match.group()}(?!\d)", other) and theirs.search(other):
            direct = re.match(r"(?:st|nd|rd|th)?,?[ -–]{1,3}", text[match.end() :]) is not None
            if direct:
                options.append((match, str(rng.choice([d for d in range(1, 29) if d != int(match.group())]))))
    years = [match for match in _YEAR.finditer(text) if match.group() in other]
    options += [(year, str(int(year.group()) + rng.choice([-30, -11, -3, -2, -1, 1, 2, 4, 9]))) for year in years]
    if not options:
        return None
    match, new = rng.choice(options)
    return put(hi, en, side, _swap(text, match, new))


def another_name(case: Case) -> tuple[str, str] | None:
    """A name of a fixed list of well-known ones, found on both sides, is exchanged for another, all over that side."""
    hi, en, side, rng, names = case
    plain = {word for word, *_ in words_of("plain")}.union(_MONTHS_EN)
    found = []
    for en_name, hi_name in names:
        if en_name not in en or hi_name not in hi:
            continue  # spares a pattern for each name
        if en_name not in plain and re.search(rf"\b{re.escape(en_name)}\b", en):
            match = re.search(rf"(?<![\u0900-\u0963]){re.escape(hi_name)}(?![\u0900-\u0963])", hi)
            if match:
                found.append((en_name, hi_name))
    if not found:
        return None
    en_name, hi_name = rng.choice(found)
    en_new, hi_new, *_ = rng.choice([n for n in words_of("name") if n[0] not in en and n[1] not in hi])
    if side == "hi":
        return re.sub(rf"(?<![\u0900-\u0963]){re.escape(hi_name)}(?![\u0900-\u0963])", hi_new, hi), en
    return hi, re.sub(rf"\b{re.escape(en_name)}\b", en_new, en)


def opposite(case: Case) -> tuple[str, str] | None:
    """A word that stands on both sides is exchanged for its opposite or rival on one."""
    hi, en, side, rng, _ = case
    found = []
    for pair in [*words_of("opposite"), *((c, d, a, b) for a, b, c, d in words_of("opposite"))]:
        h = re.search(rf"(?<![\u0900-\u0963]){pair[1]}(?![\u0900-\u0963])", hi)
        e = re.search(rf"\b{pair[0]}\b", en)
        if h and e:
            found.append((h, pair[3]) if side == "hi" else (e, pair[2]))
    if not found:
        return None
    return put(hi, en, side, _swap(hi if side == "hi" else en, *rng.choice(found)))
