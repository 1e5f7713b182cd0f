"""The tokens of a text with the questions that the date grammars ask of them; words stand in calendar_words.tsv.

Words of both languages are known on either side: news mixes them (`May 16 को`).
"""

import re
from bisect import bisect_left
from functools import cache
from typing import Final

from tithi.aligner.number_words import number_words, ordinal_word, spelled
from tithi.aligner.tokens import WORD, Token, tokens, word_list

__all__ = ["Reader"]

FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 2199
_CURRENCY: Final = frozenset("$€£₹")


_ORDINAL_ENDINGS: Final = ("वां", "वीं", "वें", "वा", "वी", "वे")
_DIGIT: Final = re.compile(r"\d")
# Tokens from the first day of a list to its month: `5, 12, 19 and 26 May`.
_REACH: Final = 26


@cache
def _triggers() -> frozenset[str]:
    return word_list("calendar_words.tsv").forms("month", "month_short", "weekday", "day_shift", "unit", "era", "night")


@cache
def _openers() -> frozenset[str]:
    """Words with which a date can begin, other than months."""
    words = word_list("calendar_words.tsv").forms(
        "weekday", "weekday_short", "shift", "period", "day_shift", "era", "opener"
    )
    return words | number_words().forms("ordinal")


def _may_hold_dates(text: str) -> bool:
    """Whether there is a digit or a word of the calendar in the text of a view; cheap."""
    return _DIGIT.search(text) is not None or not _triggers().isdisjoint(WORD.findall(text.lower()))


class Reader:
    """The tokens of one text; an index outside of it is no token. Numbers in words are read as digits.

    `candidates` are the indexes of tokens at which a date may begin, in order.
    """

    def __init__(self, text: str) -> None:
        """Cut the view `text` into tokens."""
        self.words = word_list("calendar_words.tsv")
        self.tokens: list[Token] = []
        self.candidates: list[int] = []
        self._months: list[int] = []
        if not _may_hold_dates(text):
            return
        self.tokens = _in_digits(tokens(text))
        openers, months = _openers(), self.words.forms("month", "month_short")
        for index, token in enumerate(self.tokens):
            if token.kind == "word":
                if token.text in months:
                    self._months.append(index)
                elif token.text not in openers and not token.text.endswith(_ORDINAL_ENDINGS):
                    continue
            elif token.kind == "mark":
                continue
            self.candidates.append(index)

    def month_near(self, index: int) -> bool:
        """Whether a month's name stands so near after a token that they may be one date, or the token is numeric."""
        following = bisect_left(self._months, index)
        near = following < len(self._months) and self._months[following] <= index + _REACH
        return near or self.tokens[index].kind == "numeric"

    def token(self, index: int) -> Token | None:
        """Return the token, None outside of the text."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def text(self, index: int) -> str:
        """Return the token's text in lower case, empty outside of the text."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def has(self, kind: str, index: int) -> bool:
        """Whether the token is a word of `kind`."""
        return self.words.get(kind, self.text(index)) is not None

    def number(self, index: int) -> int | None:
        """Return the value of a number of up to four digits."""
        token = self.token(index)
        if token is None or token.kind != "number" or len(token.text) > 4:
            return None
        return int(token.text)

    def is_spelled(self, index: int) -> bool:
        """Whether the number at a token stands there in words."""
        token = self.tokens[index]
        return token.stop - token.start != len(token.text)

    def year(self, index: int) -> int | None:
        """Return the value of a number of four digits that can be a year, nothing hanging on to it."""
        value = self.number(index)
        if value is None or not FIRST_YEAR <= value <= LAST_YEAR or len(self.tokens[index].text) != 4:
            return None
        after = self.token(index + 1)
        if after is not None and after.tight and (after.kind == "word" or after.text in ("%", ":")):
            return None
        return None if value % 100 == 0 and self.counts(index + 1) else value

    def month(self, index: int) -> int | None:
        """Return the month that the token names, in full or short."""
        token = self.token(index)
        if token is None or token.kind != "word":
            return None
        value = self.words.get("month", token.text) or self.words.get("month_short", token.text)
        if value is None or (token.tight and index and self.tokens[index - 1].kind in ("word", "amount")):
            return None
        return int(value)

    def is_short_month(self, index: int) -> bool:
        """Whether the token is a shortened month name."""
        return self.text(index) not in self.words.kinds["month"]

    def weekday(self, index: int) -> int | None:
        """Return the weekday that the token names, Monday 0; a short name needs a dot, a comma or a number after it."""
        token = self.token(index)
        if token is None or token.kind != "word" or (token.text.isascii() and not token.capital):
            return None
        value = self.words.get("weekday", token.text)
        if value is None and (self.text(index + 1) in (".", ",") or self.number(index + 1) is not None):
            value = self.words.get("weekday_short", token.text)
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
        return self.has("count", index) or self.text(index) in ("%", "बजे")

    def is_glued(self, index: int) -> bool:
        """Whether the token hangs on to what stands before it: COVID-19, A4, $20, 10.5, a path."""
        if index == 0:
            return False
        token, before = self.tokens[index], self.tokens[index - 1]
        if before.text in _CURRENCY:
            return True
        if not token.tight:
            return False
        if before.kind != "mark":
            return True
        if before.text in ("-", "."):
            return before.tight and index > 1 and not self.has("part", index - 2)
        return before.text in "/:#=_@\\+&"

    def is_until(self, start: int, stop: int) -> bool:
        """Whether तक or के बीच ends a range at token `stop`, or `between` or `from` opens it before `start`."""
        return self.text(stop) == "तक" or self.text(start - 1) == "from" or self.is_between(start, stop)

    def is_between(self, start: int, stop: int) -> bool:
        """Whether `between` stands before token `start` or `के बीच` from token `stop`."""
        if self.text(start - 1) == "between":
            return True
        return self.text(stop) == "के" and self.text(stop + 1) in ("बीच", "दौरान", "मध्य")


def _in_digits(found: list[Token]) -> list[Token]:
    """Put a number token in the place of each number in words, and of ordinals before or after a month."""
    starts = number_words().forms("cardinal", "scale")
    result: list[Token] = []
    index = 0
    while index < len(found):
        token = found[index]
        value, stop = None, index + 1
        if token.kind == "word":
            number = spelled(found, index) if token.text in starts else None
            if number is not None and number.value.denominator == 1 and number.value < 10_000:
                value, stop = int(number.value), number.stop
            elif number is None:
                value = _ordinal_day(found, index)
        if value is None:
            result.append(token)
        else:
            result.append(token._replace(kind="number", text=str(value), stop=found[stop - 1].stop))
        index = stop if value is not None else index + 1
    return result


def _ordinal_day(found: list[Token], index: int) -> int | None:
    """The value of an ordinal word before a month: `fifteenth of August`, `पहली जनवरी`."""
    following = [token.text for token in found[index + 1 : index + 3]]
    months = word_list("calendar_words.tsv").kinds["month"]
    if following[:1] == ["तारीख"] or (found[index].text == "पहली" and following and following[0] in months):
        return ordinal_word(found[index].text)
    if len(following) < 2 or following[0] != "of" or following[1] not in months:
        return None
    value = ordinal_word(found[index].text)
    return value if value is not None and value <= 31 else None
