"""Segments: what starts one, what is a heading, and that every character has its place."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.aligner.unseen import seen
from tithi.aligner.segments import Cut, cut_article, cut_lines, date_line
from tithi.records import Article, Lang, Source

Shown = list[tuple[str | None, str | None, list[str]]]


def article(lang: Lang, text: str) -> Article:
    return Article(lang, text, Source("memory"))


def show(cut: Cut) -> Shown:
    """Return date, heading and sentences of each segment."""
    document = cut.document
    return [
        (
            segment.date,
            document.article.text[slice(*segment.heading)] if segment.heading else None,
            [sentence.text for sentence in document.sentences[slice(*segment.sentences)]],
        )
        for segment in document.segments
    ]


CASES: list[tuple[str, Lang, str, Shown]] = [
    (
        "headings, a range and a month; the title is the undated preamble",
        "hi",
        "मेले की कहानी\n16-17 मई, 2024\nमेला लगा। सब आए।\nजुलाई, 2000\nपुल बना।",
        [
            (None, None, ["मेले की कहानी"]),
            ("2024-05-16/2024-05-17", "16-17 मई, 2024", ["मेला लगा।", "सब आए।"]),
            ("2000-07", "जुलाई, 2000", ["पुल बना।"]),
        ],
    ),
    (
        "a date that opens a paragraph stays in its sentence",
        "hi",
        "5 मई 2019 को मेला लगा। सब आए।\n6 मई 2019: पुल बना।",
        [
            ("2019-05-05", None, ["5 मई 2019 को मेला लगा।", "सब आए।"]),
            ("2019-05-06", None, ["6 मई 2019: पुल बना।"]),
        ],
    ),
    (
        "English openers, with and without a preposition",
        "en",
        "On May 5, 2019 we met.\nMay 16-17, 2024: They met.\nOct. 14, 2006 – Dec. 22, 2017\nRain fell.",
        [
            ("2019-05-05", None, ["On May 5, 2019 we met."]),
            ("2024-05-16/2024-05-17", None, ["May 16-17, 2024: They met."]),
            ("2006-10-14/2017-12-22", "Oct. 14, 2006 – Dec. 22, 2017", ["Rain fell."]),
        ],
    ),
    (
        "nukta composed and decomposed, month first, Devanagari digits",
        "hi",
        "\u095eरवरी 24, 2022\nएक।\nफ\u093cरवरी 2020\nदो।\n१४ अक्टूबर, २००६ – २२ दिसंबर, २०१७\nतीन।",
        [
            ("2022-02-24", "\u095eरवरी 24, 2022", ["एक।"]),
            ("2020-02", "फ\u093cरवरी 2020", ["दो।"]),
            ("2006-10-14/2017-12-22", "१४ अक्टूबर, २००६ – २२ दिसंबर, २०१७", ["तीन।"]),
        ],
    ),
    (
        "a year alone starts a segment as a heading or before a colon or dash, not in a story",
        "en",
        "In 2018 we met.\n2019\nRain.\n2020: Snow.\n2021 – Sun.\n2022 was dry.",
        [
            (None, None, ["In 2018 we met."]),
            ("2019", "2019", ["Rain."]),
            ("2020", None, ["2020: Snow."]),
            ("2021", None, ["2021 – Sun.", "2022 was dry."]),
        ],
    ),
    (
        "relative dates, ages and the march start none",
        "hi",
        "मंगलवार को सभा हुई।\nकल वर्षा होगी।\n19-20 वर्ष के युवा आए।\nमार्च निकाला गया।\n2019 में बाढ़ आई।",
        [
            (
                None,
                None,
                [
                    "मंगलवार को सभा हुई।",
                    "कल वर्षा होगी।",
                    "19-20 वर्ष के युवा आए।",
                    "मार्च निकाला गया।",
                    "2019 में बाढ़ आई।",
                ],
            )
        ],
    ),
    ("nor do may and march in English", "en", "May he win.\nMarch on.", [(None, None, ["May he win.", "March on."])]),
    (
        "a dateline on a line of its own is the preamble's heading",
        "hi",
        "दिल्ली:\nपहला वाक्य।\n2019\nदूसरा वाक्य।",
        [(None, "दिल्ली:", ["पहला वाक्य।"]), ("2019", "2019", ["दूसरा वाक्य।"])],
    ),
    (
        "also below the title, with an agency",
        "en",
        "The title\nPUNE (Agency) –\nFirst.",
        [(None, "PUNE (Agency) –", ["The title", "First."])],
    ),
    (
        "a dateline in front of a sentence is part of it",
        "hi",
        "नई दिल्ली: पहला वाक्य।",
        [(None, None, ["नई दिल्ली: पहला वाक्य।"])],
    ),
    (
        "headings without text, blank lines, CRLF",
        "en",
        "  2019  \r\n\r\n2020\r\nIt snowed.\r\n\r\n",
        [("2019", "2019", []), ("2020", "2020", ["It snowed."])],
    ),
    ("a heading alone", "en", "2019", [("2019", "2019", [])]),
    ("nothing", "hi", "", [(None, None, [])]),
    ("blanks", "hi", " \n\u2028 ", [(None, None, [])]),
    ("one character", "hi", "क", [(None, None, ["क"])]),
]


@pytest.mark.parametrize(("lang", "text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_cut_article(lang: Lang, text: str, expected: Shown) -> None:
    assert show(cut_article(article(lang, text))) == expected


def test_spans_say_what_the_dates_mean() -> None:
    cut = cut_article(article("hi", "शीर्षक\nफरवरी 2020\nएक।"))
    assert cut.spans[0] is None
    assert cut.spans[1] is not None
    assert (str(cut.spans[1].start), str(cut.spans[1].end)) == ("2020-02-01", "2020-02-29")


DATED = ["2019", "May 5, 2019", "On May 5, 2019 we met. Rain fell.", "16-17 मई, 2024", "जुलाई, 2000: पुल बना। ", "२०१९"]
OTHER = [
    "",
    "  ",
    "दिल्ली:",
    "PUNE (Agency) –",
    "It rained. It snowed.",
    "वर्षा हुई। धूप निकली.",
    "\x00",
    "\u200d",
    "In 2019",
]
LINES = st.sampled_from(DATED + OTHER)
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\u2028", "\n\n"])
TEXTS = st.lists(st.tuples(LINES, ENDS), max_size=12).map(lambda parts: "".join(map("".join, parts)))


@given(TEXTS | st.text(max_size=40), st.sampled_from(["hi", "en"]))
def test_every_character_lies_in_one_sentence_heading_or_gap(text: str, lang: Lang) -> None:
    document = cut_article(article(lang, text)).document
    segments = document.segments
    assert (segments[0].start, segments[-1].stop) == (0, len(text))
    assert all(a.stop == b.start and a.sentences[1] == b.sentences[0] for a, b in pairwise(segments))
    assert (segments[0].sentences[0], segments[-1].sentences[1]) == (0, len(document.sentences))
    pieces = [segment.heading for segment in segments if segment.heading]
    for segment in segments:
        for sentence in document.sentences[slice(*segment.sentences)]:
            assert segment.start <= sentence.start < sentence.stop <= segment.stop
            assert sentence.text == text[sentence.start : sentence.stop]
            pieces.append((sentence.start, sentence.stop))
    end = 0
    for start, stop in sorted(pieces):
        assert end <= start
        assert not seen(text[end:start])
        end = stop
    assert not seen(text[end:])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("एक\nदो", ["एक", "दो"]),
        ("one\n\ntwo\n", ["one", "", "two"]),
        ("one\r\n\r\ntwo\r\n", ["one", "", "two"]),
        ("one\n\n", ["one", ""]),
        ("\n\n", ["", ""]),
        (" one. Two. \n", [" one. Two. "]),
        ("one\u2028two\x0cthree\rfour\n", ["one\u2028two\x0cthree\rfour"]),
        ("", []),
        ("2019\n2020\nx", ["2019", "2020", "x"]),
    ],
)
def test_cut_lines_keeps_line_k_as_sentence_k(text: str, lines: list[str]) -> None:
    document = cut_lines(article("en", text)).document
    assert [sentence.text for sentence in document.sentences] == lines
    assert all(text[sentence.start : sentence.stop] == sentence.text for sentence in document.sentences)
    assert [k for segment in document.segments for k in range(*segment.sentences)] == list(range(len(lines)))
    assert all(segment.heading is None for segment in document.segments)


def test_cut_lines_starts_segments_at_lines_that_open_with_a_date() -> None:
    cut = cut_lines(article("hi", "शीर्षक\n5 मई 2019 को मेला लगा।\n\n6 मई 2019\nपुल बना।\n"))
    assert show(cut) == [
        (None, None, ["शीर्षक"]),
        ("2019-05-05", None, ["5 मई 2019 को मेला लगा।", ""]),
        ("2019-05-06", None, ["6 मई 2019", "पुल बना।"]),
    ]


@given(st.lists(LINES, max_size=12))
def test_cut_lines_gives_back_the_lines(lines: list[str]) -> None:
    document = cut_lines(article("en", "".join(f"{line}\n" for line in lines))).document
    assert [sentence.text for sentence in document.sentences] == lines
    assert [k for segment in document.segments for k in range(*segment.sentences)] == list(range(len(lines)))


@pytest.mark.parametrize(
    ("lang", "lines", "day"),
    [
        ("en", ["The title", "May 5, 2019", "Text."], "2019-05-05"),
        ("hi", ["शीर्षक", "", "5 मई 2019", "पाठ।"], "2019-05-05"),
        ("en", ["May 2019", "Text."], None),
        ("en", ["May 5, 2019 was hot."], None),
        ("en", ["a", "b", "c", "d", "e", "May 5, 2019"], None),
        ("hi", [], None),
    ],
)
def test_date_line(lang: Lang, lines: list[str], day: str | None) -> None:
    found = date_line(lines, lang)
    assert (found and found.isoformat()) == day
