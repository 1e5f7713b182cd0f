"""Numbers as both languages spell them: `एक लाख पचास हज़ार`, `ढाई करोड़`, `two and a half million`, `दो तिहाई`.

`spelled` reads one number from a token on, digits with scale words (`1.61 मिलियन`) included, a bounded way ahead.
"""

from fractions import Fraction
from functools import cache
from typing import Final, NamedTuple

from tithi.numerals.decimals import decimals, is_english_number, is_spoken_number
from tithi.numerals.mixed import mixed
from tithi.numerals.scales import goes_on, is_whole
from tithi.numerals.scores import score
from tithi.numerals.tokens import Tokens
from tithi.numerals.words import digit_value, number_words, with_english, word_values

__all__ = ["Spelled", "spelled"]

_LIMIT: Final = 32
_LAKH: Final = 100_000
_TENS: Final = frozenset(range(20, 100, 10))


class Spelled(NamedTuple):
    """A number and its tokens `[start, stop)`; `words` tells whether any is a word, `weak` that it may be no number."""

    value: Fraction
    start: int
    stop: int
    words: bool
    weak: bool = False


def spelled(found: Tokens, index: int) -> Spelled | None:
    """Return the cardinal number that begins at a token, None when none does.

    Example:
        >>> spelled(tokens("ढाई लाख लोग"), 0).value
        Fraction(250000, 1)
    """
    text = found.texts[index] if index < len(found) else " "
    if "0" <= text[0] <= "9" and (index + 1 == len(found) or found.texts[index + 1] not in _joints()):
        value = digit_value(text)
        return None if value is None else Spelled(value, index, index + 1, words=False)
    return _Sum(found, index).read()


@cache
def _joints() -> frozenset[str]:
    """What goes on with a number in digits; before anything else it is whole as it stands."""
    return number_words().forms("scale", "plural_scale", "glyph", "point", "and_joint") | {"+", "-"}


class _Sum:
    """One number being read: `total` of what is scaled already, `current` the part under the next scale word."""

    def __init__(self, found: Tokens, index: int) -> None:
        self.tokens = found
        self.values = word_values()
        self.index = self.start = index
        self.total = Fraction(0)
        self.current: Fraction | None = None
        self.scale = Fraction(0)
        self.spelled = False
        self.cardinals = self.values["cardinal"]
        if index < len(found) and (text := found.texts[index]) in self.values["english"]:
            self.cardinals = with_english() if is_english_number(found.texts, index) else self.cardinals
        elif index < len(found) and text in self.values["spoken"] and is_spoken_number(found.texts, index):
            self.cardinals = self.cardinals | self.values["spoken"]

    def text(self, offset: int = 0) -> str:
        position = self.index + offset
        texts = self.tokens.texts
        return texts[position] if position < len(texts) else ""

    def value(self, kind: str, offset: int = 0) -> Fraction | None:
        return (self.cardinals if kind == "cardinal" else self.values[kind]).get(self.text(offset))

    def read(self) -> Spelled | None:
        while self.index < min(len(self.tokens), self.start + _LIMIT) and self._step():
            pass
        if self.index == self.start:
            return None
        value = self.total + (self.current or 0)
        weak = self.index == self.start + 1 and self.text(-1) in number_words().kinds["weak_one"]
        return Spelled(value, self.start, self.index, self.spelled, weak)

    def _step(self) -> bool:
        """Take the next word into the number; False when it is no part of it."""
        if self.index > self.start and (self.text() == "-" or self.text() in number_words().kinds["and_joint"]):
            return self._joined()
        return self._digits() or self._scale() or self._unit() or self._mixed() or self._rare()

    def _rare(self) -> bool:
        """Take what few numbers have: decimals in words, twenties."""
        word, kinds = self.text(), number_words().kinds
        if self.total or not (word in kinds["point"] or word in kinds["score"]):
            return False
        return self._point() if word in kinds["point"] else self._score()

    def _point(self) -> bool:
        """Take the decimals of `one point six`, `दो दशमलव पाँच`; `at one point six people` has none."""
        if self.current is None:
            return False
        texts = self.tokens.texts
        is_told = self.spelled and texts[self.start - 1] != "at"
        part = decimals(texts, self.index, self.cardinals, spelled=is_told)
        return part is not None and self._take(self.current + part[0], part[1])

    def _score(self) -> bool:
        """Take the twenties of `three score and ten`, `चार कोड़ी`."""
        told = score(self.tokens.texts, self.index, self.current, self.cardinals)
        return told is not None and (self.spelled or self.current is None) and self._take(*told)

    def _joined(self) -> bool:
        """Take the hyphen of `twenty-one`, the `and` of `two hundred and five` and `1 crore and 5 lakh`."""
        if self.current is None and goes_on(self.tokens.texts, self.start, self.index, self.scale):
            self.index += 1
            return True
        if not self.text().isascii():
            return False
        return self._and_a_half() or (self._hyphen() if self.text() == "-" else self._and())

    def _hyphen(self) -> bool:
        """Take `-one` after tens, `-dozen` after a number, the सौ of दो-सौ."""
        scale = self.value("scale", 1)
        if scale is not None and not self.text(1).isascii() and self.spelled and (self.current or 100) < 10:
            self.index += 1
            return self._scale()
        if not self.text(-1).isascii() or not self.text(1).isascii():
            return False
        if scale is not None:
            self.index += 1
            return self._scale()
        unit = self.value("cardinal", 1) or Fraction(0)
        if self.current is None or self.current % 100 not in _TENS or not 0 < unit < 10:
            return False
        self.index += 2
        self.current += unit
        return True

    def _and(self) -> bool:
        """Step over the `and` before the part under a hundred, if that part has no scale of its own."""
        unit = self.value("cardinal", 1)
        under_hundred = self.scale >= 1000 if self.current is None else self.current >= 100
        scale = self.value("scale", 2 if self.text(2) != "-" else 4)
        before = self.tokens.texts[self.start - 1] if self.start else ""
        if not unit or not under_hundred or not self.text(-1).isascii():
            return False
        if scale is not None and (scale <= 100 or before == "between" or self.current is None):
            return False
        self.index += 1
        return True

    def _and_a_half(self) -> bool:
        """Take `and a half`, `-and-a-half`, `and a quarter`, `and three-quarter` after a number under 100."""
        ahead = [word for offset in range(6) if (word := self.text(offset)) != "-"][:3]
        if self.current is None or self.current >= 100 or len(ahead) < 3 or ahead[0] != "and":
            return False
        part = number_words().kinds["behind_and"].get(f"{ahead[1]} {ahead[2]}")
        if part is None or (self.start and self.tokens.texts[self.start - 1] == "between"):
            return False
        self.current += Fraction(part)
        while self.text() != ahead[2]:
            self.index += 1
        self.index += 1
        return True

    def _digits(self) -> bool:
        """Take digits, at the start or under a smaller scale (`5 लाख 20 हज़ार`)."""
        value = digit_value(self.text())
        if value is None or self.current is not None or is_whole(self.tokens.texts, self.start, self.index):
            return False
        following = self.value("scale", 1)
        if self._counts_time():
            return False
        if self.index > self.start and (self.scale <= value or (following or 0) >= self.scale or self.scale < 1000):
            return False
        self.current = value
        self.index += 1
        if self.text() == "+" and self.value("scale", 1) is not None:
            self.index += 1
        glyph = self.value("glyph")
        if glyph is not None and glyph < 1 and (self.tokens.tight(self.index) or self.current < 100):
            self.current += glyph
            self.index += 1
        return True

    def _counts_time(self) -> bool:
        """Whether a number behind a large one counts years or days: `12 million five years ago`, `2 लाख 10 साल पहले`."""
        return self.scale >= _LAKH and self.text(1) in number_words().kinds["time_unit"]

    def _scale(self) -> bool:
        scale = self.value("scale")
        if scale is None and self.current is not None:
            scale = self.value("plural_scale")
        if scale is None or not self._is_scale(scale):
            return False
        self.spelled = True
        self.index += 1
        if scale <= 100:
            self.current = (1 if self.current is None else self.current) * scale
            return True
        if self.total and (scale > self.scale or self.current is None):
            self.total = (self.total + (self.current or 0)) * scale
        else:
            self.total += (1 if self.current is None else self.current) * scale
        self.current = None
        self.scale = scale
        return True

    def _is_scale(self, scale: Fraction) -> bool:
        """Whether the word is a scale here: अरब is Arab without a number before it, `mn` a word of its own."""
        word = self.text()
        if self.index == self.start and (word in number_words().kinds["arab"] or (word.isascii() and len(word) < 4)):
            return False
        return scale != 12 or self.current is not None or self.index == self.start

    def _unit(self) -> bool:
        """Take a word under 100; after one that is there already only units after English tens."""
        unit = self.value("cardinal")
        if unit is None or self._counts_time() or is_whole(self.tokens.texts, self.start, self.index):
            return False
        if self.current is not None:
            is_english = self.text().isascii() or self.text() in self.values["english"]
            tens = self.current % 100 in _TENS and 0 < unit < 10 and is_english
            hundreds = self.current >= 100 and self.current % 100 == 0
            if not (tens or hundreds) or not self.spelled:
                return False
        self.current = (self.current or 0) + unit
        self.spelled = True
        self.index += 1
        return True

    def _mixed(self) -> bool:
        """Take ढाई, डेढ़, आधा, half a (million), साढ़े तीन, सवा दो, पौने दो, सवा लाख."""
        told = None if self.current is not None else mixed(self.tokens.texts, self.index, self.cardinals)
        return told is not None and self._take(*told)

    def _take(self, value: Fraction, stop: int) -> bool:
        """Go on behind words that told a part of the number."""
        self.current, self.index = value, stop
        self.spelled = True
        return True
