"""The grammar of numbers in running text: what stands around digits and number words makes them what they are.

Reads from a token on and looks a bounded way ahead, so reading a text is linear in its length.
"""

from fractions import Fraction
from functools import cache
from itertools import compress, count
from typing import Final

from tithi.numerals.hours import after_hour, clock, hyphened_hour, past_hour, told_hour, with_minutes
from tithi.numerals.memo import Memo
from tithi.numerals.phrases import saying_at
from tithi.numerals.portions import is_portion, with_slash
from tithi.numerals.reader import Found, NumberKind, TokenReader
from tithi.numerals.roman import NUMERALS, roman_at
from tithi.numerals.signs import is_freezing
from tithi.numerals.spelled import Spelled, spelled
from tithi.numerals.vague import bare_scale, count_of_years, stretch, vague_number
from tithi.numerals.words import number_words, ordinal_endings, ordinal_word

__all__ = ["Found", "NumberKind", "NumberReader", "openings"]

_TENS: Final = frozenset(range(20, 100, 10))
# What stands before a 2 that is an exponent: km2.
_LENGTHS: Final = ("km", "m", "cm", "ft", "mi")


@cache
def _openers() -> frozenset[str]:
    """Words with which a number can begin."""
    kinds = (
        "cardinal",
        "scale",
        "vague",
        "ordinal",
        "portion",
        "amount",
        "part_measured",
        "glyph",
        "plus",
        "both",
        "times",
        "whole",
        "stretch",
        "english",
        "score",
        "spoken",
        "years",
    )
    return number_words().forms(*kinds) | NUMERALS


def _opens(word: str) -> bool:
    """Whether a number can begin with a word."""
    return "0" <= word[0] <= "9" or word in _openers() or word.endswith(ordinal_endings())


_OPENS: Final = Memo(_opens)


def openings(texts: list[str]) -> list[int]:
    """Return the indexes of the tokens with which a number may begin; cheap."""
    return list(compress(count(), map(_OPENS.__getitem__, texts)))


class NumberReader(TokenReader):
    """Reads the numbers of one text."""

    def read(self, index: int) -> Found | None:
        """Return the number at a token, None when there is none."""
        kind = self.tokens.kind(index)
        if kind == "mark":
            return None
        if kind == "word":
            if self._is_other_word(index):
                return None
            found = self._roman(index) or self._saying(index) or past_hour(self, index) or hyphened_hour(self, index)
            found = found or told_hour(self, index) or stretch(self, index)
            found = found or self._cardinal(index) or self._ordinal(index) or self._single(index)
            is_loose = found is not None and (self._is_in_name(index) or is_freezing(self, index))
            return found._replace(weak=True) if found is not None and is_loose else found
        found = clock(self, index) or told_hour(self, index) or past_hour(self, index) or with_slash(self, index)
        return found or self._cardinal(index) or self._pieces(index)

    def _roman(self, index: int) -> Found | None:
        """Read `Chapter IV`, `Louis XIV` as ordinals; a translator may leave the numeral of a name as it is."""
        if self.text(index) not in NUMERALS:
            return None
        value = roman_at(self.tokens, self.words, index)
        return None if value is None else Found(value, index + 1, "ordinal", weak=True)

    def _saying(self, index: int) -> Found | None:
        """Read a saying as one number that need not be kept: चार चाँद लगाना, शत-प्रतिशत (wholly)."""
        if self.words.get("whole", self.text(index)) is not None:
            tail = index + 1 + (self.text(index + 1) == "-")
            return Found(Fraction(100), tail + 1, "percent", weak=True) if self.has("percent", tail) else None
        told = saying_at(self.tokens.texts, index)
        return None if told is None else Found(Fraction(told[0]), told[1], weak=True)

    def _is_in_name(self, index: int) -> bool:
        """Whether a capital within a sentence makes the word part of a name: BBC Two, Take-Two, Six Flags."""
        before = index - 1 - (self.text(index - 1) == "-" and self.tight(index))
        return before >= 0 and self.tokens.capital(index) and self.tokens.kind(before) == "word"

    def _is_other_word(self, index: int) -> bool:
        """Whether a number word is another word here: नौ-सेना, the verb दो, संयुक्त अरब."""
        if self.has("nine", index):
            return self.has("not_nine", index + 1) or (self.text(index + 1) == "-" and self.has("navy", index + 2))
        if self.has("give", index):
            ends = self.text(index + 1) in ("", "\n") or self.has("end_mark", index + 1)
            return ends and index > 0 and self.tokens.kind(index - 1) == "word"
        if self.has("arab", index):
            return index == 0 or self.tokens.kind(index - 1) not in ("number", "amount", "numeric")
        return self.text(index) == "second" and index > 0 and self.tokens.kind(index - 1) == "number"

    def _cardinal(self, index: int) -> Found | None:
        """Read a number in digits or words with what it counts: percent, o'clock, a suffix, a portion."""
        number = spelled(self.tokens, index)
        if number is None:
            return None
        scale = self._shared_scale(number)
        if scale != 1:
            number = number._replace(value=number.value * scale)
        return (
            self._with_suffix(number)
            or self._with_unit(number)
            or (self._in_words(number) if number.words else self._in_digits(number))
        )

    def _with_suffix(self, number: Spelled) -> Found | None:
        """Read the ordinals `21वीं`, `21st`, `twenty-first`."""
        stop = number.stop
        if not number.words:
            hangs_on = self.has("ordinal_suffix", stop) and (self.tight(stop) or not self.text(stop).isascii())
            return Found(number.value, stop + 1, "ordinal") if hangs_on else None
        tail = stop + (self.text(stop) == "-")
        unit = ordinal_word(self.text(tail)) if number.value % 100 in _TENS else None
        if unit is None or unit > 9 or not self.text(tail).isascii():
            return None
        return Found(number.value + unit, tail + 1, "ordinal")

    def _with_unit(self, number: Spelled) -> Found | None:
        """Read percentages, times of day, decades and centuries."""
        value, stop = number.value, number.stop
        word = self.text(stop)
        if word in self.words.kinds["percent"]:
            return Found(value, stop + 1, "percent")
        if word == "per" and self.text(stop + 1) == "cent":
            return Found(value, stop + 2, "percent")
        if word in self.words.kinds["years"]:
            return count_of_years(self, number)
        hour = after_hour(self, stop)
        if hour is None or value >= 25:
            return None
        return Found(with_minutes(self.text(stop - 1), value), hour, "time")

    def _in_words(self, number: Spelled) -> Found:
        """Read `दो तिहाई`, `दो बार`, a bare scale word after कई, any other number in words."""
        value, stop = number.value, number.stop
        tail = stop + (self.text(stop) == "-")
        below = spelled(self.tokens, stop + 1) if self.has("portion_by", stop) else None
        if below is not None and 0 < value < below.value:
            return Found(value / below.value, below.stop, "fraction")
        part = self.words.get("portion", self.text(tail))
        if part is not None and value.denominator == 1 and is_portion(self, value, tail):
            return Found(value * Fraction(part), tail + 1, "fraction")
        if self.has("times_word", stop) and value.denominator == 1:
            return Found(value, stop + 1, "times", number.weak)
        told = bare_scale(self, number.start, value) if stop == number.start + 1 else None
        if told is not None:
            return told
        return Found(value, stop, "fraction" if 0 < value < 1 else "cardinal", number.weak)

    def _in_digits(self, number: Spelled) -> Found:
        priced = self.has("currency", number.start - 1 - (self.text(number.start - 1) == "."))
        near = self.tight(number.stop) or priced
        letter = self.words.get("glued_scale", self.text(number.stop)) if near else None
        if letter is not None and self._is_scaled(number):
            scale = self._scale_at(number.stop + 1)  # 35K crore
            return Found(number.value * int(letter) * (scale or 1), number.stop + 1 + (scale is not None))
        if self.is_label(number.start, number.stop):
            return Found(number.value, number.stop, "label", weak=self.text(number.start - 1) in _LENGTHS)
        return Found(number.value, number.stop)

    def _scale_at(self, index: int) -> int | None:
        """Return what a scale word is: crore, cr; a letter is none."""
        text = self.text(index)
        told = self.words.get("scale", text) or (self.words.get("glued_scale", text) if len(text) > 1 else None)
        return None if told is None else int(told)

    def _is_scaled(self, number: Spelled) -> bool:
        """Whether the letter behind a number is a scale: `$5m`, `1.5K`, `2M`; not 5m of metres, nor 4K of a screen."""
        if self.has("currency", number.start - 1 - (self.text(number.start - 1) == ".")):
            return True
        if self.text(number.stop) == "l":
            return False  # litres
        is_thousand = self.text(number.stop) == "k"
        if is_thousand and (number.value in (2, 4, 5, 8) or self.has("race", number.stop + 1)):
            return False  # 4K of a screen, a 10k run
        if is_thousand and self.text(number.stop + 1) == "." and self.text(number.stop + 2) in ("g", "m"):
            return False  # 2.4k.m.
        told = is_thousand or self.tokens.capital(number.stop)
        return told and not self.is_label(number.start, number.start)

    def _shared_scale(self, number: Spelled) -> int:
        """The scale that the start of a range takes from its end: 10 million in `10-15 million`, `चार-पांच सौ`."""
        if not self.has("shared_joint", number.stop) or self.has("scale", number.stop - 1):
            return 1
        end = spelled(self.tokens, number.stop + 1)
        scale = None if end is None else self.words.get("scale", self.text(end.stop - 1))
        if end is None or scale is None or end.stop - number.stop < 3 or number.value > end.value / int(scale):
            return 1
        told = f"{self.text(end.stop)} {self.text(end.stop + 1)}" in self.words.kinds["between_after"]
        if self.has("and_joint", number.stop) and not told and not self.has("between", number.start - 1):
            return 1
        return int(scale)

    def _pieces(self, index: int) -> Found | None:
        """Read versions, telephone numbers and the like (`3.11.2`) as one label, its digits in a row."""
        digits = "".join(character for character in self.text(index)[:30] if character.isdecimal())
        return Found(Fraction(int(digits)), index + 1, "label") if digits else None

    def _ordinal(self, index: int) -> Found | None:
        value = ordinal_word(self.text(index))
        if value is None:
            return None
        part = self.words.get("portion", self.text(index))
        hedged = self.has("approximate", index - 2) or self.has("hedge", index - 2)
        if part is not None and self.text(index - 1) == "a" and (hedged or self.has("after_portion", index + 1)):
            return Found(Fraction(part), index + 1, "fraction")
        if self.has("part_of", index + 1) and value > 2 and not (self.text(index).isascii() or self.has("rank", index)):
            return Found(Fraction(1, value), index + 2, "fraction")
        return Found(Fraction(value), index + 1, "ordinal", weak=value <= 2)

    def _single(self, index: int) -> Found | None:
        """Read a word that is a number on its own: half, hundreds, both, twice."""
        text = self.text(index)
        told = vague_number(self, index)
        if told is not None:
            return told
        kinds: tuple[tuple[str, NumberKind], ...] = (("portion", "fraction"), ("both", "cardinal"), ("times", "times"))
        for kind, meaning in kinds:
            value = self.words.get(kind, text)
            if value is not None:
                weak = meaning != "times" or text not in ("twice", "thrice")
                return Found(Fraction(value), index + 1, meaning, weak)
        return None
