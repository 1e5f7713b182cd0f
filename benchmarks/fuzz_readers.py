"""What `benchmarks.fuzz` tries: every reader and parser, with valid inputs to be damaged."""

import bz2
import gzip
import io
import lzma
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tithi.sample import manifest, pairs

__all__ = ["Reader", "readers"]

_PAIRS = [("दस लाख लोग आए।", "A million people came."), ("{name} आया।", "{name} came."), ("१२ मई २०१९", "May 12, 2019")]


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader: valid inputs, the name of the file that it is given, and the call."""

    seeds: tuple[bytes, ...]
    name: str
    read: Callable[[Path], object]


def readers() -> dict[str, Reader]:
    """Return the readers by name."""
    text, en_text = (side.read_bytes()[:900] for side in (pairs()[1].hi, pairs()[1].en))
    tsv = "".join(f"{hi}\t{en}\n" for hi, en in _PAIRS).encode()
    jsonl = b'{"hi": "\xe0\xa4\xa8\xe0\xa4\xa6\xe0\xa5\x80", "en": "river"}\n{"translation": {"hi": "x", "en": "y"}}\n'
    texts = (text, en_text, tsv, "5 मई, 2019 को 45/3/12; ढाई लाख; 2:30 बजे; 16-17 May 2024; $5bn".encode())
    return {
        "articles": Reader((text, b"<html><body><p>" + en_text, text.decode().encode("utf-16")), "a.hi.txt", _article),
        "lines": Reader((text, tsv), "a.hi.txt", _lines),
        "tsv": Reader((tsv, jsonl), "a.tsv", _pairs),
        "jsonl": Reader((jsonl, tsv), "a.jsonl", _pairs),
        "moses": Reader((text, en_text), "a.hi", _moses),
        "tmx": Reader((_TMX,), "a.tmx", _pairs),
        "xliff": Reader((_XLIFF1, _XLIFF2), "a.xlf", _pairs),
        "packed gz": Reader((gzip.compress(tsv, mtime=0),), "a.tsv.gz", _pairs),
        "packed bz2": Reader((bz2.compress(tsv),), "a.tsv.bz2", _pairs),
        "packed xz": Reader((lzma.compress(tsv),), "a.tsv.xz", _pairs),
        "manifest jsonl": Reader((manifest().read_bytes()[:1500],), "m.jsonl", _manifest),
        "manifest tsv": Reader((b"a\ta.hi.txt\ta.en.txt\nb\tb.hi.txt\tb.en.txt\n",), "m.tsv", _manifest),
        "beads": Reader((b"[[[0,1],[0]],[[2],[]]]", b'{"hi": [0, 2], "en": [0, 1], "score": 1}\n'), "b.json", _beads),
        "marker": Reader((_MARKER,), "set/tithi.json", _marker),
        "parquet": Reader((_parquet(),), "p.parquet", _table),
        "dates": Reader(texts, "t.txt", _dates),
        "numbers": Reader(texts, "t.txt", _numbers),
        "sentences": Reader(texts, "t.txt", _sentences),
        "segments": Reader(texts, "t.txt", _segments),
        "check_pair": Reader((tsv, text[:300] + b"\t" + en_text[:300]), "t.txt", _check),
        "align": Reader((text + b"\x01" + en_text,), "t.txt", _align),
    }


_TMX = """<?xml version="1.0"?><tmx version="1.4"><header srclang="hi"/><body><tu tuid="1"><tuv xml:lang="hi"><seg>नदी
<ph x="1">{0}</ph> बही।</seg></tuv><tuv xml:lang="en"><seg>The river <bpt i="1">b</bpt>ran<ept i="1"/>.</seg></tuv></tu>
</body></tmx>""".encode()
_XLIFF1 = """<xliff version="1.2"><file source-language="hi" target-language="en" original="a"><body>
<trans-unit id="1"><source>नदी <x id="1"/>बही।</source><target>The river ran.</target></trans-unit></body></file>
</xliff>""".encode()
_XLIFF2 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="hi"><file id="f">
<unit id="1"><segment><source>One.</source><target>एक।</target></segment></unit></file></xliff>""".encode()
_MARKER = b"""{"format": 1, "version": "1.0.0", "signature": "a", "settings": {},
 "files": {"data/sentences/train-0.parquet": "0"}}"""


def _parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(pa.table({"text": ["नदी बही।", "वर्षा हुई।"], "id": ["a", "b"]}), sink)
    return sink.getvalue()


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def _drained(items: Iterable[object]) -> None:
    for _ in items:
        pass


def _article(path: Path) -> None:
    from tithi.sources.reading import read_articles

    for lang in ("hi", "en"):
        _drained(read_articles(path, lang))


def _lines(path: Path) -> None:
    from tithi.sources.article import read_lines

    read_lines(path, "hi")


def _pairs(path: Path) -> None:
    from tithi.sources.bitext import read_bitext
    from tithi.sources.pairs import pair_file

    _drained(read_bitext(pair_file(path)))


def _moses(path: Path) -> None:
    from tithi.sources.pairs import pair_files, read_pairs

    other = path.with_suffix(".en")
    other.write_bytes(pairs()[1].en.read_bytes()[:900])
    _drained(read_pairs(pair_files([path, other])[0]))


def _manifest(path: Path) -> None:
    from tithi.sources.manifest import read_manifest

    _drained(read_manifest(path))


def _beads(path: Path) -> None:
    from tithi.eval.alignment import score_files

    gold = path.with_name("gold.json")
    gold.write_bytes(b"[[[0,1],[0]],[[2],[1]]]")
    score_files(gold, path, samples=2)


def _marker(path: Path) -> None:
    from tithi.corpus.stored import stored_rows

    _drained(stored_rows(path.parent))


def _table(path: Path) -> None:
    from tithi.sources.reading import read_articles

    _drained(read_articles(path, "hi"))


def _dates(path: Path) -> None:
    from tithi.dates.find import dates_in
    from tithi.numerals.tokens import reading

    for lang in ("hi", "en"):
        dates_in(reading(_text(path)), lang, reference=date(2024, 2, 29))


def _numbers(path: Path) -> None:
    from tithi.numerals.find import numbers_in
    from tithi.numerals.tokens import reading

    for lang in ("hi", "en"):
        numbers_in(reading(_text(path)), lang)


def _sentences(path: Path) -> None:
    from tithi.aligner.sentences import split_sentences

    text = _text(path)
    for lang in ("hi", "en"):
        spans = split_sentences(text, lang)
        left = "".join(text[b:a] for (_, b), (a, _) in zip([(0, 0), *spans], [*spans, (len(text), 0)], strict=True))
        if left.strip():
            raise AssertionError(f"lost {left.strip()[:80]!r}")


def _segments(path: Path) -> None:
    from tithi.aligner.segments import cut_article
    from tithi.records import Article, Source

    for lang in ("hi", "en"):
        cut_article(Article(lang, _text(path), Source("")))


def _check(path: Path) -> None:
    from tithi.checks.checker import check_pairs

    hi, _, en = _text(path).partition("\t")
    _drained(check_pairs([(hi, en)] if hi else []))


def _align(path: Path) -> None:
    from tithi.aligner.alignment import align
    from tithi.records import Article, Source

    hi, _, en = _text(path).partition("\x01")
    align(Article("hi", hi, Source("")), Article("en", en, Source("")))
