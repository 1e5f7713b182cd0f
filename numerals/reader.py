"""The tokens of a text with the questions that the grammar of numbers asks of them, and what it hands on."""

from fractions import Fraction
from typing import Literal, NamedTuple

from tithi.numerals.tokens import OUTSIDE, Tokens
from tithi.numerals.words import number_words
from tithi.records import Lang

__all__ = ["Found", "NumberKind", "TokenReader"]

NumberKind = Literal["cardinal", "ordinal", "percent", "fraction", "time", "times", "vague", "label"]


class Found(NamedTuple):
    """A number read from a token on: `stop` is the token after; the others are those of `NumberHit`."""

    value: Fraction
    stop: int
    kind: NumberKind = "cardinal"
    weak: bool = False
    magnitude: int | None = None


class TokenReader:
    """The tokens of one text; an index outside of it is no token."""

    def __init__(self, found: Tokens, lang: Lang) -> None:
        self.tokens = found
        self.lang = lang
        self.words = number_words()
        self._kinds = self.words.kinds
        self._texts = [*found.texts, *OUTSIDE]

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

    def follows(self, kind: str, index: int, far: int) -> bool:
        """Whether a word of `kind` is one of the `far` tokens behind the token."""
        return not self._kinds[kind].keys().isdisjoint(self._texts[index + 1 : index + 1 + far])

    def tight(self, index: int) -> bool:
        """Whether no blank stands before the token."""
        return 0 < index < len(self.tokens) and self.tokens.tight(index)

    def is_label(self, index: int, stop: int) -> bool:
        """Whether letters hang on before the number, or after it but for a unit: COVID-19, G20, 5G."""
        if self.tight(index):
            before = index - 1
            if self.tokens.kind(before) == "word":
                return True
            if self.text(before) == "-" and self.tight(before) and self.tokens.kind(before - 1) == "word":
                return True
        return self.tight(stop) and self.has("generation", stop)
