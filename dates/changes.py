"""Numbers that have risen or fallen are amounts: `rose from 1856 to 1974 pupils`, `1856 से बढ़कर 1974 हो गया`."""

from typing import Final

from tithi.dates.reader import Reader

__all__ = ["is_risen"]

_FROM: Final = "from"


def is_risen(reader: Reader, index: int) -> bool:
    """Whether a number is what something has risen or fallen from or to; `grew from 1985 to 1990` tells years."""
    if reader.text(index - 1).isascii():
        return _english(reader, index)
    if reader.has("from_word", index + 1) and not reader.has("until", index + 2):
        behind = index + 2 + (not reader.has("risen", index + 2))  # 1985 से कम होकर 1950
        return reader.has("risen", behind) and reader.number(behind + 1) is not None
    if reader.has("risen", index - 1):
        is_year = reader.text(index + 1) == "-" or any(
            reader.has(kind, index + 1) for kind in ("until", "genitive", "in_word")
        )
        return not (is_year or reader.has("deadline", index - 2))
    return (
        reader.has("from_word", index - 1) and reader.number(index - 2) is not None and reader.has("becomes", index + 1)
    )


def _english(reader: Reader, index: int) -> bool:
    first = index - 2 if reader.text(index - 1) == "to" else index
    if reader.text(index - 1) == _FROM and reader.text(index + 1) == "in":  # from 1362 in 2001
        return reader.year(index + 2) is not None or reader.month(index + 2) is not None
    if reader.text(first - 1) != _FROM or reader.text(first + 1) != "to" or not reader.has("change", first - 2):
        return False
    start, stop = reader.number(first), reader.number(first + 2)
    if start is None or stop is None:
        return False
    things = reader.text(first + 3)
    is_plural = things.endswith("s") and len(things) > len("was") and not reader.has("event", first + 3)
    if stop < start or is_plural or reader.counts(first + 3):
        return True
    subject = first - 3 - reader.has("change", first - 3) - reader.has("are", first - 3)
    return any(reader.has(kind, subject) for kind in ("count", "price", "number_word", "tallied"))
