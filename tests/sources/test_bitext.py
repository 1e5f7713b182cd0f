import bz2
import contextlib
import gzip
import lzma
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import lake
from tithi.corpus.export import export
from tithi.corpus.rows import rows
from tithi.corpus.stored import stored_rows
from tithi.corpus.write import DatasetWriter
from tithi.errors import DataError, TithiError, UsageError
from tithi.pipeline.bitext import build_bitexts
from tithi.pipeline.build import Settings
from tithi.records import Reject, Source, TextPair
from tithi.sources.bitext import bitext_alignment, read_bitext
from tithi.sources.pairs import PairFile, pair_files
from tithi.sources.seen import Seen

HI = ("तालाब गहरा हुआ।", "मेला जून में लगा।", "सड़क टूट गई।")
EN = ("The pond was dug deeper.", "The fair was held in June.", "The road broke.")
TMX = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4"><header/><body>\n'
UNIT = '<tu><tuv xml:lang="hi"><seg>तालाब गहरा हुआ।</seg></tuv><tuv xml:lang="en"><seg>The pond.</seg></tuv></tu>\n'


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def moses(folder: Path, hi: str = "\n".join(HI), en: str = "\n".join(EN)) -> list[Path]:
    return [write(folder / "c.hi", hi), write(folder / "c.en", en)]


def read(*files: Path) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the pairs, and the rejects as `line: reason`."""
    pairs, rejects = [], []
    for bitext in pair_files(files):
        for item in read_bitext(bitext):
            if isinstance(item, Reject):
                rejects.append(f"{item.where.rpartition(':')[2]}: {item.reason}")
            else:
                pairs.append((item.hi, item.en))
    return pairs, rejects


def test_moses_tsv_and_tmx_say_the_same(tmp_path: Path) -> None:
    wanted = list(zip(HI, EN, strict=True))
    assert read(*moses(tmp_path)) == (wanted, [])
    lines = "".join(f"{hi}\t{en}\t0.93\tx\n" for hi, en in wanted)
    assert read(write(tmp_path / "c.tsv", "\ufeff" + lines.replace("\n", "\r\n"))) == (wanted, [])
    units = "".join(
        f'<tu><note>x</note><tuv xml:lang="en-GB"><seg>{en}</seg></tuv><tuv lang="HI"><seg>{hi}</seg></tuv></tu>'
        for hi, en in wanted
    )
    assert read(write(tmp_path / "c.tmx", f"{TMX}{units}</body></tmx>")) == (wanted, [])


@pytest.mark.parametrize(("ending", "press"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)])
def test_compressed_files(tmp_path: Path, ending: str, press: Callable[[bytes], bytes]) -> None:
    plain = "".join(f"{hi}\t{en}\n" for hi, en in zip(HI, EN, strict=True)).encode()
    path = tmp_path / f"c.tsv{ending}"
    path.write_bytes(press(plain))
    assert read(path) == (list(zip(HI, EN, strict=True)), [])
    path.write_bytes(press(plain)[:-9])
    with pytest.raises(DataError, match=r"c\.tsv\.\w+: cannot be read; got .*; check the file"):
        read(path)
    path.write_bytes(plain)
    with pytest.raises(DataError, match="cannot be read"):
        read(path)


def test_texts_stay_as_they_are(tmp_path: Path) -> None:
    """Joiners, both nuktas, a lone carriage return and U+2028 are text; blanks around it are not."""
    odd = "क्\u200dष \u095b ज\u093c a\rb\u2028c \x07"
    assert read(write(tmp_path / "c.tsv", f"\u00a0 {odd}\t x  y \n")) == ([(odd, "x  y")], [])
    body = '<tu><tuv xml:lang="hi"><seg>\n  क&#x200D;ष &amp;\n <bpt i="1">&lt;b></bpt><hi>मोटा</hi><ept i="1"/><ph>{1}'
    body += '<sub>x</sub></ph>!</seg></tuv><tuv xml:lang="en"><seg><![CDATA[<x> & y]]></seg></tuv></tu>'
    assert read(write(tmp_path / "c.tmx", f"{TMX}{body}</body></tmx>")) == ([("क\u200dष &\n मोटा!", "<x> & y")], [])


def test_what_cannot_be_used_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "c.tsv"
    lines = [
        "तालाब\tpond", "", "तालाब", "\tpond", "  मेला\t \u3000", "NUL\tn\0l", "ता\u0932ाब \tPOND", "क" * 20_001 + "\tx",
        "नदी\triver",
    ]  # fmt: skip
    path.write_bytes("\n".join(lines).encode() + "\nसड\u093c\t".encode() + b"ro\xffd\n")
    pairs, rejects = read(path)
    assert pairs == [("तालाब", "pond"), ("नदी", "river")]
    assert rejects == [
        "3: must be hi TAB en; got one column; separate the texts by a tab",
        "4: hi is empty; give both sides or drop the pair",
        "5: en is empty; give both sides or drop the pair",
        "6: en must be text; got a NUL character; remove it",
        "7: repeats an earlier pair",
        "8: hi must have at most 20000 characters; got 20001; split it into sentences",
        "10: must be UTF-8; got byte 0xFF at byte 12 of the line",
    ]


def test_repetitions_are_found_over_files_and_writings(tmp_path: Path) -> None:
    one = write(tmp_path / "a.tsv", "बा\u095bार\tThe market\n")
    two = write(tmp_path / "b.tsv", "बाज\u093cार\tthe  market\nबाजार\tThe market\n")
    seen = Seen()
    told = [item for bitext in pair_files([one, two]) for item in read_bitext(bitext, seen)]
    assert [isinstance(item, Reject) for item in told] == [False, True, False]


def test_a_bad_moses_line_does_not_shift_the_others(tmp_path: Path) -> None:
    (tmp_path / "c.hi").write_bytes(HI[0].encode() + b"\n\xe0\xa4\n" + HI[2].encode() + b"\n")
    write(tmp_path / "c.en", "\n".join(EN))
    pairs, rejects = read(tmp_path / "c.hi", tmp_path / "c.en")
    assert pairs == [(HI[0], EN[0]), (HI[2], EN[2])]
    assert rejects == ["2: must be UTF-8; got byte 0xE0 at byte 0 of the line"]


@pytest.mark.parametrize(
    ("hi", "en", "counts"), [(3, 2, "3 and 2"), (2, 3, "2 and 3"), (3, 0, "3 and 0"), (150, 3, "150 and 3")]
)
def test_moses_files_of_unequal_length(tmp_path: Path, hi: int, en: int, counts: str) -> None:
    files = moses(tmp_path, "".join(f"तालाब {n}\n" for n in range(hi)), "".join(f"pond {n}\n" for n in range(en)))
    with pytest.raises(
        DataError, match=rf"c\.hi: must have as many lines as .*c\.en; got {counts}; one of them is cut"
    ):
        read(*files)
    with pytest.raises(DataError, match="must have as many lines"):
        build_bitexts(files, tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c.en", "c.hi"]


def laughs(levels: int) -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels))
    return f'<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY l0 "ha">{entities}]><tmx><body>' + UNIT.replace(
        "तालाब", f"&l{levels - 1};"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (laughs(12), r"c\.tmx:1: a TMX file must not define entities; got l0;"),
        ('<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tmx>&x;</tmx>', "must not define entities; got x"),
        ('<!DOCTYPE tmx [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]><tmx/>', "must not define entities; got x"),
        (TMX + UNIT * 3, r"c\.tmx:7: must be XML; got no element found at column 1"),
        (TMX + UNIT + "<tu></x>", r"c\.tmx:5: must be XML; got mismatched tag at column 7"),
        ("", r"c\.tmx:1: must be XML; got no element found"),
        ("तालाब\tpond\n", r"c\.tmx:1: must be XML; got syntax error"),
        ("<html><body/></html>", r"c\.tmx:1: must be TMX; got html as its root"),
        (
            '<?xml version="1.0" encoding="no-such"?><tmx/>',
            r"c\.tmx:1: must be (XML; got unknown encoding|in an encod)",
        ),
        (TMX + UNIT.replace("pond", "x" * 1_100_000), "a text must be at most 1 MiB"),
        (TMX + "<prop>" * 1000, "elements must be at most 200 deep"),
        (TMX + f'<tu x="{"x" * 3_000_000}', "a tag must be at most 2 MiB"),
        (TMX + f"<!--{'x' * 3_000_000}", "a tag must be at most 2 MiB"),
    ],
)
def test_tmx_files_that_are_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read(write(tmp_path / "c.tmx", text))


def test_tmx_units_that_are_rejected(tmp_path: Path) -> None:
    hi, en = '<tuv xml:lang="hi"><seg>{}</seg></tuv>', '<tuv xml:lang="en"><seg>{}</seg></tuv>'
    french = '<tuv xml:lang="fr"><seg>étang</seg></tuv>'
    units = [
        hi.format("नदी") + en.format("river") + en.format("stream"),
        hi.format("नदी") + french,
        french,
        hi.format("नदी&nbsp;है") + en.format("river"),
        hi.format("") + en.format("river"),
    ]
    body = "".join(f"<tu>{unit}</tu>\n" for unit in units)
    pairs, rejects = read(write(tmp_path / "c.tmx", f"{TMX}{body}</body></tmx>"))
    assert pairs == [("नदी", "river")]
    assert rejects == [
        "5: must have a hi and an en tuv; got no en; add it or drop the unit",
        "6: must have a hi and an en tuv; got no hi and no en; add it or drop the unit",
        "7: uses the entity &nbsp;, which is not defined; write out what it stands for",
        "8: hi is empty; give both sides or drop the pair",
    ]


def test_tmx_in_utf_16(tmp_path: Path) -> None:
    text = (TMX + UNIT + "</body></tmx>").replace("UTF-8", "UTF-16")
    (tmp_path / "c.tmx").write_bytes(text.encode("utf-16"))
    assert read(tmp_path / "c.tmx") == ([("तालाब गहरा हुआ।", "The pond.")], [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("The pond.\tतालाब।\n", r"c\.tsv: its first side must be Hindi .*; got 0 and 5 Devanagari letters in 1 pairs"),
        ("Un étang.\tThe pond.\n", "got 0 and 0 Devanagari"),
        ("x" * 1_050_000, r"c\.tsv:1: a line must be at most 1 MiB"),
    ],
)
def test_files_that_are_no_bitext(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read(write(tmp_path / "c.tsv", text))


def test_utf_16_and_missing_files(tmp_path: Path) -> None:
    (tmp_path / "c.tsv").write_bytes("तालाब\tpond\n".encode("utf-16"))
    with pytest.raises(DataError, match=r"c\.tsv:1: must be UTF-8; got UTF-16"):
        read(tmp_path / "c.tsv")
    with pytest.raises(DataError, match=r"d\.tsv: no such file"):
        read(tmp_path / "d.tsv")
    (tmp_path / "e.tsv").mkdir()
    with pytest.raises(DataError, match=r"e\.tsv: must be a dataset built by tithi"):
        read(tmp_path / "e.tsv")


def test_names_tell_the_format() -> None:
    found = pair_files(["a/x.en.gz", "b.tmx", "a/x.hi", "c.hi.tsv.xz", "d.hi.txt", "d.en.txt.gz", "e.txt"])
    assert found == [
        PairFile((Path("b.tmx"),), "b"),
        PairFile((Path("a/x.hi"), Path("a/x.en.gz")), "x"),
        PairFile((Path("c.hi.tsv.xz"),), "c.hi"),
        PairFile((Path("d.hi.txt"), Path("d.en.txt.gz")), "d"),
        PairFile((Path("e.txt"),), "e"),
    ]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (["a.hi"], r"a\.hi: a Moses file needs its other side; got none; give a\.en too"),
        (["a.en.gz", "b.hi"], r"a\.en\.gz: .* give a\.hi too"),
        (["a.hi.txt", "b.tmx"], r"a\.hi\.txt: .* give a\.en\.txt too"),
        (["a.tsv", "a.tsv"], "must be given once"),
        (["a.hi", "a.hi.gz", "a.en"], r"a\.hi\.gz: must be given once; got a\.hi too"),
    ],
)
def test_names_that_tell_none(files: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        pair_files(files)


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\n\t\0"), min_size=1, max_size=20).map(
    lambda text: f"क{text}।"
)


@given(st.lists(st.tuples(TEXT, TEXT.map(lambda text: f"k{text[1:-1]}.")), min_size=1, max_size=6))
def test_every_character_of_an_alignment_lies_in_its_sentences(texts: list[tuple[str, str]]) -> None:
    pairs = [TextPair(f"c.tsv:{n}", hi, en) for n, (hi, en) in enumerate(texts)]
    made = bitext_alignment("a", pairs, [n / 10 for n in range(len(pairs))])
    written = rows(made)
    assert [(row["translation"]["hi"], row["translation"]["en"]) for row in written["sentences"]] == texts
    assert [row["score"] for row in written["sentences"]] == [n / 10 for n in range(len(pairs))]
    for document, side in ((made.hi, 0), (made.en, 1)):
        assert document.article.text == "".join(f"{pair[side]}\n" for pair in texts)
        assert all(document.article.text[s.start : s.stop] == s.text for s in document.sentences)


def test_a_dataset_of_a_bitext(tmp_path: Path) -> None:
    lines = "".join(f"कमरा {n} में {n} कुर्सियाँ हैं।\tThere are {n} chairs in room {n}.\n" for n in range(2, 122))
    lines += "गाँव में 40 घर हैं।\tBananas are cheap when winter comes early.\n\tempty\n"
    path = write(tmp_path / "my rooms.tsv", lines)
    built = build_bitexts([path], tmp_path / "out", Source("", licence="CC0-1.0"), settings=Settings(min_quality=0.3))
    found = list(stored_rows(tmp_path / "out"))
    ids = [str(row["id"]) for row in stored_rows(tmp_path / "out", "articles")]
    assert 1 < len(ids) < 8
    assert all(re.fullmatch("my-rooms-[0-9a-f]{12}", one) for one in ids)
    assert found[0]["translation"] == {"hi": "कमरा 2 में 2 कुर्सियाँ हैं।", "en": "There are 2 chairs in room 2."}
    assert all(row["score"] == row["quality"] > 0.3 for row in found)
    left = [row["text"] for row in stored_rows(tmp_path / "out", "unaligned")]
    assert "Bananas are cheap when winter comes early." in left
    assert len(found) + len(left) / 2 == 121
    assert built.rejects == 1
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "The pairs came aligned" in card
    assert "Every article states the same licence: CC0-1.0." in card


@pytest.mark.parametrize("kind", ["moses", "tsv", "jsonl", "tmx", "xliff"])
def test_what_was_exported_comes_back(tmp_path: Path, kind: str) -> None:
    with DatasetWriter(tmp_path / "out") as writer:
        for n in range(3):
            writer.add(lake(f"lake{n}", suffix=f" {n}"))
        writer.close()
    export(tmp_path / "out", tmp_path / ("x" if kind == "moses" else f"x.{kind}"), kind)
    pairs, _ = read(*sorted(path for path in tmp_path.iterdir() if path.is_file()))
    wanted = {(row["translation"]["hi"], row["translation"]["en"]) for row in stored_rows(tmp_path / "out")}
    assert set(pairs) == wanted


@given(st.binary(max_size=200), st.sampled_from(["c.tsv", "c.tmx", "c.tsv.gz", "c.tsv.xz"]))
def test_no_bytes_make_it_fail_otherwise(tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str) -> None:
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(content)
    with contextlib.suppress(TithiError):
        read(path)
