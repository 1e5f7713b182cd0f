"""What single readers do beyond their text: subtitles' sentences, the health of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.making import ODF, open_document, packed
from tithi.documents.extract import Line, joined
from tithi.documents.markup import read_markdown
from tithi.documents.office import read_odt
from tithi.documents.soundness import unsound_share
from tithi.documents.subtitles import read_subtitles
from tithi.errors import DataError


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("गाँव ने तालाब को गहरा किया। 2019 में काम हुआ।", True),
        ("क्\u200dष और क्\u200cष, फ\u093cसल, ऑ, ॐ, कॅ", True),
        ("The village dug the pond deeper.", True),
        ("गा\x00व ने ता\x00लाब", False),
        ("िकताब और ेमज", False),
        ("काा कीी गाेव", False),
        ("\ue012\ue013 गाँव", False),
    ],
)
def test_the_health_of_a_text(text: str, sound: bool) -> None:
    assert (unsound_share(text) <= 0.01) == sound


CUE = "{}\n00:00:{:02},000 --> 00:00:{:02},900\n{}\n\n"


@pytest.mark.parametrize(
    ("cues", "text"),
    [
        (["गाँव में", "पानी आया।"], "गाँव में पानी आया।\n"),
        (["गाँव में पानी", "आया। लोग", "खुश हुए।"], "गाँव में पानी आया। लोग खुश हुए।\n"),
        (["- कहाँ?\n- यहाँ", "हूँ मैं।"], "कहाँ?\nयहाँ हूँ मैं।\n"),
        (["<i>पहला।</i>", "{\\an8}दूसरा।"], "पहला।\nदूसरा।\n"),
        (["2019", "में काम हुआ।"], "2019 में काम हुआ।\n"),
        (["", "एक।"], "एक।\n"),
    ],
)
def test_cues_become_sentences(cues: list[str], text: str) -> None:
    made = "".join(CUE.format(number + 1, number, number, cue) for number, cue in enumerate(cues))
    assert read_subtitles(made, "a.srt").text == text
    assert read_subtitles(made.replace("\n", "\r\n"), "a.srt").text == text
    assert "-->" not in read_subtitles("WEBVTT\n\nNOTE x\n\n" + made.replace(",", "."), "a.vtt").text


@pytest.mark.parametrize(
    ("markdown", "text", "code"),
    [
        ("# शीर्षक\n\nएक\nदो", "शीर्षक\nएक दो\n", []),
        ("**यह नहीं है।**अगला वाक्य।", "यह नहीं है।अगला वाक्य।\n", []),
        ("- एक\n- दो\n  - तीन", "एक\nदो\nतीन\n", []),
        ("| क | ख |\n|---|---|\n| 1 | 2 |", "क\nख\n1\n2\n", []),
        ("`x = 1` लिखें।", "x = 1 लिखें।\n", []),
        ("[नाम](https://a.example) और ![चित्र](b.png) देखें।", "नाम और  देखें।\n", []),
        ("```\nls -l\n```\nफिर।", "ls -l\nफिर।\n", ["ls -l"]),
        ("    make demo\n\nफिर।", "    make demo\nफिर।\n".lstrip(), ["make demo"]),
        ("---\ntitle: x\n---\nफिर।", "---\ntitle: x\n---\nफिर।\n", ["---\ntitle: x\n---"]),
        ("<div>\n<b>x</b>\n</div>\n\nफिर।", "<div>\n<b>x</b>\n</div>\nफिर।\n", ["<div>\n<b>x</b>\n</div>"]),
        ("pip install --user tithi\n\nफिर।", "pip install --user tithi\nफिर।\n", ["pip install --user tithi"]),
        ("Git makes it easy to work together.", "Git makes it easy to work together.\n", []),
    ],
)
def test_markdown(markdown: str, text: str, code: list[str]) -> None:
    found = read_markdown(markdown)
    assert found.text == text
    assert [found.text[a:b] for a, b in found.code] == code


def test_deep_markdown_ends() -> None:
    assert read_markdown("> " * 5000 + "फिर।\n\nऔर।").text.endswith("और।\n")


def test_notes_and_deletions_of_a_text_are_left_out() -> None:
    note = "<text:note><text:note-body><text:p>पाद</text:p></text:note-body></text:note>"
    gone = "<text:tracked-changes><text:p>पुराना</text:p></text:tracked-changes>"
    found = read_odt(
        open_document(f"{gone}<text:p>एक{note}<text:s text:c='2'/>दो<text:line-break/>तीन</text:p>", "नाम"), "a.odt"
    )
    assert (found.text, found.title) == ("एक  दो\nतीन\n", "नाम")


def test_a_text_of_entities_is_refused() -> None:
    laugh = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9))
    namespaces = f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0"'
    content = (
        f"<!DOCTYPE x [{laugh}]><office:document-content {namespaces}><office:body><office:text>"
        "<text:p>एक &a8; दो</text:p></office:text></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.text"
    with pytest.raises(DataError, match="a damaged one"):
        read_odt(packed({"mimetype": kind, "content.xml": content.encode()}), "a.odt")


@given(st.lists(st.tuples(st.text(st.characters(exclude_characters="\n\r"), max_size=9), st.booleans()), max_size=20))
def test_joined_lines_keep_every_character_and_mark_all_code(given_lines: list[tuple[str, bool]]) -> None:
    text, code = joined([Line(*line) for line in given_lines])
    assert text == "".join(f"{line}\n" for line, _ in given_lines)
    offset = 0
    for line, is_code in given_lines:
        inside = any(start <= offset and offset + len(line) <= stop for start, stop in code)
        assert inside == is_code or not line
        offset += len(line) + 1
