"""The one reader of pairs: lines, objects, XLIFF, inline codes, and what is refused by what it is."""

import bz2
import gzip
import io
import lzma
import zipfile
from pathlib import Path

import pytest

from tithi.errors import DataError
from tithi.pipeline.bitext import build_bitexts
from tithi.records import Reject
from tithi.sources.pairs import pair_file, read_pairs, strict, usable

LINES = [
    ("क\ta", ("क", "a")),
    ("\ufeffक\ta", ("क", "a")),
    ("क\ta\tid-1\t2019\t0.8", ("क", "a")),
    ("क\ta\r", ("क", "a")),
    (" क \t a", (" क ", " a")),
    ("{नाम} जी\tMr {name}", ("{नाम} जी", "Mr {name}")),
    ("{}\t{}", ("{}", "{}")),
    ("{{cite}}\t{{cite}}", ("{{cite}}", "{{cite}}")),
    ('{"hi": "क", "en": "a"}', ("क", "a")),
    ('{"hi":\t"क",\t"en": "a\\tb"}', ("क", "a\tb")),
    ('{"translation": {"hi": "क", "en": "a"}, "id": 7}', ("क", "a")),
    ("क\x0bख\u2028ग\ta", ("क\x0bख\u2028ग", "a")),
    ("क्\u200dष\tksha", ("क्\u200dष", "ksha")),
    ("\ta", "hi is empty"),
    ("क\t \u3000", "en is empty"),
    ("क", "got one column"),
    ("{name}", "must be hi TAB en or JSON; got Expecting property name"),
    ('{"hi": "क"}', "got the keys 'hi'"),
    ('{"hi": "क", "en": 5}', "got a text and a number"),
    ('{"translation": ["क", "a"]}', "got something else"),
    ('{"hi": "\\ud800", "en": "a"}', "half of a surrogate pair"),
    ('{"a":' * 50_000, "numbers or nesting beyond reason"),
    ('["क", "a"]', "got one column"),
]


@pytest.mark.parametrize(("line", "wanted"), LINES)
@pytest.mark.parametrize("name", ["c.tsv", "c.jsonl", "c.txt", "c"])
def test_a_line(tmp_path: Path, line: str, wanted: tuple[str, str] | str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(f"{line}\n".encode())
    (item,) = usable(read_pairs(pair_file(path)))
    if isinstance(wanted, str):
        assert isinstance(item, Reject)
        assert wanted in item.reason
        with pytest.raises(DataError, match=rf"{name}:1: "):
            list(strict([item]))
    else:
        assert not isinstance(item, Reject)
        assert (item.hi, item.en) == wanted


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return file.getvalue()


REFUSED = [
    ("c.docx", zipped(), "got a Word, Excel or OpenDocument file"),
    ("c.tmx", zipped(), "got a Word, Excel or OpenDocument file"),
    ("c.hi.tsv", gzip.compress(b"x"), r"got a gzip archive; give it a name that ends in \.gz"),
    ("c.tsv", bz2.compress(b"x"), "got a bzip2 archive"),
    ("c.tsv", lzma.compress(b"x"), "got an xz archive"),
    ("c.pdf", b"%PDF-1.7\n", "got a PDF document"),
    ("c.tsv", b"PAR1\x15\x04", "got a Parquet file"),
    ("c.parquet", b"PAR1\x15\x04", "must be a whole Parquet file"),
    ("c.rtf", b"{\\rtf1 x}", "got an RTF document"),
    ("c.tsv", "क\ta\n".encode("utf-16"), "must be UTF-8; got UTF-16"),
    ("c.tsv", b"", "sentence pairs are needed; got none"),
    ("c.tsv.gz", b"no archive", "cannot be read; got"),
    ("c.tsv.xz", lzma.compress(b"k\ta\n" * 9)[:-9], "cannot be read; got"),
    (
        "c.tsv",
        "en\thi\nthe pond\tतालाब\n".encode(),
        r"c\.tsv:1: the columns must be hi, en; got en, hi by",
    ),
    ("c.tmx", b"<tmx version='1.4'><header/><body></body></tmx>", r"c\.tmx: sentence pairs are needed; got none"),
    ("c.xlf", b"<tmx/>", "must be XLIFF; got tmx as its root"),
    ("c.xlf", b"<!DOCTYPE xliff [<!ENTITY a 'b'>]><xliff>&a;</xliff>", "a XLIFF file must not define entities"),
]


@pytest.mark.parametrize(("name", "content", "said"), REFUSED)
def test_what_is_refused_by_what_it_is(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError, match=said):
        list(read_pairs(pair_file(path)))
    with pytest.raises(DataError, match=name):
        build_bitexts([path], tmp_path / "out")


def test_a_file_of_bad_pairs_alone_is_named(tmp_path: Path) -> None:
    path = tmp_path / "c.tsv"
    path.write_text("क\nख\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"c\.tsv:1: must be hi TAB en"):
        build_bitexts([path], tmp_path / "out")


XLIFF = [
    (
        '<xliff version="1.2"><file source-language="en-IN" target-language="hi_IN" original="x"><body>'
        '<trans-unit id="7"><source>The pond.</source><seg-source>no</seg-source><target>तालाब।</target>'
        "<alt-trans><source>bad</source><target>बुरा</target></alt-trans></trans-unit></body></file></xliff>",
        [("तालाब।", "The pond.", "7")],
    ),
    (
        '<xliff xmlns="urn:x" version="2.0" srcLang="hi" trgLang="en"><file id="f"><unit id="u" name="क-1"><notes>'
        "<note>x</note></notes><ignorable><source> </source></ignorable>"
        "<segment><source>एक।</source><target>One.</target></segment>"
        "<segment><source>दो।</source><target>Two.</target></segment><m:matches xmlns:m='urn:m'><m:match>"
        "<source>तीन</source><target>Three</target></m:match></m:matches></unit></file></xliff>",
        [("एक।", "One.", "क-1"), ("दो।", "Two.", "क-1")],
    ),
    (
        '<xliff version="1.2"><file source-language="en"><trans-unit id="1"><source>One <g id="1">two</g>'
        '<x id="2"/>three</source><target xml:lang="hi">एक<bx id="1"/> दो<x id="3"/>तीन<ph id="4">{0}</ph>।</target>'
        "</trans-unit></file></xliff>",
        [("एक दो तीन।", "One two three", "1")],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), XLIFF)
def test_xliff(tmp_path: Path, text: str, wanted: list[tuple[str, str, str]]) -> None:
    path = tmp_path / "c.xlf"
    path.write_text(text, encoding="utf-8")
    assert [(pair.hi, pair.en, pair.id) for pair in strict(read_pairs(pair_file(path)))] == wanted


def test_an_xliff_unit_without_target_is_a_reject(tmp_path: Path) -> None:
    path = tmp_path / "c.xliff"
    path.write_text(
        '<xliff version="2.0" srcLang="hi" trgLang="en"><unit id="u"><segment><source>क</source></segment>'
        "</unit></xliff>",
        encoding="utf-8",
    )
    (item,) = read_pairs(pair_file(path))
    assert isinstance(item, Reject)
    assert "got no en" in item.reason


CODES = [
    ("पहला<ph/>दूसरा", "पहला दूसरा"),
    ("पहला<ph>&lt;br/&gt;</ph>दूसरा", "पहला दूसरा"),
    ("आया।<ph/>वह गया।", "आया। वह गया।"),
    ("पहला <ph/>दूसरा", "पहला दूसरा"),
    ("पहला<ph/> दूसरा", "पहला दूसरा"),
    ("मोटा<ph/>!", "मोटा!"),
    ("(<ph/>मोटा<ph/>)", "(मोटा)"),
    ("<ph/>मोटा<ph/>", "मोटा"),
    ("मो<bpt i='1'/>टा<ept i='1'/>पन", "मोटापन"),
    ("<hi>मो</hi>टा", "मोटा"),
    ("५<ut>x</ut>किलो", "५ किलो"),
]


@pytest.mark.parametrize(("seg", "wanted"), CODES)
def test_inline_codes_glue_no_words(tmp_path: Path, seg: str, wanted: str) -> None:
    path = tmp_path / "c.tmx"
    unit = f'<tu tuid="t"><tuv xml:lang="hi"><seg>{seg}</seg></tuv><tuv xml:lang="en"><seg>x</seg></tuv></tu>'
    path.write_text(f"<tmx><body>{unit}</body></tmx>", encoding="utf-8")
    (pair,) = strict(read_pairs(pair_file(path)))
    assert (pair.hi, pair.id) == (wanted, "t")
