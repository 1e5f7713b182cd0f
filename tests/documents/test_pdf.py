"""PDF: what a browser prints in Hindi is read as it was; wrong spelling of a font, scans, legacy fonts are refused."""

from html import escape

import pytest

from tests.browser import browser
from tithi.documents.pdf import read_pdf
from tithi.errors import DataError

STORY = (
    "तालाब की कहानी",
    "गाँव ने तालाब को गहरा किया और काम पाँच महीने चला। मछलियाँ लौट आईं और बच्चों ने किनारे पर पेड़ लगाए। विद्यार्थियों ने धार्मिक "
    "स्थिति, क्षेत्र, ज्ञान, श्रम, कार्यक्रम और हृदय के बारे में निबंध लिखे। २०१९ में १,५०,००० रुपये ख़र्च हुए, अर्थात् बहुत कम।",
    "“चिट्ठियाँ मिट्टी में मिल गईं,” प्रधानमंत्री ने कहा।",
    "The village dug the pond deeper in 2019.",
    "बीज",
    "खाद",
)


def made_pdf(*lines: str, spelling: dict[str, str] | None = None, font: str = "Helvetica") -> bytes:
    """Return a PDF of one page, written by hand; `spelling` is what its font says that its letters mean."""
    shown = " ".join(f"({line}) Tj 0 -16 Td" for line in lines)
    stream = f"BT /F1 12 Tf 72 720 Td {shown} ET"
    rows = "\n".join(
        f"<{ord(char):02X}> <{text.encode('utf-16-be').hex().upper()}>" for char, text in (spelling or {}).items()
    )
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <FF> endcodespacerange\n{len(spelling or {})} beginbfchar\n{rows}\nendbfchar\n"
        "endcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{font}{' /ToUnicode 6 0 R' if spelling else ''} >>",
        f"<< /Length {len(table)} >>\nstream\n{table}\nendstream",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode()
    entries = "".join(f"{place:010} 00000 n \n" for place in places)
    end = (
        f"xref\n0 7\n0000000000 65535 f \n{entries}trailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    )
    return data + end.encode()


def test_a_pdf_gives_its_paragraphs() -> None:
    found = read_pdf(
        made_pdf("The village dug the pond deeper, and the", "work took five months.", "Fish came back."), "a.pdf"
    )
    assert found.text == "The village dug the pond deeper, and the work took five months.\nFish came back.\n"


def test_what_a_browser_prints_in_hindi_is_read_as_it_was() -> None:
    title, *paragraphs, first, second = map(escape, STORY)
    prose = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = f"<h1>{title}</h1>{prose}<ul><li>{first}</li><li>{second}</li></ul>"
    with browser() as chromium:
        for font in ("Lohit Devanagari", "Noto Sans Devanagari", "Noto Serif Devanagari"):
            tab = chromium.new_page()
            tab.set_content(f"<html lang=hi><body style=\"font-family: '{font}'\">{page}</body></html>")
            found = read_pdf(tab.pdf(), "a.pdf")
            assert found.text.splitlines() == list(STORY), font
            tab.close()


@pytest.mark.parametrize(
    "meant",
    ["िकताब ेमज पर िकसने रखी", "गा\x00व मे पा\x00ी आया", "काा कीी गाेव मेें", "\ue012\ue013 गाव मे"],
    ids=["dangling signs", "NUL", "two signs on a letter", "private letters"],
)
def test_a_font_that_spells_wrongly_is_refused(meant: str) -> None:
    """A glyph may mean anything; what no Hindi has tells that the font says it wrongly."""
    letters = {char: chr(ord("A") + number) for number, char in enumerate(dict.fromkeys(meant.replace(" ", "")))}
    line = "".join(letters.get(char, " ") for char in meant)
    with pytest.raises(DataError, match=r"impossible marks|a scan or pictures") as error:
        read_pdf(made_pdf(*[line] * 3, spelling={letter: char for char, letter in letters.items()}), "a.pdf")
    assert "\n" not in str(error.value)


def test_a_font_that_spells_rightly_is_believed() -> None:
    meant = "गाव मे पानी आया और लोग नाचे।"
    letters = {char: chr(ord("A") + number) for number, char in enumerate(dict.fromkeys(meant.replace(" ", "")))}
    line = "".join(letters.get(char, " ") for char in meant)
    found = read_pdf(made_pdf(line, spelling={letter: char for char, letter in letters.items()}), "a.pdf")
    assert found.text == f"{meant}\n"


def test_a_pdf_in_a_legacy_font_is_refused() -> None:
    with pytest.raises(DataError, match="legacy font KrutiDev010"):
        read_pdf(made_pdf("xk¡o esa ikuh", font="KrutiDev010"), "a.pdf")


def test_a_scan_is_told() -> None:
    with pytest.raises(DataError, match="a scan or pictures alone"):
        read_pdf(made_pdf(), "a.pdf")
