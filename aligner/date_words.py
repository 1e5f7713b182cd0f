"""The words of the calendar in both languages (calendar_words.tsv) and the tokens that the date grammar reads.

Words of both languages are known on either side: news mixes them (`May 16 को`).
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal, cast

from tithi.aligner.text_view import view

__all__ = ["CalendarWords", "Reader", "Token", "calendar_words", "tokens"]

Kind = Literal["word", "number", "numeric", "amount", "mark"]

# Numbers with their separators first: 1,50,000 is an amount, 25/04/2019 and 3.11.2 are one numeric token each, 16-17 is
# three tokens. Quantifiers are possessive, so a long run of digits costs one pass.
_TOKEN: Final = re.compile(
    r"(?P<amount>\d{1,3}+(?:,\d{2,3}+)++(?![\d])(?:\.\d++)?+)"
    r"|(?P<numeric>\d++(?:\.\d++)++|\d++(?:/\d++)++|\d++-\d++(?:-\d++)++)"
    r"|(?P<number>\d++)"
    r"|(?P<word>(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0963\u0971-\u097f])++)"
    r"|(?P<mark>[^ ])"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark of a view. `tight` means that no blank stands before it; `text` is in lower case."""

    kind: Kind
    text: str
    start: int
    stop: int
    tight: bool
    capital: bool


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """The words by kind: form (as in a view, lower case) to value; a kind that gives no value has `-`."""

    kinds: dict[str, dict[str, str]]
    triggers: frozenset[str]

    def get(self, kind: str, token: Token) -> str | None:
        """Return the value of the token as a word of `kind`, None when it is none."""
        return self.kinds[kind].get(token.text)


_TRIGGERS: Final = ("month", "month_short", "weekday", "weekday_short", "day_shift", "unit")


@cache
def calendar_words() -> CalendarWords:
    """Read the word list, once."""
    kinds: dict[str, dict[str, str]] = {}
    lines = files("tithi.aligner").joinpath("calendar_words.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        kind, value, _lang, form, _source = line.split("\t")
        kinds.setdefault(kind, {})[view(form).text.lower()] = value
    triggers = frozenset(form for kind in _TRIGGERS for form in kinds[kind])
    return CalendarWords(kinds, triggers)


def tokens(text: str) -> list[Token]:
    """Cut the text of a view into tokens, in time linear in its length; blanks are no tokens."""
    found = []
    stop = 0
    for match in _TOKEN.finditer(text):
        start = match.start()
        surface = match.group()
        kind = cast(Kind, match.lastgroup)
        found.append(Token(kind, surface.lower(), start, match.end(), start == stop, surface[0].isupper()))
        stop = match.end()
    return found


FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 2199


class Reader:
    """The tokens of one text with the questions that the date grammars ask of them; an index outside is no token."""

    def __init__(self, text: str) -> None:
        """Cut the view `text` into tokens."""
        self.tokens = tokens(text)
        self.words = calendar_words()

    def token(self, index: int) -> Token | None:
        """Return the token, None outside of the text."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def text(self, index: int) -> str:
        """Return the token's text in lower case, empty outside of the text."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def has_date_words(self) -> bool:
        """Whether anything here could be a date; cheap."""
        triggers = self.words.triggers
        return any(token.kind in ("number", "numeric") or token.text in triggers for token in self.tokens)

    def number(self, index: int) -> int | None:
        """Return the value of a number of up to four digits."""
        token = self.token(index)
        if token is None or token.kind != "number" or len(token.text) > 4:
            return None
        return int(token.text)

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
        value = self.words.get("month", token) or self.words.get("month_short", token)
        if value is None or (token.tight and index and self.tokens[index - 1].kind in ("word", "amount")):
            return None
        return int(value)

    def is_short_month(self, index: int) -> bool:
        """Whether the token is a shortened month name."""
        return self.text(index) not in self.words.kinds["month"]

    def weekday(self, index: int) -> int | None:
        """Return the weekday that the token names, Monday 0; short names need a dot, a comma or a capital."""
        token = self.token(index)
        if token is None or token.kind != "word":
            return None
        value = self.words.get("weekday", token)
        if value is None:
            value = self.words.get("weekday_short", token)
            following = self.text(index + 1)
            if value is not None and not (following in (".", ",") or self.number(index + 1) is not None):
                return None
        if value is None or (token.text.isascii() and not token.capital):
            return None
        return int(value)

    def counts(self, index: int) -> bool:
        """Whether the token makes a count or measure of the number before it: people, %, लोग, बजे."""
        token = self.token(index)
        return token is not None and (token.text in self.words.kinds["count"] or token.text in ("%", "बजे"))

    def is_glued(self, index: int) -> bool:
        """Whether the token hangs on to what stands before it: COVID-19, A4, $20, 10.5, a path."""
        if index == 0 or not self.tokens[index].tight:
            return False
        before = self.tokens[index - 1]
        if before.kind != "mark":
            return True
        if before.text in "-/.:#$€£₹=_@\\+&":
            return before.tight and index > 1 if before.text in "-." else True
        return False

    def is_between(self, start: int, stop: int) -> bool:
        """Whether `between` stands before token `start` or `के बीच` from token `stop`."""
        if self.text(start - 1) == "between":
            return True
        return self.text(stop) == "के" and self.text(stop + 1) in ("बीच", "दौरान", "मध्य")
