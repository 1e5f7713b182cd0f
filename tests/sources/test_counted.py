"""What a source will give, counted beforehand for a progress bar."""

import gzip
from operator import length_hint
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tithi.sources.counted import Counted, articles_in, lines_in, pairs_in
from tithi.sources.pairs import PairFile

LINES = "नदी\triver\nपुल\tbridge\nघर\thouse\n".encode()
TMX = b"<tmx><body><tu><tuv/></tu><tu>\n</tu></body></tmx>"


def test_a_counted_stream_is_the_stream() -> None:
    stream = Counted([1, 2, 3], 7)
    assert length_hint(stream) == 7
    assert list(stream) == [1, 2, 3]
    assert length_hint(Counted(iter(()), 0)) == 0


@pytest.mark.parametrize(
    ("name", "content", "count"),
    [
        ("a.tsv", LINES, 3),
        ("a.tsv.gz", gzip.compress(LINES), 3),
        ("a.hi", LINES, 3),
        ("a.tsv", b"", 0),
        ("a.tsv", b"x" * (1 << 20) + b"\n" + LINES, 4),
        ("a.tmx", TMX, 2),
        ("a.xliff", b"<xliff><target>x</target></xliff>", 1),
        ("a.tsv.gz", b"no gzip", 0),
        ("a.parquet", b"no parquet", 0),
    ],
)
def test_pairs_of_a_file(tmp_path: Path, name: str, content: bytes, count: int) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert pairs_in(PairFile((path,), "a")) == count


def test_what_cannot_be_counted_is_nothing(tmp_path: Path) -> None:
    assert [lines_in("-"), lines_in(tmp_path), lines_in(tmp_path / "none"), articles_in(tmp_path / "a.warc")] == [0] * 4


def test_articles_of_a_heap(tmp_path: Path) -> None:
    (tmp_path / "heap" / "deep").mkdir(parents=True)
    for name in ("a.html", "deep/b.html", "deep/c.txt"):
        (tmp_path / "heap" / name).touch()
    (tmp_path / "a.jsonl").write_bytes(b"{}\n{}\n")
    pq.write_table(pa.table({"text": ["क", "ख", "ग", "घ"]}), tmp_path / "a.parquet")
    assert [articles_in(tmp_path / name) for name in ("heap", "a.jsonl", "a.parquet")] == [3, 2, 4]
