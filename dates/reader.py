"""The tokens of a text with the questions that the date grammars ask of them; words stand in words.tsv.

Words of both languages are known on either side: news mixes them (`May 16 को`).
"""

import re
from bisect import bisect_left
from functools import cache
from typing import Final, Literal

from tithi.dates.phrases import era_forms, festival_forms
from tithi.numerals.tokens import Token, Tokens, word_list
from tithi.numerals.words import number_words, ordinal_endings, ordinal_word, spelled

__all__ = ["Reader", "era_forms"]

FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 2199
_CURRENCY: Final = frozenset("$€£₹")


_DIGIT: Final = re.compile(r"[0-9]")
#: Eras and decades told by letters that stand in most texts by themselves: `A.D.`, `B. C.`, `1990s`, `90's`.
_LETTERS: Final = re.compile(r"\b[Aa] ?\. ?[DdHh]\b|\b[Bb] ?\. ?[Cc]\b|[0-9] ?'? ?[Ss]\b")
# English tells years in two numbers from eleven sixty-six to twenty ninety-nine.
_PAIRED: Final = range(11, 21)
# Tokens from the first day of a list to its month: `5, 12, 19 and 26 May`.
_REACH: Final = 26


@cache
def _vocabulary(purpose: Literal["trigger", "opener", "month", "number", "era", "other era"]) -> frozenset[str]:
    """Words of which one must stand in a text without digits; with which a date can begin; of months, numbers, eras."""
    calendar = word_list("tithi.dates", "words.tsv")
    if purpose == "trigger":
        heads = {
            form for form, value in number_words().kinds["cardinal"].items() if form.isascii() and int(value) in _PAIRED
        }
        # Years in words have a hundred or a thousand in them: उन्नीस सौ सैंतालीस, two thousand and five.
        heads |= {form for form, value in number_words().kinds["scale"].items() if value in ("100", "1000")}
        return frozenset(heads) | calendar.forms(
            "month", "month_short", "weekday", "day_shift", "unit", "era", "decade", "night"
        )
    if purpose == "era":
        units = {form for form, unit in calendar.kinds["unit"].items() if unit in "DC"}
        named = calendar.forms("era", "era_after", "decade", "saka_month") | units | frozenset(era_forms())
        return named - {"a", "b", "s"}
    if purpose == "other era":
        return frozenset(first for first, told in era_forms().items() if any(era not in "AB" for _, era in told)) - {
            "a"
        }
    if purpose == "month":
        return calendar.forms("month", "month_short")
    if purpose == "number":
        return number_words().forms("cardinal", "scale", "ordinal")
    centuries = {form for form, unit in calendar.kinds["unit"].items() if unit == "C" and form.isascii()}
    kinds = (
        "weekday",
        "weekday_short",
        "shift",
        "period",
        "day_shift",
        "era",
        "opener",
        "decade",
        "month",
        "month_short",
        "saka_month",
        "fiscal",
        "nth",
        "part_letter",
    )
    named = frozenset(festival_forms()) | frozenset(era_forms())
    return calendar.forms(*kinds) | centuries | named | number_words().forms("ordinal")


class Reader:
    """The tokens of one text; an index outside of it is no token. Numbers in words are read as digits.

    `candidates` are the indexes of tokens at which a date may begin, in order.
    """

    def __init__(self, found: Tokens, *, month_first: bool = False) -> None:
        """Read tokens; `month_first` is the order of figures where either may be meant: 3/7/2017 is 7 March."""
        self.month_first = month_first
        self.words = word_list("tithi.dates", "words.tsv")
        self.tokens = found
        self.candidates: list[int] = []
        self.has_eras = False
        self.has_other_eras = False
        self._months: list[int] = []
        texts = self.tokens.texts
        if _DIGIT.search(found.source) is None and _vocabulary("trigger").isdisjoint(texts):
            return
        if not _vocabulary("number").isdisjoint(texts):
            self.tokens = self.tokens.merged(_runs_in_words(self.tokens))
            texts = self.tokens.texts
        openers, months, endings = _vocabulary("opener"), _vocabulary("month"), ordinal_endings()
        self.candidates = [
            index
            for index, word in enumerate(texts)
            if word in openers or "0" <= word[0] <= "9" or word.endswith(endings)
        ]
        self.has_eras = not _vocabulary("era").isdisjoint(texts) or _LETTERS.search(found.source) is not None
        self.has_other_eras = self.has_eras and not _vocabulary("other era").isdisjoint(texts)
        self._months = [index for index in self.candidates if texts[index] in months]

    def month_near(self, index: int) -> bool:
        """Whether a month's name stands so near after a token that they may be one date, or the token is numeric."""
        following = bisect_left(self._months, index)
        near = following < len(self._months) and self._months[following] <= index + _REACH
        return near or self.tokens.kind(index) == "numeric"

    def token(self, index: int) -> Token | None:
        """Return the token, None outside of the text."""
        return self.tokens[index] if 0 <= index < len(self.tokens.texts) else None

    def text(self, index: int) -> str:
        """Return the token's text in lower case, empty outside of the text."""
        texts = self.tokens.texts
        return texts[index] if 0 <= index < len(texts) else ""

    def has(self, kind: str, index: int) -> bool:
        """Whether the token is a word of `kind`."""
        return self.text(index) in self.words.kinds[kind]

    def number(self, index: int) -> int | None:
        """Return the value of a number of up to four digits."""
        text = self.text(index)
        return int(text) if text.isdecimal() and len(text) < 5 else None

    def is_spelled(self, index: int) -> bool:
        """Whether the number at a token stands there in words."""
        if not 0 <= index < len(self.tokens):
            return False
        start, stop = self.tokens.span(index, index + 1)
        return stop - start != len(self.text(index))

    def year(self, index: int) -> int | None:
        """Return the value of a number of four digits that can be a year, nothing hanging on to it."""
        value = self.number(index)
        if value is None or not FIRST_YEAR <= value <= LAST_YEAR or len(self.text(index)) != 4:
            return None
        follows = index + 1 < len(self.tokens) and self.tokens.tight(index + 1)
        clock = self.has("clock_word", index + 1) or self.is_clock(index + 1)
        letters = follows and self.tokens.kind(index + 1) == "word" and not self.has("postposition", index + 1)
        if clock or letters or (follows and self.text(index + 1) == "%"):
            return None
        return None if value % 100 == 0 and self.counts(index + 1) else value

    def is_clock(self, index: int) -> bool:
        """Whether the token is a colon with minutes tight behind it."""
        return self.text(index) == ":" and self.number(index + 1) is not None and self.tokens.tight(index + 1)

    def month(self, index: int) -> int | None:
        """Return the month that the token names, in full or short."""
        text = self.text(index)
        if text not in _vocabulary("month"):
            return None
        value = self.words.get("month", text) or self.words.get("month_short", text)
        if value is None or (self.tokens.tight(index) and self.tokens.kind(index - 1) in ("word", "amount")):
            return None
        if self.has("meal_time", index) and self._is_meal(index):
            return None
        return int(value)

    def _is_meal(self, index: int) -> bool:
        """Whether जून is a meal: दो जून की रोटी, एक जून भूखा रहना."""
        if not self.is_spelled(index - 1) and not self.has("many_meals", index - 1):
            bread = self.text(index - 1) == "2" and self.has("postposition", index + 1)
            return bread and self.has("bread", index + 2)
        follows = index + 1 + self.has("postposition", index + 1)
        return self.has("meal", follows) or self.has("meal", follows + 1)

    def is_short_month(self, index: int) -> bool:
        """Whether the token is a shortened month name."""
        return self.text(index) not in self.words.kinds["month"]

    def weekday(self, index: int) -> int | None:
        """Return the weekday that the token names, Monday 0; a short name needs a dot, a comma or a number after it."""
        text = self.text(index)
        if not (text in self.words.kinds["weekday"] or text in self.words.kinds["weekday_short"]):
            return None
        if text.isascii() and not self.tokens.capital(index):
            return None
        value = self.words.get("weekday", text)
        if value is None and (self.text(index + 1) in (".", ",") or self.number(index + 1) is not None):
            value = self.words.get("weekday_short", text)
        return None if value is None else int(value)

    def unit(self, index: int) -> str | None:
        """Return the unit that the token names: d, w, m, y, D (decade), C (century)."""
        return self.words.get("unit", self.text(index))

    def shift(self, kind: str, index: int) -> int | None:
        """Return the value of a word that points forward or back (kinds `shift`, `period`), None when it is none."""
        value = self.words.get(kind, self.text(index))
        return None if value is None else int(value)

    def counts(self, index: int) -> bool:
        """Whether the token makes a count or measure of the number before it: people, %, लोग, बजे."""
        return self.has("count", index) or self.text(index) == "%" or self.has("hours_word", index)

    def ends(self, index: int) -> bool:
        """Whether the token is a mark that ends what stands before it: `.`, `,`, `)`, danda."""
        return self.has("end_mark", index)

    def is_circa(self, index: int) -> bool:
        """Whether `c.`, `ca.` stands before the token, or a `c` hangs on to it: `c.1526`, `c1526`."""
        if self.text(index - 1) == ".":
            return self.has("circa", index - 2)
        return self.text(index - 1) == "c" and self.tokens.tight(index) and not self.tokens.capital(index - 1)

    def is_about(self, index: int) -> bool:
        """Whether words around a number of four digits tell a year roughly: `around 1526.`, `लगभग 1526 में`."""
        if self.has("genitive", index + 1):
            return self.has("circa_after", index + 2)
        if not self.has("circa_word", index - 1):
            return False
        if self.text(index - 1).isascii():
            return self.ends(index + 1) or index + 1 == len(self.tokens)
        return self.has("in_word", index + 1) and not self.has("from_word", index + 2)

    def is_year_in_words(self, index: int) -> bool:
        """Whether a number in words is said as years are: `nineteen ninety-nine`, `अठारह सौ सत्तावन में`, no price."""
        start, stop = self.tokens.span(index, index + 1)
        said = self.tokens.source[start:stop].lower().replace("-", " ").split()
        if said[0].isascii():
            return not number_words().forms("scale").intersection(said)
        is_sold = any(self.has("sale", index + ahead) for ahead in range(2, 5))
        return not is_sold and (self.has("year_after", index + 1) or self.has("genitive", index + 1))

    def is_glued(self, index: int) -> bool:
        """Whether the token hangs on to what stands before it: COVID-19, A4, $20, 10.5, a path."""
        if index == 0:
            return False
        before = self.text(index - 1)
        if before in _CURRENCY:
            return True
        if not self.tokens.tight(index) or self.is_circa(index):
            return False
        if self.tokens.kind(index - 1) != "mark":
            # सन्1961 is a year, अगस्त15 a day.
            return before.isascii() or not (self.has("year_before", index - 1) or self.has("month", index - 1))
        if before in ("-", "."):
            return self.tokens.tight(index - 1) and not self.has("part", index - 2)
        return before in "/:#=_@\\+&"

    def is_until(self, start: int, stop: int) -> bool:
        """Whether तक or के बीच ends a range at token `stop`, or `between` or `from` opens it before `start`."""
        return self.has("until", stop) or self.text(start - 1) == "from" or self.is_between(start, stop)

    def is_between(self, start: int, stop: int) -> bool:
        """Whether `between` stands before token `start` or `के बीच` from token `stop`."""
        if self.text(start - 1) == "between":
            return True
        return self.has("ke", stop) and self.has("between_word", stop + 1)


def _runs_in_words(found: Tokens) -> list[tuple[int, int, str]]:
    """The runs of tokens that tell a whole number in words, and ordinals that are days, each with its digits."""
    numbers, ordinals, endings = number_words().kinds, number_words().kinds["ordinal"], ordinal_endings()
    runs: list[tuple[int, int, str]] = []
    done = 0
    for index, word in enumerate(found.texts):
        if index < done:
            continue
        if word in numbers["cardinal"] or word in numbers["scale"]:
            number = spelled(found, index)
            if number is not None and number.value.denominator == 1 and number.value < 10_000:
                value, done = _year_in_pairs(found, index, int(number.value), number.stop)
                runs.append((index, done, str(value)))
        elif (word in ordinals or word.endswith(endings)) and (day := _ordinal_day(found.texts, index)):
            done = index + 1
            runs.append((index, done, str(day)))
    return runs


def _year_in_pairs(found: Tokens, index: int, value: int, stop: int) -> tuple[int, int]:
    """The year of `nineteen forty-seven`, `nineteen oh five`, `in twenty twenty`; else the number as it is."""
    if not _PAIRED.start <= value < _PAIRED.stop or not found.texts[index].isascii() or stop != index + 1:
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
    if value == 20 and before not in calendar.kinds["year_before"] and before not in calendar.kinds["month"]:
        return value, stop
    return value * 100 + int(second.value), second.stop


def _ordinal_day(texts: list[str], index: int) -> int | None:
    """The value of an ordinal word before a month: `fifteenth of August`, `पहली जनवरी`, `जनवरी की पहली तारीख`."""
    following = texts[index + 1 : index + 3]
    months = word_list("tithi.dates", "words.tsv").kinds["month"]
    kinds = word_list("tithi.dates", "words.tsv").kinds
    is_first = texts[index] in kinds["first_word"] and bool(following) and following[0] in months
    if is_first or (following and following[0] in kinds["day_word"]):
        return ordinal_word(texts[index])
    if len(following) < 2 or following[0] != "of" or following[1] not in months:
        return None
    value = ordinal_word(texts[index])
    return value if value is not None and value <= 31 else None
