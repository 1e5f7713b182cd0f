"""TMX and XLIFF filtered: what goes in comes out, header, properties, codes and all, without what was dropped."""

import gzip
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tithi.filters.pii import mask
from tithi.pipeline.filter_files import FilterSettings, filter_files
from tithi.records import TextPair
from tithi.sources.pairs import pair_file, read_pairs

NONE = {"wordless": 0.0}
OMEGAT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1">
  <header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext" creationtoolversion="6.0.1" \
segtype="sentence" srclang="HI-IN"/>
  <body>
<!-- Default translations -->
    <tu>
      <prop type="file">मेला.odt</prop>
      <prop type="id">7_0</prop>
      <note>the heading</note>
      <tuv lang="HI-IN">
        <seg>मेला कल शुरू होगा।</seg>
      </tuv>
      <tuv lang="EN-US" changeid="asha" changedate="20240102T030405Z" creationid="asha" creationdate="20240101T000000Z">
        <seg>The fair begins tomorrow.</seg>
      </tuv>
    </tu>
    <tu>
      <tuv lang="HI-IN"><seg>…</seg></tuv>
      <tuv lang="EN-US"><seg>A side without words.</seg></tuv>
    </tu>
  </body>
</tmx>
"""
TRADOS = """\ufeff<?xml version="1.0" encoding="utf-16"?>\r
<tmx version="1.4">\r
  <header creationtool="SDL Language Platform" creationtoolversion="8.1" o-tmf="SDL TM8 Format" datatype="xml" \
segtype="sentence" adminlang="hi-IN" srclang="hi-IN" creationdate="20240101T000000Z" creationid="asha">\r
    <prop type="x-Recognizers">RecognizeAll</prop>\r
    <prop type="x-IncludesContextContent">True</prop>\r
  </header>\r
  <body>\r
    <tu creationdate="20240101T000000Z" creationid="asha" changedate="20240102T000000Z" usagecount="3" tuid="t1">\r
      <prop type="x-Context">0, 0</prop>\r
      <prop type="x-ConfirmationLevel">ApprovedTranslation</prop>\r
      <tuv xml:lang="hi-IN"><seg>नया पुल <bpt i="1" type="5" x="1" />मज़बूत<ept i="1" /> है।</seg></tuv>\r
      <tuv xml:lang="en-US"><seg>The new bridge is <bpt i="1" type="5" x="1" />strong<ept i="1" />.</seg></tuv>\r
    </tu>\r
    <tu><tuv xml:lang="hi-IN"><seg>---</seg></tuv><tuv xml:lang="en-US"><seg>No words at all.</seg></tuv></tu>\r
  </body>\r
</tmx>\r
"""
MATECAT = """<?xml version="1.0" encoding="UTF-8" ?>
<tmx version="1.4">
    <header
            creationtool="Matecat-Cattool"
            creationtoolversion="v2" o-tmf="Matecat" creationid="Matecat"
            datatype="plaintext" segtype="sentence" adminlang="en-US" srclang="en-GB"/>
    <body>
    <tu tuid="1-a" creationdate="20240101T000000Z" datatype="plaintext" srclang="en-GB">
        <prop type="x-MateCAT-id_job">12</prop>
        <prop type="x-MateCAT-suggestion-source">MT</prop>
        <tuv xml:lang="en-GB">
            <seg>Press <ph id="1">&lt;b&gt;</ph>Save<ph id="2">&lt;/b&gt;</ph> &amp; wait.</seg>
        </tuv>
        <tuv xml:lang="fr-FR"><seg>Enregistrez.</seg></tuv>
        <tuv xml:lang="hi-IN">
            <seg><![CDATA[सहेजें दबाएँ & रुकें।]]></seg>
        </tuv>
    </tu>
    <tu tuid="2-a"><tuv xml:lang="en-GB"><seg>Only a side.</seg></tuv></tu>
    <tu tuid="3-a"/>
    <tu tuid="4-a"><tuv xml:lang="en-GB"><seg>***</seg></tuv><tuv xml:lang="hi-IN"><seg>कोई शब्द नहीं</seg></tuv></tu>
    </body>
</tmx>
"""
ONE_LINE = (
    '<tmx version="1.4"><header segtype="block"/><body>'
    '<tu><tuv xml:lang="hi"><seg>पानी</seg></tuv><tuv xml:lang="en"><seg>Water</seg></tuv></tu>'
    '<tu x="a>b"><tuv xml:lang="hi"><seg>?</seg></tuv><tuv xml:lang="en"><seg>Dropped</seg></tuv></tu>'
    '<tu><tuv xml:lang="hi"><seg>नदी</seg></tuv><tuv xml:lang="en"><seg>River</seg></tuv></tu></body></tmx>'
)
LATIN = """<?xml version='1.0' encoding='ISO-8859-1'?>
<tmx version="1.4"><header srclang="en" note="caf\u00e9"/><body>
<tu><tuv xml:lang="en"><seg>The caf\u00e9 is open.</seg></tuv><tuv xml:lang="hi"><seg>&#x915;&#x948;&#x92b;&#x947; \
&#x916;&#x941;&#x932;&#x93e; &#x939;&#x948;</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>\u00e9t\u00e9?</seg></tuv><tuv xml:lang="hi"><seg>!</seg></tuv></tu>
</body></tmx>
"""
XLIFF = """<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
<file original="a.po" source-language="en-US" target-language="hi-IN" datatype="po"><header>
<note>n</note></header><body>
<group id="g"><trans-unit id="1" approved="yes">
<source>Water</source><target state="final">पानी</target><note>kept</note>
<alt-trans match-quality="80"><source>Waters</source><target>जल</target></alt-trans></trans-unit></group>
<group id="h"><trans-unit id="2"><source>…</source><target>पानी</target></trans-unit></group>
</body></file>
<file original="b.po" source-language="en-US" target-language="hi-IN" datatype="po"><body>
<trans-unit id="1"><source>12</source><target>पानी</target></trans-unit>
</body></file>
</xliff>
"""
XLIFF2 = """<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="hi" trgLang="en">
<file id="f"><unit id="1"><originalData><data id="d">&lt;b&gt;</data></originalData>
<segment id="s"><source>पानी</source><target>Water</target></segment>
<ignorable><source> </source></ignorable>
<segment id="t"><source>…</source><target>Dropped</target></segment></unit>
<unit id="2"><segment><source>…</source><target>Dropped</target></segment></unit></file>
</xliff>
"""


def without(text: str, *parts: str) -> str:
    for part in parts:
        assert text.count(part) == 1
        text = text.replace(part, "")
    return text


def inside(text: str, begin: str, end: str, after: str = "") -> str:
    start = text.index(begin, text.index(after))
    return text[start : text.index(end, start) + len(end)]


KINDS = [
    ("omegat.tmx", "utf-8", OMEGAT, [inside(OMEGAT, "\n    <tu>\n      <tuv", "</tu>", "</tu>")]),
    ("trados.tmx", "utf-16-le", TRADOS, ['\r\n    <tu><tuv xml:lang="hi-IN"><seg>---</seg></tuv>'
      '<tuv xml:lang="en-US"><seg>No words at all.</seg></tuv></tu>']),
    ("trados-big.tmx", "utf-16-be", TRADOS, ['\r\n    <tu><tuv xml:lang="hi-IN"><seg>---</seg></tuv>'
      '<tuv xml:lang="en-US"><seg>No words at all.</seg></tuv></tu>']),
    ("matecat.tmx", "utf-8", MATECAT, [inside(MATECAT, '\n    <tu tuid="2-a"', '<tu tuid="3-a"/>'),
      inside(MATECAT, '\n    <tu tuid="4-a"', "</tu>")]),
    ("line.tmx", "utf-8", ONE_LINE, [inside(ONE_LINE, '<tu x="a>b"', "</tu>")]),
    ("bom.tmx", "utf-8-sig", OMEGAT, [inside(OMEGAT, "\n    <tu>\n      <tuv", "</tu>", "</tu>")]),
    ("latin.tmx", "iso-8859-1", LATIN, [inside(LATIN, "\n<tu>", "</tu>", "</tu>")]),
    ("a.xliff", "utf-8", XLIFF, [inside(XLIFF, '\n<group id="h"', "</group>"),
      inside(XLIFF, '\n<file original="b.po"', "</file>")]),
    ("b.xlf", "utf-8", XLIFF2, [inside(XLIFF2, '\n<segment id="t"', "</segment>"),
      inside(XLIFF2, '\n<unit id="2"', "</unit>")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "coding", "text", "dropped"), KINDS)
def test_all_but_what_was_dropped_comes_out_byte_for_byte(
    tmp_path: Path, name: str, coding: str, text: str, dropped: list[str]
) -> None:
    (tmp_path / name).write_bytes(text.encode(coding))
    filter_files([tmp_path / name], tmp_path / "out", NONE)
    kept = (tmp_path / "out" / name).read_bytes()
    assert kept == without(text, *dropped).encode(coding)
    ET.fromstring(kept)
    again = filter_files([tmp_path / "out" / name], tmp_path / "again", NONE)
    assert (again.read, again.dropped) == (again.kept, 0)
    assert (tmp_path / "again" / name).read_bytes() == kept


@pytest.mark.parametrize(("name", "coding", "text", "dropped"), KINDS)
def test_where_nothing_is_dropped_nothing_changes(
    tmp_path: Path, name: str, coding: str, text: str, dropped: list[str]
) -> None:
    whole = without(text, *dropped).encode(coding)
    (tmp_path / f"{name}.gz").write_bytes(gzip.compress(whole))
    filter_files([tmp_path / f"{name}.gz"], tmp_path / "out", NONE)
    assert (tmp_path / "out" / name).read_bytes() == whole


@pytest.mark.parametrize("coding", ["utf-8", "utf-16-le", "utf-8-sig"])
def test_masked_texts_are_new_and_all_else_stays(tmp_path: Path, coding: str) -> None:
    told = 'encoding="utf-16"' if coding == "utf-16-le" else 'encoding="UTF-8"'
    mark = "\ufeff" if coding == "utf-16-le" else ""
    text = mark + (
        f'<?xml version="1.0" {told}?>\n<tmx version="1.4"><header srclang="hi"/><body>\n'
        '<tu tuid="1"><prop type="x">p</prop>'
        '<tuv xml:lang="en"><note>n</note><seg>Write to <ph>x</ph>asha@example.org &amp; wait</seg></tuv>'
        '<tuv xml:lang="hi" changeid="a"><seg>asha@example.org को लिखें</seg></tuv></tu>\n</body></tmx>'
    )
    (tmp_path / "a.tmx").write_bytes(text.encode(coding))
    filter_files([tmp_path / "a.tmx"], tmp_path / "out", NONE, FilterSettings(mask_pii=True))
    wanted = text.replace("Write to <ph>x</ph>asha@example.org &amp;", "Write to &lt;EMAIL&gt; &amp;")
    wanted = wanted.replace("asha@example.org को", "&lt;EMAIL&gt; को")
    assert (tmp_path / "out/a.tmx").read_bytes() == wanted.encode(coding)
    (pair,) = read_pairs(pair_file(tmp_path / "out/a.tmx"))
    assert isinstance(pair, TextPair)
    assert (pair.hi, pair.en) == mask("asha@example.org को लिखें", "Write to asha@example.org & wait")


HINDI = st.sampled_from(["पानी", "…", "", "a&amp;b", "<ph/>x", "<![CDATA[<]]>न"])
BETWEEN = st.sampled_from(["", "\n", " \t", "<!-- c -->\n", "<?pi?>"])
UNITS = st.lists(st.tuples(HINDI, st.sampled_from(["Water", "?", "<x/>"]), BETWEEN), min_size=1, max_size=12)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(units=UNITS)
def test_the_units_that_are_kept_are_those_that_are_read_again(
    tmp_path: Path, units: list[tuple[str, str, str]]
) -> None:
    made = [
        f'{blank}<tu n="{i}"><tuv xml:lang="hi"><seg>{hi}</seg></tuv><tuv xml:lang="en"><seg>{en}</seg></tuv></tu>'
        for i, (hi, en, blank) in enumerate(units)
    ]
    made.append('<tu n="last"><tuv xml:lang="hi"><seg>नदी</seg></tuv><tuv xml:lang="en"><seg>River</seg></tuv></tu>')
    (tmp_path / "a.tmx").write_text(f"<tmx><header/><body>{''.join(made)}</body></tmx>", encoding="utf-8")
    drops = filter_files([tmp_path / "a.tmx"], tmp_path / "out", NONE, FilterSettings(force=True))
    kept = (tmp_path / "out/a.tmx").read_text(encoding="utf-8")
    numbers = [unit.get("n") for unit in ET.fromstring(kept).iter("tu")]
    assert len(numbers) == drops.kept
    for unit, text in zip([*map(str, range(len(units))), "last"], made, strict=True):
        assert (text.strip() in kept) == (unit in numbers)
