"""The tokens that the grammars of dates and numbers read, and the word lists (TSV files) that name their kinds."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple, cast

from tithi.aligner.text_view import view

__all__ = ["WORD", "Token", "WordList", "tokens", "word_list"]

Kind = Literal["word", "number", "numeric", "amount", "mark"]

# Numbers with their separators first: 1,50,000 is an amount, 25/04/2019 and 3.11.2 are one numeric token each, 16-17 is
# three tokens. Quantifiers are possessive, so a long run of digits costs one pass.
WORD: Final = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0963\u0971-\u097f])++")
_TOKEN: Final = re.compile(
    r"(?P<amount>\d{1,3}(?:,\d{2,3}){0,9}?,\d{3}(?!\d)(?:\.\d++)?+)"
    r"|(?P<numeric>\d++(?:\.\d++)++|\d++(?:/\d++)++|\d++-\d++(?:-\d++)++)"
    r"|(?P<number>\d++)"
    rf"|(?P<word>{WORD.pattern})"
    r"|(?P<mark>[^ ])"
)


class Token(NamedTuple):
    """A word, number or mark of a view. `tight` means that no blank stands before it; `text` is in lower case."""

    kind: Kind
    text: str
    start: int
    stop: int
    tight: bool
    capital: bool


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
def word_list(name: str) -> WordList:
    """Read the word list `name` that stands beside this module, once."""
    kinds: dict[str, dict[str, str]] = {}
    lines = files("tithi.aligner").joinpath(name).read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        kind, value, _lang, form, _source = line.split("\t")
        kinds.setdefault(kind, {})[view(form).text.lower()] = value
    return WordList(kinds)


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
