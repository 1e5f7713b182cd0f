"""Sentences: a table of Hindi and English cases, every character once, and hostile lines in linear work."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.aligner.unseen import seen
from tithi.aligner import align
from tithi.aligner.faces import PICTURES
from tithi.aligner.paragraphs import BLANK
from tithi.aligner.sentences import sentences, split_paragraphs, split_sentences
from tithi.records import Lang

# Sentences are written one after the other with ⏎ between them; the input is the same with one blank instead.
HINDI = [
    "डॉ. राव आए।⏎वे 2.5 कि.मी. चले।",
    "पं. नेहरू बोले।⏎श्री. राम उठे।",
    "ए. पी. जे. अब्दुल कलाम आए।⏎सब उठे।",
    "बी.जे.पी. ने कहा।⏎कांग्रेस चुप रही।",
    "कंपनी प्रा. लि. है।⏎वह बड़ी है।",
    "यह सच है.⏎वह गया.⏎सब चुप रहे.",
    "भवन 2019 में बना.⏎2020 में सड़क बनी.",
    "सुबह 10.30 बजे आए।⏎फिर गए।",
    "क़ीमत रु. 500 है।⏎ठीक है।",
    "राम आया |⏎श्याम गया |",
    "श्लोक पूरा॥⏎अगला श्लोक॥",
    "“वह आएगा।”⏎उसने कहा।",
    "उन्होंने कहा, ‘मैं आऊँगा।’⏎फिर वे गए।",
    "(बारिश हुई।)⏎लोग घर गए।",
    "“क्या तुम आओगे?” उसने पूछा।",
    "“सच?”⏎“हाँ।”",
    "वाह!!⏎क्या बात है?!⏎सच…",
    "रुको... वह आ रहा है।⏎अच्छा।",
    "पहला वाक्य।[1]⏎दूसरा वाक्य।[23]⏎तीसरा",
    "1. पहला काम।⏎2. दूसरा काम।",
    "१. पहला काम।⏎२. दूसरा काम।",
    "उसने WhatsApp पर message भेजा.⏎फिर call किया.",
    "Facebook ने कहा कि U.S. में काम रुका।⏎फिर शुरू हुआ।",
    "क\u200d्षण बीता।⏎त्र\u200cास गया।",
    "फ\u093cैसला हुआ।⏎\u095eैसला टला।",
    "राम",
    "।",
    "। राम आया।",
]
ENGLISH = [
    "Dr. Rao came.⏎He walked 2.5 km.",
    "Mr. and Mrs. Das met Gen. V.K. Singh.⏎Lt. Col. Rao left.",
    "J. R. Rao wrote it.⏎P. Das read it.",
    "The U.S. said no.⏎The U.N. agreed.",
    "He lives in the U.S.⏎He is five.",
    "He is from Washington D.C.⏎She is not.",
    "He paid Rs. 500 on Oct. 5.⏎Then he left.",
    "It is 10 a.m. Monday now.⏎It is 5 p.m.⏎They left.",
    "No. 5 won.⏎The No. 1 lost.",
    "Acme Inc. said so.⏎They work at Acme Inc.⏎The end.",
    "Mt. Abu is high.⏎St. John played vs. Tom.",
    "Ph.D. students met.⏎He has a Ph.D.⏎She too.",
    "The page www.example.com is up.⏎Try, e.g. Pune, i.e. there.⏎Fine.",
    "Version 3.2.1 is out.⏎It cost $3.5 million.",
    "“Come here.”⏎She came.",
    "He said “no.”⏎Then he left.",
    "He said: ‘It rained.’⏎We left.",
    '"Why?" he asked.⏎"No!" said Tom.',
    "Really?!⏎Yes.",
    "(It rained.)⏎We left (See Fig. 3.)⏎Next.",
    "Wait...⏎He came.⏎Well… then no.",
    "A fact.[1]⏎Another fact.[12]⏎End",
    "1. First item.⏎2. Second item.",
    "So do I.⏎They left.",
    "He wrote कल आऊँगा।⏎Then he came.",
    "x",
    ".",
]


@pytest.mark.parametrize(("lang", "joined"), [("hi", case) for case in HINDI] + [("en", case) for case in ENGLISH])
def test_cases(lang: Lang, joined: str) -> None:
    text = joined.replace("⏎", " ")
    assert [text[start:stop] for start, stop in split_sentences(text, lang)] == joined.split("⏎")


def table() -> list[tuple[str, str, str]]:
    """The rows of sentences.tsv: kind, language, sentences."""
    lines = (Path(__file__).parent / "sentences.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [(kind, lang, marked) for kind, lang, marked in (line.split("\t") for line in lines)]


@pytest.mark.parametrize(("kind", "lang", "marked"), table())
def test_kinds(kind: str, lang: Lang, marked: str) -> None:
    text = marked.replace("⏎", " ").replace("‖", "").replace("¶", "\n").replace("¬", "\n")
    expected = re.split("[⏎‖¶]", marked.replace("¬", "\n"))
    assert [text[start:stop] for start, stop in split_sentences(text, lang)] == expected, kind


@pytest.mark.parametrize(
    ("lang", "text", "sentences"),
    [
        ("hi", "", []),
        ("en", " \t\r\n\u2028 ", []),
        ("hi", "राम आया।श्याम गया।", ["राम आया।", "श्याम गया।"]),  # a danda needs no blank behind it
        ("hi", "एक\r\nदो\rतीन\u2029चार", ["एक", "दो", "तीन", "चार"]),
        ("en", "one\r\n\r\n  two. \n", ["one", "two."]),
        ("en", "He\x00 came.\x00 She left.", ["He\x00 came.\x00 She left."]),  # a NUL is a character like others
        ("en", "\u200fHe came. \u200eShe left.", ["\u200fHe came.", "\u200eShe left."]),
        ("en", "home | sport | news", ["home | sport | news"]),  # the bar is a danda in Hindi alone
        ("en", "Is it?No", ["Is it?No"]),
        ("hi", "राम आया।\u00a0श्याम गया।", ["राम आया।", "श्याम गया।"]),
    ],
)
def test_blanks_and_line_ends(lang: Lang, text: str, sentences: list[str]) -> None:
    assert [text[start:stop] for start, stop in split_sentences(text, lang)] == sentences


def test_a_range_of_the_text_gives_offsets_in_the_whole() -> None:
    text = "पहला। दूसरा। तीसरा।"
    assert split_sentences(text, "hi", 6, 12) == [(6, 12)]
    assert split_sentences(text, "hi") == [(0, 5), (6, 12), (13, 19)]


def test_paragraphs_are_the_lines_that_are_not_blank() -> None:
    assert split_paragraphs("पहला।\r\n\r\n  दूसरा। \u2028x") == [(0, 5), (11, 17), (19, 20)]
    assert split_paragraphs("") == []


MARKS = st.sampled_from(list('।॥.…?!|”“")([]5५च \n\r\u2028\u00a0\u200d\x00'))
WORDS = st.sampled_from(["..", "[1]", "राम", "डॉ", "ए", "U", "U.S", "Mr", "he", "The", "2.5", "a.m", "No"])
PIECES = MARKS | WORDS


@settings(suppress_health_check=[HealthCheck.too_slow])  # on a busy machine drawing the text takes long
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60), st.sampled_from(["hi", "en"]))
def test_every_character_that_is_not_blank_lies_in_one_sentence(text: str, lang: Lang) -> None:
    spans = split_sentences(text, lang)
    end = 0
    for start, stop in spans:
        assert end <= start < stop
        assert not seen(text[end:start])
        assert text[start:stop] == text[start:stop].strip()
        end = stop
    assert not seen(text[end:])


@given(st.lists(PIECES, max_size=20).map("".join), st.sampled_from(["hi", "en"]))
def test_lines_are_split_on_their_own(line: str, lang: Lang) -> None:
    assume(not line.lstrip("\u200d\x00").strip().startswith(("।", "॥")))  # such a danda closes the line before
    text = f"राम आया।\n{line}\nHe left."
    inner = [(start - 9, stop - 9) for start, stop in split_sentences(text, lang) if 9 <= start < 9 + len(line)]
    assert inner == split_sentences(line, lang)


@pytest.mark.parametrize(
    "unit",
    [".…", ".", "a!(", "a.“", "?‘", "(", "a. ", "U.S.", "[1]", "a.[", "क|", "| ", "। (", "!…a", 'a."', "a.\r", " "],
)
@pytest.mark.parametrize("lang", ["hi", "en"])
def test_hostile_lines_end(unit: str, lang: Lang) -> None:
    # Linear work is a moment; quadratic work on 120 kB is minutes for each case, which no one overlooks.
    text = unit * (120_000 // len(unit)) + "राम"
    covered = "".join(text[start:stop] for start, stop in split_sentences(text, lang))
    assert (covered.count("र"), len("".join(covered.split()))) == (1, len("".join(text.split())))


WRAPPED = [
    (
        "hi",
        "पहाड़ों के बीच बसा यह छोटा गाँव बरसों से पानी की कमी से जूझ रहा है और",
        "लोग हर सुबह मीलों चलकर नदी से पानी भरकर लाते हैं, जिससे बच्चों की भी",
    ),
    (
        "en",
        "The small village between the hills has lacked water for many years and",
        "its people walk for miles each morning to fetch it from the river, so its",
    ),
]


@pytest.mark.parametrize(("lang", "first", "second"), WRAPPED)
def test_hard_wrapped_lines_are_joined_unless_the_lines_are_kept(lang: Lang, first: str, second: str) -> None:
    text = "\n".join([first, second] * 3)
    assert len(split_sentences(text, lang)) == 1
    assert [text[start:stop] for start, stop in split_sentences(text, lang, keep_lines=True)] == text.split("\n")
    assert len(sentences(text, lang)) == 1
    assert len(sentences(text, lang, keep_lines=True)) == len(text.split("\n"))


def test_an_alignment_keeps_the_lines_that_it_is_told_to_keep() -> None:
    hi, en = ("\n".join([first, second] * 3) for _, first, second in WRAPPED)
    for told, count in ((False, 1), (True, 6)):
        alignment = align(hi, en, keep_lines=told)
        assert (len(alignment.hi.sentences), len(alignment.en.sentences)) == (count, count)


def careful(text: str, lang: Lang) -> list[tuple[int, int]]:
    """Cut a text with every mark looked at by all the rules, none by the short look."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tithi.aligner.sentences._MARK", re.compile(f"[।॥|.!?…{PICTURES}]"))
        return split_sentences(text, lang)


@pytest.mark.parametrize(("kind", "lang", "marked"), table())
def test_the_short_look_cuts_as_the_rules_do(kind: str, lang: Lang, marked: str) -> None:
    text = re.sub("[⏎‖¶¬]", " ", marked)
    assert split_sentences(text, lang) == careful(text, lang), kind


NEAR = st.sampled_from(
    ["है", "गया", "राम", "डॉ", "ii", "Mr", "He", "left", "Yahoo", "OMG", "5", "के", "The", "\u200b", "॥", "😂", "❤️"]
)
JOINTS = st.sampled_from(
    [*".।?!|…॥", ". ", "। ", "? ", "! ", '."', ".” ", "।' ", '।" ', ".) ", " . ", ": ", " ", "`", "। (1)", "&quot;"]
)


@given(st.lists(NEAR | JOINTS, max_size=30).map("".join), st.sampled_from(["hi", "en"]))
def test_the_short_look_cuts_any_text_as_the_rules_do(text: str, lang: Lang) -> None:
    assert split_sentences(text, lang) == careful(text, lang)


def test_every_blank_is_trimmed() -> None:
    blanks = {chr(code) for code in range(0x110000) if chr(code).isspace()}
    assert blanks | set("\u00ad\u200b\u2060\ufeff") == BLANK
