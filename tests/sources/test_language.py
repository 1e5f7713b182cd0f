"""Which language a text is in: short lines of Hindi and English are never called another, lines of others are."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tithi.sources.language import NAMES, detect

ROWS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("languages.tsv").read_text(encoding="utf-8").splitlines()
]
OWN = [(lang, text) for lang, text in ROWS if lang in ("hi", "en")]
OTHERS = [(lang, text) for lang, text in ROWS if lang not in ("hi", "en")]


@pytest.mark.parametrize(("lang", "text"), OWN)
def test_a_short_line_is_not_called_another_language(lang: str, text: str) -> None:
    assert detect(text) in (lang, None)


@pytest.mark.parametrize(("lang", "text"), OTHERS)
def test_other_languages_are_told_from_one_sentence(lang: str, text: str) -> None:
    assert detect(text) == lang
    assert lang in NAMES


@pytest.mark.parametrize("lang", sorted({lang for lang, _ in OTHERS}))
def test_a_whole_text_is_told(lang: str) -> None:
    text = "\n".join(text for own, text in ROWS if own == lang)
    assert detect(text * 3) == lang


@pytest.mark.parametrize("lang", sorted({lang for lang, _ in OTHERS} - {"hi-Latn"}))
def test_a_sentence_quoted_in_hindi_makes_it_no_other_language(lang: str) -> None:
    quoted = next(text for own, text in OTHERS if own == lang)
    hindi = "मंच पर आए मेहमान ने अपनी बात इस पंक्ति से शुरू की और फिर हिंदी में बोले कि वे यहाँ आकर बहुत खुश हैं और हर साल आएँगे।"
    assert detect(f"{hindi} {quoted}") in ("hi", None)


def test_languages_that_no_table_knows_are_told_from_long_texts_alone() -> None:
    welsh = (
        "Mae'r ysgol yn y pentref wedi ailagor y mis hwn ar ôl y gwaith. Roedd y plant yn hapus iawn i weld eu "
        "ffrindiau eto, ac roedd yr athrawon wedi paratoi gwersi newydd. Bydd y bont newydd yn barod y flwyddyn nesaf, "
        "ac mae pawb yn y pentref yn edrych ymlaen at y diwrnod hwnnw."
    )
    assert detect(welsh) == "cy"
    assert detect("Mae'r ysgol yn y pentref wedi ailagor.") is None


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    found = detect(text)
    assert found is None or found
    assert detect(text) == found
