"""Hours as figures tell them, and two numbers side by side that are one: तीन बीस पर, at nine forty-five, 11.30."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final, NamedTuple

from tithi.numerals.find import NumberHit

__all__ = ["Clock", "by_clock", "clocks"]

_HUNDRED: Final = 100
_DAY: Final = 24
_MINUTES: Final = 60


class Clock(NamedTuple):
    """Two numbers, and what they may tell as one."""

    numbers: tuple[Fraction, Fraction]
    told: tuple[Fraction, ...]


def clocks(hits: Sequence[NumberHit], text: str) -> list[Clock]:
    """Return the numbers of `text` that may be an hour and its minutes, three sixty-five, or five to eleven."""
    found = []
    for one, two in pairwise(hits):
        a, b, between = one.value, two.value, text[one.stop : two.start]
        if not _is_below(a, _MINUTES) or not _is_below(b, _HUNDRED):
            continue
        if between == " " and a <= _DAY:
            found.append(Clock((a, b), (a + b / _MINUTES, a * _HUNDRED + b)))
        elif between == " to " and b <= _DAY:
            found.append(Clock((a, b), (b - a / _MINUTES,)))
    return found


def _is_below(value: Fraction, bound: int) -> bool:
    return value.denominator == 1 and 0 < value < bound


def by_clock(hour: Fraction) -> Fraction:
    """Return the hour that figures with a dot tell: 11.30 is half past eleven, 11.5, and 8.75 is none."""
    whole = hour.numerator // hour.denominator
    if hour - whole >= Fraction(_MINUTES, _HUNDRED):
        return hour
    return whole + (hour - whole) * Fraction(_HUNDRED, _MINUTES)
