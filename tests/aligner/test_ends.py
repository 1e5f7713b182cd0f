"""Articles begin and end in matter of their own, which faces the other side's and is no translation of it."""

import pytest

from tithi.aligner.alignment import align

BODY = [
    (
        "नगर निगम ने शहर की सबसे पुरानी झील की सफ़ाई सोमवार को शुरू की।",
        "The city corporation began cleaning the city's oldest lake on Monday.",
    ),
    ("इस काम पर तीन साल में चालीस करोड़ रुपये ख़र्च होंगे।", "The work will cost forty crore rupees over three years."),
    ("झील में हर दिन पाँच नालों का गंदा पानी गिरता है।", "Every day the dirty water of five drains flows into the lake."),
    (
        "मछुआरों का कहना है कि अब जाल में मछली कम और प्लास्टिक ज़्यादा आता है।",
        "The fishermen say that their nets now bring in less fish and more plastic.",
    ),
    (
        "महापौर ने कहा कि नालों पर दो संयंत्र अगले साल तक बन जाएँगे।",
        "The mayor said that two plants would be built on the drains by next year.",
    ),
    ("वैज्ञानिकों की एक टीम हर महीने पानी की जाँच करेगी।", "A team of scientists will test the water every month."),
]
ENDS = [
    (["(यह ख़बर एजेंसी की फ़ीड से ली गई है, इसे हमारी टीम ने संपादित नहीं किया है।)"], ["Comments"]),
    (
        ["(यह ख़बर एजेंसी की फ़ीड से ली गई है, इसे हमारी टीम ने संपादित नहीं किया है।)"],
        ["(Reporting by Asha Verma; editing by John Reid)", "Comments"],
    ),
    (
        ["टिप्पणियाँ"],
        ["The views in this column are those of the writer and do not reflect those of the newspaper or its owners."],
    ),
    (["यह भी पढ़ें: सोने के दाम आज फिर बढ़े", "हमें फ़ेसबुक पर फ़ॉलो करें"], ["© 2024 All rights reserved."]),
    (["टैग: झील, नगर निगम"], ["First published on June 3, 2024 at 9:15 am", "Read more"]),
    (
        ["शेयर करें"],
        ["Subscribe to our newsletter and get the best stories of the week in your mailbox every Sunday morning."],
    ),
    (["लेखक वरिष्ठ पत्रकार हैं और पर्यावरण पर लिखते हैं।"], ["Story continues below this ad"]),
]
HEADS = [
    (["एजेंसी, नई दिल्ली"], ["Listen to story"]),
    (
        ["रवि शर्मा"],
        ["Written by our correspondent in Jayantipur and updated on Tuesday evening with the mayor's answers"],
    ),
    (["ताज़ा ख़बरों के लिए हमारा ऐप डाउनलोड करें"], ["3 min read"]),
]
#: Short lines that are translations: these are pairs wherever they stand.
SHORT = [("टिप्पणियाँ", "Comments"), ("और पढ़ें", "Read more"), ("धन्यवाद!", "Thank you!"), ("हाँ।", "Yes.")]


def found(hi: list[str], en: list[str]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the pairs."""
    return [(bead.hi, bead.en) for bead in align("\n".join(hi), "\n".join(en), lines=True).pairs()]


def in_order(
    first_hi: int = 0, first_en: int = 0, count: int = len(BODY)
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return so many pairs of one sentence each."""
    return [((first_hi + k, first_hi + k + 1), (first_en + k, first_en + k + 1)) for k in range(count)]


@pytest.mark.parametrize(("hi", "en"), ENDS)
def test_what_each_article_ends_in_is_no_pair(hi: list[str], en: list[str]) -> None:
    assert found([a for a, _ in BODY] + hi, [b for _, b in BODY] + en) == in_order()


@pytest.mark.parametrize(("hi", "en"), HEADS)
def test_what_each_article_begins_in_is_no_pair(hi: list[str], en: list[str]) -> None:
    assert found(hi + [a for a, _ in BODY], en + [b for _, b in BODY]) == in_order(len(hi), len(en))


@pytest.mark.parametrize(("hi", "en"), SHORT)
def test_a_short_line_and_its_translation_are_a_pair(hi: str, en: str) -> None:
    pairs = [*BODY, (hi, en)]
    assert found([a for a, _ in pairs], [b for _, b in pairs]) == in_order(count=len(pairs))
