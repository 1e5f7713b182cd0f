"""Dates and numbers in words here and in figures there: no stretch that one side lacks, and none hides behind them."""

import csv
from pathlib import Path

import pytest

from tithi.checks.checker import check_pairs
from tithi.evidence.alike import alike_texts
from tithi.evidence.pair import read_pair
from tithi.records import Quality

_TEXT = Path(__file__).with_name("alike.tsv").read_text(encoding="utf-8")
ROWS = [tuple(row.values()) for row in csv.DictReader(_TEXT.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)]

TEXTS = [
    ("सन दो हज़ार उन्नीस में", "in 2019", ["सन", "2019", "", "", "में"], ["in", "2019"]),
    ("1947 में", "in nineteen forty-seven", ["1947", "में"], ["in", "1947", "", ""]),
    ("2019 में", "in 2019", ["2019", "में"], ["in", "2019"]),
    ("दो लोग", "two people", ["दो", "लोग"], ["two", "people"]),
    ("सन दो हज़ार उन्नीस में", "in 2017", ["सन", "दो", "हज़ार", "उन्नीस", "में"], ["in", "2017"]),
    ("पाँच सौ या पाँच सौ", "500 here", ["500", "", "या", "पाँच", "सौ"], ["500", "here"]),
    ("उसके दो बेटे हैं।", "He has 2 sons.", ["उसके", "दो", "बेटे", "हैं"], ["He", "has", "2", "sons"]),
    ("15.08.2019 को", "on 15/8/2019", ["15.08.2019", "को"], ["on", "15", "8", "2019"]),
    ("", "in 2019", [], ["in", "2019"]),
]


@pytest.mark.parametrize(("hi", "en", "hi_texts", "en_texts"), TEXTS)
def test_what_both_tell_has_the_words_of_the_shorter(
    hi: str, en: str, hi_texts: list[str], en_texts: list[str]
) -> None:
    pair = read_pair(hi, en)
    assert alike_texts(pair) == (hi_texts, en_texts)
    assert pair.hi_words.source == hi
    assert all(text for found in (pair.hi_words, pair.en_words) for text in found.texts), "the pair is as it was"


@pytest.fixture(scope="module")
def checked() -> dict[tuple[str, str], Quality]:
    texts = [(hi, en) for _, hi, en in ROWS]
    return dict(zip(texts, check_pairs(texts), strict=True))


def test_the_table_is_large() -> None:
    assert min(sum(row[0] == expected for row in ROWS) for expected in ("-", "lacks")) >= 40


@pytest.mark.parametrize(("expected", "hi", "en"), ROWS)
def test_a_stretch_is_told_where_one_is_lacking(
    expected: str, hi: str, en: str, checked: dict[tuple[str, str], Quality]
) -> None:
    quality = checked[hi, en]
    told = [issue.kind for issue in quality.issues if issue.severity != "hint"]
    if expected == "-":
        assert not told
        assert quality.quality is not None
        assert quality.quality > 0.75
    else:
        assert {"omission", "addition"} & set(told)
