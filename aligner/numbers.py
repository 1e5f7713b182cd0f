"""Numbers in Hindi and English text with exact values: digits of both scripts, words, lakh and crore, fractions, percent.

>>> [(hit.text, hit.value) for hit in find_numbers("ढाई लाख लोग, यानी 1.61 मिलियन का 15.5%", "hi")]
[('ढाई लाख', Fraction(250000, 1)), ('1.61 मिलियन', Fraction(1610000, 1)), ('15.5%', Fraction(31, 2))]

A range (`10-15`) is two numbers. Signs, roman numerals and units are not read; dates are numbers too unless their spans are
given as `skip`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Final, Literal

from tithi.aligner.number_words import Spelled, number_words, ordinal_word, spelled
from tithi.aligner.text_view import view
from tithi.aligner.tokens import Tokens, tokens
from tithi.corpus.records import Lang, Span

__all__ = ["NumberHit", "NumberKind", "digit_values", "find_numbers", "number_values"]

NumberKind = Literal["cardinal", "ordinal", "percent", "fraction", "time", "times", "vague", "label"]

_DIGITS: Final = re.compile(r"[0-9०-९]++(?:[.,][0-9०-९]++)*+")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{2,3}){0,9},[0-9]{3}(?:\.[0-9]+)?")
_VAGUE: Final = frozenset({100, 1000, 10**5, 10**6, 10**7, 10**9, 10**12})
_TENS: Final = frozenset(range(20, 100, 10))
_ORDINAL_ENDINGS: Final = ("वां", "वीं", "वें", "वा", "वी", "वे")


@dataclass(frozen=True, slots=True)
class NumberHit:
    """A number in a text: `text` is the text's own characters `[start, stop)`, `value` exactly what they mean.

    Of a percentage the value is the figure (15.5), of a time of day the hours (साढ़े तीन बजे and 3:30 are 7/2). A `label` hangs on
    to letters (COVID-19, G20). `weak` marks words that often are no number or have no counterpart: एक, one, पहले, दूसरे, second,
    both, hundreds. `approximate` says that about, लगभग or the like stands before.
    """

    start: int
    stop: int
    text: str
    value: Fraction
    kind: NumberKind
    weak: bool = False
    approximate: bool = False


def find_numbers(text: str, lang: Lang, *, skip: Sequence[Span] = ()) -> list[NumberHit]:
    """Return the numbers in `text`, in order and without overlap, in time linear in its length.

    Args:
        text: Any text, as published.
        lang: The language of the text; words of the other one are understood too, but for what means another thing.
        skip: Spans that hold no numbers for the caller, as those of dates; in order or not.

    Example:
        >>> find_numbers("साढ़े तीन बजे", "hi")[0]
        NumberHit(start=0, stop=13, text='साढ़े तीन बजे', value=Fraction(7, 2), kind='time', weak=False, approximate=False)
    """
    seen = view(text)
    reader = _Reader(tokens(seen.text), lang)
    hits: list[NumberHit] = []
    after = 0
    openers = _openers()
    for index, word in enumerate(reader.tokens.texts):
        if index < after or not (word in openers or "0" <= word[0] <= "9" or word.endswith(_ORDINAL_ENDINGS)):
            continue
        found = reader.read(index)
        if found is None:
            continue
        after = found.stop
        start, stop = seen.span(reader.tokens[index].start, reader.tokens[after - 1].stop)
        approximate = reader.has("approximate", index - 1)
        hits.append(NumberHit(start, stop, text[start:stop], found.value, found.kind, found.weak, approximate))
    return _outside(hits, skip)


def number_values(text: str, lang: Lang, *, skip: Sequence[Span] = ()) -> Counter[Fraction]:
    """Return how often the text tells each value, weak numbers left out.

    Example:
        >>> number_values("दस लाख", "hi") == number_values("one million", "en")
        True
    """
    return Counter(hit.value for hit in find_numbers(text, lang, skip=skip) if not hit.weak)


def digit_values(text: str) -> Counter[str]:
    """Return how often the text tells each number in digits, as ASCII digits without grouping; words are not read. Fast.

    Example:
        >>> digit_values("१,५०,००० में 1.5")
        Counter({'150000': 1, '1.5': 1})
    """
    values: Counter[str] = Counter()
    for match in _DIGITS.findall(text):
        number = match if match.isascii() else "".join(str(int(c)) if c.isdigit() else c for c in match)
        if "," in number and _GROUPED.fullmatch(number) is None:
            values.update(part.lstrip("0") or "0" for part in number.split(","))
            continue
        values[number.replace(",", "").lstrip("0") or "0"] += 1
    return values


def _outside(hits: list[NumberHit], skip: Sequence[Span]) -> list[NumberHit]:
    """Leave out the hits that overlap a span; both in order, so one pass will do."""
    spans = sorted(skip)
    kept = []
    position = 0
    for hit in hits:
        while position < len(spans) and spans[position][1] <= hit.start:
            position += 1
        if position == len(spans) or spans[position][0] >= hit.stop:
            kept.append(hit)
    return kept


@dataclass(frozen=True, slots=True)
class _Found:
    """A number read from a token on: `stop` is the token after."""

    value: Fraction
    stop: int
    kind: NumberKind = "cardinal"
    weak: bool = False


@cache
def _openers() -> frozenset[str]:
    """Words with which a number can begin."""
    kinds = ("cardinal", "scale", "vague", "ordinal", "portion", "amount", "glyph", "plus", "both", "times")
    return number_words().forms(*kinds)


class _Reader:
    """The tokens of one text; an index outside of it is no token."""

    def __init__(self, found: Tokens, lang: Lang) -> None:
        self.tokens = found
        self.lang = lang
        self.words = number_words()

    def text(self, index: int) -> str:
        texts = self.tokens.texts
        return texts[index] if 0 <= index < len(texts) else ""

    def has(self, kind: str, index: int) -> bool:
        return self.words.get(kind, self.text(index)) is not None

    def tight(self, index: int) -> bool:
        return 0 < index < len(self.tokens) and self.tokens[index].tight

    def read(self, index: int) -> _Found | None:
        """Return the number at a token, None when there is none."""
        token = self.tokens[index]
        if token.kind == "mark":
            return None
        if token.kind == "word":
            if token.text not in _openers():
                return self._ordinal(index) if token.text.endswith(_ORDINAL_ENDINGS) else None
            if self._is_other_word(index):
                return None
            return self._past(index) or self._cardinal(index) or self._ordinal(index) or self._single(index)
        return self._clock(index) or self._slashed(index) or self._cardinal(index) or self._pieces(index)

    def _is_other_word(self, index: int) -> bool:
        """Whether a number word is another word here: नौ-सेना, the verb दो, संयुक्त अरब."""
        word, after = self.text(index), self.text(index + 1)
        if word == "नौ":
            return after in ("सेना", "सेनाध्यक्ष", "परिवहन") or (after == "-" and self.has("navy", index + 2))
        if word == "दो":
            return after in ("", "।", ".", "!", "?", "\n") and index > 0 and self.tokens[index - 1].kind == "word"
        if word == "अरब":
            return index == 0 or self.tokens[index - 1].kind not in ("number", "amount", "numeric")
        return word == "second" and self.tokens[index - 1].kind == "number" and index > 0

    def _cardinal(self, index: int) -> _Found | None:
        """Read a number in digits or words with what it counts: percent, o'clock, a suffix, a portion."""
        number = spelled(self.tokens, index)
        if number is None:
            return None
        value, stop = number.value * self._shared_scale(number), number.stop
        if (
            self.has("ordinal_suffix", stop)
            and not number.words
            and (self.tight(stop) or not self.text(stop).isascii())
        ):
            return _Found(value, stop + 1, "ordinal")
        tail = stop + (self.text(stop) == "-")
        unit = ordinal_word(self.text(tail)) if value % 100 in _TENS and number.words else None
        if unit is not None and unit < 10 and self.text(tail).isascii():
            return _Found(value + unit, tail + 1, "ordinal")
        if self.has("percent", stop):
            return _Found(value, stop + 1, "percent")
        if (self.text(stop), self.text(stop + 1)) == ("per", "cent"):
            return _Found(value, stop + 2, "percent")
        clock = self._hour(stop)
        if clock is not None and value < 25:
            return _Found(value, clock, "time")
        part = self.words.get("portion", self.text(tail))
        if part is not None and number.words and value.denominator == 1 and self._is_portion(value, tail):
            return _Found(value * Fraction(part), tail + 1, "fraction")
        if self._is_label(index, stop) and not number.words:
            return _Found(value, stop, "label", weak=self.text(index - 1) in ("km", "m", "cm", "ft", "mi"))
        if self.text(stop) in ("बार", "times") and value.denominator == 1 and number.words:
            return _Found(value, stop + 1, "times", number.weak)
        if value in _VAGUE and stop == index + 1 and self._follows_vague(index):
            return _Found(value, stop, "vague", weak=True)
        kind: NumberKind = "fraction" if 0 < value < 1 and number.words else "cardinal"
        return _Found(value, stop, kind, number.weak)

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
            before = self.tokens[index - 1]
            if before.kind == "word":
                return True
            if before.text == "-" and before.tight and index > 1 and self.tokens[index - 2].kind == "word":
                return True
        return self.tight(stop) and self.text(stop) in ("g", "जी", "k")

    def _clock(self, index: int) -> _Found | None:
        """Read `3:30`, `15:30:10`."""
        hour, minute = self.text(index), self.text(index + 2)
        if self.text(index + 1) != ":" or not (self.tight(index + 1) and self.tight(index + 2)):
            return None
        if not (hour.isdigit() and len(hour) < 3 and int(hour) < 25 and minute.isdigit() and len(minute) == 2):
            return None
        value, stop = int(hour) + Fraction(int(minute), 60), index + 3
        second = self.text(stop + 1)
        if self.text(stop) == ":" and second.isdigit() and len(second) == 2 and self.tight(stop + 1):
            value, stop = value + Fraction(int(second), 3600), stop + 2
        return _Found(value, self._hour(stop) or stop, "time")

    def _past(self, index: int) -> _Found | None:
        """Read `half past three`, `quarter to five`."""
        part = self.words.get("portion", self.text(index))
        word = self.text(index + 1)
        if part is None or word not in ("past", "to"):
            return None
        hour = spelled(self.tokens, index + 2)
        if hour is None or hour.value.denominator != 1 or not 0 < hour.value < 25:
            return None
        return _Found(hour.value + Fraction(part) * (1 if word == "past" else -1), hour.stop, "time")

    def _slashed(self, index: int) -> _Found | None:
        """Read `3/4`; other numbers with a slash are told piece by piece."""
        text = self.text(index)
        if self.tokens[index].kind != "numeric" or text.count("/") != 1 or len(text) > 7:
            return None
        above, below = (int(part) for part in text.split("/"))
        return _Found(Fraction(above, below), index + 1, "fraction") if 0 < above < below <= 100 else None

    def _pieces(self, index: int) -> _Found | None:
        """Read versions, telephone numbers and the like (`3.11.2`) as one label, its digits in a row."""
        digits = "".join(character for character in self.text(index)[:30] if character.isdigit())
        return _Found(Fraction(int(digits)), index + 1, "label") if digits else None

    def _ordinal(self, index: int) -> _Found | None:
        value = ordinal_word(self.text(index))
        if value is None:
            return None
        part = self.words.get("portion", self.text(index))
        hedged = self.has("approximate", index - 2) or self.has("hedge", index - 2)
        if part is not None and self.text(index - 1) == "a" and (hedged or self.has("after_portion", index + 1)):
            return _Found(Fraction(part), index + 1, "fraction")
        if self.has("part_of", index + 1) and value > 2 and not self.text(index).isascii():
            return _Found(Fraction(1, value), index + 2, "fraction")
        return _Found(Fraction(value), index + 1, "ordinal", weak=value <= 2)

    def _single(self, index: int) -> _Found | None:
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
                return _Found(Fraction(value), index + 1, meaning, weak)
        return None
