"""Months named alone: May and not the verb, मार्च and not a march, June and not a person of that name."""

from typing import Final

from tithi.dates.reader import Reader

__all__ = ["is_bare_month", "is_small_alone", "is_small_month"]

#: Days that some months lack: a number beside a month that is no day of it.
_LAST_DAYS: Final = range(29, 32)


def is_bare_month(reader: Reader, index: int) -> bool:
    """Whether a month's name without a day or year means the month."""
    if (reader.number(index - 1) or 0) in _LAST_DAYS or _is_given(reader, index) or _is_titled(reader, index):
        return False  # 30 February
    if reader.is_short_month(index):
        return _is_shortened(reader, index)
    if reader.has("march", index):
        is_walk = reader.has("march_name", index - 1) or reader.has("march_verb", index + 2)
        return reader.has("march_after", index + 1) and not is_walk
    after = reader.token(index + 1)
    is_word = after is not None and after.kind == "word"
    if reader.text(index).isascii():
        return _is_english(reader, index, is_named=is_word and after is not None and after.capital)
    if reader.has("by_person", index + 1):
        return False
    # जून अल्मेदा ने: a person
    return not (is_word and reader.has("by_person", index + 2)) or reader.has("postposition", index + 1)


def _is_given(reader: Reader, index: int) -> bool:
    """Whether a month's name is given to someone: `a girl named June`, `Her name is April`, अगस्त नाम का बच्चा."""
    named = reader.words.get("name_word", reader.text(index + 1))
    if named is not None and (named == "tied" or reader.has("genitive", index + 2)):
        return True
    if reader.text(index).isascii():
        if reader.has("names", index - 1):
            return not reader.has("month_word", index - 2)
        return reader.text(index - 1) == "is" and reader.has("name_word", index - 2)
    follows = reader.token(index + 1)
    is_said = follows is not None and follows.kind == "word" and not reader.has("postposition", index + 1)
    return is_said and reader.has("name_word", index - 1)


def _is_titled(reader: Reader, index: int) -> bool:
    """Whether a title makes it the name of a person: Mr. August, `मिस मई का नाच`; no `डॉ मई में आएँगे`."""
    titled = reader.has("title", index - 1 - (reader.text(index - 1) == "."))
    if reader.has("name_after", index + 1):
        return True  # June babu, अगस्त मुनि
    return titled and not (reader.has("in_word", index + 1) or reader.has("until", index + 1))


def is_small_month(reader: Reader, index: int) -> bool:
    """Whether a month is written small: `20 oct`, `july 1999`, `on 5 may`, `5 may ko`; `only 5 may go` has none."""
    if not reader.has("month_verb", index):
        return True
    told = reader.has("roman_after", index + 1) or reader.has("small_before", index - 2)
    told = told or (reader.has("ordinal_suffix", index - 1) and reader.text(index + 1) != "past")
    told = told or (reader.year(index + 1) is not None and reader.has("small_before", index - 1))
    return told or reader.has("postposition", index + 1)


def is_small_alone(reader: Reader, index: int, *, follows: bool) -> bool:
    """Whether a month written small stands alone: `in june`, `from january to march`; no `to march`."""
    if reader.is_short_month(index) or (reader.has("august", index) and reader.has("august_noun", index + 1)):
        return False
    is_verb = reader.has("month_verb", index) or reader.has("august", index)
    if (follows or reader.has("and_word", index - 1)) and reader.month(index - 2) is not None:
        return not (is_verb and reader.has("month_verb", index - 2))
    if not is_verb and reader.has("roman_after", index + 1):
        return True  # sitambar mein
    return reader.has("small_within" if is_verb else "month_before", index - 1)


def _is_english(reader: Reader, index: int, *, is_named: bool) -> bool:
    """Whether May, March or another name is the month; `is_named` tells that a capitalised word follows."""
    if reader.has("day_name", index + 1) or (reader.has("kin", index - 1) and reader.tokens.capital(index)):
        return False  # May Day, Aunt April
    if reader.has("month_before", index - 1):
        return not (is_named and reader.has("month_person", index) and reader.has("person_before", index - 1))
    if reader.text(index) in ("may", "march"):
        if reader.has("month_noun", index + 1) and reader.has("month_owner", index - 1):
            return reader.tokens.capital(index)  # a May wedding
        opens = index == 0 or reader.has("sentence_end", index - 1) or reader.text(index - 1) == "\n"
        if opens and reader.tokens.capital(index) and reader.has("month_does", index + 1):
            return True  # May comes after April
        return reader.text(index - 1) == "-" and reader.text(index - 2) == "mid"
    return not is_named and not (reader.has("august", index) and reader.has("august_noun", index + 1))


def _is_shortened(reader: Reader, index: int) -> bool:
    """Whether a shortened name alone is a month: `until Oct.`; Jan. after `by` or `for` is a person."""
    told = reader.text(index + 1) == "." and reader.tokens.capital(index) and reader.has("month_before", index - 1)
    return told and (reader.text(index) != "jan" or not reader.has("person_before", index - 1))
