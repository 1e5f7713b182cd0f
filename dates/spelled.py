"""Numbers, years and days in words, made digits before the grammar of dates looks at them."""

from typing import Final

from tithi.dates.cues import PAIRED, Cue
from tithi.numerals.spelled import spelled
from tithi.numerals.tokens import Tokens, word_list
from tithi.numerals.words import number_words, ordinal_endings, ordinal_word

__all__ = ["runs_in_words"]

_LAST_DAY: Final = 31
_TENS: Final = {"twenty": 20, "thirty": 30}
_NUMBER: Final = Cue.NUMBER | Cue.ORDINAL


def runs_in_words(found: Tokens, marks: list[int]) -> list[tuple[int, int, str]]:
    """Return the runs of tokens that tell a whole number in words, and ordinals that are days, each with its digits."""
    numbers, ordinals, endings = number_words().kinds, number_words().kinds["ordinal"], ordinal_endings()
    calendar = word_list("tithi.dates", "words.tsv").kinds
    english, months = calendar["english_day"], calendar["month"]  # जून फोर्थ
    runs: list[tuple[int, int, str]] = []
    done = 0
    for index in [place for place, mark in enumerate(marks) if mark & _NUMBER]:
        if index < done:
            continue
        word = found.texts[index]
        if word in numbers["cardinal"] or word in numbers["scale"]:
            number = spelled(found, index)
            last = index + 1 + (found.texts[index + 1 : index + 2] == ["-"])
            if word in _TENS and (day := _ordinal_day(found, last)):
                done = last + 1
                runs.append((index, done, str(_TENS[word] + day)))
            elif number is not None and number.value.denominator == 1 and number.value < 10_000:
                value, done = _year_in_pairs(found, index, int(number.value), number.stop)
                runs.append((index, done, str(value)))
        elif word in english and index and found.texts[index - 1] in months:
            done = index + 1
            runs.append((index, done, english[word]))
        elif (word in ordinals or word.endswith(endings)) and (day := _ordinal_day(found, index)):
            done = index + 1
            runs.append((index, done, str(day)))
    return runs


def _year_in_pairs(found: Tokens, index: int, value: int, stop: int) -> tuple[int, int]:
    """The year of `nineteen forty-seven`, `nineteen oh five`, `in twenty twenty`; else the number as it is."""
    if not PAIRED.start <= value < PAIRED.stop or not found.texts[index].isascii() or stop != index + 1:
        return value, stop
    texts = found.texts
    tail = stop + (texts[stop : stop + 1] == ["-"])
    zero = texts[tail : tail + 1] in (["oh"], ["o"])
    second = spelled(found, tail + zero) if tail + zero < len(found) else None
    if second is None or not texts[tail].isascii() or second.value.denominator != 1:
        return value, stop
    if not (1 <= second.value < 10 if zero else 10 <= second.value < 100):
        return value, stop
    calendar = word_list("tithi.dates", "words.tsv")
    before = texts[index - 1] if index else ""
    opens = (
        before in ("", ".", "\n")
        and texts[second.stop : second.stop + 1]
        and texts[second.stop] in calendar.kinds["year_verb"]
    )
    if (
        value == 20
        and not opens
        and before not in calendar.kinds["year_before"]
        and before not in calendar.kinds["month"]
    ):
        return value, stop
    return value * 100 + int(second.value), second.stop


def _ordinal_day(found: Tokens, index: int) -> int | None:
    """The value of an ordinal word beside a month: `fifteenth of August`, `June Fourth`, `पहली जनवरी`."""
    texts = found.texts
    if index >= len(texts):
        return None
    following = texts[index + 1 : index + 4]
    kinds = word_list("tithi.dates", "words.tsv").kinds
    is_first = texts[index] in kinds["first_word"] and bool(following) and following[0] in kinds["month"]
    if is_first or (following and following[0] in kinds["day_word"]):
        return ordinal_word(texts[index])
    if _opens_date(texts[index], following):
        value = ordinal_word(texts[index])
        return value if value is not None and value <= _LAST_DAY else None
    if len(following) > 2 and following[0] == "of" and following[1] in kinds["shift"] and following[2] == "month":
        return ordinal_word(texts[index])  # the first of next month
    after = index > 0 and texts[index - 1] in kinds["month"] and found.capital(index) and found.capital(index - 1)
    if not after and (len(following) < 2 or following[0] != "of" or following[1] not in kinds["month"]):
        return None
    value = ordinal_word(texts[index])
    return value if value is not None and value <= _LAST_DAY else None


def _opens_date(word: str, following: list[str]) -> bool:
    """Whether a Hindi ordinal is a day before its month: बारहवीं जनवरी 2016, तीसरी मई को, no तीसरी मई दिवस."""
    kinds = word_list("tithi.dates", "words.tsv").kinds
    if len(following) < 2 or following[0] not in kinds["month"] or not word.endswith(tuple(kinds["feminine_ending"])):
        return False
    return following[1] in kinds["postposition"] or following[1] == "," or following[1].isdecimal()
