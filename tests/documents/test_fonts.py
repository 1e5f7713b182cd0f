"""Text in legacy fonts: known by the font's name, converted where the keys are known, else refused by the name."""

import re
import unicodedata
from pathlib import Path

import docx
import pytest

from tests.documents.making import open_document, saved, word
from tithi.documents.fonts import legacy_font
from tithi.documents.krutidev import glyphs, to_unicode
from tithi.documents.office import read_docx, read_odt
from tithi.documents.page import read_page
from tithi.errors import DataError
from tithi.sample import pairs

ROWS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("krutidev.tsv").read_text(encoding="utf-8").splitlines()
]
KEYS = "xk¡o us rkykc dks xgjk fd;k vkSj dke ik¡p eghus pykA"
HINDI = "गाँव ने तालाब को गहरा किया और काम पाँच महीने चला।"
MORE_KEYS = "eNfy;k¡ ykSV vkb± vkSj cPpksa us fdukjs ij isM+ yxk,A"
MORE = "मछलियाँ लौट आईं और बच्चों ने किनारे पर पेड़ लगाए।"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Kruti Dev 010", "Kruti Dev 010"),
        ("ABCDEF+KrutiDev010", "KrutiDev010"),
        ("'DevLys 010'", "DevLys 010"),
        ("Walkman-Chanakya-905", "Walkman-Chanakya-905"),
        ("Shusha", "Shusha"),
        ("Noto Sans Devanagari", None),
        ("Mangal", None),
        ("Kruti Dev Unicode", None),
        ("Arial", None),
        ("", None),
    ],
)
def test_legacy_fonts_are_known_by_name(name: str, found: str | None) -> None:
    assert legacy_font(name) == found


@pytest.mark.parametrize(("keys", "text"), ROWS)
def test_words_are_converted(keys: str, text: str) -> None:
    assert to_unicode(keys) == text


def test_every_key_of_the_table_is_in_a_word() -> None:
    assert len(ROWS) >= 100
    assert set(glyphs()) <= {key for keys, _ in ROWS for key in keys}
    assert {chr(code) for code in range(0x21, 0x7F)} - set("0123456789") <= set(glyphs())


def test_symbols_and_corrected_quotes_are_the_same_keys() -> None:
    assert to_unicode("".join(chr(0xF000 + ord(key)) for key in "fgUnh")) == "हिन्दी"
    assert to_unicode('\uf097f"k') == "कृषि"


@pytest.mark.parametrize("keys", ["Ô", "dÓ", "™", "• ,d", "f", "d f", "Zd", "’p", "é€"])
def test_what_is_not_certain_is_not_guessed(keys: str) -> None:
    with pytest.raises(ValueError, match=r"^.$"):
        to_unicode(keys)


LETTER = "[क-ह]\u093c?"
WHOLE = {text: key for key, text in glyphs().items() if re.fullmatch(LETTER, text)}
HALF = {text[0]: key for key, text in glyphs().items() if len(text) == 2 and text[1] == "\u094d" and key < "\x7f"}
VOWELS = {
    "आ": "vk",
    "ई": "bZ",
    "ओ": "vks",
    "औ": "vkS",
    "ऐ": ",s",
    "ऑ": "v‚",
    "ऊ": "Å",
    "ो": "ks",
    "ौ": "kS",
    "\u093c": "+",
}
OTHERS = {text: key for key, text in glyphs().items() if len(text) == 1 and text not in WHOLE} | {":": "%", "ः": "%"}


def keys_of(text: str) -> str:
    """Return the keys that a typist hits for a text, plain ones alone: the other way round, written apart."""
    text = re.sub(f"((?:{LETTER}\u094d)*{LETTER})ि", "ि\\1", text)
    text = re.sub(f"र\u094d(ि?(?:{LETTER}\u094d)*{LETTER}(?:[ा-ौ])*[ँं]?)", "\\1Z", text)
    text = re.sub(f"र\u094dि((?:{LETTER}\u094d)*{LETTER}[ँं]?)", "ि\\1Z", text)
    text = re.sub("्र", "z", text)
    keys, place = "", 0
    while place < len(text):
        char, after = text[place], text[place + 1 : place + 2]
        if after == "\u094d" and char in HALF:
            keys, place = keys + HALF[char], place + 2
            continue
        if char in WHOLE or (char in HALF and "क" <= char <= "ह"):
            keys += WHOLE.get(char) or HALF[char] + "k"
        else:
            keys += "f" if char == "ि" else VOWELS.get(char) or OTHERS.get(char) or char
        place += 1
    return keys


def test_whole_articles_come_back() -> None:
    """Every Hindi line of the sample, typed in Kruti Dev, is read as it was, quotes and digits in their own form."""
    texts = [unicodedata.normalize("NFC", Path(pair.hi).read_text(encoding="utf-8")) for pair in pairs()]
    lines = {line for text in texts for line in text.splitlines()}
    lines = {line for line in lines if re.fullmatch("[\u0900-\u0965\u0970 0-9,.?!()-]+", line)}
    assert sum(map(len, lines)) > 5_000
    wrong = {line: to_unicode(keys_of(line)) for line in lines if to_unicode(keys_of(line)) != line}
    assert wrong == {}


def test_only_what_is_in_the_font_is_converted() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for text, font in [
        ("xk¡", "Kruti Dev 010"),
        ("o us", "Kruti Dev 010"),
        (" Kruti Dev 010 ", "Arial"),
        ("fd;k", "DevLys 010"),
    ]:
        paragraph.add_run(text).font.name = font
    assert read_docx(saved(document), "a.docx").text == "गाँव ने Kruti Dev 010 किया\n"
    assert "Kruti Dev" in read_docx(word("Type the letter in Kruti Dev 010 and print it."), "a.docx").text


def test_styles_name_fonts_too() -> None:
    document = docx.Document()
    base = document.styles.add_style("Hindi Base", 1)
    base.font.name = "Kruti Dev 010"
    document.styles.add_style("Hindi", 1).base_style = base
    document.add_paragraph(KEYS, style="Hindi")
    own = document.add_paragraph("", style="Hindi").add_run("Mangal")
    own.font.name = "Mangal"
    document.styles["Normal"].font.name = "DevLys 010"
    document.add_paragraph(MORE_KEYS)
    assert read_docx(saved(document), "a.docx").text == f"{HINDI}\nMangal\n{MORE}\n"


def test_texts_of_open_document_are_converted() -> None:
    inside = (
        f'<text:p text:style-name="P1">{KEYS[:2]}<text:span text:style-name="bold">{KEYS[2:]}</text:span></text:p>'
        "<text:p>Mangal</text:p>"
    )
    assert read_odt(open_document(inside, font="Kruti Dev 010"), "a.odt").text == f"{HINDI}\nMangal\n"


BOTH = f"{HINDI}\n{MORE}\n"


@pytest.mark.parametrize(
    "page",
    [
        f"<p><font face='Kruti Dev 010'>{KEYS}</font></p><p><font face='Kruti Dev 010, Mangal'>{MORE_KEYS}</font></p>",
        f"<div style=\"font-family: 'Kruti Dev 010', serif\"><p>{KEYS}</p><p>{MORE_KEYS}</p></div>",
        f"<style>.k, #x {{ font-family: 'Kruti Dev 010' }}</style><p class='a k'>{KEYS}</p><p id=x>{MORE_KEYS}</p>",
        f"<style>body {{ font: 14px/1.5 KrutiDev010 }}</style><p>{KEYS}</p><p>{MORE_KEYS}</p>",
        f"<p style='font-family:DevLys 010'>{KEYS[:4]}<b>{KEYS[4:9]}</b>{KEYS[9:]}</p><p>{MORE}</p>",
        f"<style>@font-face {{ font-family: 'Kruti Dev 010'; src: url(k.woff) }}</style><p>{HINDI}</p><p>{MORE}</p>",
        f"<style>body {{ font-family: KrutiDev010 }} p {{ font-family: Mangal }}</style><p>{HINDI}</p><p>{MORE}</p>",
    ],
)
def test_pages_are_converted(page: str) -> None:
    assert read_page(f"<html><body>{page}</body></html>".encode(), "a.html", "hi").text == BOTH


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (f"<p><font face='Chanakya'>{KEYS}</font></p>", "legacy font Chanakya"),
        (f"<p><font face='Kruti Dev 640'>{KEYS}</font></p>", "legacy font Kruti Dev 640"),
        (f"<style>div p {{ font-family: Shusha }}</style><p>{KEYS}</p>", "legacy font Shusha, in which it is not"),
        ("<p><font face='Kruti Dev 010'>xk¡o esa Ô vk;k vkSj x;k</font></p>", "with 'Ô'"),
        ("<p><font face='Kruti Dev 010'>Read the whole story here</font></p>", "Kruti Dev 010"),
    ],
)
def test_others_are_refused_by_name(page: str, said: str) -> None:
    with pytest.raises(DataError, match=re.escape(said)):
        read_page(f"<html><body>{page}</body></html>".encode(), "a.html", "hi")
