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
    """Two numbers side by side."""

    first: Fraction
    second: Fraction

    @property
    def told(self) -> tuple[Fraction, Fraction]:
        """What they may tell as one: hours and minutes, or hundreds and the rest."""
        return self.first + self.second / _MINUTES, self.first * _HUNDRED + self.second


def clocks(hits: Sequence[NumberHit]) -> list[Clock]:
    """Return the numbers that but a blank parts, and that may be an hour and its minutes, or three sixty-five."""
    return [
        Clock(one.value, two.value)
        for one, two in pairwise(hits)
        if two.start - one.stop == 1 and _is_below(one.value, _DAY + 1) and _is_below(two.value, _HUNDRED)
    ]


def _is_below(value: Fraction, bound: int) -> bool:
    return value.denominator == 1 and 0 < value < bound


def by_clock(hour: Fraction) -> Fraction:
    """Return the hour that figures with a dot tell: 11.30 is half past eleven, 11.5, and 8.75 is none."""
    whole = hour.numerator // hour.denominator
    if hour - whole >= Fraction(_MINUTES, _HUNDRED):
        return hour
    return whole + (hour - whole) * Fraction(_HUNDRED, _MINUTES)
