"""The tokens of a text with the questions that the date grammars ask of them; words stand in words.tsv.

Words of both languages are known on either side: news mixes them (`May 16 को`).
"""

import re
from bisect import bisect_left
from typing import Final

from tithi.dates.cues import Cue, cues, merged, together
from tithi.dates.phrases import festival_forms, phrase_at
from tithi.dates.spelled import runs_in_words
from tithi.numerals.tokens import OUTSIDE, Token, Tokens, word_list

__all__ = ["Reader"]

FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 2199
#: Eras and decades told by letters that stand in most texts by themselves: `A.D.`, `B. C.`, `1990s`, `90's`.
_LETTERS: Final = re.compile(r"\b[Aa] ?\. ?[DdHh]\b|\b[Bb] ?\. ?[CcSs]\b|\bS ?\. ?E\b|[0-9] ?'? ?[Ss]\b")
_OTHER_LETTERS: Final = re.compile(r"\b(?:A ?\. ?H|B ?\. ?S|S ?\. ?E)\b")
#: Figures of a year, and of one behind an apostrophe: '97.
_FULL: Final = 4
_SHORT: Final = 2
# Tokens from the first day of a list to its month: `5, 12, 19 and 26 May`.
_REACH: Final = 26


class Reader:
    """The tokens of one text; an index outside of it is no token. Numbers in words are read as digits.

    `candidates` are the indexes of tokens at which a date may begin, in order.
    """

    def __init__(self, found: Tokens, *, month_first: bool = False) -> None:
        """Read tokens; `month_first` is the order of figures where either may be meant: 3/7/2017 is 7 March."""
        self.month_first = month_first
        self.words = word_list("tithi.dates", "words.tsv")
        self._kinds = self.words.kinds
        self._texts: list[str] = []
        self.tokens = found
        self.candidates: list[int] = []
        self.has_eras = False
        self.has_other_eras = False
        self._months: list[int] = []
        self._month_places: set[int] = set()
        marks = cues(found.texts)
        seen = together(marks)
        if not seen & Cue.TRIGGER:
            return
        if seen & (Cue.NUMBER | Cue.ORDINAL) and (runs := runs_in_words(found, marks)):
            self.tokens = found.merged(runs)
            marks = merged(marks, runs)
            seen = together(marks)
        self._texts = [*self.tokens.texts, *OUTSIDE]
        self.has_eras = bool(seen & Cue.ERA) or (bool(seen & Cue.LETTER) and _LETTERS.search(found.source) is not None)
        self.has_other_eras = self.has_eras and (
            bool(seen & Cue.OTHER_ERA) or (bool(seen & Cue.LETTER) and _OTHER_LETTERS.search(found.source) is not None)
        )
        if seen & Cue.MONTH:
            self._months = [index for index, mark in enumerate(marks) if mark & Cue.MONTH]
            self._month_places.update(self._months)
        self.candidates = self._openings(marks)

    def _openings(self, marks: list[int]) -> list[int]:
        """Return where a date may begin: a figure, or a word that opens few dates, needs something beside it."""
        if self.has_eras:
            return [index for index, mark in enumerate(marks) if mark & Cue.OPENER]
        return [
            index
            for index, mark in enumerate(marks)
            if mark & Cue.OPENER and (mark & Cue.SURE or self._may_open(index, marks))
        ]

    def _may_open(self, index: int, marks: list[int]) -> bool:
        """Whether a date without an era can begin at a token by its neighbours; cheap."""
        mark = marks[index]
        if index + 1 < len(marks) and marks[index + 1] & Cue.BEHIND:
            return True
        if mark & Cue.FIGURE:
            return self._may_be_year(index) or (index > 0 and bool(marks[index - 1] & (Cue.FISCAL | Cue.YEAR)))
        return bool(mark & Cue.FESTIVAL) and phrase_at(festival_forms(), self.tokens.texts, index) is not None

    def _may_be_year(self, index: int) -> bool:
        """Whether a figure can be a year or a day by its length and what stands beside it; cheap."""
        figures = len(self._texts[index])
        if (figures == _FULL and self.number(index) is not None) or self.month_near(index):
            return True
        if figures >= _FULL:
            return False
        if self.text(index + 1) == "of" and self.has("shift", index + 2):
            return True  # the first of next month
        before = self._texts[index - 1]
        if figures == _SHORT:
            return before == "'" or self.has("war", index + 2) or (before == "-" and self.has("games", index - 2))
        return before == "in" or self.has("in_word", index + 1)

    def month_near(self, index: int) -> bool:
        """Whether a month's name stands so near after a token that they may be one date, or it is a date in figures."""
        following = bisect_left(self._months, index)
        if following < len(self._months) and self._months[following] <= index + _REACH:
            return True
        figures = index + 2 if self.text(index + 1) == "-" and index + 2 < len(self.tokens) else index  # 26-27.11.2008
        return self.tokens.kind(figures) == "numeric" and self._texts[figures].count(".") != 1

    def token(self, index: int) -> Token | None:
        """Return the token, None outside of the text."""
        return self.tokens[index] if 0 <= index < len(self.tokens.texts) else None

    def text(self, index: int) -> str:
        """Return the token's text in lower case, empty outside of the text."""
        try:
            return self._texts[index]
        except IndexError:
            return ""

    def has(self, kind: str, index: int) -> bool:
        """Whether the token is a word of `kind`."""
        try:
            return self._texts[index] in self._kinds[kind]
        except IndexError:
            return False

    def number(self, index: int) -> int | None:
        """Return the value of a number of up to four digits."""
        try:
            text = self._texts[index]
        except IndexError:
            return None
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
        letters = (
            follows
            and self.tokens.kind(index + 1) == "word"
            and not (self.has("postposition", index + 1) or self.has("and_word", index + 1))
            and self.text(index + 1) != "to"
        )
        if clock or letters or (follows and self.text(index + 1) in ("%", "_")):
            return None
        return None if value % 100 == 0 and self.counts(index + 1) else value

    def is_clock(self, index: int) -> bool:
        """Whether the token is a colon with minutes tight behind it."""
        return self.text(index) == ":" and self.number(index + 1) is not None and self.tokens.tight(index + 1)

    def month(self, index: int) -> int | None:
        """Return the month that the token names, in full or short."""
        if index not in self._month_places:
            return None
        text = self.text(index)
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
        """Return the weekday that the token names, Monday 0; a short one needs a sign that it is one."""
        text = self.text(index)
        if not (text in self.words.kinds["weekday"] or text in self.words.kinds["weekday_short"]):
            return None
        is_small = text.isascii() and not self.tokens.capital(index)
        if is_small and not (self.has("weekday_before", index - 1) or self.has("roman_after", index + 1)):
            return None
        value = self.words.get("weekday", text)
        if value is None and (
            self.text(index + 1) in (".", ",") or self.number(index + 1) is not None or self.is_short_day(index)
        ):
            value = self.words.get("weekday_short", text)
        return None if value is None else int(value)

    def is_short_day(self, index: int) -> bool:
        """Whether the token is a shortened weekday that stands for itself: `on Mon.`, `by Fri`; no `on Sun Pharma`."""
        if not (self.has("weekday_short", index) and self.has("weekday_before", index - 1)):
            return False
        goes_on = index + 1 < len(self.tokens) and self.tokens.kind(index + 1) == "word"
        return self.tokens.capital(index) and (not goes_on or self.has("plain", index + 1))

    def is_tied_word(self, index: int) -> bool:
        """Whether a hyphen makes कल one word with what follows: कल-पुर्ज़े, आज-कल; no कल-परसों, no कल-5."""
        if self.text(index + 1) != "-" or self.text(index).isascii() or index + 2 >= len(self.tokens):
            return False
        if not (self.tokens.tight(index + 1) and self.tokens.tight(index + 2)):
            return False
        if self.has("day_shift", index + 2):
            return self.has("today", index) and self.has("turning_day", index + 2)
        return self.tokens.kind(index + 2) == "word" and self.has("turning_day", index)

    def unit(self, index: int) -> str | None:
        """Return the unit that the token names: d, w, m, y, D (decade), C (century)."""
        try:
            return self._kinds["unit"].get(self._texts[index])
        except IndexError:
            return None

    def shift(self, kind: str, index: int) -> int | None:
        """Return the value of a word that points forward or back (kinds `shift`, `period`), None when it is none."""
        value = self._kinds[kind].get(self.text(index))
        return None if value is None else int(value)

    def counts(self, index: int) -> bool:
        """Whether the token makes a count or measure of the number before it: people, %, लोग, बजे."""
        return self.has("count", index) or self.text(index) == "%" or self.has("hours_word", index)

    def ends(self, index: int) -> bool:
        """Whether the token is a mark that ends what stands before it: `.`, `,`, `)`, danda."""
        return self.has("end_mark", index)
