import contextlib
import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tithi.documents.decoding import decode
from tithi.errors import DataError
from tithi.records import Article, Lang, Source
from tithi.sources.article import read_article, read_lines

HINDI = "गाँव ने तालाब को गहरा किया।\nकाम पाँच महीने चला।\n"
ENGLISH = "The village dug the pond deeper.\nIt took five months.\n"
TEXT: dict[Lang, str] = {"hi": HINDI, "en": ENGLISH}


def put(folder: Path, data: bytes | str) -> Path:
    path = folder / "a.txt"
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


@pytest.mark.parametrize(
    "text",
    [
        HINDI,
        HINDI.replace("\n", "\r\n"),
        "\u095eरवरी में \u095bमीन",
        "फ\u093cरवरी में ज\u093cमीन",
        "क्\u200dष और क्\u200cष की बात",
        "\u202bउलटा\u202c और सीधा पाठ",
        "घंटी \x07 बजी और \x1b[1m लिखा गया",
        "पहला पन्ना\x0cदूसरा पन्ना\u2028तीसरी पंक्ति",
        "बीच में \ufeff निशान रहा",
    ],
)
def test_text_is_kept_character_for_character(tmp_path: Path, text: str) -> None:
    path = put(tmp_path, text)
    assert read_article(path, "hi") == Article("hi", text, Source(str(path)))


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    assert read_article(put(tmp_path, b"\xef\xbb\xbf" + HINDI.encode()), "hi").text == HINDI


def test_the_source_is_kept(tmp_path: Path) -> None:
    source = Source("x", title="तालाब")
    assert read_article(put(tmp_path, HINDI), "hi", source).source is source


@pytest.mark.parametrize(
    ("data", "lang", "line", "said"),
    [
        (b"", "hi", 1, "an empty file"),
        (b"\xef\xbb\xbf", "hi", 1, "an empty file"),
        (" \n\t\u3000\u200b\n\xa0", "hi", 1, "blanks only"),
        (HINDI.encode() + b"\xff", "hi", 3, f"0xFF at byte offset {len(HINDI.encode())}"),
        (HINDI.encode()[:-2], "hi", 2, "unexpected end of data"),
        (b"caf\xe9 is open in the village", "en", 1, "0xE9 at byte offset 3"),
        (b"\xed\xa0\x80 half of a pair", "en", 1, "0xED"),
        (b"One line.\nTwo\x00 lines are here.", "en", 2, "a NUL"),
        (HINDI.encode("utf-16"), "hi", 1, "UTF-16"),
        (HINDI.encode("utf-16-le"), "hi", 1, "UTF-16"),
        (HINDI.encode("utf-16-be"), "hi", 1, "UTF-16"),
        (ENGLISH.encode("utf-16-le"), "en", 1, "UTF-16"),
        (ENGLISH.encode("utf-32"), "en", 1, "UTF-32"),
        (HINDI.encode("utf-32-be"), "hi", 1, "UTF-32"),
        (ENGLISH, "hi", 1, "must be Hindi; got English with 0% Devanagari letters; check that the two are not swapped"),
        (HINDI, "en", 1, "must be English; got Hindi with 100% Devanagari"),
        ("2019\n\n" + HINDI, "en", 3, "must be English"),
        ("The pond\n<div><p>is deeper<br/>now</p></div>\n", "en", 2, "got HTML"),
    ],
)
def test_bad_files_are_named_with_their_line(
    tmp_path: Path, data: bytes | str, lang: Lang, line: int, said: str
) -> None:
    path = put(tmp_path, data)
    with pytest.raises(DataError) as caught:
        read_article(path, lang)
    message = str(caught.value)
    assert message.startswith(f"{path}:{line}: ")
    assert said in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("मैंने Facebook पर post किया और WhatsApp पर video share किया।", "hi"),
        ("कंपनी ने Android 14 update जारी किया", "hi"),
        ("The song तालाब की कहानी was sung in the village school for two years.", "en"),
        ("2019: 5 < 6 और 7 > 3 है, यह सब जानते हैं", "hi"),
        ("Press <Enter> to go on, then look at a < b and c > d.", "en"),
        ("BBC", "hi"),
        ("१२३", "en"),
        ("।", "en"),
        ("é", "hi"),
    ],
)
def test_code_mixed_and_tiny_texts_pass(tmp_path: Path, text: str, lang: Lang) -> None:
    assert read_article(put(tmp_path, text), lang).text == text


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.txt: no such file"):
        read_article(tmp_path / "none.txt", "hi")


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="got a folder"):
        read_article(tmp_path, "hi")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_unreadable_file(tmp_path: Path) -> None:
    path = put(tmp_path, HINDI)
    path.chmod(0)
    with pytest.raises(DataError, match="cannot be read; got Permission denied"):
        read_article(path, "hi")


@pytest.mark.parametrize("name", ["a\x00b", "a" * 5000])
def test_impossible_names(name: str) -> None:
    with pytest.raises(DataError, match=r"cannot be read") as caught:
        read_article(name, "hi")
    assert "\x00" not in str(caught.value)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs an endless device")
def test_an_endless_file_is_too_large() -> None:
    with pytest.raises(DataError, match="at most 64 MiB"):
        read_article("/dev/zero", "hi")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(HINDI.encode())))
    assert read_article("-", "hi").text == HINDI
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    with pytest.raises(DataError, match="<stdin>:1: "):
        read_article("-", "hi")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("एक वाक्य।\nदो वाक्य।", ["एक वाक्य।", "दो वाक्य।"]),
        ("एक वाक्य।\n\nदो वाक्य।\n", ["एक वाक्य।", "", "दो वाक्य।"]),
        ("\r\nएक वाक्य।\r\n\r\n", ["", "एक वाक्य।", ""]),
        (
            " एक\x0bदो\x0cतीन\x1cचार\x85पाँच\u2028छह\u2029सात \nआठ\rनौ\n",
            [" एक\x0bदो\x0cतीन\x1cचार\x85पाँच\u2028छह\u2029सात ", "आठ\rनौ"],
        ),
        ("<b>नया</b> <i>और</i> <a href='x'>पुराना</a> काम\n", ["<b>नया</b> <i>और</i> <a href='x'>पुराना</a> काम"]),
    ],
)
def test_lines_end_at_line_feeds_alone(tmp_path: Path, text: str, lines: list[str]) -> None:
    assert read_lines(put(tmp_path, text), "hi") == lines


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xff", ENGLISH.encode(), HINDI.encode("utf-16")])
def test_lines_are_checked_as_articles_are(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(DataError, match=r"a\.txt:1: "):
        read_lines(put(tmp_path, data), "hi")


@given(st.binary(max_size=200))
def test_decode_gives_the_text_or_a_data_error(data: bytes) -> None:
    text = None
    with contextlib.suppress(DataError):
        text = decode(data, "x")
    assert text is None or text.encode("utf-8") == data.removeprefix(b"\xef\xbb\xbf")


@pytest.mark.parametrize("text", ["<a " * 200_000, "<!--" * 200_000, "<!-- -" * 100_000, " " * 500_000])
def test_hostile_text_is_read_in_linear_time(tmp_path: Path, text: str) -> None:
    whole = text + "\n" + ENGLISH
    assert read_lines(put(tmp_path, whole), "en") == whole.splitlines()
    assert read_article(tmp_path / "a.txt", "en").text == whole
