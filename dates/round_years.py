"""Round years of old, which counts and hours look like: `In 1600 the Company`, `born in 1500`, `1600 में स्थापना`.

Something has to happen in them that happens once: a birth, a reign, a foundation. `in 1500 words`, `around 1500 he
left` and `1500 में बिका` are none.
"""

from typing import Final

from tithi.dates.reader import Reader
from tithi.dates.signs import is_circa

__all__ = ["is_round_year"]

#: Tokens in which what happens is told, before a number in English and behind it in Hindi.
_BACK: Final = range(2, 6)
_AHEAD: Final = 7
_CIRCA: Final = ("circa", "ca")
_AROUND: Final = ("around", "about")
_TO: Final = ("before", "after", "until", "till", "by")
#: Words behind a number that go on counting.
_COUNTS: Final = frozenset(["more", "of", "or", "other", "others", "such", "to"])


def is_round_year(reader: Reader, index: int) -> bool:
    """Whether what happens in it makes the round number at a token a year before 1800."""
    if reader.text(index - 1) in _CIRCA or is_circa(reader, index):
        return _is_free(reader, index + 1)
    return _happened(reader, index) or _english(reader, index)


def _english(reader: Reader, index: int) -> bool:
    """Whether it opens a sentence that goes on with who did something, or follows on what happened."""
    word = reader.text(index - 1)
    if word == "in" and _opens(reader, index - 1):
        follows = reader.text(index + 1)
        return follows in (",", "a", "the") or reader.has("person", index + 1) or _is_name(reader, index + 1)
    if word == "in":
        return _is_told(reader, "life_verb", index) and _is_free(reader, index + 1)
    if word in _AROUND or word in _TO:
        return _is_told(reader, "old_verb", index) and _is_free(reader, index + 1)
    return False


def _is_told(reader: Reader, kind: str, index: int) -> bool:
    return any(reader.has(kind, index - back) for back in _BACK)


def _happened(reader: Reader, index: int) -> bool:
    """Whether Hindi tells of a birth, a reign or a building in it: `1600 में स्थापना हुई`, `का जन्म 1500 में हुआ`."""
    if reader.has("in_word", index + 1) and not reader.has("from_word", index + 2):
        behind = index + 2
    elif reader.has("ke", index + 1) and (reader.has("circa_after", index + 2) or reader.has("after_word", index + 2)):
        behind = index + 3
    else:
        return False
    if reader.has("label_alone", index - 1) or reader.has("number_word", index - 1):
        return False
    ahead = range(behind, behind + _AHEAD)
    if any(reader.has("sale", place) for place in ahead):
        return False
    if reader.has("old_event", index - 1) and reader.has("happens", behind):
        return True  # उनका जन्म 1500 में हुआ
    event = next((place for place in ahead if reader.has("old_event", place)), None)
    return event is not None and all(reader.number(place) is None for place in range(behind, event))


def _opens(reader: Reader, index: int) -> bool:
    return index == 0 or reader.text(index - 1) == "\n" or reader.has("sentence_end", index - 1)


def _is_free(reader: Reader, index: int) -> bool:
    """Whether nothing behind a number can be what it counts: a mark, or a word as `the`, `at`, `and`; no `of`, `or`."""
    if index >= len(reader.tokens) or reader.ends(index) or reader.text(index) in (",", "in"):
        return True
    return reader.has("plain", index) and not reader.has("many_adjective", index) and reader.text(index) not in _COUNTS


def _is_name(reader: Reader, index: int) -> bool:
    return index < len(reader.tokens) and reader.tokens.kind(index) == "word" and reader.tokens.capital(index)
