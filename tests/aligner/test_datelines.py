"""Datelines: what is one, what is a line like any other, and that no line is lost either way."""

import pytest

from tithi.aligner import align
from tithi.aligner.datelines import is_dateline
from tithi.corpus.rows import rows as rows_of
from tithi.records import Lang

DATELINES: list[tuple[Lang, str]] = [
    ("hi", "सियोल:"),
    ("hi", "दिल्ली:"),
    ("hi", "नई दिल्ली :"),
    ("hi", "नई  दिल्ली –"),
    ("hi", "मुंबई (भाषा):"),
    ("hi", "मॉस्को/कीव:"),
    ("hi", "लखनऊ, (एजेंसी)।-".replace("।", "")),
    ("hi", "नई दिल्ली, 5 मई (भाषा):"),
    ("hi", "पटना, ५ मई २०१९ —"),
    ("hi", "गाज़ियाबाद:"),
    ("hi", "गाज\u093cियाबाद:"),
    ("hi", "गाजियाबाद:"),
    ("hi", "भाषा, नई दिल्ली:"),
    ("hi", "श्यामनगर:"),
    ("hi", "रामगढ़ (संवाददाता) :"),
    ("en", "KANAKPUR –"),
    ("en", "SEOUL (Reuters) –"),
    ("en", "PUNE (Agency) –"),
    ("en", "New Delhi:"),
    ("en", "NEW DELHI, May 5, 2019 (PTI) -"),
    ("en", "Reuters, London:"),
    ("en", "Washington—"),
]
LINES: list[tuple[Lang, str]] = [
    ("hi", "सामग्री:"),
    ("hi", "राम:"),
    ("hi", "गाँव के नियम —"),
    ("hi", "विधि –"),
    ("hi", "प्रिय मित्रो -"),
    ("hi", "दिल्ली"),
    ("hi", "दिल्ली।"),
    ("hi", "दिल्ली के नियम:"),
    ("hi", "राम, दिल्ली:"),
    ("hi", "5 मई 2019:"),
    ("hi", "(भाषा के बारे में):"),
    ("hi", "नगर:"),
    ("hi", "भोजन के बाद:"),
    ("hi", ":"),
    ("hi", "—"),
    ("hi", "():"),
    ("hi", "दिल्ली, 5 मई, मेला:"),
    ("en", "Ingredients:"),
    ("en", "Ingredients (serves four):"),
    ("en", "Dear all –"),
    ("en", "RAM:"),
    ("en", "Delhi"),
    ("en", "Rules of Delhi:"),
    ("en", "London, Paris and Rome:"),
    ("en", "MAY:"),
    ("en", ""),
    ("en", "-" * 200),
]


@pytest.mark.parametrize(("lang", "line"), DATELINES)
def test_a_dateline_is_told_by_its_places_and_agencies(lang: Lang, line: str) -> None:
    assert is_dateline(line, lang)


@pytest.mark.parametrize(("lang", "line"), LINES)
def test_other_lines_that_end_in_a_colon_or_dash_are_none(lang: Lang, line: str) -> None:
    assert not is_dateline(line, lang)


ARTICLES = {
    "a recipe": ("सामग्री:\nदो कप आटा\nएक चम्मच नमक", "Ingredients:\nTwo cups of flour\nOne spoon of salt"),
    "rules below a title": ("मोहल्ले की बातें\nनियम —\nसब साफ़ रखें।", "Talk of the quarter\nRules\nKeep everything clean."),
    "a play": ("राम:\nतुम कब आए?\nश्याम:\nअभी।", "RAM:\nWhen did you come?\nSHYAM:\nJust now."),
    "a speech": ("देवियो और सज्जनो –\nआज का दिन बड़ा है।", "Ladies and gentlemen –\nToday is a great day."),
    "a list": ("फल:\nआम\nकेला", "Fruit:\nMango\nBanana"),
    "a report": ("नई दिल्ली:\nवर्षा हुई।", "NEW DELHI (Agency) –\nIt rained."),
    "a dated report": ("पटना, 5 मई (भाषा):\nवर्षा हुई।", "PATNA, May 5 (PTI):\nIt rained."),
}


@pytest.mark.parametrize(("hi", "en"), ARTICLES.values(), ids=ARTICLES)
def test_every_line_is_in_a_row(hi: str, en: str) -> None:
    rows = rows_of(align(hi, en))
    told = "\n".join(str(row.get(side) or "") for row in rows["segments"] for side in ("hi", "en"))
    beads = [row["translation"] for row in rows["sentences"]] + [
        {row["lang"]: row["text"]} for row in rows["unaligned"]
    ]
    sides: list[tuple[Lang, str]] = [("hi", hi), ("en", en)]
    for lang, text in sides:
        for line in text.split("\n"):
            in_a_pair = any(line in str(bead.get(lang) or "") for bead in beads)
            assert in_a_pair or (line in told and is_dateline(line, lang)), line
