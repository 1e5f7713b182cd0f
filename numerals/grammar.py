"""The grammar of numbers in running text: what stands around digits and number words makes them what they are.

Reads from a token on and looks a bounded way ahead, so reading a text is linear in its length.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Final, Literal

from tithi.numerals.roman import NUMERALS, roman_at
from tithi.numerals.tokens import Tokens
from tithi.numerals.words import Spelled, number_words, ordinal_endings, ordinal_word, spelled
from tithi.records import Lang

__all__ = ["Found", "NumberKind", "NumberReader", "openings"]

NumberKind = Literal["cardinal", "ordinal", "percent", "fraction", "time", "times", "vague", "label"]

_VAGUE: Final = frozenset({100, 1000, 10**5, 10**6, 10**7, 10**9, 10**12})
_TENS: Final = frozenset(range(20, 100, 10))
# What stands before a 2 that is an exponent: km2.
_LENGTHS: Final = ("km", "m", "cm", "ft", "mi")
# Sayings: the figure in them is no count, though a translator may keep it.
_SAYINGS: Final = (
    ("चार", "चांद"),
    ("चार", "चाँद"),
    ("नौ", "दो", "ग्यारह"),
    ("दो", "चार"),
    ("दो", "-", "चार"),
    ("छत्तीस", "का", "आंकड़ा"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A number read from a token on: `stop` is the token after."""

    value: Fraction
    stop: int
    kind: NumberKind = "cardinal"
    weak: bool = False


@cache
def _openers() -> frozenset[str]:
    """Words with which a number can begin."""
    kinds = ("cardinal", "scale", "vague", "ordinal", "portion", "amount", "glyph", "plus", "both", "times", "whole")
    return number_words().forms(*kinds) | NUMERALS


def openings(texts: list[str]) -> list[int]:
    """Return the indexes of the tokens with which a number may begin; cheap."""
    openers, endings = _openers(), ordinal_endings()
    return [
        index for index, word in enumerate(texts) if "0" <= word[0] <= "9" or word in openers or word.endswith(endings)
    ]


class NumberReader:
    """The tokens of one text; an index outside of it is no token."""

    def __init__(self, found: Tokens, lang: Lang) -> None:
        self.tokens = found
        self.lang = lang
        self.words = number_words()

    def text(self, index: int) -> str:
        """Return the token's text in lower case, empty outside of the text."""
        texts = self.tokens.texts
        return texts[index] if 0 <= index < len(texts) else ""

    def has(self, kind: str, index: int) -> bool:
        """Whether the token is a word of `kind`."""
        return self.words.get(kind, self.text(index)) is not None

    def tight(self, index: int) -> bool:
        """Whether no blank stands before the token."""
        return 0 < index < len(self.tokens) and self.tokens.tight(index)

    def read(self, index: int) -> Found | None:
        """Return the number at a token, None when there is none."""
        kind = self.tokens.kind(index)
        if kind == "mark":
            return None
        if kind == "word":
            if self._is_other_word(index):
                return None
            found = self._roman(index) or self._saying(index) or self._past(index) or self._cardinal(index)
            found = found or self._ordinal(index) or self._single(index)
            return replace(found, weak=True) if found is not None and self._is_in_name(index) else found
        return self._clock(index) or self._slashed(index) or self._cardinal(index) or self._pieces(index)

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
        value = self.words.get("cardinal", self.text(index))
        for saying in _SAYINGS if value is not None else ():
            if all(self.text(index + i) == word for i, word in enumerate(saying)):
                return Found(Fraction(value or 0), index + len(saying), weak=True)
        return None

    def _is_in_name(self, index: int) -> bool:
        """Whether a capital within a sentence makes the word part of a name: BBC Two, Take-Two, Six Flags."""
        before = index - 1 - (self.text(index - 1) == "-" and self.tight(index))
        return before >= 0 and self.tokens.capital(index) and self.tokens.kind(before) == "word"

    def _is_other_word(self, index: int) -> bool:
        """Whether a number word is another word here: नौ-सेना, the verb दो, संयुक्त अरब."""
        word, after = self.text(index), self.text(index + 1)
        if word == "नौ":
            return after in ("सेना", "सेनाध्यक्ष", "परिवहन") or (after == "-" and self.has("navy", index + 2))
        if word == "दो":
            return after in ("", "।", ".", "!", "?", "\n") and index > 0 and self.tokens.kind(index - 1) == "word"
        if word == "अरब":
            return index == 0 or self.tokens.kind(index - 1) not in ("number", "amount", "numeric")
        return word == "second" and index > 0 and self.tokens.kind(index - 1) == "number"

    def _cardinal(self, index: int) -> Found | None:
        """Read a number in digits or words with what it counts: percent, o'clock, a suffix, a portion."""
        number = spelled(self.tokens, index)
        if number is None:
            return None
        scale = self._shared_scale(number)
        if scale != 1:
            number = replace(number, value=number.value * scale)
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
        """Read percentages and times of day."""
        value, stop = number.value, number.stop
        if self.has("percent", stop):
            return Found(value, stop + 1, "percent")
        if (self.text(stop), self.text(stop + 1)) == ("per", "cent"):
            return Found(value, stop + 2, "percent")
        clock = self._hour(stop)
        return Found(value, clock, "time") if clock is not None and value < 25 else None

    def _in_words(self, number: Spelled) -> Found:
        """Read `दो तिहाई`, `दो बार`, a bare scale word after कई, any other number in words."""
        value, stop = number.value, number.stop
        tail = stop + (self.text(stop) == "-")
        part = self.words.get("portion", self.text(tail))
        if part is not None and value.denominator == 1 and self._is_portion(value, tail):
            return Found(value * Fraction(part), tail + 1, "fraction")
        if self.text(stop) in ("बार", "times") and value.denominator == 1:
            return Found(value, stop + 1, "times", number.weak)
        bare = value in _VAGUE and stop == number.start + 1
        if bare and (self._follows_vague(number.start) or self.has("vague", number.start)):
            return Found(value, stop, "vague", weak=True)
        return Found(value, stop, "fraction" if 0 < value < 1 else "cardinal", number.weak)

    def _in_digits(self, number: Spelled) -> Found:
        letter = self.words.get("glued_scale", self.text(number.stop)) if self.tight(number.stop) else None
        if letter is not None and self._is_scaled(number):
            return Found(number.value * int(letter), number.stop + 1)
        if self._is_label(number.start, number.stop):
            return Found(number.value, number.stop, "label", weak=self.text(number.start - 1) in _LENGTHS)
        return Found(number.value, number.stop)

    def _is_scaled(self, number: Spelled) -> bool:
        """Whether the letter behind a number is a scale: `$5m`, `1.5K`, `2M`; not 5m of metres, nor 4K of a screen."""
        if self.has("currency", number.start - 1):
            return True
        is_resolution = self.text(number.stop) == "k" and number.value in (2, 4, 5, 8)
        return self.tokens.capital(number.stop) and not is_resolution and not self._is_label(number.start, number.start)

    def _follows_vague(self, index: int) -> bool:
        """Whether कई, several or `tens of` stands before a scale word, so that it tells no number."""
        before = index - 1 - (self.text(index - 1) == "of")
        return self.has("several", before) or self.has("vague", before)

    def _shared_scale(self, number: Spelled) -> int:
        """The scale that the start of a range takes from its end: 10 million in `10-15 million`, `चार-पांच सौ`."""
        joint = self.text(number.stop)
        if joint not in ("-", "to", "से", "and", "और") or self.has("scale", number.stop - 1):
            return 1
        end = spelled(self.tokens, number.stop + 1)
        scale = None if end is None else self.words.get("scale", self.text(end.stop - 1))
        if end is None or scale is None or end.stop - number.stop < 3 or number.value >= end.value / int(scale):
            return 1
        told = self.text(end.stop), self.text(end.stop + 1)
        if joint in ("and", "और") and told != ("के", "बीच") and not self.has("between", number.start - 1):
            return 1
        return int(scale)

    def _hour(self, stop: int) -> int | None:
        """The token after बजे, o'clock, a.m., None where none of them stands."""
        if self.has("hour", stop):
            return stop + 1
        words = [self.text(position) for position in range(stop, stop + 4)]
        if words[:3] == ["o", "'", "clock"]:
            return stop + 3
        if words[0] in ("a", "p") and words[1:3] == [".", "m"]:
            return stop + 3 + (words[3] == ".")
        return None

    def _is_portion(self, value: Fraction, index: int) -> bool:
        """Whether `third` after a cardinal is a part: `two thirds`, `one third`, not `one second`, `twenty fifth`."""
        word = self.text(index)
        if not word.isascii() or word in ("half", "quarter"):
            return value < 20
        return value < 20 and (word.endswith("s") if value != 1 else word not in ("second", "halves"))

    def _is_label(self, index: int, stop: int) -> bool:
        """Whether letters hang on before the number, or after it but for a unit: COVID-19, G20, 5G."""
        if self.tight(index):
            before = index - 1
            if self.tokens.kind(before) == "word":
                return True
            if self.text(before) == "-" and self.tight(before) and self.tokens.kind(before - 1) == "word":
                return True
        return self.tight(stop) and self.text(stop) in ("g", "जी", "k")

    def _clock(self, index: int) -> Found | None:
        """Read `3:30`, `15:30:10`."""
        hour, minute = self.text(index), self.text(index + 2)
        if self.text(index + 1) != ":" or not (self.tight(index + 1) and self.tight(index + 2)):
            return None
        if not (hour.isdecimal() and len(hour) < 3 and int(hour) < 25 and minute.isdecimal() and len(minute) == 2):
            return None
        value, stop = int(hour) + Fraction(int(minute), 60), index + 3
        second = self.text(stop + 1)
        if self.text(stop) == ":" and second.isdecimal() and len(second) == 2 and self.tight(stop + 1):
            value, stop = value + Fraction(int(second), 3600), stop + 2
        return Found(value, self._hour(stop) or stop, "time")

    def _past(self, index: int) -> Found | None:
        """Read `half past three`, `quarter to five`."""
        part = self.words.get("portion", self.text(index))
        word = self.text(index + 1)
        if part is None or word not in ("past", "to"):
            return None
        hour = spelled(self.tokens, index + 2)
        if hour is None or hour.value.denominator != 1 or not 0 < hour.value < 25:
            return None
        return Found(hour.value + Fraction(part) * (1 if word == "past" else -1), hour.stop, "time")

    def _slashed(self, index: int) -> Found | None:
        """Read `3/4`; other numbers with a slash are told piece by piece."""
        text = self.text(index)
        if self.tokens.kind(index) != "numeric" or text.count("/") != 1 or len(text) > 7:
            return None
        above, below = (int(part) for part in text.split("/"))
        return Found(Fraction(above, below), index + 1, "fraction") if 0 < above < below <= 100 else None

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
        if self.has("part_of", index + 1) and value > 2 and not self.text(index).isascii():
            return Found(Fraction(1, value), index + 2, "fraction")
        return Found(Fraction(value), index + 1, "ordinal", weak=value <= 2)

    def _single(self, index: int) -> Found | None:
        """Read a word that is a number on its own: half, hundreds, both, twice."""
        text = self.text(index)
        kinds: tuple[tuple[str, NumberKind], ...] = (
            ("portion", "fraction"),
            ("vague", "vague"),
            ("both", "cardinal"),
            ("times", "times"),
        )
        for kind, meaning in kinds:
            value = self.words.get(kind, text)
            if value is not None:
                weak = meaning != "times" or text not in ("twice", "thrice")
                return Found(Fraction(value), index + 1, meaning, weak)
        return None
