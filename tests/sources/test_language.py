"""Which language a text is in: short lines of Hindi and English are never called another, lines of others are."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tithi.records import Lang
from tithi.sources.language import NAMES, detect, is_plainly

ROWS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("languages.tsv").read_text(encoding="utf-8").splitlines()
]
OWN = [(lang, text) for lang, text in ROWS if lang in ("hi", "en")]
OTHERS = [(lang, text) for lang, text in ROWS if lang not in ("hi", "en")]


LANGUAGES = {
    "hi": [
        "यह गाँव बहुत सुंदर है और यहाँ लोग रहते हैं।",
        "मैंने Facebook पर post किया और WhatsApp पर message भेजा कि meeting कल होगी",
        "फ\u093cसल अच्छी हुई, इसलिए इस साल क\u093cीमत कम है और किसान चिंता में हैं।",
    ],
    "mr": ["हे गाव खूप सुंदर आहे आणि येथे लोक राहतात.", "मुंबईत आज मुसळधार पाऊस पडला असून अनेक भागांत पाणी साचले."],
    "ne": ["यो गाउँ धेरै राम्रो छ र यहाँ मानिसहरू बस्छन्।", "काठमाडौंमा आज ठूलो पानी परेको कारण सडकहरू बन्द भएका छन्।"],
    "sa": ["अयं ग्रामः अतीव सुन्दरः अस्ति। तत्र जनाः वसन्ति।"],
    "bho": ["ई गाँव बहुत सुन्नर बा आ इहाँ लोग रहेला।",
            "एह गाँव में पानी के बहुत दिक्कत बा, बाकिर लोग मिल के कुआँ खोदले बाड़े।"],
    "mai": ["ई गाम बहुत सुन्दर अछि आ एतय लोक रहैत छथि।"],
    "ur": ["یہ گاؤں بہت خوبصورت ہے اور یہاں لوگ رہتے ہیں اور کام کرتے ہیں"],
    "hi-Latn": ["yah gaon bahut sundar hai aur yahan log rahte hain",
                "kal humne khet mein kaam kiya tha aur ab ghar ja rahe hain"],
    "en": ["The village dug the pond deeper and the work took five months.",
           "Click here. Save the file. Open settings, choose language."],
    "fr": ["Le village a creusé l'étang et les travaux ont duré cinq mois, selon le maire qui a parlé hier."],
    "ta": ["இந்த கிராமம் மிகவும் அழகாக இருக்கிறது மற்றும் இங்கு மக்கள் வாழ்கிறார்கள்"],
}  # fmt: skip


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in LANGUAGES.items() for text in texts])
def test_languages_are_told_apart(lang: str, text: str) -> None:
    assert detect(text) == lang
    assert detect(text * 40) == lang
    assert lang in NAMES


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


@pytest.mark.parametrize("text", ["", "2019", "गाँव", "नदी किनारे बसा गाँव, मिट्टी घर, बाँस बाड़, आम बगीचा", "🙂" * 99])
def test_what_cannot_be_told_is_not_guessed(text: str) -> None:
    assert detect(text) is None


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in LANGUAGES.items() for text in texts])
def test_what_is_plainly_hindi_or_english_is_nothing_else(lang: str, text: str) -> None:
    asked: Lang
    for asked in ("hi", "en"):
        assert is_plainly(text * 40, asked) <= (lang == asked)
        half = text * 20 + " " + LANGUAGES[asked][0] * 20
        assert lang == asked or not is_plainly(half, asked)


def test_prose_is_plainly_in_its_language() -> None:
    lang: Lang
    for lang in ("hi", "en"):
        assert is_plainly(LANGUAGES[lang][0] * 40, lang)
        assert not is_plainly(LANGUAGES[lang][0], lang)  # too short to tell by stretches


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    found = detect(text)
    assert found is None or found
    assert detect(text) == found
