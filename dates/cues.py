"""What each word of a text may mean to the grammars of dates, found once a word: most texts have no cue at all.

A word's cues are bits of a number.
"""

from collections.abc import Iterable
from functools import cache, reduce
from operator import or_
from typing import Final

from tithi.dates.phrases import era_forms, festival_forms
from tithi.numerals.memo import Memo
from tithi.numerals.tokens import word_list
from tithi.numerals.words import number_words, ordinal_endings

__all__ = ["PAIRED", "Cue", "cues", "may_open", "merged", "together"]


class Cue:
    """The bits."""

    #: A digit, or a word of which one must stand in a text without digits that tells a date.
    TRIGGER: Final = 1
    #: What a date can begin with, if what stands beside it agrees; SURE ones are looked at whatever it is.
    OPENER: Final = 2
    SURE: Final = 4
    FIGURE: Final = 8
    MONTH: Final = 16
    FESTIVAL: Final = 32
    #: A number in words.
    NUMBER: Final = 64
    ERA: Final = 128
    #: The first word of an era that is not that of Christ.
    OTHER_ERA: Final = 256
    #: A letter that may be an era or a decade with what stands beside it: `A.D.`, `1990s`.
    LETTER: Final = 512
    #: What can stand behind the first word of a date that is no year and has no month: a unit, a suffix, a joint.
    BEHIND: Final = 1024
    #: What stands before the figures of a financial year.
    FISCAL: Final = 2048
    #: What stands before a year of three figures.
    YEAR: Final = 4096
    #: The ending of an ordinal.
    ORDINAL: Final = 8192


#: What a date begins with, and what is made a figure before it is read.
_OPENING: Final = Cue.OPENER | Cue.NUMBER | Cue.ORDINAL

#: English tells years in two numbers from eleven sixty-six to twenty ninety-nine.
PAIRED: Final = range(11, 21)

_OPENERS: Final = (
    *("weekday", "weekday_short", "shift", "period", "day_shift", "era", "opener", "decade", "month", "month_short"),
    *("saka_month", "fiscal", "nth", "part_letter"),
)
_SURE: Final = (
    *("weekday", "weekday_short", "shift", "period", "day_shift", "month", "month_short", "saka_month", "fiscal"),
    *("part_letter", "come", "now_word"),
)
_BEHIND: Final = ("part_unit", "unit", "weekday", "weekday_short", "ordinal_suffix", "day_word", "part_letter")


def cues(texts: Iterable[str]) -> list[int]:
    """Return the cues of each token's text."""
    return list(map(_CUES.__getitem__, texts))


def may_open(texts: Iterable[str]) -> bool:
    """Whether a date may begin at any of some tokens, that in words told as well."""
    return any(_CUES[text] & _OPENING for text in texts)


def merged(marks: list[int], runs: list[tuple[int, int, str]]) -> list[int]:
    """Return the cues of tokens of which each run `(first, stop, figures)`, in order, was made one token."""
    left: list[int] = []
    done = 0
    for first, stop, figures in runs:
        left += marks[done:first]
        left.append(_CUES[figures])
        done = stop
    return left + marks[done:]


def together(marks: list[int]) -> int:
    """Return the cues that any token has."""
    return reduce(or_, set(marks), 0)


def _cues(word: str) -> int:
    if "0" <= word[0] <= "9":
        return Cue.TRIGGER | Cue.OPENER | Cue.FIGURE
    found = Cue.LETTER if word in ("a", "b", "s") else 0
    if word.endswith(ordinal_endings()):
        found |= Cue.OPENER | Cue.ORDINAL
    return found | sum(cue for cue, words in _vocabulary() if word in words)


_CUES: Final = Memo(_cues)


@cache
def _vocabulary() -> tuple[tuple[int, frozenset[str]], ...]:
    """The words of each cue."""
    calendar = word_list("tithi.dates", "words.tsv")
    units = calendar.kinds["unit"].items()
    eras, festivals = era_forms(), frozenset(festival_forms())
    centuries = {form for form, unit in units if unit == "C" and form.isascii()}
    named = calendar.forms("era", "era_after", "decade", "saka_month") | frozenset(eras)
    others = frozenset(first for first, told in eras.items() if any(era not in "AB" for _, era in told))
    openers = calendar.forms(*_OPENERS) | centuries | festivals | frozenset(eras)
    return (
        (Cue.TRIGGER, _triggers()),
        (Cue.OPENER, openers | number_words().forms("ordinal")),
        (Cue.SURE, calendar.forms(*_SURE) | {"day", "past"}),
        (Cue.MONTH, calendar.forms("month", "month_short")),
        (Cue.FESTIVAL, festivals),
        (Cue.NUMBER, number_words().forms("cardinal", "scale", "ordinal") | calendar.forms("english_day")),
        (Cue.ERA, named.union(form for form, unit in units if unit in "DC") - {"a", "b", "s"}),
        (Cue.OTHER_ERA, others - {"a", "s"}),
        (Cue.BEHIND, calendar.forms(*_BEHIND) | {"-", "/"}),
        (Cue.YEAR, calendar.forms("year_name")),
        (Cue.FISCAL, calendar.forms("fiscal_word", "fiscal_year")),
    )


def _triggers() -> frozenset[str]:
    """Words that tell dates without a digit; a year in words has a hundred, a thousand or an English pair in it."""
    numbers = number_words().kinds
    heads = {form for form, value in numbers["cardinal"].items() if form.isascii() and int(value) in PAIRED}
    heads |= {form for form, value in numbers["scale"].items() if value in ("100", "1000")}
    kinds = (
        "fiscal_alone",
        "month",
        "month_short",
        "weekday",
        "day_shift",
        "unit",
        "era",
        "decade",
        "night",
        "day_word",
    )
    calendar = word_list("tithi.dates", "words.tsv")
    heads |= {form for form in calendar.kinds["weekday_short"] if form.isascii()}
    return frozenset(heads) | calendar.forms(*kinds)
