"""Numbers below zero: `-5°C`, `minus 5`, `शून्य से 5 डिग्री नीचे`, and the zero below which degrees are counted."""

from tithi.numerals.reader import TokenReader

__all__ = ["is_freezing", "is_negative"]


def is_freezing(reader: TokenReader, index: int) -> bool:
    """Whether a zero is that below which degrees are counted: `below zero`, `शून्य से 5 डिग्री नीचे`."""
    if not reader.has("zero", index):
        return False
    ahead = range(index + 2, index + 7) if reader.has("from", index + 1) else ()
    return reader.has("below", index - 1) or any(reader.has("below", place) for place in ahead)


def is_negative(reader: TokenReader, index: int, stop: int) -> bool:
    """Whether a number is below zero: `-5°C`, `minus 5`, `शून्य से 5 डिग्री नीचे`, `five degrees below zero`."""
    if reader.has("minus", index - 1):
        return True
    ranged = reader.has("shared_joint", stop) and any(reader.has("degree", place) for place in (stop + 2, stop + 3))
    if not (ranged or reader.has("degree", stop) or reader.has("degree", stop - 1)):
        return False
    if reader.text(index - 1) == "-":
        return reader.tight(index) and not reader.tight(index - 1)
    if reader.has("zero", index - 2) and reader.has("from", index - 1):
        return any(reader.has("below", place) for place in range(stop, stop + 3))
    return any(reader.has("below", place) and reader.has("zero", place + 1) for place in range(stop, stop + 3))
