"""Numbers of pages, notices, cases, sizes and settings: `4 SCC 1985`, `G.S.R. 1985(E)`, `1920×1080`, `size = 2048`."""

from typing import Final

from tithi.dates.reader import Reader

__all__ = ["is_cited"]

#: Figures of the other side where a word stands between both.
_SIDE: Final = 3
#: Words between `set` and `to`.
_SETTING: Final = 7


def is_cited(reader: Reader, index: int) -> bool:
    """Whether what stands beside a number makes it that of a page, a notice, a case, a size or a setting."""
    return any(told(reader, index) for told in (_is_side, _is_of_year, _is_page, _is_set, _is_noticed))


def _is_side(reader: Reader, index: int) -> bool:
    """Whether a number is one side of a size: 1920×1080, 1920 by 1080 pixels; no `in 1947 by 400 votes`."""
    for joint, other in ((index + 1, index + 2), (index - 1, index - 2)):
        if reader.number(other) is None:
            continue
        if reader.text(joint) in ("×", "x", "*"):
            return True
        if reader.has("size_word", joint) and len(reader.text(other)) >= _SIDE:
            return reader.text(min(index, other) - 1) != "in"
    return False


def _is_of_year(reader: Reader, index: int) -> bool:
    """Whether a number is that of a case or of a part of a rule: `CWP 2016 of 2014`, `नियम 2016(3)`."""
    if reader.text(index + 1) == "(" and reader.tokens.tight(index + 1) and reader.text(index + 3) == ")":
        return (reader.number(index + 2) or 100) < 100
    return reader.text(index + 1) == "of" and reader.year(index + 2) is not None


def _is_page(reader: Reader, index: int) -> bool:
    """Whether a number is the page of a law report: `(2009) 4 SCC 1985`; no AIR 1973."""
    volume = reader.number(index - 2) is not None or reader.text(index - 2) == ")"
    return volume and reader.has("reporter", index - 1)


def _is_set(reader: Reader, index: int) -> bool:
    """Whether a number is a value or a number by name: `size = 2048`, `set it to 1985`, `1974 नंबर की ट्रेन`."""
    if reader.has("number_behind", index + 1):
        return True
    if reader.text(index - 1) in ("to", "at"):
        before = range(index - 2, index - 2 - _SETTING, -1)
        goals = range(index - 2, index - 2 - 2 * _SETTING, -1)
        is_goal = any(reader.has(kind, place) for place in goals for kind in ("year_name", "plan", "deadline"))
        return not is_goal and any(reader.has("sets", place) for place in before)
    if reader.has("on_word", index + 1):
        return reader.has("sets", index + 2)
    return reader.text(index - 1) == "=" and not (reader.text(index - 2) == "=" or reader.has("year_name", index - 2))


def _is_noticed(reader: Reader, index: int) -> bool:
    """Whether a number is that of a notice: `G.S.R. 1985(E)`, `का.आ. 1985(अ)`."""
    return reader.text(index + 1) == "(" and reader.has("gazette", index + 2) and reader.text(index + 3) == ")"
