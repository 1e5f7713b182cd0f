"""The tokens that the grammars of dates and numbers read, and the word lists (TSV files) that name their kinds."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from operator import add
from typing import Final, Literal, NamedTuple

from tithi.numerals.view import TextView, view

__all__ = ["OUTSIDE", "Reading", "Token", "Tokens", "WordList", "kind_of", "reading", "tokens", "word_list"]

Kind = Literal["word", "number", "numeric", "amount", "mark"]

_HINDI: Final = "[\u0300-\u036f\u0900-\u0963\u0971-\u097f]"
_LETTER: Final = r"[^\W\d_]"
# Words first, being most of a text: plain ones of one script, then letters of both classes in any order, a run of one
# class at a time. Numbers with their separators: 1,50,000 is an amount, 25/04/2019 and 3.11.2 are one numeric token
# each, 16-17 is three tokens. Possessive or bounded quantifiers: a long run of digits costs one pass. Every character
# but blanks is in one token.
_TOKEN: Final = re.compile(
    rf" ?+([\u0900-\u0963]++(?!{_HINDI}|{_LETTER})|[a-z]++(?!{_HINDI}|{_LETTER})|[,.()\u0964'-]"
    rf"|{_HINDI}++(?:{_LETTER}++{_HINDI}*+)*+|{_LETTER}++(?:{_HINDI}++{_LETTER}*+)*+"
    r"|[0-9]{1,3}(?:,[0-9]{2,3}){0,9},[0-9]{3}(?![0-9])(?:\.[0-9]++)?+"
    r"|[0-9]++(?:\.[0-9]++)++|[0-9]++(?:/[0-9]++)++|[0-9]++-[0-9]++(?:-[0-9]++)++"
    r"|[0-9]++|[^ ])"
)


#: What stands behind the last token, and, as indexes below zero count from there, before the first: no grammar looks
#: further back than this.
OUTSIDE: Final = ("",) * 16


class Token(NamedTuple):
    """A word, number or mark of a view. `tight` means that no blank stands before it; `text` is in lower case."""

    kind: Kind
    text: str
    start: int
    stop: int
    tight: bool
    capital: bool


class Tokens:
    """The tokens of a view's text without its blanks: a sequence whose tokens are made when asked for.

    `texts` are their texts in lower case, for cheap looks; where they stand is found when first asked for.
    """

    __slots__ = ("_lowered", "_places", "source", "texts")

    def __init__(self, source: str, lowered: str, texts: list[str]) -> None:
        """Hold the tokens of `source`, found in `lowered`: its small letters, each in its place."""
        self.source = source
        self.texts = texts
        self._lowered = lowered
        self._places: tuple[list[int], list[int]] | None = None

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, index: int) -> Token:
        starts, stops = self._places or self._find()
        text, start = self.texts[index], starts[index]
        tight = index > 0 and stops[index - 1] == start
        return Token(kind_of(text), text, start, stops[index], tight, self.source[start].isupper())

    def _find(self) -> tuple[list[int], list[int]]:
        """Find where the tokens start and stop: nothing but blanks stands between them."""
        lengths = list(map(len, self.texts))
        ends = list(accumulate(map(len, self._lowered.split(" "))))  # where blanks stood, if there were none
        starts = [place + bisect_right(ends, place) for place in list(accumulate(lengths, initial=0))[:-1]]
        stops = list(map(add, starts, lengths))
        self._places = starts, stops
        return self._places

    def kind(self, index: int) -> Kind:
        """Return the kind of a token without making it."""
        return kind_of(self.texts[index])

    def tight(self, index: int) -> bool:
        """Whether no blank stands before a token."""
        starts, stops = self._places or self._find()
        return index > 0 and stops[index - 1] == starts[index]

    def capital(self, index: int) -> bool:
        """Whether a token begins with a capital."""
        starts, _ = self._places or self._find()
        return self.source[starts[index]].isupper()

    def span(self, first: int, stop: int) -> tuple[int, int]:
        """Return the place of the tokens from `first` to the one before `stop` in the view."""
        starts, stops = self._places or self._find()
        return starts[first], stops[stop - 1]

    def merged(self, runs: list[tuple[int, int, str]]) -> "Tokens":
        """Return the tokens with each run `(first, stop, text)` of them, in order, made one token of another text."""
        all_starts, all_stops = self._places or self._find()
        texts: list[str] = []
        starts: list[int] = []
        stops: list[int] = []
        done = 0
        for first, stop, text in [*runs, (len(self), len(self), "")]:
            texts += self.texts[done:first]
            starts += all_starts[done:first]
            stops += all_stops[done:first]
            if stop > first:
                texts.append(text)
                starts.append(all_starts[first])
                stops.append(all_stops[stop - 1])
            done = stop
        made = Tokens(self.source, self._lowered, texts)
        made._places = starts, stops
        return made


def kind_of(text: str) -> Kind:
    """Return the kind of a token by its text."""
    first = text[0]
    if "0" <= first <= "9":
        return "number" if text.isdecimal() else "amount" if "," in text else "numeric"
    is_word = first.isalpha() or "\u0900" <= first <= "\u0963" or "\u0971" <= first <= "\u097f"
    return "word" if is_word or first.isnumeric() or "\u0300" <= first <= "\u036f" else "mark"


def tokens(text: str) -> Tokens:
    """Cut the text of a view into tokens, in time linear in its length; blanks are no tokens."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return Tokens(text, lowered, _TOKEN.findall(lowered))


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its view and tokens, made once for the grammar of dates and that of numbers.

    What is found in it is placed `at` so many characters further on, where the text is a part of another.
    """

    text: str
    view: TextView
    tokens: Tokens
    at: int = 0

    def told(self, first: int, stop: int) -> tuple[int, int, str]:
        """Return where characters of the view stand, counted from `at`, and what the text has there."""
        begin, end = self.view.span(first, stop)
        return begin + self.at, end + self.at, self.text[begin:end]


def reading(text: str, at: int = 0) -> Reading:
    """Return the reading of a text, or of the part of one that begins `at` a place in it."""
    seen = view(text)
    return Reading(text, seen, tokens(seen.text), at)


@dataclass(frozen=True, slots=True)
class WordList:
    """Words by kind: form (as in a view, lower case) to value; a kind that gives no value has `-`."""

    kinds: dict[str, dict[str, str]]

    def get(self, kind: str, text: str) -> str | None:
        """Return the value of a token's text as a word of `kind`, None when it is none."""
        return self.kinds[kind].get(text)

    def forms(self, *kinds: str) -> frozenset[str]:
        """Return all forms of some kinds."""
        return frozenset(form for kind in kinds for form in self.kinds[kind])


@cache
def word_list(room: str, name: str) -> WordList:
    """Read the word list `name` of the package `room`, once."""
    kinds: dict[str, dict[str, str]] = {}
    lines = files(room).joinpath(name).read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        kind, value, _lang, form, _source = line.split("\t")
        kinds.setdefault(kind, {})[view(form).text.lower()] = value
    return WordList(kinds)
