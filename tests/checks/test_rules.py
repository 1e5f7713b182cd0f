"""The fidelity rules over tables of real-life cases: tests/checks/rules/KIND.tsv, the true negatives above all."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tithi.checks.checker import rule_issues
from tithi.checks.pair import read_pair
from tithi.checks.sounds import likeness, sounds_en, sounds_hi
from tithi.checks.words import fold, words

TABLES = Path(__file__).parent / "rules"
SURFACE = {"punctuation", "untranslated", "modality", "fluency"}


def cases() -> list[tuple[str, str, str, str]]:
    found = []
    for path in sorted(TABLES.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            found += [(path.stem, row["expected"], row["hi"], row["en"]) for row in rows]
    return found


@pytest.mark.parametrize(("table", "expected", "hi", "en"), cases())
def test_a_case(table: str, expected: str, hi: str, en: str) -> None:
    issues = rule_issues(read_pair(hi, en))
    kinds = {issue.kind for issue in issues}
    if expected == "-":
        assert kinds & (SURFACE if table == "surface" else {table}) == set(), [issue.message for issue in issues]
    else:
        assert expected in kinds


def test_the_tables_are_large() -> None:
    assert len(cases()) >= 200


def test_issues_show_their_place() -> None:
    hi, en = "आग में 14 मकान जले।", "The fire burnt 41 houses."
    (issue,) = rule_issues(read_pair(hi, en))
    assert issue.hi is not None
    assert issue.en is not None
    assert (hi[slice(*issue.hi)], en[slice(*issue.en)]) == ("14", "41")
    assert issue.message == "14 in the Hindi, 41 in the English"


def test_windows_keep_places_in_long_texts() -> None:
    hi = "यह एक लंबी बात है जिसमें कोई अंक नहीं आता और जो बहुत देर तक चलती रहती है " * 3 + "फिर 5 मई, 2021 आया।"
    en = "This is a long tale with no figure in it that goes on for a very long while " * 3 + "then came 6 May 2021."
    dates = [issue for issue in rule_issues(read_pair(hi, en)) if issue.kind == "date"]
    assert [(hi[slice(*i.hi or (0, 0))], en[slice(*i.en or (0, 0))]) for i in dates] == [("5 मई, 2021", "6 May 2021")]


LETTERS = st.text(st.sampled_from("अकखडढ़ंँ\u200c\u200d्ािनहीं न।?1२.,-–$₹%()\"“” \nabNoMay'’"), max_size=60)


@given(LETTERS, LETTERS)
@settings(deadline=None, max_examples=150)
def test_any_text_is_read_and_spans_lie_inside(hi: str, en: str) -> None:
    for issue in rule_issues(read_pair(hi, en)):
        for span, text in ((issue.hi, hi), (issue.en, en)):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
        assert "\n" not in issue.message or "\n" in hi + en


@given(LETTERS)
@settings(deadline=None, max_examples=100)
def test_a_text_against_itself_has_no_number_date_or_unit_issue(text: str) -> None:
    assert {issue.kind for issue in rule_issues(read_pair(text, text))} <= {
        "name",
        "negation",
        "contrast",
        "untranslated",
        "fluency",
        "modality",
    }


def test_words_and_folding() -> None:
    assert words("वह 5 दिन न आया।").keys == ["वह", "5", "दिन", "न", "आया"]
    assert fold("ख़तरा") == fold("ख\u093cतरा") == fold("\u0959तरा") == fold("खतरा")
    assert fold("हँसी") == fold("हंसी")
    assert fold("क्\u200dया") == fold("क्या")
    assert words("Don't go to U.N. by 3.5").texts == ["Don't", "go", "to", "U", "N", "by", "3.5"]
    text = "नुक़्ता  और\u200c जोड़"
    assert all(text[w.start : w.stop] == w.text for w in words(text))


SOUNDS_ALIKE = [
    ("व्लादिमीर", "vladimir"),
    ("पुतिन", "putin"),
    ("वुहान", "wuhan"),
    ("शिकागो", "chicago"),
    ("कैलिफोर्निया", "california"),
    ("फिलाडेल्फिया", "philadelphia"),
    ("जेम्स", "james"),
    ("जॉर्ज", "george"),
    ("झांग", "zhang"),
    ("श्मिट", "schmidt"),
    ("वाशिंगटन", "washington"),
    ("क्वींसलैंड", "queensland"),
]


@pytest.mark.parametrize(("hi", "en"), SOUNDS_ALIKE)
def test_names_sound_alike(hi: str, en: str) -> None:
    assert likeness(hi, en) >= 0.7


def test_names_sound_unlike() -> None:
    for hi, _ in SOUNDS_ALIKE:
        assert max(likeness(hi, en) for other, en in SOUNDS_ALIKE if other != hi) < 0.7, hi
    assert sounds_hi("व्लादिमीर") == sounds_en("Vladimir")[0].replace("i", "i")
