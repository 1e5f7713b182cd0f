"""How an alignment shows itself: one line, rows, side by side, a table."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcswidth

import tithi
from tests.village import english, hindi
from tithi.records import Alignment, Article, Bead, Document, Lang, Range, Segment, SegmentLink, Sentence, Source
from tithi.render import harmless, side_by_side

LANGS: tuple[Lang, Lang] = ("hi", "en")


def aligned(*beads: tuple[str, str, str | None], name: str = "pair") -> Alignment:
    """Return an alignment of made beads: Hindi, English, date; an empty side makes a null."""
    documents: list[Document] = []
    ranges: list[list[Range]] = []
    for lang in LANGS:
        sentences: list[Sentence] = []
        text = ""
        ranges.append([])
        for bead in beads:
            first = len(sentences)
            said = bead[0] if lang == "hi" else bead[1]
            if said:
                sentences.append(Sentence(len(text), len(text) + len(said), said))
                text += said + "\n"
            ranges[-1].append((first, len(sentences)))
        segment = Segment(0, len(text), None, None, (0, len(sentences)))
        documents.append(Document(Article(lang, text, Source("")), (segment,), tuple(sentences)))
    made = [
        Bead(hi, en, 0.9, date, 0, None if hi[0] < hi[1] and en[0] < en[1] else "score below 0.95")
        for hi, en, (_, _, date) in zip(*ranges, beads, strict=True)
    ]
    return Alignment(name, documents[0], documents[1], (SegmentLink((0,), (0,), "position"),), tuple(made))


FAIR = aligned(
    ("गाँव के मेले में क्षत्रिय और श्रीमान् शक्\u200dति आए।", "The gentry came to the village fair.", "2018-03-05"),
    ("वर्षा हुई।", "", None),
    ("", "An unbelievably long-winded speech followed.", "2006-10-14/2017-12-22"),
)
#: Column 1 is 18 cells wide, a sign above or below a letter and a joiner none; `शक्‍ति` holds a ZWJ.
NARROW = """\
Alignment 'pair': 2 + 2 sentences, 1
pairs, 2 nulls, 1 + 1 segments
── 1-1 · 0.90 · 2018-03-05 ─────────────
गाँव के मेले में क्षत्रिय   │ The gentry came to
और श्रीमान् शक्‍ति आए।   │ the village fair.
── 1-0 · 0.90 · score below 0.95 ───────
वर्षा हुई।            │ (no English)
── 0-1 · 0.90 · 2006-10-14/2017-12-22 ·
score below 0.95
(no Hindi)         │ An unbelievably
                   │ long-winded speech
                   │ followed."""
WIDE = """\
Alignment 'pair': 2 + 2 sentences, 1 pairs, 2 nulls, 1 + 1 segments
── 1-1 · 0.90 · 2018-03-05 ─────────────────────────────────────────────
गाँव के मेले में क्षत्रिय और श्रीमान् शक्\u200dति आए।  │ The gentry came to the village
                                   │ fair.
── 1-0 · 0.90 · score below 0.95 ───────────────────────────────────────
वर्षा हुई।                            │ (no English)
── 0-1 · 0.90 · 2006-10-14/2017-12-22 · score below 0.95 ───────────────
(no Hindi)                         │ An unbelievably long-winded speech
                                   │ followed."""
NOTHING = """\
Alignment 'pair': 0 + 0 sentences, 0
pairs, 0 nulls, 1 + 1 segments
(no sentences)"""
TURNED = """\
Alignment 'pair': 1 + 1 sentences, 1
pairs, 0 nulls, 1 + 1 segments
── 1-1 · 0.90 ──────────────────────────
\u2068שלום\u2069               │ a\\x1b[2Jb \\u202e"""


@pytest.mark.parametrize(
    ("alignment", "columns", "shown"),
    [
        (FAIR, 40, NARROW),
        (FAIR, 72, WIDE),
        (aligned(), 40, NOTHING),
        (aligned(("שלום", "a\x1b[2Jb \u202e", None)), 40, TURNED),
    ],
    ids=["narrow", "wide", "nothing", "turned"],
)
def test_beads_stand_side_by_side(alignment: Alignment, columns: int, shown: str) -> None:
    assert side_by_side(alignment, columns) == shown


def test_repr_is_one_line() -> None:
    assert repr(FAIR) == "<Alignment 'pair': 2 + 2 sentences, 1 pairs, 2 nulls, 1 + 1 segments>"
    odd = repr(aligned(name="a\n\x1b[31m\u202e" + "x" * 999))
    assert odd.startswith("<Alignment 'a\\n\\x1b[31m\\u202exxx")
    assert "…': 0 + 0" in odd
    assert len(odd) < 200


def test_rows_are_plain_and_whole() -> None:
    alignment = tithi.align(hindi(), english()).above(0.9)
    rows = alignment.to_rows()
    assert json.loads(json.dumps(rows)) == rows
    assert len(rows) == len(alignment.beads)
    for row, bead in zip(rows, alignment.beads, strict=True):
        assert (row["kind"], row["score"], row["date"], row["reason"], row["moved"]) == (
            bead.kind, bead.score, bead.date, bead.reason, bead.moved,
        )  # fmt: skip
        for lang, document, span in (("hi", alignment.hi, bead.hi), ("en", alignment.en, bead.en)):
            assert row[f"{lang}_sentences"] == list(span)
            if row[f"{lang}_span"] is None:
                assert row[lang] == ""
            else:
                assert row[lang] == document.article.text[slice(*row[f"{lang}_span"])]
        assert row["basis"] == alignment.links[bead.link].basis


def test_what_is_moved_and_what_may_belong_to_a_sentence_is_shown() -> None:
    beads = [
        replace(bead, rival=((0, 1), 0.25), reason="several compete") if bead.is_null else replace(bead, moved=True)
        for bead in FAIR.beads
    ]
    told = replace(FAIR, beads=tuple(beads))
    expected = [
        None if not bead.is_null else (FAIR.en if bead.en[0] == bead.en[1] else FAIR.hi).text((0, 1)) for bead in beads
    ]
    assert [row["rival"] for row in told.to_rows()] == expected
    shown = side_by_side(told, 200)
    assert "· moved ─" in shown
    assert "· several compete ─" in shown
    assert all(f"   perhaps: {rival} (0.25)" in shown for rival in expected if rival)


HARMLESS = [
    ("", ""),
    ("  दो\n\tशब्द \u2028 ", "दो शब्द"),
    ("क्\u200dष रा\u200cम", "क्\u200dष रा\u200cम"),
    ("क\u093c ड़ क़", "क\u093c ड़ क़"),
    ("a\x00b\x1b[2Jc\x7f\x9b", r"a\x00b\x1b[2Jc\x7f\x9b"),
    ("\u202eabc\u2066d\u200f\u200e\u061c", r"\u202eabc\u2066d\u200f\u200e\u061c"),
    ("\ufeffa\u00adb\u200b", r"\ufeffa\xadb\u200b"),
    ("\ud800", r"\ud800"),
    ("\U000e0041", r"\U000e0041"),
    ("<b>&amp;", "<b>&amp;"),
]


@pytest.mark.parametrize(("text", "shown"), HARMLESS)
def test_what_moves_or_hides_is_escaped(text: str, shown: str) -> None:
    assert harmless(text) == shown


PIECES = st.sampled_from(["क", "क्ष", "त्रि", "ा", "\u200d", "्", "\u200c", "a", "B", " ", "漢", "ש", "\n", "-", "।"])
TEXT = st.lists(PIECES, max_size=60).map("".join)


@given(TEXT, TEXT, st.integers(40, 90))
@example("", "क" * 23 + "क्षक्ष\nाकक", 58)
@example(" ा" * 60, "क ा" * 40, 41)
def test_nothing_is_lost_and_no_line_is_too_long(hi: str, en: str, columns: int) -> None:
    lines = side_by_side(aligned((hi, en, None)), columns).split("\n")
    assert all(wcswidth(line) <= columns for line in lines)
    cells = [line.split("│") for line in lines if "│" in line]
    if hi or en:
        for side, text in enumerate((hi, en)):
            told = "".join("".join(cell[side] for cell in cells).translate({0x2068: None, 0x2069: None}).split())
            expected = "".join(harmless(text).split())
            assert told == expected or (not harmless(text) and told in {"(noHindi)", "(noEnglish)"})


def test_str_is_as_wide_as_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for columns, expected in (("100", 100), ("52", 52), ("7", 40)):
        monkeypatch.setenv("COLUMNS", columns)
        assert str(FAIR) == side_by_side(FAIR, expected)
        assert max(wcswidth(line) for line in str(FAIR).split("\n")) == expected


def test_a_table_for_notebooks() -> None:
    table = aligned(("<script>alert(1)</script>", "a & \x1b\u202eb", '2018"'), ("", "c", None))._repr_html_()
    assert "<script>" not in table
    text = re.sub("<[^>]*>", "", table)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert r"a &amp; \x1b\u202eb" in text
    assert "(no Hindi)" in text
    assert re.fullmatch(r"<table .*</table>", table)
