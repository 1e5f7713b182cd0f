"""Numbers: the table of cases and what must hold for any text at all."""

import unicodedata
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tithi.dates.find import find_dates
from tithi.numerals import tokens as tokens_module
from tithi.numerals.find import NumberHit, digit_values, find_numbers, number_values
from tithi.numerals.tokens import Token, Tokens
from tithi.records import Lang

TABLE = Path(__file__).parent / "numbers.tsv"
LANGS: tuple[Lang, ...] = ("hi", "en")


def cases() -> list[tuple[int, Lang, str, list[str]]]:
    rows: list[tuple[int, Lang, str, list[str]]] = []
    for number, line in enumerate(TABLE.read_text(encoding="utf-8").splitlines()[1:], 2):
        lang, marked, values = line.split("\t")
        rows.append((number, "hi" if lang == "hi" else "en", marked, values.split()))
    return rows


def told(hit: NumberHit) -> str:
    return f"{hit.value}:{hit.kind}{'~' if hit.weak else ''}{'≈' if hit.approximate else ''}"


def bare(marked: str) -> str:
    return marked.replace("[", "").replace("]", "")


@pytest.mark.parametrize(("line", "lang", "marked", "values"), cases())
def test_table(line: int, lang: Lang, marked: str, values: list[str]) -> None:
    text = bare(marked)
    hits = find_numbers(text, lang)
    shown = text
    for hit in reversed(hits):
        shown = f"{shown[: hit.start]}[{hit.text}]{shown[hit.stop :]}"
    assert (shown, [told(hit) for hit in hits]) == (marked, values), line


def kinds() -> list[tuple[str, Lang, str, list[str]]]:
    """The rows of kinds.tsv: kind, language, text with its hits in brackets, their values."""
    lines = TABLE.with_name("kinds.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return [(kind, "hi" if lang == "hi" else "en", marked, values.split()) for kind, lang, marked, values in rows]


@pytest.mark.parametrize(("kind", "lang", "marked", "values"), kinds())
def test_kinds(kind: str, lang: Lang, marked: str, values: list[str]) -> None:
    text = bare(marked)
    hits = find_numbers(text, lang)
    shown = text
    for hit in reversed(hits):
        shown = f"{shown[: hit.start]}[{hit.text}]{shown[hit.stop :]}"
    told = [f"{'-' * hit.negative}{hit.value}" for hit in hits]
    assert (shown, told) == (marked, values), kind


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_form_of_the_nukta_makes_no_difference(form: Literal["NFC", "NFD"]) -> None:
    for _, lang, marked, values in cases():
        assert [told(hit) for hit in find_numbers(unicodedata.normalize(form, bare(marked)), lang)] == values


UNITS = [
    "शून्य",
    "एक",
    "दो",
    "तीन",
    "चार",
    "पाँच",
    "छह",
    "सात",
    "आठ",
    "नौ",
    "दस",
    "ग्यारह",
    "बारह",
    "तेरह",
    "चौदह",
    "पंद्रह",
    "सोलह",
    "सत्रह",
    "अठारह",
    "उन्नीस",
]
TENS_AND_UNITS = {20: "बीस", 30: "तीस", 40: "चालीस", 50: "पचास", 60: "साठ", 70: "सत्तर", 80: "अस्सी", 90: "नब्बे"}
ENGLISH = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
ENGLISH_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_hindi(number: int) -> str:
    """Spell a number whose part under a hundred is under 20 or a full ten."""
    for scale, word in ((10**7, "करोड़"), (10**5, "लाख"), (1000, "हज़ार"), (100, "सौ")):
        if number >= scale:
            rest = f" {in_hindi(number % scale)}" if number % scale else ""
            return f"{in_hindi(number // scale)} {word}{rest}"
    return UNITS[number] if number < 20 else TENS_AND_UNITS[number]


def in_english(number: int) -> str:
    for scale, word in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            joint = " and " if scale == 100 else " "
            rest = f"{joint}{in_english(number % scale)}" if number % scale else ""
            return f"{in_english(number // scale)} {word}{rest}"
    if number < 20:
        return ENGLISH[number]
    return ENGLISH_TENS[number // 10 - 2] + (f"-{ENGLISH[number % 10]}" if number % 10 else "")


@given(st.integers(0, 10**9 - 1))
@settings(deadline=None)
def test_english_spelled_out_comes_back(number: int) -> None:
    assert [hit.value for hit in find_numbers(in_english(number), "en")] == [number]


def spellable(number: int) -> int:
    """The nearest number below that `in_hindi` can spell at every scale."""
    value = 0
    for scale, limit in ((10**7, 100), (10**5, 100), (1000, 100), (100, 10), (1, 100)):
        part = number // scale % limit
        value += (part if part < 20 else part // 10 * 10) * scale
    return value


@given(st.integers(0, 10**9 - 1).map(spellable))
@settings(deadline=None)
def test_hindi_spelled_out_comes_back(number: int) -> None:
    assert [hit.value for hit in find_numbers(in_hindi(number), "hi")] == [number]


def test_hindi_words_below_a_hundred_are_all_there() -> None:
    words = tokens_module.word_list("tithi.numerals", "words.tsv").kinds["cardinal"]
    known = {int(value) for form, value in words.items() if not form.isascii()}
    assert known == set(range(100))


@given(st.integers(0, 10**12))
@settings(deadline=None)
def test_digits_of_both_scripts_and_groupings(number: int) -> None:
    western = f"{number:,}"
    head, tail = (western[:-4], western[-4:]) if number >= 1000 else ("", western)
    digits = head.replace(",", "")
    pairs = [digits[max(0, stop - 2) : stop] for stop in range(len(digits), 0, -2)][::-1]
    indian = ",".join(pairs) + tail
    devanagari = "".join(chr(0x966 + int(c)) if c.isdigit() else c for c in indian)
    for text in (str(number), western, indian, devanagari):
        assert number_values(text, "hi") == Counter([Fraction(number)])
        assert digit_values(text) == Counter([str(number)])


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", {}),
        ("१,५०,००० में 1.5", {"150000": 1, "1.5": 1}),
        ("007 और 7", {"7": 2}),
        ("0 और 000", {"0": 2}),
        ("1,2,3", {"1": 1, "2": 1, "3": 1}),
        ("25/04/2019", {"25": 1, "4": 1, "2019": 1}),
        ("अंत 5.", {"5": 1}),
        ("रु० ५०० वि० सं० २०७७", {"500": 1, "2077": 1}),
        ("रु०१०० और ०.५", {"100": 1, ".5": 1}),
    ],
)
def test_digit_values(text: str, values: dict[str, int]) -> None:
    assert digit_values(text) == values


def test_the_spans_of_dates_can_be_left_out() -> None:
    text = "25 अप्रैल 2019 को 50 लोग"
    skip = [(hit.start, hit.stop) for hit in find_dates(text, "hi")]
    assert [hit.value for hit in find_numbers(text, "hi")] == [25, 2019, 50]
    assert [hit.value for hit in find_numbers(text, "hi", skip=skip)] == [50]


@pytest.mark.parametrize(
    ("hi", "en"),
    [
        ("दस लाख लोग", "one million people"),
        ("1.61 मिलियन मामले", "16.1 lakh cases"),
        ("साढ़े तीन बजे", "at 3:30"),
        ("पौने पाँच बजे", "at quarter to five"),
        ("ढाई करोड़ पेड़", "25 million trees"),
        ("डेढ़ लाख", "150,000"),
        ("21वीं मंज़िल", "the twenty-first floor"),
        ("दो तिहाई", "two-thirds"),
        ("सवा सौ लोग", "125 people"),
        ("नौ सौ", "nine hundred"),
        ("दो बार", "twice"),
        ("15 फीसदी", "fifteen per cent"),
        ("एक आदमी", "a man"),
        ("आधा दर्जन", "six"),
    ],
)
def test_both_languages_tell_the_same(hi: str, en: str) -> None:
    assert number_values(hi, "hi") == number_values(en, "en")


BITS = st.sampled_from(
    [
        "दो",
        "लाख",
        "करोड़",
        "सौ",
        "साढ़े",
        "सवा",
        "पौने",
        "ढाई",
        "आधा",
        "तिहाई",
        "-",
        "and",
        "a",
        "half",
        "million",
        "hundred",
        "twenty",
        "one",
        "1,50,000",
        "3.5",
        "3/4",
        "0/0",
        "1/0",
        "3:30",
        "25:99",
        "%",
        "प्रतिशत",
        "वीं",
        "st",
        "½",
        "²",
        "COVID-19",
        "बजे",
        "pm",
        "अरब",
        "\n",
        "़",
        "past",
        "to",
        "quarter",
        "third",
        "10-15",
        "5-",
        ",",
    ]
)
TEXTS = st.lists(BITS, max_size=24).map(" ".join) | st.lists(BITS, max_size=16).map("".join) | st.text(max_size=60)


@given(TEXTS, st.sampled_from(LANGS))
@settings(deadline=None)
def test_hits_lie_in_order_in_the_text(text: str, lang: Lang) -> None:
    stop = 0
    for hit in find_numbers(text, lang):
        assert stop <= hit.start < hit.stop <= len(text)
        assert text[hit.start : hit.stop] == hit.text
        assert hit.value >= 0
        stop = hit.stop
    digit_values(text)


@pytest.mark.parametrize(
    "unit", ["1 1 ", "1", "1,", "1.", "1-", "दो ", "लाख ", "two and ", "twenty-", "5 से ", "half ", "½"]
)
def test_work_grows_with_the_text_alone(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = 0
    token_at = Tokens.__getitem__

    def counted(self: Tokens, index: int) -> Token:
        nonlocal made
        made += 1
        return token_at(self, index)

    monkeypatch.setattr(Tokens, "__getitem__", counted)
    work = []
    for times in (300, 600):
        made = 0
        find_numbers(unit * times, "hi")
        work.append(made)
    assert work[1] <= 2.1 * work[0] + 100


def test_a_megabyte_of_digits_is_read() -> None:
    assert find_numbers("9" * 1_000_000, "hi")[0].kind == "label"
    assert len(digit_values("1 " * 500_000)) == 1


def sides(name: str) -> list[tuple[str, str]]:
    """The rows of a table: Hindi and English."""
    lines = TABLE.with_name(name).read_text(encoding="utf-8").splitlines()[1:]
    return [(hi, en) for hi, en in (line.split("\t") for line in lines)]


def magnitudes(text: str, lang: Lang) -> list[int]:
    return [hit.magnitude for hit in find_numbers(text, lang) if hit.magnitude is not None]


@pytest.mark.parametrize(("hi", "en"), sides("equal.tsv"))
def test_faithful_numbers_are_equal(hi: str, en: str) -> None:
    assert number_values(hi, "hi") == number_values(en, "en")
    assert magnitudes(hi, "hi") == magnitudes(en, "en")


@pytest.mark.parametrize(("hi", "en"), sides("differ.tsv"))
def test_other_numbers_differ(hi: str, en: str) -> None:
    assert number_values(hi, "hi") != number_values(en, "en")
