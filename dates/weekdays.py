"""Weekdays that are no day of the calendar: any Sunday, that of a story, or what a day told beside it was."""

from tithi.dates.reader import Reader

__all__ = ["is_indefinite"]


def is_indefinite(reader: Reader, index: int) -> bool:
    """Whether the weekday at a token is `a Sunday`, किसी रविवार, the Monday after the vote, or says what a day was."""
    before = index - 1 - reader.has("day_adjective", index - 1)
    if _is_one(reader, before):
        return True
    if reader.has("indefinite", before):
        is_news = reader.text(before) in ("a", "an") and not _ends_phrase(reader, index + 1)
        return not is_news  # at a Monday meeting
    if reader.text(before) == "that":
        return reader.text(before - 1) == "on" or _opens(reader, before)
    if reader.text(index - 1) == "the":
        return reader.text(index + 1) in ("before", "after", "following", "preceding")
    return _says(reader, index)


def _ends_phrase(reader: Reader, index: int) -> bool:
    """Whether no noun follows for which a weekday is said: `a Sunday in March`, but `a Sunday meeting`."""
    if reader.has("day_part", index):
        index += 1
    return not reader.text(index).isalpha() or reader.has("after_fiscal", index) or reader.has("night", index)


def _opens(reader: Reader, index: int) -> bool:
    return index == 0 or reader.has("sentence_end", index - 1) or reader.text(index - 1) == "\n"


def _is_one(reader: Reader, index: int) -> bool:
    """Whether one of many is told: मार्च में एक रविवार को."""
    return reader.text(index) == "1" and reader.is_spelled(index)


def _says(reader: Reader, index: int) -> bool:
    """Whether a sentence says what a day was: `15 अगस्त 1947 को शुक्रवार था`, रविवार का दिन था."""
    if reader.has("genitive", index + 1) and reader.unit(index + 2) == "d":
        return reader.has("copula", index + 3)
    said = reader.has("on_day", index - 1) or reader.unit(index - 1) == "d"
    return said and reader.has("copula", index + 1)
