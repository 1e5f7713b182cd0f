"""Dates: the table of cases, the ways into a text, and what must hold for any text at all."""

import json
import unicodedata
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from tithi.dates import reader as date_words
from tithi.dates.find import DateHit, covers_line, find_dates, opening_date
from tithi.numerals.tokens import word_list
from tithi.numerals.view import view
from tithi.records import Lang

HERE = Path(__file__).parent
SEEDS = HERE.parent.parent / "shared" / "seeds"
LANGS: tuple[Lang, ...] = ("hi", "en")


def cases() -> list[tuple[int, Lang, date | None, str, list[str]]]:
    """The rows of the table: line, language, reference, text with its hits in brackets, their values."""
    rows: list[tuple[int, Lang, date | None, str, list[str]]] = []
    for number, line in enumerate((HERE / "dates.tsv").read_text(encoding="utf-8").splitlines()[1:], 2):
        lang, reference, marked, values = line.split("\t")
        day = date.fromisoformat(reference) if reference else None
        rows.append((number, "hi" if lang == "hi" else "en", day, marked, values.split()))
    return rows


def marked_with(text: str, hits: list[DateHit]) -> str:
    for hit in reversed(hits):
        text = f"{text[: hit.start]}[{text[hit.start : hit.stop]}]{text[hit.stop :]}"
    return text


def bare(marked: str) -> str:
    return marked.replace("[", "").replace("]", "")


@pytest.mark.parametrize(("line", "lang", "reference", "marked", "values"), cases())
def test_table(line: int, lang: Lang, reference: date | None, marked: str, values: list[str]) -> None:
    text = bare(marked)
    hits = find_dates(text, lang, reference=reference)
    assert (marked_with(text, hits), [hit.span.key for hit in hits]) == (marked, values), line


def kinds(name: str) -> list[tuple[str, Lang, date | None, str, list[str], list[str]]]:
    """The rows of a table of kinds: kind, language, reference, text with its hits in brackets, values, evidence."""
    rows: list[tuple[str, Lang, date | None, str, list[str], list[str]]] = []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines()[1:]:
        kind, lang, reference, marked, values, *evidence = line.split("\t")
        day = date.fromisoformat(reference) if reference else None
        told = evidence[0].split() if evidence else []
        rows.append((kind, "hi" if lang == "hi" else "en", day, marked, values.split(), told))
    return rows


@pytest.mark.parametrize(
    ("kind", "lang", "reference", "marked", "values", "evidence"),
    [*kinds("kinds.tsv"), *kinds("proof.tsv"), *kinds("context.tsv")],
)
def test_kinds(
    kind: str, lang: Lang, reference: date | None, marked: str, values: list[str], evidence: list[str]
) -> None:
    text = bare(marked)
    hits = find_dates(text, lang, reference=reference)
    assert (marked_with(text, hits), [hit.span.key for hit in hits], evidence) == (marked, values, []), kind


@pytest.mark.parametrize(("kind", "lang", "reference", "marked", "values", "evidence"), kinds("forms.tsv"))
def test_forms(
    kind: str, lang: Lang, reference: date | None, marked: str, values: list[str], evidence: list[str]
) -> None:
    text = bare(marked)
    hits = find_dates(text, lang, reference=reference)
    told = [hit.span.key for hit in hits], [hit.evidence for hit in hits]
    assert (marked_with(text, hits), *told) == (marked, values, evidence), kind


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_form_of_the_nukta_makes_no_difference(form: Literal["NFC", "NFD"]) -> None:
    for _, lang, reference, marked, values in cases():
        text = unicodedata.normalize(form, bare(marked))
        assert [hit.span.key for hit in find_dates(text, lang, reference=reference)] == values


def test_dates_stand_the_same_among_other_text() -> None:
    for _, lang, reference, marked, values in cases():
        if marked.startswith("[") and marked.endswith("]") and lang == "hi":
            text = f"«{bare(marked)}»\r\nऔर"
            assert [hit.span.key for hit in find_dates(text, lang, reference=reference)] == values


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("\u092b\u093c\u0930\u0935\u0930\u0940 24, 2022", "\u092b\u093c\u0930\u0935\u0930\u0940 24, 2022"),
        ("\u095e\u0930\u0935\u0930\u0940 24, 2022", "\u095e\u0930\u0935\u0930\u0940 24, 2022"),
        ("25\u00a0अप्रैल\u00a02019", "25\u00a0अप्रैल\u00a02019"),
        ("25 अप्\u200dरैल 2019", "25 अप्\u200dरैल 2019"),
        ("\ufeff25 अप्रैल 2019", "25 अप्रैल 2019"),
        ("वह \u202a25 अप्रैल 2019\u202c को", "25 अप्रैल 2019"),
        ("25\tअप्रैल\t2019", "25\tअप्रैल\t2019"),
    ],
)
def test_offsets_are_of_the_text_as_published(text: str, hit: str) -> None:
    (found,) = find_dates(text, "hi")
    assert (found.text, text[found.start : found.stop]) == (hit, hit)


def test_a_line_break_parts_dates() -> None:
    assert [hit.span.key for hit in find_dates("25 अप्रैल\n2019 में", "hi")] == ["XXXX-04-25", "2019"]


@pytest.mark.parametrize(
    ("text", "opening", "whole"),
    [
        ("25 अप्रैल 2019", "25 अप्रैल 2019", True),
        ("• 25 अप्रैल 2019:", "25 अप्रैल 2019", True),
        ("[16-17 मई, 2024] –", "16-17 मई, 2024", True),
        ("**Oct. 14, 2006 – Dec. 22, 2017**", "Oct. 14, 2006 – Dec. 22, 2017", True),
        ("गुरुवार, 25 अप्रैल 2019।", "गुरुवार, 25 अप्रैल 2019", True),
        ("25 अप्रैल 2019 को वे मिले।", "25 अप्रैल 2019", False),
        ("July 2000: Putin visits.", "July 2000", False),
        ("वे 25 अप्रैल 2019 को मिले।", None, False),
        ("On July 25 they met.", None, False),
        ("", None, False),
        ("…", None, False),
    ],
)
def test_opening_date(text: str, opening: str | None, whole: bool) -> None:
    hit = opening_date(text, "hi")
    assert (None if hit is None else hit.text) == opening
    assert (hit is not None and covers_line(hit, text)) == whole


@pytest.mark.parametrize(
    ("one", "other", "overlap", "contained"),
    [
        ("2019", "25 अप्रैल 2019", True, True),
        ("अप्रैल 2019", "25 अप्रैल 2019", True, True),
        ("मई 2019", "25 अप्रैल 2019", False, False),
        ("16-17 मई 2024", "17 मई 2024", True, True),
        ("16-17 मई 2024", "17-18 मई 2024", True, False),
        ("25 अप्रैल", "25 अप्रैल 2019", True, False),
        ("26 अप्रैल", "25 अप्रैल 2019", False, False),
        ("25 अप्रैल", "अप्रैल", True, False),
        ("25 अप्रैल", "2019 में", True, False),
        ("30 दिसंबर से 2 जनवरी", "1 जनवरी", True, False),
        ("30 दिसंबर से 2 जनवरी", "5 जनवरी", False, False),
        ("1990 के दशक", "1995 में", True, True),
        ("322 ईसा पूर्व", "322 ईसा पूर्व", True, True),
        ("322 ईसा पूर्व", "321 ईसा पूर्व", False, False),
        ("पिछले साल", "गत वर्ष", True, True),
        ("पिछले साल", "2019 में", False, False),
        ("कल", "yesterday", True, False),
        ("परसों", "tomorrow", False, False),
    ],
)
def test_spans_meet(one: str, other: str, overlap: bool, contained: bool) -> None:
    first, second = find_dates(one, "hi")[0].span, find_dates(other, "hi")[0].span
    assert first.overlaps(second) == second.overlaps(first) == overlap
    assert first.contains(second) == contained


def test_the_words_hold_all_of_cldr() -> None:
    words = word_list("tithi.dates", "words.tsv")
    for lang in LANGS:
        locale = Locale(lang)
        for table, kind, widths in (
            (locale.months, "month", ("wide", "abbreviated")),
            (locale.days, "weekday", ("wide", "abbreviated")),
        ):
            for context in ("format", "stand-alone"):
                for width in widths:
                    for value, name in table[context][width].items():
                        form = view(name.rstrip(".॰")).text.lower()
                        known = words.get(kind, form) or words.get(f"{kind}_short", form)
                        assert known == str(value), name


BITS = st.sampled_from(
    [
        "25",
        "अप्रैल",
        "2019",
        "मई",
        "May",
        "March",
        "से",
        "तक",
        "-",
        "–",
        ",",
        ".",
        "/",
        "और",
        "and",
        "को",
        "के",
        "दशक",
        "सदी",
        "21वीं",
        "19-20",
        "1990s",
        "कल",
        "आज",
        "last",
        "पिछले",
        "साल",
        "year",
        "मंगलवार",
        "Monday",
        "दो",
        "हज़ार",
        "पहले",
        "ago",
        "between",
        "1,50,000",
        "3.11.2",
        "12/10/2019",
        "ईसा",
        "पूर्व",
        "BC",
        "\n",
        "\u200d",
        "़",
        "तारीख",
        "the",
        "16th",
    ]
)
TEXTS = st.lists(BITS, max_size=24).map(" ".join) | st.lists(BITS, max_size=16).map("".join) | st.text(max_size=60)


@given(TEXTS, st.sampled_from(LANGS), st.none() | st.dates())
@settings(deadline=None)
def test_hits_lie_in_order_in_the_text(text: str, lang: Lang, reference: date | None) -> None:
    text += "\n"  # a path alone, `0.JSON`, is refused
    stop = 0
    for hit in find_dates(text, lang, reference=reference):
        assert stop <= hit.start < hit.stop <= len(text)
        assert text[hit.start : hit.stop] == hit.text
        assert (hit.span.edtf is None) == (hit.span.relative is not None)
        assert (hit.span.start is None) == (hit.span.end is None)
        if hit.span.start is not None and hit.span.end is not None:
            assert hit.span.start <= hit.span.end
        if reference is not None:
            assert hit.span.edtf is not None or hit.text in ("कल", "परसों")
        for other in find_dates(text, lang, reference=reference):
            assert hit.span.overlaps(other.span) == other.span.overlaps(hit.span)
            assert hit.span.overlaps(other.span) or not hit.span.contains(other.span)
        stop = hit.stop


@pytest.mark.parametrize(
    "unit",
    ["1 1 1 ", "1", "1,", "1-", "1/1/", "5 मई, ", "Monday, 5 May, ", "2019-", "5 और ", "दो लाख ", "कल ", "a ", "की "],
)
def test_work_grows_with_the_text_alone(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0
    text_of = date_words.Reader.text

    def counted(self: date_words.Reader, index: int) -> str:
        nonlocal looks
        looks += 1
        return text_of(self, index)

    monkeypatch.setattr(date_words.Reader, "text", counted)
    work = []
    for times in (300, 600):
        looks = 0
        find_dates(unit * times, "hi")
        work.append(looks)
    assert work[1] <= 2.1 * work[0] + 100


def test_a_megabyte_of_digits_is_read() -> None:
    assert find_dates("9" * 1_000_000, "hi") == []
    assert find_dates("1," * 500_000, "en") == []


@pytest.mark.skipif(not SEEDS.exists(), reason="the seed articles are not beside the repository")
def test_headings_of_the_seeds() -> None:
    gold = [bead["date"] for bead in json.loads((SEEDS / "gold.json").read_text(encoding="utf-8"))["beads"]]
    expected = list(dict.fromkeys(value for value in gold if value))
    names: tuple[tuple[str, Lang], ...] = (("000_a866b8b9a21ef38a.txt", "hi"), ("002_da8836e21665ee05.txt", "en"))
    for name, lang in names:
        lines = (SEEDS / name).read_text(encoding="utf-8").splitlines()
        opened = [(opening_date(line, lang), line) for line in lines]
        assert [hit.span.edtf for hit, line in opened if hit and covers_line(hit, line)] == expected


@pytest.mark.parametrize(
    ("text", "day_first", "month_first"),
    [
        ("3/7/2017", "2017-07-03", "2017-03-07"),
        ("25/04/2019", "2019-04-25", "2019-04-25"),
        ("3-7-07", "2007-07-03", "2007-03-07"),
    ],
)
def test_the_order_of_figures_can_be_told(text: str, day_first: str, month_first: str) -> None:
    assert [hit.span.edtf for hit in find_dates(text, "en")] == [day_first]
    assert [hit.span.edtf for hit in find_dates(text, "en", month_first=True)] == [month_first]
