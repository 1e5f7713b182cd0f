"""What is exported is read again: every format gives back the texts as far as it can hold them, and the ids."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import plain
from tithi.corpus.export import FORMATS, export
from tithi.corpus.write import DatasetWriter
from tithi.records import Issue, Quality
from tithi.sources.pairs import pair_file, pair_files, read_pairs, strict

#: How a file of each format is named, and the formats whose lines or whose XML cannot hold everything.
NAMES = {"moses": "x.hi", "tsv": "x.tsv", "jsonl": "x.jsonl", "tmx": "x.tmx", "xliff": "x.xlf", "xliff12": "y.xlf"}
LINES, XML = {"moses", "tsv"}, {"tmx", "xliff", "xliff12"}
TEXTS = [
    ("ज़रूरत की बात।", "A matter of need."),
    ("ज\u093cरूरत ड\u093cाली", "composed and decomposed nukta: क़ \u0915\u093c"),
    ("क्\u200dष क्\u200cष र्\u200dय", "joiners \u200d and \u200c stay"),
    ("<b>मोटा</b> & <i/>", "<ph id='1'/>tags</ph> &amp; &lt;entities&gt; &#38; &nbsp;"),
    ("टैब\tऔर\tटैब", "tab\there"),
    ("पहली\nदूसरी\n\nचौथी", "one\r\ntwo\rthree"),
    ("१२,३४,५६७ ₹ ५%", "12,34,567 rupees, 5 %"),
    ("{नाम} %s ]]> <![CDATA[x]]>", '{"hi": "not JSON"} "quoted" \'single\''),
    ("😀 नदी 😀", "\U0001d54f astral"),
    ("# टिप्पणी", "# not a comment"),
    ("अंत\u2028पंक्ति\u2029अनुच्छेद\x85", "form\x0cfeed and \x0b"),
    ("\u202eउलटा\u202c \u2066x\u2069", "bidi \u202ereversed\u202c"),
    ("घंटी\x07", "bell\x07 and \x1b[31m"),
    ("{", "["),
    ("हाँ।  नहीं।", "two  blanks"),
]


def wanted(text: str, kind: str) -> str:
    """Return what a format can hold of a text."""
    if kind in LINES:
        return re.sub("[\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]+", " ", text)
    if kind in XML:
        return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
    return text


def round_trip(folder: Path, kind: str, texts: list[tuple[str, str]]) -> list[tuple[str, str, str | None]]:
    with DatasetWriter(folder / "set", force=True) as writer:
        for number, (hi, en) in enumerate(texts):
            issue = Issue("number", "error", (0, 1), None, f"odd <issue> & {number}")
            writer.add(plain(f"p{number}", hi, en), [Quality(0.5, (issue,))])
        writer.close()
    export(folder / "set", folder / NAMES[kind].removesuffix(".hi" if kind == "moses" else ""), kind)
    (source,) = pair_files([folder / "x.hi", folder / "x.en"]) if kind == "moses" else [pair_file(folder / NAMES[kind])]
    return [(pair.hi, pair.en, pair.id) for pair in strict(read_pairs(source))]


def test_every_format_is_tried() -> None:
    assert set(NAMES) == set(FORMATS)


@pytest.mark.parametrize("kind", NAMES)
def test_texts_come_back(tmp_path: Path, kind: str) -> None:
    found = round_trip(tmp_path, kind, TEXTS)
    assert sorted(pair[:2] for pair in found) == sorted((wanted(hi, kind), wanted(en, kind)) for hi, en in TEXTS)
    ids = {f"p{number}-s0001" for number in range(len(TEXTS))}
    assert {pair[2] for pair in found} == ({None} if kind in LINES else ids)
    if kind in XML:
        text = (tmp_path / NAMES[kind]).read_text(encoding="utf-8")
        assert text.count("number (error): odd &lt;issue&gt; &amp; ") == len(TEXTS)


TEXT = (
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30).map(str.strip).filter(bool)
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=12))
@pytest.mark.parametrize("kind", NAMES)
def test_any_text_comes_back(tmp_path: Path, kind: str, texts: list[tuple[str, str]]) -> None:
    found = round_trip(tmp_path, kind, texts)
    assert sorted(pair[:2] for pair in found) == sorted((wanted(hi, kind), wanted(en, kind)) for hi, en in texts)
