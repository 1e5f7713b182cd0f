"""Numbers that no one counted: `लाखों`, `tens of thousands`, `कई हज़ार`, and stretches of time told by name (fortnight).

Each has a magnitude, the number that its word names: 100000 of लाखों and of `hundreds of thousands`.
"""

from fractions import Fraction
from typing import Final

from tithi.numerals.reader import Found, TokenReader
from tithi.numerals.spelled import Spelled

__all__ = ["bare_scale", "count_of_years", "stretch", "vague_number"]

_CENTURY: Final = "100"
_SCALES: Final = frozenset({12, 100, 1000, 10**5, 10**6, 10**7, 10**9, 10**12})


def vague_number(reader: TokenReader, index: int) -> Found | None:
    """Read `लाखों`, `दसियों हज़ार`, `hundreds of thousands`, `लाखों करोड़`."""
    value = reader.words.get("vague", reader.text(index))
    if value is None:
        return None
    magnitude, stop = int(value), index + 1
    tail = stop + (reader.text(stop) == "of")
    more = reader.words.get("vague", reader.text(tail)) or reader.words.get("scale", reader.text(tail))
    if more is not None and "/" not in more and int(more) in _SCALES and (tail > stop or magnitude != int(more)):
        magnitude, stop = magnitude * int(more), tail + 1
    return Found(Fraction(magnitude), stop, "vague", weak=True, magnitude=magnitude)


def bare_scale(reader: TokenReader, index: int, value: Fraction) -> Found | None:
    """Read a scale word alone as vague after कई or several: `कई हज़ार`, `several hundred`."""
    before = index - 1 - (reader.text(index - 1) == "of")
    told = any(reader.has(kind, place) for kind, place in (("several", before), ("vague", before), ("vague", index)))
    if value not in _SCALES or not told:
        return None
    return Found(value, index + 1, "vague", weak=True, magnitude=int(value))


def stretch(reader: TokenReader, index: int) -> Found | None:
    """Read `half a century`, `आधी सदी`, as years, `पखवाड़ा`, `fortnight` as days; none need be kept."""
    named = reader.words.get("stretch", reader.text(index))
    if named is not None:
        return Found(Fraction(named), index + 1, weak=True)
    if reader.has("years", index):
        told = _and_a_half(reader, index + 1)
        span = Fraction(reader.words.kinds["years"][reader.text(index)])
        return None if told is None else Found(span * (1 + told[0]), told[1])
    part = reader.words.get("stretch_part", reader.text(index))
    stop = index + 1
    while part is not None and stop < index + 4 and reader.has("stretch_joint", stop):
        stop += 1
    years = None if part is None else reader.words.get("years", reader.text(stop))
    return None if part is None or years is None else Found(Fraction(part) * int(years), stop + 1, weak=True)


def _and_a_half(reader: TokenReader, index: int) -> tuple[Fraction, int] | None:
    """Return the part that `and a half`, `and three quarters` add behind a century, and the token after."""
    if reader.text(index) != "and":
        return None
    part = reader.words.get("behind_and", f"{reader.text(index + 1)} {reader.text(index + 2)}")
    return None if part is None else (Fraction(part), index + 3)


def count_of_years(reader: TokenReader, number: Spelled) -> Found | None:
    """Read `two decades`, `ढाई दशक`, `three centuries` as years; `two centuries` that someone scored are runs."""
    stop = number.stop
    years = reader.words.get("years", reader.text(stop))
    if years is None or number.value >= int(_CENTURY):
        return None
    if years == _CENTURY and reader.text(stop).isascii():
        around = [("scored", number.start - back) for back in (1, 2)] + [
            ("innings", stop + ahead) for ahead in range(1, 5)
        ]
        if any(reader.has(kind, place) for kind, place in around):
            return None
    part, after = _and_a_half(reader, stop + 1) or (0, stop + 1)
    return Found((number.value + part) * int(years), after, weak=number.weak)
