"""Numbers by which people are reached: `call 1912 for power and 1930 for fraud`, `1942 Park Street`."""

from typing import Final

from tithi.dates.reader import Reader

__all__ = ["is_address", "is_called"]

#: Tokens of a list of telephone numbers, and of the name of a street.
_LIST: Final = 24
_STREET: Final = 4


def is_called(reader: Reader, index: int) -> bool:
    """Whether a number is called by telephone: `1930 पर कॉल करें`, `call us on 1930`, `112 डायल करें`, in a list too."""
    if reader.has("dial", index + 1):
        return True
    if reader.text(index - 1) in ("on", "to") and any(reader.has("call_word", index - back) for back in (2, 3, 4)):
        return True
    if reader.has("on_word", index + 1) and any(reader.has("call_word", index + ahead) for ahead in (2, 3, 4)):
        return True
    if reader.text(index + 1) in ("for", "("):
        return _follows_called(reader, index)
    if _is_listed(reader, index):
        return True
    is_told = reader.has("postposition", index - 1) or reader.has("plain", index - 1)
    return is_told and (reader.text(index + 1) == "," or reader.has("and_word", index + 1)) and _leads_to(reader, index)


def _is_listed(reader: Reader, index: int) -> bool:
    """Whether a number follows on others, the first of which is called: `Dial 112 or 1930`, `हेल्पलाइन 112, 1930`."""
    first = index
    while first > index - _LIST and reader.text(first - 2).isdecimal():
        if not (
            any(reader.has(kind, first - 1) for kind in ("list_word", "and_word")) or reader.text(first - 1) == "-"
        ):
            return False
        first -= 2
    return first < index and (reader.has("call_word", first - 1) or reader.has("helpline", first - 1))


def _follows_called(reader: Reader, index: int) -> bool:
    """Whether a number stands in a list of which the first is called: `Dial 1912 for power, 1950 for voters`."""
    seen = False
    for place in range(index - 1, max(-1, index - _LIST), -1):
        if reader.has("sentence_end", place) or reader.text(place) == "\n":
            return False
        if seen and (reader.has("call_word", place) or reader.has("helpline", place)):
            return True
        seen = seen or reader.number(place) is not None or reader.text(place) == ":"
    return False


def _leads_to(reader: Reader, index: int) -> bool:
    """Whether a number stands in a list of which the last is called: `बिजली के लिए 1912, ठगी के लिए 1930 डायल करें`."""
    for place in range(index + 2, index + _LIST):
        if reader.has("sentence_end", place) or reader.text(place) in ("\n", ""):
            return False
        if reader.number(place) is not None and len(reader.text(place)) > 2:
            behind = place + 1 + reader.has("on_word", place + 1)
            if reader.has("dial", behind) or reader.has("call_word", behind):
                return True
    return False


def is_address(reader: Reader, index: int) -> bool:
    """Whether a number is that of a house: `1942 Park Street`, `2011 नेहरू रोड पर`; no `the 1942 Park Street fire`."""
    if reader.text(index - 1) == "the" or any(reader.has(kind, index - 1) for kind in ("indefinite", "own")):
        return False
    for place in range(index + 1, index + _STREET):
        if place >= len(reader.tokens) or reader.tokens.kind(place) != "word" or reader.has("plain", place):
            return False
        if reader.text(place).isascii() and not reader.tokens.capital(place):
            return False
        if place > index + 1 and reader.has("street", place):
            return True
    return False
