"""Known errors for faithful pairs: one error a pair, made without the checks that are to find it.

Each maker takes the two texts and a random source and returns the spoilt pair, or None when the pair has no place for
that error. Makers read digits, month names, capitals and negation words by plain patterns of their own, so that the
benchmark does not share the blind spots of `tithi.checks`; the words that they exchange stand in made_errors.tsv.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from training.clauses import clauses

__all__ = ["KINDS", "Spoilt", "spoil"]

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


@cache
def _words(kind: str) -> list[tuple[str, ...]]:
    """Return the rows of a kind of made_errors.tsv: English, Hindi, and the rivals of both."""
    lines = Path(__file__).with_name("made_errors.tsv").read_text(encoding="utf-8").splitlines()[3:]
    return [tuple(words) for name, *words in (line.split("\t") for line in lines) if name == kind]


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A pair with one known error of `kind`, made on `side`; `expected` are the issue kinds that name it."""

    kind: str
    side: str
    hi: str
    en: str
    expected: frozenset[str]


class Case(NamedTuple):
    """What a maker is given; `given` are names to exchange, or the pair that a clause or sentence is taken from."""

    hi: str
    en: str
    side: str
    rng: random.Random
    given: Sequence[tuple[str, str]]


Maker = Callable[[Case], tuple[str, str] | None]


def _swap(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def _put(hi: str, en: str, side: str, text: str) -> tuple[str, str]:
    return (text, en) if side == "hi" else (hi, text)


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


def _number(case: Case) -> tuple[str, str] | None:
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
        return _put(hi, en, side, _swap(text, match, _other_number(match.group(), rng)))
    found = []
    for en_word, hi_word, *_ in _words("number"):
        h = re.search(rf"(?<![\u0900-\u097F])(?:{hi_word})(?![\u0900-\u097F])", hi)
        e = re.search(rf"\b{en_word}\b", en)
        if h and e:
            found.append((h if side == "hi" else e, en_word))
    if not found:
        return None
    match, word = rng.choice(found)
    en_new, hi_new, *_ = rng.choice([n for n in _words("number") if n[0] != word])
    return _put(hi, en, side, _swap(text, match, hi_new.split("|")[0] if side == "hi" else en_new))


def _date(case: Case) -> tuple[str, str] | None:
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
    return _put(hi, en, side, _swap(text, match, new))


def _name(case: Case) -> tuple[str, str] | None:
    """A name of a fixed list of well-known ones, found on both sides, is exchanged for another, all over that side."""
    hi, en, side, rng, names = case
    plain = {word for word, *_ in _words("plain")}.union(_MONTHS_EN)
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
    en_new, hi_new, *_ = rng.choice([n for n in _words("name") if n[0] not in en and n[1] not in hi])
    if side == "hi":
        return re.sub(rf"(?<![\u0900-\u0963]){re.escape(hi_name)}(?![\u0900-\u0963])", hi_new, hi), en
    return hi, re.sub(rf"\b{re.escape(en_name)}\b", en_new, en)


def _negation_removed(case: Case) -> tuple[str, str] | None:
    hi, en, side, _, _ = case
    if not re.search(r"नहीं|(?<![\u0900-\u0963])(?:न|बिना)(?![\u0900-\u0963])", hi) or not re.search(
        r"\b(?:not|no|never|cannot|without)\b|n['’]t\b", en
    ):
        return None
    if side == "hi":
        changed = re.sub(r" नहीं(?![\u0900-\u0963])", "", hi, count=1)
    else:
        changed = re.sub(r" (?:not|never)\b|(?<=can)not\b|n['’]t\b", "", en, count=1)
    return None if changed in (hi, en) else _put(hi, en, side, changed)


def _negation_added(case: Case) -> tuple[str, str] | None:
    hi, en, side, _, _ = case
    if side == "hi":
        changed = re.sub(r" (है|हैं|था|थे|थी|थीं)([।.,]|$)", r" नहीं \1\2", hi, count=1)
    else:
        changed = re.sub(
            r" (is|was|are|were|has|have|had|will|could|should|would|may) (?!not)", r" \1 not ", en, count=1
        )
    return None if changed in (hi, en) else _put(hi, en, side, changed)


def _dropped(case: Case) -> tuple[str, str] | None:
    hi, en, side, rng, _ = case
    text = hi if side == "hi" else en
    options = clauses(text, side)
    if not options:
        return None
    start, stop = rng.choice(options)
    return _put(hi, en, side, " ".join((text[:start] + " " + text[stop:]).split()).strip(" ,;:"))


def _added(case: Case) -> tuple[str, str] | None:
    """A clause of another pair (given as the single donor) is put before the end sign."""
    hi, en, side, rng, donors = case
    text, donor = (hi, donors[0][0]) if side == "hi" else (en, donors[0][1])
    options = clauses(donor, side)
    if not options:
        return None
    start, stop = rng.choice(options)
    clause = donor[start:stop].strip(" ,;:()—–।.")
    body = len(text.rstrip(' ।.!?"”'))
    return _put(hi, en, side, f"{text[:body]}, {clause}{text[body:]}")


def _neighbour(case: Case) -> tuple[str, str] | None:
    """The next sentence stands in its place (given as the single donor)."""
    hi, en, side, _, donors = case
    other = donors[0][0] if side == "hi" else donors[0][1]
    return None if other in (hi, en) else _put(hi, en, side, other)


def _opposite(case: Case) -> tuple[str, str] | None:
    """A word that stands on both sides is exchanged for its opposite or rival on one."""
    hi, en, side, rng, _ = case
    found = []
    for pair in [*_words("opposite"), *((c, d, a, b) for a, b, c, d in _words("opposite"))]:
        h = re.search(rf"(?<![\u0900-\u0963]){pair[1]}(?![\u0900-\u0963])", hi)
        e = re.search(rf"\b{pair[0]}\b", en)
        if h and e:
            found.append((h, pair[3]) if side == "hi" else (e, pair[2]))
    if not found:
        return None
    return _put(hi, en, side, _swap(hi if side == "hi" else en, *rng.choice(found)))


KINDS: dict[str, tuple[Maker, frozenset[str]]] = {
    "number": (_number, frozenset({"number"})),
    "date": (_date, frozenset({"date"})),
    "name": (_name, frozenset({"name"})),
    "negation removed": (_negation_removed, frozenset({"negation"})),
    "negation put in": (_negation_added, frozenset({"negation"})),
    "opposite": (_opposite, frozenset({"contrast", "date", "number", "negation"})),
    "clause dropped": (_dropped, frozenset({"omission", "addition"})),
    "clause added": (_added, frozenset({"omission", "addition"})),
    "neighbour": (_neighbour, frozenset()),
}
"""Kinds of made errors, each with its maker and the issue kinds that name it rightly."""


def spoil(
    pairs: Sequence[tuple[str, str]], kind: str, names: Sequence[tuple[str, str]], *, seed: int = 1
) -> list[tuple[int, Spoilt]]:
    """Make one error of `kind` in each pair that has a place for it, Hindi and English side in turn.

    Returns:
        The index of each spoilt pair, and what became of it.
    """
    maker, expected = KINDS[kind]
    rng = random.Random(f"{seed}:{kind}")
    made = []
    for i, (hi, en) in enumerate(pairs):
        given: Sequence[tuple[str, str]] = names
        if kind == "clause added":
            given = [pairs[rng.randrange(len(pairs))]]
        elif kind == "neighbour":
            given = [pairs[(i + 1) % len(pairs)]]
        for side in rng.sample(("hi", "en"), 2):
            changed = maker(Case(hi, en, side, rng, given))
            if changed is not None and changed != (hi, en):
                made.append((i, Spoilt(kind, side, changed[0], changed[1], expected)))
                break
    return made
